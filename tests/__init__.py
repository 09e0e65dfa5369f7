"""Tests of formcheck."""
