"""Tables as Parquet: columns with types, compressed, as pandas, polars, DuckDB and R read them."""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from formcheck.errors import InstallationError
from formcheck.installation import extra_hint, usable_version
from formcheck.language import _
from formcheck.writing import written_whole

Cell = bool | int | float | str | None
Columns = Mapping[str, type[bool] | type[int] | type[float] | type[str]]
"""What each column of a table holds, by its name, in their order."""

_ROWS_AT_ONCE = 65_536


def need_parquet() -> None:
    """Refuse where Parquet cannot be written, before any work is done for it.

    Raises
    ------
    InstallationError
        The optional package is missing.
    """
    try:
        usable_version("arro3-io", "arro3.io")
    except InstallationError as error:
        cause = _("{cause} Parquet files are written by it.", cause=error.cause)
        remedy = _("{remedy}. Or write a .csv, which needs nothing.", remedy=extra_hint("parquet"))
        raise InstallationError(cause, remedy) from error


def write_parquet(path: Path, columns: Columns, rows: Iterable[Sequence[Cell]], option: str) -> None:
    """Write a table, whole or not at all, in place of an older one.

    Parameters
    ----------
    path
        The file; its folder must exist.
    columns
        Names and types of the columns.
    rows
        A cell for each column. None, and a number that is not finite, become null: not known.
    option
        What chooses another place, as people type it.

    Raises
    ------
    InstallationError
        The optional package is missing.
    OutputError
        The file cannot be written.
    """
    need_parquet()
    data = _packed(columns, rows)
    with written_whole(path, option) as file:
        file.write(data)


def _packed(columns: Columns, rows: Iterable[Sequence[Cell]]) -> bytes:
    from arro3.core import Array, DataType, Field, RecordBatch, Schema, Table
    from arro3.io import write_parquet as pack

    types = {bool: DataType.bool(), int: DataType.int64(), float: DataType.float64(), str: DataType.utf8()}
    schema = Schema([Field(name, types[kind]) for name, kind in columns.items()])
    batches = []
    left = iter(rows)
    while some := list(islice(left, _ROWS_AT_ONCE)):
        cells = zip(*some, strict=True)
        arrays = [
            Array([_known(cell) for cell in column], types[kind])
            for column, kind in zip(cells, columns.values(), strict=True)
        ]
        batches.append(RecordBatch.from_arrays(arrays, schema=schema))
    packed = io.BytesIO()
    pack(Table.from_batches(batches, schema=schema), packed, compression="zstd(3)")
    return packed.getvalue()


def _known(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
