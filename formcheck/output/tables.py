"""Long tables as files, in the format that the name of the file asks for."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.language import _, any_of
from formcheck.output.parquet import Cell, Columns, need_parquet, write_parquet
from formcheck.writing import make_folder, refuse_old_file, written_whole

TABLES = (".csv", ".parquet")
_ROWS_AT_ONCE = 1_000


def refuse_place(path: Path, option: str, endings: Sequence[str]) -> None:
    """Refuse a file that could not be written, before any work is done for it.

    Parameters
    ----------
    path
        The file.
    option
        What chooses another place, as people type it: ``--signals FILE``.
    endings
        What its name may end in.

    Raises
    ------
    UsageError
        Its name ends otherwise.
    InstallationError
        A package that writes it is missing.
    OutputError
        Something is there already.
    """
    if path.suffix.lower() not in endings:
        name = option.partition(" ")[0]
        raise UsageError(
            _("{path}: the name does not end in {endings}.", path=path, endings=any_of(endings)),
            _("Say for example {option} my{ending}.", option=name, ending=endings[0]),
        )
    if path.suffix.lower() == ".parquet":
        need_parquet()
    refuse_old_file(path, option)


def write_table(path: Path, columns: Columns, rows: Iterable[Sequence[Cell]], option: str) -> None:
    """Write a table as CSV or Parquet, as its name ends, whole or not at all.

    In a CSV, NaN is a number that is not known, and an empty cell anything else that is not.

    Parameters
    ----------
    path
        The file; its folder is made if need be.
    columns, rows, option
        As for `formcheck.output.parquet.write_parquet`.

    Raises
    ------
    InstallationError, OutputError
        As for `refuse_place`; the file cannot be written.
    """
    make_folder(path.parent, option)
    if path.suffix.lower() == ".parquet":
        write_parquet(path, columns, rows, option)
        return
    left = chain([tuple(columns)], _texts(columns, rows))
    with written_whole(path, option) as file:
        while some := list(islice(left, _ROWS_AT_ONCE)):
            text = io.StringIO(newline="")
            csv.writer(text).writerows(some)
            file.write(text.getvalue().encode(errors="backslashreplace"))


def _texts(columns: Columns, rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[str, ...]]:
    kinds = tuple(columns.values())
    for row in rows:
        yield tuple(_text(cell, kind) for cell, kind in zip(row, kinds, strict=True))


def _text(cell: Cell, kind: type) -> str:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return "NaN" if kind is float else ""
    return str(cell)
