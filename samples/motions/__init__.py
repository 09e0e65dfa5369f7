"""The clips, one exercise a file; each has a `CLIP`."""
