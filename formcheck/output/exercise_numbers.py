"""The numbers of an exercise, for those who write rules: positions, bands, signals, errors and origins."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.body.signal import Signal
from formcheck.exercise.describe import (
    describe_condition,
    describe_fault,
    describe_limits,
    describe_quantity,
    describe_witness,
)
from formcheck.exercise.reading import signals_in
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.words import REP, START, Band, Exercise, Fault, Metric, Movement
from formcheck.output.signal_list import describe_errors


def exercise_numbers(rule: Rule) -> RenderableType:
    """Return what a rule says in numbers: positions, each check with its limits and their origin, signals, errors."""
    exercise = rule.exercise
    return Group(*_movements(exercise), *_checks(exercise), *_signals(exercise), Text(f"\nThe rule: {rule.origin}"))


def _movements(exercise: Exercise) -> Iterator[RenderableType]:
    shown: list[tuple[Movement, ...]] = []
    for level in exercise.levels or (None,):
        movements = exercise.movements_at(level)
        if movements in shown:
            continue
        shown.append(movements)
        same = ", ".join(item.id for item in exercise.levels if exercise.movements_at(item) == movements)
        yield Text(f"\nWhat counts ({same})" if same else "\nWhat counts", style="bold")
        context, start = exercise.context_at(level), exercise.start_at(level)
        yield Text(f"only while {context.name}: {describe_condition(context.condition)}")
        yield Text(f"- start, {start.name}: {describe_condition(start.condition)} (judged, never required)")
        for movement in movements:
            for line in _movement(movement):
                yield Text(f"- {line}")
    for level in exercise.levels:
        if level.recognised_by is not None:
            yield Text(f"Level {level.id} is recognised by: {describe_condition(level.recognised_by)}")


def _movement(movement: Movement) -> Iterator[str]:
    witnesses = "; or ".join(describe_witness(witness) for witness in movement.witnesses)
    hold = movement.hold
    held = "" if hold is None else f"; hold {hold.seconds:g} s ({hold.origin}), passes from {hold.passes_from_s:g} s"
    yield f"{movement.position}: {witnesses}, and back by 70 %{held}"
    for item in movement.not_this:
        yield f"not counted if {describe_condition(item.condition)}: {item.because}"


def _checks(exercise: Exercise) -> Iterator[RenderableType]:
    yield Text("\nWhat is checked", style="bold")
    for check in exercise.checks:
        severity = f"{check.severity}" if isinstance(check, Fault) else "reported only"
        yield Text(f"{check.id} ({severity}{_where(check)})", style="bold")
        for band in check.bands:
            yield Text(f"  {_band(band)}")
        if check.only_if is not None:
            yield Text(f"  only if {describe_condition(check.only_if)}")
        if isinstance(check, Fault):
            others = [f"{name}: {severity}" for name, severity in check.severity_at.items()]
            others += [f"{view} view: {severity}" for view, severity in check.severity_in.items()]
            if others:
                yield Text(f"  severity: {', '.join(others)}")
            yield Text(f"  “{check.cue}”")
    for attribute in exercise.attributes:
        yield Text(f"{attribute.id} (noted only)", style="bold")
        yield Text(f"  {attribute.in_words(True)}: {describe_condition(attribute.condition)} at some time of it")
    for sequel in exercise.sequels:
        yield Text(f"{sequel.id} ({sequel.severity})", style="bold")
        yield Text(f"  “{sequel.cue}” Origin: {sequel.origin}.")


def _where(check: Metric) -> str:
    words = {REP: "whole repetition", START: "start position, once a set"}
    parts = [", ".join(words.get(name, name) for name in check.watched)] if check.watched else []
    if check.for_s is not None:
        parts.append(f"for {check.for_s:g} s")
    if check.levels:
        parts.append(f"levels {', '.join(check.levels)}")
    return "".join(f"; {part}" for part in parts)


def _band(band: Band) -> str:
    unit = band.quantity.unit
    text = f"{describe_quantity(band.quantity)}: target {describe_limits(band.good, unit)}"
    if band.acceptable is not None:
        text += f"; acceptable {describe_limits(band.acceptable, unit)}"
    if band.fault is not None:
        text += f"; fault {describe_fault(band.fault, unit)}"
    return f"{text}. Origin: {band.origin}."


def _signals(exercise: Exercise) -> Iterator[RenderableType]:
    yield Text("\nWhat is measured", style="bold")
    used: dict[Signal, None] = {}
    for check in exercise.checks:
        for band in check.bands:
            used.update(dict.fromkeys(item for item, _ in signals_in(band.quantity)))
    for item in used:
        errors = describe_errors(item) or "no view shows it"
        yield Text(f"- {item.name}: {' '.join(item.meaning.split())} Error: {errors}.")
