"""The quick check: the shipped samples, a model run over each, and floors below which the build fails."""

import math
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck.pipeline import Options
from formcheck.samples_folder import FAULTY, samples_folder

from ..figure import DRILLS
from .catalogue import Purpose
from .known import Known, read_known
from .score import score
from .staging import RECOGNISED, level_of
from .summary import SERIOUS, SURE, alarms_a_minute, counting, failures, finding, hold_errors, scores, sides
from .watching import watch
from .work import Result, look_at

COUNTED_EXACTLY = 0.85
SIDES_RIGHT = 1.0
HOLD_MEDIAN_S = 0.5
FAULT_RECALL = 0.5
ALARMS_A_MINUTE = 1.0
"""Floors: a little below what the samples reach, so that only a real loss fails the build."""


def quick_check(console: Console, *, every: bool = False) -> bool:
    """Run the model and the rules on shipped samples, print how they did, and return whether all floors hold.

    Parameters
    ----------
    console
        Where to print.
    every
        All samples; else one of each exercise.
    """
    results = [
        _result(path) for path in (sorted(samples_folder().glob("*.truth.json")) if every else _a_clip_an_exercise())
    ]
    all_scores = scores(results)
    counts, (right, of) = counting(all_scores), sides(all_scores)
    found = finding([fault for item in all_scores for fault in item.faults], SERIOUS, SURE)
    holds = hold_errors(all_scores)
    alarms = alarms_a_minute([item for item in results if item.purpose == "correct"])
    rows = [
        (f"of {counts.clips} clips counted exactly", counts.exact / max(counts.clips, 1), COUNTED_EXACTLY, True),
        ("sides right", right / of if of else 1.0, SIDES_RIGHT, True),
        ("hold error, median, s", _median(holds.tolist()), HOLD_MEDIAN_S, False),
        (f"of {found.hits + found.misses} declared faults found", found.recall, FAULT_RECALL, True),
        ("false alarms a minute on correct form", alarms, ALARMS_A_MINUTE, False),
    ]
    table = Table("", "found", "floor", "")
    passed = counts.clips > 0
    for words, value, floor, at_least in rows:
        fine = math.isnan(value) or (value >= floor if at_least else value <= floor)
        passed &= fine
        table.add_row(words, f"{value:.2f}", f"{floor:.2f}", "" if fine else "FAILS")
    console.print(table)
    for clip, expected, came in failures(results):
        console.print(f"{clip}: expected {expected}, found {came}", markup=False)
    return passed


def _a_clip_an_exercise() -> list[Path]:
    """Return the truths of the samples, correct and faulty by turns."""
    names = (f"{exercise}{FAULTY if number % 2 else ''}" for number, exercise in enumerate(DRILLS))
    return [samples_folder() / f"{name}.truth.json" for name in names]


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else math.nan


def _result(truth: Path) -> Result:
    known = read_known(truth)
    assert known.exercise is not None
    video = truth.with_name(truth.name.replace(".truth.json", ".mp4"))
    purpose: Purpose = "fault" if any(rep.faults for rep in known.reps) else "correct"
    found = watch(known.exercise, known.size_px, Options(level=_given(known)), look_at(video, "heavy"), "heavy")
    return Result(
        video.stem, known.exercise, known.level, purpose, "heavy", known.duration_s / 60.0,
        score=score(known, found.session, None), recognised=known.exercise,
    )  # fmt: skip


def _given(known: Known) -> str | None:
    """Return the level where the pose does not show it."""
    assert known.exercise is not None
    shown = known.level in RECOGNISED.get(known.exercise, ())
    return None if shown or level_of(known.exercise, known.level) is None else known.level
