"""The history: what every session found, kept on this computer from one session to the next.

The database holds each session's whole session.json, and no figure beside it: trends and comparisons are read from it when
somebody asks for them, so that no figure can disagree with its session.
"""
