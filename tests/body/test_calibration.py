"""A person's proportions and the picture's scale: where they come from, and what does not spoil them."""

import math
from collections.abc import Iterable
from dataclasses import astuple, replace

import numpy as np
import pytest

from formcheck.body.calibration import Calibration, Calibrator
from formcheck.pose.pose import INDEX, Observation, Pose
from formcheck.pose.scale import pixels_per_metre, torso_length_m
from samples.figure import Build, Movement, View, activity, movement, observe

BUILD = Build(trunk=0.48, thigh=0.45, shank=0.40, hip_width=0.25, shoulder_width=0.38)
TRUTH = (0.48, 0.45 / 0.48, 0.40 / 0.48, 0.25 / 0.48, 0.38 / 0.48)
"""Torso in metres, then thigh, shank, hips and shoulders in torso lengths."""
FROM_FRONT, FROM_LEFT = View(0.0), View(90.0)


def calibrate(stream: Iterable[Observation]) -> Calibrator:
    calibrator = Calibrator()
    for seen in stream:
        assert seen.pose is not None
        calibrator.update(seen.pose)
    return calibrator


def standing(seconds: float) -> Movement:
    return activity("standing", duration_s=seconds, build=BUILD)


def numbers(calibration: Calibration) -> tuple[float, ...]:
    return astuple(calibration)[1:]


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_two_seconds_of_standing_still_facing_the_camera(fps: float) -> None:
    calibrator = calibrate(observe(standing(2.3), FROM_FRONT, fps, noise=0.004))
    assert calibrator.calibration.source == "standing"
    assert numbers(calibrator.calibration) == pytest.approx(TRUTH, rel=0.01)
    assert calibrator.calibration.leg == pytest.approx(0.85 / 0.48, rel=0.01)
    assert calibrator.torso_px == pytest.approx(0.48 * 330, rel=0.01)


def test_less_than_two_seconds_are_not_enough() -> None:
    assert calibrate(observe(standing(1.8), FROM_FRONT)).calibration.source == "running"


@pytest.mark.parametrize("view", [FROM_LEFT, View(45.0), View(180.0)])
def test_standing_turned_away_is_no_calibration_stance(view: View) -> None:
    calibrator = calibrate(observe(standing(4.0), view))
    assert calibrator.calibration.source == "running"
    assert numbers(calibrator.calibration) == pytest.approx(TRUTH, rel=0.01)


def test_swaying_is_not_standing_still() -> None:
    swaying = [
        replace(
            seen, pose=replace(seen.pose, image_px=seen.pose.image_px + np.array([10 * math.sin(8 * seen.time_s), 0]))
        )
        for seen in observe(standing(4.0), FROM_FRONT)
        if seen.pose is not None
    ]
    assert calibrate(swaying).calibration.source == "running"


@pytest.mark.parametrize("name", ["sitting", "lying"])
def test_other_postures_are_no_calibration_stance(name: str) -> None:
    stream = observe(activity(name, duration_s=3.0, build=BUILD), FROM_FRONT)
    assert calibrate(stream).calibration.source == "running"


def test_standing_is_kept_over_what_comes_later() -> None:
    calibrator = calibrate(observe(standing(2.5), FROM_FRONT))
    before = calibrator.calibration
    for seen in observe(activity("squatting", reps=2, build=Build()), FROM_FRONT):
        assert seen.pose is not None
        calibrator.update(replace(seen.pose, time_s=seen.time_s + 3.0))
    assert calibrator.calibration == before


def test_the_defaults_are_documented_and_hold_until_a_second_was_seen() -> None:
    calibrator = Calibrator()
    assert numbers(calibrator.calibration) == (0.5, 0.85, 0.85, 0.42, 0.70)
    assert math.isnan(calibrator.torso_px)
    sources = [calibrator.update(seen.pose).source for seen in observe(standing(1.5), FROM_LEFT) if seen.pose]
    assert sources[:29] == ["default"] * 29
    assert sources[31:] == ["running"] * (len(sources) - 31)


def test_what_was_measured_counts_from_the_first_frame() -> None:
    calibrator = calibrate(observe(standing(0.0), FROM_LEFT))
    assert calibrator.calibration.source == "default"
    assert numbers(calibrator.calibration) == pytest.approx(TRUTH, rel=0.01)


def test_an_unseen_leg_is_taken_from_the_other() -> None:
    calibrator = calibrate(observe(standing(2.0), FROM_LEFT, hidden=("right_ankle", "right_knee")))
    assert numbers(calibrator.calibration) == pytest.approx(TRUTH, rel=0.01)


def test_unseen_shanks_keep_their_default() -> None:
    calibration = calibrate(observe(standing(2.0), FROM_LEFT, hidden=("right_ankle", "left_ankle"))).calibration
    assert calibration.shank == 0.85
    assert calibration.thigh == pytest.approx(0.45 / 0.48, rel=0.01)


def test_another_person_starts_afresh() -> None:
    calibrator = calibrate(observe(standing(2.5), FROM_FRONT))
    calibrator.reset()
    assert calibrator.calibration == Calibration()
    assert math.isnan(calibrator.torso_px)


@pytest.mark.parametrize("azimuth", [0.0, 30.0, 90.0])
def test_a_trunk_tipped_toward_the_camera_does_not_shrink_the_scale(azimuth: float) -> None:
    hinged = movement("hip_airplane", reps=1, lead_s=2.0, build=BUILD)
    stream = observe(hinged, View(azimuth), 10)
    first = stream[0].pose
    assert first is not None
    if azimuth == 0.0:  # the trunk is hardly to be seen
        seen_px = first.image_px[INDEX["left_shoulder"]] - first.image_px[INDEX["left_hip"]]
        assert np.linalg.norm(seen_px) < 0.5 * 0.48 * 330
    assert calibrate(stream).torso_px == pytest.approx(0.48 * 330, rel=0.01)


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0])
def test_scale_is_pixels_per_metre_however_the_body_is_turned(zoom: float) -> None:
    view = View(40.0, pitch_deg=10.0, px_per_m=300 * zoom)
    (seen, *_) = observe(standing(0.0), view)
    assert seen.pose is not None
    assert pixels_per_metre(seen.pose) == pytest.approx(300 * zoom, rel=1e-3)
    assert torso_length_m(seen.pose) == pytest.approx(0.48, rel=1e-3)


def test_too_little_seen_gives_no_scale() -> None:
    (seen, *_) = observe(standing(0.0), FROM_FRONT)
    assert seen.pose is not None
    hidden = np.full((33, 2), math.nan)
    hidden[INDEX["left_hip"]] = 100.0
    nothing = Pose(0.0, hidden, seen.pose.world_m, seen.pose.visibility)
    assert math.isnan(pixels_per_metre(nothing))


def test_walking_toward_the_camera_changes_the_scale_within_a_second_or_two() -> None:
    far = list(observe(standing(3.0), View(px_per_m=200.0)))
    near = observe(standing(2.0), View(px_per_m=300.0))
    calibrator = calibrate(far)
    for seen in near:
        assert seen.pose is not None
        calibrator.update(replace(seen.pose, time_s=seen.time_s + 3.0))
    assert calibrator.torso_px == pytest.approx(0.48 * 300, rel=0.01)
