"""What is said of many recordings: each by its name once, and what there is to do once for all that it helps."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from formcheck.batch.job import Outcome, failed
from formcheck.batch.texts import MOST_ALIKE, line_of, summary
from formcheck.cli_printing import progress_bar
from formcheck.errors import InputError, NotSureError
from formcheck.output.parquet import Cell
from formcheck.pipeline import Options
from tests.batch.test_pool import a_job

CLOSER = "Come closer."


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("a b.mp4 is empty.", "3 of 9: a b.mp4 is empty."),
        ("There is no file a b.mp4.", "3 of 9: There is no file a b.mp4."),
        ("Nobody is there.", "3 of 9: a b.mp4: Nobody is there."),
        ("It is not day 1/a b.mp4.", "3 of 9: a b.mp4: It is not day 1/a b.mp4."),
    ],
)
def test_a_recording_is_named_once(reason: str, expected: str, tmp_path: Path) -> None:
    job = a_job(0, tmp_path / "a b.mp4", tmp_path)
    assert line_of(job, failed(job, InputError(reason, "Do something.")), 3, 9) == expected


@pytest.mark.parametrize("name", ["a.mp4", "a" * 200 + ".mp4", "蹲" * 90])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_how_far_it_is_shows_beside_any_name(name: str, width: int) -> None:
    progress = progress_bar()
    progress.add_task(name, total=8, completed=2)
    console = Console(width=width)
    with console.capture() as caught:
        console.print(progress.get_renderable())
    (line,) = caught.get().splitlines()
    assert line.startswith(name[:4])
    assert " 25% -:--:--" in line


def test_what_to_do_is_said_once_for_all_that_it_helps(tmp_path: Path) -> None:
    jobs = [a_job(number, tmp_path / f"{number}.mp4", tmp_path) for number in range(MOST_ALIKE + 5)]
    errors = {0: InputError("Too far away.", CLOSER), 2: InputError("Too dark.", CLOSER)}
    outcomes = [
        failed(job, errors.get(job.number, NotSureError("Not sure.", "formcheck replay", ("dead_bug",))))
        for job in jobs
    ]
    console = Console(width=120)
    with console.capture() as caught:
        console.print(summary(jobs, outcomes))
    lines = [line.strip() for line in caught.get().splitlines()]
    assert lines[2:5] == ["- 0.mp4: Too far away.", "- 2.mp4: Too dark.", CLOSER]
    assert lines[5] == "- 1.mp4: Not sure. Most like: dead_bug."
    assert "replay" not in caught.get()
    assert caught.get().count("--list") == 1
    assert sum(line.startswith("-") for line in lines) == 2 + MOST_ALIKE
    assert "And 3 more, which index.csv lists." in lines
    assert lines[-1] == f"Recordings: {len(jobs)}. Done: 0."


def test_a_recording_that_is_analysed_twice_is_told_from_itself(tmp_path: Path) -> None:
    job = a_job(0, tmp_path / "a.mp4", tmp_path)
    jobs = [
        replace(job, number=number, options=Options(level=level)) for number, level in enumerate(["basic", "harder"])
    ]
    figures: dict[str, Cell] = {
        "exercise": "dead_bug",
        "reps": 2,
        "clean": 1,
        "with_faults": 1,
        "holds": 0,
        "holds_passed": 0,
    }
    lines = [line_of(job, Outcome(job.number, figures=figures), 1, 2) for job in jobs]
    assert lines == [f"1 of 2: a.mp4: dead_bug-{level}, 2 counted, 1 of them clean." for level in ("basic", "harder")]
