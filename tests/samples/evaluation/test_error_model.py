"""An error model that is fitted to errors of a known size finds them, and makes such errors again."""

import numpy as np
import pytest

from formcheck.body.view import View
from formcheck.pose.pose import INDEX, Observation, Pose
from samples.evaluation.error_fit import Sample, fit
from samples.evaluation.error_model import ANY, Errors, disturbed, read, write
from samples.evaluation.posed import kind_of
from samples.figure import movement

BIAS, SPREAD, REST, LASTING_S = 0.08, 0.2, 0.005, 0.5
TIMES = np.arange(0.0, 400.0, 0.1)


@pytest.fixture(scope="module")
def exact():
    points = movement("dead_bug").pose_at(np.array(1.0))
    image, world = points[:, [0, 2]] * 300.0, points - points[[23, 24]].mean(axis=0)
    return [Observation(float(t), Pose(float(t), image, world, np.ones(33))) for t in TIMES]


def model():
    """Return errors of which one knee is off, and both ankles go up and down together."""
    bias, shape, none = np.zeros((33, 5)), np.zeros((1, 33, 5)), np.zeros((1, 33, 5))
    bias[INDEX["right_knee"], 0] = BIAS
    shape[0, [INDEX["left_ankle"], INDEX["right_ankle"]], 1] = SPREAD
    return Errors(
        none[..., :3], bias[None], none[None], shape, np.array([LASTING_S]), np.full((33, 5), REST), rest_lasts_s=0.1
    )


@pytest.mark.parametrize("left_near", [False, True])
def test_what_is_put_in_is_found_again_whichever_side_is_near(exact, left_near):
    seen = disturbed(exact, model(), 150.0, 0.5, left_near=left_near, seed=1)
    true_px, true_m = (np.array([getattr(item.pose, name) for item in exact]) for name in ("image_px", "world_m"))
    seen_px, seen_m = (np.array([getattr(item.pose, name) for item in seen]) for name in ("image_px", "world_m"))
    torso_px = np.linalg.norm(true_px[0, [11, 12]].mean(axis=0) - true_px[0, [23, 24]].mean(axis=0))
    scale = 150.0 / torso_px
    sample = Sample(
        "dead_bug", TIMES, (View.SIDE,) * TIMES.size, np.full(TIMES.size, left_near), true_px, seen_px, true_m, seen_m
    )
    found = fit([sample])
    assert set(found) == {("dead_bug", View.SIDE), (ANY, View.SIDE)}
    errors = found["dead_bug", View.SIDE]
    ankles = [INDEX["left_ankle"], INDEX["right_ankle"]]
    assert errors.offsets[0, INDEX["right_knee"], 0] == pytest.approx(BIAS * scale, abs=0.01)
    assert errors.offsets[0, INDEX["left_knee"], 0] == pytest.approx(0.0, abs=0.01)
    assert np.abs(errors.shapes[0, ankles, 1]) == pytest.approx(SPREAD * scale, rel=0.15)
    assert errors.shapes[0, ankles[0], 1] == pytest.approx(errors.shapes[0, ankles[1], 1], rel=0.05), "they go together"
    assert errors.shapes_last_s[0] == pytest.approx(LASTING_S, rel=0.2)
    assert errors.rest[INDEX["nose"], 0] == pytest.approx(REST * scale, rel=0.3)


def pose_of(seen: Observation) -> Pose:
    assert seen.pose is not None
    return seen.pose


@pytest.mark.parametrize("fps", [10.0, 60.0])
def test_errors_are_as_large_and_as_slow_at_any_frame_rate(exact, fps):
    times = np.arange(0.0, 300.0, 1.0 / fps)
    still = [Observation(float(t), exact[0].pose) for t in times]
    seen = disturbed(still, model(), 100.0, 0.5, left_near=False, seed=3)
    ankle = np.array([pose_of(item).image_px[INDEX["right_ankle"], 1] for item in seen])
    lag = round(LASTING_S * fps)
    assert ankle.std() == pytest.approx(100.0 * SPREAD, rel=0.15)
    assert np.corrcoef(ankle[lag:], ankle[:-lag])[0, 1] == pytest.approx(2 / np.e, abs=0.08)


def sample_of(exact, seen):
    arrays = [
        np.array([getattr(pose_of(item), name) for item in of])
        for of in (exact, seen)
        for name in ("image_px", "world_m")
    ]
    true_px, true_m, seen_px, seen_m = arrays
    times = np.array([item.time_s for item in exact])
    return Sample(
        "dead_bug", times, (View.SIDE,) * len(exact), np.zeros(len(exact), bool), true_px, seen_px, true_m, seen_m
    )


def moved(item: Observation, landmark: str, by_m: float) -> Observation:
    pose = pose_of(item)
    world = pose.world_m.copy()
    world[INDEX[landmark], 1] += by_m
    return Observation(item.time_s, Pose(item.time_s, pose.image_px, world, pose.visibility))


def test_what_follows_the_posture_comes_again_with_it_and_what_differs_between_clips_stays_within_one(exact):
    moving = movement("dead_bug", reps=3)
    times = np.arange(0.0, moving.duration_s, 0.1)
    points = moving.pose_at(times)
    true = [
        Observation(float(t), Pose(float(t), at[:, [0, 2]] * 300.0, at - at[[23, 24]].mean(axis=0), np.ones(33)))
        for t, at in zip(times, points, strict=True)
    ]
    raised = points[:, INDEX["right_knee"], 2] - points[:, INDEX["right_knee"], 2].mean()
    clips = [
        [moved(item, "right_ankle", off + 0.2 * float(up)) for item, up in zip(true, raised, strict=True)]
        for off in (-0.03, 0.0, 0.03)
    ]
    errors = fit([sample_of(true, seen) for seen in clips])["dead_bug", View.SIDE]
    found = [
        np.array([pose_of(item).world_m for item in disturbed(true, errors, 150.0, 0.5, left_near=False, seed=seed)])
        for seed in range(12)
    ]
    off = np.array(found)[:, :, INDEX["right_ankle"], 1] - np.array(
        [pose_of(item).world_m[INDEX["right_ankle"], 1] for item in true]
    )
    assert np.corrcoef(off.mean(axis=0), raised)[0, 1] > 0.98
    assert (off - off.mean(axis=1, keepdims=True)).std() == pytest.approx(0.2 * raised.std(), rel=0.15)
    assert off.mean(axis=1).std() == pytest.approx(np.std([-0.03, 0.0, 0.03]), rel=0.5)


def test_errors_are_the_same_for_the_same_seed_only(exact):
    first, again, other = (
        pose_of(disturbed(exact[:5], model(), 150.0, 0.5, left_near=False, seed=seed)[4]).image_px for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_model_is_read_as_it_was_written(tmp_path):
    write({("dead_bug", View.SIDE): model()}, tmp_path / "model.npz")
    found = read(tmp_path / "model.npz")["dead_bug", View.SIDE]
    assert found.offsets == pytest.approx(model().offsets, rel=1e-3)
    assert found.shapes == pytest.approx(model().shapes, rel=1e-3)
    assert found.rest_lasts_s == pytest.approx(model().rest_lasts_s, rel=1e-3)


@pytest.mark.parametrize(
    ("azimuth_deg", "kind"),
    [(0.0, View.FRONT), (-90.0, View.SIDE), (45.0, View.OBLIQUE), (98.0, View.SIDE), (180.0, View.BACK)],
)
def test_an_azimuth_has_a_kind_of_view(azimuth_deg, kind):
    assert kind_of(azimuth_deg) is kind
