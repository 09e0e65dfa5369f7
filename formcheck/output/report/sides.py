"""Left against right: the same numbers of both, and whether their difference is larger than its error."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from formcheck.body.signal import Signal
from formcheck.exercise.results import Rep
from formcheck.exercise.session_result import Session
from formcheck.language import number
from formcheck.output.amounts import amount
from formcheck.output.report.tracks import Tracks, keys_of
from formcheck.pose.pose import SIDES, Side


@dataclass(frozen=True, slots=True)
class Compared:
    """A row: what is compared, both sides, and the difference in words."""

    what: str
    left: str
    right: str
    difference: str


def left_against_right(
    session: Session, signal: Signal | None, name: str, tracks: Tracks, texts: Mapping[str, str]
) -> list[Compared]:
    """Return what both sides came to; empty unless both have repetitions that count.

    Parameters
    ----------
    session
        What was found.
    signal, name
        The working angle and what it is called; None = there is none.
    tracks
        Of which the errors are taken.
    texts
        The words of the page.
    """
    reps: dict[Side, list[Rep]] = {side: [rep for rep in session.counted if rep.side == side] for side in SIDES}
    if not all(reps.values()):
        return []
    rows = [
        _counts(texts["counted"], [len(reps[side]) for side in SIDES]),
        _counts(texts["clean"], [sum(rep.clean for rep in reps[side]) for side in SIDES]),
        _counts(texts["with_faults"], [sum(bool(rep.faults) for rep in reps[side]) for side in SIDES]),
        _medians(texts["median_time"], [[rep.end_s - rep.start_s for rep in reps[side]] for side in SIDES]),
    ]
    held = [[hold.duration_s for rep in reps[side] for hold in rep.holds] for side in SIDES]
    if all(held):
        rows.append(_medians(texts["median_hold"], held))
    if signal is not None and signal.sided:
        most = [_travelled(reps[side], f"{signal.name}.{side}") for side in SIDES]
        if all(most):
            rows.append(_range(texts["median_range"].format(signal=name.lower()), most, signal, tracks, texts))
    return rows


def _travelled(reps: Sequence[Rep], key: str) -> list[float]:
    found = [rep.measures[key][1] - rep.measures[key][0] for rep in reps if key in rep.measures]
    return [value for value in found if math.isfinite(value)]


def _counts(what: str, numbers: Sequence[int]) -> Compared:
    return Compared(what, str(numbers[0]), str(numbers[1]), str(abs(numbers[0] - numbers[1]) or "–"))


def _medians(what: str, numbers: Sequence[Sequence[float]]) -> Compared:
    left, right = (median(values) for values in numbers)
    return Compared(what, number(left, ".1f"), number(right, ".1f"), number(abs(left - right), ".1f"))


def _range(
    what: str, most: Sequence[Sequence[float]], signal: Signal, tracks: Tracks, texts: Mapping[str, str]
) -> Compared:
    left, right = (median(values) for values in most)
    errors = [error for key, _ in keys_of(signal) for error in tracks.errors.get(key, ()) if math.isfinite(error)]
    error = math.hypot(1, 1) * median(errors) if errors else 0.0
    apart = abs(left - right)
    text = amount(apart, signal.unit)
    if apart < error:
        text = texts["within_error"].format(value=text, error=amount(error, signal.unit))
    return Compared(what, amount(left, signal.unit), amount(right, signal.unit), text)
