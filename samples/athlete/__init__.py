"""The athlete: anny's body, dressed, in the postures of the figure."""
