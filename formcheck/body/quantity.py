"""Quantities that rules compare with numbers, and the three-valued conditions that come of it.

Comparing a quantity with a number makes a `Condition`, which answers True, False or None (not seen).
Conditions are joined with `all_of`, `any_of` and `negate`, never with ``and``, ``or`` or chained comparisons.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple, NoReturn

from formcheck.body.foreign import guard, is_answer, is_number
from formcheck.fields import AtLeast, Checked, checked, mistake
from formcheck.language import _
from formcheck.pose.pose import Side

Measures = Mapping[str, float]
"""Values of all signals at one moment by key (``name`` or ``name.left``); NaN = not seen."""

NOTHING: Measures = MappingProxyType({})

Answer = bool | None
"""Yes, no, or None: not seen."""

HYSTERESIS: dict[str, float] = {"deg": 5.0, "T": 0.05, "L": 0.02, "shank": 0.05, "ratio": 0.02}
"""How far back a value must go to leave a zone that it entered, by unit (5° fixed, others the same share of a range)."""


class Moment(NamedTuple):
    """All that a quantity is evaluated on.

    Attributes
    ----------
    measures
        Values of all signals; NaN = not seen.
    side
        The working side, None for exercises without one.
    near
        The side of the body nearest the camera, None if unknown.
    rest
        The same signals at rest before the repetition: what `change` subtracts.
    settings
        The user's own numbers by name, e.g. ``end_point_deg.left``.
    clocks
        Durations of the movement by name, e.g. ``duration_s``.
    """

    measures: Measures
    side: Side | None = None
    near: Side | None = None
    rest: Measures = NOTHING
    settings: Measures = NOTHING
    clocks: Measures = NOTHING


class Quantity(Checked):
    """Something with a value at a moment, in a unit."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        guard(cls, dict.fromkeys(("value", "low", "high", "of_rep"), (is_number, math.nan)))

    @property
    def unit(self) -> str:
        """Unit of the value."""
        raise NotImplementedError

    def value(self, moment: Moment) -> float:
        """Return the value at this moment, NaN if not seen."""
        raise NotImplementedError

    def low(self, moment: Moment) -> float:
        """Return the lowest value where there are several (`each`), else the value."""
        return self.value(moment)

    def high(self, moment: Moment) -> float:
        """Return the highest value where there are several (`each`), else the value."""
        return self.value(moment)

    @property
    def is_several(self) -> bool:
        """Whether there are several values, so that the lowest and the highest differ."""
        return type(self).low is not Quantity.low or type(self).high is not Quantity.high

    def possible(self) -> tuple[float, float]:
        """Return the lowest and highest value that it can have."""
        return -math.inf, math.inf

    def parts(self) -> "Iterator[Quantity]":
        """Yield the quantities that this one is made of, itself included."""
        yield self

    def __lt__(self, limit: float) -> "Comparison":
        return self._compared(Comparison(self, "<", limit))

    def __gt__(self, limit: float) -> "Comparison":
        return self._compared(Comparison(self, ">", limit))

    def _compared(self, comparison: "Comparison") -> "Comparison":
        low, high = checked(comparison).quantity.possible()
        if not low <= comparison.limit <= high:
            raise mistake(
                comparison,
                ("limit",),
                _("is {limit:g}; expected {possible}.", limit=comparison.limit, possible=possible_in_words(low, high)),
            )
        return comparison

    def __le__(self, limit: float) -> NoReturn:
        raise TypeError(_("Use < or >: a measured value is never exactly on a limit."))

    def __ge__(self, limit: float) -> NoReturn:
        raise TypeError(_("Use < or >: a measured value is never exactly on a limit."))

    def __bool__(self) -> NoReturn:
        raise TypeError(_("A signal is neither true nor false: compare it with a number, e.g. knee_flexion_deg > 75."))


class Condition:
    """A statement about a moment: True, False or None (not seen)."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        guard(cls, {"answer": (is_answer, None)})

    def answer(self, moment: Moment) -> Answer:
        """Return whether the statement holds, None if that cannot be seen."""
        raise NotImplementedError

    def relaxed(self) -> "Condition":
        """Return the same statement with limits loosened by the hysteresis of their units."""
        raise NotImplementedError

    def comparisons(self) -> "Iterator[Comparison]":
        """Yield the comparisons that it is made of, the first one first."""
        raise NotImplementedError

    def __bool__(self) -> NoReturn:
        raise TypeError(
            _(
                "Conditions may be unseen, so 'and', 'or', 'not' and '10 < x < 20' do not work on them: use "
                "all_of(...), any_of(...), negate(...), between(x, 10, 20) or outside(x, 10, 20)."
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Condition):
    """A quantity above or below a number."""

    quantity: Quantity
    operator: Literal["<", ">"]
    limit: float

    def value(self, moment: Moment) -> float:
        """Return the value that decides: the lowest of several for ``>``, the highest for ``<``."""
        return self.quantity.low(moment) if self.operator == ">" else self.quantity.high(moment)

    def answer(self, moment: Moment) -> Answer:
        """Return whether the value is beyond the limit, None if not seen."""
        value = self.value(moment)
        if math.isnan(value):
            return None
        return value > self.limit if self.operator == ">" else value < self.limit

    def relaxed(self) -> "Comparison":
        """Return the comparison with its limit moved so that it holds more easily."""
        step = HYSTERESIS.get(self.quantity.unit, 0.0)
        return Comparison(self.quantity, self.operator, self.limit + (-step if self.operator == ">" else step))

    def comparisons(self) -> "Iterator[Comparison]":
        """Yield this comparison."""
        yield self


@dataclass(frozen=True, slots=True, eq=False)
class AllOf(Condition):
    """Every part holds; False beats not seen."""

    members: Annotated[tuple[Condition, ...], AtLeast(1)]

    def answer(self, moment: Moment) -> Answer:
        """Return False if a part is false, None if one is unseen, else True."""
        answers = [member.answer(moment) for member in self.members]
        if False in answers:
            return False
        return None if None in answers else True

    def relaxed(self) -> "AllOf":
        """Return the same with every part relaxed."""
        return AllOf(tuple(member.relaxed() for member in self.members))

    def comparisons(self) -> Iterator[Comparison]:
        """Yield the comparisons of all parts."""
        for member in self.members:
            yield from member.comparisons()


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf(Condition):
    """At least one part holds; True beats not seen."""

    members: Annotated[tuple[Condition, ...], AtLeast(1)]

    def answer(self, moment: Moment) -> Answer:
        """Return True if a part is true, None if one is unseen, else False."""
        answers = [member.answer(moment) for member in self.members]
        if True in answers:
            return True
        return None if None in answers else False

    def relaxed(self) -> "AnyOf":
        """Return the same with every part relaxed."""
        return AnyOf(tuple(member.relaxed() for member in self.members))

    def comparisons(self) -> Iterator[Comparison]:
        """Yield the comparisons of all parts."""
        for member in self.members:
            yield from member.comparisons()


@dataclass(frozen=True, slots=True, eq=False)
class Negation(Condition):
    """The part does not hold; not seen stays not seen."""

    member: Condition

    def answer(self, moment: Moment) -> Answer:
        """Return the opposite answer."""
        answer = self.member.answer(moment)
        return None if answer is None else not answer

    def relaxed(self) -> "Negation":
        """Return the same: what is negated is not loosened, or it would be harder to leave than to enter."""
        return self

    def comparisons(self) -> Iterator[Comparison]:
        """Yield the comparisons of the part."""
        yield from self.member.comparisons()


def all_of(*members: Condition) -> Condition:
    """Return the condition that every one of these holds."""
    return checked(AllOf(members))


def any_of(*members: Condition) -> Condition:
    """Return the condition that at least one of these holds."""
    return checked(AnyOf(members))


def negate(member: Condition) -> Condition:
    """Return the condition that this one does not hold."""
    return checked(Negation(member))


def between(quantity: Quantity, low: float, high: float) -> Condition:
    """Return the condition that the quantity lies between two numbers."""
    return all_of(quantity > low, quantity < high)


def outside(quantity: Quantity, low: float, high: float) -> Condition:
    """Return the condition that the quantity lies below the lower or above the higher number."""
    return any_of(quantity < low, quantity > high)


def possible_in_words(low: float, high: float) -> str:
    """Return what a quantity can be, in words."""
    if math.isinf(high):
        return _("any number") if math.isinf(low) else _("at least {low:g}, since less cannot be", low=low)
    return _("{low:g} to {high:g}, since it can be nothing else", low=low, high=high)
