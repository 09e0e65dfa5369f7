"""Tables as Parquet, read back by another library than the one that wrote them."""

import math
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from pyarrow import parquet

from formcheck import installation
from formcheck.errors import FormcheckError, InstallationError, OutputError
from formcheck.output.parquet import Cell, Columns, write_parquet

COLUMNS: Columns = {"name": str, "reps": int, "held_s": float, "clean": bool}
ROWS: list[tuple[Cell, ...]] = [
    ("één, “two”\n", 3, 1.25, True),
    ("", 0, math.nan, False),
    (None, None, None, None),
    ("b", -7, 2, True),
]
FOUND = [("één, “two”\n", 3, 1.25, True), ("", 0, None, False), (None, None, None, None), ("b", -7, 2.0, True)]


def read(path: Path) -> tuple[list[str], list[str], list[tuple[object, ...]]]:
    """Return names and types of the columns, and the rows."""
    table = parquet.read_table(path)
    rows = [tuple(row.values()) for row in table.to_pylist()]
    return table.column_names, [str(item) for item in table.schema.types], rows


def test_what_is_written_is_read_with_its_types_and_gaps(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    path.write_bytes(b"an older one")
    write_parquet(path, COLUMNS, iter(ROWS), "--out DIR")
    assert read(path) == (list(COLUMNS), ["string", "int64", "double", "bool"], FOUND)


def test_types_do_not_follow_what_is_in_the_table(tmp_path: Path) -> None:
    for rows in ([], [(None, None, None, None)]):
        write_parquet(tmp_path / "empty.parquet", COLUMNS, rows, "--out DIR")
        assert read(tmp_path / "empty.parquet") == (list(COLUMNS), ["string", "int64", "double", "bool"], rows)


def test_a_long_table_is_whole(tmp_path: Path) -> None:
    write_parquet(tmp_path / "long.parquet", {"n": int}, ((number,) for number in range(150_001)), "--out DIR")
    assert read(tmp_path / "long.parquet")[2] == [(number,) for number in range(150_001)]


def test_without_the_optional_package_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installation, "version", missing)
    with pytest.raises(InstallationError) as caught:
        write_parquet(tmp_path / "table.parquet", COLUMNS, ROWS, "--out DIR")
    assert "arro3-io" in caught.value.cause
    assert "pip install '.[parquet]'" in caught.value.remedy
    assert ".csv" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[Cell, ...]]:
        yield ROWS[0]
        raise FormcheckError("Nothing more.")

    with pytest.raises(FormcheckError, match="Nothing more"):
        write_parquet(tmp_path / "table.parquet", COLUMNS, failing(), "--out DIR")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="folder stands where"):
        write_parquet(tmp_path / "folder", COLUMNS, ROWS, "--out DIR")
