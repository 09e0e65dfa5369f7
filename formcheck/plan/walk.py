"""A plan walked through live, without its devices: demonstration, sets, rests; what is seen and pressed goes in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from formcheck.errors import OutputError
from formcheck.language import _
from formcheck.live.after_set import AfterSet, asked_of
from formcheck.live.demonstration import demonstration_of
from formcheck.live.hands import Hands
from formcheck.live.interlude import Announced
from formcheck.live.keys import Typed, Wish
from formcheck.live.shown import Happening, LiveShown, Update
from formcheck.live.training import Training
from formcheck.performance import State
from formcheck.plan import texts
from formcheck.plan.interludes import interlude_of, said_of
from formcheck.plan.stages import Host, Place, Stage, is_set_done
from formcheck.plan.words import Part
from formcheck.pose.command import Action, Command, is_answer
from formcheck.pose.pose import Observation, later

SETTLE_S = 2.0
"""Who has done all repetitions of a set and has not moved for so long is through with it (judgement)."""
READ_S = 8.0
"""So long an exercise is shown at least, so that what is said of it can be read (judgement)."""
ONCE_S = 2.0
"""After one repetition the demonstration stays for so long (judgement)."""


class Walk:
    """A plan, a step a frame; what `formcheck.live.session.watch` shows pictures and keys to.

    Parameters
    ----------
    parts
        The exercises.
    host
        What begins and writes them.
    size_wh
        Width and height of the picture in px.
    turn_to
        Told of each exercise before it is shown.
    place
        Where to begin.

    Attributes
    ----------
    stage, place
        What one is at, and where in the plan.
    time_s
        Time of the last frame in seconds.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        host: Host,
        size_wh: tuple[int, int],
        turn_to: Callable[[Part], None] = lambda part: None,
        place: Place | None = None,
    ) -> None:
        self._parts, self._host, self._turn_to = parts, host, turn_to
        self._size_wh, self._hands = size_wh, Hands(size_wh)
        self._after: AfterSet | None = None
        self._training: Training | None = None
        self._model: str | None = None
        self._pending: list[Happening] = []
        self._begun_s = self._since_s = self._elapsed_s = 0.0
        self._settled_s: float | None = None
        self._lasts_s = 0.0
        self._stopped = False
        self._failure: OutputError | None = None
        self.time_s = 0.0
        self.place = place or Place()
        self.stage = Stage.SHOW
        self._show(rest_s=0.0)

    @property
    def is_over(self) -> bool:
        """Whether the plan is through."""
        return self.stage is Stage.OVER

    @property
    def failure(self) -> OutputError | None:
        """Why an exercise was not recorded, None if all were."""
        return self._failure or (None if self._training is None else self._training.failure)

    @property
    def part(self) -> Part:
        """The exercise that one is at."""
        return self._parts[min(self.place.part, len(self._parts) - 1)]

    def change_model(self, model: str) -> None:
        """Note that another pose model takes over."""
        self._model = model
        if self._training is not None:
            self._training.change_model(model)

    # -- what is asked ------------------------------------------------------------------------------------------------

    def press(self, action: Action | Wish | Typed) -> str | None:
        """Do what a key asks for; return what to remark, if anything."""
        if self.stage is Stage.OVER:
            return None
        if self.stage is Stage.ASK and self._after is not None:
            self._after.press(action)
        elif action is Wish.SKIP:
            self._skip()
        elif action is Wish.AGAIN:
            return self._again()
        elif self.stage is Stage.TRAIN and self._training is not None:
            return self._training.press(action)
        elif action is Action.NEXT_SIDE:
            self._go_on()
        elif action is Action.PAUSE:
            self._stopped = not self._stopped
        elif action is Action.UNDO and self._training is not None:
            return self._training.press(action)
        return None

    def _skip(self) -> None:
        self._pending.append(Announced("skipped", _(texts.SKIPPED), {"exercise": self.part.rule.id}))
        self._next_part(is_done=False)

    def _again(self) -> str | None:
        """Begin the set that is under way, or was the last one, once more; else the exercise before."""
        training = self._training
        if training is not None and training.state is not State.WAITING:
            if self.stage is Stage.REST:
                self._at(Place(self.place.part, self.place.sets - 1))
            self._begin_set(training)
            return _(texts.SET_AGAIN)
        if self.place.part == 0:
            return _(texts.NOTHING_BEFORE)
        self._end(is_done=False)
        self._at(Place(self.place.part - 1))
        self._show(rest_s=0.0)
        return _(texts.AGAIN)

    # -- what is seen -------------------------------------------------------------------------------------------------

    def see(self, seen: Observation, brightness: float = float("nan")) -> Update:
        """Take a frame's observation in."""
        passed_s, self.time_s = seen.time_s - self.time_s, seen.time_s
        if not self._stopped:
            self._elapsed_s += passed_s
        if self.stage is Stage.ASK:
            return self._answered(seen)
        signal = None if self.stage is Stage.TRAIN else self._hands.step(seen)
        shown = LiveShown(time_s=seen.time_s, state=State.WAITING)
        happened: list[Happening] = []
        training = self._training
        if training is not None:
            update = training.see(later(seen, -self._begun_s), brightness)
            shown, happened = update.shown, self._passed_on(update.happened)
            if self.stage is Stage.REST and training.state is State.COUNTING:
                signal = "one"  # a raised hand let it count again
        if signal == "both":
            self._skip()
        elif self.stage is Stage.TRAIN and training is not None:
            self._judge_set(training)
        elif self.stage in (Stage.SHOW, Stage.REST) and (signal == "one" or self._elapsed_s >= self._lasts_s):
            self._go_on()
        happened += self._pending
        self._pending = []
        return Update(self._page(shown), tuple(happened))

    def finish(self) -> tuple[Happening, ...]:
        """Close what is open, and return what that led to: whoever comes back goes on from here."""
        self._end(is_done=False)
        happened, self._pending = tuple(self._pending), []
        return happened

    def _passed_on(self, happened: Iterable[Happening]) -> list[Happening]:
        kept: list[Happening] = []
        for item in happened:
            if isinstance(item, Command):
                self._host.obeyed(self.part, item)
                if item.action is Action.PAUSE and self.stage is Stage.REST:
                    continue  # the rest has been told already
            kept.append(item)
        return kept

    # -- from stage to stage ------------------------------------------------------------------------------------------

    def _show(self, rest_s: float) -> None:
        """Show the exercise that comes, for a rest and for as long as it takes."""
        part = self.part
        how = demonstration_of(part.rule.id, part.task.level)
        self._begin_stage(Stage.SHOW, max(rest_s, READ_S, 0.0 if how is None else how.duration_s + ONCE_S))
        self._turn_to(part)
        facts = {
            "number": part.number, "exercise": part.rule.id, "level": part.task.level, "sets": part.task.sets,
            "reps": part.reps, "rest_s": rest_s,
        }  # fmt: skip
        self._pending.append(Announced("part", texts.next_exercise(part), facts))

    def _begin_stage(self, stage: Stage, lasts_s: float = 0.0) -> None:
        self.stage, self._lasts_s, self._elapsed_s = stage, lasts_s, 0.0
        self._stopped, self._settled_s = False, None

    def _go_on(self) -> None:
        training = self._training
        if training is not None:
            self._begin_set(training)
            return
        self._begun_s = self.time_s
        self._training = self._host.begin(self.part)
        if self._model is not None:
            self._training.change_model(self._model)
        self._begin_stage(Stage.TRAIN)

    def _begin_set(self, training: Training) -> None:
        training.obey(Command(training.time_s, Action.RESTART))
        self._begin_stage(Stage.TRAIN)

    def _judge_set(self, training: Training) -> None:
        """Rest once the set is done and the person keeps still."""
        performance = training.performance
        is_done = is_set_done(self.part, performance.pipeline.set_reps)
        if not is_done or performance.progress().moving or training.state is not State.COUNTING:
            self._settled_s = None
            return
        self._settled_s = self.time_s if self._settled_s is None else self._settled_s
        if self.time_s - self._settled_s < SETTLE_S:
            return
        part = self.part
        self._at(Place(self.place.part, self.place.sets + 1))
        if self.place.sets >= part.task.sets:
            self._ask(training)
            return
        training.press(Action.PAUSE)
        self._begin_stage(Stage.REST, part.rest_s)
        facts = {"exercise": part.rule.id, "sets_done": self.place.sets, "rest_s": part.rest_s}
        self._pending.append(Announced("rest", texts.next_set(part, self.place.sets), facts))

    def _ask(self, training: Training) -> None:
        """Ask what only the person knows; where nothing is asked, the exercise is over."""
        if not asked_of(training):
            self._next_part(is_done=True)
            return
        self._after = AfterSet(training, self._size_wh)
        self._begin_stage(Stage.ASK)

    def _answered(self, seen: Observation) -> Update:
        """Take a moment of the questions in; after the last one comes the next exercise."""
        assert self._after is not None  # the stage says so
        update = self._after.see(seen)
        if not self._after.is_over:
            return update
        self._next_part(is_done=True)
        happened, self._pending = (*update.happened, *self._pending), []
        return Update(self._page(update.shown), happened)

    def _next_part(self, *, is_done: bool) -> None:
        rest_s = self.part.rest_s if is_done else 0.0
        self._end(is_done=is_done)
        self._at(Place(self.place.part + 1))
        if self.place.part < len(self._parts):
            self._show(rest_s)
            return
        self._begin_stage(Stage.OVER)
        self._pending.append(Announced("part", _(texts.OVER)))

    def _end(self, *, is_done: bool) -> None:
        training, self._training = self._training, None
        if training is not None:
            last = self._host.end(self.part, training, self.place.sets, is_done=is_done)
            # What was answered has been told already.
            self._pending += [item for item in last if not is_answer(item)]
            self._failure = self._failure or training.failure

    def _at(self, place: Place) -> None:
        self.place = place
        self._host.reached(place)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _page(self, shown: LiveShown) -> LiveShown:
        part = self.part
        if self.stage is Stage.TRAIN:
            if part.task.sets == 1:
                return shown
            return replace(shown, of_set=texts.set_number(part, self.place.sets))
        elapsed_s, left_s = self._elapsed_s, max(0.0, self._lasts_s - self._elapsed_s)
        reps = None
        if self.stage is Stage.REST and self._training is not None:
            reps = self._training.performance.pipeline.set_reps
        said = said_of(part, self.place.sets, reps, stopped=self._stopped)
        page = interlude_of(part, len(self._parts), elapsed_s, left_s, self._lasts_s, said)
        return replace(shown, state=State.WAITING, interlude=page, hand_up=self._hands.share)
