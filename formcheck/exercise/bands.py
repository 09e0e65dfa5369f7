"""The words for limits: what a quantity should be, may be and must not be, and where the numbers come from."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from formcheck.body.quantity import Quantity, possible_in_words
from formcheck.fields import check_fields, check_value, mistake
from formcheck.language import _

Limits = tuple[float | None, float | None]
"""Lowest and highest value that is still right; None = no limit on that side."""

ARTICLE = "the exercise's description"
"""The article that describes the exercise says so."""
JUDGEMENT = "judgement"
"""Our own judgement; see rules/METHOD.md."""


def source(*keys: str) -> str:
    """Return the origin "published sources", by their keys in rules/METHOD.md, chapter 3."""
    return "; ".join(f"source: {key}" for key in keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What a quantity should be, may be, and must not be.

    Attributes
    ----------
    good
        The target.
    acceptable
        Still right; None = the same as `good`.
    fault
        Outside these lies a fault; None = there is none. In between lies borderline.
    origin
        Where the numbers come from.
    """

    quantity: Quantity
    good: Limits
    fault: Limits | None
    origin: str
    acceptable: Limits | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        named = {"good": self.good, "acceptable": self.acceptable, "fault": self.fault}
        rings = [(name, ring) for name, ring in named.items() if ring is not None]
        for name, ring in rings:
            if _low(ring) > _high(ring):
                raise mistake(self, (name,), _("{ring} must be (lowest, highest).", ring=ring))
            self._check_span(name, ring)
        for (name, inner), (_around, outer) in pairwise(rings):
            if not (_low(outer) <= _low(inner) and _high(inner) <= _high(outer)):
                raise mistake(
                    self,
                    (name,),
                    _(
                        "{inner} must lie inside {outer} (good inside acceptable inside fault).",
                        inner=inner,
                        outer=outer,
                    ),
                )
        if self.fault == (None, None):
            raise mistake(
                self, ("fault",), _("(None, None) can never be a fault; write fault=None for a plain measure.")
            )

    def _check_span(self, name: str, limits: Limits) -> None:
        low, high = self.quantity.possible()
        for index, limit in enumerate(limits):
            if limit is not None and not low <= limit <= high:
                raise mistake(
                    self,
                    (name, index),
                    _("is {limit:g}; expected {possible}.", limit=limit, possible=possible_in_words(low, high)),
                )

    @property
    def right(self) -> Limits:
        """What is still right: acceptable, or good."""
        return self.good if self.acceptable is None else self.acceptable


def _low(limits: Limits) -> float:
    return -math.inf if limits[0] is None else limits[0]


def _high(limits: Limits) -> float:
    return math.inf if limits[1] is None else limits[1]


def at_least(
    quantity: Quantity, *, good: float, acceptable: float | None = None, fault: float | None, origin: str
) -> Band:
    """Return the band of what must not be less: `good` and more is right, and under `fault` lies a fault."""
    return _band(quantity, lambda limit: (limit, None), good, acceptable, fault, origin)


def up_to(
    quantity: Quantity, *, good: float, acceptable: float | None = None, fault: float | None, origin: str
) -> Band:
    """Return the band of what must not be more: up to `good` is right, and over `fault` lies a fault."""
    return _band(quantity, lambda limit: (None, limit), good, acceptable, fault, origin)


def within(
    quantity: Quantity, *, good: float, acceptable: float | None = None, fault: float | None, origin: str
) -> Band:
    """Return the band of what must stay near 0: from -`good` to `good` is right, and beyond -`fault` and `fault` lies a fault."""
    return _band(quantity, lambda limit: (-limit, limit), good, acceptable, fault, origin)


def _band(
    quantity: Quantity,
    limits: Callable[[float], Limits],
    good: float,
    acceptable: float | None,
    fault: float | None,
    origin: str,
) -> Band:
    check_value("good", good, float)
    check_value("acceptable", acceptable, float | None)
    check_value("fault", fault, float | None)
    return Band(
        quantity=quantity,
        good=limits(good),
        acceptable=None if acceptable is None else limits(acceptable),
        fault=None if fault is None else limits(fault),
        origin=origin,
    )
