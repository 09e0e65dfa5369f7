"""Every knob moves its quantity by just what it says, from the textbook to beyond the fault limit of rules/METHOD.md."""

from collections.abc import Callable, Sequence
from typing import SupportsFloat

import numpy as np
import pytest

from samples.figure import quantities as q
from samples.figure.geometry import Array
from samples.figure.movements.exercises import KNOBS, movement

from .test_textbook import HIPS, LEG, SHANK, SHOULDERS, Moments, T

Quantity = Callable[[Moments], SupportsFloat]

EXACT = 1e-3
"""Tolerance of a quantity that must equal its knob, in the knob's unit."""


def _rise(m: Moments, name: str) -> float:
    return float((q.at(m.peak, name) - q.at(m.start, name))[2])


def _travel(points: Array, name: str) -> float:
    return float(np.linalg.norm(np.ptp(q.at(points, name), axis=0)))


def _hold_points(m: Moments) -> Array:
    span = m.rep.holds[0]
    return m.moving.pose_at(np.linspace(span.start_s, span.end_s, 200))


def _turns(values: Array) -> int:
    steps = np.diff(values)
    return int(np.count_nonzero(np.diff(np.sign(steps[steps != 0])) != 0))


def _speed(m: Moments, quantity: Callable[[Array], Array]) -> float:
    """Return the speed in deg/s that is kept for 0.3 s somewhere between start and peak."""
    times = np.linspace(m.rep.start_s, m.rep.peak_s, 100)
    speed = np.abs(np.gradient(quantity(m.moving.pose_at(times)), times))
    return float(np.sort(speed)[-int(np.ceil(0.3 / (times[1] - times[0])))])


def _twist(m: Moments, hold_id: str) -> float:
    points = m.hold(hold_id)
    return float(q.roll(points, "shoulder", m.other) - q.roll(points, "hip", m.other))


def _gain(m: Moments) -> float:
    index = [q.weight_shift_index(points, m.side, 0.0) for points in (m.start, m.peak)]
    return float(index[1] - index[0])


def _leg_change(m: Moments) -> float:
    return float(abs(q.hip_flexion(m.peak, m.other) - q.hip_flexion(m.start, m.other)))


def _wrong_arm(m: Moments) -> float:
    """Return how much nearer to the bent knee the wrist of its own side is than the right one, in T."""
    bent = f"{m.other}_knee"
    return float(q.distance(m.peak, f"{m.side}_wrist", bent) - q.distance(m.peak, f"{m.other}_wrist", bent)) / T


# exercise, level, knob, values from the textbook on, quantity that must equal them, fault limit.
SWEEPS: list[tuple[str, str | None, str, Sequence[float], Quantity, float]] = [
    ("hip_airplane", "free", "torso_inclination_deg", (85, 65, 45), lambda m: q.torso_inclination(m.peak), 50),
    ("hip_airplane", "free", "back_twist_deg", (0, 20, 35), lambda m: _twist(m, "away"), 30),
    ("hip_airplane", "free", "back_twist_deg", (0, 20, 35), lambda m: -_twist(m, "toward"), 30),
    ("hip_airplane", "supported", "turn_toward_deg", (20, 12, 5),
     lambda m: -q.roll(m.hold("toward"), "hip", m.other), 8),
    ("hip_airplane", "supported", "turn_away_deg", (25, 12, 5), lambda m: q.roll(m.hold("away"), "hip", m.other), 8),
    ("hip_airplane", "free", "trailing_knee_flexion_deg", (5, 30, 50), lambda m: q.knee_flexion(m.peak, m.other), 35),
    ("hip_airplane", "free", "trailing_leg_drop_deg", (0, 25, 50),
     lambda m: q.leg_below_horizontal(m.peak, m.other), 40),
    ("hip_airplane", "free", "stance_knee_flexion_deg", (15, 40, 60), lambda m: q.knee_flexion(m.peak, m.side), 50),
    ("kettlebell_shift", None, "shift_gain", (0.28, 0.15, 0.05), _gain, 0.10),
    ("kettlebell_shift", None, "knee_yaw_deg", (10, -15, -35), lambda m: q.knee_yaw(m.peak, m.side), -30),
    ("kettlebell_shift", None, "torso_lean_deg", (4, 20, 40), lambda m: q.torso_inclination(m.peak), 30),
    ("kettlebell_shift", None, "heel_lift", (0, 0.1, 0.2), lambda m: _rise(m, f"{m.side}_heel") / T, 0.12),
    ("kettlebell_shift", None, "foot_yaw_deg", (75, 50, 20), lambda m: q.foot_yaw(m.start, m.side), 30),
    ("hip_90_90", None, "hinge_deg", (32, 15, 6),
     lambda m: q.torso_inclination(m.peak) - q.torso_inclination(m.start), 10),
    ("hip_90_90", None, "front_knee_flexion_deg", (90, 110, 130), lambda m: q.knee_flexion(m.peak, m.side), 125),
    ("hip_90_90", None, "front_knee_flexion_deg", (90, 70, 45), lambda m: q.knee_flexion(m.start, m.side), 55),
    ("hip_90_90", None, "rear_knee_flexion_deg", (90, 110, 130), lambda m: q.knee_flexion(m.peak, m.other), 125),
    ("hip_90_90", None, "rear_knee_flexion_deg", (90, 70, 45), lambda m: q.knee_flexion(m.peak, m.other), 55),
    ("hip_90_90", None, "neck_flexion_deg", (10, 40, 65), lambda m: 180 - q.neck_line(m.peak), 55),
    ("hip_90_90", None, "trunk_ratio", (1, 0.9, 0.78), lambda m: q.trunk_length(m.peak) / T, 0.82),
    ("hip_90_90", None, "side_tip_deg", (0, 15, 30), lambda m: q.tilt(m.peak, "shoulder", m.side, SHOULDERS), 25),
    ("hip_90_90", None, "hand_height", (0.08, 0.3, 0.5), lambda m: q.at(m.peak, "left_wrist")[2] / T, 0.35),
    ("spiderman_lunge", None, "foot_short", (0.1, 0.4, 0.8),
     lambda m: (q.at(m.peak, f"{m.side}_wrist") - q.at(m.peak, f"{m.side}_ankle"))[0] / T, 0.70),
    ("spiderman_lunge", None, "front_knee_flexion_deg", (90, 70, 48), lambda m: q.knee_flexion(m.peak, m.side), 55),
    ("spiderman_lunge", None, "foot_outside", (0.24, 0.1, -0.3), lambda m: q.outward(m.side) * (
        q.at(m.peak, f"{m.side}_ankle") - q.at(m.peak, f"{m.side}_wrist"))[1] / T, 0),
    ("spiderman_lunge", None, "rear_knee_flexion_deg", (0, 25, 50), lambda m: q.knee_flexion(m.peak, m.other), 40),
    ("spiderman_lunge", None, "plank_hip_dev", (0, 0.08, 0.15), lambda m: q.hip_dev(m.start, m.side), 0.12),
    ("spiderman_lunge", None, "plank_hip_dev", (0, -0.06, -0.11), lambda m: q.hip_dev(m.start, m.side), -0.085),
    ("spiderman_lunge", None, "hips_over_shoulders", (-0.3, 0, 0.32),
     lambda m: (q.at(m.peak, "mid_hip") - q.at(m.peak, "mid_shoulder"))[2] / T, 0.25),
    ("childs_pose", None, "hips_off_heels", (0.52, 0.8, 1.15),
     lambda m: q.distance(m.peak, "left_hip", "left_ankle") / SHANK, 1.0),
    ("childs_pose", None, "head_height", (0.26, 0.4, 0.62), lambda m: q.at(m.peak, "left_ear")[2] / T, 0.55),
    ("childs_pose", None, "elbow_flexion_deg", (10, 40, 75), lambda m: q.elbow_flexion(m.peak, "left"), 60),
    ("childs_pose", None, "arm_elevation_deg", (165, 120, 85), lambda m: q.arm_elevation(m.peak, "left"), 100),
    *[("lateral_lunge", level, *sweep) for level in ("step_out", "fixed_stance") for sweep in (
        ("hip_drop", (0.22, 0.12, 0.05), lambda m: -_rise(m, "mid_hip") / LEG, 0.08),
        ("trailing_knee_flexion_deg", (3, 30, 50), lambda m: q.knee_flexion(m.peak, m.other), 40),
        ("knee_in", (-0.02, 0.1, 0.25), lambda m: q.knee_in(m.peak, m.side), 0.15),
        ("lateral_lean_deg", (4, 15, 32), lambda m: q.lateral_lean(m.peak, m.side), 25),
        ("trunk_height", (0.93, 0.7, 0.5),
         lambda m: (q.at(m.peak, "mid_shoulder") - q.at(m.peak, "mid_hip"))[2] / T, 0.60),
    )],
    *[("hip_flexion", level, *sweep) for level in ("lying", "straight_legs") for sweep in (
        ("rep_time_s", (13, 8, 4), lambda m: m.rep_s(), 6),
        ("peak_hip_flexion_deg", (95, 110, 128), lambda m: q.hip_flexion(m.peak, m.side), 120),
        ("head_lift", (0, 0.08, 0.2), lambda m: _rise(m, "left_ear") / T, 0.12),
        ("shoulder_lift", (0, 0.08, 0.2), lambda m: _rise(m, "left_shoulder") / T, 0.12),
    )],
    ("hip_flexion", "lying", "other_leg_change_deg", (0, 10, 25), _leg_change, 15),
    *[("hip_flexion", level, *sweep) for level in ("wall_chair", "free") for sweep in (
        ("rep_time_s", (13, 8, 4), lambda m: m.rep_s(), 6),
        ("peak_hip_flexion_deg", (95, 110, 128), lambda m: q.hip_flexion(m.peak, m.side), 120),
        ("other_leg_change_deg", (0, 10, 20), _leg_change, 15),
        ("lean_back_deg", (0, 12, 28), lambda m: -q.torso_inclination(m.peak), 20),
        ("support_knee_flexion_deg", (0, 20, 40), lambda m: q.knee_flexion(m.peak, m.other), 30),
        ("pelvis_tilt_deg", (0, 10, 20), lambda m: q.tilt(m.peak, "hip", m.other, HIPS), 15),
        ("support_fppa_deg", (0, 12, 25), lambda m: q.fppa(m.peak, m.other), 18),
    )],
    *[("plank_hip_flexion", level, *sweep) for level in ("wall", "chair", "floor") for sweep in (
        ("plank_s", (21, 15, 4), lambda m: m.rep.start_s, 20),
        ("rep_time_s", (13, 8, 4), lambda m: m.rep_s(), 6),
        ("plank_hip_dev", (0, 0.08, 0.15), lambda m: q.hip_dev(m.start, m.side), 0.12),
        ("plank_hip_dev", (0, -0.06, -0.11), lambda m: q.hip_dev(m.start, m.side), -0.085),
        ("hips_rise", (0, -0.1, -0.22), lambda m: _rise(m, "mid_hip") / T, -0.18),
        ("torso_change_deg", (0, 10, 24), lambda m: q.torso_inclination(m.peak) - q.torso_inclination(m.start), 18),
        ("support_knee_flexion_deg", (0, 20, 40), lambda m: q.knee_flexion(m.peak, m.other), 30),
        ("neck_flexion_deg", (5, 30, 55), lambda m: 180 - q.neck_line(m.start), 45),
    )],
    ("plank_hip_flexion", "chair", "hips_rise", (0, 0.12, 0.26), lambda m: _rise(m, "mid_hip") / T, 0.22),
    ("plank_hip_flexion", "floor", "hips_rise", (0, 0.12, 0.26), lambda m: _rise(m, "mid_hip") / T, 0.22),
    ("plank_hip_flexion", "floor", "shoulder_rock", (0, 0.15, 0.34),
     lambda m: (q.at(m.start, "mid_shoulder") - q.at(m.peak, "mid_shoulder"))[0] / T, 0.30),
    ("plank_hip_flexion", "floor", "peak_hip_flexion_deg", (106, 85, 60), lambda m: q.hip_flexion(m.peak, m.side), 70),
    *[("dead_bug", level, *sweep) for level in ("basic", "harder") for sweep in (
        ("rep_time_s", (13, 8, 4), lambda m: m.rep_s(), 6),
        ("head_lift", (0, 0.08, 0.2), lambda m: _rise(m, "left_ear") / T, 0.12),
        ("shoulder_lift", (0, 0.08, 0.2), lambda m: _rise(m, "left_shoulder") / T, 0.12),
    )],
    ("dead_bug", "basic", "hip_flexion_deg", (92, 110, 130), lambda m: q.hip_flexion(m.peak, "left"), 125),
    ("dead_bug", "basic", "hip_flexion_deg", (92, 75, 55), lambda m: q.hip_flexion(m.peak, "left"), 60),
    ("dead_bug", "basic", "knee_flexion_deg", (90, 70, 50), lambda m: q.knee_flexion(m.peak, "right"), 60),
    ("dead_bug", "basic", "knee_flexion_deg", (90, 110, 130), lambda m: q.knee_flexion(m.peak, "right"), 120),
    ("dead_bug", "basic", "leg_speed_deg_s", (60, 90, 120),
     lambda m: _speed(m, lambda p: q.hip_flexion(p, "left")), 90),
    ("dead_bug", "harder", "leg_speed_deg_s", (60, 90, 120),
     lambda m: _speed(m, lambda p: q.knee_flexion(p, m.side)), 90),
    ("dead_bug", "harder", "extended_knee_flexion_deg", (8, 25, 50), lambda m: q.knee_flexion(m.peak, m.side), 40),
    ("dead_bug", "harder", "bent_leg_drift_deg", (0, 15, 32), _leg_change, 25),
    ("dead_bug", "harder", "arm_distance", (0.23, 0.5, 0.8),
     lambda m: q.distance(m.peak, f"{m.side}_wrist", f"{m.other}_knee") / T, 0.70),
]  # fmt: skip


@pytest.mark.parametrize(
    ("exercise", "level", "knob", "values", "quantity", "limit"),
    SWEEPS,
    ids=["-".join(map(str, (sweep[0], sweep[1], sweep[2], sweep[3][-1]))) for sweep in SWEEPS],
)
def test_knob_sets_its_quantity(
    exercise: str, level: str | None, knob: str, values: Sequence[float], quantity: Quantity, limit: float
) -> None:
    for side in ("left", "right"):
        reps = [Moments(movement(exercise, level, side=side, knobs={knob: value}), side) for value in values]
        found = [float(quantity(rep)) for rep in reps]
        assert found == pytest.approx(list(values), abs=EXACT * max(1.0, abs(values[0])))
    direction = np.sign(values[-1] - values[0])
    assert (values[-1] - limit) * direction > 0, "the last value lies beyond the fault limit"


def test_restless_hips_travel_within_the_hold() -> None:
    for restless in (0.0, 0.12, 0.2):
        moments = Moments(movement("childs_pose", knobs={"restless": restless}), "right")
        assert _travel(_hold_points(moments), "mid_hip") / T == pytest.approx(restless, abs=0.002)


def test_bounces_within_a_hold_are_direction_changes_of_the_trunk() -> None:
    turns = []
    for bounces in (0, 1, 2, 3):
        moments = Moments(movement("hip_90_90", knobs={"hold_bounces": bounces}), "left")
        inclination = q.torso_inclination(_hold_points(moments)).round(6)
        turns.append(_turns(inclination))
        assert np.ptp(inclination) == pytest.approx(8.0 if bounces else 0.0, abs=0.05)
    assert turns[1:] == [1, 3, 5]


def test_touch_down_brings_the_free_ankle_near_the_floor_and_voids_the_rep() -> None:
    moving = movement("hip_airplane", knobs={"touch_down": 1.0})
    rep = moving.truth.reps[0]
    points = moving.pose_at(rep.peak_s + 0.5)
    assert (q.at(points, "left_ankle") - q.at(points, "right_ankle"))[2] / T < 0.15
    assert 0.0 <= q.at(points, "left_foot_index")[2] < 0.02
    assert rep.counted is False


def test_away_first_changes_the_order_of_the_holds() -> None:
    rep = movement("hip_airplane", knobs={"away_first": 1.0}).truth.reps[0]
    assert [hold.id for hold in rep.holds] == ["away", "toward"]


def test_wrong_arm_goes_to_the_knee_of_its_own_side() -> None:
    wrong = [Moments(movement("dead_bug", "harder", knobs={"wrong_arm": w}), "right") for w in (0.0, 0.5, 1.0)]
    found = [_wrong_arm(m) for m in wrong]
    assert found[0] < -0.5 < found[1] < 0.5 < found[2]


def test_skipped_plank_goes_from_lunge_to_lunge() -> None:
    skipped = movement("spiderman_lunge", reps=2, knobs={"skip_plank": 1.0})
    first, second = skipped.truth.reps
    assert (first.side, second.side) == ("right", "left")
    assert first.end_s == second.start_s
    points = skipped.pose_at(np.linspace(first.peak_s, second.peak_s, 50))
    assert (np.max(np.abs(q.bend_deg(points, "left_shoulder", "left_hip", "left_ankle")), axis=0) > 20).all()


@pytest.mark.parametrize("exercise", ["spiderman_lunge", "hip_flexion", "plank_hip_flexion"])
def test_same_side_repeats_the_side(exercise: str) -> None:
    assert [rep.side for rep in movement(exercise, reps=3).truth.reps] == ["right", "left", "right"]
    assert [rep.side for rep in movement(exercise, reps=2, knobs={"same_side": 1}).truth.reps] == ["right", "right"]


def test_every_knob_is_tested() -> None:
    by_hand = {"restless", "hold_bounces", "touch_down", "away_first", "wrong_arm", "skip_plank", "same_side"}
    for exercise, knobs in KNOBS.items():
        swept = {sweep[2] for sweep in SWEEPS if sweep[0] == exercise}
        assert set(knobs) - swept <= by_hand


def test_unknown_knob_is_named() -> None:
    with pytest.raises(ValueError, match="no knob 'torso'"):
        movement("dead_bug", knobs={"torso": 1.0})


def test_a_plank_that_cannot_rise_so_far_says_so() -> None:
    with pytest.raises(ValueError, match="plank reaches"):
        movement("plank_hip_flexion", "wall", knobs={"hips_rise": 0.3}).pose_at(25.0)
