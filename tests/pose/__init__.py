"""Tests of formcheck.pose."""
