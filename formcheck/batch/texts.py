"""What a batch says to people: a line for each recording, a table of all, and how to go on."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.batch.job import Job, Outcome
from formcheck.language import _
from formcheck.output.listing import heading, listed, plain_table
from formcheck.output.parquet import Cell
from formcheck.readable import readable

MOST_LISTED = 40
"""With more recordings the table has a row for each exercise; the index has them all."""


def line_of(job: Job, outcome: Outcome, over: int, total: int) -> str:
    """Return what came of a recording in a line, as one of so many that are over."""
    where = _("{over} of {total}: {recording}", over=over, total=total, recording=readable(job.recording))
    return f"{where}: {_what_came_of(outcome)}"


def _what_came_of(outcome: Outcome) -> str:
    if outcome.exit_code:
        return readable(outcome.reason)
    if outcome.was_there:
        return _("finished before.")
    figures = outcome.figures
    if not figures["reps"] and figures["nothing_counted_because"]:
        return f"{figures['exercise']}. {figures['nothing_counted_because']}"
    told = {name: figures[name] for name in ("exercise", "reps", "clean")}
    return _("{exercise}, {reps} counted, {clean} of them clean.", **told)


def summary(jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> RenderableType:
    """Return what came of all: a row for each recording, or for each exercise where there are many; and what is not done."""
    done = [outcome for outcome in outcomes if not outcome.exit_code]
    lost = [outcome for outcome in outcomes if outcome.exit_code]
    parts: list[RenderableType] = []
    if done:
        parts.append(_by_recording(jobs, done) if len(done) <= MOST_LISTED else _by_exercise(done))
    if lost:
        parts.append(heading(_("Not done")))
        reasons = [f"{readable(jobs[one.number].recording)}: {readable(one.reason)}" for one in lost]
        parts.append(listed(reasons[:MOST_LISTED]))
        if len(reasons) > MOST_LISTED:
            parts.append(Text(_("And {count} more, which index.csv lists.", count=len(reasons) - MOST_LISTED)))
    told = {"all": len(jobs), "done": len(done), "before": sum(outcome.was_there for outcome in done)}
    parts += [Text(), Text(_("Recordings: {all}. Done: {done}, of these {before} in an earlier run.", **told))]
    return Group(*parts)


def _by_recording(jobs: Sequence[Job], done: Sequence[Outcome]) -> RenderableType:
    table = plain_table(_("recording"), _("exercise"), *_headings())
    for outcome in done:
        figures = outcome.figures
        holds = _of(_count(figures["holds_passed"]), _count(figures["holds"]))
        cells = (figures[name] for name in ("exercise", "reps", "clean", "with_faults"))
        table.add_row(Text(readable(jobs[outcome.number].recording)), *(Text(str(cell)) for cell in cells), Text(holds))
    return table


def _by_exercise(done: Sequence[Outcome]) -> RenderableType:
    table = plain_table(_("exercise"), _("recordings"), *_headings())
    for exercise in sorted({str(outcome.figures["exercise"]) for outcome in done}):
        those = [outcome.figures for outcome in done if outcome.figures["exercise"] == exercise]
        sums = (sum(_count(one[name]) for one in those) for name in ("reps", "clean", "with_faults"))
        holds, passed = (sum(_count(one[name]) for one in those) for name in ("holds", "holds_passed"))
        cells = (exercise, len(those), *sums, _of(passed, holds))
        table.add_row(*(Text(str(cell)) for cell in cells))
    return table


def _headings() -> tuple[str, ...]:
    return _("counted"), _("clean"), _("with faults"), _("holds")


def _of(passed: int, holds: int) -> str:
    return _("{part} of {all}", part=passed, all=holds) if holds else "-"


def _count(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
