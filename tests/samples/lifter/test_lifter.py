"""What the nets that read knees from one picture are taught, and what they say of people whom they never saw."""

import itertools

import numpy as np
import pytest

pytest.importorskip("scipy")

from formcheck.body.lifted import ROWS, SURE_DEG, inputs, shipped
from formcheck.pose.pose import MIRRORED, SIDES
from samples.evaluation.error_model import read
from samples.figure import DRILLS, Build, movement
from samples.figure import quantities as q
from samples.figure.skeleton import landmarks, spread
from samples.lifter.contacts import FAMILIES, Draw, feasible, on_feet
from samples.lifter.postures import groups
from samples.lifter.seeing import bodies_of, knees, seen


@pytest.fixture(scope="module")
def made():
    return list(itertools.islice(groups(np.random.default_rng(1)), 40))


def test_knees_are_bent_by_anything(made):
    found = np.concatenate([knees(item.points_m, "left").ravel() for item in made if item.exercise == "lateral_lunge"])
    shares = np.histogram(found, bins=[0.0, 30.0, 60.0, 90.0, 120.0])[0] / len(found)
    assert shares.min() > 0.08


def test_bones_keep_their_lengths_however_a_body_is_posed(made):
    for item in made:
        assert np.ptp(q.distance(item.points_m, "left_hip", "left_knee")) < 1e-6


def test_both_feet_are_on_the_floor_of_who_stands_on_them():
    rng = np.random.default_rng(2)
    for _ in range(20):
        points = landmarks(Build(), on_feet(Build(), Draw(10, rng)))
        toes = np.stack([q.at(points, f"{side}_foot_index")[:, 2] for side in SIDES])
        assert np.abs(toes).max() < 0.12


@pytest.mark.parametrize("exercise", sorted(DRILLS.keys() - {"spiderman_lunge"}))
def test_what_an_exercise_asks_for_is_feasible(exercise):
    moving = movement(exercise, next(iter(DRILLS[exercise].levels), None))
    assert feasible(spread(moving.posture_at(np.linspace(0.0, moving.duration_s, 30)), 30)).all()


def test_what_nobody_can_do_is_not():
    rng = np.random.default_rng(3)
    shares = {
        name: np.mean([feasible(family(Build(), Draw(10, rng))).mean() for _ in range(30)])
        for name, family in FAMILIES.items()
    }
    assert all(0.2 < share < 0.97 for share in shares.values()), shares


def test_the_mirror_image_is_told_the_same_of_the_other_side(made):
    points = made[0].points_m
    mirrored = points[:, MIRRORED] * [1.0, -1.0, 1.0]
    np.testing.assert_allclose(knees(points, "left"), knees(mirrored, "right"), atol=1e-6)


def test_the_same_seed_shows_the_same(made):
    first, second = (seen(bodies_of(made), read(), np.random.default_rng(2))[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.isfinite(first).all()


def test_what_is_looked_at_does_not_hang_on_the_distance():
    rng = np.random.default_rng(3)
    rays = rng.normal(0.0, 0.1, (4, len(ROWS), 2))
    near, far = (inputs(scale * rays, np.full(4, np.nan)) for scale in (1.0, 0.5))
    shape = slice(0, 2 * len(ROWS))
    np.testing.assert_allclose(near[:, shape], far[:, shape], atol=1e-9)


def test_of_rendered_people_on_both_feet_the_nets_read_knees_and_know_their_error():
    rendered = pytest.importorskip("samples.lifter.rendered")
    names = rendered.HEAD[3:]
    rows = {
        row[:2]: dict(zip(names, map(float, row[3:]), strict=True))
        for row in rendered.table(rendered.Seen.read(), shipped(), SURE_DEG)
    }
    for kind in ("on both feet", "trailing leg"):
        row = rows[kind, "near"]
        assert row["off"] <= 10.0
        assert row["off"] < 0.5 * row["today_off"]
        assert row["gain"] >= 0.8
        assert row["sure"] >= 0.75
        assert row["within_1"] >= 0.6
        assert row["within_2"] >= 0.9
    assert rows["trailing leg", "near"]["misleads"] == 0.0
