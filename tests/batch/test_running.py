"""What is to be done with recordings, before any of it is begun."""

from pathlib import Path

import pytest

from formcheck.batch.finding import file_at
from formcheck.batch.job import Manner
from formcheck.batch.running import Wanted, jobs_of
from formcheck.errors import UsageError
from formcheck.exercise.rulebook import load_rules
from formcheck.pipeline import Options

KNOWN = load_rules()
MANNER = Manner("lite", "litert")


def test_each_recording_has_its_exercise_its_options_and_its_place(tmp_path: Path) -> None:
    asked = (
        ("a.mp4", "dead-bug", Options(level="harder", answers={})), ("a.mp4", "auto", Options(side="left")),
        ("b.mp4", "Dead bug", Options()),
    )  # fmt: skip
    wanted = [Wanted(file_at(str(tmp_path / name)), exercise, options) for name, exercise, options in asked]
    jobs = jobs_of(wanted, str(tmp_path / "out"), MANNER, KNOWN)
    assert [job.exercise for job in jobs] == ["dead_bug", "auto", "dead_bug"]
    assert [job.options for job in jobs] == [options for _, _, options in asked]
    places = ["a.mp4-dead_bug-harder.formcheck", "a.mp4-auto-left.formcheck", "b.mp4.formcheck"]
    assert [job.place for job in jobs] == places
    assert [job.folder for job in jobs] == [str(tmp_path / "out" / place) for place in places]


@pytest.mark.parametrize(("exercise", "level"), [("juggling", None), ("dead_bug", "mad"), ("auto", "basic")])
def test_what_there_is_not_is_refused(exercise: str, level: str | None, tmp_path: Path) -> None:
    wanted = [Wanted(file_at("a.mp4"), "dead_bug", Options()), Wanted(file_at("b.mp4"), exercise, Options(level=level))]
    with pytest.raises(UsageError):
        jobs_of(wanted, str(tmp_path), MANNER, KNOWN)
