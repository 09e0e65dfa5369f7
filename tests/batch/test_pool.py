"""Processes of this computer: one that dies costs the recording that killed it, and no other."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.batch.job import Job, Manner, Outcome
from formcheck.batch.pool import Pool
from formcheck.pipeline import Options
from tests.capture.clips import grey, write_clip

pytestmark = pytest.mark.xdist_group("batch")


def a_job(number: int, clip: Path, out: Path, rules: tuple[str, ...] = ()) -> Job:
    manner = Manner("lite", "litert", 1, video=False, report=False, rules=rules)
    place = f"{number}.formcheck"
    return Job(number, clip.name, str(clip), str(out / place), place, "dead_bug", Options(), manner)


def test_a_recording_that_kills_its_process_costs_no_other(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "grey.mp4", [grey(level, 160, 120) for level in (60, 90, 120)])
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "deadly.py").write_text("import os\nos._exit(9)\n", encoding="utf-8")
    jobs = [a_job(number, clip, tmp_path, (str(tmp_path / "rules"),) if number == 1 else ()) for number in range(4)]
    outcomes = {one.number: one for one in Pool(2).run(jobs, lambda *_: None, threading.Event())}
    assert [outcomes[number].exit_code for number in range(4)] == [4, 1, 4, 4]
    assert "died" in outcomes[1].reason


def test_once_it_is_to_end_no_other_recording_is_begun(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "grey.mp4", [grey(90, 160, 120)] * 3)
    stop = threading.Event()
    outcomes: list[Outcome] = []
    for outcome in Pool(1).run([a_job(number, clip, tmp_path) for number in range(4)], lambda *_: None, stop):
        outcomes.append(outcome)
        stop.set()
    assert [one.number for one in outcomes] == [0]


def test_who_goes_away_does_not_wait_for_the_work(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "long.mp4", [grey(level % 200, 160, 120) for level in range(1500)])
    short = write_clip(tmp_path / "short.mp4", [grey(90, 160, 120)] * 3)
    jobs = [a_job(0, short, tmp_path), a_job(1, clip, tmp_path)]
    outcomes = Pool(2).run(jobs, lambda *_: None, threading.Event())
    assert next(outcomes).number == 0
    outcomes.close()  # type: ignore[attr-defined]
    assert (tmp_path / "1.formcheck" / "landmarks.jsonl").read_bytes().count(b"\n") < 1500


def test_whatever_goes_wrong_inside_is_an_outcome(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "grey.mp4", [grey(90, 160, 120)] * 3)
    job = a_job(0, clip, tmp_path)
    wrong = [replace(job, exercise="juggling"), replace(job, number=1, path=str(tmp_path / "none.mp4"))]
    outcomes = list(Pool(1).run(wrong, lambda *_: None, threading.Event()))
    assert [one.exit_code for one in outcomes] == [2, 3]
