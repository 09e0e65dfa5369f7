"""What happens at this moment: the hold that is running and the faults that have lasted long enough.

Live pictures and sounds need this before a repetition is over; its result is what counts in the end.
"""

import math

import numpy as np

from formcheck.body.meter import Measured
from formcheck.body.view import View
from formcheck.exercise.attempt import primary
from formcheck.exercise.judge import IN_POSITION_S, MOVING_S, Judge
from formcheck.exercise.motion import BRIDGED_S, STILL_BELOW, STILL_WINDOW_S, slopes
from formcheck.exercise.quantities import RepQuantity, Speed
from formcheck.exercise.reading import error_of
from formcheck.exercise.timer import Timer
from formcheck.exercise.tracker import Tracker
from formcheck.exercise.words import HOLD, REP, SETUP, Fault, Metric, Phase


class Now:
    """Follows one tracker from moment to moment."""

    def __init__(self, tracker: Tracker, judge: Judge, phases: tuple[Phase, ...]) -> None:
        self._tracker = tracker
        self._holds = {phase.id: phase for phase in phases if phase.hold is not None}
        self._faults = [check for check in judge.checks if isinstance(check, Fault) and _is_momentary(check)]
        self._timers = [Timer() for _ in self._faults]
        self._held_from: float | None = None
        self._still_at = -math.inf
        self.faults: tuple[Fault, ...] = ()
        self.hold_s: float | None = None
        self.hold_required_s: float | None = None

    def update(self, sample: Measured) -> tuple[Fault, ...]:
        """Take a moment in, after the tracker; return the faults that have just lasted long enough."""
        self._update_hold(sample)
        before = self.faults
        self.faults = tuple(
            check for check, timer in zip(self._faults, self._timers, strict=True) if self._lasts(check, timer, sample)
        )
        return tuple(check for check in self.faults if check not in before)

    def _update_hold(self, sample: Measured) -> None:
        attempt = self._tracker.attempt
        phase = self._holds.get(self._tracker.phase or "")
        if attempt is None or phase is None or phase.hold is None:
            self._held_from, self.hold_s, self.hold_required_s = None, None, None
            return
        recent = [item for item in attempt.samples[-64:] if sample.time_s - item.time_s <= STILL_WINDOW_S + 1e-6]
        comparison = primary(phase)
        values = np.array([comparison.value(attempt.moment(item)) for item in recent], dtype=float)
        slope = (
            slopes(np.array([item.time_s for item in recent]), values, 2 * STILL_WINDOW_S)[-1] if recent else math.nan
        )
        if abs(slope) < STILL_BELOW.get(comparison.quantity.unit, math.inf):
            self._still_at = sample.time_s
            if self._held_from is None:
                # The window looks back, so the hold began half a window ago.
                self._held_from = max(sample.time_s - STILL_WINDOW_S / 2, attempt.reached.get(phase.id, sample.time_s))
        elif sample.time_s - self._still_at > BRIDGED_S:
            self._held_from = None
        self.hold_s = 0.0 if self._held_from is None else sample.time_s - self._held_from
        self.hold_required_s = phase.hold.seconds

    def _lasts(self, check: Fault, timer: Timer, sample: Measured) -> bool:
        attempt = self._tracker.attempt
        watched = attempt is not None and (check.during == REP or self._in_position(check))
        if attempt is None or not watched or not assessable(check, sample.view.kind):
            timer.update(sample.time_s, False)
            return False
        moment = attempt.moment(sample)
        beyond = check.only_if is None or check.only_if.answer(moment) is True
        beyond = beyond and any(
            (band.fault[0] is not None and band.quantity.low(moment) < band.fault[0])
            or (band.fault[1] is not None and band.quantity.high(moment) > band.fault[1])
            for band in check.bands
            if band.fault is not None
        )
        needed = check.for_s if check.for_s is not None else MOVING_S if check.during == REP else IN_POSITION_S
        return timer.update(sample.time_s, beyond) >= needed - 1e-6

    def _in_position(self, check: Fault) -> bool:
        names = (check.during,) if isinstance(check.during, str) else check.during
        here = self._tracker.phase
        held = HOLD in names and self.hold_s is not None and self.hold_s > 0
        return here is not None and (here in names or not names or held) and not self._tracker.resting


def assessable(check: Metric, view: View | None) -> bool:
    """Return whether at least one band of a check can be judged in a view."""
    return view in check.views and any(not math.isnan(error_of(band.quantity, view)) for band in check.bands)


def _is_momentary(check: Metric) -> bool:
    """Return whether a check looks at moments, so that it can be seen before the repetition is over."""
    names = (check.during,) if isinstance(check.during, str) else check.during
    return SETUP not in names and not any(isinstance(band.quantity, RepQuantity | Speed) for band in check.bands)
