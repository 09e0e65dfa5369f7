"""Channels that change over time, and the truth about the reps that their changes make."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from formcheck.pose.pose import Side

from .geometry import Array

Easing = Literal["cosine", "linear"]


@dataclass(frozen=True, slots=True)
class HoldSpan:
    """The body at rest in an end position, from the first still moment to the last."""

    id: str
    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Length of the hold."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class RepTruth:
    """What one repetition or attempt really was.

    Attributes
    ----------
    side
        As rules/METHOD.md names it for the exercise; None where it has none.
    start_s, end_s
        The first moment of moving away from rest and the first moment of being back at rest. In hip_airplane and
        childs_pose the end is the end of the last hold.
    peak_s
        The first moment in the (last) end position.
    holds
        In order of time.
    counted
        Whether it must count, judged by depth alone: True for the full movement, False for a partial attempt, None
        between. A knob that keeps the body out of the end zone (such as `hip_drop`) is not considered.
    """

    side: Side | None
    start_s: float
    peak_s: float
    end_s: float
    holds: tuple[HoldSpan, ...] = ()
    counted: bool | None = True


@dataclass(frozen=True, slots=True)
class Truth:
    """All reps and attempts of a clip, in order."""

    reps: tuple[RepTruth, ...] = ()

    @property
    def counted(self) -> int:
        """Number of reps that must count."""
        return sum(rep.counted is True for rep in self.reps)

    def shifted(self, by_s: float) -> "Truth":
        """Return the same truth that many seconds later."""

        def later(rep: RepTruth) -> RepTruth:
            holds = tuple(HoldSpan(hold.id, hold.start_s + by_s, hold.end_s + by_s) for hold in rep.holds)
            return replace(
                rep, start_s=rep.start_s + by_s, peak_s=rep.peak_s + by_s, end_s=rep.end_s + by_s, holds=holds
            )

        return Truth(tuple(later(rep) for rep in self.reps))


@dataclass(frozen=True, slots=True)
class _Move:
    start_s: float
    end_s: float
    start: float
    end: float
    easing: Easing


class Timeline:
    """Writes down, move by move, what every channel does; a channel that never moved is 0."""

    def __init__(self, easing: Easing = "cosine", start: Mapping[str, float] | None = None) -> None:
        self.easing: Easing = easing
        self.now_s = 0.0
        self.reps: list[RepTruth] = []
        self._start = dict(start or {})
        self._level = dict(self._start)
        self._moves: dict[str, list[_Move]] = {}
        self._open: tuple[Side | None, float, bool | None] | None = None
        self._peak_s = 0.0
        self._holds: list[HoldSpan] = []

    def level(self, channel: str) -> float:
        """Return the channel's present value."""
        return self._level.get(channel, 0.0)

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        self.now_s += seconds

    def move(self, seconds: float, targets: Mapping[str, float], easing: Easing | None = None) -> None:
        """Bring channels to their targets in that time, together."""
        for channel, target in targets.items():
            if target != self.level(channel):
                step = _Move(self.now_s, self.now_s + seconds, self.level(channel), target, easing or self.easing)
                self._moves.setdefault(channel, []).append(step)
                self._level[channel] = target
        self.now_s += seconds

    def pulse(self, seconds: float, channel: str, times: int) -> None:
        """Bring a channel from 0 to 1 and back, so often in that time."""
        for _ in range(times):
            self.move(seconds / times / 2, {channel: 1.0})
            self.move(seconds / times / 2, {channel: 0.0})
        if times == 0:
            self.rest(seconds)

    def begin(self, side: Side | None, counted: bool | None = True) -> None:
        """Note that a rep starts."""
        self._open = (side, self.now_s, counted)
        self._holds = []

    def peak(self) -> None:
        """Note that the end position is reached."""
        self._peak_s = self.now_s

    def hold(self, hold_id: str | None, seconds: float, wobble: str | None = None, times: int = 0) -> None:
        """Stay, or wobble on a channel, and note it as a hold."""
        start_s = self.now_s
        self.pulse(seconds, wobble or "", times if wobble else 0)
        if hold_id is not None and seconds > 0:
            self._holds.append(HoldSpan(hold_id, start_s, self.now_s))

    def end(self) -> None:
        """Note that the rep is over."""
        if self._open is not None:
            side, start_s, counted = self._open
            self.reps.append(RepTruth(side, start_s, self._peak_s, self.now_s, tuple(self._holds), counted))
            self._open = None

    def truth(self) -> Truth:
        """Return the reps noted."""
        return Truth(tuple(self.reps))

    def values(self, times_s: Array) -> dict[str, Array]:
        """Return each channel's (n,) values at the times."""
        return {
            channel: self._values(self._moves.get(channel, []), self._start.get(channel, 0.0), times_s)
            for channel in {*self._start, *self._moves}
        }

    @staticmethod
    def _values(moves: list[_Move], start: float, times_s: Array) -> Array:
        if not moves:
            return np.full(times_s.shape, start)
        begin, end, low, high = np.array([[m.start_s, m.end_s, m.start, m.end] for m in moves]).T
        linear = np.array([move.easing == "linear" for move in moves])
        index = np.searchsorted(begin, times_s, side="right") - 1
        k = np.maximum(index, 0)
        share = np.clip((times_s - begin[k]) / np.maximum(end[k] - begin[k], 1e-9), 0.0, 1.0)
        share = np.where(end[k] > begin[k], share, 1.0)
        eased = np.where(linear[k], share, (1.0 - np.cos(np.pi * share)) / 2)
        values = np.where(share >= 1.0, high[k], low[k] + (high[k] - low[k]) * eased)
        return np.where(index < 0, start, values)
