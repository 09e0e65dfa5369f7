"""What the figure can do."""
