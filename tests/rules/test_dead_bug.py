"""Dead bug: basic, both knees to 90/90 and down, without a side; harder, one leg out of 90/90, sides alternating."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

import formcheck
from formcheck.body.quantity import Quantity
from formcheck.body.signals import (
    ear_over_hip_t,
    hand_to_other_knee_t,
    hip_flexion_deg,
    knee_flexion_deg,
    shoulder_over_hip_t,
)
from formcheck.exercise.events import LevelRecognised
from formcheck.exercise.quantities import change, each, near, other, working
from formcheck.pose.pose import Side
from samples.evaluation.recorded import FOLDER
from samples.figure import Movement, activity, best_view, bouncing, movement, observe
from tests.limits import around, watched_around
from tests.rules.textbook import assert_textbook
from tests.runner import Watched, watch

NAME = "dead_bug"
BEST = best_view(NAME)
LEVELS = ("basic", "harder")
SIDES: dict[str, list[Side | None]] = {"basic": [None, None], "harder": ["right", "left"]}


def seen(
    moving: Movement,
    level: str | None = None,
    fps: float = 10.0,
    azimuth_deg: float = BEST.azimuth_deg,
    **errors: float,
) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME, level)


@pytest.mark.parametrize("azimuth_deg", [-90.0, 90.0])
@pytest.mark.parametrize("level", LEVELS)
def test_textbook_counts_from_either_side_and_shows_its_level(level: str, azimuth_deg: float) -> None:
    moving = movement(NAME, level, reps=2)
    found = seen(moving, azimuth_deg=azimuth_deg)
    assert_textbook(found, moving)
    assert (found.level, found.level_source) == (level, "recognised")


@pytest.mark.parametrize("level", LEVELS)
def test_frame_rate_does_not_matter(level: str) -> None:
    moving = movement(NAME, level)
    assert_textbook(seen(moving, fps=30.0), moving)


@pytest.mark.parametrize("level", LEVELS)
def test_noise_and_drift_change_no_count(level: str) -> None:
    found = seen(movement(NAME, level, reps=2), fps=15.0, noise=0.01, drift=0.02)
    assert (found.level, found.sides) == (level, SIDES[level])


def test_taking_90_90_before_the_harder_level_counts_nothing() -> None:
    moving = movement(NAME, "harder", reps=2, approach=True)
    found = seen(moving, "harder")
    assert_textbook(found, moving)
    assert found.level == "harder"


def test_one_leg_that_goes_out_is_no_repetition_of_the_basic_level() -> None:
    assert not seen(movement(NAME, "harder", reps=2), "basic").counted


def test_the_basic_level_is_told_once_its_first_repetition_is_over() -> None:
    moving = movement(NAME, "basic", reps=2)
    told = [event.time_s for event in seen(moving).events if isinstance(event, LevelRecognised)]
    assert told == [pytest.approx(moving.truth.reps[0].end_s, abs=0.15)]


@pytest.mark.parametrize(("level", "needs"), [("basic", "78° counts"), ("harder", "40° counts")])
def test_turning_back_half_way_is_an_attempt(level: str, needs: str) -> None:
    found = seen(movement(NAME, level, reps=2, depth=0.45), level)
    assert [(rep.counted, rep.side) for rep in found.reps] == [(False, side) for side in SIDES[level]]
    assert all(because.endswith(needs) for because in found.why_not)


@pytest.mark.parametrize("level", LEVELS)
def test_bouncing_counts_at_most_once(level: str) -> None:
    assert len(seen(bouncing(NAME, level), level).counted) <= 1


@pytest.mark.parametrize("hold_s", [1.6, 2.0])
def test_the_hold_passes_from_1_8_s(hold_s: float) -> None:
    found = seen(movement(NAME, "basic", hold_s=hold_s, move_s=2.5))
    assert found.sides == [None]
    assert found.faults["short_hold"] == (hold_s < 1.8)


def test_pulling_both_knees_to_the_chest_is_told_and_no_repetition() -> None:
    found = seen(activity("knees_to_chest", reps=2))
    assert not found.counted
    assert set(found.why_not) == {"both knees were pulled to the chest"}


@pytest.mark.parametrize("knee_deg", [118.0, 107.0])
def test_knees_at_the_chest_are_told_from_an_inexact_90_90_by_knees_and_hips(knee_deg: float) -> None:
    knobs = {"hip_flexion_deg": 113.0, "knee_flexion_deg": knee_deg}
    assert len(seen(movement(NAME, "basic", knobs=knobs), "basic").counted) == (0 if knee_deg > 110.0 else 1)


@pytest.mark.parametrize(("knob", "limit", "over"), [
    ("hip_flexion_deg", 125.0, 1), ("knee_flexion_deg", 60.0, -1), ("knee_flexion_deg", 120.0, 1),
])  # fmt: skip
def test_90_90_is_judged_in_the_hold(knob: str, limit: float, over: float) -> None:
    quantity = each({"hip_flexion_deg": hip_flexion_deg, "knee_flexion_deg": knee_flexion_deg}[knob])
    beyond, within = watched_around(NAME, knob, (90.0, limit + 10 * over), quantity, limit, over, BEST, "basic")
    assert (beyond.sides, beyond.faults) == ([None], {"not_90_90": 1})
    assert (within.sides, within.faults) == ([None], {})


def test_hips_that_come_to_70_degrees_only_are_an_attempt() -> None:
    found = seen(movement(NAME, "basic", knobs={"hip_flexion_deg": 70.0}), "basic")
    assert not found.counted
    assert all(because.endswith("78° counts") for because in found.why_not)


HEAD = [("head_lift", change(near(ear_over_hip_t))), ("shoulder_lift", change(near(shoulder_over_hip_t)))]


@pytest.mark.parametrize(("knob", "quantity"), HEAD, ids=[knob for knob, _ in HEAD])
@pytest.mark.parametrize("level", LEVELS)
def test_head_and_shoulders_stay_down(level: str, knob: str, quantity: Quantity) -> None:
    beyond, within = watched_around(NAME, knob, (0.0, 0.2), quantity, 0.12, 1, BEST, level, hold_s=2.0)
    assert beyond.faults == {"head_lifts": 1}
    assert within.faults == {}


@pytest.mark.parametrize(("knob", "limit", "over"), [("rep_time_s", 6.0, -1), ("leg_speed_deg_s", 90.0, 1)])
@pytest.mark.parametrize("level", LEVELS)
def test_too_fast(level: str, knob: str, limit: float, over: float) -> None:
    beyond, within = (seen(movement(NAME, level, knobs={knob: value}), level, 15.0) for value in around(limit, over))
    assert (beyond.sides, beyond.faults) == (SIDES[level][:1], {"too_fast": 1})
    assert (within.sides, within.faults) == (SIDES[level][:1], {})


HARDER = [
    ("bent_leg_drifts", "bent_leg_drift_deg", (0.0, 35.0), change(other(hip_flexion_deg)), -25.0, -1),
    ("arm_not_to_knee", "arm_distance", (0.23, 0.9), working(hand_to_other_knee_t), 0.70, 1),
]


@pytest.mark.parametrize(("fault", "knob", "between", "quantity", "limit", "over"), HARDER, ids=[f[0] for f in HARDER])
def test_fault_of_the_harder_level_fires_just_over_its_limit_only(
    fault: str, knob: str, between: tuple[float, float], quantity: Quantity, limit: float, over: float
) -> None:
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, BEST, "harder", hold_s=1.0)
    assert (beyond.sides, beyond.faults) == (["right"], {fault: 1})
    assert (within.sides, within.faults) == (["right"], {})


@pytest.mark.parametrize(("azimuth_deg", "confidence"), [(45.0, "medium"), (BEST.azimuth_deg, "medium")])
def test_the_wrong_arm_is_a_hint(azimuth_deg: float, confidence: str) -> None:
    right, wrong = (
        seen(movement(NAME, "harder", knobs={"wrong_arm": share}), "harder", azimuth_deg=azimuth_deg)
        for share in (0.0, 1.0)
    )
    assert right.faults == {}
    assert wrong.sides == ["right"]
    found = {fault.id: (fault.severity, fault.confidence) for rep in wrong.reps for fault in rep.faults}
    assert found["wrong_arm"] == ("info", confidence)
    assert wrong.counted[0].clean


def test_a_hidden_hand_that_is_drawn_on_the_other_one_is_no_wrong_arm(tmp_path: Path) -> None:
    path = tmp_path / "landmarks.jsonl"
    path.write_bytes(gzip.decompress((FOLDER / "dead_bug.jsonl.gz").read_bytes()))
    session = formcheck.replay(path, NAME)
    assert session.clean_reps == 2
    assert session.faults == ()
    assert [(item.id, item.reps) for item in session.not_assessed if item.id == "wrong_arm"] == [("wrong_arm", (1,))]
