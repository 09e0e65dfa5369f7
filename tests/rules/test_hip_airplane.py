"""Hip airplane: both turns, in either order, are a repetition; a foot that touches down ends it."""

from dataclasses import replace
from typing import Any

import pytest

from formcheck.body.quantity import Quantity
from formcheck.body.signals import (
    knee_flexion_deg,
    leg_inclination_deg,
    spinal_twist_deg,
    torso_inclination_deg,
    trunk_roll_deg,
)
from formcheck.exercise.quantities import change, other, working
from formcheck.pose.pose import Side
from samples.figure import Movement, best_view, bouncing, chain, movement, observe
from tests.exercise.made_up import Path, coach_through, path, play
from tests.limits import watched_around
from tests.rules.textbook import assert_counted, assert_textbook
from tests.runner import Watched, exercise, watch

NAME = "hip_airplane"
BEST = best_view(NAME)


def seen(moving: Movement, fps: float = 10.0, azimuth_deg: float = BEST.azimuth_deg, **errors: float) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME, "free")


@pytest.mark.parametrize(("side", "azimuth_deg"), [("right", 90.0), ("left", -90.0)])
def test_textbook_counts_with_the_lifted_leg_nearest(side: Side, azimuth_deg: float) -> None:
    moving = movement(NAME, side=side)
    assert_textbook(seen(moving, azimuth_deg=azimuth_deg), moving)


def test_with_the_standing_leg_nearest_it_counts_and_the_turns_are_judged_as_well() -> None:
    found = seen(movement(NAME), azimuth_deg=-90.0)
    assert_counted(found, movement(NAME))
    assert "good" in found.check("no_rotation")
    assert found.counted[0].form_unseen == ()


def test_frame_rate_does_not_matter() -> None:
    moving = movement(NAME)
    assert_textbook(seen(moving, 30.0), moving)


def test_noise_and_drift_change_no_count() -> None:
    assert seen(movement(NAME, reps=2), 15.0, noise=0.01, drift=0.02, seed=1).sides == ["right", "right"]


def test_toward_away_away_toward_is_two_repetitions() -> None:
    moving = chain(NAME, "free", [movement(NAME), movement(NAME, knobs={"away_first": 1.0}, lead_s=0.5)])
    found = seen(moving)
    assert_textbook(found, moving)
    assert [[hold.id for hold in rep.holds] for rep in moving.truth.reps] == [["toward", "away"], ["away", "toward"]]


def test_the_pause_between_repetitions_may_be_none() -> None:
    assert seen(movement(NAME, reps=2, rest_s=0.0)).sides == ["right"] * 2


def test_both_legs_in_one_clip() -> None:
    legs: tuple[Side, Side] = ("right", "left")
    moving = chain(NAME, "free", [movement(NAME, side=side, approach=True) for side in legs])
    found = seen(moving)
    assert_counted(found, moving)


def test_standing_and_hinging_before_it_counts_nothing() -> None:
    moving = movement(NAME, calibrate_facing_deg=BEST.azimuth_deg)
    assert_textbook(seen(moving), moving)


def test_touch_down_ends_the_repetition() -> None:
    found = seen(movement(NAME, knobs={"touch_down": 1.0}))
    assert not found.counted
    assert found.why_not == ["only the turn toward was made, without the other one"]
    assert [hold.id for hold in found.reps[0].holds] == ["toward"]


def test_a_turn_within_the_error_is_none() -> None:
    assert not seen(movement(NAME, depth=0.15)).reps


def test_a_turn_that_is_too_small_is_listed_with_its_reason() -> None:
    found = seen(movement(NAME, depth=0.4))
    assert not found.counted
    assert found.why_not[0] == "it came to 5° only; 6° counts"


@pytest.mark.parametrize(
    ("turns_s", "held_s", "verdict"), [(2.0, 6.0, "fault"), (2.0, 2.0, "not_assessed"), (5.0, 1.0, "not_assessed")]
)
def test_how_far_one_turned_is_judged_only_where_the_turn_was_held(turns_s: float, held_s: float, verdict: str) -> None:
    """By 8° to one side and back to the rest that a camera from above reads as -5°."""
    signals: dict[str, Path | float] = {
        "trunk_height_ratio": 0.1,
        "chest_up_ratio": -0.9,
        "hip_height_t.right": 1.7,
        "foot_lift_t.left": 1.0,
        "trunk_roll_deg.right": path((4, -5), (4 + turns_s, 3), (4 + turns_s + held_s, 3), (6 + turns_s + held_s, -5)),
    }
    rep = coach_through(exercise(NAME), play(9 + turns_s + held_s, near="left", signals=signals), level="free").only
    assert not rep.counted
    assert [check.band for check in rep.checks if check.id == "no_rotation"] == [verdict]


def test_a_turn_that_is_made_again_after_a_pause_opens_a_new_attempt() -> None:
    shallow = movement(NAME, knobs={"turn_away_deg": 4.0})
    found = seen(chain(NAME, "free", [shallow, movement(NAME, lead_s=0.5)]))
    assert found.sides == ["right"]
    assert [fault.id for fault in found.reps[0].faults] == ["no_rotation"]
    assert not found.counted[0].faults


def test_bouncing_counts_at_most_once() -> None:
    assert len(seen(bouncing(NAME)).counted) <= 1


@pytest.mark.parametrize("hold_s", [4.2, 4.8])
def test_each_hold_needs_four_and_a_half_seconds(hold_s: float) -> None:
    found = seen(movement(NAME, hold_s=hold_s))
    assert found.sides == ["right"]
    assert found.faults["short_hold"] == (hold_s < 4.5)


QUICK: dict[str, Any] = {"lead_s": 1.0, "move_s": 1.5, "hold_s": 4.7, "tail_s": 0.5}

FAULTS = [
    ("torso_not_parallel", "torso_inclination_deg", (85.0, 40.0), torso_inclination_deg, 50.0, -1, {}),
    ("back_twist", "back_twist_deg", (0.0, 50.0), change(working(spinal_twist_deg)), 30.0, 1, {}),
    ("trailing_leg_dropped", "trailing_knee_flexion_deg", (5.0, 60.0), other(knee_flexion_deg), 35.0, 1,
     {"away_first": 1.0}),
    ("trailing_leg_dropped", "trailing_leg_drop_deg", (0.0, 55.0), other(leg_inclination_deg), -40.0, -1, {}),
    ("standing_knee_squats", "stance_knee_flexion_deg", (15.0, 65.0), working(knee_flexion_deg), 50.0, 1, {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "knob", "between", "quantity", "limit", "over", "others"), FAULTS, ids=[f"{f[0]}-{f[1]}" for f in FAULTS]
)
def test_fault_fires_just_over_its_limit_only(
    fault: str,
    knob: str,
    between: tuple[float, float],
    quantity: Quantity,
    limit: float,
    over: float,
    others: dict[str, float],
) -> None:
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, BEST, "free", others, **QUICK)
    assert beyond.faults == {fault: 1}
    assert within.faults == {}
    assert within.sides == ["right"]


TURNS: list[tuple[str, tuple[float, float], float, float, dict[str, float]]] = [
    ("turn_away_deg", (25.0, 3.0), 6.0, -1, {}),
    ("turn_toward_deg", (20.0, 3.0), -6.0, 1, {"away_first": 1.0}),
]


@pytest.mark.parametrize(("knob", "between", "limit", "over", "others"), TURNS, ids=["away", "toward"])
def test_a_turn_under_six_degrees_is_none_and_the_other_one_alone_no_repetition(
    knob: str, between: tuple[float, float], limit: float, over: float, others: dict[str, float]
) -> None:
    roll = change(working(trunk_roll_deg))
    beyond, within = watched_around(NAME, knob, between, roll, limit, over, BEST, "free", others, **QUICK)
    assert not beyond.counted
    assert within.sides == ["right"]


def test_a_hinge_that_is_not_parallel_is_only_a_hint_with_support() -> None:
    moving = movement(NAME, "supported", knobs={"torso_inclination_deg": 45.0})
    found = watch(observe(moving, BEST, 10.0), NAME, "supported")
    assert [fault.severity for rep in found.counted for fault in rep.faults] == ["info"]
    assert found.counted[0].clean


def test_twisting_the_back_is_told_but_too_unsurely_to_be_major() -> None:
    found = seen(movement(NAME, knobs={"back_twist_deg": 40.0}, calibrate_facing_deg=BEST.azimuth_deg))
    assert [fault.severity for fault in found.counted[0].faults] == ["minor"]
