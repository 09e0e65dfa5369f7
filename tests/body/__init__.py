"""Tests of formcheck.body."""
