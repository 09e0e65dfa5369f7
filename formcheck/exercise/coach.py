"""Watches a whole session of one exercise: all its levels, what happens now, and what is told of it."""

from dataclasses import dataclass, field, replace
from functools import partial

from formcheck.body.meter import Measured
from formcheck.body.quantity import Measures, Moment
from formcheck.exercise.attempt import Attempt
from formcheck.exercise.events import (
    Event,
    FaultSeen,
    LevelRecognised,
    PhaseEntered,
    Progress,
    RepDropped,
    RepFinished,
    RepTakenBack,
)
from formcheck.exercise.found import FoundFault, told_as
from formcheck.exercise.group import Claimed, Group
from formcheck.exercise.judge import Judge
from formcheck.exercise.present import Present
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.reporting import Reporter
from formcheck.exercise.results import Rep
from formcheck.exercise.words import Exercise, Level
from formcheck.pose.pose import Side

SURELY_ANOTHER = 2
"""So many repetitions of another level, and more than of the first, make it the level: one lifts both knees into the
tabletop, for example, before one reaches out with a leg."""


@dataclass(slots=True)
class _Watch:
    """The levels that share a movement, with what judges them and what was found."""

    group: Group
    reporter: Reporter
    present: Present
    level: Level | None
    reps: list[Rep] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    position: tuple[Side | None, str | None] = (None, None)


class Coach:
    """Turns measures into repetitions, holds and faults of one exercise.

    Parameters
    ----------
    exercise
        What to watch for.
    level
        The level, or None to recognise it.
    side
        Watch only this side.
    settings
        The user's own numbers, e.g. ``end_point_deg.left``.
    """

    def __init__(
        self,
        exercise: Exercise,
        level: Level | None = None,
        side: Side | None = None,
        settings: Measures | None = None,
    ) -> None:
        self._exercise = exercise
        self._settings = dict(settings or {})
        levels: tuple[Level | None, ...] = (level,) if level is not None else exercise.levels or (None,)
        self._watches = [self._watch_of(group, side) for group in _sharing(exercise, levels)]
        self._now_s = 0.0
        self._chosen: _Watch | None = self._watches[0] if len(self._watches) == 1 else None
        self.level_source = "given" if level is not None or not exercise.levels else "assumed"

    def _watch_of(self, levels: tuple[Level | None, ...], side: Side | None) -> _Watch:
        group = Group(self._exercise, levels, side, self._settings)
        judge = Judge(self._exercise, levels[0])
        return _Watch(group, Reporter(self._exercise, judge), Present(group, judge), levels[0])

    @property
    def level(self) -> Level | None:
        """The level: given, recognised, or the first one as long as none was."""
        return self._watch.level

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions and attempts of the level so far."""
        return tuple(self._watch.reps)

    @property
    def _watch(self) -> _Watch:
        if self._chosen is not None:
            return self._chosen
        # Nothing recognised: the level with most repetitions, or attempts, or in whose context the person was longest.
        return max(
            self._watches,
            key=lambda watch: (
                _count(watch),
                watch.group.notes.context_s,
                len(watch.reps),
            ),
        )

    @property
    def nothing_counted_because(self) -> Reason | None:
        """Why no repetition counts so far, None where one does."""
        reps = self._watch.reps
        if any(rep.counted for rep in reps):
            return None
        reasons = [rep.not_counted_because for rep in reps if rep.not_counted_because is not None]
        return self._watch.group.notes.why_nothing(reasons)

    def step(self, sample: Measured) -> list[Event]:
        """Take one moment in and return what it decides, for the level that was chosen."""
        self._now_s = sample.time_s
        for watch in self._watches:
            for claimed in watch.group.step(sample):
                self._record(watch, claimed)
            self._list_dropped(watch)
            self._look_at_now(watch, sample)
        return self._told()

    def interrupt(self, because: Code) -> list[Event]:
        """Close what is open: another scene, another person, or the end of the clip."""
        for watch in self._watches:
            for claimed in watch.group.break_off(because):
                self._record(watch, claimed)
            self._list_dropped(watch, all_over=True)
            watch.reporter.new_set()
        return self._told()

    def take_back(self) -> list[Event]:
        """Let the last repetition that counts not count: it stays listed, with the reason and without faults."""
        last = next((rep for rep in reversed(self._watch.reps) if rep.counted), None)
        if last is None:
            return []
        for watch in self._watches:
            for i, rep in enumerate(watch.reps):
                # Other levels have seen the same movement at about the same time.
                same = rep is last or (watch is not self._watch and _overlap(rep, last))
                if rep.counted and same:
                    watch.reps[i] = _not_counted(rep, Code.TAKEN_BACK)
                    watch.events.append(RepTakenBack(watch.reps[i]))
        return self._told()

    def set_number(self, name: str, value: float) -> None:
        """Take one of the user's own numbers in, from now on."""
        self._settings[name] = value

    def progress(self) -> Progress:
        """Return where the exercise stands."""
        watch = self._watch
        present, group = watch.present, watch.group
        side = group.leading()
        over = group.followers[side].open
        counted: dict[Side | None, int] = {}
        for rep in watch.reps:
            if rep.counted:
                counted[rep.side] = counted.get(rep.side, 0) + 1
        resting = over is None and group.in_start is True
        hold = present.hold
        return Progress(
            phase=present.position or (group.start.name if resting else None),
            side=side if over is not None else None,
            counted=counted,
            hold_s=None if hold is None else hold[0],
            hold_required_s=None if hold is None else hold[1],
            faults=present.faults,
            in_context=group.in_context,
            rest=group.rest_of(side) if present.attempt is None else present.attempt.rest,
            moving=over is not None,
        )

    def _told(self) -> list[Event]:
        """Return and forget the events of the chosen level; others wait until it is known."""
        if self._chosen is None:
            return []
        told, self._chosen.events = self._chosen.events, []
        return told

    def flush(self) -> list[Event]:
        """Return the events of the level that is assumed at the end, where none was recognised."""
        self._chosen = self._watch
        return self._told()

    # -- outcomes -------------------------------------------------------------------------------------------------

    def _look_at_now(self, watch: _Watch, sample: Measured) -> None:
        for side, found in watch.present.update(sample, partial(self._level_at, watch)):
            watch.events.append(FaultSeen(sample.time_s, side, found.check.id, found.severity, found.check.cue))
        here = (watch.present.side, watch.present.position)
        if here != watch.position and here[1] is not None:
            watch.events.append(PhaseEntered(sample.time_s, here[0], here[1]))
        watch.position = here

    def _record(self, watch: _Watch, claimed: Claimed) -> None:
        attempt = claimed.attempt
        if claimed.because is None:
            self._recognise(watch, attempt)
        self._report(watch, attempt, claimed.because, watch.present.take(attempt))

    def _list_dropped(self, watch: _Watch, *, all_over: bool = False) -> None:
        """List the movements that nothing came of, where something was told of them: what was told is in the report."""
        for attempt, told in watch.present.take_dropped(all_over=all_over):
            self._report(watch, attempt, Reason(Code.CAME_TO_NOTHING), told)

    def _report(self, watch: _Watch, attempt: Attempt, because: Reason | None, told: list[FoundFault]) -> None:
        rep = watch.reporter.report(attempt, because, self._level_at(watch, attempt), told)
        before = told_as(told)
        watch.events += [
            FaultSeen(self._now_s, rep.side, fault.id, fault.severity, fault.cue)
            for fault in rep.faults
            if before.get(fault.id) is not fault.severity
        ]
        watch.reps.append(rep)
        watch.events.append(RepFinished(rep) if rep.counted else RepDropped(rep))

    def _recognise(self, watch: _Watch, attempt: Attempt) -> None:
        """Choose the levels whose movement counts, and of these the one that the rest before it shows."""
        is_first = not any(rep.counted for rep in watch.reps)
        if self._chosen is None:
            self._chosen = watch
        elif watch is not self._chosen and _count(watch) + 1 >= max(SURELY_ANOTHER, _count(self._chosen) + 1):
            self._change_to(watch)
            is_first = True
        if watch is not self._chosen or self.level_source != "assumed" or not is_first:
            return
        alone = len(watch.group.levels) == 1 and len(self._watches) > 1
        level = watch.group.levels[0] if alone else _level_shown(watch.group.levels, attempt)
        if level is not None:
            watch.level = level
            self.level_source = "recognised"
            watch.events.append(LevelRecognised(attempt.end_s, level.id))

    def _change_to(self, watch: _Watch) -> None:
        """Take back what counted at another level: it was the way to this one, which counts more."""
        if self._chosen is not None:
            back = [RepTakenBack(_not_counted(rep, Code.OTHER_LEVEL)) for rep in self._chosen.reps if rep.counted]
            watch.events[:0] = [*self._chosen.events, *back]
            self._chosen.events = []
        self._chosen, self.level_source = watch, "assumed"

    def _level_at(self, watch: _Watch, attempt: Attempt) -> Level | None:
        """Return the level of a movement: the one that is known, or else the one that the rest before it shows."""
        if self.level_source != "assumed":
            return watch.level
        return _level_shown(watch.group.levels, attempt) or watch.level


def _level_shown(levels: tuple[Level | None, ...], attempt: Attempt) -> Level | None:
    first = attempt.samples[0]
    at_rest = Moment(attempt.rest, attempt.side, first.near, attempt.rest, attempt.settings)
    for level in levels:
        if level is not None and level.recognised_by is not None and level.recognised_by.answer(at_rest) is True:
            return level
    return None


def _sharing(exercise: Exercise, levels: tuple[Level | None, ...]) -> list[tuple[Level | None, ...]]:
    """Return the levels by what they share: movement, context, start position, and whether they have sides."""
    groups: dict[tuple[int, ...], list[Level | None]] = {}
    for level in levels:
        key = (
            id(exercise.movement if level is None or level.movement is None else level.movement),
            id(exercise.context_at(level)),
            id(exercise.start_at(level)),
            int(exercise.sided_at(level)),
        )
        groups.setdefault(key, []).append(level)
    return [tuple(group) for group in groups.values()]


def _count(watch: _Watch) -> int:
    return sum(rep.counted for rep in watch.reps)


def _not_counted(rep: Rep, because: Code) -> Rep:
    return replace(rep, counted=False, form=None, faults=(), not_counted_because=Reason(because))


def _overlap(one: Rep, other: Rep) -> bool:
    return one.start_s < other.end_s and other.start_s < one.end_s
