"""A CSV of recordings: what it may say, and what is told of lines that are wrong."""

from pathlib import Path

import pytest

from formcheck.batch.list_file import read_list
from formcheck.errors import InputError, UsageError
from formcheck.exercise.rulebook import load_rules
from formcheck.pipeline import Options

KNOWN = load_rules()


def saved(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("parted_by", [",", ";"])
def test_each_line_names_a_file_and_what_it_shows(tmp_path: Path, parted_by: str) -> None:
    text = "file,exercise,level,side\r\na.mp4,dead-bug,harder,\r\n\r\nday 1/b.mp4,,,left\r\n".replace(",", parted_by)
    first, second = read_list(saved(tmp_path, text, "utf-8-sig"), None, Options(reps=5), KNOWN)
    assert (first.exercise, first.options.level, first.options.side, first.options.reps) == (
        "dead_bug",
        "harder",
        None,
        5,
    )
    assert (second.exercise, second.options.level, second.options.side) == ("auto", None, "left")
    assert [Path(one.found.path) for one in (first, second)] == [tmp_path / "a.mp4", tmp_path / "day 1" / "b.mp4"]


def test_results_lie_as_the_list_names_the_recordings(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    text = "file\nday 1/a.mp4\n./day 2/../day 2/a.mp4\n../b.mp4\n"
    wanted = read_list(saved(tmp_path / "lists", text), "dead_bug", Options(), KNOWN)
    assert [one.found.within for one in wanted] == [("day 1", "a.mp4"), ("day 2", "a.mp4"), ("b.mp4",)]


def test_what_a_line_leaves_out_is_as_for_all(tmp_path: Path) -> None:
    (one,) = read_list(saved(tmp_path, "file\ns3://bucket/a.mp4\n"), "dead_bug", Options(level="basic"), KNOWN)
    assert (one.exercise, one.options.level, one.found.path) == ("dead_bug", "basic", "s3://bucket/a.mp4")


def test_lines_that_are_wrong_are_told_of_with_their_numbers(tmp_path: Path) -> None:
    lines = [
        "side,file,exercise,level", ",a.mp4,dead_bug,", ",a.mp4,juggling,", ",,dead_bug,", "up,b.mp4,dead_bug,",
        ",c.mp4,dead_bug,mad", ",d.mp4,auto,basic", ",a.mp4,dead-bug,",
    ]  # fmt: skip
    with pytest.raises(UsageError) as caught:
        read_list(saved(tmp_path, "\n".join(lines)), None, Options(), KNOWN)
    told = caught.value.remedy.splitlines()
    assert [line.partition(":")[0] for line in told[:-1]] == [f"Line {number}" for number in range(3, 9)]
    for line, word in zip(
        told, ["juggling", "no file", ": side is 'up'; expected left or right", "mad", "level", "line 2"], strict=False
    ):
        assert word in line


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"a.mp4,dead_bug\n", "Line 1"), (b"file,weight\na.mp4,3\n", "Line 1"), (b"file,exercise\n", "no recordings"),
        (b"", "Line 1"),
    ],
)  # fmt: skip
def test_a_list_that_says_nothing_is_told_of(tmp_path: Path, content: bytes, word: str) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    with pytest.raises(UsageError, match=word):
        read_list(tmp_path / "list.csv", None, Options(), KNOWN)


def test_a_list_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_list(tmp_path / "none.csv", None, Options(), KNOWN)
    (tmp_path / "list.csv").write_bytes(b"file\n\xff\xfe.mp4\n")
    with pytest.raises(InputError, match="UTF-8"):
        read_list(tmp_path / "list.csv", None, Options(), KNOWN)
