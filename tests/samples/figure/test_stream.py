"""Streams are deterministic, cheap, and err only by what was asked for."""

import time
from typing import Any

import numpy as np
import pytest

from formcheck.pose.pose import INDEX, Observation
from samples.figure.camera import View
from samples.figure.geometry import Array
from samples.figure.movements.exercises import DRILLS, movement
from samples.figure.stream import BEST_VIEW, SHIFT_TORSOS, BurstKind, Bursts, best_view, observe

ROUGH: dict[str, Any] = {"noise": 0.01, "drift": 0.02, "bursts": Bursts("all_shifted", 0.2), "seed": 7}


def _image(stream: list[Observation]) -> Array:
    return np.array([seen.pose.image_px for seen in stream if seen.pose is not None])


def _world(stream: list[Observation]) -> Array:
    return np.array([seen.pose.world_m for seen in stream if seen.pose is not None])


@pytest.mark.parametrize("errors", [{}, ROUGH], ids=["clean", "rough"])
def test_same_seed_same_stream_and_every_second_frame_of_60_is_30_fps(errors: dict[str, Any]) -> None:
    moving, view = movement("lateral_lunge"), best_view("lateral_lunge")
    slow, again = (observe(moving, view, 30, **errors) for _ in range(2))
    fast = observe(moving, view, 60, **errors)[::2]
    for other in (again, fast):
        assert [seen.time_s for seen in slow] == [seen.time_s for seen in other]
        assert (_image(slow) == _image(other)).all()
        assert (_world(slow) == _world(other)).all()


def test_another_seed_errs_otherwise() -> None:
    moving, view = movement("childs_pose"), best_view("childs_pose")
    first, second = (_image(observe(moving, view, noise=0.01, seed=seed)) for seed in (1, 2))
    assert (first != second).any()


def test_a_clean_stream_is_the_rounded_truth() -> None:
    moving, view = movement("hip_90_90"), best_view("hip_90_90")
    stream = observe(moving, view)
    points = moving.pose_at(np.array([seen.time_s for seen in stream]))
    assert np.abs(_image(stream) - view.image_px(points)).max() <= 0.005 + 1e-9
    assert np.abs(_world(stream) - view.world_m(points)).max() <= 0.00005 + 1e-9
    assert stream[0].pose is not None
    with pytest.raises(ValueError, match="read-only"):
        stream[0].pose.image_px[0, 0] = 0.0


def test_noise_and_drift_have_their_size() -> None:
    moving, view = movement("plank_hip_flexion"), best_view("plank_hip_flexion")
    clean = observe(moving, view)
    noisy = _image(observe(moving, view, noise=0.02, rounded=False)) - _image(clean)
    assert noisy.std() == pytest.approx(0.02 * 0.5 * 330, rel=0.02)
    assert (_world(observe(moving, view, noise=0.02)) - _world(clean)).std() == pytest.approx(0.01, rel=0.02)
    drifting = _image(observe(moving, view, drift=0.03)) - _image(clean)
    assert np.abs(drifting).max() == pytest.approx(0.03 * 0.5 * 330, rel=0.01)
    assert np.abs(np.diff(drifting, axis=0)).max() < 0.1


@pytest.mark.parametrize("kind", ["leg_swap", "ankle_at_hip", "all_shifted"])
@pytest.mark.parametrize("duration_s", [0.033, 0.1, 0.2])
def test_bursts_take_their_share_of_the_time(kind: BurstKind, duration_s: float) -> None:
    moving, view = movement("hip_flexion", "free", reps=4), View(-45.0)
    bad = _image(observe(moving, view, 60, bursts=Bursts(kind, duration_s)))
    moved = np.abs(bad - _image(observe(moving, view, 60))).max(axis=2)
    spoiled = (moved > 1.0).any(axis=1)
    assert spoiled.mean() == pytest.approx(0.02, abs=0.01)
    if kind == "all_shifted":
        jump = np.linalg.norm(bad - _image(observe(moving, view, 60)), axis=2)[spoiled]
        assert jump == pytest.approx(SHIFT_TORSOS * 0.5 * 330, abs=0.05)
    else:
        assert (moved[:, INDEX["left_hip"]] == 0).all()


def test_hidden_and_doubtful_landmarks() -> None:
    stream = observe(movement("dead_bug"), best_view("dead_bug"), hidden=("left_ankle",), visibility={"nose": 0.12345})
    for seen in (stream[0].pose, stream[-1].pose):
        assert seen is not None
        assert np.isnan(seen.image_px[INDEX["left_ankle"]]).all()
        assert np.isnan(seen.image_px).sum() == 2
        assert seen.visibility[INDEX["nose"]] == 0.123
        assert seen.visibility[INDEX["left_knee"]] == 1.0


@pytest.mark.parametrize("exercise", DRILLS)
def test_best_views_hold_the_whole_body(exercise: str) -> None:
    for level in DRILLS[exercise].levels or (None,):
        for side in ("left", "right"):
            for name in (side, "left", "right"):
                view = BEST_VIEW[exercise][name]
                calibrated = movement(exercise, level, side=side, calibrate_facing_deg=view.azimuth_deg)
                image = _image(observe(calibrated, view, 5))
                assert image.min() > 5
                assert image[..., 0].max() < 1275
                assert image[..., 1].max() < 715


def test_forty_seconds_take_well_under_a_second_and_a_half() -> None:
    moving, view = movement("plank_hip_flexion", knobs={"hips_rise": 0.1}, tail_s=6.0), View(-90.0)
    started = time.perf_counter()
    stream = observe(moving, view, 30, noise=0.01, drift=0.01, bursts=Bursts("leg_swap"))
    assert len(stream) >= 1200
    assert time.perf_counter() - started < 1.5
