"""What happens at this moment: the hold that is running, and the faults that no later moment takes back.

The same judge looks at the movement so far, a few times a second; what it found stays in the result.
"""

import math

from formcheck.body.meter import Measured
from formcheck.exercise.attempt import Attempt
from formcheck.exercise.checks import HOLD, Fault
from formcheck.exercise.follow.turning import Turn
from formcheck.exercise.group import Group
from formcheck.exercise.judge import Judge
from formcheck.exercise.motion import BRIDGED_S
from formcheck.exercise.results import CheckResult, HoldResult
from formcheck.pose.pose import Side

EVERY_S = 0.25
"""How often the movement under way is judged."""

Found = tuple[Fault, CheckResult]


class Present:
    """Judges what is under way in one group.

    Parameters
    ----------
    group
        What is followed.
    judge
        Who judges it.

    Attributes
    ----------
    side
        The side whose movement is farthest under way; None at rest, too.
    position
        The end position that the body is in.
    faults
        What was found in the movement under way.
    """

    def __init__(self, group: Group, judge: Judge) -> None:
        self._group = group
        self._judge = judge
        self._judges_holds = any(HOLD in check.during for check in judge.checks)
        self._turn: Turn | None = None
        self._found: dict[Side | None, dict[tuple[str, str], Found]] = {}
        self._looked_s = self._shown_s = -math.inf
        self.side: Side | None = None
        self.position: str | None = None
        self.attempt: Attempt | None = None
        self._holds: tuple[HoldResult, ...] | None = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was found in the movement under way, each once."""
        found = self._found.get(self.side, {}) if self.attempt is not None else {}
        return tuple({check.id: check for check, _ in found.values()}.values())

    @property
    def hold(self) -> tuple[float, float] | None:
        """How long the hold that is running has lasted, and its prescribed time; None outside holds.

        It is judged when somebody asks: a screen does, a recording does not.
        """
        hold = next((item for item in self._held() if item.id == self.position), None)
        if hold is None or self.attempt is None:
            return None
        running = self.attempt.end_s - (hold.start_s + hold.duration_s) <= BRIDGED_S
        if hold.duration_s > 0 and (running or hold.passed):
            return hold.duration_s + max(self._shown_s - self._looked_s, 0.0), hold.required_s
        return 0.0, hold.required_s

    def _held(self) -> tuple[HoldResult, ...]:
        if self._holds is None and self.attempt is not None:
            self._holds = self._judge.holds(self.attempt)
        return self._holds or ()

    def take(self, attempt: Attempt) -> list[Found]:
        """Return and forget what was found in a movement that is over now; without a side, it was both legs'."""
        sides = [attempt.side] if attempt.side is not None else list(self._found)
        found = [item for side in sides for item in self._found.pop(side, {}).values()]
        # What was found before was in a movement that nothing came of.
        return [item for item in found if item[1].end_s >= attempt.start_s]

    def update(self, sample: Measured) -> list[tuple[Side | None, Found]]:
        """Take a moment in, after the group; return what was found just now."""
        if not self._group.is_moving:
            self._rest(None)
            return []
        side = self._group.leading()
        over = self._group.followers[side].open
        if over is None or over.turn.full_s is None:
            self._rest(side if over is not None else None)
            return []
        if side == self.side and over.turn is self._turn and sample.time_s - self._looked_s < EVERY_S - 1e-6:
            self._shown_s = sample.time_s
            return []
        self._turn, self._looked_s, self._shown_s = over.turn, sample.time_s, sample.time_s
        under_way = self._group.under_way(side)
        if under_way is None:
            self._rest(None)
            return []
        self.side = side
        self.attempt, self._holds = under_way[1], None
        return [(side, found) for found in self._look(self.attempt)]

    def _rest(self, side: Side | None) -> None:
        self.side, self.position, self.attempt, self._turn = side, None, None, None
        self._holds = ()

    def _look(self, attempt: Attempt) -> list[Found]:
        here = attempt.excursions[-1]
        self.position = here.position if here.inside.size and here.inside[-1] else None
        holds = self._held() if self._judges_holds else ()
        found = self._found.setdefault(attempt.side, {})
        new: list[Found] = []
        for check, result in self._judge.checks_of(attempt, holds, under_way=True):
            if not isinstance(check, Fault) or result.band != "fault" or result.confidence is None:
                continue
            if check.id not in {known.id for known, _ in found.values()}:
                new.append((check, result))
            found[check.id, result.measure] = (check, result)
        return new
