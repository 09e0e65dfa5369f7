"""An error model that is fitted to errors of a known size finds them, and makes such errors again."""

import numpy as np
import pytest

from formcheck.body.view import View
from formcheck.pose.pose import INDEX, Observation, Pose
from samples.evaluation.error_model import Sample, ViewErrors, disturbed, fit, read, write
from samples.evaluation.posed import kind_of
from samples.figure import movement

BIAS, SPREAD, LASTING_S = 0.08, 0.03, 0.5
TIMES = np.arange(0.0, 200.0, 0.1)


@pytest.fixture(scope="module")
def exact():
    points = movement("dead_bug").pose_at(np.array(1.0))
    image, world = points[:, [0, 2]] * 300.0, points - points[[23, 24]].mean(axis=0)
    return [Observation(float(t), Pose(float(t), image, world, np.ones(33))) for t in TIMES]


def model():
    bias = np.zeros((33, 5))
    bias[INDEX["right_knee"], 0] = BIAS
    return ViewErrors(bias, np.full((33, 5), SPREAD), np.full((33, 5), LASTING_S))


@pytest.mark.parametrize("left_near", [False, True])
def test_what_is_put_in_is_found_again_whichever_side_is_near(exact, left_near):
    seen = disturbed(exact, model(), 150.0, 0.5, left_near=left_near, seed=1)
    true_px, true_m = (np.array([getattr(item.pose, name) for item in exact]) for name in ("image_px", "world_m"))
    seen_px, seen_m = (np.array([getattr(item.pose, name) for item in seen]) for name in ("image_px", "world_m"))
    torso_px = np.linalg.norm(true_px[0, [11, 12]].mean(axis=0) - true_px[0, [23, 24]].mean(axis=0))
    scale = 150.0 / torso_px
    sample = Sample(TIMES, (View.SIDE,) * TIMES.size, np.full(TIMES.size, left_near), true_px, seen_px, true_m, seen_m)
    found = fit([sample])[View.SIDE]
    knee = INDEX["right_knee"]
    assert found.bias[knee, 0] == pytest.approx(BIAS * scale, abs=0.01)
    assert found.bias[INDEX["left_knee"], 0] == pytest.approx(0.0, abs=0.01)
    assert found.spread[knee, 4] == pytest.approx(SPREAD * 0.5 / np.linalg.norm(
        true_m[0, [11, 12]].mean(axis=0) - true_m[0, [23, 24]].mean(axis=0)), rel=0.15)  # fmt: skip
    assert found.lasting_s[knee, 0] == pytest.approx(LASTING_S, rel=0.4)


def test_errors_are_the_same_for_the_same_seed_only(exact):
    first, again, other = (
        disturbed(exact[:5], model(), 150.0, 0.5, left_near=False, seed=seed)[4].pose.image_px for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_model_is_read_as_it_was_written(tmp_path):
    write({View.SIDE: model()}, tmp_path / "model.json")
    found = read(tmp_path / "model.json")[View.SIDE]
    assert np.array_equal(found.bias, model().bias)
    assert np.array_equal(found.lasting_s, model().lasting_s)


@pytest.mark.parametrize(
    ("azimuth_deg", "kind"),
    [(0.0, View.FRONT), (-90.0, View.SIDE), (45.0, View.OBLIQUE), (98.0, View.SIDE), (180.0, View.BACK)],
)
def test_an_azimuth_has_a_kind_of_view(azimuth_deg, kind):
    assert kind_of(azimuth_deg) is kind
