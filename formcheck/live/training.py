"""A live session without its devices: what is seen and pressed goes in, what to show, say and sound comes out."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from formcheck.body.camera_roll import CameraRoll
from formcheck.body.view import ViewSeen
from formcheck.capture.frame import SourceInfo
from formcheck.dates import now
from formcheck.errors import OutputError
from formcheck.exercise.checks import in_words
from formcheck.exercise.events import Interrupted, Progress, RepFinished
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session
from formcheck.language import _
from formcheck.live.asking import Asking
from formcheck.live.cues import Cues
from formcheck.live.framing import Arrow
from formcheck.live.gesture import HandUp
from formcheck.live.ghost import ghost_of
from formcheck.live.glimpse import Glimpse
from formcheck.live.guide import Guidance, Guide
from formcheck.live.holds import HoldWatch
from formcheck.live.keys import Typed, Wish
from formcheck.live.presence import Presence
from formcheck.live.readiness import StartWatch
from formcheck.live.shown import Happening, LiveShown, Update
from formcheck.live.turns import next_side
from formcheck.output.angles import side_of, working_angle
from formcheck.output.annotation import counts_of, hold_over
from formcheck.output.canvas import longest_hold_s
from formcheck.output.shown import Freshness
from formcheck.output.skeleton import AngleMark
from formcheck.performance import Performance, State
from formcheck.pipeline import Options, Step, level_of
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation, Side, other_side
from formcheck.pose.recording_writer import LandmarkWriter

AGAIN_S = 3.0
"""Starting again is asked for twice within this time."""


class Training:
    """One live session: guide, performance, cues and recording, a step a frame.

    Parameters
    ----------
    rule
        The exercise.
    source
        What is looked at.
    options
        What the user set.
    model
        Name of the pose model at the beginning.
    guided
        Lead to the first repetition; else count from the first frame.
    writer, on_step
        Where what is seen and asked is recorded, and what is told of each step; None = nothing.
    muted
        Ids of faults that are not told; they are judged all the same.

    Attributes
    ----------
    performance
        What follows and counts.
    time_s
        Time of the last frame in seconds.
    failure
        Why nothing is recorded any more, None while it is.
    is_over
        Never: it goes on until somebody ends it.
    """

    is_over = False

    def __init__(
        self,
        rule: Rule,
        source: SourceInfo,
        options: Options,
        model: str,
        *,
        guided: bool,
        writer: LandmarkWriter | None = None,
        on_step: Callable[[Step], None] | None = None,
        muted: frozenset[str] = frozenset(),
    ) -> None:
        self.rule = rule
        self._source, self._options, self._model = source, options, model
        self._writer = writer
        self._date = now() if writer is None else writer.date
        self.failure: OutputError | None = None
        size_wh = (source.width, source.height)
        self.performance = Performance(rule, size_wh, options, model, on_step=on_step)
        self._level = level_of(rule, options.level)
        self._guide: Guide | None = None
        self._start = StartWatch(rule, options)
        self._roll = CameraRoll()
        self._hand, self._cues = HandUp(), Cues(muted)
        self._freshness = Freshness()
        self.time_s = self._paused_s = 0.0
        self._begun_s: float | None = None
        self._presence = Presence(size_wh)
        self._turned: Side | None = None
        self._restart_asked_s = -math.inf
        self._holds, self._asking = HoldWatch(), Asking()
        self._pending: list[Happening] = []
        if guided:
            self._guide = Guide(
                self.performance.exercise, self._level, size_wh, partial(ghost_of, rule.id),
                wants_end_point=options.end_point_deg is None,
            )  # fmt: skip
            self.obey(Command(0.0, Action.WAIT))

    @property
    def state(self) -> State:
        """Whether repetitions count."""
        return self.performance.state

    def press(self, action: Action | Wish | Typed) -> str | None:
        """Do what a key asks for: the action itself, or what it means now; return what to remark, if anything."""
        if isinstance(action, Wish | Typed):
            return _("Only a plan has another exercise") if isinstance(action, Wish) else None
        if action is Action.PAUSE and self.state is State.PAUSED:
            action = Action.RESUME
        if self._guide is not None:  # nothing to pause or undo yet
            if action is Action.NEXT_SIDE:
                self._guide.skip()
            return None
        if action is Action.RESTART and self.time_s - self._restart_asked_s > AGAIN_S:
            self._restart_asked_s = self.time_s
            return _("Press r again to start another set; what you did is kept")
        self._restart_asked_s = -math.inf
        side: Side | None = None
        if action is Action.NEXT_SIDE:
            current = self._next_side()
            if current is None:
                return None
            side = self._turned = other_side(current)
        self.obey(Command(self.time_s, action, side=side))
        return None

    def change_model(self, model: str) -> None:
        """Note that another pose model takes over."""
        self.obey(Command(self.time_s, Action.MODEL, model=model))

    def see(self, seen: Observation, brightness: float = float("nan")) -> Update:
        """Take a frame's observation in."""
        if self._writer is not None:
            self._record(lambda writer: writer.write(seen))
        before_s, self.time_s = self.time_s, seen.time_s
        state = self.state
        step, progress = self.performance.step(seen), self.performance.progress()
        if state is State.COUNTING:
            self._begun_s = seen.time_s if self._begun_s is None else self._begun_s
        elif state is State.PAUSED:
            self._paused_s += seen.time_s - before_s
        happened: list[Happening] = [*self._holds.close(seen.time_s, step.events), *step.events]
        if any(isinstance(event, RepFinished) for event in step.events):
            self._turned = None
        if state is State.COUNTING:
            happened += self._holds.step(seen.time_s, progress)
        glimpse = self._glimpse(seen, step, progress, brightness)
        guidance = self._lead(glimpse) if self._guide is not None else None
        if guidance is not None and self._asking.step(seen.time_s, guidance) is not None:
            happened.append(guidance)
        happened += [*self._watch(glimpse), *self._pending]
        self._pending = []
        cue = self._cues.step(seen.time_s, [item for item in happened if not isinstance(item, Command)])  # type: ignore[misc]
        if cue is not None:
            happened.append(cue)
        return Update(self._shown(step, progress, guidance, glimpse), tuple(happened))

    def finish(self) -> tuple[Session, tuple[Happening, ...]]:
        """Close what is open and return the result, and what that led to."""
        events = self.performance.finish(self._source.kind)
        if self._writer is not None:
            self._record(lambda writer: writer.finish())
        return self.result(), (*self._pending, *self._holds.close(self.time_s, events), *events)

    def result(self) -> Session:
        """Return what was found so far."""
        return replace(self.performance.result(self._source, self._model), date=self._date)

    # -- what is asked ------------------------------------------------------------------------------------------------

    def obey(self, command: Command) -> None:
        """Do what is asked, and record it."""
        if self._writer is not None:
            self._record(lambda writer: writer.note(command))
        events = self.performance.obey(command)
        self._pending += [command, *self._holds.close(command.time_s, events), *events]
        if command.action in (Action.RESTART, Action.PAUSE):
            self._cues.forget()
        if command.action is Action.RESTART:
            self._begun_s, self._paused_s, self._turned = None, 0.0, None
        if command.action is Action.GO:
            self._guide = None

    def _record(self, write: Callable[[LandmarkWriter], None]) -> None:
        """Record, or stop recording where the disk refuses: the person trains on, and is told in the end."""
        assert self._writer is not None  # the callers looked
        try:
            write(self._writer)
        except OutputError as error:
            self.failure, self._writer = error, None

    # -- what is seen -------------------------------------------------------------------------------------------------

    def _glimpse(self, seen: Observation, step: Step, progress: Progress, brightness: float) -> Glimpse:
        new_person = any(
            isinstance(item, Interrupted) and item.interruption.kind == "hand_over" for item in step.events
        )
        if self.state is not State.WAITING:
            return Glimpse(seen, step.pose, step.measured, progress, False, new_person, brightness)
        ready = self._start.step(step.measured, new_person=new_person)
        if step.pose is not None and step.measured.view is ViewSeen.FRONT:
            self._roll.update(step.pose, step.measured.view, step.measured.measures)
        return Glimpse(
            seen, step.pose, step.measured, ready.progress, ready.at_start, new_person, brightness, ready.level
        )

    def _watch(self, glimpse: Glimpse) -> list[Happening]:
        """Look for the hand that pauses, and whether all of the person is in the picture."""
        if self.state is not State.WAITING and self._hand.step(glimpse):
            self.press(Action.PAUSE)
        remark = self._presence.step(glimpse) if self.state is State.COUNTING else None
        return [] if remark is None else [remark]

    def _lead(self, glimpse: Glimpse) -> Guidance:
        assert self._guide is not None  # the caller looked
        guidance, commands = self._guide.look(glimpse, self._roll.roll_deg)
        for command in commands:
            self.obey(command)
        return guidance

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _shown(self, step: Step, progress: Progress, guidance: Guidance | None, glimpse: Glimpse) -> LiveShown:
        coach = self.performance.pipeline.coach
        reps = self.performance.pipeline.set_reps
        exercise, level = self.performance.exercise, coach.level
        counting = self.state is State.COUNTING
        over = self._holds.over(step.time_s)
        counts = counts_of(exercise, level, Counter(rep.side for rep in reps if rep.counted))
        return LiveShown(
            time_s=step.time_s,
            pose=step.pose,
            state=self.state,
            level=None if level is None else in_words(level.id).lower(),
            phase=in_words(progress.phase).lower() if counting and progress.phase is not None else None,
            counts=counts,
            fresh=self._freshness.update(step.time_s, counts),
            clean=sum(rep.clean for rep in reps),
            side=progress.side if counting else None,
            next_side=self._next_side(),
            hold_s=self._holds.shown_s(progress) if counting else None,
            hold_required_s=progress.hold_required_s or longest_hold_s(exercise, level),
            hold_over=None if over is None or not counting else hold_over(over),
            angle=self._angle(step, progress) if counting else None,
            cue=self._cues.shown(step.time_s) if counting else None,
            guidance=guidance,
            torso_px=glimpse.torso_px,
            hand_up=self._hand.share,
            note=self._note(progress),
            arrow=self._arrow(),
            clock_s=0.0 if self._begun_s is None else step.time_s - self._begun_s - self._paused_s,
        )

    def _angle(self, step: Step, progress: Progress) -> AngleMark | None:
        exercise, level = self.performance.exercise, self.performance.pipeline.coach.level
        if (angle := working_angle(exercise, level)) is None:
            return None
        return angle.mark(step.measured, progress, side_of(exercise, level, step.measured, progress, self._next_side()))

    def _next_side(self) -> Side | None:
        coach = self.performance.pipeline.coach
        if not self.performance.exercise.sided_at(coach.level):
            return None
        if self._options.side is not None:
            return self._options.side
        reps = self.performance.pipeline.set_reps
        return self._turned or next_side(self.performance.exercise, reps, self._options.reps)

    def _arrow(self) -> Arrow | None:
        advice = self._presence.advice
        return advice.arrow if advice is not None and self.state is State.COUNTING else None

    def _note(self, progress: Progress) -> str | None:
        if self.state is not State.COUNTING:
            return None
        if self._presence.advice is not None:
            return self._presence.advice.say
        return _("Not in position") if progress.in_context is False else None
