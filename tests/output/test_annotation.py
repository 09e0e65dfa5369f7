"""What the annotated video says of a moment, in words."""

import math
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import Fault
from formcheck.output.annotation import Annotation
from formcheck.output.shown import Kind, Shown
from formcheck.pipeline import Options, Pipeline
from samples.figure import best_view, movement, observe

RULES = load_rules([])


def told(path: Path, exercise: str, level: str | None = None, **moves) -> list[Shown]:
    pipeline = Pipeline(RULES[exercise], (1280, 720), Options(level=level))
    made = []
    with Annotation(path, SourceInfo("file", "x.mp4", 1280, 720, 10.0, 0, 0.0), pipeline.exercise) as annotation:
        for seen in observe(movement(exercise, level, **moves), best_view(exercise), 10):
            step = pipeline.step(seen)
            made.append(annotation.shown(seen.time_s, step.pose, step.measured, step.progress, pipeline.coach.level))
    return made


def test_positions_levels_and_faults_are_told_in_words(tmp_path: Path) -> None:
    made = told(tmp_path / "a.mp4", "dead_bug", "basic", reps=1)
    assert {"feet down", "tabletop"} <= {shown.phase for shown in made}
    assert made[-1].level == "basic"
    rule = RULES["lateral_lunge"].exercise
    cues = {check.cue for check in rule.checks if isinstance(check, Fault)}
    lunges = told(tmp_path / "b.mp4", "lateral_lunge", reps=1)
    for shown in lunges:
        for notice in shown.notices:
            assert notice.text in cues or notice.text[0].isupper() or notice.text[0].isdigit()
            assert "_" not in notice.text


def test_counts_hold_and_side_are_those_of_the_moment(tmp_path: Path) -> None:
    made = told(tmp_path / "a.mp4", "lateral_lunge", reps=2)
    assert made[0].counts == {"left": 0, "right": 0}
    assert sum(made[-1].counts.values()) == 2
    assert max(shown.hold_s or 0.0 for shown in made) > 1.0
    assert all(shown.hold_required_s == 5.0 for shown in made)  # also before the first hold
    assert any(shown.fresh for shown in made)


def test_where_nobody_is_seen_it_says_so(tmp_path: Path) -> None:
    pipeline = Pipeline(RULES["lateral_lunge"], (640, 480), Options())
    with Annotation(tmp_path / "a.mp4", SourceInfo("file", "x.mp4", 640, 480, 10.0, 0, 0.0), pipeline.exercise) as it:
        seen = observe(movement("lateral_lunge"), best_view("lateral_lunge"), 10)[0]
        step = pipeline.step(seen)
        shown = it.shown(0.0, None, step.measured, step.progress, None)
    assert [(notice.text, notice.kind) for notice in shown.notices] == [("Nobody is seen.", Kind.REMARK)]
    assert shown.angle is not None
    assert math.isnan(shown.angle.value_deg)


@pytest.mark.parametrize(
    ("size", "written"), [((640, 480), (854, 480)), ((1280, 720), (1706, 960)), ((360, 640), None)]
)
def test_the_video_has_a_panel_beside_or_below_the_whole_picture(tmp_path: Path, size, written) -> None:
    pipeline = Pipeline(RULES["lateral_lunge"], size, Options())
    path = tmp_path / "a.mp4"
    seen = observe(movement("lateral_lunge"), best_view("lateral_lunge"), 10)[0]
    with Annotation(path, SourceInfo("file", "x.mp4", size[0], size[1], 10.0, 0, 0.0), pipeline.exercise) as annotation:
        step = pipeline.step(seen)
        frame = Frame(0, 0.0, np.full((size[1], size[0], 3), 200, np.uint8))
        annotation.add(frame, None, step.measured, step.progress, None)
    with av.open(str(path)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="bgr24")
    height, width = picture.shape[:2]
    assert written is None or (width, height) == written
    bright = (picture > 150).all(axis=2)
    assert bright.sum() >= 0.98 * min(size[0] * size[1], 0.5 * width * height)
    assert width * height > size[0] * size[1]
