"""The level that a value keeps up for a time."""

import math

import numpy as np

from formcheck.exercise.motion import Values, median_of, steps_of


def sustained(times_s: Values, values: Values, for_s: float, unseen_s: float = 0.3) -> float:
    """Return the highest level that the values kept up for a time without falling below it.

    Parameters
    ----------
    times_s, values
        Samples; NaN = not seen.
    for_s
        How long the level must be kept.
    unseen_s
        Gaps up to this long neither add nor reset; longer ones reset (rules/METHOD.md, chapter 2).

    Returns
    -------
    float
        The level, NaN if nothing was seen for that long. Where all that was seen is shorter than `for_s` there is
        no level either.
    """
    keep = ~np.isnan(values)
    times, levels = times_s[keep], values[keep]
    if times.size == 0:
        return math.nan
    # What a gap of up to unseen_s hides does not count: a clock that stands still meanwhile.
    steps = steps_of(times)
    typical = median_of(steps) if steps.size else 0.0
    hidden = np.concatenate(([0.0], np.cumsum(np.where(steps > 1.5 * typical + 1e-9, steps - typical, 0.0))))
    clock = times - hidden
    breaks = np.concatenate(([-1], np.flatnonzero(steps > max(unseen_s, 1.5 * typical) + 1e-6), [times.size - 1]))
    best = math.nan
    for first, last in zip(breaks[:-1] + 1, breaks[1:] + 1, strict=True):
        best = np.fmax(best, _sustained_run(clock[first:last], levels[first:last], for_s))
    return float(best)


def _sustained_run(times: Values, levels: Values, for_s: float) -> float:
    if times[-1] - times[0] < for_s - 1e-6:
        return math.nan
    starts = np.searchsorted(times, times + (for_s - 1e-6))
    ends = starts[starts < times.size]
    return float(max(levels[i : end + 1].min() for i, end in enumerate(ends)))
