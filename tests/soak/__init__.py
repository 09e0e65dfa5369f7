"""Hostile runs by the thousand: inputs made by a seed from the project's own samples.

``python -m tests.soak --runs 1000 --seed 1`` says how many of them crashed, hung, or ended with a wrong exit code.
"""
