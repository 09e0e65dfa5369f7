"""What is rest: the medians of the start position before a movement."""

from collections.abc import Sequence
from statistics import median

import numpy as np

from formcheck.body.meter import Measured
from formcheck.body.quantity import HYSTERESIS, Measures

REST_WINDOW_S = 2.0
"""Rest is the median of this much of the start position (rules/METHOD.md, chapter 2: the last 2 s)."""
SETTLED_S = 0.5
"""The end of that tells what had settled: earlier values count as far as they agree with it."""
PAUSE_S = 0.5
"""Longer steps between samples are pauses, which do not count."""


def rest_of(samples: Sequence[Measured], keys: set[str] | None) -> dict[str, float]:
    """Return the medians over the last `REST_WINDOW_S` of the samples; pauses between them do not count.

    What had not settled yet is left out: the other leg may still be on its way back from its own repetition.
    """
    recent: list[Measures] = []
    settled = 0
    length_s, later_s = 0.0, samples[-1].time_s
    for item in reversed(samples):
        step_s = later_s - item.time_s
        length_s, later_s = length_s + (step_s if step_s <= PAUSE_S else 0.0), item.time_s
        if length_s > REST_WINDOW_S:
            break
        recent.append(item.measures)
        settled += length_s <= SETTLED_S
    names = keys if keys is not None else {key for item in recent for key in item}
    rest: dict[str, float] = {}
    for key in names:
        values = [item.get(key, np.nan) for item in recent]
        last = [value for value in values[:settled] if value == value]
        if last:
            level = median(last)
            slack = HYSTERESIS["deg" if "_deg" in key else "T"]
            rest[key] = median([value for value in values if abs(value - level) <= slack] or last)
        elif seen := [value for value in values if value == value]:
            rest[key] = median(seen)
    return rest
