"""Looks an exercise through when it is made, so that a rule with a mistake never loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from formcheck.body.quantity import Condition, Quantity
from formcheck.body.signal import Signal
from formcheck.exercise.checks import HOLD, REP, START, Metric
from formcheck.exercise.quantities import OneSide, RepQuantity, Role, Speed

if TYPE_CHECKING:
    from formcheck.exercise.words import Exercise, Level


def check_exercise(exercise: Exercise) -> None:
    """Raise ValueError with what is wrong and how to mend it; an exercise that is right passes in silence."""
    for level in exercise.levels or (None,):
        sided = exercise.sided_at(level)
        for where, condition in _conditions(exercise, level):
            for comparison in condition.comparisons():
                _check_quantity(where, comparison.quantity, sided)
                _check_momentary(where, comparison.quantity)
        for movement in exercise.movements_at(level):
            for witness in movement.witnesses:
                _check_quantity(movement.position, witness.quantity, sided)
                _check_momentary(movement.position, witness.quantity)
        for check in exercise.checks_at(level):
            for band in check.bands:
                _check_quantity(check.id, band.quantity, sided)
    _check_names(exercise)


def _check_names(exercise: Exercise) -> None:
    levels = [level.id for level in exercise.levels]
    if len(set(levels)) != len(levels):
        raise ValueError(f"Two levels share a name: {', '.join(levels)}.")
    positions = {item.position for level in exercise.levels or (None,) for item in exercise.movements_at(level)}
    for check in exercise.checks:
        unknown = set(_names(check)) - positions - {REP, START, HOLD}
        if unknown:
            raise ValueError(f"{check.id}: during names no position: {', '.join(sorted(unknown))}.")
        unknown = {*check.levels, *getattr(check, "severity_at", ())} - set(levels)
        if unknown:
            raise ValueError(f"{check.id}: unknown level {', '.join(sorted(unknown))}.")


def _names(check: Metric) -> tuple[str, ...]:
    return (check.during,) if isinstance(check.during, str) else check.during


def _conditions(exercise: Exercise, level: Level | None) -> Iterator[tuple[str, Condition]]:
    """Yield every condition of a level, with the name of what it belongs to."""
    named: list[tuple[str, Condition | None]] = [
        ("context", exercise.context_at(level).condition),
        ("start", exercise.start_at(level).condition),
    ]
    for movement in exercise.movements_at(level):
        named.append((movement.position, movement.of_this_side))
        named += [(movement.position, item.condition) for item in movement.not_this]
    named += [(check.id, check.only_if) for check in exercise.checks_at(level)]
    named += [(attribute.id, attribute.condition) for attribute in exercise.attributes]
    if level is not None:
        named.append((f"level {level.id}", level.recognised_by))
    yield from ((where, condition) for where, condition in named if condition is not None)


def _check_quantity(where: str, quantity: Quantity, sided: bool) -> None:
    for part in quantity.parts():
        if isinstance(part, Signal) and part.sided:
            raise ValueError(
                f"{where}: {part.name} is measured on each side: say working(...), other(...), near(...) or each(...)."
            )
        if isinstance(part, OneSide) and part.role is not Role.NEAR and not sided:
            raise ValueError(f"{where}: working(...) and other(...) need an exercise with side_is=….")


def _check_momentary(where: str, quantity: Quantity) -> None:
    if any(isinstance(part, RepQuantity | Speed) for part in quantity.parts()):
        raise ValueError(
            f"{where}: a condition looks at one moment, so peak, lowest, travel, turns, speed and durations "
            "cannot stand in it; put them into a check."
        )
