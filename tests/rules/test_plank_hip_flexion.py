"""Plank hip flexion on wall, chair and floor: the level is seen, sides alternate, the plank must stay as it is."""

from dataclasses import replace
from typing import Any

import pytest

from formcheck.body.quantity import Moment, Quantity
from formcheck.body.signals import (
    hip_deviation_ratio,
    hip_height_t,
    knee_flexion_deg,
    neck_line_deg,
    shoulder_behind_hand_t,
    torso_inclination_deg,
)
from formcheck.exercise.contexts import ON_THE_HANDS
from formcheck.exercise.quantities import change, near, other
from samples.figure import Movement, best_view, bouncing, movement, observe
from tests.limits import around, watched_around
from tests.rules.textbook import assert_textbook
from tests.runner import Watched, watch

NAME = "plank_hip_flexion"
BEST = best_view(NAME)
LEVELS = ("wall", "chair", "floor")


def seen(
    moving: Movement,
    level: str | None = None,
    fps: float = 10.0,
    azimuth_deg: float = BEST.azimuth_deg,
    **errors: float,
) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME, level)


@pytest.mark.parametrize(
    ("level", "azimuth_deg", "reps"), [("wall", -90.0, 2), ("chair", -90.0, 2), ("floor", -90.0, 2), ("floor", 90.0, 1)]
)
def test_textbook_counts_and_shows_its_level(level: str, azimuth_deg: float, reps: int) -> None:
    moving = movement(NAME, level, reps=reps)
    found = seen(moving, azimuth_deg=azimuth_deg)
    assert_textbook(found, moving)
    assert (found.level, found.level_source) == (level, "recognised")


def test_frame_rate_does_not_matter() -> None:
    moving = movement(NAME, "floor")
    assert_textbook(seen(moving, "floor", fps=30.0), moving)


@pytest.mark.parametrize("level", ["wall", "floor"])
def test_noise_and_drift_change_no_count(level: str) -> None:
    found = seen(movement(NAME, level, reps=2, lead_s=3.0), fps=15.0, noise=0.01, drift=0.02)
    assert (found.level, found.sides) == (level, ["right", "left"])


@pytest.mark.parametrize("level", ["chair", "floor"])
def test_a_knee_that_turns_back_half_way_is_an_attempt(level: str) -> None:
    found = seen(movement(NAME, level, reps=2, depth=0.45, lead_s=3.0), level)
    assert [(rep.counted, rep.side) for rep in found.reps] == [(False, "right"), (False, "left")]
    assert all(because.endswith("70° counts") for because in found.why_not)


@pytest.mark.parametrize(("near_deg", "far_deg", "leans"), [(40.0, 5.0, True), (5.0, 40.0, False)])
def test_only_the_nearer_arm_must_lean(near_deg: float, far_deg: float, leans: bool) -> None:
    arms = {"arm_elevation_deg.left": near_deg, "arm_elevation_deg.right": far_deg}
    moment = Moment({"trunk_height_ratio": 0.0, "chest_up_ratio": -0.9, **arms}, "right", "left")
    assert ON_THE_HANDS.condition.answer(moment) is leans


def test_bouncing_counts_at_most_once() -> None:
    assert len(seen(bouncing(NAME, "floor")).counted) <= 1


def test_a_plank_under_20_s_before_the_first_repetition_is_a_hint_once_a_set() -> None:
    beyond, within = (seen(movement(NAME, knobs={"plank_s": time_s}, reps=2)) for time_s in (17.0, 21.0))
    assert beyond.sides == ["right", "left"]
    assert [[(fault.id, fault.severity) for fault in rep.faults] for rep in beyond.reps] == [
        [("plank_not_ready", "info")],
        [],
    ]
    assert within.faults == {}


def test_a_piked_plank_is_no_plank_to_be_ready_with() -> None:
    found = seen(movement(NAME, "floor", knobs={"plank_hip_dev": 0.14}))
    assert found.faults == {"plank_not_ready": 1, "hips_pike": 1}


def test_the_same_side_twice_is_a_hint_and_counts() -> None:
    found = seen(movement(NAME, "floor", reps=2, knobs={"same_side": 1.0}))
    assert found.sides == ["right", "right"]
    assert [[(fault.id, fault.severity) for fault in rep.faults] for rep in found.reps] == [
        [],
        [("same_side_twice", "info")],
    ]


def test_a_foot_set_down_beside_the_hand_is_no_repetition() -> None:
    found = watch(observe(movement("spiderman_lunge"), BEST, 10.0), NAME)
    assert not found.counted
    assert set(found.why_not) == {"the foot was set down beside the hand: a spiderman lunge"}


PLANK = near(hip_deviation_ratio)
HIPS_UP = change(other(hip_height_t))
FAULTS = [
    ("floor", "hips_rise", "minor", "hips_rise", (0.0, 0.3), HIPS_UP, 0.22, 1),
    ("chair", "hips_rise", "minor", "hips_rise", (0.0, 0.3), HIPS_UP, 0.22, 1),
    ("floor", "hips_rise", "minor", "torso_change_deg", (0.0, 24.0), change(torso_inclination_deg), 18.0, 1),
    ("wall", "hips_rise", "minor", "torso_change_deg", (0.0, 24.0), change(torso_inclination_deg), 18.0, 1),
    ("floor", "hips_sag", "minor", "hips_rise", (0.0, -0.25), HIPS_UP, -0.18, -1),
    ("floor", "shoulders_rock_back", "minor", "shoulder_rock", (0.0, 0.34), change(near(shoulder_behind_hand_t)), 0.3,
     1),
    ("floor", "support_knee_bends", "minor", "support_knee_flexion_deg", (0.0, 40.0), other(knee_flexion_deg), 30.0, 1),
    ("chair", "support_knee_bends", "minor", "support_knee_flexion_deg", (0.0, 40.0), other(knee_flexion_deg), 30.0, 1),
    ("floor", "head_drops", "info", "neck_flexion_deg", (5.0, 60.0), near(neck_line_deg), 135.0, -1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "fault", "severity", "knob", "between", "quantity", "limit", "over"),
    FAULTS,
    ids=[f"{f[0]}-{f[1]}-{f[3]}" for f in FAULTS],
)
def test_fault_fires_just_over_its_limit_only(
    level: str,
    fault: str,
    severity: str,
    knob: str,
    between: tuple[float, float],
    quantity: Quantity,
    limit: float,
    over: float,
) -> None:
    how: dict[str, Any] = {"lead_s": 3.0, "move_s": 4.0, "hold_s": 1.0}
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, BEST, level, **how)
    assert (beyond.sides, beyond.faults) == (["right"], {fault: 1, "plank_not_ready": 1})
    assert {found.id: found.severity for found in beyond.reps[0].faults}[fault] == severity
    assert (within.sides, within.faults) == (["right"], {"plank_not_ready": 1})


# Hips that sag on a chair leave the trunk as steep as a skater's: that is not told from standing.
@pytest.mark.parametrize(
    ("level", "fault", "limit", "over"),
    [
        ("wall", "hips_sag", -0.085, -1),
        ("floor", "hips_sag", -0.085, -1),
        *[(level, "hips_pike", 0.12, 1) for level in LEVELS],
    ],
)
def test_the_plank_itself_is_judged(level: str, fault: str, limit: float, over: float) -> None:
    beyond, within = watched_around(
        NAME, "plank_hip_dev", (0.0, 0.15 * over), PLANK, limit, over, BEST, level, at_rest=True, lead_s=3.0
    )
    assert (beyond.sides, beyond.faults) == (["right"], {fault: 1, "plank_not_ready": 1})
    assert (within.sides, within.faults) == (["right"], {"plank_not_ready": 1})


def test_too_fast() -> None:
    beyond, within = (
        seen(movement(NAME, knobs={"rep_time_s": time_s}, lead_s=3.0), fps=15.0) for time_s in around(6.0, -1)
    )
    assert (beyond.sides, beyond.faults) == (["right"], {"too_fast": 1, "plank_not_ready": 1})
    assert (within.sides, within.faults) == (["right"], {"plank_not_ready": 1})
