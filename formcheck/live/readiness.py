"""Whether the start position of an exercise is taken, at any level that is left to choose from."""

from dataclasses import dataclass, replace

from formcheck.body.meter import Measured
from formcheck.exercise.coach import Coach
from formcheck.exercise.events import Progress
from formcheck.exercise.reasons import Code
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.words import Level
from formcheck.pipeline import Options, coach_of, level_of

GETTING_THERE_S = 1.0
"""Before the first repetition a movement of this long is the way to the start position."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Where the person is before anything counts.

    Attributes
    ----------
    progress
        Where the exercise would stand.
    level
        The level whose start position is taken; the first one where none is.
    at_start
        Whether it is taken.
    """

    progress: Progress
    level: Level | None
    at_start: bool


class StartWatch:
    """Watches for the start position before anything counts; what is to count later watches it now.

    Parameters
    ----------
    rule
        The exercise.
    options
        What the user set; without a level each of them is watched for.
    """

    def __init__(self, rule: Rule, options: Options) -> None:
        given = level_of(rule, options.level)
        self._levels: tuple[Level | None, ...] = (given,) if given is not None else rule.exercise.levels or (None,)
        self._rule, self._options = rule, options
        self._coaches = [self._coach(level) for level in self._levels]
        self._still_s = [0.0] * len(self._levels)
        self._last = 0

    def step(self, sample: Measured, *, new_person: bool) -> Readiness:
        """Take a moment in; another person begins from nothing."""
        found = [self._look(i, sample, new_person) for i in range(len(self._levels))]
        ready = [i for i, item in enumerate(found) if item.at_start]
        if self._last not in ready:
            self._last = ready[0] if ready else 0
        return found[self._last]

    def _look(self, i: int, sample: Measured, new_person: bool) -> Readiness:
        coach, level = self._coaches[i], self._levels[i]
        if new_person:
            coach.interrupt(Code.HAND_OVER)
        coach.step(sample)
        progress = coach.progress()
        self._still_s[i] = sample.time_s if not progress.moving else self._still_s[i]
        if sample.time_s - self._still_s[i] > GETTING_THERE_S:
            # What was taken for the start was on the way to it.
            self._coaches[i], self._still_s[i] = self._coach(level), sample.time_s
        start = self._rule.exercise.start_at(level).name
        at_start = progress.phase == start and not progress.moving and progress.in_context is True
        return Readiness(progress, level, at_start)

    def _coach(self, level: Level | None) -> Coach:
        return coach_of(self._rule, replace(self._options, level=None if level is None else level.id))
