"""A median that is followed over time without sorting anew."""

from bisect import bisect_left, insort
from collections import deque

EVERY_S = 0.1
"""Values that follow faster are left out unless said otherwise: neighbours say the same."""


class RunningMedian:
    """The median of the last values.

    Parameters
    ----------
    kept_s
        For how long a value counts.
    every_s
        Least time from one value to the next.
    """

    def __init__(self, kept_s: float, every_s: float = EVERY_S) -> None:
        self._kept_s, self._every_s = kept_s, every_s
        self._values: deque[tuple[float, float]] = deque()
        self._sorted: list[float] = []

    @property
    def count(self) -> int:
        """How many values count."""
        return len(self._sorted)

    @property
    def median(self) -> float:
        """Their median; IndexError if there are none."""
        middle = len(self._sorted) // 2
        return (self._sorted[middle] + self._sorted[~middle]) / 2

    def forget(self, now_s: float) -> None:
        """Leave out what is too old by now."""
        while self._values and now_s - self._values[0][0] > self._kept_s:
            del self._sorted[bisect_left(self._sorted, self._values.popleft()[1])]

    def keep(self, time_s: float, value: float) -> None:
        """Take a value in; times must not go back."""
        if not self._values or time_s - self._values[-1][0] >= self._every_s:
            self._values.append((time_s, value))
            insort(self._sorted, value)
