"""What happens at this moment: the hold that is running, and the faults that no later moment takes back.

The same judge looks at the movement so far, a few times a second; what it found stays in the result.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from formcheck.body.meter import Measured
from formcheck.exercise.attempt import Attempt
from formcheck.exercise.checks import HOLD, Fault
from formcheck.exercise.claim import not_this
from formcheck.exercise.follow.turning import Turn
from formcheck.exercise.found import FoundFault, Key, faults_in, told_as, worst_of
from formcheck.exercise.group import Group
from formcheck.exercise.held import holds_of
from formcheck.exercise.judge import Judge
from formcheck.exercise.motion import BRIDGED_S
from formcheck.exercise.results import HoldResult
from formcheck.exercise.words import Level
from formcheck.pose.pose import Side

EVERY_S = 0.25
"""How often the movement under way is judged."""


@dataclass(slots=True)
class _Told:
    """What was told of a side's movement.

    Attributes
    ----------
    attempt
        The movement as it was when it was looked at last.
    found, since_s
        The faults, and when the way out had begun in which each was found first.
    """

    attempt: Attempt
    found: dict[Key, FoundFault] = field(default_factory=dict)
    since_s: dict[Key, float] = field(default_factory=dict)


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
        self._judges_holds = any(HOLD in check.watched for check in judge.checks)
        self._turn: Turn | None = None
        self._told: dict[Side | None, _Told] = {}
        self._looked_s = self._shown_s = -math.inf
        self.side: Side | None = None
        self.position: str | None = None
        self.attempt: Attempt | None = None
        self._holds: tuple[HoldResult, ...] | None = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was found in the movement under way, each once."""
        told = self._told.get(self.side) if self.attempt is not None else None
        return () if told is None else tuple({key[0]: item.check for key, item in told.found.items()}.values())

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
            self._holds = holds_of(self.attempt)
        return self._holds or ()

    def take(self, attempt: Attempt) -> list[FoundFault]:
        """Return and forget what was told of a movement that is over now; without a side, it was both legs'."""
        taken: list[FoundFault] = []
        for side in [attempt.side] if attempt.side is not None else list(self._told):
            told = self._told.get(side)
            if told is None:
                continue
            its = [item for key, item in told.found.items() if self._is_of(attempt, side, told, key)]
            for item in its:
                del told.found[item.key], told.since_s[item.key]
            taken += its
        return list(worst_of((), taken).values())

    def take_dropped(self, *, all_over: bool = False) -> list[tuple[Attempt, list[FoundFault]]]:
        """Return and forget movements of which something was told and that nothing came of, as they were seen last.

        Parameters
        ----------
        all_over
            Nothing is followed any more: no movement waits for another one.
        """
        dropped = []
        for side, told in list(self._told.items()):
            if not all_over and self._is_followed(side, told.attempt):
                continue
            del self._told[side]
            if told.found:
                dropped.append((told.attempt, list(told.found.values())))
        return dropped

    def _is_of(self, attempt: Attempt, side: Side | None, told: _Told, key: Key) -> bool:
        """Return whether what was told of a side's movement, as it was seen under way, belongs to this one."""
        if told.attempt.end_s < attempt.start_s or attempt.end_s < told.attempt.start_s:
            # What both legs did together is dated by one of them.
            return attempt.side is None and side is not None and not self._is_followed(side, told.attempt)
        # To and fro, it may have been seen together with the next one.
        return len(self._group.movements) == 1 or told.since_s[key] <= attempt.end_s

    def _is_followed(self, side: Side | None, attempt: Attempt) -> bool:
        """Return whether a movement may still come to something: it is under way, or waits for the one back."""
        opens = self._group.followers[side].opens
        return len(self._group.movements) > 1 or any(over.turn.half_s <= attempt.end_s for over in opens)

    def update(
        self, sample: Measured, level_of: Callable[[Attempt], Level | None]
    ) -> list[tuple[Side | None, FoundFault]]:
        """Take a moment in, after the group; return what is to be told now.

        Parameters
        ----------
        sample
            What was measured.
        level_of
            Says at which level a movement is done.
        """
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
        return [(side, found) for found in self._look(self.attempt, over.turn, level_of(self.attempt))]

    def _rest(self, side: Side | None) -> None:
        self.side, self.position, self.attempt, self._turn = side, None, None, None
        self._holds = ()

    def _look(self, attempt: Attempt, turn: Turn, level: Level | None) -> list[FoundFault]:
        here = attempt.excursions[-1]
        self.position = here.position if here.inside.size and here.inside[-1] else None
        holds = self._held() if self._judges_holds else ()
        told = self._told.setdefault(attempt.side, _Told(attempt))
        told.attempt = attempt
        before = told_as(told.found.values())
        found = list(faults_in(self._judge.checks_of(attempt, holds, under_way=True), attempt, level))
        if found and not_this(attempt) is None:  # what is something else so far is not judged for form
            told.found = worst_of(told.found.values(), found)
        told.since_s = {key: told.since_s.get(key, turn.half_s) for key in told.found}
        worst = {item.check.id: item for item in sorted(told.found.values(), key=lambda item: item.severity.rank)}
        return [item for name, item in worst.items() if name not in before or item.severity.rank > before[name].rank]
