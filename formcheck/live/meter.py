"""How far a movement has come, as a bar: from rest to where it counts, and the target beyond."""

import math
from dataclasses import dataclass

from formcheck.body.meter import Measured
from formcheck.body.quantity import Comparison, Moment, Quantity
from formcheck.exercise.attempt import primary
from formcheck.exercise.quantities import Change, Peak
from formcheck.exercise.reading import signals_in
from formcheck.exercise.results import Progress
from formcheck.exercise.words import Exercise, Level
from formcheck.pose.pose import SIDES, Side

TOP = 1.4
"""What the bar shows at least, in shares of the way to where it counts."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a movement is.

    Attributes
    ----------
    share
        0 = at rest, 1 = where it counts.
    target
        The band to be in, likewise.
    top
        What the end of the bar stands for.
    """

    share: float
    target: tuple[float, float]
    top: float


def reach_of(exercise: Exercise, level: Level | None, measured: Measured, progress: Progress) -> Reach | None:
    """Return how far the movement has come toward its end position, None if that is not seen.

    Of several in any order the one that is nearest; else the last one, which the others only lead to.
    """
    sides: tuple[Side | None, ...] = (None,)
    if exercise.sided_at(level):
        sides = SIDES if progress.side is None else (progress.side,)
    ends = exercise.phases_at(level)[1:]
    found: list[Reach] = []
    for phase in ends if exercise.any_order else ends[-1:]:
        comparison = primary(phase)
        for side in sides:
            value = comparison.value(Moment(measured.measures, side, measured.near, progress.rest))
            base = comparison.value(Moment(progress.rest, side, measured.near, progress.rest))
            if math.isnan(base):  # not known before a movement: here is rest
                base = 0.0 if progress.moving else value
            way = comparison.limit - base
            if math.isnan(value) or way == 0:
                continue
            low, high = sorted((end - base) / way for end in _target(exercise, level, comparison))
            top = max(TOP, 1.15 * high if math.isfinite(high) else 0.0, 1.5 * low)
            found.append(Reach((value - base) / way, (low, min(high, top)), top))
    return max(found, key=lambda reach: reach.share / reach.top, default=None)


def _target(exercise: Exercise, level: Level | None, comparison: Comparison) -> tuple[float, float]:
    """Return the band that is good for what moves, as a check has it, else everything beyond where it counts."""
    beyond = math.inf if comparison.operator == ">" else -math.inf
    for check in exercise.checks_at(level):
        for band in check.bands:
            if _same(band.quantity, comparison.quantity):
                low, high = band.good
                return (-math.inf if low is None else low, math.inf if high is None else high)
    return comparison.limit, beyond


def _same(checked: Quantity, moved: Quantity) -> bool:
    """Return whether a check looks at how far the movement goes."""
    inner = checked.of if isinstance(checked, Peak) else checked
    if isinstance(inner, Change) != isinstance(moved, Change):
        return False
    one, other = list(signals_in(inner)), list(signals_in(moved))
    return len(one) == 1 and one == other
