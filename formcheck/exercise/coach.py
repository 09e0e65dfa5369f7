"""Watches a whole session of one exercise: both sides, all its levels, and what one repetition says of the next."""

from dataclasses import dataclass, field, replace

from formcheck.body.meter import Measured
from formcheck.body.quantity import Measures
from formcheck.body.signal import Signal
from formcheck.exercise.attempt import Attempt, Closed, primary
from formcheck.exercise.checks import Confidence
from formcheck.exercise.dating import first_reached, rose_together
from formcheck.exercise.judge import Judge
from formcheck.exercise.now import Now
from formcheck.exercise.reporting import PLANK_SKIPPED, Reporter, severity_of
from formcheck.exercise.results import (
    Event,
    FaultSeen,
    LevelRecognised,
    PhaseEntered,
    Progress,
    Rep,
    RepDropped,
    RepFinished,
    RepTakenBack,
)
from formcheck.exercise.tracker import Tracker
from formcheck.exercise.words import BothSides, Exercise, Level, Phase, Spoiler
from formcheck.pose.pose import SIDES, Side

TAKEN_BACK = "taken back"
"""Why a repetition does not count that the person took back."""
MOSTLY = 0.5
"""Movements of two sides that share more than this part of the shorter one are one, of the leg that came farther."""


@dataclass(slots=True)
class _Watch:
    """One level with its trackers, its judge and what it has found."""

    level: Level | None
    trackers: dict[Side | None, Tracker]
    reporter: Reporter
    shares_movement: bool
    now: dict[Side | None, Now]
    reps: list[Rep] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    spoiled_until_s: float = -1.0
    rivals: list[Closed] = field(default_factory=list)


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
        self._may_skip_start = any(sequel.id == PLANK_SKIPPED for sequel in exercise.sequels)
        self._settings = dict(settings or {})
        levels: tuple[Level | None, ...] = (level,) if level is not None else exercise.levels or (None,)
        self._watches = [self._watch_of(item, side) for item in levels]
        self._chosen: _Watch | None = self._watches[0] if len(self._watches) == 1 else None
        self.level_source = "given" if level is not None or not exercise.levels else "assumed"

    def _watch_of(self, level: Level | None, side: Side | None) -> _Watch:
        sides: tuple[Side | None, ...] = (None,)
        if self._exercise.sided_at(level):
            sides = SIDES if side is None else (side,)
        judge = Judge(self._exercise, level)
        trackers = {side: Tracker(self._exercise, level, side, self._settings) for side in sides}
        phases = self._exercise.phases_at(level)
        return _Watch(
            level=level,
            trackers=trackers,
            reporter=Reporter(self._exercise, level, judge),
            shares_movement=len(sides) > 1 and _shares_movement(phases),
            now={side: Now(tracker, judge, phases) for side, tracker in trackers.items()},
        )

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
        # Nothing recognised: the first level in whose posture the person is, or that saw anything.
        fits = [watch for watch in self._watches if watch.reps]
        fits = fits or [w for w in self._watches if any(t.in_posture for t in w.trackers.values())]
        return (fits or self._watches)[0]

    def step(self, sample: Measured) -> list[Event]:
        """Take one moment in and return what it decides, for the level that was chosen."""
        for watch in self._watched():
            for tracker in watch.trackers.values():
                for outcome in list(tracker.step(sample)):
                    self._take(watch, outcome)
            self._hand_on(watch)
            self._settle_rivals(watch)
            self._look_at_now(watch, sample)
        return self._told()

    def interrupt(self, because: str) -> list[Event]:
        """Close what is open: another scene, another person, or the end of the clip."""
        for watch in self._watched():
            for tracker in watch.trackers.values():
                for outcome in list(tracker.finish(because)):
                    self._take(watch, outcome)
            self._settle_rivals(watch)
            watch.reporter.new_set()
        return self._told()

    def take_back(self) -> list[Event]:
        """Let the last repetition that counts not count: it stays listed, with the reason and without faults."""
        last = next((rep for rep in reversed(self._watch.reps) if rep.counted), None)
        if last is None:
            return []
        for watch in self._watched():
            for i, rep in enumerate(watch.reps):
                # Other levels have seen the same movement at about the same time.
                same = rep is last or (watch is not self._watch and _overlap(rep, last))
                if rep.counted and same:
                    watch.reps[i] = replace(rep, counted=False, clean=False, faults=(), not_counted_because=TAKEN_BACK)
                    watch.events.append(RepTakenBack(watch.reps[i]))
        return self._told()

    def set_number(self, name: str, value: float) -> None:
        """Take one of the user's own numbers in, from now on."""
        self._settings[name] = value

    def progress(self) -> Progress:
        """Return where the exercise stands."""
        watch = self._watch
        # The side that came farther shows; the other one follows the same signal or only sways.
        active = [t for t in watch.trackers.values() if t.attempt is not None]
        reached = [t for t in active if t.attempt is not None and t.attempt.reached]
        resting = [t for t in watch.trackers.values() if t.resting]
        tracker = (reached or active or resting or list(watch.trackers.values()))[0]
        now = watch.now[tracker.side]
        counted: dict[Side | None, int] = {}
        for rep in watch.reps:
            if rep.counted:
                counted[rep.side] = counted.get(rep.side, 0) + 1
        return Progress(
            phase=tracker.phase,
            # While both follow one movement, its side shows once one of them has reached its end.
            side=tracker.side if reached or len(active) == 1 else None,
            counted=counted,
            hold_s=now.hold_s,
            hold_required_s=now.hold_required_s,
            faults=tuple(now.faults) if tracker in active else (),
            in_posture=tracker.in_posture,
            rest=tracker.rest,
            moving=bool(active),
        )

    def _watched(self) -> list[_Watch]:
        return [self._chosen] if self._chosen is not None else self._watches

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
        for side, now in watch.now.items():
            for check in now.update(sample):
                severity = severity_of(check, watch.level, sample.view.kind, Confidence.HIGH)
                watch.events.append(FaultSeen(sample.time_s, side, check.id, severity, check.cue))

    def _hand_on(self, watch: _Watch) -> None:
        """Close a side that was left without going through the start, once the other side reaches its end."""
        if not self._may_skip_start:
            return
        for side, tracker in watch.trackers.items():
            other = next((t for s, t in watch.trackers.items() if s != side), None)
            if other is None or other.phase is None or other.resting or other.attempt is None:
                continue
            if tracker.complete and tracker.phase is None and other.attempt.reached:
                for outcome in list(tracker.skip_start(other.began_s())):
                    self._take(watch, outcome)

    def _take(self, watch: _Watch, outcome: Closed | PhaseEntered) -> None:
        if isinstance(outcome, PhaseEntered):
            watch.events.append(outcome)
        elif watch.shares_movement or (len(watch.trackers) > 1 and not outcome.attempt.reached):
            watch.rivals.append(outcome)
        else:
            self._record(watch, outcome)

    def _settle_rivals(self, watch: _Watch) -> None:
        """Give a movement that both sides have seen to the one that came farther, once neither is under way.

        What the leg that does not work makes of it is a matter for the checks, not an attempt of its own.
        """
        if not watch.rivals or any(t.attempt is not None and t.attempt.reached for t in watch.trackers.values()):
            return
        rivals, watch.rivals = sorted(watch.rivals, key=lambda closed: -closed.reach), []
        kept: list[Closed] = []
        # The side that came less far may close later: what it saw is then listed already.
        listed = [rep for rep in watch.reps[-2:] if watch.shares_movement or rep.counted or rep.side is None]
        taken = [(rep.side, rep.start_s, rep.end_s) for rep in listed]
        for closed in rivals:
            attempt = closed.attempt
            span = (attempt.side, attempt.start_s, attempt.end_s)
            if not any(_is_one(span, other, 0.0 if watch.shares_movement else MOSTLY) for other in taken):
                taken.append(span)
                kept.append(closed)
        for closed in sorted(kept, key=lambda item: item.attempt.end_s):
            self._record(watch, closed)

    def _record(self, watch: _Watch, outcome: Closed) -> None:
        attempt, because = outcome.attempt, outcome.because
        spoiled = self._spoiled(watch, attempt)
        if spoiled == "":
            return  # listed already with the other side
        because = spoiled or because
        self._recognise(watch, attempt)
        # What both legs did together is no movement of one side, so there is nothing to judge.
        rep = watch.reporter.report(attempt, because, judged=not spoiled)
        watch.reps.append(rep)
        watch.events.append(RepFinished(rep) if rep.counted else RepDropped(rep))

    def _spoiled(self, watch: _Watch, attempt: Attempt) -> str | None:
        """Return why the movement is no repetition, "" if that was listed already, None if it is one."""
        spoiler = self._exercise.spoiler
        if isinstance(spoiler, BothSides):
            first = first_reached(attempt, self._exercise.phases_at(watch.level)[1:])
            if not rose_together(attempt, primary(first), spoiler.within_s):
                return None
        elif spoiler is None or not attempt.reached or not self._holds_near(spoiler, attempt):
            return None
        if attempt.start_s < watch.spoiled_until_s:
            return ""
        watch.spoiled_until_s = attempt.end_s
        attempt.side = None
        return spoiler.because

    def _holds_near(self, spoiler: Spoiler, attempt: Attempt) -> bool:
        time_s = min(attempt.reached.values())
        near = [item for item in attempt.samples if abs(item.time_s - time_s) <= spoiler.within_s + 1e-6]
        return any(spoiler.condition.answer(attempt.moment(item)) is True for item in near)

    def _recognise(self, watch: _Watch, attempt: Attempt) -> None:
        if self._chosen is not None or watch.level is None or watch.level.recognised_by is None or not attempt.rest:
            return
        at_rest = attempt.moment(replace(attempt.samples[0], measures=attempt.rest))
        if watch.level.recognised_by.answer(at_rest) is True:
            self._chosen = watch
            self.level_source = "recognised"
            watch.events.append(LevelRecognised(attempt.end_s, watch.level.id))


def _overlap(one: Rep, other: Rep) -> bool:
    return one.start_s < other.end_s and other.start_s < one.end_s


def _shares_movement(phases: tuple[Phase, ...]) -> bool:
    """Return whether both sides are followed by one signal of the whole body, such as the drop of the hips."""
    parts = [part for phase in phases[1:] for part in primary(phase).quantity.parts()]
    return any(isinstance(part, Signal) for part in parts)


def _is_one(one: tuple[Side | None, float, float], other: tuple[Side | None, float, float], share: float) -> bool:
    """Return whether movements of two sides (side, start, end) share more than this part of the shorter one."""
    shorter = min(one[2] - one[1], other[2] - other[1])
    return one[0] != other[0] and min(one[2], other[2]) - max(one[1], other[1]) > share * shorter
