"""What is to be shown of one moment, in plain values and words; wherever it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from formcheck.exercise.words import Severity
from formcheck.output.skeleton import AngleMark
from formcheck.pose.pose import Side

FRESH_S = 1.0
"""How long a counter lights up after it changed."""
READ_S = 2.0
"""How long it takes to read what is told."""


class Kind(StrEnum):
    """What sort of thing is told; those of faults are named like their severity."""

    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"
    PRAISE = "praise"
    REMARK = "remark"
    SAY = "say"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell.

    Attributes
    ----------
    text
        A short sentence.
    kind
        A fault of some severity, praise, a remark on picture or keys, what to do now, or something by the way.
    share
        How much of it is done, 0..1, where that matters.
    arrow
        Which way to go: ``left``, ``right``, ``nearer`` or ``farther`` on the picture as it is shown.
    """

    text: str
    kind: Kind = Kind.SAY
    share: float | None = None
    arrow: str | None = None


def of_severity(severity: Severity | None) -> Kind:
    """Return the kind of a fault; None stands for praise."""
    return Kind.PRAISE if severity is None else Kind(str(severity))


@dataclass(frozen=True, slots=True)
class Sign:
    """What the guide shows beside its words: which way to go, or how much of a wait is over.

    Attributes
    ----------
    arrow
        As of a notice.
    share
        0..1 of what is to be kept.
    text
        In the ring: the seconds that are left.
    """

    arrow: str | None = None
    share: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class HoldOver:
    """What a hold came to, as the results have it.

    Attributes
    ----------
    held_s, required_s
        How long it lasted, and should have lasted.
    passed, is_short
        It was long enough; it was surely not. Neither where nobody can tell.
    """

    held_s: float
    required_s: float
    passed: bool
    is_short: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that is to be shown of one moment beside picture and body.

    Attributes
    ----------
    time_s
        Time of the frame in seconds.
    clock_s
        The time to write; None = none.
    level, phase
        Variant of the exercise and the position that is kept, in words; None = not known, between positions.
    of_set
        Which set of how many this is, in words; None = the only one.
    counts
        Repetitions by name: ``left`` and ``right``, or ``reps``.
    fresh
        Names of the counters that have just changed.
    side, next_side
        The side that is working, and the one whose turn is next.
    hold_s, hold_required_s
        How long the present hold has lasted, None outside holds; and how long it is to last.
    angle
        The working angle, at its joint and in the range bar.
    notices
        What is told, the most important first.
    sign
        Set before the first repetition only, when the guide leads.
    dimmed
        Nothing counts now: the picture is dark.
    hold_over
        What the last hold came to, for a moment; None while one lasts.
    """

    time_s: float
    clock_s: float | None = None
    level: str | None = None
    phase: str | None = None
    of_set: str | None = field(default=None, kw_only=True)
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    fresh: frozenset[str] = frozenset()
    side: Side | None = None
    next_side: Side | None = None
    hold_s: float | None = None
    hold_required_s: float | None = None
    angle: AngleMark | None = None
    notices: tuple[Notice, ...] = ()
    sign: Sign | None = None
    dimmed: bool = False
    hold_over: HoldOver | None = None


class Freshness:
    """Remembers which counters have just changed."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._changed_s: dict[str, float] = {}

    def update(self, time_s: float, counts: Mapping[str, int]) -> frozenset[str]:
        """Take the counters of a moment in; return the names of those that changed within the last second."""
        for name, count in counts.items():
            if count != self._counts.get(name, count):
                self._changed_s[name] = time_s
        self._counts = dict(counts)
        return frozenset(name for name, since_s in self._changed_s.items() if 0 <= time_s - since_s < FRESH_S)
