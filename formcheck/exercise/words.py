"""The words of a rule: an exercise is a declaration made of these.

Everything is checked when it is made, so that a rule with a mistake never loads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from formcheck.body.quantity import Condition, Quantity
from formcheck.body.view import View
from formcheck.exercise.checks import (
    HOLD,
    JUDGEMENT,
    REP,
    SEED,
    SETUP,
    Band,
    Confidence,
    Fault,
    Limits,
    Metric,
    Severity,
    check_id,
    source,
)
from formcheck.exercise.quantities import Change
from formcheck.exercise.validation import check_exercise
from formcheck.fields import AtLeast, Between, Checked, check_fields, mistake

HOLD_PASSES_FROM = 0.9
"""A hold passes from this share of its prescribed minimum (rules/METHOD.md, chapter 2)."""


HoldSeconds = Annotated[float, Between(0.5, 3600)]
"""How long a hold may be prescribed to last."""
Moments = Annotated[float, Between(0, 60)]
"""How long something lasts within a repetition, in seconds."""


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
class Phase:
    """A position that a repetition passes through; the first phase of an exercise is where it starts and ends.

    Attributes
    ----------
    id
        Name of the position.
    enter
        What makes the position. Its first comparison is the signal that moves: progress, stillness and turning
        points are read from it.
    zone
        Of a start position: how near to the rest before a repetition one must come back (conditions on `change`).
    leave
        What ends the position; by default that `enter` (and `zone`) fails by the hysteresis of its unit (5°).
    good
        Of a start position: when the time spent in it counts for `start_position_s`; by default always.
    settle_s
        How long `enter` must hold before it is believed.
    still
        Of a start position that one moves into slowly: one must also keep still in it before it is taken for rest.
    hold
        The hold, if one is prescribed.
    """

    id: str
    enter: Condition | None = None
    zone: Condition | None = None
    leave: Condition | None = None
    good: Condition | None = None
    settle_s: Moments = 0.25
    still: bool = False
    hold: Hold | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        check_id(self)


@dataclass(frozen=True, slots=True)
class Posture(Checked):
    """What the body must be in for anything to count.

    Attributes
    ----------
    name
        As the user reads it.
    gate
        The condition; outside it nothing counts.
    """

    name: str
    gate: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel(Checked):
    """A fault in how repetitions follow each other; the tracker notices these itself.

    Attributes
    ----------
    id
        ``same_side_twice`` or ``plank_skipped`` (the start position was skipped between two sides).
    """

    id: str
    severity: Severity
    cue: str
    origin: str = SEED


@dataclass(frozen=True, slots=True)
class Spoiler(Checked):
    """What makes a movement no repetition at all.

    Attributes
    ----------
    condition
        True within `within_s` of reaching the end position.
    because
        What to tell the person.
    """

    condition: Condition
    within_s: Moments
    because: str


@dataclass(frozen=True, slots=True)
class BothSides(Checked):
    """Both sides moving together, which is no repetition of either.

    Attributes
    ----------
    within_s
        They reach their end positions within this long of each other.
    because
        What to tell the person.
    """

    within_s: Moments
    because: str


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
    phases
        Its own phases, if they differ.
    posture
        Its own posture, if it differs.
    sided
        Whether its repetitions have a side, where those of the exercise have one.
    recognised_by
        What shows this level in the start position of a repetition; None = it cannot be seen and is assumed.
    """

    id: str
    title: str
    phases: tuple[Phase, ...] | None = None
    posture: Posture | None = None
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


class Ending(StrEnum):
    """What completes a repetition."""

    RETURN = "back at the start"
    LAST_HOLD = "the last hold ends"


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
    posture
        What the body must be in for anything to count.
    phases
        The start position and the end positions; a repetition goes from the start to every end and back.
    side_is
        What the side of a repetition means (``"the bent leg"``); None = it has no side.
    any_order
        End positions may come in either order.
    ending
        What completes a repetition.
    start_optional
        A clip may begin in the end position.
    levels
        Its variants; empty = only one.
    checks
        Its metrics and faults.
    sequels
        Faults in how repetitions follow each other.
    spoiler
        What makes a movement no repetition at all.
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
    posture: Posture
    phases: tuple[Phase, ...]
    dose: Dose
    not_visible: tuple[str, ...]
    side_is: str | None = None
    any_order: bool = False
    ending: Ending = Ending.RETURN
    start_optional: bool = False
    levels: tuple[Level, ...] = ()
    checks: tuple[Metric, ...] = ()
    sequels: tuple[Sequel, ...] = ()
    spoiler: Spoiler | BothSides | None = None
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

    def phases_at(self, level: Level | None) -> tuple[Phase, ...]:
        """Return the phases of a level."""
        return self.phases if level is None or level.phases is None else level.phases

    def posture_at(self, level: Level | None) -> Posture:
        """Return the posture of a level."""
        return self.posture if level is None or level.posture is None else level.posture

    def checks_at(self, level: Level | None) -> Iterator[Metric]:
        """Yield the checks of a level."""
        for check in self.checks:
            if not check.levels or (level is not None and level.id in check.levels):
                yield check


def changes_in(condition: Condition | None) -> Iterator[Change]:
    """Yield the changes from rest that a condition looks at."""
    for comparison in condition.comparisons() if condition is not None else ():
        for part in comparison.quantity.parts():
            if isinstance(part, Change):
                yield part


__all__ = [
    "HOLD", "JUDGEMENT", "REP", "SEED", "SETUP", "Attribute", "Band", "BothSides", "Confidence", "Dose", "Ending",
    "Exercise", "Fault", "Hold", "Level", "Limits", "Metric", "Phase", "Posture", "Sequel", "Severity", "Spoiler",
    "changes_in", "source",
]  # fmt: skip
