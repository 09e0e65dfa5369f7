"""The end positions of an exercise: when each is entered, reached and left."""

from collections.abc import Generator

from formcheck.body.quantity import Answer, Condition, Moment
from formcheck.exercise.attempt import Attempt
from formcheck.exercise.results import PhaseEntered
from formcheck.exercise.timer import Timer
from formcheck.exercise.words import Fault, Phase

BURST_S = 0.1
"""Out of a position for less than this is a bad landmark, not a movement."""


class EndPositions:
    """Watches the end positions of one movement.

    Attributes
    ----------
    phase
        The one that it is in, None between them.
    """

    def __init__(self, phases: tuple[Phase, ...], enders: tuple[Fault, ...]) -> None:
        self._phases = phases
        self._enders = enders
        self._timers = {phase.id: Timer() for phase in phases}
        self._leaving = {phase.id: Timer() for phase in phases}
        self._ender_timers = {check.id: Timer() for check in enders}
        self.inside = dict.fromkeys(self._timers, False)
        self.phase: str | None = None

    def begin(self) -> None:
        """Start anew, for the next movement."""
        self.inside = dict.fromkeys(self.inside, False)
        self.phase = None
        for timer in (*self._timers.values(), *self._leaving.values(), *self._ender_timers.values()):
            timer.since_s = None

    def entered_since(self, time_s: float, moment: Moment) -> float | None:
        """Return since when one of them has been kept for long enough, None if none has."""
        for phase in self._phases:
            timer = self._timers[phase.id]
            if timer.update(time_s, _answer(phase.enter, moment) is True) >= phase.settle_s - 1e-6:
                return timer.since_s if timer.since_s is not None else time_s
        return None

    def follow(self, time_s: float, moment: Moment, attempt: Attempt) -> Generator[PhaseEntered, None, bool]:
        """Yield what is entered, noting in the attempt what was reached when; return whether one was left."""
        left = False
        for phase in self._phases:
            if self.inside[phase.id]:
                leaving = self._leaving[phase.id]
                leaves = _leaves(phase, moment)
                # Out of sight on the way out is out; else unseen says nothing.
                is_leaving = leaves is True or (leaves is None and leaving.since_s is not None)
                if leaving.update(time_s, is_leaving) >= BURST_S - 1e-6:
                    attempt.leave(phase, leaving.since_s or time_s)
                    self.inside[phase.id] = False
                    self._timers[phase.id].since_s = leaving.since_s = None
                    self.phase = None
                    left = True
                continue
            timer = self._timers[phase.id]
            answer = _answer(phase.enter, moment)
            if answer is None and timer.since_s is not None:
                continue  # unseen neither adds nor resets
            if timer.update(time_s, answer is True) >= phase.settle_s - 1e-6:
                self.inside[phase.id] = True
                self.phase = phase.id
                attempt.reach(phase, timer.since_s if timer.since_s is not None else time_s)
                yield PhaseEntered(time_s, attempt.side, phase.id)
        return left

    def ended_by(self, time_s: float, moment: Moment) -> str | None:
        """Return the fault that ends the repetition at this moment, in words."""
        for check in self._enders:
            beyond = any(
                _beyond(band.quantity.value(moment), band.fault) for band in check.bands if band.fault is not None
            )
            if self._ender_timers[check.id].update(time_s, beyond) >= (check.for_s or 0.0) - 1e-6:
                return check.id.replace("_", " ")
        return None


def _leaves(phase: Phase, moment: Moment) -> Answer:
    if phase.leave is not None:
        return phase.leave.answer(moment)
    stays = _answer(phase.enter.relaxed() if phase.enter is not None else None, moment)
    return None if stays is None else not stays


def _answer(condition: Condition | None, moment: Moment) -> Answer:
    return None if condition is None else condition.answer(moment)


def _beyond(value: float, limits: tuple[float | None, float | None]) -> bool:
    low, high = limits
    return (low is not None and value < low) or (high is not None and value > high)
