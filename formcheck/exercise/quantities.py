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
from formcheck.body.view import View
from formcheck.exercise.motion import Values, count_turns, slopes
from formcheck.pose.pose import SIDES, Side, other_side

TIME_ERROR_S = 0.25
"""Working uncertainty of a time (exercises.md, section 1)."""
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


def sustained(times_s: Values, values: Values, for_s: float, unseen_s: float = 0.3) -> float:
    """Return the highest level that the values kept up for a time without falling below it.

    Parameters
    ----------
    times_s, values
        Samples; NaN = not seen.
    for_s
        How long the level must be kept.
    unseen_s
        Gaps up to this long neither add nor reset; longer ones reset (exercises.md, section 2).

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
    steps = np.diff(times)
    typical = float(np.median(steps)) if steps.size else 0.0
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


def error_of(quantity: Quantity, view: View | None) -> float:
    """Return the working uncertainty of a quantity in a view, NaN if the view cannot show it."""
    if isinstance(quantity, Clock):
        return TIME_ERROR_S
    if isinstance(quantity, Turns):
        return 0.5 if not math.isnan(error_of(quantity.of, view)) else math.nan
    if isinstance(quantity, Speed):
        # Two readings 0.3 s apart whose errors mostly cancel: twice the error a second is a cautious bound.
        return 2.0 * error_of(quantity.of, view)
    if isinstance(quantity, Signal):
        return quantity.error_in(view)
    if isinstance(quantity, OneSide | EachSide):
        return quantity.signal.error_in(view)
    inner: Quantity = quantity.of  # type: ignore[attr-defined]
    return error_of(inner, view)


def keys_of(quantity: Quantity, side: Side | None, near: Side | None = None) -> Iterator[str]:
    """Yield the keys among the measures that a quantity reads, for this working and this nearer side."""
    for item, role in signals_in(quantity):
        if not item.sided:
            yield item.name
        elif role is None or (role is Role.NEAR and near is None):
            yield from item.keys()
        else:
            wanted = near if role is Role.NEAR else side
            if role is Role.OTHER and side is not None:
                wanted = other_side(side)
            if wanted is not None:
                yield f"{item.name}.{wanted}"


def signals_in(quantity: Quantity) -> Iterator[tuple[Signal, Role | None]]:
    """Yield the signals that a quantity is made of, with their role (None = unsided or both)."""
    for part in quantity.parts():
        if isinstance(part, Signal):
            yield part, None
        elif isinstance(part, OneSide):
            yield part.signal, part.role
        elif isinstance(part, EachSide):
            yield part.signal, None
