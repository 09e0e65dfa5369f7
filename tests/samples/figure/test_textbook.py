"""A correct repetition lies inside every target of rules/METHOD.md."""

from collections.abc import Callable
from typing import SupportsFloat

import numpy as np
import pytest

from formcheck.pose.pose import SIDES, Side, other_side
from samples.figure import quantities as q
from samples.figure.geometry import Array
from samples.figure.movements.exercises import movement
from samples.figure.movements.movement import Movement

T, LEG, SHANK, HIPS, SHOULDERS = 0.50, 0.85, 0.42, 0.21, 0.35
INF = np.inf


class Moments:
    """The moments of a movement's first rep, and its points there."""

    def __init__(self, moving: Movement, side: Side) -> None:
        self.moving, self.side, self.other = moving, side, other_side(side)
        self.rep = moving.truth.reps[0]
        self.start = moving.pose_at(self.rep.start_s - 0.1)
        self.peak = moving.pose_at(self.rep.peak_s + 1e-6)

    def hold(self, hold_id: str) -> Array:
        span = next(hold for hold in self.rep.holds if hold.id == hold_id)
        return self.moving.pose_at((span.start_s + span.end_s) / 2)

    def first_turn(self) -> Array:
        """Return the points where the movement first stops."""
        return self.moving.pose_at(self.rep.start_s + 2.0)

    def hold_s(self) -> float:
        return min(hold.duration_s for hold in self.rep.holds)

    def rep_s(self) -> float:
        return self.rep.end_s - self.rep.start_s


def _roll_difference(points: Array, free: Side) -> float:
    return float(q.roll(points, "shoulder", free) - q.roll(points, "hip", free))


def _shift_gain(m: Moments, azimuth_deg: float) -> float:
    return float(q.weight_shift_index(m.peak, m.side, azimuth_deg) - q.weight_shift_index(m.start, m.side, azimuth_deg))


def _rise(m: Moments, name: str) -> float:
    return float((q.at(m.peak, name) - q.at(m.start, name))[2])


def _change(m: Moments, quantity: Callable[[Array, Side], Array], side: Side) -> float:
    return float(abs(quantity(m.peak, side) - quantity(m.start, side)))


Check = tuple[str, Callable[[Moments], SupportsFloat], float, float]

AIRPLANE: list[Check] = [
    ("torso_incl", lambda m: q.torso_inclination(m.peak), 75, 100),
    ("roll toward", lambda m: -q.roll(m.hold("toward"), "hip", m.other), 15, 40),
    ("roll away", lambda m: q.roll(m.hold("away"), "hip", m.other), 20, 40),
    ("shoulder minus pelvis roll", lambda m: abs(_roll_difference(m.hold("toward"), m.other)), 0, 15),
    ("shoulder minus pelvis roll, away", lambda m: abs(_roll_difference(m.hold("away"), m.other)), 0, 15),
    ("free knee", lambda m: q.knee_flexion(m.peak, m.other), 0, 15),
    ("free leg", lambda m: q.leg_below_horizontal(m.peak, m.other), -15, 15),
    ("stance knee", lambda m: q.knee_flexion(m.peak, m.side), 10, 25),
    ("hold", lambda m: m.hold_s(), 5, 6),
]
PLANK_BEFORE: list[Check] = [("hip_dev", lambda m: q.hip_dev(m.start, m.side), -0.04, 0.04)]
STANDING: list[Check] = [
    ("rep time", lambda m: m.rep_s(), 12.5, INF),
    ("start hip", lambda m: q.hip_flexion(m.start, m.side), 0, 20),
    ("peak hip", lambda m: q.hip_flexion(m.peak, m.side), 75, 100),
    ("torso change", lambda m: abs(q.torso_inclination(m.peak) - q.torso_inclination(m.start)), 0, 8),
    ("other hip", lambda m: _change(m, q.hip_flexion, m.other), 0, 10),
    ("support knee", lambda m: q.knee_flexion(m.peak, m.other), 0, 10),
    ("hip tilt", lambda m: abs(q.tilt(m.peak, "hip", m.side, HIPS)), 0, 6),
    ("support fppa", lambda m: q.fppa(m.peak, m.other), -8, 8),
]
LYING: list[Check] = [
    ("rep time", lambda m: m.rep_s(), 12.5, INF),
    ("peak hip", lambda m: q.hip_flexion(m.peak, m.side), 75, 100),
    ("other hip", lambda m: _change(m, q.hip_flexion, m.other), 0, 10),
    ("ear rise", lambda m: _rise(m, "left_ear") / T, 0, 0.05),
    ("shoulder rise", lambda m: _rise(m, "left_shoulder") / T, 0, 0.05),
]
PLANK: list[Check] = [
    *PLANK_BEFORE,
    ("plank time", lambda m: m.rep.start_s, 20, 30),
    ("rep time", lambda m: m.rep_s(), 12.5, INF),
    ("peak hip", lambda m: q.hip_flexion(m.peak, m.side), 100, 120),
    ("hip height", lambda m: abs(_rise(m, "mid_hip")) / T, 0, 0.08),
    ("torso change", lambda m: abs(q.torso_inclination(m.peak) - q.torso_inclination(m.start)), 0, 8),
    ("shoulder shift", lambda m: abs((q.at(m.peak, "mid_shoulder") - q.at(m.start, "mid_shoulder"))[0]) / T, 0, 0.1),
    ("support knee", lambda m: q.knee_flexion(m.peak, m.other), 0, 10),
    ("neck_line", lambda m: q.neck_line(m.start), 150, 180),
]

TARGETS: dict[tuple[str, str | None], list[Check]] = {
    ("hip_airplane", "free"): AIRPLANE,
    ("hip_airplane", "supported"): AIRPLANE,
    ("kettlebell_shift", None): [
        ("gain, 45 deg", lambda m: _shift_gain(m, 45.0 * q.outward(m.side)), 0.25, 0.4),
        ("gain, front", lambda m: _shift_gain(m, 0.0), 0.25, 0.4),
        ("foot yaw", lambda m: q.foot_yaw(m.peak, m.side), 60, 90),
        ("knee yaw", lambda m: q.knee_yaw(m.peak, m.side), 0, 25),
        ("knee yaw at rest", lambda m: q.knee_yaw(m.start, m.side), 0, 25),
        ("torso_incl", lambda m: q.torso_inclination(m.peak), 0, 10),
        ("heel rise", lambda m: _rise(m, f"{m.side}_heel") / T, 0, 0.02),
        ("hold", lambda m: m.hold_s(), 5, 10),
    ],
    ("hip_90_90", None): [
        ("front knee", lambda m: q.knee_flexion(m.peak, m.side), 75, 105),
        ("rear knee", lambda m: q.knee_flexion(m.peak, m.other), 75, 105),
        ("hinge", lambda m: q.torso_inclination(m.peak) - q.torso_inclination(m.start), 25, 45),
        ("neck_line", lambda m: q.neck_line(m.peak), 150, 180),
        ("trunk_ratio", lambda m: q.trunk_length(m.peak) / T, 0.95, 1.01),
        ("shoulder tilt", lambda m: abs(q.tilt(m.peak, "shoulder", m.side, SHOULDERS)), 0, 10),
        ("hand height", lambda m: q.at(m.peak, f"{m.side}_wrist")[2] / T, 0, 0.2),
        ("hold", lambda m: m.hold_s(), 5, 10),
    ],
    ("spiderman_lunge", None): [
        *PLANK_BEFORE,
        ("ankle to wrist", lambda m: abs((q.at(m.peak, f"{m.side}_wrist") - q.at(m.peak, f"{m.side}_ankle"))[0]) / T,
         0, 0.25),
        ("ankle outside", lambda m: (q.at(m.peak, f"{m.side}_ankle") - q.at(m.peak, f"{m.side}_wrist"))[1]
         * q.outward(m.side), 0.05, 0.25),
        ("rear knee", lambda m: q.knee_flexion(m.peak, m.other), 0, 15),
        ("front knee", lambda m: q.knee_flexion(m.peak, m.side), 80, 110),
        ("front knee from the side", lambda m: q.knee_flexion(m.peak, m.side, q.SAGITTAL), 80, 110),
        ("hips over shoulders", lambda m: (q.at(m.peak, "mid_hip") - q.at(m.peak, "mid_shoulder"))[2] / T, -0.6, 0.1),
        ("hold", lambda m: m.hold_s(), 3, 5),
    ],
    ("childs_pose", None): [
        ("hip to ankle", lambda m: q.distance(m.peak, "left_hip", "left_ankle") / SHANK, 0, 0.60),
        ("knee", lambda m: q.knee_flexion(m.peak, "left"), 145, 160),
        ("ear height", lambda m: q.at(m.peak, "left_ear")[2] / T, 0, 0.30),
        ("elbow", lambda m: q.elbow_flexion(m.peak, "left"), 0, 25),
        ("arm elevation", lambda m: q.arm_elevation(m.peak, "left"), 140, 180),
        ("hold", lambda m: m.hold_s(), 10, 15),
    ],
    **{("lateral_lunge", level): [
        ("trailing knee", lambda m: q.knee_flexion(m.peak, m.other), 0, 15),
        ("hip drop", lambda m: -_rise(m, "mid_hip") / LEG, 0.20, 0.35),
        ("knee_in", lambda m: q.knee_in(m.peak, m.side), -0.2, 0),
        ("lateral lean", lambda m: abs(q.lateral_lean(m.peak, m.side)), 0, 10),
        ("trunk height", lambda m: (q.at(m.peak, "mid_shoulder") - q.at(m.peak, "mid_hip"))[2] / T, 0.8, 1.0),
        ("moved to the lunge side", lambda m: (q.at(m.peak, "mid_hip") - q.at(m.start, "mid_hip"))[1]
         * q.outward(m.side), 0.1, 0.8),
        ("hold", lambda m: m.hold_s(), 5, 6),
    ] for level in ("step_out", "fixed_stance")},
    ("hip_flexion", "lying"): [("start hip", lambda m: q.hip_flexion(m.start, m.side), 40, 70), *LYING],
    ("hip_flexion", "straight_legs"): [("start hip", lambda m: q.hip_flexion(m.start, m.side), 0, 20), *LYING],
    **{("hip_flexion", level): STANDING for level in ("wall_chair", "wall", "chair", "free")},
    ("plank_hip_flexion", "wall"): [*PLANK, ("slope", lambda m: q.body_slope(m.start, m.side), 55, 80)],
    ("plank_hip_flexion", "chair"): [*PLANK, ("slope", lambda m: q.body_slope(m.start, m.side), 30, 55)],
    ("plank_hip_flexion", "floor"): [*PLANK, ("slope", lambda m: q.body_slope(m.start, m.side), 10, 30)],
    ("dead_bug", "basic"): [
        *[(f"{side} hip", lambda m, s=side: q.hip_flexion(m.peak, s), 80, 100) for side in SIDES],
        *[(f"{side} knee", lambda m, s=side: q.knee_flexion(m.peak, s), 80, 100) for side in SIDES],
        ("start hip", lambda m: q.hip_flexion(m.start, m.side), 30, 65),
        ("hold", lambda m: m.hold_s(), 2, 3),
        ("rep time", lambda m: m.rep_s(), 12.5, INF),
    ],
    ("dead_bug", "harder"): [
        ("start hip", lambda m: q.hip_flexion(m.start, m.side), 80, 100),
        ("start knee", lambda m: q.knee_flexion(m.start, m.side), 80, 100),
        ("extended knee", lambda m: q.knee_flexion(m.peak, m.side), 0, 15),
        ("bent hip drift", lambda m: _change(m, q.hip_flexion, m.other), 0, 10),
        ("wrist to knee", lambda m: q.distance(m.peak, f"{m.side}_wrist", f"{m.other}_knee") / T, 0, 0.25),
        ("rep time", lambda m: m.rep_s(), 12.5, INF),
    ],
}  # fmt: skip

# How far a movement of depth 0.45 comes, where half the way to the end zone lies, and where the zone begins.
PARTIAL: list[tuple[str, str | None, Callable[[Moments], SupportsFloat], float, float]] = [
    ("hip_airplane", "free", lambda m: -q.roll(m.first_turn(), "hip", m.other), 5, 10),
    ("kettlebell_shift", None, lambda m: _shift_gain(m, 0.0), 0.05, 0.10),
    ("hip_90_90", None, lambda m: q.torso_inclination(m.peak) - q.torso_inclination(m.start), 5, 10),
    ("spiderman_lunge", None, lambda m: (q.at(m.peak, f"{m.side}_ankle") - q.at(m.start, f"{m.side}_ankle"))[0] / T,
     0.9, 1.75),
    ("childs_pose", None, lambda m: q.torso_inclination(m.peak), 40, 70),
    ("lateral_lunge", "step_out", lambda m: -_rise(m, "mid_hip") / LEG, 0.04, 0.08),
    ("lateral_lunge", "fixed_stance", lambda m: -_rise(m, "mid_hip") / LEG, 0.04, 0.08),
    *[("hip_flexion", level, lambda m: q.hip_flexion(m.peak, m.side) - q.hip_flexion(m.start, m.side), 12.5, 25)
      for level in ("lying", "straight_legs", "wall_chair", "wall", "chair", "free")],
    *[("plank_hip_flexion", level, lambda m: q.hip_flexion(m.peak, m.side), 35, 70)
      for level in ("wall", "chair", "floor")],
    ("dead_bug", "basic", lambda m: q.hip_flexion(m.peak, m.side), 61.5, 75),
    ("dead_bug", "harder", lambda m: q.knee_flexion(m.start, m.side) - q.knee_flexion(m.peak, m.side), 25, 50),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "level", "quantity", "half_way", "zone"), PARTIAL)
def test_partial_attempt_stops_short_of_the_end_zone(
    exercise: str, level: str | None, quantity: Callable[[Moments], SupportsFloat], half_way: float, zone: float
) -> None:
    for side in SIDES:
        moments = Moments(movement(exercise, level, side=side, depth=0.45), side)
        assert moments.rep.counted is False
        assert moments.rep.holds == ()
        assert half_way < float(quantity(moments)) < zone


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("exercise_level", TARGETS, ids=str)
def test_textbook_rep_meets_every_target(exercise_level: tuple[str, str | None], side: Side) -> None:
    moments = Moments(movement(*exercise_level, side=side), side)
    for name, quantity, low, high in TARGETS[exercise_level]:
        assert low - 1e-9 <= float(quantity(moments)) <= high + 1e-9, name
