"""When a movement began, ended, stood still or turned: pure functions of times and values."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

STILL_WINDOW_S = 0.5
"""Stillness is judged on the slope over this long (rules/METHOD.md, chapter 2)."""
STILL_BELOW: dict[str, float] = {"deg": 8.0, "T": 0.05, "L": 0.03, "shank": 0.06, "ratio": 0.06}
"""Slope per second below which a value is still: 8°/s or 0.05 T/s; the other units are about 0.05 T long steps."""
COARSE_WINDOW_S = 0.3
LONGEST_WINDOW_S = 1.0
"""Slopes are taken over the shorter of these, or over longer where jitter would hide the movement."""
SLOW_SHARE = 0.05
"""A movement begins where it is slower than this share of its fastest."""
REACH_SHARE = 0.0003
"""Least part of a movement's reach that counts as having left rest: the rounding of recorded landmarks."""
BRIDGED_S = 0.5
"""Breaks in a hold, or in an end position, up to this long are bridged (rules/METHOD.md, chapter 2)."""
SETTLED_SHARE = 0.3
"""A hold begins and ends where it is slower than this share of what is still, or where a quick movement has ended."""
EDGE_S = 3.0
"""How much of either end of a hold may be the way in or out of it; a hold that drifts longer is left alone."""


def slopes(times_s: Values, values: Values, window_s: float) -> Values:
    """Return the slope of a least-squares line through each window, centred on each sample.

    Parameters
    ----------
    times_s, values
        (n,) samples in order of time; NaN = not seen.
    window_s
        Width of the window; at the ends it holds less.

    Returns
    -------
    ndarray
        (n,) per second; NaN where fewer than two samples are seen.
    """
    seen = ~np.isnan(values)
    first, last = _windows(times_s, times_s[seen], window_s)
    t, v = times_s[seen] - (times_s[0] if times_s.size else 0.0), values[seen]
    n, (st, sv, stt, stv) = last - first, _sums(np.array([t, v, t * t, t * v]), first, last)
    spread = n * stt - st * st
    known = (n >= 2) & (spread > 1e-9)
    return np.asarray(np.divide(n * stv - st * sv, spread, out=np.full(times_s.size, np.nan), where=known))


def _windows(centres_s: Values, times_s: Values, window_s: float) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Return the first of the times that lies in a window around each centre, and the first one behind it."""
    return (
        np.searchsorted(times_s, centres_s - window_s / 2 - 1e-9, side="left"),
        np.searchsorted(times_s, centres_s + window_s / 2 + 1e-9, side="right"),
    )


def _sums(values: Values, first: NDArray[np.int_], last: NDArray[np.int_]) -> Values:
    """Return the sums of rows of values from each first to each last place."""
    total = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=total[:, 1:])
    return np.asarray(total.take(last, axis=1) - total.take(first, axis=1))


def still_spans(
    times_s: Values, values: Values, inside: NDArray[np.bool_], unit: str, error: float = 0.0
) -> list[tuple[float, float]]:
    """Return the spans in which a value stays inside its zone and still, breaks up to 0.5 s bridged.

    A break is bridged too, however long, while the value stays within its error of where it was still: that shows no
    movement.

    Parameters
    ----------
    times_s, values
        (n,) samples; NaN = not seen.
    inside
        (n,) whether the value is in its zone.
    unit
        Unit of the values: decides what is still.
    error
        Of their changes.
    """
    with np.errstate(invalid="ignore"):
        still = inside & (np.abs(slopes(times_s, values, STILL_WINDOW_S)) < STILL_BELOW.get(unit, math.inf))
    spans: list[tuple[float, float]] = []
    first = before = 0
    times = times_s.tolist()
    for i in np.flatnonzero(still).tolist():
        time = times[i]
        short = time - times[before] <= BRIDGED_S + 1e-6
        between = slice(before + 1, i)
        # Bridging needs the zone in between: leaving it ends a hold at once.
        if (
            spans
            and (i == before + 1 or bool(np.all(inside[between] | np.isnan(values[between]))))
            and (short or _near(times_s[first : i + 1], values[first : i + 1], error))
        ):
            spans[-1] = (spans[-1][0], time)
        else:
            spans.append((time, time))
            first = i
        before = i
    return spans


def is_unsteady(values: Values, unit: str) -> bool:
    """Return whether values jitter so much from sample to sample that nobody can tell whether they are still."""
    return _jitter(values) > STILL_BELOW.get(unit, math.inf) * STILL_WINDOW_S


def longest_run(times_s: Values, inside: NDArray[np.bool_]) -> tuple[float, float]:
    """Return start and length of the longest unbroken time inside."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(int), [0]))))
    runs = [(float(times_s[a]), float(times_s[b - 1])) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    start, end = max(runs, key=lambda run: run[1] - run[0])
    return start, end - start


def _near(times_s: Values, values: Values, error: float) -> bool:
    """Return whether values stay within one error of each other, without a gap of over 0.5 s."""
    seen = ~np.isnan(values)
    gaps = np.diff(np.append(times_s[seen], times_s[-1]))
    return bool(error > 0 and gaps.size and np.ptp(values[seen]) <= error and gaps.max() <= BRIDGED_S + 1e-6)


def settled_span(
    times_s: Values, values: Values, span_s: tuple[float, float], unit: str, error: float = 0.0
) -> tuple[float, float]:
    """Return a still span without the ways in and out of it.

    A movement is still by its slope for a while after it has begun, and again before it has ended.

    Parameters
    ----------
    times_s, values
        (n,) samples; NaN = not seen.
    span_s, unit, error
        From when to when it is still; unit of the values, and error of their changes.
    """
    still = STILL_BELOW.get(unit, math.inf)
    start_s, end_s = span_s = _at_one_level(times_s, values, span_s, max(still, error))
    speeds = np.abs(slopes(times_s, values, COARSE_WINDOW_S))
    slow = min(max(SETTLED_SHARE * still, SLOW_SHARE * float(np.fmax.reduce(speeds, initial=0.0))), still)
    steps = steps_of(times_s)
    if steps.size > 2:
        in_window = max(COARSE_WINDOW_S / median_of(steps), 2.0)
        slow = max(slow, 2.0 * _jitter(values) * math.sqrt(12.0 / in_window) / COARSE_WINDOW_S)
    with np.errstate(invalid="ignore"):
        settled = times_s[speeds <= slow]
    middle_s = (start_s + end_s) / 2
    # The half second over which stillness is judged hides as much of either end of a hold after a fast movement.
    first = settled[(settled >= start_s - STILL_WINDOW_S / 2) & (settled <= min(start_s + EDGE_S, middle_s))]
    last = settled[(settled <= end_s + STILL_WINDOW_S / 2) & (settled >= max(end_s - EDGE_S, middle_s))]
    came_s = -_left_level_s(-times_s[::-1], values[::-1], -float(first[0])) if first.size else start_s
    left_s = _left_level_s(times_s, values, float(last[-1])) if last.size else end_s
    # Where both meet there was hardly a pause: nothing can be cut.
    return (came_s, left_s) if came_s < left_s else span_s


def _at_one_level(times_s: Values, values: Values, span_s: tuple[float, float], within: float) -> tuple[float, float]:
    """Return a still span from the first to the last moment near its level: a slow way there is still by its slope.

    Near is `within`: what a still value may move in a second, or its error.
    """
    during = (times_s >= span_s[0]) & (times_s <= span_s[1]) & ~np.isnan(values)
    held, speed = values[during], np.abs(slopes(times_s, values, STILL_WINDOW_S))[during]
    if held.size < 4 or np.isnan(speed).any():
        return span_s
    quarter = (speed.size - 1) // 4
    level = median_of(held[speed <= np.partition(speed, quarter)[quarter]])
    near = times_s[during][np.abs(held - level) <= within]
    return (float(near[0]), float(near[-1])) if near.size else span_s


def _left_level_s(times_s: Values, values: Values, coarse_s: float) -> float:
    """Return when a level was left, to within a sample, that was left near a time."""
    # A pose that is held still creeps a little, and the estimator's smoothing lets it arrive late.
    before_s = coarse_s - COARSE_WINDOW_S
    calm = values[(times_s <= before_s) & (times_s >= before_s - STILL_WINDOW_S) & ~np.isnan(values)]
    if not calm.size:
        return coarse_s
    level = median_of(calm)
    reach = float(np.fmax.reduce(np.abs(values - level)))
    slack = max(3.0 * noise_of(calm), float(calm.max() - calm.min()), REACH_SHARE * reach)
    near_s = (times_s >= coarse_s - STILL_WINDOW_S) & (times_s <= coarse_s + COARSE_WINDOW_S)
    near = np.flatnonzero(near_s & ~np.isnan(values))
    at_level = np.abs(values[near] - level) <= slack
    return float(times_s[near[at_level][-1]]) if at_level.any() and not at_level[-1] else coarse_s


def _jitter(values: Values) -> float:
    """Return a robust standard deviation from second differences, so that steady movement does not count."""
    seen = values[~np.isnan(values)]
    if seen.size < 5:
        return 0.0
    return median_of(np.abs(steps_of(steps_of(seen)))) * 1.4826 / math.sqrt(6.0)


def movement_start_s(times_s: Values, values: Values, by_s: float) -> float:
    """Return when a movement began that is under way at `by_s`.

    Coarsely, the last moment before `by_s` that was slower than a twentieth of the movement's fastest; then, near it,
    the last sample that had not left the level of the half second before by more than the noise.

    Parameters
    ----------
    times_s, values
        (n,) samples that end in the movement; NaN = not seen.
    by_s
        When it had surely begun: it had left its start zone.
    """
    seen = ~np.isnan(values)
    times, levels = times_s[seen], values[seen]
    if times.size < 3:
        return float(times_s[0])
    window_s = _window_s(times, levels)
    if window_s > COARSE_WINDOW_S:
        levels = _averages(times, levels, window_s / 2)
    speed = np.abs(slopes(times, levels, window_s))
    # Of too few frames a second there may be no slope at all: then nothing was slower.
    before = np.flatnonzero((times <= by_s) & (speed <= SLOW_SHARE * np.fmax.reduce(speed)))
    coarse = float(times[before[-1]]) if before.size else float(times[0])
    resting = levels[(times >= coarse - STILL_WINDOW_S) & (times <= coarse)]
    rest = median_of(resting)
    reach = float(np.max(np.abs(levels - rest)))
    slack = max(3.0 * noise_of(resting), REACH_SHARE * reach)
    near = (times >= coarse - window_s) & (times <= max(by_s, coarse))
    at_rest = np.flatnonzero(near & (np.abs(levels - rest) <= slack))
    return float(times[at_rest[-1]]) if at_rest.size else coarse


def movement_end_s(times_s: Values, values: Values, from_s: float) -> float:
    """Return when a movement ended that was still under way at `from_s`: its start, seen backwards."""
    return -movement_start_s(-times_s[::-1], values[::-1], -from_s)


def _window_s(times_s: Values, values: Values) -> float:
    """Return how long slopes must be taken over, so that jitter does not pass for a slow movement."""
    window_s = COARSE_WINDOW_S
    jitter, step_s = _jitter(values), median_of(steps_of(times_s))
    fastest = float(np.fmax.reduce(np.abs(slopes(times_s, values, LONGEST_WINDOW_S))))
    while window_s < LONGEST_WINDOW_S:
        in_window = max(window_s / step_s, 2.0)
        if 2.0 * jitter * math.sqrt(12.0 / in_window) / window_s <= SLOW_SHARE * fastest:
            break
        window_s *= 1.25
    return window_s


def _averages(times_s: Values, values: Values, window_s: float) -> Values:
    """Return the mean over a window around each sample; all samples must be seen."""
    first, last = _windows(times_s, times_s, window_s)
    return np.asarray(_sums(values[None, :], first, last)[0] / (last - first))


def steps_of(values: Values) -> Values:
    """Return the steps from each value to the next."""
    return np.asarray(values[1:] - values[:-1])


def median_of(values: Values) -> float:
    """Return the median of values that were all seen; NumPy's own takes ten times as long over a few."""
    middle = values.size // 2
    if values.size % 2:
        return float(np.partition(values, middle)[middle])
    low, high = np.partition(values, (middle - 1, middle))[middle - 1 : middle + 1].tolist()
    return float(low + high) / 2


def noise_of(values: Values) -> float:
    """Return a robust standard deviation, from the differences of neighbouring samples, so that drift does not count."""
    seen = values[~np.isnan(values)]
    if seen.size < 4:
        return 0.0
    return median_of(np.abs(steps_of(seen))) * 1.4826 / math.sqrt(2.0)


def count_turns(values: Sequence[float], step: float) -> int:
    """Return how often a sequence turns round after moving at least `step` in one direction."""
    turns = 0
    direction = 0
    low = high = extreme = values[0]
    for value in values[1:]:
        if direction == 0:
            low, high = min(low, value), max(high, value)
            if high - low >= step:
                direction = 1 if value == high else -1
                extreme = value
        elif (value - extreme) * direction > 0:
            extreme = value
        elif (extreme - value) * direction >= step:
            turns += 1
            direction, extreme = -direction, value
    return turns
