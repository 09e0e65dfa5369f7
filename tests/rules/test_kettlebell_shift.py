"""Kettlebell weight shift: the hips slide toward the front foot by a tenth of the stance, stay, and return."""

from dataclasses import replace

import pytest

from formcheck.body.lens import Lens
from formcheck.body.quantity import Quantity
from formcheck.body.signals import (
    heel_lift_t,
    knee_inside_t,
    torso_inclination_deg,
    weight_shift_ratio,
)
from formcheck.body.view import ViewSeen
from formcheck.exercise.quantities import change, working
from formcheck.exercise.reasons import Code
from formcheck.pose.pose import Side
from samples.figure import Bursts, Movement, View, activity, best_view, bouncing, chain, movement, observe
from tests.exercise.made_up import Path, coach_through, path, play
from tests.limits import watched_around
from tests.rules.textbook import assert_textbook
from tests.runner import Watched, exercise, watch

NAME = "kettlebell_shift"
BEST = best_view(NAME)


def seen(moving: Movement, fps: float = 10.0, azimuth_deg: float = BEST.azimuth_deg, **errors: float) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME)


@pytest.mark.parametrize(("side", "azimuth_deg"), [("right", -45.0), ("left", 45.0)])
def test_textbook_counts_with_either_leg(side: Side, azimuth_deg: float) -> None:
    moving = movement(NAME, side=side, reps=2)
    assert_textbook(seen(moving, azimuth_deg=azimuth_deg), moving)


def test_from_the_side_hips_that_slide_toward_the_camera_hardly_move_and_it_says_so() -> None:
    found = seen(movement(NAME), azimuth_deg=90.0)
    assert not found.counted
    assert found.why_not == ["it came to 0.06 torso lengths only; 0.08 torso lengths counts"]


def test_frame_rate_does_not_matter() -> None:
    moving = movement(NAME)
    assert_textbook(seen(moving, 30.0), moving)


def test_noise_and_drift_change_no_count() -> None:
    assert seen(movement(NAME, reps=2), 15.0, noise=0.01, drift=0.02).sides == ["right", "right"]


def test_bursts_of_bad_landmarks_change_no_count() -> None:
    stream = observe(movement(NAME, reps=2), BEST, bursts=Bursts("ankle_at_hip", 0.033, 0.04))
    assert watch(stream, NAME).sides == ["right", "right"]


def test_both_legs_in_one_clip() -> None:
    sides: tuple[Side, Side] = ("right", "left")
    moving = chain(NAME, None, [movement(NAME, side=side, calibrate_facing_deg=-45.0) for side in sides])
    assert seen(moving).sides == ["right", "left"]


def test_half_a_shift_is_an_attempt() -> None:
    found = seen(movement(NAME, depth=0.45))
    assert found.why_not == ["it came to 0.08 only; 0.10 counts"]
    assert found.faults == {"weight_barely_moves": 1}


def test_bouncing_counts_at_most_once() -> None:
    assert len(seen(bouncing(NAME)).counted) <= 1


def test_split_squats_are_none() -> None:
    found = seen(activity("split_squat", reps=2))
    assert not found.counted
    assert set(found.why_not) == {"you came down from standing: a split squat"}


@pytest.mark.parametrize(("sinks_t", "codes"), [(0.06, [None]), (0.16, [Code.SOMETHING_ELSE])])
def test_leaning_over_the_front_foot_is_no_sitting_back(sinks_t: float, codes: list[Code | None]) -> None:
    """The front knee seems to straighten a little either way; only hips that sink onto the heel sit back."""

    def moved(rest: float, by: float) -> Path:
        return path((2, rest), (4, rest + by), (10, rest + by), (12, rest))

    signals: dict[str, Path | float] = {
        "trunk_height_ratio": 0.98,
        "shank_rise_t.right": 0.8,
        "shank_rise_t.left": 0.0,
        "weight_shift_ratio.right": moved(0.5, 0.3),
        "seat_height_t": moved(0.8, -sinks_t),
        "knee_flexion_deg.right": moved(90.0, -8.0),
    }
    seen_by_hand = play(15, view=ViewSeen.OBLIQUE_RIGHT, near="right", signals=signals)
    assert coach_through(exercise(NAME), seen_by_hand).codes == codes


@pytest.mark.parametrize("hold_s", [4.2, 4.8])
def test_the_hold_needs_four_and_a_half_seconds(hold_s: float) -> None:
    found = seen(movement(NAME, hold_s=hold_s))
    assert found.sides == ["right"]
    assert found.faults == ({"short_hold": 1} if hold_s < 4.5 else {})


gain = change(working(weight_shift_ratio))

FAULTS = [
    ("knee_inside_foot", "knee_yaw_deg", (10.0, -60.0), working(knee_inside_t), 0.22, 1, -45.0),
    ("leaning_not_shifting", "torso_lean_deg", (4.0, 50.0), torso_inclination_deg, 30.0, 1, -45.0),
    ("front_heel_lifts", "heel_lift", (0.0, 0.3), change(working(heel_lift_t)), 0.12, 1, -45.0),
]


@pytest.mark.parametrize(
    ("fault", "knob", "between", "quantity", "limit", "over", "azimuth_deg"), FAULTS, ids=[fault[0] for fault in FAULTS]
)
def test_fault_fires_just_over_its_limit_only(
    fault: str,
    knob: str,
    between: tuple[float, float],
    quantity: Quantity,
    limit: float,
    over: float,
    azimuth_deg: float,
) -> None:
    view = replace(BEST, azimuth_deg=azimuth_deg)
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, view)
    assert beyond.faults == {fault: 1}
    assert within.faults == {}
    assert within.sides == beyond.sides == ["right"]


def test_weight_that_barely_moves_is_an_attempt_with_a_fault() -> None:
    beyond, within = watched_around(NAME, "shift_gain", (0.28, 0.05), gain, 0.10, -1, BEST)
    assert (beyond.sides, beyond.faults) == ([], {"weight_barely_moves": 1})
    assert (within.sides, within.faults) == (["right"], {})


STEEP = View(-45.0, pitch_deg=5.0, distance_m=3.2, target_m=(0.0, 0.0, 0.7), px_per_m=Lens((1280, 720)).focal_px / 3.2)
"""A camera 1 m high: which way a foot points needs the floor."""


def from_above(moving: Movement) -> Watched:
    return watch(observe(moving, STEEP, 10.0), NAME, tilt_deg=STEEP.pitch_deg)


def inside_from(azimuth_deg: float, side: Side = "right", knee_yaw_deg: float = -45.0) -> Watched:
    return seen(movement(NAME, side=side, knobs={"knee_yaw_deg": knee_yaw_deg}), azimuth_deg=azimuth_deg)


@pytest.mark.parametrize(("side", "azimuth_deg"), [("right", -30.0), ("right", -50.0), ("left", 30.0), ("left", 50.0)])
def test_a_knee_inside_the_foot_is_told_from_the_front_legs_side(side: Side, azimuth_deg: float) -> None:
    found = inside_from(azimuth_deg, side)
    assert (found.sides, found.faults) == ([side], {"knee_inside_foot": 1})


@pytest.mark.parametrize("azimuth_deg", [-30.0, -50.0])
@pytest.mark.parametrize("knee_yaw_deg", [-15.0, 0.0, 25.0])
def test_a_knee_about_over_the_foot_is_right(azimuth_deg: float, knee_yaw_deg: float) -> None:
    assert inside_from(azimuth_deg, knee_yaw_deg=knee_yaw_deg).faults == {}


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0])
def test_from_elsewhere_it_is_not_assessed(azimuth_deg: float) -> None:
    found = inside_from(azimuth_deg)
    assert (found.faults, set(found.check("knee_inside_foot"))) == ({}, {"not_assessed"})


@pytest.mark.parametrize(("foot_yaw_deg", "found"), [(75.0, 0), (36.0, 0), (24.0, 1)])
def test_a_front_leg_that_is_not_turned_out_is_mentioned_once_a_set(foot_yaw_deg: float, found: int) -> None:
    watched = from_above(movement(NAME, reps=2, knobs={"foot_yaw_deg": foot_yaw_deg}))
    assert watched.faults["front_leg_not_turned_out"] == found


@pytest.mark.parametrize(("foot_yaw_deg", "told"), [(75.0, "good"), (15.0, "fault")])
@pytest.mark.parametrize("beside_deg", [-8.0, 0.0, 8.0])
def test_the_foot_is_judged_without_standing_before_the_camera(
    foot_yaw_deg: float, told: str, beside_deg: float
) -> None:
    view = replace(STEEP, azimuth_deg=STEEP.azimuth_deg + beside_deg)
    found = watch(observe(movement(NAME, knobs={"foot_yaw_deg": foot_yaw_deg}), view, 10.0), NAME)
    assert set(found.check("front_leg_not_turned_out")) == {told}


@pytest.mark.parametrize("share", [0.5, 0.6, 0.7])
def test_of_a_shift_that_was_under_way_before_the_first_frame_nobody_knows_how_far_it_went(share: float) -> None:
    moving = movement(NAME)
    begins_s = moving.truth.reps[0].start_s + share * 2.0
    found = watch([item for item in observe(moving, BEST, 10.0) if item.time_s >= begins_s], NAME)
    assert [rep.counted for rep in found.reps] == [False]
    assert (set(found.check("weight_barely_moves")), found.faults) == ({"not_assessed"}, {})
