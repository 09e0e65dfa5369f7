"""The numbers of an exercise, for those who write rules: positions, bands, signals, errors and origins."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.body.signal import Signal
from formcheck.exercise.describe import describe_condition, describe_fault, describe_limits, describe_quantity
from formcheck.exercise.reading import signals_in
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.words import REP, SETUP, Band, Exercise, Fault, Metric, Phase


def exercise_numbers(rule: Rule) -> RenderableType:
    """Return what a rule says in numbers: positions, each check with its limits and their origin, signals, errors."""
    exercise = rule.exercise
    return Group(*_phases(exercise), *_checks(exercise), *_signals(exercise), Text(f"\nThe rule: {rule.origin}"))


def _phases(exercise: Exercise) -> Iterator[RenderableType]:
    shown: list[tuple[Phase, ...]] = []
    for level in exercise.levels or (None,):
        phases = exercise.phases_at(level)
        if any(phases is item for item in shown):
            continue
        shown.append(phases)
        same = ", ".join(item.id for item in exercise.levels if exercise.phases_at(item) is phases)
        yield Text(f"\nPositions ({same})" if same else "\nPositions", style="bold")
        yield Text(f"posture: {exercise.posture_at(level).name}")
        for phase in phases:
            yield Text(f"- {_phase(phase)}")
    recognised = [level for level in exercise.levels if level.recognised_by is not None]
    for level in recognised:
        yield Text(f"Level {level.id} is recognised by: {describe_condition(level.recognised_by)}")


def _phase(phase: Phase) -> str:
    text = f"{phase.id}: {describe_condition(phase.enter)}"
    if phase.zone is not None:
        text += f"; back within {describe_condition(phase.zone)}"
    if phase.hold is not None:
        text += f"; hold {phase.hold.seconds:g} s ({phase.hold.origin}), passes from {phase.hold.passes_from_s:g} s"
    return text


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
    for sequel in exercise.sequels:
        yield Text(f"{sequel.id} ({sequel.severity})", style="bold")
        yield Text(f"  “{sequel.cue}” Origin: {sequel.origin}.")


def _where(check: Metric) -> str:
    names = (check.during,) if isinstance(check.during, str) else check.during
    words = {REP: "whole repetition", SETUP: "start position, once a set"}
    parts = [", ".join(words.get(name, name) for name in names)] if names else []
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
        errors = ", ".join(f"{view} ±{item.error_in(view):g}" for view in item.error)
        yield Text(f"- {item.name}: {' '.join(item.meaning.split())} Error: {errors or 'no view shows it'}.")
