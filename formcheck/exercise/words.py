"""The words of a rule: an exercise is a declaration made of these.

The movement decides what counts; everything else judges how well. All is checked when it is made, so that a rule with a
mistake never loads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, TypeVar

from formcheck.body.quantity import Condition, Quantity
from formcheck.body.view import View
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, Band, Limits, at_least, source, up_to, within
from formcheck.exercise.checks import HOLD, REP, START, Confidence, Fault, Metric, Severity, check_id, in_words
from formcheck.exercise.dose import Dose, Programme, Repetitions
from formcheck.exercise.movement import HOLD_PASSES_FROM, Hold, HoldSeconds, Movement, NotThis, Witness, falls, rises
from formcheck.exercise.questions import Kind, Offer, Question
from formcheck.exercise.validation import check_exercise
from formcheck.fields import AtLeast, Checked, check_fields
from formcheck.language import _

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Declaration = TypeVar("_Declaration", bound="DataclassInstance")


def like(declaration: _Declaration, **changes: object) -> _Declaration:
    """Return a declaration that is like another one but for what is said here: ``like(WALL, id="free", title="free")``."""
    return replace(declaration, **changes)


@dataclass(frozen=True, slots=True)
class Context(Checked):
    """What the body must be in for most of a movement: wide enough for every fault, it keeps out what is clearly else.

    Attributes
    ----------
    name
        As the user reads it.
    condition
        The condition.
    """

    name: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Start:
    """The position before a movement: judged, never required.

    Attributes
    ----------
    name
        Name of the position.
    condition
        When one is in it well; the guide of a live session waits for it.
    """

    name: str
    condition: Condition

    def __post_init__(self) -> None:
        check_fields(self)
        check_id(self, "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel(Checked):
    """A fault in how repetitions follow each other.

    Attributes
    ----------
    id
        ``same_side_twice`` or ``plank_skipped`` (the start position was not seen between two repetitions).
    """

    id: str
    severity: Severity
    cue: str
    origin: str = ARTICLE


@dataclass(frozen=True, slots=True)
class Attribute(Checked):
    """A fact about a repetition, neither right nor wrong: True if the condition held at some time of it.

    Attributes
    ----------
    id, condition
        What it is called in files, and what shows it.
    says, says_not
        What people read where it is true, and where it is not; by default the words of the id.
    """

    id: str
    condition: Condition
    says: str | None = None
    says_not: str | None = None

    def in_words(self, holds: bool) -> str:
        """Return what people read of a repetition of which it holds, or does not."""
        words = in_words(self.id).lower()
        return (self.says or words) if holds else (self.says_not or _("not {words}", words=words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A variant of an exercise.

    Attributes
    ----------
    id
        Name on the command line.
    title
        What it is, for people.
    movement, context, start
        Its own, if they differ.
    sided
        Whether its repetitions have a side, where those of the exercise have one.
    recognised_by
        What shows this level at rest before a repetition; None = it cannot be seen and is assumed.
    """

    id: str
    title: str
    movement: Movement | tuple[Movement, Movement] | None = None
    context: Context | None = None
    start: Start | None = None
    sided: bool = True
    recognised_by: Condition | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        check_id(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise, whole.

    Attributes
    ----------
    title, summary
        For people.
    views
        The views it can be judged from, best first.
    camera
        Where to put the camera, in words.
    context
        What the body must be in, widely.
    start
        The position before a repetition.
    movement
        What a repetition is; two = one to each side of rest, in either order.
    side_is
        What the side of a repetition means (``"the bent leg"``); None = it has no side.
    levels
        Its variants; empty = only one.
    checks
        Its metrics and faults.
    sequels
        Faults in how repetitions follow each other.
    attributes
        Facts to record.
    dose
        How much of it.
    questions, offers
        What is asked after a set, and what is offered on the answer.
    not_visible
        What no camera shows, so that nobody believes that it was checked.
    at_most
        Highest confidence of any check.
    shows
        The angle that is drawn at its joint while the exercise is done.
    short_hold_cue
        What to say when a hold was too short.
    """

    title: str
    summary: str
    views: Annotated[tuple[View, ...], AtLeast(1)]
    camera: str
    context: Context
    start: Start
    movement: Movement | tuple[Movement, Movement]
    dose: Dose
    not_visible: tuple[str, ...]
    side_is: str | None = None
    levels: tuple[Level, ...] = ()
    checks: tuple[Metric, ...] = ()
    sequels: tuple[Sequel, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    questions: tuple[Question, ...] = ()
    offers: tuple[Offer, ...] = ()
    at_most: Confidence = Confidence.HIGH
    shows: Quantity | None = None
    short_hold_cue: str = "Hold it longer."

    def __post_init__(self) -> None:
        check_fields(self)
        check_exercise(self)

    @property
    def sided(self) -> bool:
        """Whether a repetition has a side."""
        return self.side_is is not None

    def level_named(self, name: str | None) -> Level | None:
        """Return the level with an id, None if there is none."""
        return next((level for level in self.levels if level.id == name), None)

    def sided_at(self, level: Level | None) -> bool:
        """Return whether a repetition of a level has a side."""
        return self.sided and (level is None or level.sided)

    def movements_at(self, level: Level | None) -> tuple[Movement, ...]:
        """Return the movements of a level: one, or two to and fro."""
        movement = self.movement if level is None or level.movement is None else level.movement
        return movement if isinstance(movement, tuple) else (movement,)

    def context_at(self, level: Level | None) -> Context:
        """Return the context of a level."""
        return self.context if level is None or level.context is None else level.context

    def start_at(self, level: Level | None) -> Start:
        """Return the start position of a level."""
        return self.start if level is None or level.start is None else level.start

    def checks_at(self, level: Level | None) -> Iterator[Metric]:
        """Yield the checks of a level."""
        for check in self.checks:
            if not check.levels or (level is not None and level.id in check.levels):
                yield check


__all__ = [
    "ARTICLE",
    "HOLD",
    "HOLD_PASSES_FROM",
    "JUDGEMENT",
    "REP",
    "START",
    "Attribute",
    "Band",
    "Confidence",
    "Context",
    "Dose",
    "Exercise",
    "Fault",
    "Hold",
    "HoldSeconds",
    "Kind",
    "Level",
    "Limits",
    "Metric",
    "Movement",
    "NotThis",
    "Offer",
    "Programme",
    "Question",
    "Repetitions",
    "Sequel",
    "Severity",
    "Start",
    "Witness",
    "at_least",
    "falls",
    "like",
    "rises",
    "source",
    "up_to",
    "within",
]
