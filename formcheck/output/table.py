"""The result of a session for the terminal; it reads as well without colour, in 80 columns and in a pipe."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TypeVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from formcheck.exercise.results import FaultResult, HoldResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Severity
from formcheck.output.amounts import amount, ranges
from formcheck.output.answers import answered
from formcheck.output.listing import facts, heading, listed, plain_table
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
    "given": "as you said",
    "recognised": "recognised from the pose; choose another with --level",
    "assumed": "assumed; choose another with --level",
}
_CALIBRATIONS = {
    "standing": "measured while standing still",
    "running": "measured along the way",
    "default": "not measured, those of an average body were assumed",
}
_VIEWS = {
    "left": "left side",
    "right": "right side",
    "oblique_left": "45° from the left",
    "oblique_right": "45° from the right",
}
_SETTINGS = {
    "reps": ("repetitions", ""),
    "hold_s": ("hold", " s"),
    "end_point_deg": ("end points left and right", "°"),
    "fov_deg": ("angle of view", "°"),
}
_INTERRUPTIONS = {
    "cut": "the picture changed to another scene",
    "hand_over": "another person took over",
    "lost": "nobody could be followed",
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
        yield heading("Faults")
        yield _faults(session.faults)
    if session.not_assessed:
        yield heading("Not assessed")
        yield _not_assessed(session)
    if interrupted := list(interruptions(session)):
        yield heading("Interruptions")
        yield listed(interrupted)
    if advice := next_time(session):
        yield heading("For the next recording")
        yield listed(advice)
    if session.not_visible:
        yield heading("What a camera cannot see")
        yield listed(session.not_visible)
    if session.questions:
        yield heading("What only you know")
        yield listed(answered(session))


def _verdict(session: Session) -> Text:
    head, rest = verdict(session)
    return Text.assemble((head, "bold"), rest)


def header_rows(session: Session) -> dict[str, str]:
    """Return what a recording is and how it was looked at, by heading; empty where there is nothing to say."""
    source = session.source
    name = readable(PurePath(source.path).name or source.path)
    return {
        "source": f"{name}, {source.width} x {source.height}, {session.duration_s:.1f} s, model {session.model}",
        "exercise": session.exercise + (" (recognised)" if session.exercise_source == "recognised" else ""),
        "level": f"{session.level} ({_LEVEL_SOURCES.get(session.level_source, session.level_source)})"
        if session.level is not None
        else "",
        "view": f"{_VIEWS.get(session.view_seen, session.view_seen)}; best is {session.view_wanted}",
        "proportions": _CALIBRATIONS[session.calibration.source],
        "followed": f"{session.tracked:.0%} of the pictures",
        "settings": ", ".join(_setting(name, value) for name, value in session.settings.items() if value is not None),
        "damaged": session.damaged or "",
        "rule": readable(" ".join(session.rule_failures)),
        "stopped": f"by you at {session.duration_s:.1f} s" if session.interrupted else "",
    }


def _header(session: Session) -> Table:
    return facts(header_rows(session).items())


def _reps(session: Session) -> Table:
    sided = any(rep.side is not None for rep in session.reps)
    in_sets = len(session.sets_from_s) > 1
    table = plain_table(
        *(["set"] if in_sets else []), "#", *(["side"] if sided else []), "time (s)", "result", "faults"
    )
    for column in table.columns[:-2]:
        column.no_wrap = True
    for rep in sorted(session.reps, key=lambda rep: (rep.start_s, rep.number)):
        table.add_row(
            *([Text(str(session.set_of(rep)))] if in_sets else []),
            Text(str(rep.number)),
            *([Text(rep.side or "-")] if sided else []),
            Text(f"{rep.start_s:.1f} - {rep.end_s:.1f}"),
            _result(rep),
            Text("\n").join(Text(fault.title, style=_STYLES[fault.severity]) for fault in rep.faults) or Text("none"),
        )
    return table


def _result(rep: Rep) -> Text:
    if rep.not_counted_because is None:
        text = Text(how_done(rep), style="green" if rep.clean else "")
    else:
        text = Text(f"not counted: {why_not(rep.not_counted_because)}", style="dim")
    for hold in rep.holds:
        if rep.counted:
            text.append(f"\n{_hold(hold)}")
        elif hold.duration_s > 0:  # what does not count is not judged
            text.append(f"\n{_plain(hold.id)} {hold.duration_s:.1f} s")
    for fact in rep.noted:
        text.append(f"\n{fact}")
    return text


def _hold(hold: HoldResult) -> str:
    return f"{_plain(hold.id)} {hold.duration_s:.1f} / {hold.required_s:.1f} s, {how_held(hold)}"


def _faults(faults: tuple[FaultResult, ...]) -> Table:
    table = plain_table("fault", "worst", "what to do")
    groups = _grouped((fault.id, fault) for fault in faults)
    for group in sorted(groups.values(), key=lambda group: -max(fault.severity.rank for fault in group)):
        worst = max(group, key=excess)
        severity = max((fault.severity for fault in group), key=lambda item: item.rank)
        numbers = {fault.rep for fault in group}
        where = f"{severity}; {_rep_numbers(numbers)}"
        what = Text.assemble((worst.title, _STYLES[severity]), "\n", where)
        table.add_row(what, Text(_measured(worst)), Text(worst.cue))
    return table


def _measured(fault: FaultResult) -> str:
    confidence = f"{fault.confidence} confidence"
    if fault.unit == "times":  # it happened or it did not
        return confidence
    value = amount(fault.measured, fault.unit, error=fault.error, beside=fault.limit)
    return f"{value}\nlimit {amount(fault.limit, fault.unit, beside=fault.measured)}\n{confidence}"


def _not_assessed(session: Session) -> Table:
    """Return one row for each cause, in order of time."""
    table = plain_table("why", "what")
    first_comes_first = sorted(session.not_assessed, key=lambda item: item.from_s)
    for items in _grouped((item.reason.cause, item) for item in first_comes_first).values():
        why = Text(why_not_assessed(items[0].reason))
        if numbers := {number for item in items for number in item.reps}:
            why.append(f"\n{_rep_numbers(numbers)}")
        table.add_row(why, Text("\n".join(dict.fromkeys(item.title for item in items))))
    return table


def _rep_numbers(numbers: set[int]) -> str:
    return f"rep{'' if len(numbers) == 1 else 's'} {ranges(numbers)}"


def interruptions(session: Session) -> Iterator[str]:
    """Yield one line for each kind of interruption, with all its times; not for the end that is missing: that is told."""
    cut_short = session.duration_s if session.damaged else None
    within = [item for item in session.interruptions if item.from_s != cut_short]
    for kind, items in _grouped((item.kind, item) for item in within).items():
        times = ", ".join(
            f"{item.from_s:.1f} to {item.to_s:.1f}" for item in sorted(items, key=lambda item: item.from_s)
        )
        yield f"{times} s: {_INTERRUPTIONS[kind]}"


def _setting(name: str, value: object) -> str:
    """Return what the user set, in words."""
    words, unit = _SETTINGS.get(name, (_plain(name), ""))
    values = value if isinstance(value, list | tuple) else [value]
    return f"{words} {' and '.join('not known' if item is None else f'{item}{unit}' for item in values)}"


def _grouped(pairs: Iterable[tuple[_Key, _Item]]) -> dict[_Key, list[_Item]]:
    groups: dict[_Key, list[_Item]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _plain(name: str) -> str:
    return name.replace("_", " ")
