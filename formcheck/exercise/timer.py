"""How long an answer has been the same."""

from formcheck.body.quantity import Answer

UNSEEN_S = 0.3
"""Unseen up to this long neither adds nor resets; longer resets (rules/METHOD.md, chapter 2)."""


class Timer:
    """How long an answer has been the same, in media time; not seen for a moment, it neither goes on nor starts anew.

    Parameters
    ----------
    patience_s
        A "no" up to this long is taken for jitter.
    """

    def __init__(self, patience_s: float = 0.0) -> None:
        self.since_s: float | None = None
        self._told_s = 0.0
        self._patience_s = patience_s

    def update(self, time_s: float, holds: Answer) -> float:
        """Return for how long it has held, -1 if it does not."""
        patience_s = UNSEEN_S if holds is None else self._patience_s
        bridged = self.since_s is not None and time_s - self._told_s <= patience_s + 1e-6
        if not holds and not bridged:
            self.since_s = None
            return -1.0
        if self.since_s is None:
            self.since_s = time_s
        if holds:
            self._told_s = time_s
        return self._told_s - self.since_s
