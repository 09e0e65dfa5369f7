"""What a band makes of the part of a movement that it watches: the worst level kept, and its limit."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from formcheck.body.meter import Measured
from formcheck.body.quantity import Moment
from formcheck.exercise.quantities import RepQuantity, series
from formcheck.exercise.results import Verdict
from formcheck.exercise.sustained import sustained
from formcheck.exercise.words import Band, Metric


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a movement that a check watches; `busy` tells when the other leg made a movement of its own."""

    samples: list[Measured]
    moments: list[Moment]
    times: NDArray[np.float64]
    start_s: float
    end_s: float
    busy: NDArray[np.bool_] | None = None

    def while_other_rests(self) -> "Span":
        """Return the part in which the other leg did not move."""
        if self.busy is None or not self.busy.any() or self.busy.all():
            return self
        free = np.flatnonzero(~self.busy)
        times = self.times[free]
        return Span(
            [self.samples[i] for i in free], [self.moments[i] for i in free], times, float(times[0]), float(times[-1])
        )

    @property
    def length_s(self) -> float:
        """From its first to its last sample."""
        return float(self.times[-1] - self.times[0]) if self.times.size else 0.0


class Worst(NamedTuple):
    """The worst level that a band's quantity kept up.

    Attributes
    ----------
    verdict
        What it is.
    level, limit
        The level, and the limit that it is compared with; NaN where nothing was seen for long enough.
    enough
        The span was long enough for a fault.
    """

    verdict: Verdict
    level: float
    limit: float
    enough: bool

    @property
    def is_fault(self) -> bool:
        """Whether it lies beyond the limit."""
        return self.verdict == "fault"


def worst(check: Metric, band: Band, span: Span, for_s: float, bias: float = 0.0) -> Worst:
    """Return the level that was kept over a span for so long and is worst.

    `bias` is what the quantity is known to read too much: it is taken off.
    """
    enough = span.length_s >= for_s - 1e-6
    kept_s = min(for_s, span.length_s)
    sides: list[tuple[int, bool, float, Verdict, float, float]] = []
    for index, sign, pick in ((0, -1.0, "low"), (1, 1.0, "high")):
        right = band.right[index]
        edge = band.fault[index] if band.fault is not None else None
        if right is None:
            continue
        if isinstance(band.quantity, RepQuantity):
            level = _of_rep(check, band.quantity, span, right, bias)
            enough = check.for_s is None or enough
        else:
            level = sign * sustained(span.times, sign * _watched(check, band, span, pick, right, bias), kept_s)
        if math.isnan(level):
            continue
        verdict: Verdict = "good"
        if edge is not None and sign * (level - edge) > 0:
            verdict = "fault"
        elif sign * (level - right) > 0:
            verdict = "borderline"
        limit = edge if edge is not None else right
        rank = ("good", "borderline", "fault").index(verdict)
        sides.append((rank, edge is not None, sign * (level - limit), verdict, level, limit))
    if not sides:
        return Worst("good", math.nan, math.nan, enough)
    _, _, _, verdict, level, limit = max(sides)
    return Worst(verdict, level, limit, enough)


def _of_rep(check: Metric, quantity: RepQuantity, span: Span, neutral: float, bias: float) -> float:
    """Return what a whole movement shows; harmless where its condition never holds, unseen where that is unseen throughout."""
    if check.only_if is not None:
        answers = {check.only_if.answer(moment) for moment in span.moments}
        if True not in answers:
            return neutral if False in answers else math.nan
    return quantity.of_rep(span.times.tolist(), span.moments) - bias


def _watched(check: Metric, band: Band, span: Span, pick: str, neutral: float, bias: float) -> NDArray[np.float64]:
    """Return the values of a band, harmless where its condition does not hold and unseen where that is unseen."""
    values = series(band.quantity, span.times.tolist(), span.moments)
    if band.quantity.is_several:
        picked = series(band.quantity, span.times.tolist(), span.moments, pick)
        values = np.where(np.isnan(values), np.nan, picked) if not np.isnan(picked).all() else values
    values = values - bias
    if check.only_if is not None:
        answers = [check.only_if.answer(moment) for moment in span.moments]
        values = np.where([answer is False for answer in answers], neutral, values)
        values = np.where([answer is None for answer in answers], np.nan, values)
    return values


def margin(band: Band, limit: float) -> float:
    """Return the distance from the fault limit (this one, or the only one) to the edge of the good band beside it."""
    if band.fault is None:
        return math.inf
    edges = [index for index in (0, 1) if band.fault[index] is not None]
    index = next((index for index in edges if band.fault[index] == limit), edges[0])
    edge, good = band.fault[index], band.good[index]
    return abs(edge - good) if edge is not None and good is not None else math.inf


def fault_times(check: Metric, band: Band, span: Span, limit: float, bias: float = 0.0) -> tuple[float, float]:
    """Return first and last second of the longest stretch beyond the limit."""
    high = band.fault is not None and band.fault[1] is not None and limit == band.fault[1]
    values = _watched(check, band, span, "high" if high else "low", limit, bias)
    with np.errstate(invalid="ignore"):
        beyond = np.flatnonzero(values > limit if high else values < limit)
    runs = np.split(beyond, np.flatnonzero(np.diff(beyond) > 1) + 1)
    longest = max(runs, key=len)
    return float(span.times[longest[0]]), float(span.times[longest[-1]])
