"""What a batch says to people: a line for each recording, a table of all, and how to go on."""

import re
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from formcheck.batch.job import Job, Outcome, asked_for
from formcheck.language import _
from formcheck.output.listing import heading, listed, plain_table
from formcheck.output.parquet import Cell
from formcheck.readable import readable

MOST_LISTED = 40
"""With more recordings the table has a row for each exercise; the index has them all."""
MOST_ALIKE = 12
"""So many recordings are named of those for which there is the same to do."""


def line_of(job: Job, outcome: Outcome, over: int, total: int) -> str:
    """Return what came of a recording in a line, as one of so many that are over."""
    said = _reason(job, outcome) if outcome.exit_code else _named(job, _what_came_of(job, outcome))
    if outcome.exit_code and outcome.was_there:
        said = _("{said} It was so in an earlier run; it is not looked at again.", said=said)
    return _("{over} of {total}: {said}", over=over, total=total, said=said)


def _reason(job: Job, outcome: Outcome) -> str:
    """Return why a recording is not done, with its name once."""
    said, name = readable(outcome.reason), re.escape(readable(job.recording))
    return said if re.search(rf"(?<![\w/.]){name}(?!\w)", said) else _named(job, said)


def _named(job: Job, said: str) -> str:
    return _("{recording}: {said}", recording=readable(job.recording), said=said)


def _what_came_of(job: Job, outcome: Outcome) -> str:
    if outcome.was_there:
        return _("finished before.")
    figures = outcome.figures
    exercise = _exercise(job, outcome)
    if not figures["reps"] and figures["nothing_counted_because"]:
        return _("{exercise}. {reason}", exercise=exercise, reason=figures["nothing_counted_because"])
    told = {name: figures[name] for name in ("reps", "clean")}
    return _("{exercise}, {reps} counted, {clean} of them clean.", exercise=exercise, **told)


def _exercise(job: Job, outcome: Outcome) -> str:
    """Return the exercise, with what tells a recording that is analysed more than once from itself."""
    return asked_for(str(outcome.figures["exercise"]), job.options)


def summary(jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> RenderableType:
    """Return what came of all: a row for each recording, or for each exercise where there are many; and what is not done."""
    done = [outcome for outcome in outcomes if not outcome.exit_code]
    lost = [outcome for outcome in outcomes if outcome.exit_code]
    parts: list[RenderableType] = []
    if done:
        parts.append(_by_recording(jobs, done) if len(done) <= MOST_LISTED else _by_exercise(done))
    if lost:
        parts.append(heading(_("Not done")))
        parts += _by_remedy(jobs, lost)
    told = {"all": len(jobs), "done": len(done), "before": sum(outcome.was_there for outcome in done)}
    if told["before"]:
        parts += [Text(), Text(_("Recordings: {all}. Done: {done}, of these {before} in an earlier run.", **told))]
    else:
        parts += [Text(), Text(_("Recordings: {all}. Done: {done}.", **told))]
    return Group(*parts)


def _by_remedy(jobs: Sequence[Job], lost: Sequence[Outcome]) -> Iterator[RenderableType]:
    """Yield what is not done, and behind those for which there is the same to do, what that is."""
    for remedy in dict.fromkeys(outcome.remedy for outcome in lost):
        reasons = [_reason(jobs[one.number], one) for one in lost if one.remedy == remedy]
        yield listed(reasons[:MOST_ALIKE])
        after = (
            [_("And {count} more, which index.csv lists.", count=len(reasons) - MOST_ALIKE)]
            if reasons[MOST_ALIKE:]
            else []
        )
        after += [readable(remedy)] if remedy else []
        yield from (Padding(Text(line), (0, 0, 0, 2)) for line in after)


def _by_recording(jobs: Sequence[Job], done: Sequence[Outcome]) -> RenderableType:
    table = plain_table(_("recording"), _("exercise"), *_headings())
    for outcome in done:
        figures = outcome.figures
        holds = _of(_count(figures["holds_passed"]), _count(figures["holds"]))
        job = jobs[outcome.number]
        cells = (_exercise(job, outcome), *(figures[name] for name in ("reps", "clean", "with_faults")), holds)
        table.add_row(Text(readable(job.recording)), *(Text(str(cell)) for cell in cells))
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
