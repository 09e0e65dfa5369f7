"""The list of exercises, and one exercise for whoever does it, for the terminal: printed from the rules themselves."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from formcheck.body.measured_errors import MEASURED_MODEL
from formcheck.body.view import View
from formcheck.exercise.checks import in_words
from formcheck.exercise.judge import judged_in
from formcheck.exercise.quantities import Role
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.words import Attribute, Exercise, Fault, Level, Metric, Severity
from formcheck.language import N_, _, _n, any_of

FROM = {
    View.SIDE: N_("from the side"),
    View.OBLIQUE: N_("at 45°"),
    View.FRONT: N_("from the front"),
    View.BACK: N_("from behind"),
}
"""Views as people say them."""
_WATCHED = {
    Severity.MAJOR: N_("Serious faults"),
    Severity.MINOR: N_("Faults"),
    Severity.INFO: N_("Hints, which leave a repetition clean"),
}


def exercise_list(rules: Iterable[Rule]) -> RenderableType:
    """Return one line for each exercise: id, title, levels, view."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    for heading in (_("exercise"), _("what"), _("levels"), _("camera")):
        table.add_column(heading, overflow="fold", no_wrap=not table.columns)
    for rule in rules:
        levels = ", ".join(level.id for level in rule.exercise.levels)
        table.add_row(Text(rule.id), Text(rule.exercise.title), Text(levels), Text(_(FROM[rule.exercise.views[0]])))
    return Group(
        table, Text("\n" + _("formcheck exercises NAME explains one; --signals lists what rules can measure."))
    )


def exercise_page(rule: Rule) -> RenderableType:
    """Return an exercise in words: how to do it, how to film it, what is watched, and what no camera sees."""
    return Group(*_page(rule))


def _page(rule: Rule) -> Iterator[RenderableType]:
    exercise = rule.exercise
    yield Text(f"{exercise.title} ({rule.id})", style="bold")
    yield from _part(_("How to do it"), [exercise.summary, *_amount(exercise)])
    yield from _part(_("How to film it"), [exercise.camera, _views(exercise)])
    yield Text("\n" + _("What is watched"), style="bold")
    for severity in reversed(Severity):
        yield from _list(_(_WATCHED[severity]), dict.fromkeys(_faults(exercise, severity)))
    yield from _list(_("Measured only"), dict.fromkeys(_metrics(exercise)))
    yield from _list(_("Noted of each repetition, neither right nor wrong"), map(_fact, exercise.attributes))
    yield from _list(
        "\n" + _("What each view shows"), (_shown(exercise, view) for view in exercise.views), style="bold"
    )
    yield from _list("\n" + _("What no camera sees"), dict.fromkeys(exercise.not_visible), style="bold")
    yield from _list("\n" + _("Asked after a set"), [item.ask for item in exercise.questions], style="bold")


def _amount(exercise: Exercise) -> Iterator[str]:
    """Yield how much, and what there is to choose."""
    if exercise.side_is is not None:
        yield _("Left and right mean {side_is}.", side_is=exercise.side_is)
    holds = dict.fromkeys(hold for level in exercise.levels or (None,) for hold in _holds(exercise, level))
    if holds:
        yield _("Hold: {holds}.", holds=", ".join(f"{hold}{_held_at(exercise, hold)}" for hold in holds))
    if exercise.levels:
        yield _("Levels: {levels}.", levels="; ".join(f"{level.id} ({level.title})" for level in exercise.levels))
    dose = exercise.dose
    if dose.per_side:
        repetitions = _n("{count} repetition on each side", "{count} repetitions on each side", dose.reps)
    else:
        repetitions = _n("{count} repetition", "{count} repetitions", dose.reps)
    yield _("How much: {repetitions}. {advice}", repetitions=repetitions, advice=dose.advice)


def _holds(exercise: Exercise, level: Level | None) -> list[str]:
    """Return what is held at a level, and for how long."""
    return [
        _("{position} for {seconds:g} s", position=_plain(movement.position), seconds=movement.hold.seconds)
        for movement in exercise.movements_at(level)
        if movement.hold is not None
    ]


def _held_at(exercise: Exercise, hold: str) -> str:
    """Return at which levels a position is held, if not at all of them."""
    return _only_at(exercise, [level for level in exercise.levels if hold in _holds(exercise, level)])


def _only_at(exercise: Exercise, levels: list[Level]) -> str:
    """Return that something is true of these levels only, nothing where they are all there are."""
    if len(levels) == len(exercise.levels):
        return ""
    return " " + _("(only at level {levels})", levels=any_of(level.id for level in levels))


def _views(exercise: Exercise) -> str:
    best, *others = (_(FROM[view]) for view in exercise.views)
    if not others:
        return _("Best seen {best}.", best=best)
    return _("Best seen {best}, else {others}.", best=best, others=any_of(others))


def _faults(exercise: Exercise, severity: Severity) -> Iterator[str]:
    for check in exercise.checks:
        if isinstance(check, Fault) and check.severity is severity:
            yield f"{check.title}: {check.cue}{_only(exercise, check)}"
    if severity is Severity.MINOR and any(_holds(exercise, level) for level in exercise.levels or (None,)):
        only = _only_at(exercise, [level for level in exercise.levels if _holds(exercise, level)])
        yield _("Short hold: {short_hold_cue}{only}", short_hold_cue=exercise.short_hold_cue, only=only)
    for sequel in exercise.sequels:
        if sequel.severity is severity:
            yield f"{in_words(sequel.id)}: {sequel.cue}"


def _metrics(exercise: Exercise) -> Iterator[str]:
    for check in exercise.checks:
        if not isinstance(check, Fault):
            yield f"{check.title}{_only(exercise, check)}"


def _fact(attribute: Attribute) -> str:
    return _("{one}; or {other}", one=attribute.in_words(True), other=attribute.in_words(False))


def _only(exercise: Exercise, check: Metric) -> str:
    """Return at which levels and from where a check is watched, if not at all and not from the best view."""
    parts = [_("only at level {levels}", levels=any_of(check.levels))] if check.levels else []
    if isinstance(check, Fault) and check.ends_rep:
        parts.append(_("it ends the repetition, which does not count"))
    seen = [view for view in View if _shows(view, check)]
    if not seen:
        parts.append(_("no view shows it yet"))
    elif exercise.views[0] not in seen:
        parts.append(_("seen only {views}", views=any_of([_(FROM[view]) for view in seen])))
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
    where, nothing = _(FROM[view]), _("nothing")
    text = f"{where[0].upper()}{where[1:]}: {', '.join(judged) or nothing}."
    return text + " " + _("Not: {hidden}.", hidden=", ".join(hidden)) if hidden else text


def _while(exercise: Exercise, nearer: list[list[Role]]) -> str:
    """Return when a fault is judged, if not always: of each of its checks, which leg may be the nearer one."""
    if not all(nearer):
        return " " + _("(in part)")
    if all(len(roles) > 1 for roles in nearer):
        return ""
    side = exercise.side_is if nearer[0] == [Role.WORKING] else _("the other side")
    return " " + _("(while {side} is nearer the camera)", side=side)


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


def _plain(name: str) -> str:
    return in_words(name).lower()
