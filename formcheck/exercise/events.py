"""What is told as it happens: the events of a session, and where it stands at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from formcheck.body.quantity import Measures
from formcheck.exercise.checks import Fault, Severity
from formcheck.exercise.results import Interruption, Rep
from formcheck.pose.pose import Side


@dataclass(frozen=True, slots=True)
class PhaseEntered:
    """A position was reached."""

    time_s: float
    side: Side | None
    phase: str


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault was found: while it happens, again where it gets worse, or in the end of the movement that shows it.

    The severity that is told last is the one that the movement's result gives.
    """

    time_s: float
    side: Side | None
    id: str
    severity: Severity
    cue: str


@dataclass(frozen=True, slots=True)
class RepFinished:
    """A repetition counts."""

    rep: Rep


@dataclass(frozen=True, slots=True)
class RepDropped:
    """An attempt does not count."""

    rep: Rep


@dataclass(frozen=True, slots=True)
class RepTakenBack:
    """The person took a repetition back: it counts no more."""

    rep: Rep


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The thread was lost."""

    interruption: Interruption


@dataclass(frozen=True, slots=True)
class LevelRecognised:
    """The start position of a repetition showed the level."""

    time_s: float
    level: str


@dataclass(frozen=True, slots=True)
class RuleFailed:
    """Code of the rule's author failed; what depends on it is not seen from here on."""

    time_s: float
    text: str


Event = PhaseEntered | FaultSeen | RepFinished | RepDropped | RepTakenBack | Interrupted | LevelRecognised | RuleFailed


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the exercise stands at this moment, for pictures and live display.

    Attributes
    ----------
    phase
        The position now, None between positions or outside the context.
    side
        The side that is working now.
    counted
        Repetitions so far, by side (None for exercises without one).
    hold_s
        How long the present hold has lasted, None outside holds.
    hold_required_s
        Its prescribed time.
    faults
        The faults that are happening now.
    rest
        Measures at rest before the movement.
    in_context
        Whether the body is in the exercise's context; None = not seen.
    moving
        Whether a movement away from the start position is under way.
    """

    phase: str | None = None
    side: Side | None = None
    counted: Mapping[Side | None, int] = field(default_factory=dict)
    hold_s: float | None = None
    hold_required_s: float | None = None
    faults: tuple[Fault, ...] = ()
    rest: Measures = field(default_factory=dict)
    in_context: bool | None = None
    moving: bool = False
