"""The words of a rule: an exercise is a declaration made of these.

The movement decides what counts; everything else judges how well. All is checked when it is made, so that a rule with a
mistake never loads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from formcheck.body.quantity import HYSTERESIS, Condition, Moment, Quantity
from formcheck.body.view import View
from formcheck.exercise.checks import (
    HOLD,
    JUDGEMENT,
    REP,
    SEED,
    START,
    Band,
    Confidence,
    Fault,
    Limits,
    Metric,
    Severity,
    check_id,
    source,
)
from formcheck.exercise.validation import check_exercise
from formcheck.fields import AtLeast, Between, Checked, check_fields, mistake

HOLD_PASSES_FROM = 0.9
"""A hold passes from this share of its prescribed minimum (rules/METHOD.md, chapter 2)."""


HoldSeconds = Annotated[float, Between(0.5, 3600)]
"""How long a hold may be prescribed to last."""
Moments = Annotated[float, Between(0, 60)]
"""How long something lasts within a repetition, in seconds."""
Travel = Annotated[float, Between(0.001, 180)]
"""How far something must move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A position to be kept still.

    Attributes
    ----------
    seconds
        The prescribed minimum; from 90 % of it the hold passes.
    origin
        Where the number comes from.
    attempt_under_s
        Below this it was an attempt, not a repetition.
    """

    seconds: HoldSeconds
    origin: str
    attempt_under_s: Annotated[float, Between(0, 3600)] = 0.0

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.attempt_under_s < self.seconds:
            raise mistake(self, ("attempt_under_s",), f"must be less than the {self.seconds:g} s of the hold.")

    @property
    def passes_from_s(self) -> float:
        """Shortest hold that passes."""
        return self.seconds * HOLD_PASSES_FROM


@dataclass(frozen=True, slots=True)
class Witness(Checked):
    """A quantity that shows a movement, made by `rises` or `falls`.

    Attributes
    ----------
    quantity
        What moves.
    by
        Least travel from the person's own low point (of what falls: high point).
    to
        What it must reach besides, None = nothing.
    rises
        Whether it rises toward the end position.
    share
        Least travel as a share of what it was before, where that is more than `by`.
    views
        The views in which it is trusted.
    """

    quantity: Quantity
    by: Travel
    to: float | None = None
    rises: bool = True
    share: Annotated[float, Between(0, 1)] = 0.0
    views: Annotated[tuple[View, ...], AtLeast(1)] = tuple(View)

    @property
    def sign(self) -> float:
        """+1 for what rises, -1 for what falls."""
        return 1.0 if self.rises else -1.0

    def height(self, moment: Moment) -> float:
        """Return how high it stands toward the end position; NaN = not seen."""
        return self.quantity.low(moment) if self.rises else -self.quantity.high(moment)

    def least(self, low: float) -> float:
        """Return the least travel from a low point, both as `height` has them."""
        travel = max(self.by, self.share * abs(low))
        return travel if self.to is None else max(travel, self.sign * self.to - low)

    @property
    def slack(self) -> float:
        """How far it may fall back below where the end position begins without leaving it."""
        return min(HYSTERESIS.get(self.quantity.unit, 0.0), 0.4 * self.by)


def rises(quantity: Quantity, *, by: float, to: float | None = None, views: tuple[View, ...] = tuple(View)) -> Witness:
    """Return the witness that a quantity rises by so much, and to a value if one is given."""
    return Witness(quantity, by, to, views=views)


def falls(
    quantity: Quantity, *, by: float, to: float | None = None, share: float = 0.0, views: tuple[View, ...] = tuple(View)
) -> Witness:
    """Return the witness that a quantity falls by so much, to a value, or by a share of what it was."""
    return Witness(quantity, by, to, rises=False, share=share, views=views)


@dataclass(frozen=True, slots=True)
class NotThis(Checked):
    """What makes a movement another exercise, although it travels far enough.

    Attributes
    ----------
    condition
        True for most of the time around the turning point.
    because
        What to tell the person, e.g. ``"both legs rose together"``.
    """

    condition: Condition
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What a repetition is: out to the end position, and back.

    Attributes
    ----------
    position
        Name of the end position; checks are watched there unless they say otherwise.
    witnesses
        What shows it, the best first: the first one that the view shows and that was seen carries the count.
    hold
        The hold in the end position, if one is prescribed.
    not_this
        What makes it something else.
    of_this_side
        Of a movement of the whole body: what shows, around the turning point, that it was to this side.
    stays_s
        It must stay in the end position for so long: a foot that is set down, not one that swaps in the air.
    lasts
        It is complete with its hold: the clip may begin or end in the end position.
    """

    position: str
    witnesses: Annotated[tuple[Witness, ...], AtLeast(1)]
    hold: Hold | None = None
    not_this: tuple[NotThis, ...] = ()
    of_this_side: Condition | None = None
    stays_s: Moments = 0.0
    lasts: bool = False

    def __post_init__(self) -> None:
        check_fields(self)
        check_id(self, "position")


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
    origin: str = SEED


@dataclass(frozen=True, slots=True)
class Attribute(Checked):
    """A fact about a repetition, neither right nor wrong: True if the condition held at some time of it."""

    id: str
    condition: Condition


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
    movement: "Movement | tuple[Movement, Movement] | None" = None
    context: Context | None = None
    start: Start | None = None
    sided: bool = True
    recognised_by: Condition | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        check_id(self)


Repetitions = Annotated[int, Between(1, 1000)]
"""How many repetitions may be prescribed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Checked):
    """How much of it: repetitions, whether on each side, and the advice in words."""

    reps: Repetitions
    per_side: bool
    advice: str


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
    "HOLD", "JUDGEMENT", "REP", "SEED", "START", "Attribute", "Band", "Confidence", "Context", "Dose", "Exercise", "Fault",
    "Hold", "Level", "Limits", "Metric", "Movement", "NotThis", "Sequel", "Severity", "Start", "Witness", "falls", "rises",
    "source",
]  # fmt: skip
