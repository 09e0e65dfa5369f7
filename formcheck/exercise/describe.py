"""Quantities and conditions in the words of rules, which are the same in every language; limits in those of people."""

from formcheck.body.quantity import AllOf, AnyOf, Comparison, Condition, Negation, Quantity
from formcheck.body.signal import Signal
from formcheck.exercise.quantities import (
    AtLowest,
    BeyondSetting,
    Change,
    Clock,
    EachSide,
    OneSide,
    Peak,
    Speed,
    Travel,
    Turns,
)
from formcheck.exercise.words import Limits, Witness
from formcheck.language import N_, _, any_of
from formcheck.language import number as number_in_words

UNITS = {"deg": "°", "T": " T", "L": " L", "shank": " shank", "ratio": "", "s": " s", "turns": "", "deg/s": "°/s"}
"""How units are written behind a number: T = torso lengths, L = leg lengths."""


def describe_quantity(quantity: Quantity) -> str:
    """Return a quantity in words, e.g. ``change of torso_inclination_deg``."""
    match quantity:
        case Signal() | Clock():
            return quantity.name
        case OneSide():
            return f"{quantity.role} {quantity.signal.name}"
        case EachSide():
            return f"each {quantity.signal.name}"
        case BeyondSetting():
            return f"{describe_quantity(quantity.of)} beyond your end point"
        case Peak():
            return f"{'peak' if quantity.highest else 'lowest'} of {describe_quantity(quantity.of)}"
        case AtLowest():
            return f"{describe_quantity(quantity.of)} at the lowest {describe_quantity(quantity.other)}"
        case Change() | Speed() | Travel():
            return f"{type(quantity).__name__.lower()} of {describe_quantity(quantity.of)}"
        case Turns():
            return f"turns of {describe_quantity(quantity.of)} by {quantity.step:g}"
        case _:
            return type(quantity).__name__


def describe_condition(condition: Condition | None) -> str:
    """Return a condition in words; "anything" for none."""
    match condition:
        case None:
            return "anything"
        case Comparison():
            limit = f"{condition.limit:g}{UNITS.get(condition.quantity.unit, ' ' + condition.quantity.unit)}"
            return f"{describe_quantity(condition.quantity)} {condition.operator} {limit}"
        case AllOf():
            return " and ".join(_bracketed(member) for member in condition.members)
        case AnyOf():
            return " or ".join(_bracketed(member) for member in condition.members)
        case Negation():
            return f"not ({describe_condition(condition.member)})"
        case _:
            return type(condition).__name__


def describe_witness(witness: Witness) -> str:
    """Return what shows a movement: "working hip_flexion_deg rises by 40° to 70°"."""
    unit = witness.quantity.unit
    rises, falls = N_("{quantity} rises by {by}"), N_("{quantity} falls by {by}")
    way = _(
        rises if witness.rises else falls, quantity=describe_quantity(witness.quantity), by=number(witness.by, unit)
    )
    if witness.share:
        way = _("{way} and {share:.0%} of what it was", way=way, share=witness.share)
    if witness.to is not None:
        way = _("{way}, to {limit}", way=way, limit=number(witness.to, unit))
    return way


def describe_limits(limits: Limits, unit: str) -> str:
    """Return what is allowed: "80 to 100°", "at least 6 s", "at most 15°"."""
    low, high = limits
    if low is not None and high is not None:
        return _("{low:g} to {high}", low=low, high=number(high, unit))
    if low is not None:
        return _("at least {low}", low=number(low, unit))
    return _("at most {high}", high=number(high, unit)) if high is not None else _("anything")


def describe_fault(limits: Limits, unit: str) -> str:
    """Return what is a fault: "under 60 or over 120°"."""
    low, high = limits
    parts = []
    if low is not None:
        parts.append(_("under {low}", low=number(low, unit)))
    if high is not None:
        parts.append(_("over {high}", high=number(high, unit)))
    return any_of(parts)


def number(value: float, unit: str) -> str:
    """Return a limit with its unit, as people write it."""
    return f"{number_in_words(value)}{UNITS.get(unit, ' ' + unit)}"


def _bracketed(condition: Condition) -> str:
    text = describe_condition(condition)
    return f"({text})" if isinstance(condition, AnyOf | AllOf) else text
