"""Landmarks of which the heatmaps are not sure are followed, but nothing is judged by them; others stay as they are."""

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.body.follower import Follower
from formcheck.capture.frame import SourceInfo
from formcheck.exercise.reasons import Code
from formcheck.exercise.rulebook import load_rules
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.pose import INDEX, Evidence, Observation, Pose
from formcheck.pose.trust import trusted
from samples.figure import View, best_view, movement, observe

SOURCE = SourceInfo("file", "film.mp4", 1280, 720, 30.0, 0, 0.0)
STANDING = [seen for seen in observe(movement("lateral_lunge", reps=1), best_view("lateral_lunge"), 30.0) if seen.pose]
LEG = ("left_knee", "left_ankle", "left_heel", "left_foot_index")


def said(seen: Observation, sure: float = 0.95, **peaks: float) -> Observation:
    """The observation with what heatmaps say: sure of all but these."""
    peak = np.full(33, sure)
    for name, value in peaks.items():
        peak[INDEX[name]] = value
    return replace(seen, pose=seen.pose and replace(seen.pose, evidence=Evidence(peak, np.full(33, 5.0), np.ones(33))))


def doubted(pose: Pose | None) -> set[str]:
    assert pose is not None
    return set() if pose.doubted is None else {name for name, index in INDEX.items() if pose.doubted[index]}


@pytest.mark.parametrize(
    ("peaks", "expected"),
    [
        ({}, set()),
        ({"left_ankle": 0.1}, {"left_ankle", "left_heel", "left_foot_index"}),
        ({"left_knee": 0.1}, {"left_knee"}),
        ({"right_wrist": 0.05}, {"right_wrist", "right_pinky", "right_index", "right_thumb"}),
        ({"nose": 0.1, "left_heel": 0.1}, set()),  # nobody measured how far these are to be believed
    ],
)
def test_a_main_joint_without_a_clear_peak_is_doubted_with_what_hangs_on_it(peaks, expected):
    assert doubted(trusted(said(STANDING[0], **peaks), "heavy").pose) == expected


def test_the_higher_the_peak_the_more_probable_a_joint():
    knee, beliefs = INDEX["left_knee"], []
    for peak in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        pose = trusted(said(STANDING[0], left_knee=peak), "heavy").pose
        assert pose is not None
        beliefs.append(pose.visibility[knee])
    assert beliefs == sorted(beliefs)
    assert beliefs[0] < 0.1
    assert beliefs[-1] > 0.95


@pytest.mark.parametrize("model", ["lite", "/models/mine.task", None])
def test_what_nobody_measured_is_believed(model):
    seen = said(STANDING[0], sure=0.1)
    assert trusted(seen, model) is seen


def test_mediapipe_says_nothing_of_its_heatmaps_and_is_believed():
    assert trusted(STANDING[0], "heavy") is STANDING[0]


def test_a_doubted_leg_is_measured_but_nothing_is_judged_by_it():
    follower = Follower(1280, 720, model="heavy")
    for seen in STANDING[:40]:
        clear = follower.step(said(seen)).measured
    doubtful = follower.step(said(STANDING[40], left_knee=0.1, left_ankle=0.1)).measured
    key = "knee_flexion_deg.left"
    assert doubtful.measures[key] == pytest.approx(clear.measures[key], abs=2.0)
    assert math.isnan(doubtful.judged[key])
    assert doubtful.judged["knee_flexion_deg.right"] == doubtful.measures["knee_flexion_deg.right"]
    assert doubtful.unseen == set(LEG)
    assert clear.judged is clear.measures
    assert not clear.unseen


@pytest.mark.parametrize("fps", [10.0, 15.0, 30.0, 60.0])
def test_a_far_leg_that_is_seen_on_the_near_one_for_a_moment_is_not_believed(fps):
    plank = list(observe(movement("spiderman_lunge", reps=1, hold_s=4.0), View(-90, target_m=(0.0, 0.0, 0.5)), fps))
    truth = movement("spiderman_lunge", reps=1, hold_s=4.0).truth.reps[0]
    side = "left" if truth.side == "left" else "right"
    other = "right" if side == "left" else "left"
    names = [f"{side}_{part}" for part in ("knee", "ankle", "heel", "foot_index")]
    follower, wrong_s = Follower(1280, 720, model="heavy"), truth.peak_s + 1.0
    for seen in plank:
        shown = said(seen)
        if shown.pose is not None and wrong_s <= seen.time_s < wrong_s + 0.2:
            image_px = shown.pose.image_px.copy()
            for name in names:
                image_px[INDEX[name]] = image_px[INDEX[name.replace(side, other)]]
            shown = replace(shown, pose=replace(shown.pose, image_px=image_px))
        measured = follower.step(shown).measured
        if wrong_s <= seen.time_s < wrong_s + 0.2:
            assert f"{side}_ankle" in measured.unseen
        elif wrong_s + 0.2 <= seen.time_s < wrong_s + 1.0:
            assert f"{side}_ankle" not in measured.unseen  # it is back at once


def test_what_is_doubted_is_in_the_picture_and_no_reason_to_place_the_camera_elsewhere():
    """Only hands that the picture does not show ask for another place of the camera."""
    hidden = {"left_wrist": 0.01, "right_wrist": 0.01}

    def advised(film: list[Observation]) -> list[Code]:
        doing = Performance(load_rules([])["lateral_lunge"], (1280, 720), Options(), "heavy")
        for seen in film:
            doing.step(seen)
        return [item.code for item in doing.result(SOURCE, "heavy").advice]

    assert Code.OFTEN_UNSEEN not in advised([said(seen, **hidden) for seen in STANDING])
    gone = np.isin(np.arange(33), [INDEX[name] for name in hidden])
    assert Code.OFTEN_UNSEEN in advised(
        [replace(seen, pose=seen.pose and seen.pose.without(gone)) for seen in STANDING]
    )
