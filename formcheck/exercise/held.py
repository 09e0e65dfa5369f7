"""How long an end position was held, and why a hold cannot be called too short."""

import math

import numpy as np

from formcheck.exercise.attempt import Attempt, Excursion, view_of
from formcheck.exercise.motion import Values, is_unsteady, longest_run, median_of, settled_span, still_spans
from formcheck.exercise.reading import error_of
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import HoldResult
from formcheck.exercise.unseen import unseen_hold_reason


def holds_of(attempt: Attempt) -> tuple[HoldResult, ...]:
    """Return the longest hold in each position that prescribes one and was reached."""
    results = []
    for excursion in attempt.excursions:
        hold = excursion.movement.hold
        if hold is None or not excursion.inside.any():
            continue
        start_s, length_s = _longest(attempt, excursion)
        passed = length_s >= hold.passes_from_s - 1e-6
        because = None
        if not passed:
            # Where what broke it may be the measure's own error, it is as long as that leaves it, and not judged.
            error, (unbroken_from_s, unbroken_s) = _unbroken(attempt, excursion)
            because = unseen_hold_reason(attempt, excursion)
            if because is None and unbroken_s >= hold.passes_from_s - 1e-6:
                words = {"unit": excursion.witness.quantity.unit}
                because = Reason(Code.BROKEN_WITHIN_ERROR, {"error": error}, words)
            if because is not None:
                start_s, length_s = unbroken_from_s, unbroken_s
        results.append(HoldResult(excursion.position, start_s, length_s, hold.seconds, passed, because))
    return tuple(results)


def _unbroken(attempt: Attempt, excursion: Excursion) -> tuple[float, tuple[float, float]]:
    """Return the error of what is held, and start and length of the longest time within it in an end position."""
    quantity = excursion.witness.quantity
    kind = view_of(attempt).kind
    error = error_of(quantity, kind, of_change=True, nearer=attempt.nearer, model=attempt.model)
    if quantity.unit == "deg" or math.isnan(error):
        error = 0.0  # 8°/s is wide enough, and bouncing by 5° must show
    return error, _longest(attempt, excursion, error)


def _longest(attempt: Attempt, excursion: Excursion, error: float = 0.0) -> tuple[float, float]:
    """Return start and length of the longest still time in an end position; length 0 where there is none."""
    times, values, unit = attempt.times, excursion.values, excursion.witness.quantity.unit
    hold = excursion.movement.hold
    if hold is not None and is_unsteady(values[excursion.inside], unit):
        run = longest_run(times, excursion.inside)
        # Nobody can tell whether it was still; only what is shorter altogether is surely short.
        if run[1] >= hold.passes_from_s:
            return run
    spans = still_spans(times, values, excursion.inside, unit, error)
    if not spans:
        return float(times[np.flatnonzero(excursion.inside)[0]]), 0.0
    far = [span for span in spans if _is_far(excursion, times, span)]
    longest = max(far or spans, key=lambda span: span[1] - span[0])
    start, end = settled_span(times, values, longest, unit, error)
    return start, end - start


def _is_far(excursion: Excursion, times: Values, span_s: tuple[float, float]) -> bool:
    """Return whether a still time lies in the farther half of an end position: a pause on the way there is no hold."""
    still = excursion.values[(times >= span_s[0]) & (times <= span_s[1])]
    seen = still[~np.isnan(still)]
    return seen.size > 0 and median_of(seen) >= (excursion.limit + excursion.high) / 2
