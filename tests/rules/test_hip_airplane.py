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
from tests.limits import watched_around
from tests.rules.textbook import assert_textbook
from tests.runner import Watched, watch

NAME = "hip_airplane"
BEST = best_view(NAME)


def seen(moving: Movement, fps: float = 10.0, azimuth_deg: float = BEST.azimuth_deg, **errors: float) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME, "free")


@pytest.mark.parametrize(
    ("side", "azimuth_deg"), [("right", 90.0), ("right", -90.0), ("left", -90.0), ("right", 45.0), ("right", 0.0)]
)
def test_textbook_counts_from_every_view(side: Side, azimuth_deg: float) -> None:
    moving = movement(NAME, side=side)
    assert_textbook(seen(moving, azimuth_deg=azimuth_deg), moving)


@pytest.mark.parametrize("fps", [15.0, 30.0])
def test_frame_rate_does_not_matter(fps: float) -> None:
    moving = movement(NAME)
    assert_textbook(seen(moving, fps), moving)


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
    assert found.sides == ["right", "left"]
    assert all(rep.clean for rep in found.counted)


def test_standing_and_hinging_before_it_counts_nothing() -> None:
    moving = movement(NAME, calibrate_facing_deg=BEST.azimuth_deg)
    assert_textbook(seen(moving), moving)


def test_touch_down_ends_the_repetition() -> None:
    found = seen(movement(NAME, knobs={"touch_down": 1.0}))
    assert not found.counted
    assert [rep.not_counted_because for rep in found.reps] == ["foot touches down"]
    assert [(fault.id, fault.severity) for fault in found.reps[0].faults] == [("foot_touches_down", "info")]
    assert [hold.id for hold in found.reps[0].holds] == ["toward"]


@pytest.mark.parametrize(("depth", "counted"), [(0.2, 0), (0.45, 1)])
def test_a_turn_within_the_error_is_none(depth: float, counted: int) -> None:
    assert len(seen(movement(NAME, depth=depth)).reps) == counted


def test_a_turn_that_is_made_again_after_a_pause_opens_a_new_attempt() -> None:
    shallow = movement(NAME, knobs={"turn_away_deg": 4.0})
    found = seen(chain(NAME, "free", [shallow, movement(NAME, lead_s=0.5)]))
    assert [rep.counted for rep in found.reps] == [False, True]
    assert [fault.id for fault in found.reps[0].faults] == ["no_rotation"]
    assert not found.reps[1].faults


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
    ("no_rotation", "turn_away_deg", (25.0, 3.0), change(working(trunk_roll_deg)), 6.0, -1, {}),
    ("no_rotation", "turn_toward_deg", (20.0, 3.0), change(working(trunk_roll_deg)), -6.0, 1, {"away_first": 1.0}),
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


def test_a_hinge_that_is_not_parallel_is_only_a_hint_with_support() -> None:
    moving = movement(NAME, "supported", knobs={"torso_inclination_deg": 45.0})
    found = watch(observe(moving, BEST, 10.0), NAME, "supported")
    assert [fault.severity for rep in found.counted for fault in rep.faults] == ["info"]
    assert found.counted[0].clean


def test_twisting_the_back_is_major() -> None:
    found = seen(movement(NAME, knobs={"back_twist_deg": 40.0}, calibrate_facing_deg=BEST.azimuth_deg))
    assert [fault.severity for fault in found.counted[0].faults] == ["major"]
