"""Everything between the estimator and the results: repair, measures, rules; a step an observation."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from formcheck.body.camera_roll import CameraRoll
from formcheck.body.follower import Followed, Follower
from formcheck.body.lens import USUAL_FOV_DEG
from formcheck.body.meter import Measured, unseen_of
from formcheck.body.view import ViewSeen
from formcheck.capture.frame import SourceInfo
from formcheck.errors import UsageError
from formcheck.exercise.advice import advise
from formcheck.exercise.coach import Coach
from formcheck.exercise.events import Event, Interrupted, RuleFailed
from formcheck.exercise.own_holds import with_holds
from formcheck.exercise.questions import MOST, Answer
from formcheck.exercise.reasons import Code
from formcheck.exercise.results import Interruption, Rep
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session, set_of
from formcheck.exercise.unassessed import not_assessed_in
from formcheck.exercise.words import HoldSeconds, Level, Repetitions
from formcheck.fields import Between, Checked, did_you_mean
from formcheck.language import _
from formcheck.pose.pose import SIDES, Observation, Pose, Side
from formcheck.pose.repair import LOST_S

BECAUSE = {"cut": Code.CUT, "hand_over": Code.HAND_OVER}
HOLE_S = 1.0
"""Where no picture comes for so long, by damage or a lost camera, whole repetitions may have passed."""


EndPoint = Annotated[float, Between(0, 180)]
"""How far somebody's own movement goes, in degrees."""


@dataclass(frozen=True, slots=True)
class Options(Checked):
    """What the user set for a session; `None` = the exercise decides.

    Attributes
    ----------
    level, side
        Id of the level; the only side to watch.
    reps
        The dose to compare with.
    hold_s
        Prescribed seconds of every hold.
    end_point_deg
        The user's own end points of hip flexion, left and right, in degrees; None = not known on this side.
    fov_deg
        Angle of view of the camera over the longer side of the picture, in degrees.
    answers
        What was answered to the questions that the exercise asks after a set, by their ids.

    Raises
    ------
    FieldError
        A UsageError: something is of no use, such as a hold that never ends; says what is possible.
    """

    level: str | None = None
    side: Side | None = None
    reps: Repetitions | None = None
    hold_s: HoldSeconds | None = None
    end_point_deg: tuple[EndPoint | None, EndPoint | None] | None = None
    fov_deg: Annotated[float, Between(20, 130)] | None = None
    answers: Mapping[str, bool | Annotated[int, Between(0, MOST)]] | None = None

    def as_settings(self) -> dict[str, object]:
        """Return what was set, by name."""
        names = ("level", "side", "reps", "hold_s", "end_point_deg", "fov_deg", "answers")
        values = {name: getattr(self, name) for name in names}
        plain = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if v is not None}
        return {name: dict(v) if isinstance(v, Mapping) else v for name, v in plain.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """What one observation led to."""

    time_s: float
    pose: Pose | None
    measured: Measured
    events: tuple[Event, ...]


class Pipeline:
    """Everything after the estimator, a step an observation; the same for files, replays and live sessions."""

    def __init__(self, rule: Rule, size_wh: tuple[int, int], options: Options, model: str | None = None) -> None:
        self.exercise = with_holds(rule.exercise, options.hold_s)
        self._rule = rule
        self._options = options
        self._follower = Follower(*size_wh, fov_deg=options.fov_deg or USUAL_FOV_DEG, model=model)
        self._roll = CameraRoll()
        self._frames = self._seen = 0
        self._failure: str | None = None
        rule.begin()
        self._last_s = 0.0
        self._sets_from_s = [0.0]
        self.coach = coach_of(rule, options)
        self._interruptions: list[Interruption] = []
        self._views: Counter[ViewSeen] = Counter()
        self._unseen: Counter[str] = Counter()
        self._watched = self._tracked = 0

    def look_with(self, model: str) -> None:
        """From now on, this model looks: its errors count."""
        self._follower.look_with(model)

    def begin_set(self) -> list[Event]:
        """Close what is open and count from nothing; what was done stays, as an earlier set."""
        events = self.coach.interrupt(Code.RESTARTED)
        self._sets_from_s.append(self._last_s)
        return events

    @property
    def sets(self) -> int:
        """How many sets were begun."""
        return len(self._sets_from_s)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was answered before it was looked at, of the whole session."""
        return tuple(Answer(name, value) for name, value in (self._options.answers or {}).items())

    @property
    def set_reps(self) -> tuple[Rep, ...]:
        """The repetitions and attempts of the set that is under way."""
        return tuple(rep for rep in self.coach.reps if set_of(rep, self._sets_from_s) == len(self._sets_from_s))

    def take_back(self) -> list[Event]:
        """Let the last repetition of this set that counts not count."""
        return self.coach.take_back() if any(rep.counted for rep in self.set_reps) else []

    def set_end_point(self, side: Side, deg: float) -> None:
        """Take the person's own end point of a side in, in degrees."""
        left, right = self._options.end_point_deg or (None, None)
        ends = (deg, right) if side == "left" else (left, deg)
        self._options = replace(self._options, end_point_deg=ends)
        self.coach.set_number(f"end_point_deg.{side}", deg)

    def step(self, seen: Observation, *, watching: bool = True) -> Step:
        """Take an observation in and return what it led to; not `watching`, only the body is measured."""
        followed = self._follower.step(seen)
        because = why_broken(followed, self._last_s if self._frames else None)
        self._count(followed.pose, followed.measured, watching)
        events: list[Event] = []
        interruption = None if followed.broken is None else Interruption(*followed.broken)
        if interruption is not None:
            events.append(Interrupted(interruption))
        if not watching:
            return Step(seen.time_s, followed.pose, followed.measured, tuple(events))
        if interruption is not None:
            self._interruptions.append(interruption)
        if because is not None:
            events += self.coach.interrupt(because)
        events += self.coach.step(followed.measured)
        if self._failure is None and self._rule.failure is not None:
            self._failure = self._rule.failure
            events.append(RuleFailed(seen.time_s, self._failure))
        return Step(seen.time_s, followed.pose, followed.measured, tuple(events))

    def finish(self, because: Code = Code.CLIP_ENDED) -> list[Event]:
        """Close what is open: the clip is over."""
        return self.coach.interrupt(because) + self.coach.flush()

    def result(
        self,
        source: SourceInfo,
        model: str,
        *,
        damaged: str | None,
        interrupted: bool,
        exercise_source: str = "given",
    ) -> Session:
        """Return what was found; call after `finish`."""
        view = self._views.most_common(1)[0][0] if self._views else ViewSeen.UNKNOWN
        # Where nothing was watched it still matters whether anybody was there.
        seen, frames = (self._tracked, self._watched) if self._watched else (self._seen, self._frames)
        tracked = seen / frames if frames else 0.0
        return Session(
            source=replace(source, frames=self._frames, duration_s=source.duration_s or self._last_s),
            model=model,
            exercise=self._rule.id,
            title=self.exercise.title,
            level=None if self.coach.level is None else self.coach.level.id,
            level_source=self.coach.level_source,
            view_wanted=self.exercise.views[0],
            view_seen=view,
            camera_roll_deg=self._roll.roll_deg,
            calibration=self._follower.calibration,
            interruptions=(*self._interruptions, *self._lost_end(source, damaged)),
            reps=self.coach.reps,
            not_assessed=not_assessed_in(self.coach.reps),
            not_visible=self.exercise.not_visible,
            advice=tuple(
                advise(
                    self.exercise,
                    view,
                    self._roll,
                    self._follower.tilt_deg,
                    self._follower.calibration,
                    self._unseen_share(),
                    tracked,
                )
            ),
            duration_s=self._last_s,
            frames=self._frames,
            tracked=tracked,
            settings={name: v for name, v in self._options.as_settings().items() if name != "answers"},
            damaged=damaged,
            interrupted=interrupted,
            exercise_source=exercise_source,
            nothing_counted_because=self.coach.nothing_counted_because,
            sets_from_s=tuple(self._sets_from_s),
            rule_failures=() if self._rule.failure is None else (self._rule.failure,),
        )

    def _lost_end(self, source: SourceInfo, damaged: str | None) -> Iterator[Interruption]:
        """Yield what damage cut off: nothing comes after it that would show the gap."""
        if damaged is not None and source.duration_s - self._last_s > LOST_S:
            yield Interruption("lost", self._last_s, source.duration_s)

    def _count(self, pose: Pose | None, measured: Measured, watching: bool) -> None:
        self._frames += 1
        self._watched += watching
        self._last_s = measured.time_s
        if pose is None or not measured.measures:
            return
        self._seen += 1
        self._roll.update(pose, measured.view, measured.measures)
        if watching:
            self._tracked += 1
            self._views[measured.view] += 1
            # A joint that is doubted is in the picture: another place of the camera may not show it better.
            self._unseen.update(unseen_of(pose))

    def _unseen_share(self) -> dict[str, float]:
        return {name: count / self._tracked for name, count in self._unseen.items()}


def why_broken(followed: Followed, last_s: float | None) -> Code | None:
    """Return why nothing is followed across this moment, None if it is; `last_s` is the time of the picture before."""
    if followed.broken is not None and followed.broken[0] in BECAUSE:
        return BECAUSE[followed.broken[0]]
    is_hole = last_s is not None and followed.measured.time_s - last_s > HOLE_S
    return Code.PICTURES_MISSING if is_hole else None


def coach_of(rule: Rule, options: Options) -> Coach:
    """Return what watches for the exercise as the user set it."""
    settings: dict[str, float] = {}
    if options.end_point_deg is not None:
        ends = zip(SIDES, options.end_point_deg, strict=True)
        settings = {f"end_point_deg.{side}": deg for side, deg in ends if deg is not None}
    exercise = with_holds(rule.exercise, options.hold_s)
    return Coach(exercise, level_of(rule, options.level), options.side, settings)


def level_of(rule: Rule, level: str | None) -> Level | None:
    """Return the level of this name, None for no name.

    Raises
    ------
    UsageError
        The exercise has no such level.
    """
    if level is None:
        return None
    found = rule.exercise.level_named(level.strip().lower().replace("-", "_"))
    if found is not None:
        return found
    known = [item.id for item in rule.exercise.levels]
    remedy = _("Its levels are: {known}.", known=", ".join(known)) if known else _("It has none: leave out --level.")
    raise UsageError(
        _(
            "{title} has no level “{level}”.{meant}",
            title=rule.exercise.title,
            level=level,
            meant=did_you_mean(level, known),
        ),
        remedy,
    )
