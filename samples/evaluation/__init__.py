"""Renders a set of clips with known truth, runs formcheck on them and writes down how far it can be trusted."""
