"""The index: what an earlier run says stays until it is done again, and files of others are left alone."""

import csv
from pathlib import Path

import pytest

from formcheck.batch.index import Index
from formcheck.batch.job import Job, Outcome
from formcheck.errors import OutputError
from formcheck.output.folder import MARKER
from tests.batch.test_pool import a_job


def some_jobs(folder: Path, count: int = 3) -> list[Job]:
    return [a_job(number, folder / f"{number}.mp4", folder) for number in range(count)]


def cells(folder: Path, *names: str) -> list[list[str]]:
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        return [[row[name] for name in names] for row in csv.DictReader(file)]


def test_what_was_known_of_recordings_that_are_not_reached_stays(tmp_path: Path) -> None:
    jobs = some_jobs(tmp_path)
    index = Index(str(tmp_path), jobs)
    index.begin()
    for outcome in (Outcome(2, 0, "", {"reps": 7, "held_s": 1.5}), Outcome(1, 3, "Broken, it is.", fingerprint="f")):
        index.add(outcome)
    index.finish()
    assert cells(tmp_path, "folder", "exit_code", "reps") == [["1.formcheck", "3", ""], ["2.formcheck", "0", "7"]]
    again = Index(str(tmp_path), jobs)
    assert [(place, was.exit_code, was.reason) for place, was in again.earlier().items()] == [
        ("1.formcheck", 3, "Broken, it is.")
    ]
    again.begin()
    again.add(Outcome(0, 0, "", {"reps": 1}))
    again.finish()
    assert cells(tmp_path, "folder", "reps", "held_s") == [
        ["0.formcheck", "1", ""], ["1.formcheck", "", ""], ["2.formcheck", "7", "1.5"],
    ]  # fmt: skip


def test_each_recording_is_in_it_as_soon_as_it_is_over(tmp_path: Path) -> None:
    index = Index(str(tmp_path), some_jobs(tmp_path))
    index.begin()
    index.add(Outcome(1))
    assert cells(tmp_path, "folder") == [["1.formcheck"]]


def test_the_rows_are_those_of_the_recordings_that_are_asked_for(tmp_path: Path) -> None:
    first = Index(str(tmp_path), some_jobs(tmp_path, 2))
    first.begin()
    first.add(Outcome(0))
    first.add(Outcome(1))
    first.finish()
    second = Index(str(tmp_path), some_jobs(tmp_path, 1))
    second.begin()
    second.finish()
    assert cells(tmp_path, "folder") == [["0.formcheck"]]


def test_results_that_are_still_there_stay_in_it_though_they_are_not_asked_for(tmp_path: Path) -> None:
    first, second = some_jobs(tmp_path, 3), some_jobs(tmp_path, 1)
    index = Index(str(tmp_path), first)
    index.begin()
    for job in first:
        index.add(Outcome(job.number, 0, "", {"reps": job.number}))
    index.finish()
    (tmp_path / first[2].place).mkdir()
    (tmp_path / first[2].place / MARKER).touch()
    for _ in range(2):
        again = Index(str(tmp_path), second)
        again.begin()
        again.finish()
        assert cells(tmp_path, "folder", "reps") == [["0.formcheck", "0"], ["2.formcheck", "2"]]


def test_a_file_that_is_no_index_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(OutputError, match="no index of recordings"):
        Index(str(tmp_path), some_jobs(tmp_path)).earlier()
