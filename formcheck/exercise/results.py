"""What comes out: repetitions with their holds, checks and faults, and the events that tell of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from formcheck.body.quantity import Measures
from formcheck.body.view import ViewSeen
from formcheck.exercise.checks import Confidence, Fault, Severity, in_words
from formcheck.exercise.reasons import Reason
from formcheck.pose.pose import Side

Verdict = Literal["good", "borderline", "fault", "not_assessed"]


class Form(StrEnum):
    """How a counted repetition was done."""

    CLEAN = "clean"
    FAULTS = "faults"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class HoldResult:
    """A hold: the longest still time in its position.

    Attributes
    ----------
    passed
        It was long enough.
    not_assessed_because
        Why one that did not pass is none the less not called short, None if it is.
    """

    id: str
    start_s: float
    duration_s: float
    required_s: float
    passed: bool
    not_assessed_because: str | None = None


class _Titled:
    """A result that people read: its title is that of the check, or else the words of its id."""

    __slots__ = ()

    id: str
    title: str

    def __post_init__(self) -> None:
        if not self.title:
            object.__setattr__(self, "title", in_words(self.id))


@dataclass(frozen=True, slots=True)
class CheckResult(_Titled):
    """What one band of a check came to.

    Attributes
    ----------
    id
        The check.
    measure
        The quantity, in words.
    band
        The verdict.
    value
        The level that was kept for the check's time and is worst; None if not assessed.
    limit
        The fault limit on that side (or the edge of what is right, where there is no fault).
    unit, error
        Of value and limit; None where the view cannot show it.
    confidence
        None if not assessed.
    reason
        Why it was not assessed.
    start_s, end_s
        Of the fault, else of the span that was watched.
    title
        What people read.
    """

    id: str
    measure: str
    band: Verdict
    value: float | None
    limit: float | None
    unit: str
    error: float | None
    confidence: Confidence | None
    reason: str | None
    start_s: float
    end_s: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class FaultResult(_Titled):
    """A fault, reported once a repetition or attempt."""

    id: str
    severity: Severity
    rep: int
    side: Side | None
    start_s: float
    end_s: float
    measured: float
    limit: float
    unit: str
    error: float
    confidence: Confidence
    cue: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class NotAssessed(_Titled):
    """A check that could not be judged, and why; once, for all repetitions that it is true of.

    Attributes
    ----------
    from_s, to_s
        From the first to the last time that it could not be judged.
    reps
        Numbers of the repetitions and attempts.
    title
        What people read.
    """

    id: str
    reason: str
    from_s: float
    to_s: float
    reps: tuple[int, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rep:
    """A repetition, or an attempt that does not count.

    Attributes
    ----------
    number
        Counts repetitions and attempts in order of their end, from 1.
    side
        The working side, None where the exercise has none.
    start_s, peak_s, end_s
        Leaving rest, the middle of the extreme, regaining rest.
    counted
        The movement was complete.
    form, form_unseen, form_share
        How it was done; None where it does not count. The minor and major checks that its view shows but that were not
        seen, and the share of all of them that was judged.
    not_counted_because
        Why an attempt does not count.
    measures
        Lowest and highest value of every signal that its checks use.
    """

    number: int
    side: Side | None
    start_s: float
    peak_s: float
    end_s: float
    counted: bool
    form: Form | None
    form_unseen: tuple[str, ...]
    form_share: float
    not_counted_because: Reason | None
    view_seen: ViewSeen
    attributes: Mapping[str, bool]
    holds: tuple[HoldResult, ...]
    measures: Mapping[str, tuple[float, float]]
    checks: tuple[CheckResult, ...]
    faults: tuple[FaultResult, ...]

    @property
    def clean(self) -> bool:
        """Whether it counts and its form was seen to be right."""
        return self.form is Form.CLEAN


@dataclass(frozen=True, slots=True)
class Interruption:
    """A span across which nothing is followed."""

    kind: Literal["cut", "hand_over", "lost"]
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class PhaseEntered:
    """A position was reached."""

    time_s: float
    side: Side | None
    phase: str


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault is happening now; the repetition's result says what came of it."""

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


class EventSink(Protocol):
    """Anything that is told of events."""

    def handle(self, event: Event) -> None:
        """Take note of an event."""


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
    in_posture
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
    in_posture: bool | None = None
    moving: bool = False
