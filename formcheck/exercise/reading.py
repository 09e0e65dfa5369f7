"""What a quantity reads: its signals, their keys among the measures, and its error in a view."""

import math
from collections.abc import Iterator

from formcheck.body.measured_errors import Place
from formcheck.body.quantity import Quantity
from formcheck.body.signal import Signal
from formcheck.body.view import View
from formcheck.exercise.quantities import (
    FAR_TIME_ERROR_S,
    TIME_ERROR_S,
    AtLowest,
    Change,
    Clock,
    EachSide,
    OneSide,
    Peak,
    Role,
    Speed,
    Travel,
    Turns,
    duration_s,
)
from formcheck.pose.pose import Side, other_side


def error_of(
    quantity: Quantity,
    view: View | None,
    *,
    of_change: bool = False,
    nearer: Role | None = None,
    model: str | None = None,
) -> float:
    """Return the error of a quantity in a view, NaN if the view cannot show it.

    Parameters
    ----------
    quantity, view
        What is read, from where it is seen.
    of_change
        Only its change from rest is looked at, in which a constant bias cancels.
    nearer
        Which of the working and the other side is the nearer one, if that is known.
    model
        Who looked, if that is known.
    """
    if quantity is duration_s and view is View.SIDE and nearer is Role.OTHER:
        return FAR_TIME_ERROR_S
    if isinstance(quantity, Clock):
        return TIME_ERROR_S
    if isinstance(quantity, Turns):
        return 0.5 if not math.isnan(error_of(quantity.of, view, nearer=nearer)) else math.nan
    if isinstance(quantity, Speed):
        # Two readings 0.3 s apart whose errors mostly cancel: twice the error a second is a cautious bound.
        return 2.0 * error_of(quantity.of, view, of_change=True, nearer=nearer, model=model)
    if isinstance(quantity, Signal | OneSide | EachSide):
        item, place = _of_place(quantity, nearer)
        return item.error_in(view, of_change=of_change, place=place, model=model)
    inner = getattr(quantity, "of", None)
    if not isinstance(inner, Quantity):
        return math.nan  # what is made of nothing that is known
    of_change = of_change or isinstance(quantity, Change | Travel)
    return error_of(inner, view, of_change=of_change, nearer=nearer, model=model)


def bias_of(quantity: Quantity, view: View | None, *, nearer: Role | None = None, model: str | None = None) -> float:
    """Return what a quantity is known to read too much in a view; 0 where it compares readings, in which that cancels.

    Parameters
    ----------
    quantity, view, nearer, model
        As for `error_of`.
    """
    if isinstance(quantity, Signal | OneSide | EachSide):
        item, place = _of_place(quantity, nearer)
        return item.bias_in(view, place=place, model=model)
    return bias_of(quantity.of, view, nearer=nearer, model=model) if isinstance(quantity, Peak | AtLowest) else 0.0


def _of_place(quantity: Signal | OneSide | EachSide, nearer: Role | None) -> tuple[Signal, Place | None]:
    """Return the signal that is read, and whether it is the nearer side's or the other one's, None if nobody knows."""
    if isinstance(quantity, Signal):
        return quantity, None
    if isinstance(quantity, EachSide) or (quantity.role is not Role.NEAR and nearer is None):
        return quantity.signal, None
    return quantity.signal, "near" if quantity.role in (Role.NEAR, nearer) else "far"


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


def looks_at_other(quantity: Quantity) -> bool:
    """Return whether a quantity looks at the side that does not work."""
    return any(role is Role.OTHER for _, role in signals_in(quantity))
