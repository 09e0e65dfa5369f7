"""A live session without its devices: what is seen and pressed goes in, what to show, say and sound comes out."""

from collections.abc import Callable, Mapping

from formcheck.body.camera_roll import CameraRoll
from formcheck.body.view import ViewSeen
from formcheck.capture.frame import SourceInfo
from formcheck.errors import OutputError
from formcheck.exercise.results import Interrupted, RepFinished
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session
from formcheck.live.cues import Cues
from formcheck.live.gesture import HandUp
from formcheck.live.ghost import Ghost, ghost_of
from formcheck.live.glimpse import Glimpse
from formcheck.live.guide import Guidance, Guide
from formcheck.live.holds import HoldWatch
from formcheck.live.meter import reach_of
from formcheck.live.shown import Happening, Shown, Update
from formcheck.live.turns import next_side
from formcheck.output.annotation import working_angle
from formcheck.performance import Performance, State
from formcheck.pipeline import Options, Step, coach_of, level_of
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation, Side, other_side
from formcheck.pose.recording import LandmarkWriter

NOBODY_S = 1.5
"""Nobody seen for so long is worth a remark."""

GETTING_THERE_S = 1.0
"""Before the first repetition a movement of this long is the way to the start position."""


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
    writer
        Where what is seen and asked is recorded, if anywhere.

    Attributes
    ----------
    performance
        What follows and counts.
    time_s
        Time of the last frame in seconds.
    failure
        Why nothing is recorded any more, None while it is.
    """

    def __init__(
        self,
        rule: Rule,
        source: SourceInfo,
        options: Options,
        model: str,
        *,
        guided: bool,
        writer: LandmarkWriter | None = None,
    ) -> None:
        self.rule = rule
        self._source, self._options, self._model = source, options, model
        self._writer = writer
        self.failure: OutputError | None = None
        size_wh = (source.width, source.height)
        self.performance = Performance(rule, size_wh, options)
        self._level = level_of(rule, options.level)
        self._ghost: Ghost | None = ghost_of(rule.id, options.level)
        self._guide: Guide | None = None
        self._shadow = coach_of(rule, options)
        self._roll = CameraRoll()
        self._hand = HandUp()
        self._cues = Cues()
        self.time_s = 0.0
        self._begun_s: float | None = None
        self._paused_s = 0.0
        self._seen_s = self._still_s = 0.0
        self._holds = HoldWatch()
        self._turned: Side | None = None
        self._said = ""
        self._pending: list[Happening] = []
        if guided:
            wants_end_point = options.end_point_deg is None
            self._guide = Guide(
                self.performance.exercise, self._level, size_wh, self._ghost, wants_end_point=wants_end_point
            )
            self._obey(Command(0.0, Action.WAIT))

    @property
    def state(self) -> State:
        """Whether repetitions count."""
        return self.performance.state

    def press(self, action: Action) -> None:
        """Do what a key asks for: the action itself, or what it means now."""
        if action is Action.PAUSE and self.state is State.PAUSED:
            action = Action.RESUME
        if self._guide is not None:  # nothing to pause or undo yet
            if action is Action.NEXT_SIDE:
                self._guide.skip()
            return
        side: Side | None = None
        if action is Action.NEXT_SIDE:
            now = self._next_side()
            if now is None:
                return
            side = self._turned = other_side(now)
        self._obey(Command(self.time_s, action, side=side))

    def change_model(self, model: str) -> None:
        """Note that another pose model takes over."""
        self._obey(Command(self.time_s, Action.MODEL, model=model))

    def see(self, seen: Observation, brightness: float = float("nan")) -> Update:
        """Take a frame's observation in."""
        if self._writer is not None:
            self._record(lambda writer: writer.write(seen))
        before_s, self.time_s = self.time_s, seen.time_s
        state = self.state
        step = self.performance.step(seen)
        if state is State.COUNTING:
            self._begun_s = seen.time_s if self._begun_s is None else self._begun_s
        elif state is State.PAUSED:
            self._paused_s += seen.time_s - before_s
        happened: list[Happening] = list(step.events)
        for event in step.events:
            if isinstance(event, RepFinished):
                self._turned = None
        happened += self._holds.step(step)
        glimpse = self._glimpse(seen, step, brightness)
        guidance = self._lead(glimpse) if self._guide is not None else None
        if guidance is not None and guidance.say != self._said:
            self._said = guidance.say
            happened.append(guidance)
        if self.state is not State.WAITING and self._hand.step(glimpse):
            self.press(Action.PAUSE)
        happened += self._pending
        self._pending = []
        cue = self._cues.step(seen.time_s, [item for item in happened if not isinstance(item, Command)])  # type: ignore[misc]
        if cue is not None:
            happened.append(cue)
        return Update(self._shown(step, guidance, glimpse), tuple(happened))

    def finish(self) -> tuple[Session, tuple[Happening, ...]]:
        """Close what is open and return the result, and what that led to."""
        events = self.performance.finish(self._source.kind)
        return self.result(), (*self._pending, *events)

    def result(self) -> Session:
        """Return what was found so far."""
        return self.performance.result(self._source, self._model)

    # -- what is asked ------------------------------------------------------------------------------------------------

    def _obey(self, command: Command) -> None:
        if self._writer is not None:
            self._record(lambda writer: writer.note(command))
        events = self.performance.obey(command)
        self._pending += [command, *events]
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

    def _glimpse(self, seen: Observation, step: Step, brightness: float) -> Glimpse:
        new_person = any(
            isinstance(item, Interrupted) and item.interruption.kind == "hand_over" for item in step.events
        )
        progress, at_start = step.progress, False
        if self.state is State.WAITING:
            # What is to count later only watches for the start position now.
            if new_person:
                self._shadow.interrupt("another person")
            self._shadow.step(step.measured)
            progress = self._shadow.progress()
            self._still_s = seen.time_s if not progress.moving else self._still_s
            if seen.time_s - self._still_s > GETTING_THERE_S:
                # What was taken for the start was on the way to it.
                self._shadow, self._still_s = coach_of(self.rule, self._options), seen.time_s
            start = self.performance.exercise.phases_at(self._shadow.level)[0].id
            at_start = progress.phase == start and not progress.moving and progress.in_posture is True
            if step.pose is not None and step.measured.view is ViewSeen.FRONT:
                self._roll.update(step.pose, step.measured.view, step.measured.measures)
        return Glimpse(seen, step.pose, step.measured, progress, at_start, new_person, brightness)

    def _lead(self, glimpse: Glimpse) -> Guidance:
        assert self._guide is not None  # the caller looked
        guidance, commands = self._guide.look(glimpse, self._roll.roll_deg)
        for command in commands:
            self._obey(command)
        return guidance

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _shown(self, step: Step, guidance: Guidance | None, glimpse: Glimpse) -> Shown:
        coach, progress = self.performance.pipeline.coach, step.progress
        exercise, level = self.performance.exercise, coach.level
        state = self.state
        counting = state is State.COUNTING
        if step.pose is not None:
            self._seen_s = step.time_s
        begun_s = self._begun_s
        return Shown(
            time_s=step.time_s,
            pose=step.pose,
            state=state,
            counts=self._counts(progress.counted),
            clean=sum(rep.clean for rep in coach.reps),
            side=progress.side if counting else None,
            next_side=self._next_side(),
            hold_s=progress.hold_s if counting else None,
            hold_required_s=progress.hold_required_s or self._longest_hold_s(),
            reach=reach_of(exercise, level, step.measured, progress) if counting else None,
            angle=working_angle(exercise, step.pose, step.measured, progress) if counting else None,
            cue=self._cues.shown(step.time_s) if counting else None,
            guidance=guidance,
            torso_px=glimpse.torso_px,
            hand_up=self._hand.share,
            note=self._note(step),
            counted_s=0.0 if begun_s is None else step.time_s - begun_s - self._paused_s,
        )

    def _counts(self, counted: Mapping[Side | None, int]) -> dict[str, int]:
        if not self.performance.exercise.sided_at(self.performance.pipeline.coach.level):
            return {"reps": counted.get(None, 0)}
        return {"left": counted.get("left", 0), "right": counted.get("right", 0)}

    def _longest_hold_s(self) -> float | None:
        phases = self.performance.exercise.phases_at(self.performance.pipeline.coach.level)
        return max((phase.hold.seconds for phase in phases if phase.hold is not None), default=None)

    def _next_side(self) -> Side | None:
        coach = self.performance.pipeline.coach
        if not self.performance.exercise.sided_at(coach.level):
            return None
        if self._options.side is not None:
            return self._options.side
        return self._turned or next_side(self.performance.exercise, coach.reps, self._options.reps)

    def _note(self, step: Step) -> str | None:
        if self.state is not State.COUNTING:
            return None
        if step.time_s - self._seen_s > NOBODY_S:
            return "I cannot see you"
        return "Not in position" if step.progress.in_posture is False else None
