import json
from functools import cache
from pathlib import Path
from typing import Any

import av
import pytest

from formcheck.exercise.rulebook import load_rule

ROOT = Path(__file__).parents[2]
CLIPS = sorted((ROOT / "samples").glob("*.mp4"))
LARGEST_BYTES = 500_000
KEPT = 0.9  # a hold passes from this share of what is prescribed

each_clip = pytest.mark.parametrize("clip", CLIPS, ids=lambda path: path.stem)


@cache
def truth_of(clip: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(clip.with_suffix(".truth.json").read_text())
    return truth


def test_the_demo_has_its_clip():
    assert ROOT / "samples" / "lateral_lunge.mp4" in CLIPS


@each_clip
def test_a_clip_is_small_and_plays_anywhere(clip):
    assert clip.stat().st_size <= LARGEST_BYTES
    with av.open(str(clip)) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")


@each_clip
def test_every_frame_decodes_at_the_time_and_size_that_the_truth_states(clip):
    truth = truth_of(clip)
    with av.open(str(clip)) as container:
        assert container.streams.video[0].average_rate == truth["fps"]
        frames = list(container.decode(video=0))
    assert len(frames) == truth["frames"]
    assert truth["duration_s"] == pytest.approx(truth["frames"] / truth["fps"])
    assert [frame.time for frame in frames] == pytest.approx([i / truth["fps"] for i in range(len(frames))], abs=1e-3)
    assert {(frame.width, frame.height) for frame in frames} == {(truth["width"], truth["height"])}


@each_clip
def test_the_truth_is_about_the_exercise_that_the_clip_is_named_after(clip):
    truth = truth_of(clip)
    exercise = load_rule(ROOT / "rules" / f"{clip.stem}.py").exercise
    assert truth["exercise"] == clip.stem
    assert truth["level"] in {level.id for level in exercise.levels} | {None}
    assert truth["view"] in {view.value for view in exercise.views}
    known = {check.id for check in exercise.checks} | {"short_hold"}
    assert {fault for rep in truth["reps"] for fault in rep["faults"]} <= known


@each_clip
def test_reps_follow_each_other_within_the_clip_and_hold_their_holds(clip):
    truth = truth_of(clip)
    now_s = 0.0
    for rep in truth["reps"]:
        hold = rep["hold"]
        assert now_s < rep["start_s"] < rep["peak_s"] <= hold["start_s"]
        assert hold["start_s"] + hold["duration_s"] < rep["end_s"]
        now_s = rep["end_s"]
    assert now_s < truth["duration_s"]


@each_clip
def test_short_hold_is_expected_where_a_hold_is_short(clip):
    truth = truth_of(clip)
    exercise = load_rule(ROOT / "rules" / f"{clip.stem}.py").exercise
    prescribed_s = {phase.id: phase.hold.seconds for phase in exercise.phases if phase.hold is not None}
    for rep in truth["reps"]:
        hold = rep["hold"]
        short = hold["duration_s"] < KEPT * prescribed_s[hold["id"]]
        assert ("short_hold" in rep["faults"]) == short
