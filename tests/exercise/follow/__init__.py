"""What moved: turning points, sides, and when."""
