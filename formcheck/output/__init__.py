"""What the user gets: files, the annotated video, tables."""
