"""Follows one value through its turning points: it leaves its low point, rises, and comes back.

This is all that counts a repetition; what the body looked like is asked afterwards (rules/METHOD.md, chapter 2).
"""

import math
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

HALF_WAY = 0.5
"""A movement from this share of its least travel on is listed, also where it does not count."""
BACK_SHARE = 0.7
"""It has come back when it has lost this share of its rise."""
AGAIN_SHARE = 0.3
"""It rises again when it leaves its valley by this share of the least travel, and of the rise before."""
STAYS_SHARE = 0.02
"""It stays when it does not sink by this share of its rise …"""
STAYS_S = 0.25
STAYS_OF_RETURN = 0.08
STAYS_AT_MOST_S = 5.0
"""… for a quarter of a second, or for a share of the time that the return took, so that a slow
return is not cut off."""
DIP_S = 0.15
"""Down and up again in less than this is a dip of bad landmarks: two phases of the quickest movement take 0.4 s."""
GAP_S = 0.5
"""Longer than this unseen, nobody can say what happened meanwhile (rules/METHOD.md, chapter 2)."""
REST_S = 5.0
"""A value that keeps still for this long before it is complete, or after more than half of the way back, rests there."""


class Least(Protocol):
    """How far a value must rise from a low point for a movement to be complete."""

    def __call__(self, low: float) -> float:
        """Return the least travel from this low point."""


@dataclass(slots=True)
class Turn:
    """A rise from a low point, and the way back.

    Attributes
    ----------
    low, low_s
        The low point and when it was last left.
    least
        The travel that makes it complete.
    half_s, full_s
        When it first came half-way, and all the way; None if it never did.
    high, high_s
        The turning point.
    valley, valley_s
        The low point after it; the present value until it has come back.
    back_s
        When it had come back; None while it has not.
    end_s
        When that was settled.
    start_unseen, return_unseen
        Nothing was seen while it rose, or while it came back.
    heights
        Times and values from half-way on.
    """

    low: float
    low_s: float
    least: float
    half_s: float
    high: float
    high_s: float
    valley: float
    valley_s: float
    full_s: float | None = None
    back_s: float | None = None
    end_s: float | None = None
    start_unseen: bool = False
    return_unseen: bool = False
    heights: list[tuple[float, float]] = field(default_factory=list)

    @property
    def up_s(self) -> tuple[float, float]:
        """From when to when it was as high as makes it complete, or half-way up where it never was."""
        from_height = self.low + (self.least if self.reach >= 1.0 else HALF_WAY * self.rise)
        until_s = math.inf if self.back_s is None else self.back_s
        times = [time_s for time_s, height in self.heights if height >= from_height and time_s <= until_s]
        return (times[0], times[-1]) if times else (self.half_s, self.high_s)

    @property
    def over_s(self) -> float:
        """When it was over; infinite while it is not."""
        return math.inf if self.end_s is None else self.end_s

    @property
    def reach(self) -> float:
        """How far it came: 1 = complete."""
        return (self.high - self.low) / self.least

    @property
    def rise(self) -> float:
        """From its low to its turning point."""
        return self.high - self.low


class _State(Enum):
    LOW = auto()
    OUT = auto()
    BACK = auto()


class Turning:
    """Follows one value; `step` returns a turn when it is over.

    Parameters
    ----------
    least
        The travel that makes a movement complete, from a low point.
    from_rest
        Its low point is where the person rests, as `rest_at` says, and not the lowest value. So it is of a movement to
        and fro: the way back from one side is no movement to the other. Before a rest was seen, nothing has begun.
    """

    def __init__(self, least: Least, *, from_rest: bool = False) -> None:
        self._least = least
        self._from_rest = from_rest
        self.restart()

    def restart(self) -> None:
        """Forget what was: another scene, person or context."""
        self._state = _State.LOW
        self.turn: Turn | None = None
        self._low = math.nan
        self._low_s = self._seen_s = math.nan
        self._gap_in_low = False
        self._still_low = self._still_high = math.nan
        self._still_since_s = math.nan
        self._left_top_s = math.nan

    @property
    def low(self) -> float:
        """The present low point; NaN before anything was seen."""
        return self._low if self.turn is None else self.turn.low

    def step(self, time_s: float, value: float) -> Turn | None:
        """Take a value in (NaN = not seen) and return the turn that it ends."""
        if math.isnan(value):
            return None
        gap = time_s - self._seen_s > GAP_S
        if math.isnan(self._low):
            if self._from_rest:
                return None
            self._low, self._low_s = value, time_s
        self._seen_s = time_s
        self._keep_still(time_s, value)
        if self.turn is None:
            self._wait(time_s, value, gap)
            return None
        return self._follow(self.turn, time_s, value, gap)

    def rest_at(self, value: float, time_s: float) -> None:
        """Take a level for the low point, and what led there for no movement: the person rests there."""
        self._state, self.turn = _State.LOW, None
        self._low, self._low_s, self._gap_in_low = value, time_s, False

    def settle(self, time_s: float, after_s: float) -> None:
        """Take where it has kept still for so long for the low point, and what led there for no movement."""
        if self.turn is not None and time_s - self._still_since_s > after_s:
            self.rest_at(self._still_low, time_s)

    def _keep_still(self, time_s: float, value: float) -> None:
        """Follow since when the value keeps within a tenth of its least travel."""
        low, high = min(self._still_low, value), max(self._still_high, value)
        if math.isnan(self._still_low) or high - low > 0.1 * self._least(self._low):
            self._still_low = self._still_high = value
            self._still_since_s = time_s
        else:
            self._still_low, self._still_high = low, high

    def _wait(self, time_s: float, value: float, gap: bool) -> None:
        self._gap_in_low |= gap and value > self._low
        if value <= self._low:
            if not self._from_rest:
                self._low, self._low_s, self._gap_in_low = value, time_s, False
            return
        least = self._least(self._low)
        if value - self._low < HALF_WAY * least:
            if time_s - self._still_since_s > REST_S and not self._from_rest:
                self._low, self._low_s, self._gap_in_low = self._still_low, time_s, False
            return
        self.turn = Turn(
            self._low, self._low_s, least, time_s, value, time_s, value, time_s,
            full_s=time_s if value - self._low >= least else None,
            start_unseen=self._gap_in_low,
            heights=[(time_s, value)],
        )  # fmt: skip
        self._left_top_s = time_s
        self._gap_in_low = False
        self._state = _State.OUT

    def _follow(self, turn: Turn, time_s: float, value: float, gap: bool) -> Turn | None:
        turn.heights.append((time_s, value))
        if self._state is _State.OUT:
            if value > turn.high:
                turn.high, turn.high_s = value, time_s
                if turn.full_s is None and turn.reach >= 1.0:
                    turn.full_s = time_s
            elif turn.full_s is None and time_s - self._still_since_s > REST_S:
                # It never came there, and rests: that is where it is now.
                return self._close(turn, time_s, self._still_low)
            elif time_s - self._still_since_s > REST_S and value < turn.high - HALF_WAY * turn.rise:
                # It began lower, or one picture did: it has come back to where the person rests now.
                turn.back_s, turn.valley, turn.valley_s = self._still_since_s, self._still_low, self._still_since_s
                return self._close(turn, time_s, self._still_low)
            if value >= turn.high - 0.15 * turn.rise:
                self._left_top_s = time_s
            turn.valley, turn.valley_s = value, time_s
            if value <= turn.high - BACK_SHARE * turn.rise:
                turn.back_s = time_s
                turn.return_unseen |= gap
                self._state = _State.BACK
            return None
        return self._come_back(turn, time_s, value)

    def _come_back(self, turn: Turn, time_s: float, value: float) -> Turn | None:
        if value < turn.valley - STAYS_SHARE * turn.rise:
            turn.valley, turn.valley_s = value, time_s
        again = AGAIN_SHARE * max(turn.least, turn.rise)
        stays_s = min(max(STAYS_S, STAYS_OF_RETURN * (time_s - self._left_top_s)), STAYS_AT_MOST_S)
        if value - turn.valley >= again and time_s - self._left_top_s < DIP_S:
            turn.back_s, self._state = None, _State.OUT
            return None
        home = self._from_rest and value <= turn.low
        if home or value - turn.valley >= again or time_s - turn.valley_s >= stays_s - 1e-6:
            return self._close(turn, time_s, min(value, turn.valley))
        return None

    def _close(self, turn: Turn, time_s: float, low: float) -> Turn:
        turn.end_s = time_s
        self._state = _State.LOW
        self.turn = None
        if not self._from_rest:
            self._low, self._low_s = low, min(turn.valley_s, time_s)
        return turn

    def break_off(self) -> Turn | None:
        """Return the turn under way and forget it: what follows is not seen."""
        turn = self.turn
        self.restart()
        return turn
