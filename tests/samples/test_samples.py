import json
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from formcheck.exercise.rulebook import load_rule
from samples.clips import CLIPS as SHIPPED

ROOT = Path(__file__).parents[2]
CLIPS = sorted((ROOT / "samples").glob("*.mp4"))
LARGEST_BYTES = 500_000
LARGEST_TRUTH_BYTES = 300_000

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
    assert truth["duration_s"] == pytest.approx(truth["frames"] / truth["fps"], abs=1e-3)
    assert [frame.time for frame in frames] == pytest.approx([i / truth["fps"] for i in range(len(frames))], abs=1e-3)
    assert {(frame.width, frame.height) for frame in frames} == {(truth["width"], truth["height"])}


@each_clip
def test_the_truth_is_about_what_the_clip_declares(clip):
    truth, declared = truth_of(clip), SHIPPED[clip.stem]
    assert truth["schema"] == "formcheck.truth/2"
    assert (truth["exercise"], truth["level"]) == (declared.exercise, declared.level)
    assert truth["view"] == declared.camera.azimuth_deg
    expected = [[fault.id for fault in part.faults] for part in declared.parts for _ in range(part.reps)]
    assert [[fault["id"] for fault in rep["faults"]] for rep in truth["reps"]] == expected


@each_clip
def test_the_truth_is_small_and_has_an_angle_for_every_frame(clip):
    assert clip.with_suffix(".truth.json").stat().st_size <= LARGEST_TRUTH_BYTES
    truth = truth_of(clip)
    assert {len(angles) for angles in truth["angles_deg"].values()} == {truth["frames"]}
    shown = -(-truth["frames"] // truth["landmarks"]["every"])
    assert (len(truth["landmarks"]["image_px"]), len(truth["landmarks"]["points_m"])) == (shown, shown)


@each_clip
def test_the_whole_person_is_in_the_picture(clip):
    truth = truth_of(clip)
    image_px = np.array(truth["landmarks"]["image_px"])
    assert image_px.min() >= 0.0
    assert (image_px <= [truth["width"], truth["height"]]).all()


@each_clip
def test_reps_follow_each_other_within_the_clip_and_hold_their_holds(clip):
    truth = truth_of(clip)
    now_s = 0.0
    for rep in truth["reps"]:
        assert now_s < rep["start_s"] < rep["peak_s"] <= rep["end_s"]
        assert rep["phases"][0]["start_s"] == rep["start_s"]
        for hold in rep["holds"]:
            assert rep["start_s"] < hold["start_s"]
            assert hold["start_s"] + hold["duration_s"] <= rep["end_s"] + 1e-3
        now_s = rep["end_s"]
    assert now_s < truth["duration_s"]


@each_clip
def test_every_prescribed_hold_is_long_enough(clip):
    truth = truth_of(clip)
    exercise = load_rule(ROOT / "rules" / f"{truth['exercise']}.py").exercise
    level = next((item for item in exercise.levels if item.id == truth["level"]), None)
    prescribed_s = {item.position: item.hold.seconds for item in exercise.movements_at(level) if item.hold is not None}
    for rep in truth["reps"]:
        held_s = {hold["id"]: hold["duration_s"] for hold in rep["holds"]}
        for name, seconds in prescribed_s.items():
            assert held_s.get(name, held_s.get("hold", 0.0)) >= seconds
