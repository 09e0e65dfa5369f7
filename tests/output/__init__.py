"""Tests of what the user gets."""
