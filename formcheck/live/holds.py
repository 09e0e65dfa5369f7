"""Tells when a hold begins, has lasted for what is prescribed, and what it came to in the end.

While it lasts, what is told is how it stands; what it came to is told with the repetition, as the results have it.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from formcheck.exercise.events import Event, Progress, RepDropped, RepFinished
from formcheck.exercise.motion import BRIDGED_S
from formcheck.exercise.results import HoldResult
from formcheck.output.shown import READ_S
from formcheck.pose.pose import Side

SURE_S = 0.3
"""A hold is told to be enough once it has been for this long: its end may be seen to be earlier than it first seemed."""
NOT_YET = 0.999
"""The most of what is prescribed that shows before that."""


@dataclass(frozen=True, slots=True)
class HoldChanged:
    """A hold began, lasted for what is prescribed, or came to what the results say.

    Attributes
    ----------
    what
        ``started``, ``enough`` or ``ended``.
    held_s
        How long it has lasted; of one that ended, what the results say.
    required_s
        How long it should last.
    passed
        Of one that ended: whether it was long enough.
    corrects
        Of one that ended: it was called long enough before, and is not.
    result
        Of one that ended: what the results say of it.
    """

    time_s: float
    side: Side | None
    what: Literal["started", "enough", "ended"]
    held_s: float
    required_s: float
    passed: bool | None = None
    corrects: bool = False
    result: HoldResult | None = None


class HoldWatch:
    """Follows the holds of each movement."""

    def __init__(self) -> None:
        self._told: dict[tuple[Side | None, str | None], Literal["started", "enough"]] = {}
        self._was_moving = False
        self._lasted_from_s: float | None = None
        self._left_s: float | None = None
        self._held_until_s: dict[tuple[Side | None, str | None], float] = {}
        self._now_s = -math.inf
        self._over: tuple[float, HoldResult] | None = None

    def step(self, time_s: float, progress: Progress) -> Iterator[HoldChanged]:
        """Yield what changed at a moment, after `close` had its events."""
        if progress.moving and not self._was_moving:
            self._told.clear()
            self._held_until_s.clear()
            self._left_s = None
        self._was_moving = progress.moving
        self._now_s = time_s
        here = (progress.side, progress.phase)
        held_s, required_s = progress.hold_s, progress.hold_required_s
        if not progress.moving:
            self._left_s = None
        if held_s is None or required_s is None or held_s <= 0:
            self._lasted_from_s = None
            return
        goes_on = self._is_bridged(progress) or time_s - held_s <= self._held_until_s.get(here, -math.inf) + 1e-6
        self._held_until_s[here] = time_s
        # Broken off too early, it begins again; slowing down after one that was long enough is none.
        if here not in self._told or (self._told[here] == "started" and not goes_on):
            self._told[here] = "started"
            yield HoldChanged(time_s, progress.side, "started", held_s, required_s)
        if held_s < required_s:
            self._lasted_from_s = None
        elif self._told[here] != "enough":
            self._lasted_from_s = time_s if self._lasted_from_s is None else self._lasted_from_s
            if time_s - self._lasted_from_s >= SURE_S - 1e-6:
                self._told[here] = "enough"
                yield HoldChanged(time_s, progress.side, "enough", held_s, required_s)
        self._left_s, self._over = self.shown_s(progress), None

    def shown_s(self, progress: Progress) -> float | None:
        """Return how long the hold has lasted, for the screen: what is not told to be enough does not look so.

        Out of the position, it is what was shown last, until the movement is over; and for as long as a break may be bridged.
        """
        held_s, required_s = progress.hold_s, progress.hold_required_s
        if progress.moving and (
            held_s is None or (held_s <= 0 and self._is_bridged(progress) and self._left_s is not None)
        ):
            return self._left_s
        if held_s is None or required_s is None or self._told.get((progress.side, progress.phase)) == "enough":
            return held_s
        return min(held_s, NOT_YET * required_s)

    def _is_bridged(self, progress: Progress) -> bool:
        """Return whether the hold broke off so short a time ago, if at all, that it may go on as the same."""
        until_s = self._held_until_s.get((progress.side, progress.phase), -math.inf)
        return self._now_s - until_s <= BRIDGED_S + 1e-6

    def over(self, time_s: float) -> HoldResult | None:
        """Return the hold that has just ended, for as long as it takes to read what it came to."""
        return self._over[1] if self._over is not None and time_s - self._over[0] < READ_S else None

    def close(self, time_s: float, events: Iterable[Event]) -> Iterator[HoldChanged]:
        """Yield what the holds of the movements came to that are over."""
        for event in events:
            if isinstance(event, RepFinished | RepDropped):
                self._left_s = None
                for hold in event.rep.holds:
                    yield from self._ended(time_s, event.rep.side, hold)
                self._told = {key: what for key, what in self._told.items() if key[0] not in (event.rep.side, None)}

    def _ended(self, time_s: float, side: Side | None, hold: HoldResult) -> Iterator[HoldChanged]:
        if hold.duration_s > 0:
            was_enough = any(self._told.get((which, hold.id)) == "enough" for which in (side, None))
            corrects = was_enough and not hold.passed
            self._over = (time_s, hold)
            yield HoldChanged(time_s, side, "ended", hold.duration_s, hold.required_s, hold.passed, corrects, hold)
