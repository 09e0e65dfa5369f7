"""Looks for the start position: before anything is a repetition, one must have been in it."""

from dataclasses import dataclass

import numpy as np

from formcheck.body.meter import Measured
from formcheck.body.quantity import Answer, Measures, Moment
from formcheck.exercise.attempt import Attempt, primary
from formcheck.exercise.motion import STILL_BELOW, slopes, sustained
from formcheck.exercise.quantities import Change, series
from formcheck.exercise.start_position import StartPosition
from formcheck.exercise.timer import Timer
from formcheck.exercise.words import Phase, Posture
from formcheck.pose.pose import Side

LONGEST_S = 180.0
"""No more than this is kept of what came before the start position."""


@dataclass(frozen=True, slots=True)
class Found:
    """The start position was found.

    Attributes
    ----------
    since
        What was seen in it so far.
    before
        What was seen before it since the very first moment; empty if it was not sought since then.
    """

    since: list[Measured]
    before: list[Measured]


class Seeker:
    """Looks for the start position of one side.

    Attributes
    ----------
    seen
        What was seen in the posture of the exercise since it is looked for.
    """

    def __init__(self, phases: tuple[Phase, ...], posture: Posture) -> None:
        self._phase, self._ends = phases[0], phases[1:]
        self._posture = posture
        self.seen: list[Measured] = []
        self._from_first_frame = True
        self._timer = Timer()

    def restart(self, *, from_first_frame: bool) -> None:
        """Look anew."""
        self.seen = []
        self._from_first_frame = from_first_frame
        self._timer = Timer()

    def out_of_posture(self, time_s: float, in_posture: Answer) -> None:
        """Note that the posture of the exercise is not held, or not seen."""
        self._timer.update(time_s, in_posture)
        if in_posture is False:
            self.seen.clear()
            self._from_first_frame = False

    def step(self, sample: Measured, at_start: Answer, start: StartPosition) -> Found | None:
        """Take a moment in; return the start position once it is kept for long enough."""
        self.seen.append(sample)
        if len(self.seen) > 2 and sample.time_s - self.seen[0].time_s > LONGEST_S:
            del self.seen[0]
        kept_s = self._timer.update(sample.time_s, at_start)
        if kept_s < self._phase.settle_s - 1e-6 or (self._phase.still and self._is_moving(sample.time_s, start)):
            return None
        since_s = self._timer.since_s or 0.0
        if self._phase.still:
            since_s = sample.time_s - self._phase.settle_s
        before = [item for item in self.seen if item.time_s < since_s]
        found = Found([item for item in self.seen if item.time_s >= since_s], before if self._from_first_frame else [])
        self.restart(from_first_frame=False)
        return found

    def _is_moving(self, now_s: float, start: StartPosition) -> bool:
        """Return whether the posture, or what the end positions are read from, changed lately faster than a hold may."""
        recent = [item for item in self.seen if now_s - item.time_s <= self._phase.settle_s + 1e-6]
        times = np.array([item.time_s for item in recent])
        watched = [next(self._posture.gate.comparisons()).quantity]
        watched += [primary(phase).quantity for phase in self._ends]
        for quantity in watched:
            of = quantity.of if isinstance(quantity, Change) else quantity
            slope = slopes(times, series(of, times.tolist(), [start.moment(item) for item in recent]), 1e3)[-1]
            if abs(slope) >= STILL_BELOW.get(of.unit, np.inf):
                return True
        return False


def under_way(
    before: list[Measured], side: Side | None, rest: Measures, settings: Measures, ends: tuple[Phase, ...]
) -> Attempt | None:
    """Return the movement that was under way at the first frame: its end positions were seen, its start was not."""
    attempt = Attempt(side, dict(rest), [], [], 0.0, settings)
    for item in before:
        moment: Moment = attempt.moment(item)
        attempt.add(item, {end.id: end.enter is not None and end.enter.answer(moment) is True for end in ends})
    for end in ends:
        flags = np.array(attempt.inside.get(end.id, []), dtype=float)
        if flags.size and sustained(attempt.times(), flags, end.settle_s) == 1.0:
            attempt.reached[end.id] = before[int(np.argmax(flags))].time_s
    if not attempt.reached:
        return None
    attempt.start_s, attempt.end_s = before[0].time_s, before[-1].time_s
    attempt.peak_s = min(attempt.reached.values())
    return attempt
