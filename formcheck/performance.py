"""A whole performance: what was seen and what was asked, in order; the same for a live session and its replay."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from formcheck.capture.frame import SourceInfo
from formcheck.exercise.events import Event, Progress
from formcheck.exercise.questions import Answer, offered, questions_at
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise
from formcheck.pipeline import Options, Pipeline, Step
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation


class State(StrEnum):
    """Whether repetitions count."""

    WAITING = "waiting"
    COUNTING = "counting"
    PAUSED = "paused"


class Performance:
    """The pipeline, obeying commands; deterministic: equal observations and commands give equal results.

    Parameters
    ----------
    rule
        The exercise.
    size_wh
        Width and height of the picture in px.
    options
        What the user set.
    model
        The pose model at the beginning, on which the errors depend; None = not known.
    on_step
        Told of every step, whoever asked for it.

    Attributes
    ----------
    state
        Whether repetitions count; from the first frame on, unless told to wait.
    """

    def __init__(
        self,
        rule: Rule,
        size_wh: tuple[int, int],
        options: Options,
        model: str | None = None,
        *,
        on_step: Callable[[Step], None] | None = None,
    ) -> None:
        self._pipeline = Pipeline(rule, size_wh, options, model)
        self._on_step = on_step
        self._models: list[str] = []
        self._answers: list[Answer] = []
        self.state = State.COUNTING

    @property
    def exercise(self) -> Exercise:
        """The exercise, with the holds that the user wants."""
        return self._pipeline.exercise

    @property
    def pipeline(self) -> Pipeline:
        """What follows the person."""
        return self._pipeline

    def step(self, seen: Observation) -> Step:
        """Take an observation in and return what it led to."""
        step = self._pipeline.step(seen, watching=self.state is State.COUNTING)
        if self._on_step is not None:
            self._on_step(step)
        return step

    def progress(self) -> Progress:
        """Return where the exercise stands, after the last step."""
        return self._pipeline.coach.progress()

    def obey(self, command: Command) -> list[Event]:
        """Do what is asked, and return what it led to; what makes no sense now changes nothing."""
        match command.action:
            case Action.WAIT:
                self.state = State.WAITING
            case Action.GO if self.state is State.WAITING:
                self.state = State.COUNTING
            case Action.PAUSE if self.state is State.COUNTING:
                self.state = State.PAUSED
                return self._pipeline.coach.interrupt(Code.PAUSED)
            case Action.RESUME if self.state is State.PAUSED:
                self.state = State.COUNTING
            case Action.UNDO:
                return self._pipeline.take_back()
            case Action.RESTART if self.state is not State.WAITING:
                self.state = State.COUNTING
                return self._pipeline.begin_set()
            case Action.END_POINT if command.side is not None and command.deg is not None:
                self._pipeline.set_end_point(command.side, command.deg)
            case Action.ANSWER if command.question is not None and command.value is not None:
                self._answers.append(Answer(command.question, command.value, self._pipeline.sets))
            case Action.MODEL if command.model is not None:
                self._models.append(command.model)
                self._pipeline.look_with(command.model)
        return []

    def finish(self, kind: str) -> list[Event]:
        """Close what is open: the source, of this kind, is over."""
        return self._pipeline.finish(Code.SESSION_ENDED if kind == "camera" else Code.CLIP_ENDED)

    def result(
        self,
        source: SourceInfo,
        model: str,
        *,
        damaged: str | None = None,
        interrupted: bool = False,
        exercise_source: str = "given",
    ) -> Session:
        """Return what was found; call after `finish`.

        Parameters
        ----------
        source
            What was looked at.
        model
            The pose model at the beginning; those that followed are added, in order.
        damaged
            Why the source could not be read to its end; None = it could.
        interrupted
            The user stopped before the end of the source.
        exercise_source
            Whether the exercise was ``given`` or ``recognised``.
        """
        models = ", ".join([model, *self._models])
        session = self._pipeline.result(
            source, models, damaged=damaged, interrupted=interrupted, exercise_source=exercise_source
        )
        answers = (*self._pipeline.answers, *self._answers)
        all_clean = bool(session.counted) and session.clean_reps == len(session.counted)
        offer = offered(self.exercise, session.level, answers, all_clean=all_clean)
        asked = questions_at(self.exercise, session.level)
        session = replace(session, questions=asked, answers=answers, offer=offer)
        if self.state is State.WAITING and not session.reps:
            return replace(session, nothing_counted_because=Reason(Code.NEVER_BEGAN))
        return session
