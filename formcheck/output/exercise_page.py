"""The list of exercises, and one exercise for whoever does it, for the terminal: printed from the rules themselves."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from formcheck.body.measured_errors import MEASURED_MODEL
from formcheck.body.view import View
from formcheck.exercise.judge import judged_in
from formcheck.exercise.quantities import Role
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.words import Attribute, Exercise, Fault, Level, Metric, Severity
from formcheck.output.amounts import many

FROM = {View.SIDE: "from the side", View.OBLIQUE: "at 45°", View.FRONT: "from the front", View.BACK: "from behind"}
"""Views as people say them."""
_WATCHED = {
    Severity.MAJOR: "Serious faults",
    Severity.MINOR: "Faults",
    Severity.INFO: "Hints, which leave a repetition clean",
}


def exercise_list(rules: Iterable[Rule]) -> RenderableType:
    """Return one line for each exercise: id, title, levels, view."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    for heading in ("exercise", "what", "levels", "camera"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "exercise")
    for rule in rules:
        levels = ", ".join(level.id for level in rule.exercise.levels)
        table.add_row(Text(rule.id), Text(rule.exercise.title), Text(levels), Text(FROM[rule.exercise.views[0]]))
    return Group(table, Text("\nformcheck exercises NAME explains one; --signals lists what rules can measure."))


def exercise_page(rule: Rule) -> RenderableType:
    """Return an exercise in words: how to do it, how to film it, what is watched, and what no camera sees."""
    return Group(*_page(rule))


def _page(rule: Rule) -> Iterator[RenderableType]:
    exercise = rule.exercise
    yield Text(f"{exercise.title} ({rule.id})", style="bold")
    yield from _part("How to do it", [exercise.summary, *_amount(exercise)])
    yield from _part("How to film it", [exercise.camera, _views(exercise)])
    yield Text("\nWhat is watched", style="bold")
    for severity in reversed(Severity):
        yield from _list(_WATCHED[severity], dict.fromkeys(_faults(exercise, severity)))
    yield from _list("Measured only", dict.fromkeys(_metrics(exercise)))
    yield from _list("Noted of each repetition, neither right nor wrong", map(_fact, exercise.attributes))
    yield from _list("\nWhat each view shows", (_shown(exercise, view) for view in exercise.views), style="bold")
    yield from _list("\nWhat no camera sees", dict.fromkeys(exercise.not_visible), style="bold")
    yield from _list("\nAsked after a set", [item.ask for item in exercise.questions], style="bold")


def _amount(exercise: Exercise) -> Iterator[str]:
    """Yield how much, and what there is to choose."""
    if exercise.side_is is not None:
        yield f"Left and right mean {exercise.side_is}."
    holds = dict.fromkeys(hold for level in exercise.levels or (None,) for hold in _holds(exercise, level))
    if holds:
        yield f"Hold: {', '.join(f'{hold}{_held_at(exercise, hold)}' for hold in holds)}."
    if exercise.levels:
        yield f"Levels: {'; '.join(f'{level.id} ({level.title})' for level in exercise.levels)}."
    dose = exercise.dose
    repetitions = f"{many(dose.reps, 'repetition')}{' on each side' if dose.per_side else ''}"
    yield f"How much: {repetitions}. {dose.advice}"


def _holds(exercise: Exercise, level: Level | None) -> list[str]:
    """Return what is held at a level, and for how long."""
    return [
        f"{_plain(movement.position)} for {movement.hold.seconds:g} s"
        for movement in exercise.movements_at(level)
        if movement.hold is not None
    ]


def _held_at(exercise: Exercise, hold: str) -> str:
    """Return at which levels a position is held, if not at all of them."""
    return _only_at(exercise, [level for level in exercise.levels if hold in _holds(exercise, level)])


def _only_at(exercise: Exercise, levels: list[Level]) -> str:
    """Return that something is true of these levels only, nothing where they are all there are."""
    return f" (only at level {_either(level.id for level in levels)})" if len(levels) < len(exercise.levels) else ""


def _views(exercise: Exercise) -> str:
    best, *others = (FROM[view] for view in exercise.views)
    return f"Best seen {best}{f', else {_either(others)}' if others else ''}."


def _faults(exercise: Exercise, severity: Severity) -> Iterator[str]:
    for check in exercise.checks:
        if isinstance(check, Fault) and check.severity is severity:
            yield f"{check.title}: {check.cue}{_only(exercise, check)}"
    if severity is Severity.MINOR and any(_holds(exercise, level) for level in exercise.levels or (None,)):
        only = _only_at(exercise, [level for level in exercise.levels if _holds(exercise, level)])
        yield f"Short hold: {exercise.short_hold_cue}{only}"
    for sequel in exercise.sequels:
        if sequel.severity is severity:
            yield f"{_plain(sequel.id).capitalize()}: {sequel.cue}"


def _metrics(exercise: Exercise) -> Iterator[str]:
    for check in exercise.checks:
        if not isinstance(check, Fault):
            yield f"{check.title}{_only(exercise, check)}"


def _fact(attribute: Attribute) -> str:
    return f"{attribute.in_words(True)}; or {attribute.in_words(False)}"


def _only(exercise: Exercise, check: Metric) -> str:
    """Return at which levels and from where a check is watched, if not at all and not from the best view."""
    parts = [f"only at level {_either(check.levels)}"] if check.levels else []
    if isinstance(check, Fault) and check.ends_rep:
        parts.append("it ends the repetition, which does not count")
    seen = [view for view in View if _shows(view, check)]
    if not seen:
        parts.append("no view shows it yet")
    elif exercise.views[0] not in seen:
        parts.append(f"seen only {_either([FROM[view] for view in seen])}")
    return f" ({'; '.join(parts)})" if parts else ""


def _shown(exercise: Exercise, view: View) -> str:
    """Return what is judged from a view, and what is not, as the default model sees it."""
    nearer: dict[str, list[list[Role]]] = {}
    for check in exercise.checks:
        if isinstance(check, Fault):
            roles = [role for role in (Role.WORKING, Role.OTHER) if _shows(view, check, role)]
            nearer.setdefault(check.title, []).append(roles)
    judged = [f"{title}{_while(exercise, roles)}" for title, roles in nearer.items() if any(roles)]
    hidden = [title for title, roles in nearer.items() if not any(roles)]
    text = f"{FROM[view][0].upper()}{FROM[view][1:]}: {', '.join(judged) or 'nothing'}."
    return f"{text} Not: {', '.join(hidden)}." if hidden else text


def _while(exercise: Exercise, nearer: list[list[Role]]) -> str:
    """Return when a fault is judged, if not always: of each of its checks, which leg may be the nearer one."""
    if not all(nearer):
        return " (in part)"
    if all(len(roles) > 1 for roles in nearer):
        return ""
    return f" (while {exercise.side_is if nearer[0] == [Role.WORKING] else 'the other side'} is nearer the camera)"


def _shows(view: View, check: Metric, nearer: Role | None = None) -> bool:
    return (
        judged_in(check, view, nearer=nearer, model=MEASURED_MODEL) if isinstance(check, Fault) else view in check.views
    )


def _part(heading: str, lines: Iterable[str]) -> Iterator[RenderableType]:
    yield Text(f"\n{heading}", style="bold")
    for line in lines:
        yield Text(line)


def _list(heading: str, items: Iterable[str], style: str = "") -> Iterator[RenderableType]:
    items = list(items)
    if items:
        yield Text(heading, style=style)
        table = Table.grid(padding=(0, 1, 0, 0))
        for item in items:
            table.add_row(Text("-"), Text(item, overflow="fold"))
        yield table


def _either(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _plain(name: str) -> str:
    return name.replace("_", " ")
