"""Hip flexion: six levels, lying and standing; a rise, a turning point, and back."""

from dataclasses import replace

import pytest

from formcheck.body.quantity import Moment, Quantity
from formcheck.body.signals import (
    ear_over_hip_t,
    frontal_projection_deg,
    hip_flexion_deg,
    hip_tilt_deg,
    knee_flexion_deg,
    shoulder_over_hip_t,
    torso_inclination_deg,
)
from formcheck.exercise.quantities import change, near, other
from formcheck.exercise.rulebook import load_rules
from samples.figure import Movement, View, activity, best_view, bouncing, movement, observe
from tests.limits import around, watched_around
from tests.rules.textbook import assert_textbook
from tests.runner import Watched, watch

NAME = "hip_flexion"
BEST = best_view(NAME)
FRONT = View(azimuth_deg=0.0)
LYING = ("lying", "straight_legs")
STANDING = ("wall_chair", "wall", "chair", "free")


def seen(
    moving: Movement,
    level: str | None = None,
    fps: float = 10.0,
    azimuth_deg: float = BEST.azimuth_deg,
    settings: dict[str, float] | None = None,
    **errors: float,
) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME, level, settings=settings)


@pytest.mark.parametrize("azimuth_deg", [-90.0, 0.0, 45.0])
@pytest.mark.parametrize("level", LYING + STANDING)
def test_textbook_counts_from_every_view(level: str, azimuth_deg: float) -> None:
    moving = movement(NAME, level, reps=2)
    assert_textbook(seen(moving, level, azimuth_deg=azimuth_deg), moving)


@pytest.mark.parametrize(
    ("level", "taken_for", "source"),
    [("lying", "lying", "recognised"), ("straight_legs", "straight_legs", "recognised")]
    + [(level, "wall_chair", "assumed") for level in STANDING],
)
def test_lying_levels_are_seen_and_standing_is_assumed(level: str, taken_for: str, source: str) -> None:
    found = seen(movement(NAME, level))
    assert (found.level, found.level_source, found.sides) == (taken_for, source, ["right"])


@pytest.mark.parametrize("fps", [15.0, 30.0])
def test_frame_rate_does_not_matter(fps: float) -> None:
    moving = movement(NAME, "free")
    assert_textbook(seen(moving, "free", fps), moving)


@pytest.mark.parametrize("level", ["lying", "straight_legs", "free"])
def test_noise_and_drift_change_no_count(level: str) -> None:
    found = seen(movement(NAME, level, reps=2), level, 15.0, noise=0.01, drift=0.02)
    assert found.sides == ["right", "left"]


@pytest.mark.parametrize("level", ["lying", "straight_legs", "free"])
def test_a_knee_that_turns_back_half_way_is_an_attempt(level: str) -> None:
    found = seen(movement(NAME, level, reps=2, depth=0.45), level)
    assert [(rep.counted, rep.side) for rep in found.reps] == [(False, "right"), (False, "left")]
    assert all("needs 25°" in str(rep.not_counted_because) for rep in found.reps)


@pytest.mark.parametrize("level", ["lying", "free"])
def test_bouncing_counts_at_most_once(level: str) -> None:
    assert len(seen(bouncing(NAME, level), level).counted) <= 1


def test_both_legs_together_are_no_repetition() -> None:
    found = seen(activity("knees_to_chest", reps=2))
    assert {rep.not_counted_because for rep in found.reps} == {"both legs rose together"}


@pytest.mark.parametrize("knee_height_deg", [104.0, 96.0])
def test_your_own_end_point(knee_height_deg: float) -> None:
    moving = movement(NAME, "lying", knobs={"peak_hip_flexion_deg": knee_height_deg}, hold_s=0.6)
    found = seen(moving, "lying", settings={"end_point_deg.right": 85.0})
    assert found.faults == ({"past_end_point": 1} if knee_height_deg > 100.0 else {})


@pytest.mark.parametrize("level", ["lying", "free"])
@pytest.mark.parametrize(
    ("fault", "knob", "limit", "over"),
    [("too_fast", "rep_time_s", 6.0, -1), ("very_deep", "peak_hip_flexion_deg", 120.0, 1)],
)
def test_time_and_depth_of_a_repetition(level: str, fault: str, knob: str, limit: float, over: float) -> None:
    beyond, within = (seen(movement(NAME, level, knobs={knob: value}), level, 15.0) for value in around(limit, over))
    assert (beyond.sides, beyond.faults) == (["right"], {fault: 1})
    assert (within.sides, within.faults) == (["right"], {})


def test_no_time_is_told_from_the_front() -> None:
    found = seen(movement(NAME, "free", knobs={"rep_time_s": 5.0}), "free", 15.0, azimuth_deg=FRONT.azimuth_deg)
    assert (found.sides, found.faults) == (["right"], {})
    assert [check.band for rep in found.reps for check in rep.checks if check.id == "too_fast"] == ["not_assessed"]


@pytest.mark.parametrize(
    ("arm_deg", "lean_deg", "stands"), [(60.0, 17.0, False), (60.0, 13.0, True), (40.0, 17.0, True)]
)
def test_hands_in_front_of_a_leaning_trunk_are_a_plank_at_the_wall(
    arm_deg: float, lean_deg: float, stands: bool
) -> None:
    rule = load_rules()[NAME].exercise
    (level,) = [item for item in rule.levels if item.id == "wall"]
    measures = {
        "arm_elevation_deg.left": arm_deg, "torso_inclination_deg": lean_deg, "hip_flexion_deg.left": 0.0,
        "trunk_height_ratio": 1.0,
    }  # fmt: skip
    standing = rule.phases_at(level)[0].enter
    assert standing is not None
    assert standing.answer(Moment(measures, "left", "left", {})) is stands


LEAN = change(torso_inclination_deg)
OTHER_HIP = change(other(hip_flexion_deg))
FAULTS = [
    ("lying", "other_leg_moves", "minor", "other_leg_change_deg", (0.0, 30.0), OTHER_HIP, 15.0, 1, BEST),
    ("wall", "other_leg_moves", "minor", "other_leg_change_deg", (0.0, 30.0), OTHER_HIP, -15.0, -1, BEST),
    ("lying", "head_lifts", "minor", "head_lift", (0.0, 0.2), change(near(ear_over_hip_t)), 0.12, 1, BEST),
    ("straight_legs", "head_lifts", "minor", "shoulder_lift", (0.0, 0.2), change(near(shoulder_over_hip_t)), 0.12, 1,
     BEST),
    ("wall_chair", "leaning_back", "minor", "lean_back_deg", (0.0, 30.0), LEAN, 20.0, 1, BEST),
    ("free", "leaning_back", "major", "lean_back_deg", (0.0, 30.0), LEAN, 20.0, 1, BEST),
    ("chair", "standing_knee_buckles", "minor", "support_knee_flexion_deg", (0.0, 45.0), other(knee_flexion_deg), 30.0,
     1, BEST),
    ("free", "pelvis_drops", "minor", "pelvis_tilt_deg", (0.0, 25.0), hip_tilt_deg, 15.0, 1, FRONT),
    ("free", "pelvis_drops", "minor", "support_fppa_deg", (0.0, 28.0), other(frontal_projection_deg), 18.0, 1, FRONT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "fault", "severity", "knob", "between", "quantity", "limit", "over", "view"),
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
    view: View,
) -> None:
    kept_s = 1.4 if fault == "pelvis_drops" else 0.0
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, view, level, hold_s=kept_s)
    assert [(found.id, found.severity) for rep in beyond.counted for found in rep.faults] == [(fault, severity)]
    assert (within.sides, within.faults) == (["right"], {})
