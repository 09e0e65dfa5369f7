"""Spiderman lunge: from plank to plank, or from lunge to lunge with the plank skipped; sides alternate."""

from dataclasses import replace

import pytest

from formcheck.body.quantity import Quantity
from formcheck.body.signals import foot_to_hand_t, hip_deviation_ratio, hip_over_shoulder_t, knee_flexion_deg
from formcheck.exercise.quantities import near, other, working
from formcheck.pose.pose import Side
from samples.figure import Movement, best_view, bouncing, movement, observe
from tests.limits import watched_around
from tests.rules.textbook import WITHIN_S, assert_textbook
from tests.runner import Watched, watch

NAME = "spiderman_lunge"
BEST = best_view(NAME)


def seen(moving: Movement, fps: float = 10.0, azimuth_deg: float = BEST.azimuth_deg, **errors: float) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME)


@pytest.mark.parametrize(("side", "azimuth_deg"), [("right", -90.0), ("right", 90.0), ("left", -90.0)])
def test_textbook_counts_from_the_side(side: Side, azimuth_deg: float) -> None:
    moving = movement(NAME, side=side, reps=2)
    assert_textbook(seen(moving, azimuth_deg=azimuth_deg), moving)


def test_frame_rate_does_not_matter() -> None:
    moving = movement(NAME)
    assert_textbook(seen(moving, 30.0), moving)


@pytest.mark.parametrize("azimuth_deg", [BEST.azimuth_deg, 0.0])
def test_noise_and_drift_change_no_count(azimuth_deg: float) -> None:
    found = seen(movement(NAME, reps=2), 15.0, azimuth_deg, noise=0.01, drift=0.02)
    assert found.sides == ["right", "left"]


def test_getting_into_the_plank_counts_nothing() -> None:
    moving = movement(NAME, calibrate_facing_deg=BEST.azimuth_deg)
    assert_textbook(seen(moving), moving)


def test_a_foot_that_turns_back_half_way_is_an_attempt() -> None:
    found = seen(movement(NAME, reps=2, depth=0.45))
    assert [(rep.counted, rep.side) for rep in found.reps] == [(False, "right"), (False, "left")]
    assert all(because.endswith("counts") for because in found.why_not)


def test_bouncing_counts_at_most_once() -> None:
    assert len(seen(bouncing(NAME)).counted) <= 1


@pytest.mark.parametrize("hold_s", [2.5, 2.9])
def test_the_hold_passes_from_2_7_s(hold_s: float) -> None:
    found = seen(movement(NAME, hold_s=hold_s))
    assert found.sides == ["right"]
    assert found.faults["short_hold"] == (hold_s < 2.7)


def test_the_same_side_twice_is_a_hint_and_counts() -> None:
    found = seen(movement(NAME, reps=2, knobs={"same_side": 1.0}))
    assert found.sides == ["right", "right"]
    assert [[(fault.id, fault.severity) for fault in rep.faults] for rep in found.reps] == [
        [],
        [("same_side_twice", "info")],
    ]


def test_a_skipped_plank_is_told_and_each_step_counts() -> None:
    moving = movement(NAME, reps=3, knobs={"skip_plank": 1.0})
    found = seen(moving)
    assert found.sides == ["right", "left", "right"]
    assert found.faults == {"plank_skipped": 2}
    for rep, truth in zip(found.reps, moving.truth.reps, strict=True):
        assert rep.holds[0].duration_s == pytest.approx(truth.holds[0].duration_s, abs=WITHIN_S)


FAULTS = [
    ("foot_short_of_hand", "foot_short", (0.1, 0.95), working(foot_to_hand_t), 0.70, 1),
    ("foot_short_of_hand", "front_knee_flexion_deg", (90.0, 45.0), working(knee_flexion_deg), 55.0, -1),
    ("back_knee_bends", "rear_knee_flexion_deg", (0.0, 60.0), other(knee_flexion_deg), 40.0, 1),
    ("hips_pike", "hips_over_shoulders", (-0.3, 0.4), hip_over_shoulder_t, 0.25, 1),
]


@pytest.mark.parametrize(
    ("fault", "knob", "between", "quantity", "limit", "over"), FAULTS, ids=[f"{f[0]}-{f[1]}" for f in FAULTS]
)
def test_fault_fires_just_over_its_limit_only(
    fault: str, knob: str, between: tuple[float, float], quantity: Quantity, limit: float, over: float
) -> None:
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, BEST)
    assert (beyond.sides, beyond.faults) == (["right"], {fault: 1})
    assert (within.sides, within.faults) == (["right"], {})


@pytest.mark.parametrize(("fault", "limit", "over"), [("hips_sag", -0.085, -1), ("hips_pike", 0.12, 1)])
def test_the_plank_before_each_repetition_is_judged(fault: str, limit: float, over: float) -> None:
    beyond, within = watched_around(
        NAME, "plank_hip_dev", (0.0, 0.15 * over), near(hip_deviation_ratio), limit, over, BEST, at_rest=True, reps=2
    )
    assert beyond.sides == within.sides == ["right", "left"]
    # So near the limit it is not sure enough to be major.
    assert [[(found.id, found.severity) for found in rep.faults] for rep in beyond.reps] == [[(fault, "minor")]] * 2
    assert within.faults == {}


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, BEST.azimuth_deg])
def test_a_foot_inside_the_hand_shows_from_the_front_and_45_degrees(azimuth_deg: float) -> None:
    inside, outside = (
        seen(movement(NAME, knobs={"foot_outside": outside_t}), azimuth_deg=azimuth_deg) for outside_t in (-0.03, 0.03)
    )
    shows = azimuth_deg != BEST.azimuth_deg
    assert inside.faults == ({"foot_not_outside_hand": 1} if shows else {})
    assert outside.faults == {}
    assert all((fault.severity, fault.confidence) == ("info", "low") for rep in inside.reps for fault in rep.faults)
