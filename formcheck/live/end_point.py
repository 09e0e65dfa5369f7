"""The guided repetition: the person's own end point of a movement, by holding still where it is."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from formcheck.exercise.quantities import BeyondSetting
from formcheck.exercise.words import Exercise, Level
from formcheck.language import N_, _
from formcheck.live.glimpse import Glimpse
from formcheck.pose.pose import Side, other_side

RISE_DEG = 25.0
"""A movement of less than this is none."""
BACK_DEG = 12.0
STILL_S = 2.0
STILL_DEG = 5.0
"""Within so much for so long is held still."""
PATIENCE_S = 12.0
"""Nobody lifts the knee for so long: the offer is not taken."""
TIME_OUT_S = 25.0
"""Whatever happens, the turn of a side is over after this long."""
MOST_TRIES = 2
"""Who comes down so often without having kept still does the exercise, and the offer is not taken."""

LIFT: Mapping[Side, str] = {
    "left": N_("Lift the left knee until the hand under your back is just squeezed. Keep still."),
    "right": N_("Lift the right knee until the hand under your back is just squeezed. Keep still."),
}
LIFT_AGAIN: Mapping[Side, str] = {
    "left": N_("Not long enough: lift the left knee again, and keep still for {still_s:.0f} s."),
    "right": N_("Not long enough: lift the right knee again, and keep still for {still_s:.0f} s."),
}
LOWER_AGAIN: Mapping[Side, str] = {
    "left": N_("Good. Lower the left knee again."),
    "right": N_("Good. Lower the right knee again."),
}


@dataclass(frozen=True, slots=True)
class FoundEndPoint:
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
    has_found
        The end point of a side was found.
    """

    def __init__(self, signal: str) -> None:
        self._signal = signal
        self.side: Side | None = None
        self._left: list[Side] | None = None
        self._begun_s = self._idle_s = 0.0
        self._rest: deque[float] = deque(maxlen=30)
        self._held: deque[tuple[float, float]] = deque()
        self.still_s = 0.0
        self.has_found = False
        self._returning = False
        self._is_up = False
        self._tries = 0

    @property
    def is_over(self) -> bool:
        """Whether both sides had their turn, or the offer was not taken."""
        return self._left is not None and self.side is None

    def skip(self) -> None:
        """Pass over the side whose turn it is."""
        if self._left is not None:
            self._next(self._begun_s)

    def asks(self) -> tuple[str, float]:
        """Return what the person is to do now, and how much of keeping still is done, 0..1."""
        share = min(1.0, self.still_s / STILL_S)
        if self._returning:
            return _(LOWER_AGAIN[self.side or "left"]), 1.0
        if self._is_up:
            return _("Keep still right there."), share
        if self._tries:
            return _(LIFT_AGAIN[self.side or "left"], still_s=STILL_S), 0.0
        return _(LIFT[self.side or "left"]), share

    def step(self, glimpse: Glimpse) -> FoundEndPoint | None:
        """Take a moment in; return an end point when it is found."""
        if self._left is None:
            first: Side = glimpse.measured.near or "left"
            self._left = [first, other_side(first)]
            self._next(glimpse.time_s)
        if self.side is None:
            return None
        value = glimpse.measure(f"{self._signal}.{self.side}")
        if self._is_up or self._returning:
            self._idle_s = glimpse.time_s
        if glimpse.time_s - self._begun_s > TIME_OUT_S or glimpse.time_s - self._idle_s > PATIENCE_S:
            self._give_up()
            return None
        rest = median(self._rest) if self._rest else math.nan
        if self._returning:
            if value < rest + BACK_DEG:
                self._next(glimpse.time_s)
            return None
        if not value > rest + RISE_DEG:
            self._down(glimpse, value)
            return None
        self._is_up = True
        return self._hold(glimpse.time_s, value)

    def _down(self, glimpse: Glimpse, value: float) -> None:
        if self._is_up and not math.isnan(value):
            self._is_up = False
            self._tries += 1
            if self._tries >= MOST_TRIES:  # the exercise itself is being done
                self._give_up()
        self._held.clear()
        self.still_s = 0.0
        if glimpse.at_start and not math.isnan(value):
            self._rest.append(value)

    def _hold(self, time_s: float, value: float) -> FoundEndPoint | None:
        self._held.append((time_s, value))
        while max(v for _, v in self._held) - min(v for _, v in self._held) > STILL_DEG:
            self._held.popleft()
        self.still_s = time_s - self._held[0][0]
        if self.still_s < STILL_S or self.side is None:
            return None
        self._returning = self.has_found = True
        return FoundEndPoint(self.side, round(median(v for _, v in self._held), 1))

    def _give_up(self) -> None:
        """End it for both sides: the offer is not taken."""
        self._left, self.side = [], None

    def _next(self, time_s: float) -> None:
        assert self._left is not None  # the first moment sets it
        self.side = self._left.pop(0) if self._left else None
        self._begun_s = self._idle_s = time_s
        self._rest.clear()
        self._held.clear()
        self.still_s, self._tries = 0.0, 0
        self._returning = self._is_up = False
