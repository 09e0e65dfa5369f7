"""Quantities with a value at every moment: whose side, since when, how fast."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np

from formcheck.body.quantity import Moment, Quantity
from formcheck.body.signal import Signal
from formcheck.exercise.motion import Values, slopes
from formcheck.fields import check_fields, mistake
from formcheck.language import _
from formcheck.pose.pose import SIDES, Side, other_side

SPEED_WINDOW_S = 0.3
"""Speeds are slopes over this long."""


class Derived(Quantity):
    """A quantity that is made of others: of the one that is its field `of` above all, in whose unit it is."""

    __slots__ = ()
    of: Quantity

    @property
    def unit(self) -> str:
        """Unit of the quantity that it is made of."""
        return self.of.unit

    def parts(self) -> Iterator[Quantity]:
        """Yield itself and all that it is made of."""
        yield self
        for item in fields(self):  # type: ignore[arg-type]
            value = getattr(self, item.name)
            if isinstance(value, Quantity):
                yield from value.parts()


class Role(StrEnum):
    """Whose side is meant."""

    WORKING = "working"
    OTHER = "other"
    NEAR = "near"


class SidedQuantity(Quantity):
    """A quantity that reads a signal which is measured on each side."""

    __slots__ = ()
    signal: Signal

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.signal.sided:
            said = _("is {name}, which has no sides; expected the signal by itself.", name=self.signal.name)
            raise mistake(self, ("signal",), said)

    def possible(self) -> tuple[float, float]:
        """Return the span of the signal."""
        return self.signal.possible()

    @property
    def unit(self) -> str:
        """Unit of the signal."""
        return self.signal.unit


@dataclass(frozen=True, slots=True, eq=False)
class OneSide(SidedQuantity):
    """A signal of the working, the other or the nearer side."""

    signal: Signal
    role: Role

    def side(self, moment: Moment) -> Side | None:
        """Return the side that the role stands for at this moment."""
        if self.role is Role.NEAR:
            return moment.near
        if moment.side is None:
            return None
        return moment.side if self.role is Role.WORKING else other_side(moment.side)

    def value(self, moment: Moment) -> float:
        """Return the signal of that side, NaN if not seen."""
        side = self.side(moment)
        return math.nan if side is None else moment.measures.get(f"{self.signal.name}.{side}", math.nan)


@dataclass(frozen=True, slots=True, eq=False)
class EachSide(SidedQuantity):
    """A signal of both sides: ``each(x) > 5`` means that both are over 5.

    A condition looks at the sides that are seen; a check wants both.
    """

    signal: Signal

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
class Change(Derived):
    """How much a quantity differs from its value at rest before the repetition, signed."""

    of: Quantity

    def possible(self) -> tuple[float, float]:
        """Return the changes that the quantity can make."""
        low, high = self.of.possible()
        return low - high, high - low

    @property
    def is_several(self) -> bool:
        """Whether the quantity has several values."""
        return self.of.is_several

    def at_rest(self, moment: Moment, pick: str) -> float:
        """Return what the quantity was at rest before a moment; `pick` as for `series`."""
        return float(getattr(self.of, pick)(Moment(moment.rest, moment.side, moment.near, settings=moment.settings)))

    def _from_rest(self, moment: Moment, pick: str) -> float:
        return float(getattr(self.of, pick)(moment) - self.at_rest(moment, pick))

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
class BeyondSetting(Derived):
    """How far a side's value is beyond the user's own number for that side; NaN without such a number."""

    of: OneSide
    setting: str

    def value(self, moment: Moment) -> float:
        """Return the value minus the setting."""
        return self.of.value(moment) - moment.settings.get(f"{self.setting}.{self.of.side(moment)}", math.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Speed(Derived):
    """How fast a quantity changes in either direction, per second; the slope over 0.3 s."""

    of: Quantity

    def possible(self) -> tuple[float, float]:
        """Return the speeds that there are: all that are not negative."""
        return 0.0, math.inf

    @property
    def unit(self) -> str:
        """Unit per second."""
        return f"{self.of.unit}/s"

    def value(self, moment: Moment) -> float:
        """Return NaN: a single moment has no speed, see `series`."""
        return math.nan


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
        The moments of one movement, in order.
    pick
        ``value``, or ``low`` or ``high`` of several sides.
    """
    if isinstance(quantity, Speed):
        inner = series(quantity.of, times_s, moments)
        return np.abs(slopes(np.asarray(times_s, dtype=float), inner, SPEED_WINDOW_S))
    if isinstance(quantity, Change):
        # Rest is the same for a whole movement, but for which side is the nearer one.
        at_rest = {
            moment.near: quantity.at_rest(moment, pick) for moment in {item.near: item for item in moments}.values()
        }
        rests = np.array([at_rest[moment.near] for moment in moments], dtype=float)
        return np.asarray(series(quantity.of, times_s, moments, pick) - rests)
    read = getattr(quantity, pick if quantity.is_several else "value")
    return np.array([read(moment) for moment in moments], dtype=float)
