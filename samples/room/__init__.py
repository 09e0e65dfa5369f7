"""The room in which a sample clip is filmed: camera, furniture, light, and the drawing of it all."""
