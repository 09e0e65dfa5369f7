"""A CSV that says for each recording which exercise it shows, at which level and on which side."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from formcheck.batch.finding import file_at
from formcheck.batch.running import Wanted
from formcheck.choosing import rule_named
from formcheck.errors import InputError, UsageError
from formcheck.exercise.rulebook import Rule, id_of
from formcheck.fields import FieldError, path_in_words, said_of
from formcheck.language import _
from formcheck.output.folder_names import is_address
from formcheck.pipeline import Options
from formcheck.recorded_run import AUTO
from formcheck.system_errors import in_words

COLUMNS = ("file", "exercise", "level", "side")
MOST_TOLD = 20
"""So many wrong lines are told of at once."""


def read_list(path: Path, exercise: str | None, options: Options, known: Mapping[str, Rule]) -> list[Wanted]:
    """Return what a list asks for.

    Its columns are ``file`` and, where wanted, ``exercise``, ``level`` and ``side``, in any order, parted by commas or
    semicolons. Files are seen from the folder of the list. What is empty is as for all; the exercise else is recognised.

    Parameters
    ----------
    path
        The list.
    exercise, options
        As for all recordings that say nothing else.
    known
        All rules.

    Raises
    ------
    InputError
        The list cannot be read.
    UsageError
        Lines of it are wrong: says which, and why.
    """
    rows = _rows(path)
    wanted: list[Wanted] = []
    wrong: list[str] = []
    lines: dict[tuple[str, str], int] = {}
    for line, row in rows:
        try:
            one = _wanted(path, row, exercise, options, known)
        except UsageError as error:
            wrong.append(_("Line {line}: {cause}", line=line, cause=error.cause))
            continue
        before = lines.setdefault((one.found.path, one.kind), line)
        if before != line:
            wrong.append(_("Line {line}: it asks for the same as line {before}.", line=line, before=before))
        wanted.append(one)
    if wrong:
        more = [_("And {count} more.", count=len(wrong) - MOST_TOLD)] if len(wrong) > MOST_TOLD else []
        raise UsageError(
            _("{path} has lines that are wrong; nothing was begun.", path=path),
            "\n".join([*wrong[:MOST_TOLD], *more, _("`formcheck exercises` lists the exercises and their levels.")]),
        )
    if not wanted:
        raise UsageError(
            _("{path} lists no recordings.", path=path),
            _("Give it a line for each, below {columns}.", columns=",".join(COLUMNS)),
        )
    return wanted


def _wanted(
    path: Path, row: Mapping[str, str], exercise: str | None, options: Options, known: Mapping[str, Rule]
) -> Wanted:
    file = row.get("file", "")
    if not file:
        raise UsageError(_("it names no file."))
    where = file if is_address(file) else str(path.parent / file)
    named = row.get("exercise", "") or exercise or AUTO
    try:
        chosen = replace(options, **{name: row[name] for name in ("level", "side") if row.get(name)})  # type: ignore[arg-type]
    except FieldError as error:
        raise UsageError(said_of(path_in_words(error.path), error.said)) from error
    rule = rule_named(known, named, chosen)
    return Wanted(file_at(where, str(path.parent)), AUTO if rule is None else id_of(named), chosen)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the lines that say something, with their numbers."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {why}.", path=path, why=in_words(error)), _("Give --list a CSV file.")
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(_("{path} is no text in UTF-8.", path=path), _("Save it as CSV in UTF-8.")) from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    header = [name.strip().lower() for name in next(reader, [])]
    if "file" not in header or not set(header) <= set(COLUMNS) or len(set(header)) < len(header):
        raise UsageError(
            _("Line 1 of {path} must name the columns: file and, where wanted, exercise, level and side.", path=path),
            _("Begin it for example with {columns}.", columns=",".join(COLUMNS)),
        )
    rows = []
    for cells in reader:
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if any(row.values()):
            rows.append((reader.line_num, row))
    return rows
