"""The words for what is checked: metrics and faults, when they are watched, and how much they matter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from formcheck.body.quantity import Condition
from formcheck.body.view import View
from formcheck.exercise.bands import Band
from formcheck.exercise.quantities import RepQuantity
from formcheck.fields import AtLeast, Between, check_fields, mistake
from formcheck.language import _

REP = "rep"
"""A check that watches the whole repetition, from its start to its end."""
START = "start"
"""A check of the start position before a repetition; a set-up fault is reported once a set."""
HOLD = "hold"
"""A check that watches the holds only."""

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")


class Severity(StrEnum):
    """How much a fault matters."""

    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def rank(self) -> int:
        """0 for info, 1 for minor, 2 for major."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How far a check can be trusted in the view that was seen."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, 1 for medium, 2 for high."""
        return list(Confidence).index(self)


def in_words(name: str) -> str:
    """Return an id as people read it: ``Knee caves in``."""
    return _(name.replace("_", " ").capitalize())


def check_id(declaration: object, field: str = "id") -> None:
    """Raise FieldError unless a field is a name, made of small letters, digits and underscores."""
    name = getattr(declaration, field)
    if not _ID.match(name):
        raise mistake(
            declaration, (field,), _("{name!r} is not a name: use small letters, digits and underscores.", name=name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measure of each repetition that is reported, and never a fault.

    Attributes
    ----------
    id
        Name of the check.
    band
        What is right; several when any one of them counts.
    during
        Positions in which it is watched, or `REP`, `START` or `HOLD`; by default the end position.
    for_s
        How long a fault must last; by default 1 s or 30 % of the end position if that is shorter, and 0.4 s in a
        moving phase (`REP`).
    only_if
        Looked at only while this holds; of a whole movement (its peak, its travel), only if it held at some moment.
    views
        The views in which it is judged; by default all whose error allows it.
    levels
        The levels that it belongs to; by default all.
    at_most
        Highest confidence it can have, whatever the signal's error.
    says
        What people read; by default the words of the id.
    """

    id: str
    band: Band | Annotated[tuple[Band, ...], AtLeast(1)]
    during: str | tuple[str, ...] = ()
    for_s: Annotated[float, Between(0, 60)] | None = None
    only_if: Condition | None = None
    views: Annotated[tuple[View, ...], AtLeast(1)] = tuple(View)
    levels: tuple[str, ...] = ()
    at_most: Confidence = Confidence.HIGH
    says: str | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        check_id(self)
        for band in self.bands:
            if self.during == () and isinstance(band.quantity, RepQuantity):
                # One number a repetition has no phase of its own.
                object.__setattr__(self, "during", REP)

    @property
    def title(self) -> str:
        """What people read."""
        return in_words(self.id) if self.says is None else self.says

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands, always as a tuple."""
        return self.band if isinstance(self.band, tuple) else (self.band,)

    @property
    def watched(self) -> tuple[str, ...]:
        """Where it is watched, always as a tuple; empty = in the end position."""
        return (self.during,) if isinstance(self.during, str) else self.during


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault(Metric):
    """Something wrong with a repetition.

    Attributes
    ----------
    severity
        How much it matters.
    cue
        What to tell the person.
    severity_at
        Another severity for some levels.
    severity_in
        Another severity for some views.
    ends_rep
        The repetition is over, uncounted, when this happens.
    """

    severity: Severity
    cue: str
    severity_at: Mapping[str, Severity] = field(default_factory=dict)
    severity_in: Mapping[View, Severity] = field(default_factory=dict)
    ends_rep: bool = False

    def __post_init__(self) -> None:
        Metric.__post_init__(self)
        if all(band.fault is None for band in self.bands):
            raise mistake(self, ("band",), _("has no fault limit; give it fault=…, or make it a Metric."))
