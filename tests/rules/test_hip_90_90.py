"""90/90: tall sitting, hinge over the front shin, stay, sit tall again."""

from dataclasses import replace
from typing import Any

import pytest

from formcheck.body.lens import Lens
from formcheck.body.quantity import Quantity
from formcheck.body.signals import (
    lower_wrist_height_t,
    neck_line_deg,
    rear_knee_flexion_deg,
    side_bend_deg,
    torso_inclination_deg,
    trunk_length_ratio,
)
from formcheck.body.view import ViewSeen
from formcheck.exercise.quantities import change, near
from formcheck.exercise.session_result import Session
from formcheck.pipeline import Options
from formcheck.pose.pose import Side
from samples.evaluation.watching import watch as evaluated
from samples.figure import Movement, View, best_view, bouncing, chain, movement, observe
from samples.figure.sizing import knob_at
from tests.exercise.made_up import Path, coach_through, path, play
from tests.limits import watched_around
from tests.rules.textbook import assert_counted, assert_textbook
from tests.runner import Watched, exercise, watch

NAME = "hip_90_90"
BEST = best_view(NAME)


def seen(moving: Movement, fps: float = 10.0, azimuth_deg: float = BEST.azimuth_deg, **errors: float) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME)


@pytest.mark.parametrize(("side", "azimuth_deg"), [("right", 90.0), ("right", -90.0), ("left", -90.0)])
def test_textbook_counts_from_the_side(side: Side, azimuth_deg: float) -> None:
    moving = movement(NAME, side=side)
    assert_textbook(seen(moving, azimuth_deg=azimuth_deg), moving)


def test_from_the_front_it_counts_and_what_is_not_seen_is_not_judged() -> None:
    found = seen(movement(NAME), azimuth_deg=0.0)
    assert (found.sides, found.faults) == (["right"], {})


def test_frame_rate_does_not_matter() -> None:
    moving = movement(NAME)
    assert_textbook(seen(moving, 30.0, 90.0), moving)


def test_noise_and_drift_change_no_count() -> None:
    assert seen(movement(NAME, reps=2), 15.0, noise=0.01, drift=0.02).sides == ["right", "right"]


def test_both_sides_in_one_clip() -> None:
    sides: tuple[Side, Side] = ("right", "left")
    moving = chain(NAME, None, [movement(NAME, side=side, calibrate_facing_deg=45.0) for side in sides])
    assert_counted(seen(moving), moving)


def test_bouncing_counts_at_most_once() -> None:
    assert len(seen(bouncing(NAME)).counted) <= 1


def test_hardly_hinging_is_an_attempt_with_a_hint() -> None:
    beyond, within = watched_around(NAME, "hinge_deg", (32.0, 3.0), change(torso_inclination_deg), 10.0, -1, BEST)
    assert (beyond.sides, beyond.faults) == ([], {"hardly_hinging": 1})
    assert (within.sides, within.faults) == (["right"], {})


@pytest.mark.parametrize("hold_s", [4.2, 4.8])
def test_the_hold_needs_four_and_a_half_seconds(hold_s: float) -> None:
    found = seen(movement(NAME, hold_s=hold_s))
    assert found.sides == ["right"]
    assert found.faults == ({"short_hold": 1} if hold_s < 4.5 else {})


@pytest.mark.parametrize(("bounces", "found"), [(1, 0), (2, 1), (4, 1)])
def test_more_than_two_turns_in_a_hold_are_bouncing(bounces: int, found: int) -> None:
    assert seen(movement(NAME, knobs={"hold_bounces": bounces}, hold_s=8.0)).faults["short_hold"] == found


QUICK: dict[str, Any] = {"lead_s": 3.5, "hold_s": 5.0, "tail_s": 0.5}

FAULTS = [
    ("rounded_back", "neck_flexion_deg", (10.0, 70.0), near(neck_line_deg), 125.0, -1, 90.0),
    ("rounded_back", "trunk_ratio", (1.0, 0.7), trunk_length_ratio, 0.82, -1, 90.0),
    # At 45° a trunk that tips toward the camera hides its hinge: each way from the other side.
    ("tipping_sideways", "side_tip_deg", (0.0, 40.0), side_bend_deg, -25.0, -1, -45.0),
    ("tipping_sideways", "side_tip_deg", (0.0, -40.0), side_bend_deg, 25.0, 1, 45.0),
    ("hand_off_floor", "hand_height", (0.08, 0.6), lower_wrist_height_t, 0.35, 1, 45.0),
]


@pytest.mark.parametrize(
    ("fault", "knob", "between", "quantity", "limit", "over", "azimuth_deg"),
    FAULTS,
    ids=[f"{fault[0]}-{fault[1]}-{fault[4]:g}-{fault[6]:g}" for fault in FAULTS],
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
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, view, **QUICK)
    assert beyond.faults == {fault: 1}
    assert within.faults == {}
    assert within.sides == beyond.sides == ["right"]


def from_45(neck_flexion_deg: float) -> Session:
    """Return what is made of a neck by the model whose errors, and what it reads too little from 45°, were measured."""
    moving = movement(NAME, knobs={"neck_flexion_deg": neck_flexion_deg})
    return evaluated(NAME, BEST.size_px, Options(), observe(moving, BEST, 10.0), "heavy").session


def test_a_rounded_back_is_a_hint_from_45_degrees() -> None:
    told = {(item.id, item.severity.value, item.confidence.value) for item in from_45(75.0).faults}
    assert told == {("rounded_back", "info", "low")}
    assert from_45(10.0).faults == ()


def test_a_rounded_back_is_not_seen_from_the_front() -> None:
    found = seen(movement(NAME, knobs={"neck_flexion_deg": 75.0}), azimuth_deg=0.0)
    assert (found.sides, found.faults, set(found.check("rounded_back"))) == (["right"], {}, {"not_assessed"})


STEEP = View(45.0, pitch_deg=8.0, distance_m=3.0, target_m=(0.0, 0.0, 0.65), px_per_m=Lens((1280, 720)).focal_px / 3.0)
"""A camera 1.1 m high: knees need the floor."""


@pytest.mark.parametrize(("knee_deg", "found"), [(45.0, 1), (65.0, 0), (115.0, 0), (135.0, 1)])
def test_the_near_knee_is_judged_by_where_the_floor_is(knee_deg: float, found: int) -> None:
    stream = observe(movement(NAME, knobs={"rear_knee_flexion_deg": knee_deg}, **QUICK), STEEP, 10.0)
    watched = watch(stream, NAME, tilt_deg=STEEP.pitch_deg)
    assert (watched.sides, watched.faults["knees_not_90"]) == (["right"], found)


def test_a_textbook_stretch_is_clean_where_the_knees_are_seen() -> None:
    moving = movement(NAME, **QUICK)
    assert_textbook(watch(observe(moving, STEEP, 10.0), NAME, tilt_deg=STEEP.pitch_deg), moving)


@pytest.mark.parametrize(("reads_deg", "found"), [(55.0 * 1.02, {}), (55.0 / 1.02, {"knees_not_90": 1})])
def test_without_a_standing_start_a_rear_knee_that_is_hardly_bent_is_told(
    reads_deg: float, found: dict[str, int]
) -> None:
    knob, knee = "rear_knee_flexion_deg", near(rear_knee_flexion_deg)
    set_to = knob_at(NAME, None, knob, (90.0, 20.0), knee, reads_deg, replace(BEST, azimuth_deg=45.0))
    watched = seen(movement(NAME, knobs={knob: set_to}, **QUICK), azimuth_deg=45.0)
    assert (watched.sides, watched.faults) == (["right"], found)
    assert {fault.title for rep in watched.reps for fault in rep.faults} <= {"Rear knee not at 90°"}


@pytest.mark.parametrize("off_deg", [-16.0, 16.0])
def test_a_right_angle_that_reads_off_by_twice_the_error_is_none(off_deg: float) -> None:
    signals: dict[str, Path | float] = {
        "trunk_height_ratio": path((2, 0.98), (4, 0.7), (10, 0.7), (12, 0.98)),
        "torso_inclination_deg": path((2, 5.0), (4, 40.0), (10, 40.0), (12, 5.0)),
        "seat_height_t": 0.2,
        "shank_rise_t.right": 0.0,
        "shank_rise_t.left": 0.0,
        "chest_up_ratio": 0.0,
        "knee_ahead_t.right": 0.8,
        "knee_ahead_t.left": -0.8,
        "rear_knee_flexion_deg.left": 90.0 + off_deg,
    }
    seen_by_hand = play(14, view=ViewSeen.OBLIQUE_LEFT, near="left", signals=signals)
    rep = coach_through(exercise(NAME), seen_by_hand).only
    assert "good" in {check.band for check in rep.checks if check.id == "knees_not_90"}
    assert rep.faults == ()


def test_a_front_knee_is_not_judged_without_a_standing_start() -> None:
    found = seen(movement(NAME, knobs={"front_knee_flexion_deg": 45.0}, **QUICK), azimuth_deg=-45.0)
    assert (found.faults["knees_not_90"], set(found.check("knees_not_90"))) == (0, {"not_assessed"})


def test_from_the_side_the_knees_are_not_assessed() -> None:
    assert set(seen(movement(NAME), azimuth_deg=90.0).check("knees_not_90")) == {"not_assessed"}
