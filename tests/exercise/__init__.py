"""Tests of formcheck.exercise."""
