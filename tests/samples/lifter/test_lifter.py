"""What the nets that read angles from one picture are taught, and what they say of people whom they never saw."""

import itertools

import numpy as np
import pytest

pytest.importorskip("scipy")

from formcheck.pose.pose import MIRRORED
from samples.evaluation.error_model import read
from samples.figure import quantities as q
from samples.lifter.nets import ANSWERS, FILE, MIRROR, Nets, inputs
from samples.lifter.outside import HEAD, clips, table
from samples.lifter.postures import groups
from samples.lifter.seeing import answers, bodies_of, seen


@pytest.fixture(scope="module")
def made():
    return list(itertools.islice(groups(np.random.default_rng(1)), 40))


def test_postures_reach_far_beyond_the_textbook(made):
    knees = np.concatenate(
        [
            q.knee_flexion(item.points_m, side)
            for item in made
            if item.exercise == "kettlebell_shift"
            for side in ("left", "right")
        ]
    )
    assert np.percentile(knees, 90) - np.percentile(knees, 10) > 70.0


def test_bones_keep_their_lengths_however_a_body_is_turned(made):
    for item in made:
        lengths = q.distance(item.points_m, "left_hip", "left_knee")
        assert np.ptp(lengths) < 1e-6


def test_nobody_sinks_into_the_floor(made):
    assert min(item.points_m[..., 2].min() for item in made) > -0.05


def test_the_mirror_image_is_told_the_same_of_the_other_side(made):
    points = made[0].points_m
    mirrored = points[:, MIRRORED] * [1.0, -1.0, 1.0]
    np.testing.assert_allclose(answers(points, "left"), answers(mirrored, "right"), atol=1e-6)


def test_the_same_seed_shows_the_same(made):
    first, second = (seen(bodies_of(made), read(), np.random.default_rng(2))[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.isfinite(first).all()


def test_what_is_looked_at_does_not_hang_on_the_distance():
    rng = np.random.default_rng(3)
    rays = rng.normal(0.0, 0.1, (4, len(MIRROR), 2))
    near, far = (inputs(scale * rays, np.full(4, np.nan)) for scale in (1.0, 0.5))
    shape = slice(0, 2 * len(MIRROR))
    np.testing.assert_allclose(near[:, shape], far[:, shape], atol=1e-9)


def test_outside_the_nets_seldom_mislead_and_know_their_error(shared):
    folder = shared / "outside"
    if not folder.is_dir():
        pytest.skip("the clips from outside are not here")
    seen_at_45 = list(clips(folder, "45"))
    rows = {
        row[:3]: dict(zip(HEAD[3:], map(float, row[3:]), strict=True)) for row in table(seen_at_45, Nets.read(FILE))
    }
    assert {answer for _, _, answer in rows} <= set(ANSWERS)
    assert all(row["misleads"] <= 0.01 for row in rows.values())
    trunk = rows["all", "45", "torso_inclination_deg"]
    assert trunk["within_2"] > 0.9
    assert trunk["nets_off"] < trunk["today_off"]
