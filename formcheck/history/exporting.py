"""The history as a file for other programs: every session whole as JSON, or a row of figures for each as CSV."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.history.figures import figures_of
from formcheck.history.store import Kept
from formcheck.language import _
from formcheck.output.rounding import digits_of_unit, rounded
from formcheck.writing import make_folder, refuse_old_file, written_whole

SCHEMA = "formcheck.history/1"
OPTION = "history export FILE"

COLUMNS = (
    "number", "person", "date", "command", "recording", "source", "exercise", "level", "model", "backend", "version",
    "rule_sha256", "stopped", "reps", "reps_left", "reps_right", "clean", "with_faults", "not_judged", "holds",
    "holds_passed", "held_s", "required_s", "moved", "unit", "range_left", "range_right", "range", "range_error",
)  # fmt: skip
"""Of a CSV; means are over the counted repetitions, and what was not seen is empty."""


def export_history(sessions: Sequence[Kept], path: Path) -> None:
    """Write sessions to a file, as its name ends: ``.json`` or ``.csv``.

    Raises
    ------
    UsageError
        The name ends otherwise.
    OutputError
        Something is there already, or the file cannot be written.
    """
    as_text = {".csv": _csv, ".json": _json}.get(path.suffix.lower())
    if as_text is None:
        raise UsageError(
            _("{path}: the name ends in neither .csv nor .json.", path=path),
            _("Say for example: history export all.csv"),
        )
    refuse_old_file(path, OPTION)
    make_folder(path.parent, OPTION)
    with written_whole(path, OPTION) as file:
        file.write(as_text(sessions).encode(errors="backslashreplace"))


def _json(sessions: Sequence[Kept]) -> str:
    documents = [
        {
            "number": kept.number,
            "person": kept.entry.person or None,
            "command": kept.entry.command,
            "recording": kept.entry.recording,
            "rule_sha256": kept.entry.rule_sha256,
            "session": json.loads(kept.entry.document),
        }
        for kept in sessions
    ]
    return json.dumps({"schema": SCHEMA, "sessions": documents}, ensure_ascii=False, indent=1) + "\n"


def _csv(sessions: Sequence[Kept]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for kept in sessions:
        writer.writerow("" if cell is None else cell for cell in _row(kept))
    return text.getvalue()


def _row(kept: Kept) -> Iterator[str | int | float | None]:
    entry, document, figures = kept.entry, kept.document, figures_of([kept])
    yield from (kept.number, entry.person, entry.date, entry.command, entry.recording, document.source.path)
    yield from (entry.exercise, document.level, entry.model, document.backend, document.version, entry.rule_sha256)
    yield "yes" if document.interrupted else "no"
    yield from (figures.reps, figures.left, figures.right, figures.clean, figures.faulty, figures.not_judged)
    yield from (figures.holds, figures.holds_passed, rounded(figures.held_s), rounded(figures.required_s))
    reach = figures.reach
    if reach is None:
        yield from (None,) * 6
        return
    digits = digits_of_unit(reach.unit)
    yield from (reach.signal, reach.unit)
    yield from (rounded(value, digits) for value in (reach.left, reach.right, reach.whole, reach.error))
