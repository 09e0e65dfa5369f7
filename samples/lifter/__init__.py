"""Learns what one picture of a body tells of its angles in space: ``python -m samples.lifter.train``."""
