"""When a movement began, peaked and ended, and how far it came: read from its samples once it is closed."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.body.quantity import Comparison
from formcheck.exercise.attempt import HALF_WAY, Attempt, primary
from formcheck.exercise.motion import Values, movement_end_s, movement_start_s, slopes, sustained
from formcheck.exercise.words import Ending, Phase
from formcheck.pose.pose import other_side

KEPT_S = 0.1
"""How long a value must be kept to have been reached."""
STILL_AFTER_S = 0.5
STILL_SHARE = 0.01
"""A movement that is back rests when it moves less than this share of its reach in half a second."""
TOP_SHARE = 0.95
"""The peak is the middle of what lies above this share of the farthest."""


def date(
    attempt: Attempt, ends: Sequence[Phase], ending: Ending, *, not_before_s: float, returned_s: float | None
) -> None:
    """Set the start, the peak and the end of a movement: leaving rest, the middle of the extreme, regaining rest.

    Parameters
    ----------
    attempt
        The movement; its `start_s`, `peak_s`, `end_s` and `whole` are set.
    ends
        The end positions of the exercise.
    ending
        What completes a repetition.
    not_before_s
        End of the movement before.
    returned_s
        When it was back in the start zone, None if it was not.
    """
    phases = [phase for phase in ends if phase.id in attempt.reached] or list(ends)
    first = first_reached(attempt, ends)
    times = attempt.times()
    moved = np.abs(attempt.progress(first))
    top = np.flatnonzero(moved >= TOP_SHARE * np.nanmax(moved)) if np.isfinite(moved).any() else np.array([0])
    attempt.peak_s = float(times[top[0]] + times[top[-1]]) / 2
    if attempt.continued:
        attempt.start_s = float(times[0])
    elif attempt.before:
        attempt.start_s = max(left_rest_s(attempt, first, int(top[0]) + 1), not_before_s)
        lag_s = max(attempt.before[-1].time_s - attempt.start_s, 0.0)
        attempt.start_time_s = max(attempt.start_time_s - lag_s, 0.0)
    if attempt.skipped_start:
        attempt.end_s = max(attempt.end_s, attempt.start_s)
        attempt.whole = True
        return
    attempt.end_s = float(times[-1])
    if ending is Ending.LAST_HOLD:
        if len(attempt.reached) == len(ends):
            attempt.end_s = _left_last_hold_s(attempt, phases)
    elif returned_s is not None:
        last = max(phases, key=lambda phase: attempt.reached.get(phase.id, 0.0))
        attempt.end_s = movement_end_s(times[top[-1] :], attempt.values(last)[top[-1] :], returned_s)
        attempt.whole = not (attempt.start_unseen or attempt.return_unseen)
    attempt.end_s = max(attempt.end_s, attempt.start_s)


def first_reached(attempt: Attempt, ends: Sequence[Phase]) -> Phase:
    """Return the end position that was reached first."""
    reached = [phase for phase in ends if phase.id in attempt.reached]
    return min(reached or ends, key=lambda phase: attempt.reached.get(phase.id, 0.0))


def rose_together(attempt: Attempt, comparison: Comparison, within_s: float) -> bool:
    """Return whether the other side came as far as this within a time of the working side, and was still there at its peak.

    A far leg that the estimator drags along for a moment is let go again on the way.
    """
    seen = list(attempt.all_samples())
    times = np.array([item.time_s for item in seen])
    sides = (attempt.side, None if attempt.side is None else other_side(attempt.side))
    working, other = (
        np.array([comparison.answer(replace(attempt.moment(item), side=side)) is True for item in seen], dtype=bool)
        for side in sides
    )
    at_peak = other[np.abs(times - attempt.peak_s).argmin()]
    return bool(at_peak) and any(
        abs(one_s - other_s) <= within_s + 1e-6
        for one_s in _came_s(times, working)[:1]
        for other_s in _came_s(times, other)
    )


def turned_back(attempt: Attempt, ends: Sequence[Phase], returned_s: float) -> bool:
    """Return whether it went back by half of its way since then; less, at the edge of the start zone, is unrest."""
    times = attempt.times()
    since = times >= returned_s
    for phase in ends:
        progress = attempt.progress(phase, whole=False)
        if kept_level(times[since], -progress[since]) > -HALF_WAY * kept_level(times, progress):
            return True
    return False


def turned_round(attempt: Attempt) -> bool:
    """Return whether the person faced the camera otherwise after a movement than before it."""
    first = attempt.before[-1] if attempt.before else attempt.samples[0]
    return first.view.kind is not attempt.samples[-1].view.kind


def _came_s(times: Values, holds: NDArray[np.bool_]) -> list[float]:
    """Return each time from which on something held for 0.1 s; not if it did from the first."""
    rises = np.flatnonzero(holds[1:] & ~holds[:-1]) + 1
    return [float(times[i]) for i in rises if holds[(times >= times[i]) & (times <= times[i] + KEPT_S)].all()]


def left_rest_s(attempt: Attempt, phase: Phase, count: int) -> float:
    """Return when a movement left rest, from its first `count` samples, on the way to a position."""
    comparison = primary(phase)
    upto = [*attempt.before, *attempt.samples[:count]]
    values = np.array([comparison.value(attempt.moment(item)) for item in upto])
    return movement_start_s(np.array([item.time_s for item in upto]), values, attempt.samples[0].time_s)


def far(attempt: Attempt, phase: Phase, until_s: float | None = None) -> float:
    """Return how far a movement came toward a position and stayed for 0.1 s: 0 = rest, 1 = its limit."""
    times, progress = attempt.times(), attempt.progress(phase)
    return kept_level(times, progress if until_s is None else np.where(times > until_s, 0.0, progress))


def kept_level(times: Values, values: Values) -> float:
    """Return the highest level that values kept for 0.1 s, 0 if none."""
    level = sustained(times, values, KEPT_S)
    return 0.0 if np.isnan(level) else level


def why_not(attempt: Attempt, ends: Sequence[Phase]) -> str:
    """Return why a movement that came back does not count: what it reached, and what it needed."""
    missing = [phase for phase in ends if phase.id not in attempt.reached]
    phase = max(missing, key=lambda item: far(attempt, item))
    comparison = primary(phase)
    values = attempt.values(phase)
    sign = 1.0 if comparison.operator == ">" else -1.0
    best = sign * sustained(attempt.times(), sign * values, KEPT_S)
    unit = comparison.quantity.unit
    if np.isnan(best) or sign * best > sign * comparison.limit:
        return f"“{phase.id.replace('_', ' ')}” was not reached"
    return f"reached {_number(best, unit)}, needs {_number(comparison.limit, unit)}"


def rests_again(attempt: Attempt, phase: Phase, returned_s: float) -> bool:
    """Return whether a movement that is back in the start zone has come to rest."""
    now_s = attempt.samples[-1].time_s
    if now_s - returned_s < STILL_AFTER_S - 1e-6:
        return False
    comparison = primary(phase)
    recent = [item for item in attempt.samples if now_s - item.time_s <= STILL_AFTER_S + 1e-6]
    values = np.array([comparison.value(attempt.moment(item)) for item in recent])
    times = np.array([item.time_s for item in recent])
    slope = slopes(times, values, 2 * STILL_AFTER_S)[-1]
    reach = np.nanmax(np.abs(attempt.values(phase) - values[-1])) if not np.isnan(values[-1]) else np.nan
    return bool(np.isnan(slope * reach) or abs(slope) * STILL_AFTER_S < STILL_SHARE * reach)


def _left_last_hold_s(attempt: Attempt, phases: list[Phase]) -> float:
    """Return when the movement out of the last end position began, or the last moment seen if it did not."""
    times = attempt.times()
    phase = max(phases, key=lambda item: int(np.flatnonzero(attempt.inside[item.id])[-1]))
    inside = np.array(attempt.inside[phase.id], dtype=bool)
    last = int(np.flatnonzero(inside)[-1])
    if last == times.size - 1:
        return float(times[-1])
    outside = np.flatnonzero(~inside[:last])
    middle = (int(outside[-1]) + 1 + last) // 2 if outside.size else last // 2
    return movement_start_s(times[middle:], attempt.values(phase)[middle:], float(times[last]))


def _number(value: float, unit: str) -> str:
    return f"{value:.0f}°" if unit == "deg" else f"{value:.2f} {unit}".replace(" ratio", "")
