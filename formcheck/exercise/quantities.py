"""The words that turn signals into what a rule compares: whose side, since when, how fast, over which part of a rep.

Sample quantities (`working`, `other`, `near`, `each`, `change`, `speed`) have a value at every moment. Repetition
quantities (`peak`, `travel`, `turns`, `duration_s`, `start_position_s`) have one value for a finished repetition.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from formcheck.body.quantity import Moment, Quantity
from formcheck.body.signal import Signal
from formcheck.exercise.motion import Values, count_turns, slopes, sustained
from formcheck.pose.pose import SIDES, Side, other_side

TIME_ERROR_S = 0.25
"""Working uncertainty of a time (rules/METHOD.md, chapter 1)."""
SPEED_WINDOW_S = 0.3
"""Speeds are slopes over this long."""
TRAVEL_KEPT_S = 0.3
"""How far something wandered counts where it stayed so long."""
AROUND_S = 0.5
"""A value at a point is the median over this long around it."""


class Role(StrEnum):
    """Whose side is meant."""

    WORKING = "working"
    OTHER = "other"
    NEAR = "near"


@dataclass(frozen=True, slots=True, eq=False)
class OneSide(Quantity):
    """A signal of the working, the other or the nearer side."""

    signal: Signal
    role: Role

    @property
    def unit(self) -> str:
        """Unit of the signal."""
        return self.signal.unit

    def key(self, moment: Moment) -> str | None:
        """Return the key among the measures, None where the side is unknown."""
        side = self.side(moment)
        return None if side is None else f"{self.signal.name}.{side}"

    def side(self, moment: Moment) -> Side | None:
        """Return the side that the role stands for at this moment."""
        if self.role is Role.NEAR:
            return moment.near
        if moment.side is None:
            return None
        return moment.side if self.role is Role.WORKING else other_side(moment.side)

    def value(self, moment: Moment) -> float:
        """Return the signal of that side, NaN if not seen."""
        key = self.key(moment)
        return math.nan if key is None else moment.measures.get(key, math.nan)


@dataclass(frozen=True, slots=True, eq=False)
class EachSide(Quantity):
    """A signal of both sides: ``each(x) > 5`` means that both are over 5.

    A condition looks at the sides that are seen; a check wants both.
    """

    signal: Signal

    @property
    def unit(self) -> str:
        """Unit of the signal."""
        return self.signal.unit

    def _values(self, moment: Moment) -> list[float]:
        return [moment.measures.get(f"{self.signal.name}.{side}", math.nan) for side in SIDES]

    def value(self, moment: Moment) -> float:
        """Return the lower value, NaN unless both sides are seen."""
        values = self._values(moment)
        return math.nan if any(map(math.isnan, values)) else min(values)

    def low(self, moment: Moment) -> float:
        """Return the lower value of the sides that are seen."""
        return min((value for value in self._values(moment) if not math.isnan(value)), default=math.nan)

    def high(self, moment: Moment) -> float:
        """Return the higher value of the sides that are seen."""
        return max((value for value in self._values(moment) if not math.isnan(value)), default=math.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Change(Quantity):
    """How much a quantity differs from its value at rest before the repetition, signed."""

    of: Quantity

    @property
    def unit(self) -> str:
        """Unit of the quantity."""
        return self.of.unit

    def parts(self) -> Iterator[Quantity]:
        """Yield itself and what it is made of."""
        yield self
        yield from self.of.parts()

    def _from_rest(self, moment: Moment, pick: str) -> float:
        now = getattr(self.of, pick)(moment)
        rest = getattr(self.of, pick)(Moment(moment.rest, moment.side, moment.near, settings=moment.settings))
        return float(now - rest)

    def value(self, moment: Moment) -> float:
        """Return the change, NaN if either is not seen."""
        return self._from_rest(moment, "value")

    def low(self, moment: Moment) -> float:
        """Return the change of the lowest."""
        return self._from_rest(moment, "low")

    def high(self, moment: Moment) -> float:
        """Return the change of the highest."""
        return self._from_rest(moment, "high")


@dataclass(frozen=True, slots=True, eq=False)
class BeyondSetting(Quantity):
    """How far a side's value is beyond the user's own number for that side; NaN without such a number."""

    of: OneSide
    setting: str

    @property
    def unit(self) -> str:
        """Unit of the quantity."""
        return self.of.unit

    def parts(self) -> Iterator[Quantity]:
        """Yield itself and what it is made of."""
        yield self
        yield from self.of.parts()

    def value(self, moment: Moment) -> float:
        """Return the value minus the setting."""
        return self.of.value(moment) - moment.settings.get(f"{self.setting}.{self.of.side(moment)}", math.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Speed(Quantity):
    """How fast a quantity changes in either direction, per second; the slope over 0.3 s."""

    of: Quantity

    @property
    def unit(self) -> str:
        """Unit per second."""
        return f"{self.of.unit}/s"

    def parts(self) -> Iterator[Quantity]:
        """Yield itself and what it is made of."""
        yield self
        yield from self.of.parts()

    def value(self, moment: Moment) -> float:
        """Return NaN: a single moment has no speed, see `series`."""
        return math.nan


class RepQuantity(Quantity):
    """One number for a finished repetition."""

    __slots__ = ()

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the value over these moments of a repetition, NaN if not seen."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False)
class Peak(RepQuantity):
    """The extreme that a quantity reaches and keeps for a moment: the highest, or the lowest."""

    of: Quantity
    highest: bool = True
    for_s: float = 0.1

    @property
    def unit(self) -> str:
        """Unit of the quantity."""
        return self.of.unit

    def parts(self) -> Iterator[Quantity]:
        """Yield itself and what it is made of."""
        yield self
        yield from self.of.parts()

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the extreme over these moments."""
        sign = 1.0 if self.highest else -1.0
        return sign * sustained(np.asarray(times_s), sign * series(self.of, times_s, moments), self.for_s)


@dataclass(frozen=True, slots=True, eq=False)
class AtLowest(RepQuantity):
    """What a quantity is where another one is lowest: its median over the half second around that."""

    of: Quantity
    other: Quantity

    @property
    def unit(self) -> str:
        """Unit of the quantity."""
        return self.of.unit

    def parts(self) -> Iterator[Quantity]:
        """Yield itself and what it is made of."""
        yield self
        yield from self.of.parts()
        yield from self.other.parts()

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the value at that point of these moments."""
        others = series(self.other, times_s, moments)
        if np.isnan(others).all():
            return math.nan
        near = np.abs(np.asarray(times_s) - times_s[int(np.nanargmin(others))]) <= AROUND_S / 2
        values = series(self.of, times_s, moments)[near]
        return math.nan if np.isnan(values).all() else float(np.nanmedian(values))


@dataclass(frozen=True, slots=True, eq=False)
class Travel(RepQuantity):
    """How far a quantity wanders: its highest minus its lowest level that is kept for 0.3 s, so that jitter does not count.

    Of a place in two coordinates: the diagonal.
    """

    of: Quantity
    beside: Quantity | None = None

    @property
    def unit(self) -> str:
        """Unit of the quantity."""
        return self.of.unit

    def parts(self) -> Iterator[Quantity]:
        """Yield itself and what it is made of."""
        yield self
        yield from self.of.parts()
        if self.beside is not None:
            yield from self.beside.parts()

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the travel over these moments."""
        times = np.asarray(times_s, dtype=float)
        ways = [0.0]
        for quantity in (self.of, self.beside):
            if quantity is not None:
                values = series(quantity, times_s, moments)
                ways.append(
                    max(sustained(times, values, TRAVEL_KEPT_S) + sustained(times, -values, TRAVEL_KEPT_S), 0.0)
                )
        return math.hypot(*ways)


@dataclass(frozen=True, slots=True, eq=False)
class Turns(RepQuantity):
    """How often a quantity changes its direction after going at least `step` one way."""

    of: Quantity
    step: float

    @property
    def unit(self) -> str:
        """Turns are counted."""
        return "turns"

    def parts(self) -> Iterator[Quantity]:
        """Yield itself and what it is made of."""
        yield self
        yield from self.of.parts()

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the number of turns over these moments."""
        values = series(self.of, times_s, moments)
        seen = values[~np.isnan(values)]
        return float(count_turns(seen.tolist(), self.step)) if seen.size else math.nan


@dataclass(frozen=True, slots=True, eq=False)
class Clock(RepQuantity):
    """A duration that the tracker measures: of the repetition, or of the start position before it."""

    name: str

    @property
    def unit(self) -> str:
        """Seconds."""
        return "s"

    def of_rep(self, times_s: Sequence[float], moments: Sequence[Moment]) -> float:
        """Return the duration, which the tracker has put among the last moment's measures."""
        return moments[-1].measures.get(self.name, math.nan) if moments else math.nan


duration_s = Clock("duration_s")
"""From the start to the end of the repetition."""
start_position_s = Clock("start_position_s")
"""How long the start position was kept before the repetition, all told in this set."""


def working(signal: Signal) -> OneSide:
    """Return the signal of the working side."""
    return OneSide(signal, Role.WORKING)


def other(signal: Signal) -> OneSide:
    """Return the signal of the side that does not work."""
    return OneSide(signal, Role.OTHER)


def near(signal: Signal) -> OneSide:
    """Return the signal of the side nearer the camera."""
    return OneSide(signal, Role.NEAR)


def each(signal: Signal) -> EachSide:
    """Return the signal of both sides."""
    return EachSide(signal)


def change(of: Quantity) -> Change:
    """Return the signed change from rest before the repetition."""
    return Change(of)


def speed(of: Quantity) -> Speed:
    """Return how fast the quantity changes."""
    return Speed(of)


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


def beyond_setting(of: OneSide, setting: str) -> BeyondSetting:
    """Return how far the quantity is beyond the user's own number."""
    return BeyondSetting(of, setting)


def series(quantity: Quantity, times_s: Sequence[float], moments: Sequence[Moment], pick: str = "value") -> Values:
    """Return a quantity's values over moments; NaN where not seen.

    Parameters
    ----------
    quantity
        A sample quantity.
    times_s
        Times of the moments.
    moments
        The moments, in order.
    pick
        ``value``, or ``low`` or ``high`` of several sides.
    """
    if isinstance(quantity, Speed):
        inner = series(quantity.of, times_s, moments)
        return np.abs(slopes(np.asarray(times_s, dtype=float), inner, SPEED_WINDOW_S))
    return np.array([getattr(quantity, pick)(moment) for moment in moments], dtype=float)
