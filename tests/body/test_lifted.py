"""How far knees are bent, as nets that learnt it from posed bodies tell from one picture."""

import math
import time
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from formcheck.body import lifted
from formcheck.body.lens import Lens
from formcheck.body.lifted import LOOKED_AT, Lifted, shipped
from formcheck.body.meter import BodyMeter
from formcheck.pose.pose import INDEX, MIRRORED, SIDES, Pose
from samples.figure import View as Camera
from samples.figure import activity, movement
from samples.figure.geometry import Array

LENS = Lens((1280, 720))
DISTANCE_M = 3.2


def camera(azimuth_deg: float) -> Camera:
    return Camera(
        azimuth_deg=azimuth_deg, pitch_deg=3.0, px_per_m=LENS.focal_px / DISTANCE_M, target_m=(0.0, 0.0, 0.7),
        distance_m=DISTANCE_M, size_px=LENS.size_px,
    )  # fmt: skip


def side_lunge(trailing_deg: float) -> Array:
    """Return the landmarks of a lunge to the right, at its deepest, the left knee bent by so much."""
    moving = movement("lateral_lunge", "fixed_stance", knobs={"trailing_knee_flexion_deg": trailing_deg})
    return moving.pose_at(moving.truth.reps[0].peak_s + 1e-6)


def looked(points: Array, azimuth_deg: float = 45.0) -> Lifted:
    return Lifted(camera(azimuth_deg).image_px(points), LENS, 3.0, "left" if azimuth_deg > 0.0 else "right")


@pytest.mark.parametrize("azimuth_deg", [45.0, 60.0])
@pytest.mark.parametrize("trailing_deg", [3.0, 25.0, 50.0])
def test_the_trailing_knee_of_a_posed_side_lunge_is_read(trailing_deg: float, azimuth_deg: float) -> None:
    assert looked(side_lunge(trailing_deg), azimuth_deg).near_knee_flexion_deg == pytest.approx(trailing_deg, abs=13.0)


def test_the_mirror_image_is_read_alike() -> None:
    points = side_lunge(30.0)
    mirrored = points[..., MIRRORED, :] * [1.0, -1.0, 1.0]
    one, other = looked(points, 45.0), looked(mirrored, -45.0)
    assert one.near_knee_flexion_deg == pytest.approx(other.near_knee_flexion_deg, abs=0.1)


@pytest.mark.parametrize("name", LOOKED_AT)
def test_without_a_landmark_nothing_is_read(name: str) -> None:
    image_px = camera(45.0).image_px(side_lunge(30.0))
    image_px[INDEX[name]] = math.nan
    assert math.isnan(Lifted(image_px, LENS, None, "left").near_knee_flexion_deg)


def test_of_what_is_no_body_nothing_is_read() -> None:
    rng = np.random.default_rng(0)
    bodies = [Lifted(rng.uniform(200.0, 600.0, (33, 2)), LENS, None, "left") for _ in range(50)]
    assert np.mean([math.isnan(body.near_knee_flexion_deg) for body in bodies]) >= 0.98


def meter_at(azimuth_deg: float, points: Array) -> Mapping[str, float]:
    """Return what is measured of somebody who stood before the camera and now is so."""
    meter, seen = BodyMeter(lens=LENS), camera(azimuth_deg)
    standing = activity("standing", duration_s=1.0, reps=1).pose_at(0.0)
    for k, place in enumerate([standing] * 3 + [points]):
        measured = meter.measure(1.1 * k, Pose(1.1 * k, seen.image_px(place), seen.world_m(place), np.ones(33)))
    return measured.measures


def test_it_is_a_signal_from_45_degrees_only() -> None:
    lunge = side_lunge(40.0)
    assert meter_at(45.0, lunge)["standing_knee_flexion_deg.left"] == pytest.approx(40.0, abs=13.0)
    for elsewhere_deg in (0.0, 90.0):
        assert math.isnan(meter_at(elsewhere_deg, lunge)["standing_knee_flexion_deg.left"])


def test_it_is_no_signal_of_the_farther_leg() -> None:
    assert math.isnan(meter_at(45.0, side_lunge(40.0))["standing_knee_flexion_deg.right"])


@pytest.mark.parametrize("exercise", ["kettlebell_shift", "hip_90_90"])
def test_it_is_no_signal_of_who_kneels_or_sits(exercise: str) -> None:
    moving = movement(exercise)
    measures = meter_at(45.0, moving.pose_at(moving.truth.reps[0].peak_s))
    assert all(math.isnan(measures[f"standing_knee_flexion_deg.{side}"]) for side in SIDES)


def test_it_is_small_and_quick() -> None:
    nets = shipped()
    assert sum(layer.size for layer in (*nets.weights, *nets.biases)) < 500_000
    assert Path(str(files("formcheck.body").joinpath(lifted.FILE))).stat().st_size < 2_000_000
    image_px = camera(45.0).image_px(side_lunge(30.0))
    took_s = []
    for _ in range(40):
        began_s = time.perf_counter()
        assert Lifted(image_px, LENS, None, "left").near_knee_flexion_deg > 0.0
        took_s.append(time.perf_counter() - began_s)
    assert min(took_s) < 0.001  # 0.1 ms on an idle core; slow machines are busy
