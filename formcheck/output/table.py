"""The result of a session for the terminal; it reads as well without colour, in 80 columns and in a pipe."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TypeVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from formcheck.exercise.checks import in_words
from formcheck.exercise.results import FaultResult, HoldResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Confidence, Severity
from formcheck.language import N_, _, _n, all_of, number
from formcheck.output.amounts import amount, ranges
from formcheck.output.answers import answered
from formcheck.output.listing import facts, heading, listed, plain_table
from formcheck.output.seen_in_words import as_view
from formcheck.output.sentences import (
    how_done,
    how_held,
    next_time,
    why_not,
    why_not_assessed,
    why_nothing,
)
from formcheck.output.verdicts import excess, verdict
from formcheck.readable import readable

_Key = TypeVar("_Key")
_Item = TypeVar("_Item")

_STYLES = {Severity.MAJOR: "bold red", Severity.MINOR: "yellow", Severity.INFO: "cyan"}
_LEVEL_SOURCES = {
    "given": N_("as you said"),
    "recognised": N_("recognised from the pose; choose another with --level"),
    "assumed": N_("assumed; choose another with --level"),
}
_CALIBRATIONS = {
    "standing": N_("measured while standing still"),
    "running": N_("measured along the way"),
    "default": N_("not measured, those of an average body were assumed"),
}
_CONFIDENCES = {
    Confidence.HIGH: N_("high confidence"),
    Confidence.MEDIUM: N_("medium confidence"),
    Confidence.LOW: N_("low confidence"),
}
_SEVERITIES = (N_("major"), N_("minor"), N_("info"))
"""Severities are these words wherever one is shown; nothing reads them here but who gathers what is translated."""
_VIEWS = {
    "left": N_("left side"),
    "right": N_("right side"),
    "front": N_("front"),
    "back": N_("back"),
    "side": N_("side view"),
    "unknown": N_("unknown"),
    "oblique_left": N_("45° from the left"),
    "oblique_right": N_("45° from the right"),
}
_SETTINGS = {
    "reps": (N_("repetitions"), ""),
    "hold_s": (N_("hold"), " s"),
    "end_point_deg": (N_("end points left and right"), "°"),
    "fov_deg": (N_("angle of view"), "°"),
}
_INTERRUPTIONS = {
    "cut": N_("the picture changed to another scene"),
    "hand_over": N_("another person took over"),
    "lost": N_("nobody could be followed"),
}


def session_table(session: Session) -> RenderableType:
    """Return what a session found, in words and tables.

    Parameters
    ----------
    session
        The result of one analysis.

    Returns
    -------
    rich.console.RenderableType
        Something to give to ``Console.print``.
    """
    return Group(*_parts(session))


def _parts(session: Session) -> Iterator[RenderableType]:
    yield _verdict(session)
    yield Padding(_header(session), (1, 0))
    if session.nothing_counted_because is not None:
        yield Padding(Text(why_nothing(session.nothing_counted_because)), (0, 0, 1, 0))
    if session.reps:
        yield _reps(session)
    if session.faults:
        yield heading(_("Faults"))
        yield _faults(session.faults)
    if session.not_assessed:
        yield heading(_("Not assessed"))
        yield _not_assessed(session)
    if interrupted := list(interruptions(session)):
        yield heading(_("Interruptions"))
        yield listed(interrupted)
    if advice := next_time(session):
        yield heading(_("For the next recording"))
        yield listed(advice)
    if session.not_visible:
        yield heading(_("What a camera cannot see"))
        yield listed(session.not_visible)
    if session.questions:
        yield heading(_("What only you know"))
        yield listed(answered(session))


def _verdict(session: Session) -> Text:
    head, rest = verdict(session)
    return Text.assemble((head, "bold"), rest)


def view_in_words(seen: str) -> str:
    """Return from where somebody was seen, as people say it."""
    return _(_VIEWS.get(seen, seen))


def header_rows(session: Session) -> dict[str, str]:
    """Return what a recording is and how it was looked at, by heading; empty where there is nothing to say."""
    source = session.source
    name = readable(PurePath(source.path).name or source.path)
    recognised = session.exercise_source == "recognised"
    level_source = _(_LEVEL_SOURCES.get(session.level_source, session.level_source))
    return {
        _("source"): _(
            "{name}, {width} x {height}, {duration_s:.1f} s, model {model}",
            name=name,
            width=source.width,
            height=source.height,
            duration_s=session.duration_s,
            model=session.model,
        ),
        _("exercise"): _("{exercise} (recognised)", exercise=session.exercise) if recognised else session.exercise,
        _("level"): "" if session.level is None else f"{session.level} ({level_source})",
        _("view"): _(
            "{seen}; best is {wanted}",
            seen=view_in_words(str(session.view_seen)),
            wanted=as_view(str(session.view_wanted)),
        ),
        _("proportions"): _(_CALIBRATIONS[session.calibration.source]),
        _("followed"): _("{tracked:.0%} of the pictures", tracked=session.tracked),
        _("settings"): ", ".join(
            _setting(name, value) for name, value in session.settings.items() if value is not None
        ),
        _("damaged"): session.damaged or "",
        _("rule"): readable(" ".join(session.rule_failures)),
        _("stopped"): _("by you at {duration_s:.1f} s", duration_s=session.duration_s) if session.interrupted else "",
    }


def _header(session: Session) -> Table:
    return facts(header_rows(session).items())


def _reps(session: Session) -> Table:
    sided = any(rep.side is not None for rep in session.reps)
    in_sets = len(session.sets_from_s) > 1
    table = plain_table(
        *([_("set")] if in_sets else []),
        "#",
        *([_("side")] if sided else []),
        _("time (s)"),
        _("result"),
        _("faults"),
    )
    for column in table.columns[:-2]:
        column.no_wrap = True
    for rep in sorted(session.reps, key=lambda rep: (rep.start_s, rep.number)):
        table.add_row(
            *([Text(str(session.set_of(rep)))] if in_sets else []),
            Text(str(rep.number)),
            *([Text("-" if rep.side is None else _(rep.side))] if sided else []),
            Text(f"{number(rep.start_s, '.1f')} - {number(rep.end_s, '.1f')}"),
            _result(rep),
            Text("\n").join(Text(fault.title, style=_STYLES[fault.severity]) for fault in rep.faults)
            or Text(_("none")),
        )
    return table


def _result(rep: Rep) -> Text:
    if rep.not_counted_because is None:
        text = Text(how_done(rep), style="green" if rep.clean else "")
    else:
        text = Text(_("not counted: {why}", why=why_not(rep.not_counted_because)), style="dim")
    for hold in rep.holds:
        if rep.counted:
            text.append(f"\n{_hold(hold)}")
        elif hold.duration_s > 0:  # what does not count is not judged
            text.append(f"\n{_plain(hold.id)} {number(hold.duration_s, '.1f')} s")
    for fact in rep.noted:
        text.append(f"\n{fact}")
    return text


def _hold(hold: HoldResult) -> str:
    held, required = number(hold.duration_s, ".1f"), number(hold.required_s, ".1f")
    return f"{_plain(hold.id)} {held} / {required} s, {how_held(hold)}"


def _faults(faults: tuple[FaultResult, ...]) -> Table:
    table = plain_table(_("fault"), _("worst"), _("what to do"))
    groups = _grouped((fault.id, fault) for fault in faults)
    for group in sorted(groups.values(), key=lambda group: -max(fault.severity.rank for fault in group)):
        worst = max(group, key=excess)
        severity = max((fault.severity for fault in group), key=lambda item: item.rank)
        numbers = {fault.rep for fault in group}
        where = f"{_(severity)}; {_rep_numbers(numbers)}"
        what = Text.assemble((worst.title, _STYLES[severity]), "\n", where)
        table.add_row(what, Text(_measured(worst)), Text(worst.cue))
    return table


def _measured(fault: FaultResult) -> str:
    confidence = _(_CONFIDENCES[fault.confidence])
    if fault.unit == "times":  # it happened or it did not
        return confidence
    value = amount(fault.measured, fault.unit, error=fault.error, beside=fault.limit)
    limit = _("limit {limit}", limit=amount(fault.limit, fault.unit, beside=fault.measured))
    return f"{value}\n{limit}\n{confidence}"


def _not_assessed(session: Session) -> Table:
    """Return one row for each cause, in order of time."""
    table = plain_table(_("why"), _("what"))
    first_comes_first = sorted(session.not_assessed, key=lambda item: item.from_s)
    for items in _grouped((item.reason.cause, item) for item in first_comes_first).values():
        why = Text(why_not_assessed(items[0].reason))
        if numbers := {number for item in items for number in item.reps}:
            why.append(f"\n{_rep_numbers(numbers)}")
        table.add_row(why, Text("\n".join(dict.fromkeys(item.title for item in items))))
    return table


def _rep_numbers(numbers: set[int]) -> str:
    return _n("rep {numbers}", "reps {numbers}", len(numbers), numbers=ranges(numbers))


def interruptions(session: Session) -> Iterator[str]:
    """Yield one line for each kind of interruption, with all its times; not for the end that is missing: that is told."""
    cut_short = session.duration_s if session.damaged else None
    within = [item for item in session.interruptions if item.from_s != cut_short]
    for kind, items in _grouped((item.kind, item) for item in within).items():
        times = ", ".join(
            _("{from_s:.1f} to {to_s:.1f}", from_s=item.from_s, to_s=item.to_s)
            for item in sorted(items, key=lambda item: item.from_s)
        )
        yield f"{times} s: {_(_INTERRUPTIONS[kind])}"


def _setting(name: str, value: object) -> str:
    """Return what the user set, in words."""
    words, unit = _SETTINGS.get(name, (_plain(name), ""))
    values = value if isinstance(value, list | tuple) else [value]
    told = [_("not known") if item is None else f"{_set_to(item)}{unit}" for item in values]
    return f"{_(words)} {all_of(told)}"


def _set_to(value: object) -> str:
    if isinstance(value, float):
        return number(value, "")
    return _(value) if isinstance(value, str) else str(value)


def _grouped(pairs: Iterable[tuple[_Key, _Item]]) -> dict[_Key, list[_Item]]:
    groups: dict[_Key, list[_Item]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _plain(name: str) -> str:
    return in_words(name).lower()
