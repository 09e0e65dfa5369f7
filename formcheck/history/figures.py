"""The figures of one or several sessions of an exercise, as they are read from their documents."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from formcheck.body.signals import SIGNALS
from formcheck.body.view import ViewSeen
from formcheck.exercise.checks import in_words
from formcheck.history.documents import Document, Range, Rep, Side
from formcheck.history.store import Kept

_SIGNALS = {item.name: item for item in SIGNALS}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a movement went, from its lowest to its highest value, in the mean of the counted repetitions.

    Attributes
    ----------
    signal, unit
        What moved.
    left, right, whole
        The means of the repetitions of each side, and of those that have none; None = there were none.
    error
        Of the measurement, in the same unit; None = not known.
    """

    signal: str
    unit: str
    left: float | None
    right: float | None
    whole: float | None
    error: float | None

    @property
    def title(self) -> str:
        """What moved, in words."""
        return _words(self.signal)

    @property
    def least_difference(self) -> float | None:
        """What two of these must differ by to mean more than the error of both; None = not known."""
        return None if self.error is None else math.sqrt(2) * self.error

    @property
    def difference(self) -> float | None:
        """How much farther the right side went than the left; None = both were not seen."""
        return None if self.left is None or self.right is None else self.right - self.left


@dataclass(frozen=True, slots=True)
class Figures:
    """What sessions came to.

    Attributes
    ----------
    sessions
        How many there are.
    reps, left, right
        Counted repetitions, and those of each side.
    clean, faulty, not_judged
        Of the counted: how they were done.
    holds, holds_passed, held_s, required_s
        Holds of counted repetitions, those that were long enough, their mean and what was prescribed; None = no holds.
    reach
        How far the movement went; None = not measured.
    """

    sessions: int
    reps: int
    left: int
    right: int
    clean: int
    faulty: int
    not_judged: int
    holds: int
    holds_passed: int
    held_s: float | None
    required_s: float | None
    reach: Reach | None

    @property
    def clean_share(self) -> float | None:
        """The share of clean repetitions among those whose form could be judged; None = there are none."""
        judged = self.clean + self.faulty
        return self.clean / judged if judged else None


def figures_of(sessions: Sequence[Kept]) -> Figures:
    """Return what sessions of one exercise came to, together."""
    reps = [rep for kept in sessions for rep in kept.document.counted]
    holds = [hold for rep in reps for hold in rep.holds]
    forms = Counter(rep.form for rep in reps)
    sides = Counter(rep.side for rep in reps)
    return Figures(
        sessions=len(sessions),
        reps=len(reps),
        left=sides["left"],
        right=sides["right"],
        clean=forms["clean"],
        faulty=forms["faults"],
        not_judged=forms["not_judged"],
        holds=len(holds),
        holds_passed=sum(hold.passed for hold in holds),
        held_s=_mean(hold.duration_s for hold in holds),
        required_s=_mean(hold.required_s for hold in holds),
        reach=_reach([kept.document for kept in sessions]),
    )


def _reach(documents: Sequence[Document]) -> Reach | None:
    """Return how far the movement went, by the signal that shows most of the repetitions."""
    moved = [
        (signal, document, rep.side, travel)
        for document in documents
        for rep in document.counted
        for signal, travel in _moved(rep)
    ]
    if not moved:
        return None
    signal, _ = Counter(name for name, *_ in moved).most_common(1)[0]

    def mean(wanted: Side | None) -> float | None:
        return _mean(travel for name, _, side, travel in moved if name == signal and side == wanted)

    seen_by = {(document.view_seen, document.model) for _, document, *_ in moved}
    errors = [_error(signal, view_seen, model) for view_seen, model in seen_by]
    worst = None if None in errors else max(error for error in errors if error is not None)
    unit = _SIGNALS[signal].unit if signal in _SIGNALS else ""
    return Reach(signal, unit, mean("left"), mean("right"), mean(None), worst)


def _moved(rep: Rep) -> Iterator[tuple[str, float]]:
    """Yield the signal that shows the movement, and how far it went: of what a repetition measures, it comes first."""
    key, seen = next(iter(rep.measures.items()), ("", Range(None, None)))
    if seen.min is not None and seen.max is not None:
        yield key.partition(".")[0], seen.max - seen.min


def _error(signal: str, view_seen: str, model: str) -> float | None:
    known = _SIGNALS.get(signal)
    if known is None or view_seen not in list(ViewSeen):
        return None
    error = known.error_in(ViewSeen(view_seen).kind, of_change=True, model=model)
    return None if math.isnan(error) else error


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _words(signal: str) -> str:
    known = _SIGNALS.get(signal)
    name = signal if known is None else signal.rpartition("_")[0] or signal
    return in_words(name).lower()
