"""Depth by geometry: exact on exact landmarks, bounded under noise, and silent where the camera is not known."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.body.lens import Lens, level_axes
from formcheck.body.lift import Floor
from formcheck.body.meter import BodyMeter
from formcheck.body.tilt import GAIN, LEVEL_LEAN_DEG
from formcheck.pose.pose import MIRRORED, SIDES, Pose, Side, other_side
from samples.figure import View, activity, movement, observe

SIZE_PX = (1280, 720)
LENS = Lens(SIZE_PX, fov_deg=60.0)
STEEP = View(-45.0, pitch_deg=18.0, distance_m=3.0, target_m=(0.0, 0.0, 0.3), px_per_m=LENS.focal_px / 3.0)
"""A camera 1.2 m high that looks down on somebody 3 m away."""
LEGS = {"front_knee_flexion_deg": "left", "rear_knee_flexion_deg": "right"}


def sitting(knobs: dict[str, float]) -> np.ndarray:
    points = movement("hip_90_90", side="left", knobs=knobs).pose_at(1.0)
    return np.asarray(points)


def pose(points: np.ndarray, view: View, time_s: float = 0.0, lean_deg: float | None = None) -> Pose:
    """Return what is seen; with a lean, world landmarks that are tilted as the model would tilt them."""
    world = view.world_m(points)
    if lean_deg is not None:
        world = world @ level_axes(view.pitch_deg).T @ level_axes(lean_deg)
    return Pose(time_s, view.image_px(points), world, np.ones(33))


@pytest.mark.parametrize("knee_deg", [50.0, 75.0, 90.0, 105.0, 130.0])
@pytest.mark.parametrize("azimuth_deg", [-35.0, -45.0, -50.0])
def test_knees_on_the_floor_are_exact_on_exact_landmarks(knee_deg: float, azimuth_deg: float) -> None:
    view = replace(STEEP, azimuth_deg=azimuth_deg)
    legs = Floor(view.image_px(sitting(dict.fromkeys(LEGS, knee_deg))), LENS, STEEP.pitch_deg).legs
    assert legs is not None
    for side in SIDES:
        assert legs.knee_flexion_deg(side) == pytest.approx(knee_deg, abs=3.0)


@pytest.mark.parametrize(("tilt_off_deg", "fov_deg"), [(3.0, 60.0), (-3.0, 60.0), (0.0, 50.0), (0.0, 70.0)])
def test_errors_of_the_camera_and_of_the_landmarks_stay_bounded(tilt_off_deg: float, fov_deg: float) -> None:
    image = STEEP.image_px(sitting({}))
    rng = np.random.default_rng(0)
    torso_px = 0.5 * STEEP.px_per_m
    errors: dict[Side, list[float]] = {side: [] for side in SIDES}
    for _ in range(40):
        noisy = image + rng.normal(scale=0.02 * torso_px, size=image.shape)
        legs = Floor(noisy, Lens(SIZE_PX, fov_deg), STEEP.pitch_deg + tilt_off_deg).legs
        assert legs is not None
        for side in SIDES:
            errors[side].append(legs.knee_flexion_deg(side) - 90.0)
    assert np.mean(np.abs(errors["right"])) < 12.0, "the near leg"
    assert np.mean(np.abs(errors["left"])) < 18.0, "the far leg"


@given(st.floats(0.0, 90.0), st.floats(-80.0, 80.0))
@settings(max_examples=40, deadline=None)
def test_directions_on_the_floor_are_exact(foot_yaw_deg: float, azimuth_deg: float) -> None:
    points = movement("kettlebell_shift", side="left", knobs={"foot_yaw_deg": foot_yaw_deg}).pose_at(1.0)
    view = replace(STEEP, azimuth_deg=azimuth_deg)
    right, away = Floor(view.image_px(points), LENS, STEEP.pitch_deg).direction("left_heel", "left_foot_index")
    seen_deg = math.degrees(math.atan2(away, right))
    # Seen from this azimuth, straight ahead points away at -90° less it.
    assert math.cos(math.radians(seen_deg - (foot_yaw_deg - 90.0 - azimuth_deg))) == pytest.approx(1.0, abs=1e-4)


@given(st.floats(-150.0, 150.0), st.floats(40.0, 140.0))
@settings(max_examples=30, deadline=None)
def test_a_mirror_exchanges_the_knees(shift_px: float, knee_deg: float) -> None:
    image = STEEP.image_px(sitting({"front_knee_flexion_deg": knee_deg})) + np.array([shift_px, 0.0])
    mirrored = image[list(MIRRORED)] * (-1.0, 1.0) + np.array([SIZE_PX[0], 0.0])
    before, after = Floor(image, LENS, 18.0).legs, Floor(mirrored, LENS, 18.0).legs
    assert before is not None
    assert after is not None
    for side in SIDES:
        assert after.knee_flexion_deg(other_side(side)) == pytest.approx(before.knee_flexion_deg(side), abs=1e-4)


@given(st.floats(0.4, 3.0))
@settings(max_examples=20, deadline=None)
def test_the_size_of_the_picture_does_not_matter(zoom: float) -> None:
    image = STEEP.image_px(sitting({}))
    small = Lens((round(SIZE_PX[0] * zoom), round(SIZE_PX[1] * zoom)), 60.0)
    zoomed = (image - np.array(SIZE_PX) / 2) * small.focal_px / LENS.focal_px + np.array(small.size_px) / 2
    before, after = Floor(image, LENS, 18.0).legs, Floor(zoomed, small, 18.0).legs
    assert before is not None
    assert after is not None
    assert after.knee_flexion_deg("left") == pytest.approx(before.knee_flexion_deg("left"), abs=1e-4)


def test_a_camera_that_looks_along_the_floor_shows_no_depth() -> None:
    low = replace(STEEP, pitch_deg=5.0)
    floor = Floor(low.image_px(sitting({})), LENS, 5.0)
    assert floor.legs is None
    level = Floor(replace(STEEP, pitch_deg=0.0, target_m=(0.0, 0.0, 0.1)).image_px(sitting({})), LENS, 0.0)
    assert math.isnan(level.direction("left_ankle", "left_knee")[0])


def test_unseen_landmarks_have_no_place() -> None:
    image = STEEP.image_px(sitting({}))
    image[27] = np.nan
    assert Floor(image, LENS, 18.0).legs is None


def test_the_tilt_is_learnt_from_standing_and_then_shows_the_knees() -> None:
    stood = activity("standing", duration_s=2.0).pose_at(0.0)
    meter = BodyMeter(lens=LENS)
    before = meter.measure(0.0, pose(sitting({}), STEEP))
    assert meter.tilt_deg is None
    assert math.isnan(before.measures["floor_knee_flexion_deg.left"])
    lean_deg = STEEP.pitch_deg / GAIN + LEVEL_LEAN_DEG
    for k in range(20):
        meter.measure(1.0 + k / 10, pose(stood, STEEP, 1.0 + k / 10, lean_deg))
    assert meter.tilt_deg == pytest.approx(STEEP.pitch_deg, abs=0.5)
    for k in range(20):
        after = meter.measure(4.0 + k / 10, pose(sitting({}), STEEP, 4.0 + k / 10))
    assert after.measures["floor_knee_flexion_deg.left"] == pytest.approx(90.0, abs=4.0)
    meter.reset()
    assert meter.tilt_deg is None


def test_a_lunge_teaches_no_tilt() -> None:
    meter = BodyMeter(lens=LENS)
    lunge = movement("lateral_lunge")
    rep = lunge.truth.reps[0]
    for k in range(30):
        meter.measure(k / 10, pose(lunge.pose_at(rep.peak_s), STEEP, k / 10))
    assert meter.tilt_deg is None


@pytest.mark.parametrize("azimuth", [90.0, -90.0])
def test_a_plank_teaches_no_tilt(azimuth: float) -> None:
    """On straight arms each joint is higher than the next, as in standing, but the body does not stand."""
    meter = BodyMeter(lens=LENS)
    plank = movement("plank_hip_flexion", "floor", knobs={"plank_s": 3.0})
    for seen in observe(plank, View(azimuth, target_m=(0.0, 0.0, 0.5))):
        assert seen.pose is not None
        meter.measure(seen.time_s, seen.pose)
    assert meter.tilt_deg is None


@pytest.mark.parametrize("azimuth", [0.0, 45.0, 90.0, 180.0])
@pytest.mark.parametrize("level", ["wall", "chair"])
def test_who_leans_on_something_teaches_no_tilt(level: str, azimuth: float) -> None:
    """From the front, a lean on a wall cannot be told from a camera that looks down, but for the hands."""
    meter = BodyMeter(lens=LENS)
    leaning = movement("plank_hip_flexion", level, knobs={"plank_s": 3.0})
    for seen in observe(leaning, View(azimuth, pitch_deg=2.0)):
        assert seen.pose is not None
        meter.measure(seen.time_s, seen.pose)
    assert meter.tilt_deg is None


def test_a_tilt_comes_with_its_error() -> None:
    stood = activity("standing", duration_s=2.0).pose_at(0.0)
    errors: list[float] = []
    for azimuth_deg in (0.0, 90.0):
        meter = BodyMeter(lens=LENS)
        assert meter.tilt_error_deg is None
        for k in range(20):
            meter.measure(k / 10, pose(stood, View(azimuth_deg), k / 10))
        assert meter.tilt_error_deg is not None
        errors.append(meter.tilt_error_deg)
    assert errors[0] < errors[1], "from the side a lean lies in the picture, and depth shows little of it"
    assert BodyMeter(lens=LENS, tilt_deg=7.0).tilt_error_deg == 0.0


def test_estimates_that_do_not_agree_teach_no_tilt() -> None:
    stood = activity("standing", duration_s=2.0).pose_at(0.0)
    meter = BodyMeter(lens=LENS)
    for k in range(40):
        meter.measure(k / 10, pose(stood, STEEP, k / 10, lean_deg=8.0 + 12.0 * (k % 2)))
    assert meter.tilt_deg is None


def test_somebody_lying_with_the_head_away_from_the_camera_teaches_no_tilt() -> None:
    meter = BodyMeter(lens=LENS)
    for seen in observe(activity("standing", duration_s=2.0), View(0.0)):
        assert seen.pose is not None
        world = seen.pose.world_m[:, [0, 2, 1]] * (1.0, 1.0, -1.0)
        meter.measure(seen.time_s, replace(seen.pose, world_m=world))
    assert meter.tilt_deg is None


def test_a_given_tilt_is_kept() -> None:
    meter = BodyMeter(lens=LENS, tilt_deg=12.0)
    for k in range(20):
        meter.measure(k / 10, pose(activity("standing", duration_s=2.0).pose_at(0.0), STEEP, k / 10))
    assert meter.tilt_deg == 12.0
