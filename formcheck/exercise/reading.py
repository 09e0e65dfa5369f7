"""What a quantity reads: its signals, their keys among the measures, and its error in a view."""

import math
from collections.abc import Iterator

from formcheck.body.quantity import Quantity
from formcheck.body.signal import Signal
from formcheck.body.view import View
from formcheck.exercise.quantities import (
    FAR_TIME_ERROR_S,
    TIME_ERROR_S,
    Change,
    Clock,
    EachSide,
    OneSide,
    Role,
    Speed,
    Travel,
    Turns,
    duration_s,
)
from formcheck.pose.pose import Side, other_side


def error_of(quantity: Quantity, view: View | None, *, of_change: bool = False, nearer: Role | None = None) -> float:
    """Return the error of a quantity in a view, NaN if the view cannot show it.

    Parameters
    ----------
    quantity, view
        What is read, from where it is seen.
    of_change
        Only its change from rest is looked at, in which a constant bias cancels.
    nearer
        Which of the working and the other side is the nearer one, if that is known.
    """
    if quantity is duration_s and view is View.SIDE and nearer is Role.OTHER:
        return FAR_TIME_ERROR_S
    if isinstance(quantity, Clock):
        return TIME_ERROR_S
    if isinstance(quantity, Turns):
        return 0.5 if not math.isnan(error_of(quantity.of, view, nearer=nearer)) else math.nan
    if isinstance(quantity, Speed):
        # Two readings 0.3 s apart whose errors mostly cancel: twice the error a second is a cautious bound.
        return 2.0 * error_of(quantity.of, view, of_change=True, nearer=nearer)
    if isinstance(quantity, Signal):
        return quantity.error_in(view, of_change=of_change)
    if isinstance(quantity, OneSide):
        return quantity.signal.error_in(view, of_change=of_change, of_near=quantity.role in (Role.NEAR, nearer))
    if isinstance(quantity, EachSide):
        return quantity.signal.error_in(view, of_change=of_change)
    inner = getattr(quantity, "of", None)
    if not isinstance(inner, Quantity):
        return math.nan  # what is made of nothing that is known
    return error_of(inner, view, of_change=of_change or isinstance(quantity, Change | Travel), nearer=nearer)


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
