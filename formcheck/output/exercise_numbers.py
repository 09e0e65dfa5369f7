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
from formcheck.language import _
from formcheck.output.seen_in_words import as_view
from formcheck.output.signal_list import describe_errors


def exercise_numbers(rule: Rule) -> RenderableType:
    """Return what a rule says in numbers: positions, each check with its limits and their origin, signals, errors."""
    exercise = rule.exercise
    return Group(
        *_movements(exercise),
        *_checks(exercise),
        *_signals(exercise),
        Text("\n" + _("The rule: {origin}", origin=rule.origin)),
    )


def _movements(exercise: Exercise) -> Iterator[RenderableType]:
    shown: list[tuple[Movement, ...]] = []
    for level in exercise.levels or (None,):
        movements = exercise.movements_at(level)
        if movements in shown:
            continue
        shown.append(movements)
        same = ", ".join(item.id for item in exercise.levels if exercise.movements_at(item) == movements)
        yield Text("\n" + (_("What counts ({levels})", levels=same) if same else _("What counts")), style="bold")
        context, start = exercise.context_at(level), exercise.start_at(level)
        yield Text(
            _(
                "only while {context}: {condition}",
                context=context.name,
                condition=describe_condition(context.condition),
            )
        )
        yield Text(
            "- "
            + _(
                "start, {start}: {condition} (judged, never required)",
                start=start.name,
                condition=describe_condition(start.condition),
            )
        )
        for movement in movements:
            for line in _movement(movement):
                yield Text(f"- {line}")
    for level in exercise.levels:
        if level.recognised_by is not None:
            yield Text(
                _(
                    "Level {level} is recognised by: {condition}",
                    level=level.id,
                    condition=describe_condition(level.recognised_by),
                )
            )


def _movement(movement: Movement) -> Iterator[str]:
    *others, last = (describe_witness(witness) for witness in movement.witnesses)
    witnesses = _("{others}; or {last}", others="; ".join(others), last=last) if others else last
    hold = movement.hold
    told = _("{position}: {witnesses}, and back by 70 %", position=movement.position, witnesses=witnesses)
    if hold is not None:
        told += "; " + _(
            "hold {seconds:g} s ({origin}), passes from {least_s:g} s",
            seconds=hold.seconds,
            origin=hold.origin,
            least_s=hold.passes_from_s,
        )
    yield told
    for item in movement.not_this:
        yield _(
            "not counted if {condition}: {because}", condition=describe_condition(item.condition), because=item.because
        )


def _checks(exercise: Exercise) -> Iterator[RenderableType]:
    yield Text("\n" + _("What is checked"), style="bold")
    for check in exercise.checks:
        severity = _(check.severity) if isinstance(check, Fault) else _("reported only")
        yield Text(f"{check.id} ({severity}{_where(check)})", style="bold")
        for band in check.bands:
            yield Text(f"  {_band(band)}")
        if check.only_if is not None:
            yield Text("  " + _("only if {condition}", condition=describe_condition(check.only_if)))
        if isinstance(check, Fault):
            others = [f"{name}: {_(severity)}" for name, severity in check.severity_at.items()]
            others += [
                _("{view} view: {severity}", view=as_view(str(view)), severity=_(severity))
                for view, severity in check.severity_in.items()
            ]
            if others:
                yield Text("  " + _("severity: {severities}", severities=", ".join(others)))
            yield Text(f"  “{check.cue}”")
    for attribute in exercise.attributes:
        yield Text(_("{attribute} (noted only)", attribute=attribute.id), style="bold")
        yield Text(
            "  "
            + _(
                "{attribute}: {condition} at some time of it",
                attribute=attribute.in_words(True),
                condition=describe_condition(attribute.condition),
            )
        )
    for sequel in exercise.sequels:
        yield Text(f"{sequel.id} ({_(sequel.severity)})", style="bold")
        yield Text("  " + _("“{cue}” Origin: {origin}.", cue=sequel.cue, origin=sequel.origin))


def _where(check: Metric) -> str:
    words = {REP: _("whole repetition"), START: _("start position, once a set")}
    parts = [", ".join(words.get(name, name) for name in check.watched)] if check.watched else []
    if check.for_s is not None:
        parts.append(_("for {seconds:g} s", seconds=check.for_s))
    if check.levels:
        parts.append(_("levels {levels}", levels=", ".join(check.levels)))
    return "".join(f"; {part}" for part in parts)


def _band(band: Band) -> str:
    unit = band.quantity.unit
    text = _(
        "{quantity}: target {limits}",
        quantity=describe_quantity(band.quantity),
        limits=describe_limits(band.good, unit),
    )
    if band.acceptable is not None:
        text += "; " + _("acceptable {limits}", limits=describe_limits(band.acceptable, unit))
    if band.fault is not None:
        text += "; " + _("fault {limits}", limits=describe_fault(band.fault, unit))
    return _("{band}. Origin: {origin}.", band=text, origin=band.origin)


def _signals(exercise: Exercise) -> Iterator[RenderableType]:
    yield Text("\n" + _("What is measured"), style="bold")
    used: dict[Signal, None] = {}
    for check in exercise.checks:
        for band in check.bands:
            used.update(dict.fromkeys(item for item, _ in signals_in(band.quantity)))
    for item in used:
        errors = describe_errors(item) or _("no view shows it")
        yield Text(
            "- "
            + _(
                "{name}: {meaning} Error: {errors}.",
                name=item.name,
                meaning=_(item.meaning),
                errors=errors,
            )
        )
