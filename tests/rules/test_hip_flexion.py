"""Hip flexion: six levels, lying and standing; a rise, a turning point, and back."""

from dataclasses import replace

import pytest

from formcheck.body.quantity import Quantity
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
from samples.figure import Movement, View, activity, best_view, bouncing, movement, observe
from samples.figure.sizing import knobs_for
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


@pytest.mark.parametrize("level", LYING + STANDING)
def test_textbook_counts_at_every_level(level: str) -> None:
    moving = movement(NAME, level, reps=2)
    assert_textbook(seen(moving, level), moving)


def test_from_the_feet_lying_shows_half_the_way_and_it_says_so() -> None:
    found = seen(movement(NAME, "lying"), "lying", azimuth_deg=FRONT.azimuth_deg)
    assert found.why_not == ["it came to 0.20 torso lengths only; 0.30 torso lengths counts"]


@pytest.mark.parametrize(
    ("level", "taken_for", "source"),
    [("lying", "lying", "recognised"), ("straight_legs", "straight_legs", "recognised")]
    + [(level, "wall_chair", "assumed") for level in STANDING],
)
def test_lying_levels_are_seen_and_standing_is_assumed(level: str, taken_for: str, source: str) -> None:
    found = seen(movement(NAME, level))
    assert (found.level, found.level_source, found.sides) == (taken_for, source, ["right"])


def test_frame_rate_does_not_matter() -> None:
    moving = movement(NAME, "free")
    assert_textbook(seen(moving, "free", 30.0), moving)


@pytest.mark.parametrize("level", ["lying", "straight_legs", "free"])
def test_noise_and_drift_change_no_count(level: str) -> None:
    found = seen(movement(NAME, level, reps=2), level, 15.0, noise=0.01, drift=0.02)
    assert found.sides == ["right", "left"]


@pytest.mark.parametrize("level", ["lying", "straight_legs", "free"])
def test_a_knee_that_turns_back_half_way_is_an_attempt(level: str) -> None:
    found = seen(movement(NAME, level, reps=2, depth=0.45), level)
    assert [(rep.counted, rep.side) for rep in found.reps] == [(False, "right"), (False, "left")]
    assert all(because.endswith("25° counts") for because in found.why_not)


@pytest.mark.parametrize("level", ["lying", "free"])
def test_bouncing_counts_at_most_once(level: str) -> None:
    assert len(seen(bouncing(NAME, level), level).counted) <= 1


def test_both_legs_together_are_no_repetition() -> None:
    found = seen(activity("knees_to_chest", reps=2))
    assert not found.counted
    assert set(found.why_not) == {"both legs moved together"}


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


@pytest.mark.parametrize(("size", "severity"), [(1.05, "minor"), (2.0, "major")])
def test_leaning_back_without_a_wall_is_major_once_it_is_sure(size: float, severity: str) -> None:
    found = seen(movement(NAME, "free", knobs=knobs_for(NAME, "free", "leaning_back", size)), "free")
    assert [(fault.id, fault.severity) for fault in found.counted[0].faults] == [("leaning_back", severity)]


LEAN = change(torso_inclination_deg)
OTHER_HIP = change(other(hip_flexion_deg))
FAULTS = [
    ("lying", "other_leg_moves", "minor", "other_leg_change_deg", (0.0, 30.0), OTHER_HIP, 15.0, 1, BEST),
    ("wall", "other_leg_moves", "minor", "other_leg_change_deg", (0.0, 30.0), OTHER_HIP, -15.0, -1, BEST),
    ("lying", "head_lifts", "minor", "head_lift", (0.0, 0.2), change(near(ear_over_hip_t)), 0.12, 1, BEST),
    ("straight_legs", "head_lifts", "minor", "shoulder_lift", (0.0, 0.2), change(near(shoulder_over_hip_t)), 0.12, 1,
     BEST),
    ("wall_chair", "leaning_back", "minor", "lean_back_deg", (0.0, 30.0), LEAN, 20.0, 1, BEST),
    ("free", "leaning_back", "minor", "lean_back_deg", (0.0, 30.0), LEAN, 20.0, 1, BEST),
    ("chair", "standing_knee_buckles", "minor", "support_knee_flexion_deg", (0.0, 45.0), other(knee_flexion_deg), 30.0,
     1, BEST),
    ("free", "pelvis_drops", "minor", "pelvis_tilt_deg", (0.0, 25.0), change(hip_tilt_deg), 15.0, 1, FRONT),
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
