"""What comes out: repetitions with their holds, checks and faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from formcheck.body.view import ViewSeen
from formcheck.exercise.checks import Confidence, Severity, in_words
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
    not_assessed_because: Reason | None = None


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
    reason: Reason | None
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
    reason: Reason
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
    attributes, noted
        Facts that are neither right nor wrong: by name, and in the words of the rule.
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
    noted: tuple[str, ...] = ()

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
