"""The body's landmarks: found, repaired, recorded."""
