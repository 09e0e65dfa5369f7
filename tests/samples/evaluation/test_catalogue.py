"""What is rendered: enough of everything, and not more than can be rendered in one go."""

from collections import Counter
from math import isnan

import pytest

from formcheck.exercise.words import Fault
from samples.evaluation.catalogue import CLIPS
from samples.evaluation.declaring import levels_of
from samples.evaluation.off_place import off_place
from samples.evaluation.posed import performed
from samples.evaluation.staging import rule_of, staged
from samples.figure import DRILLS, activity, best_view

MOST_CLIPS, MOST_FRAMES = 150, 55_000
BETWEEN_PARTS_S, CALIBRATING_S = 3.0, 4.0


def fault_ids(exercise):
    rule = rule_of(exercise)
    phases = [movement for level in (None, *rule.levels) for movement in rule.movements_at(level)]
    held = {"short_hold"} if any(phase.hold is not None for phase in phases) else set()
    return {check.id for check in rule.checks if isinstance(check, Fault)} | {s.id for s in rule.sequels} | held


def seconds_of(clip):
    total = BETWEEN_PARTS_S * (len(clip.parts) - 1)
    total += clip.face_camera_s + CALIBRATING_S if clip.face_camera_s else 0.0
    for part in clip.parts:
        if part.name in DRILLS:
            total += performed(part).duration_s
        else:
            total += activity(part.name, duration_s=part.duration_s, reps=part.reps).duration_s
    return total


@pytest.fixture(scope="module")
def made():
    return {name: staged(clip) for name, clip in CLIPS.items()}


def test_the_set_is_small_enough_to_render_in_one_go(made):
    assert len(CLIPS) <= MOST_CLIPS
    assert sum(seconds_of(clip) * clip.fps for clip in made.values()) <= MOST_FRAMES


def test_every_fault_can_be_made_in_the_size_that_is_declared(made):
    for clip in made.values():
        for part, declared in zip(clip.parts, CLIPS[clip.name].parts, strict=True):
            assert not any(isnan(part.knobs[name]) for name in declared.knobs)
            assert all(fault.size >= 1.0 for fault in part.faults)


@pytest.mark.parametrize("exercise", list(DRILLS))
def test_every_fault_of_every_rule_is_shown(made, exercise):
    shown = {f.id for clip in made.values() for part in clip.parts if part.name == exercise for f in part.faults}
    assert fault_ids(exercise) - shown == set()


@pytest.mark.parametrize("exercise", list(DRILLS))
def test_every_exercise_and_level_is_shown_correctly_by_two_bodies_from_two_places(exercise):
    for level in levels_of(exercise):
        takes = [
            c
            for c in CLIPS.values()
            if c.purpose == "correct" and c.parts[0].name == exercise and c.parts[0].level == level
        ]
        assert len({(take.body, take.camera) for take in takes}) == len(takes) == 2


def test_conditions_and_negatives_are_all_there():
    purposes = Counter(clip.purpose for clip in CLIPS.values())
    assert set(purposes) == {
        "correct",
        "fault",
        "wrong_view",
        "far",
        "near",
        "dim",
        "loose",
        "cropped",
        "roll",
        "off_place",
        "negative",
    }
    assert purposes["wrong_view"] == len(DRILLS)
    assert all(clip.exercise is None for clip in CLIPS.values() if clip.purpose == "negative")
    assert len({clip.body for clip in CLIPS.values()}) >= 6


def test_cameras_off_their_place_show_every_exercise_and_level_from_near_and_far_low_and_high_and_beside():
    clips = [clip for clip in CLIPS.values() if clip.purpose == "off_place"]
    correct = {(clip.parts[0].name, clip.parts[0].level) for clip in clips if not clip.parts[0].faults}
    assert correct == {(exercise, level) for exercise in DRILLS for level in levels_of(exercise)}
    assert {clip.parts[0].name for clip in clips if clip.parts[0].faults} == set(DRILLS)
    for clip in clips:
        beside = clip.camera.azimuth_deg - best_view(clip.parts[0].name, clip.parts[0].side).azimuth_deg
        assert abs(beside) <= 25.0
        assert 0.3 <= clip.camera.height_m <= 1.4
        assert 1.8 <= clip.camera.distance_m <= 4.5
    cameras = [clip.camera for clip in clips]
    assert min(c.height_m for c in cameras) < 0.6 < 1.2 < max(c.height_m for c in cameras)
    assert min(c.distance_m for c in cameras) < 2.2 < 4.0 < max(c.distance_m for c in cameras)


def test_those_are_the_same_clips_at_every_run():
    assert list(off_place()) == [clip for clip in CLIPS.values() if clip.purpose == "off_place"]
