"""The guided repetition: the person's own end point of a movement, by holding still where it is."""

import math
from collections import deque
from dataclasses import dataclass
from statistics import median

from formcheck.exercise.quantities import BeyondSetting
from formcheck.exercise.words import Exercise, Level
from formcheck.live.glimpse import Glimpse
from formcheck.pose.pose import Side, other_side

RISE_DEG = 25.0
"""A movement of less than this is none."""
BACK_DEG = 12.0
STILL_S = 2.0
STILL_DEG = 5.0
"""Within so much for so long is held still."""
PATIENCE_S = 20.0
"""Nobody moves for so long: the offer is not taken."""


@dataclass(frozen=True, slots=True)
class Found:
    """The end point of a side, in degrees."""

    side: Side
    deg: float


def asked_for(exercise: Exercise, level: Level | None) -> str | None:
    """Return the signal whose personal end point a check needs, None if none does."""
    for check in exercise.checks_at(level):
        for band in check.bands:
            if isinstance(band.quantity, BeyondSetting):
                return band.quantity.of.signal.name
    return None


class EndPointFinder:
    """Follows one guided repetition a side, the nearer side first.

    Parameters
    ----------
    signal
        The signal that moves.

    Attributes
    ----------
    side
        Whose turn it is; None before anything was seen, and once it is over.
    still_s
        How long the end has been held.
    returning
        The end was found, and the way back is under way.
    """

    def __init__(self, signal: str) -> None:
        self._signal = signal
        self.side: Side | None = None
        self._left: list[Side] | None = None
        self._begun_s = 0.0
        self._rest: deque[float] = deque(maxlen=30)
        self._held: deque[tuple[float, float]] = deque()
        self.still_s = 0.0
        self.returning = False

    @property
    def is_over(self) -> bool:
        """Whether both sides had their turn, or the offer was not taken."""
        return self._left is not None and self.side is None

    def skip(self) -> None:
        """Pass over the side whose turn it is."""
        if self._left is not None:
            self._next(self._begun_s)

    def step(self, glimpse: Glimpse) -> Found | None:
        """Take a moment in; return an end point when it is found."""
        if self._left is None:
            first: Side = glimpse.measured.near or "left"
            self._left = [first, other_side(first)]
            self._next(glimpse.time_s)
        if self.side is None:
            return None
        value = glimpse.measure(f"{self._signal}.{self.side}")
        rest = median(self._rest) if self._rest else math.nan
        if self.returning:
            if value < rest + BACK_DEG:
                self._next(glimpse.time_s)
            return None
        risen = value > rest + RISE_DEG
        if not risen:
            self._held.clear()
            self.still_s = 0.0
            if glimpse.at_start and not math.isnan(value):
                self._rest.append(value)
            if glimpse.time_s - self._begun_s > PATIENCE_S:
                self._left, self.side = [], None
            return None
        return self._hold(glimpse.time_s, value)

    def _hold(self, time_s: float, value: float) -> Found | None:
        self._held.append((time_s, value))
        while max(v for _, v in self._held) - min(v for _, v in self._held) > STILL_DEG:
            self._held.popleft()
        self.still_s = time_s - self._held[0][0]
        if self.still_s < STILL_S or self.side is None:
            return None
        self.returning = True
        return Found(self.side, round(median(v for _, v in self._held), 1))

    def _next(self, time_s: float) -> None:
        assert self._left is not None  # the first moment sets it
        self.side = self._left.pop(0) if self._left else None
        self._begun_s = time_s
        self._rest.clear()
        self._held.clear()
        self.still_s = 0.0
        self.returning = False
