"""Quantities with one value for a finished repetition: how far, how long, how often."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from formcheck.body.quantity import Moment, Quantity
from formcheck.exercise.motion import count_turns
from formcheck.exercise.quantities.moments import Derived, series
from formcheck.exercise.sustained import sustained
from formcheck.fields import Between

TIME_ERROR_S = 0.25
"""Working uncertainty of a time (rules/METHOD.md, chapter 1)."""
FAR_TIME_ERROR_S = 1.5
"""The same where the working leg is the farther one in a side view: what hides it is taken for it at first and at last.

Five repetitions of 7.4 s, of four rendered people, were read 0.8 to 2.3 s short, two of three within this.
"""
TRAVEL_KEPT_S = 1.0
"""How far something wandered counts where it stayed so long, as any position does (rules/METHOD.md, chapter 2).

Over 0.3 s, shoulders of people who lay still wandered by up to 0.12 T (rendered); over this, by 0.09 T.
"""
AROUND_S = 0.5
"""A value at a point is the median over this long around it."""


class RepQuantity(Quantity):
    """One number for a finished repetition."""

    __slots__ = ()

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the value over these moments of a repetition, NaN if not seen."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False)
class Peak(Derived, RepQuantity):
    """The extreme that a quantity reaches and keeps for a moment: the highest, or the lowest."""

    of: Quantity
    highest: bool = True
    for_s: Annotated[float, Between(0, 60)] = 0.1

    def possible(self) -> tuple[float, float]:
        """Return what the quantity can be."""
        return self.of.possible()

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the extreme over these moments."""
        sign = 1.0 if self.highest else -1.0
        return sign * sustained(np.asarray(times_s), sign * series(self.of, times_s, moments), self.for_s)


@dataclass(frozen=True, slots=True, eq=False)
class AtLowest(Derived, RepQuantity):
    """What a quantity is where another one is lowest: its median over the half second around that."""

    of: Quantity
    other: Quantity

    def possible(self) -> tuple[float, float]:
        """Return what the quantity can be."""
        return self.of.possible()

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the value at that point of these moments."""
        others = series(self.other, times_s, moments)
        if np.isnan(others).all():
            return math.nan
        near = np.abs(np.asarray(times_s) - times_s[int(np.nanargmin(others))]) <= AROUND_S / 2
        values = series(self.of, times_s, moments)[near]
        return math.nan if np.isnan(values).all() else float(np.nanmedian(values))


@dataclass(frozen=True, slots=True, eq=False)
class Travel(Derived, RepQuantity):
    """How far a quantity wanders: its highest minus its lowest level that is kept for 1 s, so that jitter does not count.

    Of a place in two coordinates: the diagonal.
    """

    of: Quantity
    beside: Quantity | None = None

    def possible(self) -> tuple[float, float]:
        """Return the distances that there are: all that are not negative."""
        return 0.0, math.inf

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the travel over these moments, NaN where they are too few to keep two levels."""
        times = np.asarray(times_s, dtype=float)
        if times[-1] - times[0] < 2 * TRAVEL_KEPT_S:
            return math.nan
        ways = [0.0]
        for quantity in (self.of, self.beside):
            if quantity is not None:
                values = series(quantity, times_s, moments)
                ways.append(
                    max(sustained(times, values, TRAVEL_KEPT_S) + sustained(times, -values, TRAVEL_KEPT_S), 0.0)
                )
        return math.hypot(*ways)


@dataclass(frozen=True, slots=True, eq=False)
class Turns(Derived, RepQuantity):
    """How often a quantity changes its direction after going at least `step` one way."""

    of: Quantity
    step: Annotated[float, Between(0, 360)]

    def possible(self) -> tuple[float, float]:
        """Return the numbers that there are: all that are not negative."""
        return 0.0, math.inf

    @property
    def unit(self) -> str:
        """Turns are counted."""
        return "turns"

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the number of turns over these moments."""
        values = series(self.of, times_s, moments)
        seen = values[~np.isnan(values)]
        return float(count_turns(seen.tolist(), self.step)) if seen.size else math.nan


@dataclass(frozen=True, slots=True, eq=False)
class Clock(RepQuantity):
    """A duration: of the repetition, or of the start position before it."""

    name: str

    def possible(self) -> tuple[float, float]:
        """Return the durations that there are: all that are not negative."""
        return 0.0, math.inf

    @property
    def unit(self) -> str:
        """Seconds."""
        return "s"

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the duration, NaN if its start or its end was not seen."""
        return moments[-1].clocks.get(self.name, math.nan) if moments else math.nan


duration_s = Clock("duration_s")
"""From the start to the end of the repetition."""
start_position_s = Clock("start_position_s")
"""How long the start position was kept before the repetition, all told in this set."""


def peak(of: Quantity, for_s: float = 0.1) -> Peak:
    """Return the highest value that is kept for this long."""
    return Peak(of, for_s=for_s)


def lowest(of: Quantity, for_s: float = 0.1) -> Peak:
    """Return the lowest value that is kept for this long."""
    return Peak(of, highest=False, for_s=for_s)


def at_lowest(of: Quantity, other: Quantity) -> AtLowest:
    """Return the quantity where another one is lowest."""
    return AtLowest(of, other)


def travel(of: Quantity, beside: Quantity | None = None) -> Travel:
    """Return how far the quantity wanders; with a second coordinate, how far the place does."""
    return Travel(of, beside)


def turns(of: Quantity, step: float) -> Turns:
    """Return how often the quantity turns round after at least `step`."""
    return Turns(of, step)
