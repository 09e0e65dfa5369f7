"""Whether one is in the start position, and for how long so far: what came before a movement is judged by it."""

import math

from formcheck.body.meter import Measured
from formcheck.body.quantity import Answer, Measures, Moment
from formcheck.exercise.follow.turning import GAP_S
from formcheck.exercise.words import Start
from formcheck.pose.pose import SIDES, Side


class StartWatch:
    """Watches the start position of a movement.

    Parameters
    ----------
    start
        The position.
    sided
        Whether it is one side's: either side may be in it.

    Attributes
    ----------
    kept_s
        How long it was kept so far, movements left out.
    """

    def __init__(self, start: Start, *, sided: bool) -> None:
        self._start = start
        self._sides: tuple[Side | None, ...] = SIDES if sided else (None,)
        self._answers: list[Answer] = []
        self._last_s = math.nan
        self.kept_s = 0.0

    @property
    def now(self) -> Answer:
        """Whether one is in it now; None = not seen."""
        return self._answers[-1] if self._answers else None

    def see(self, sample: Measured, settings: Measures, *, moving: bool) -> None:
        """Take a moment in; what happens during a movement is no start position."""
        answer: Answer = None
        for side in self._sides:
            if answer is None:
                moment = Moment(sample.measures, side, sample.near, settings=settings)
                answer = self._start.condition.answer(moment)
        step_s = sample.time_s - self._last_s
        if answer is True and not moving and step_s <= GAP_S:
            self.kept_s += step_s
        self._last_s = sample.time_s
        self._answers.append(answer)

    def last(self, count: int) -> list[Answer]:
        """Return the answers of the last moments."""
        return self._answers[len(self._answers) - count :]

    def keep(self, count: int) -> None:
        """Forget all but the answers of the last moments."""
        del self._answers[: len(self._answers) - count]

    def forget(self) -> None:
        """Forget the answers: another scene or person; how long the position was kept stays."""
        self._answers.clear()
        self._last_s = math.nan
