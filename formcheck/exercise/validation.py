"""Looks an exercise through when it is made, so that a rule with a mistake never loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from formcheck.body.quantity import Condition, Quantity
from formcheck.body.signal import Signal
from formcheck.exercise.checks import HOLD, REP, SETUP, Metric
from formcheck.exercise.quantities import OneSide, RepQuantity, Role, Speed

if TYPE_CHECKING:
    from formcheck.exercise.words import Exercise, Level, Phase


def check_exercise(exercise: Exercise) -> None:
    """Raise ValueError with what is wrong and how to mend it; an exercise that is right passes in silence."""
    for level in exercise.levels or (None,):
        _check_phases(exercise.phases_at(level))
        sided = exercise.sided_at(level)
        for where, condition in _conditions(exercise, level):
            for comparison in condition.comparisons():
                _check_quantity(where, comparison.quantity, sided)
                _check_momentary(where, comparison.quantity)
        for check in exercise.checks_at(level):
            for band in check.bands:
                _check_quantity(check.id, band.quantity, sided)
    _check_names(exercise)


def _check_phases(phases: tuple[Phase, ...]) -> None:
    names = [phase.id for phase in phases]
    if len(phases) < 2:
        raise ValueError("An exercise needs a start phase and at least one end phase.")
    if len(set(names)) != len(names):
        raise ValueError(f"Two phases share a name: {', '.join(names)}.")
    if any(phase.enter is None for phase in phases[1:]):
        raise ValueError("Every phase after the start needs enter=…: what makes that position.")


def _check_names(exercise: Exercise) -> None:
    levels = [level.id for level in exercise.levels]
    if len(set(levels)) != len(levels):
        raise ValueError(f"Two levels share a name: {', '.join(levels)}.")
    phases = {phase.id for level in exercise.levels or (None,) for phase in exercise.phases_at(level)}
    for check in exercise.checks:
        unknown = set(_names(check)) - phases - {REP, SETUP, HOLD}
        if unknown:
            raise ValueError(f"{check.id}: during names no phase: {', '.join(sorted(unknown))}.")
        unknown = {*check.levels, *getattr(check, "severity_at", ())} - set(levels)
        if unknown:
            raise ValueError(f"{check.id}: unknown level {', '.join(sorted(unknown))}.")


def _names(check: Metric) -> tuple[str, ...]:
    return (check.during,) if isinstance(check.during, str) else check.during


def _conditions(exercise: Exercise, level: Level | None) -> Iterator[tuple[str, Condition]]:
    """Yield every condition of a level, with the name of what it belongs to."""
    named: list[tuple[str, Condition | None]] = [("posture", exercise.posture_at(level).gate)]
    for phase in exercise.phases_at(level):
        named += [(f"phase {phase.id}", condition) for condition in (phase.enter, phase.zone, phase.leave)]
    named += [(check.id, check.only_if) for check in exercise.checks_at(level)]
    named += [(attribute.id, attribute.condition) for attribute in exercise.attributes]
    named.append(("spoiler", getattr(exercise.spoiler, "condition", None)))
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
