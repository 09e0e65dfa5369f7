"""The results for spreadsheets: reps.csv, a row for each repetition or attempt."""

import csv
import io
import math
from collections.abc import Iterator
from pathlib import Path

from formcheck.exercise.results import Rep
from formcheck.exercise.session_result import Session
from formcheck.output.rounding import digits_of, rounded, rounded_s
from formcheck.output.sentences import why_not
from formcheck.writing import write_atomically

REP_COLUMNS = ("number", "side", "start_s", "end_s", "counted", "clean", "held_s", "faults", "reason", "set")
"""Columns of reps.csv before those of the measures."""


def write_reps_csv(session: Session, path: Path) -> None:
    """Write reps.csv: one row per repetition or attempt, each measure's lowest and highest value as two columns.

    The columns are `REP_COLUMNS`, then the measures in alphabetical order. Text is UTF-8 with a byte order mark,
    without which spreadsheets misread "°"; what was not seen is empty; faults are joined by ``"; "``.

    Parameters
    ----------
    session
        The result of one analysis.
    path
        The file.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    measures = sorted({name for rep in session.reps for name in rep.measures})
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*REP_COLUMNS, *(f"{name}_{end}" for name in measures for end in ("min", "max"))])
    for rep in session.reps:
        writer.writerow([*_row(rep), str(session.set_of(rep)), *_ends(rep, measures)])
    write_atomically(path, text.getvalue().encode("utf-8-sig", errors="backslashreplace"))


def _row(rep: Rep) -> Iterator[str]:
    yield str(rep.number)
    yield rep.side or ""
    yield _cell(rounded_s(rep.start_s))
    yield _cell(rounded_s(rep.end_s))
    yield str(rep.counted).lower()
    yield str(rep.clean).lower()
    yield _cell(rounded_s(math.fsum(hold.duration_s for hold in rep.holds))) if rep.holds else ""
    yield "; ".join(fault.id for fault in rep.faults)
    reason = "" if rep.not_counted_because is None else why_not(rep.not_counted_because)
    # A spreadsheet runs what starts like a formula.
    yield f"'{reason}" if reason.startswith(("=", "+", "-", "@")) else reason


def _ends(rep: Rep, measures: list[str]) -> Iterator[str]:
    for name in measures:
        for value in rep.measures.get(name, (math.nan, math.nan)):
            yield _cell(rounded(value, digits_of(name)))


def _cell(value: float | None) -> str:
    return "" if value is None else str(value)
