"""Clips become movements of the figure: one after the other, unsteady as people are, the planted parts staying."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercise.rulebook import load_rules
from samples.choreography import choreography, rep_parts
from samples.clip import Camera, Clip, Part
from samples.clips import CLIPS
from samples.figure import DRILLS, Build, landmark
from samples.figure.geometry import Array
from samples.figure.skeleton import landmarks, spread
from samples.props import props_of
from samples.unsteady import unsteady

FRAME_S = 1 / 15
SLIDES_M = 0.003
each_clip = pytest.mark.parametrize("clip", CLIPS.values(), ids=lambda clip: clip.name)


def performed(clip: Clip) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    moving = choreography(clip, Build())
    times_s: Array = np.arange(round(moving.duration_s / FRAME_S), dtype=np.float64) * FRAME_S
    posture = spread(moving.posture_at(times_s), len(times_s))
    points = landmarks(Build(), unsteady(posture, moving, times_s, clip.tremor_deg, clip.name))
    return points, {name: np.broadcast_to(on, len(times_s)) for name, on in moving.contacts_at(times_s).items()}


def test_every_exercise_has_a_correct_and_a_faulty_clip():
    assert set(CLIPS) == {f"{name}{kind}" for name in DRILLS for kind in ("", "_faulty")}
    rules = load_rules()
    for clip in CLIPS.values():
        assert clip.exercise is not None
        known = {check.id for check in rules[clip.exercise].exercise.checks}
        assert {fault.id for part in clip.parts for fault in part.faults} <= known
        assert any(part.faults for part in clip.parts) == clip.name.endswith("_faulty")


@each_clip
def test_a_clip_is_short_and_its_repetitions_are_those_declared(clip):
    moving = choreography(clip, Build())
    assert moving.duration_s <= 45.0
    assert len(moving.truth.reps) == len(rep_parts(clip))


@each_clip
def test_planted_feet_do_not_slide_however_unsteady_the_body(clip):
    points, contacts = performed(replace(clip, tremor_deg=0.6))
    for name in (f"{side}_{part}" for side in ("left", "right") for part in ("ankle", "wrist")):
        if name in contacts:
            both = contacts[name][1:] & contacts[name][:-1]
            steps = np.linalg.norm(np.diff(landmark(points, name), axis=0), axis=-1)[both]
            assert steps.size == 0 or steps.max() < SLIDES_M, name


@each_clip
def test_nobody_stands_quite_still_and_nobody_jerks(clip):
    points, _ = performed(clip)
    steps = np.linalg.norm(np.diff(landmark(points, "nose"), axis=0), axis=-1)
    assert np.median(steps) > 0.0001
    assert np.abs(np.diff(landmark(points, "nose"), axis=0)).max() < 0.12


def test_the_same_name_trembles_in_the_same_way():
    clip = CLIPS["lateral_lunge"]
    assert np.array_equal(performed(clip)[0], performed(clip)[0])
    assert not np.array_equal(performed(clip)[0], performed(replace(clip, name="another"))[0])


def test_one_goes_on_from_where_the_last_part_ended():
    parts = (Part("walking", duration_s=6.0), Part("lateral_lunge", "step_out", reps=1, lead_s=1.0))
    points, _ = performed(Clip("walk_first", "lateral_lunge", "step_out", parts, Camera(), tremor_deg=0.0))
    assert np.linalg.norm(np.diff(points, axis=0), axis=-1).max() < 0.4


def test_standing_before_the_camera_comes_first():
    clip = replace(CLIPS["dead_bug"], face_camera_s=2.5)
    points, _ = performed(clip)
    assert landmark(points, "left_hip")[0, 2] > 0.8
    assert landmark(points, "left_hip")[-1, 2] < 0.2


@pytest.mark.parametrize(
    ("exercise", "level", "number"),
    [("plank_hip_flexion", "wall", 1), ("hip_flexion", "wall", 1), ("hip_flexion", "free", 0), ("dead_bug", "basic", 1),
     ("lateral_lunge", "step_out", 0)],
)  # fmt: skip
def test_a_level_brings_its_props(exercise, level, number):
    clip = Clip("x", exercise, level, (Part(exercise, level, reps=1),), Camera())
    assert len(props_of(clip, Build(), np.zeros((1, 33, 3)), np.zeros(2))) == number


@pytest.mark.parametrize(("exercise", "level"), [("hip_flexion", "chair"), ("plank_hip_flexion", "chair")])
def test_hands_rest_on_the_chair(exercise, level):
    clip = Clip("x", exercise, level, (Part(exercise, level, reps=1),), Camera())
    points, _ = performed(replace(clip, tremor_deg=0.0))
    blocks = props_of(clip, Build(), points, np.zeros(2))
    hand = landmark(points, "left_wrist")[0]
    beneath = [
        hand[2] - block.high[2]
        for block in blocks
        if all(block.low[axis] - 0.1 <= hand[axis] <= block.high[axis] + 0.1 for axis in (0, 1))
    ]
    assert min(abs(gap) for gap in beneath) < 0.05
