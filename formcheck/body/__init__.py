"""Measurements of the body: signals with their errors, calibration, view."""
