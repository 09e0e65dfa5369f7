"""Child's pose: one hold of ten seconds is one repetition; it may begin folded and end with the clip."""

from dataclasses import replace
from typing import Any

import pytest

from formcheck.body.quantity import Quantity
from formcheck.body.signals import (
    arm_elevation_deg,
    elbow_flexion_deg,
    head_height_t,
    hip_to_heel_shank,
)
from formcheck.exercise.quantities import near
from formcheck.exercise.words import Confidence
from samples.figure import Movement, best_view, bouncing, movement, observe
from tests.limits import watched_around
from tests.rules.textbook import WITHIN_S, assert_textbook
from tests.runner import Watched, watch

NAME = "childs_pose"
BEST = best_view(NAME)


def seen(
    moving: Movement, fps: float = 10.0, azimuth_deg: float = BEST.azimuth_deg, from_s: float = 0.0, until_s: float = 1e3,
    **errors: float,
) -> Watched:  # fmt: skip
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch([item for item in stream if from_s <= item.time_s <= until_s], NAME)


def test_the_front_shows_the_fold_but_not_when_it_began() -> None:
    assert seen(movement(NAME, reps=2), azimuth_deg=0.0).sides == [None, None]


def test_the_pause_between_two_folds_may_be_none() -> None:
    found = seen(movement(NAME, reps=2, rest_s=0.0))
    assert (len(found.reps), found.sides) == (2, [None, None])


@pytest.mark.parametrize("azimuth_deg", [-90.0, 90.0, -45.0])
def test_textbook_counts_from_the_side_and_45_degrees(azimuth_deg: float) -> None:
    moving = movement(NAME)
    assert_textbook(seen(moving, azimuth_deg=azimuth_deg), moving)


@pytest.mark.parametrize(("fps", "reps"), [(10.0, 2), (15.0, 1), (30.0, 1)])
def test_frame_rate_does_not_matter(fps: float, reps: int) -> None:
    moving = movement(NAME, reps=reps)
    assert_textbook(seen(moving, fps), moving)


def test_noise_and_drift_change_neither_count_nor_faults() -> None:
    found = seen(movement(NAME, reps=2), 15.0, noise=0.01, drift=0.02)
    assert (found.sides, found.faults) == ([None, None], {})


def test_it_may_begin_folded_and_end_with_the_clip() -> None:
    moving = movement(NAME)
    found = seen(moving, from_s=7.0, until_s=17.0)
    assert found.sides == [None]
    rep = found.counted[0]
    assert (rep.start_s, rep.end_s, rep.holds[0].duration_s) == pytest.approx((7.0, 17.0, 10.0), abs=WITHIN_S)
    assert rep.clean


def test_it_may_begin_folded_and_end_by_rising() -> None:
    found = seen(movement(NAME, reps=2), from_s=6.5)
    assert found.sides == [None, None]
    assert all(rep.clean for rep in found.counted)


def test_standing_and_kneeling_down_before_it_counts_nothing() -> None:
    moving = movement(NAME, calibrate_facing_deg=BEST.azimuth_deg)
    assert_textbook(seen(moving), moving)


def test_half_a_fold_is_an_attempt() -> None:
    found = seen(movement(NAME, depth=0.45))
    assert list(found.why_not) == ["it came to 49° only; 60° counts"]


def test_bouncing_counts_at_most_once() -> None:
    assert len(seen(bouncing(NAME)).counted) <= 1


@pytest.mark.parametrize(
    ("hold_s", "counted", "faults"),
    [(5.7, 0, {}), (6.3, 1, {"short_hold": 1}), (8.7, 1, {"short_hold": 1}), (9.3, 1, {})],
)
def test_under_six_seconds_it_is_an_attempt_and_under_nine_too_short(
    hold_s: float, counted: int, faults: dict[str, int]
) -> None:
    found = seen(movement(NAME, hold_s=hold_s), 15.0)
    assert (len(found.reps), len(found.counted), found.faults) == (1, counted, faults)


QUICK: dict[str, Any] = {"lead_s": 1.0, "hold_s": 9.5, "tail_s": 0.5}

FAULTS = [
    ("head_off_floor", "head_height", (0.26, 0.8), near(head_height_t), 0.55, 1),
    ("hips_off_heels", "hips_off_heels", (0.52, 1.3), near(hip_to_heel_shank), 1.0, 1),
    ("arms_not_reaching", "elbow_flexion_deg", (10.0, 90.0), near(elbow_flexion_deg), 60.0, 1),
    ("arms_not_reaching", "arm_elevation_deg", (165.0, 70.0), near(arm_elevation_deg), 100.0, -1),
]


@pytest.mark.parametrize(
    ("fault", "knob", "between", "quantity", "limit", "over"), FAULTS, ids=[f"{f[0]}-{f[1]}" for f in FAULTS]
)
def test_fault_fires_just_over_its_limit_only(
    fault: str, knob: str, between: tuple[float, float], quantity: Quantity, limit: float, over: float
) -> None:
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, BEST, **QUICK)
    assert beyond.faults == {fault: 1}
    assert within.faults == {}
    assert len(within.counted) == len(beyond.counted) == 1


@pytest.mark.parametrize(("travel", "found"), [(0.107, 0), (0.111, 1)])
def test_wandering_by_a_tenth_of_the_torso_is_restless(travel: float, found: int) -> None:
    # The knob is the farthest that it wanders; what counts is where it stays for a second, 0.916 of that.
    assert seen(movement(NAME, knobs={"restless": travel})).faults == ({"restless": 1} if found else {})


def test_no_check_is_sure_since_the_face_is_hidden() -> None:
    found = {check.confidence for rep in seen(movement(NAME)).reps for check in rep.checks}
    assert Confidence.MEDIUM in found
    assert Confidence.HIGH not in found
