"""The start position: what rest is, how long it was kept, and what was seen just before a movement."""

from collections import deque
from collections.abc import Iterable

import numpy as np

from formcheck.body.meter import Measured
from formcheck.body.quantity import Condition, Measures, Moment
from formcheck.exercise.attempt import Attempt, primary
from formcheck.exercise.motion import movement_start_s
from formcheck.exercise.quantities import Change
from formcheck.exercise.reading import keys_of
from formcheck.exercise.rest import rest_of
from formcheck.exercise.words import Phase, changes_in
from formcheck.pose.pose import Side

REST_LAG_S = 2.0
"""While one rests, a movement shows against what was rest so long ago."""
KEPT_S = 5.0
"""How much of the start position is kept to look back on: for set-up checks and for dating the start."""
PAUSE_S = 0.5
"""Longer steps between samples are pauses, which do not count."""


class StartPosition:
    """What is known of one side's start position.

    Attributes
    ----------
    rest
        Measures at rest so far, as conditions on changes need them.
    """

    def __init__(self, phases: tuple[Phase, ...], side: Side | None, settings: Measures) -> None:
        self._phase, self._ends = phases[0], phases[1:]
        self._side: Side | None = side
        self._settings = settings
        self._zone_changes = _unique_changes(phases)
        self.rest: dict[str, float] = {}
        self._resting: deque[Measured] = deque()
        self._before: deque[Measured] = deque()
        self._kept_s = 0.0

    def moment(self, sample: Measured) -> Moment:
        """Return a sample as quantities see it at rest."""
        return Moment(sample.measures, self._side, sample.near, self.rest, self._settings)

    def see(self, sample: Measured) -> None:
        """Keep a sample to look back on, at rest or not."""
        self._before.append(sample)
        while sample.time_s - self._before[0].time_s > KEPT_S:
            self._before.popleft()

    def keep(self, sample: Measured) -> None:
        """Take a sample as rest."""
        good = self._phase.good is None or self._phase.good.answer(self.moment(sample)) is True
        if self._resting and good:
            step = sample.time_s - self._resting[-1].time_s
            self._kept_s += step if step <= PAUSE_S else 0.0
        self._resting.append(sample)
        while sample.time_s - self._resting[0].time_s > KEPT_S:
            self._resting.popleft()
        keys = {key for change in self._zone_changes for key in keys_of(change, self._side)}
        # Rest lags behind, or it would follow a slow movement; until enough is known, all of it is rest.
        before_s = sample.time_s - REST_LAG_S
        lagging = [item for item in self._resting if item.time_s <= before_s]
        self.rest = rest_of(lagging if len(lagging) > 2 else list(self._resting), keys)

    def forget(self) -> None:
        """Take what comes for rest, instead of what was."""
        self._resting.clear()

    def settle(self, samples: Iterable[Measured]) -> None:
        """Go on from these samples of rest."""
        self._before = deque(samples)
        for item in self._before:
            self.keep(item)

    def went_below(self, moment: Moment) -> bool:
        """Return whether the movement went away from every end position, beyond the start zone."""
        progress = []
        for phase in self._ends:
            comparison = primary(phase)
            if not isinstance(comparison.quantity, Change):
                return False
            value = comparison.value(moment)
            progress.append(value if comparison.operator == ">" else -value)
        # Only the zone on the moved quantity matters here; the rest of the start position must still hold.
        enter = self._phase.enter
        absolute = enter is None or enter.relaxed().answer(moment) is not False
        return absolute and all(value < 0 for value in progress)

    def leave(self, from_s: float, *, whole: bool) -> Attempt:
        """Return the movement that leaves it.

        Parameters
        ----------
        from_s
            When it left.
        whole
            All of what was rest belongs before it, also what is not before `from_s`.
        """
        resting = [item for item in self._resting if item.time_s < from_s or whole]
        rest = rest_of(self._before_moving(resting), None) if resting else dict(self.rest)
        before = [item for item in self._before if item.time_s < from_s]
        return Attempt(self._side, rest, resting, before, self._kept_s, self._settings, start_s=from_s)

    def _before_moving(self, resting: list[Measured]) -> list[Measured]:
        """Return what was seen at rest before the movement began that has just left the start zone."""
        times = np.array([item.time_s for item in resting])
        began_s = float(times[-1])
        for phase in self._ends:
            comparison = primary(phase)
            values = np.array([comparison.value(self.moment(item)) for item in resting])
            if np.isfinite(values).sum() > 2:
                began_s = min(began_s, movement_start_s(times, values, float(times[-1])))
        return [item for item in resting if item.time_s <= began_s]


def _unique_changes(phases: tuple[Phase, ...]) -> list[Change]:
    conditions: list[Condition | None] = [part for phase in phases for part in (phase.enter, phase.zone, phase.leave)]
    return [change for condition in conditions for change in changes_in(condition)]
