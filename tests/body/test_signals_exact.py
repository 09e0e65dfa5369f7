"""Every signal on a skeleton placed by hand, with its exact value, for both sides and from every view it knows."""

import math
from dataclasses import dataclass, replace
from typing import Any

import pytest

from formcheck.body.signal import Signal
from formcheck.body.signals import SIGNALS
from formcheck.body.view import View
from formcheck.pose.pose import Side, other_side

from .hand_placed import STANDING, Points, body, mirrored, tipped, turned

FRONT, SIDE, OBLIQUE, BACK = View.FRONT, View.SIDE, View.OBLIQUE, View.BACK
SUPINE = tipped(turned(STANDING, 90), 90)
"""On the back, the left side to the camera, the head to the right."""
PRONE = tipped(turned(STANDING, 90), -90)
HINGED = tipped(turned(STANDING, 90), -90)
KNEELING = {**STANDING, "left_ankle": (0.21, -0.85, 0.85), "right_ankle": (-0.21, -0.85, 0.85)}


BY_NAME = {signal.name: signal for signal in SIGNALS}


@dataclass(frozen=True)
class Case:
    """A skeleton and the value that a signal has on it."""

    signal: Signal
    view: View
    points: Points
    value: float
    side: Side | None = None
    why: str = ""
    near: bool | None = None
    """Whether it is the side nearer the camera; None where that does not matter."""

    def measured(self, points: Points, side: Side | None) -> float:
        near = None if side is None or self.near is None else side if self.near else other_side(side)
        placed = body(points, self.view, near)
        return self.signal.compute(placed) if side is None else self.signal.compute(placed, side)


def left(name: str, view: View, value: float, why: str = "", /, **points: tuple[float, ...]) -> Case:
    return Case(BY_NAME[name], view, points, value, "left", why)


def whole(name: str, view: View, value: float, points: Points, why: str = "", /, **moved: Any) -> Case:
    signal = BY_NAME[name]
    return Case(signal, view, {**points, **moved}, value, "left" if signal.sided else None, why)


def pointing(across_t: float) -> Points:
    """Return a foot whose toe lies so far across from its heel, and shoulders."""
    return {
        "left_heel": (0.2, -1.8),
        "left_foot_index": (0.2 + across_t, -1.8),
        "left_shoulder": (0.3, 1.0),
        "right_shoulder": (-0.3, 1.0),
    }


def sitting(knee_deg: float, ahead_t: float) -> Points:
    """Return a body that sits and faces the camera, its left knee so far bent, and so far ahead of the right one."""
    bend, behind = math.radians(knee_deg), -math.copysign(0.85, ahead_t)
    ankle = (0.2 + 0.85 * math.sin(bend), 0.0, -ahead_t + behind * math.cos(bend))
    trunk: Points = {f"{side}_{part}": (x, y, 0.0) for part, y in (("shoulder", 1.0), ("hip", 0.0)) for side, x in BOTH}
    other: Points = {"right_knee": (-1.0, 0.0, 0.0), "right_ankle": (-1.0, 0.0, 0.85)}
    return {**trunk, **other, "left_knee": (0.2, 0.0, -ahead_t), "left_ankle": ankle}


BOTH = (("left", 0.2), ("right", -0.2))


def _roll(part: str, deg: float, half_width: float) -> Points:
    """Return both hips or shoulders of `HINGED`, rolled so that the right one is higher."""
    x = HINGED[f"left_{part}"][0]
    up, across = half_width * math.sin(math.radians(deg)), half_width * math.cos(math.radians(deg))
    return {f"left_{part}": (x, -up, -across), f"right_{part}": (x, up, across)}


def _hips(deg: float) -> Points:
    return _roll("hip", deg, 0.21)


def _shoulders(deg: float) -> Points:
    return _roll("shoulder", deg, 0.35)


RIGHT_HIP = {"right_hip": (-0.21, 0.0, 0.0)}
FOOT = {"left_ankle": (0.2, -1.7, 0.0), "left_heel": (0.2, -1.8, 0.1), "left_foot_index": (0.2, -1.8, -0.2)}
TURNED_OUT = {
    "left_ankle": (0.3, -1.7),
    "left_heel": (0.2, -1.8),
    "left_foot_index": (0.4, -1.8),
    "left_shoulder": (0.25, 1.0),
    "right_shoulder": (-0.25, 1.0),
}
THIGH = math.sqrt(0.85**2 - 0.06**2)
SITTING: Points = {
    **STANDING,
    "left_hip": (0.21, 0.2, 0.0),
    "left_knee": (0.21, 0.14, -THIGH),
    "left_ankle": (-0.64, 0.14, -THIGH),
    "right_hip": (-0.21, 0.2, 0.0),
    "right_knee": (-0.21 - THIGH, 0.14, 0.0),
    "right_ankle": (-0.21 - THIGH, 0.14, 0.85),
}
"""90/90 on a floor at y = 0, the left leg in front: every joint at its usual height, every bone of its usual length."""
HIPS = {"left_hip": (0.21, 0.0, 0.0), **RIGHT_HIP}
SHOULDERS = {"left_shoulder": (0.35, 1.0, 0.0), "right_shoulder": (-0.35, 1.0, 0.0)}
SHINS = {"left_knee": (1.9, 0.5), "right_knee": (2.1, 0.5), "left_ankle": (1.1, 0.5), "right_ankle": (0.9, 0.5)}
TAN10 = math.tan(math.radians(10))

# fmt: off
LIMBS = [
    left("knee_flexion_deg", SIDE, 0, left_hip=(0, 2), left_knee=(0, 1), left_ankle=(0, 0)),
    left("knee_flexion_deg", SIDE, 90, "depth does not matter from the side",
         left_hip=(0, 1, 0), left_knee=(0, 0, 0), left_ankle=(1, 0, 5)),
    left("knee_flexion_deg", OBLIQUE, 90, "in space from elsewhere",
         left_hip=(0, 1, 0), left_knee=(0, 0, 0), left_ankle=(0, 0, 1)),
    left("knee_flexion_deg", FRONT, 45, left_hip=(0, 1, 0), left_knee=(0, 0, 0), left_ankle=(0, -1, 1)),
    left("hip_flexion_deg", SIDE, 0, left_shoulder=(0, 1), left_hip=(0, 0), left_knee=(0, -1)),
    left("hip_flexion_deg", SIDE, 135, left_shoulder=(0, 1), left_hip=(0, 0), left_knee=(1, 1)),
    left("hip_flexion_deg", OBLIQUE, 90, left_shoulder=(0.35, 1, 0), left_knee=(0.21, 0, -1), **HIPS),
    left("hip_flexion_deg", FRONT, 0, "shoulders wider than hips", left_shoulder=(0.35, 1), left_knee=(0.2, -1), **HIPS),
    left("hip_angle_in_picture_deg", SIDE, 135, left_shoulder=(0, 1), left_hip=(0, 0), left_knee=(1, 1)),
    left("hip_angle_in_picture_deg", FRONT, 0, "a thigh that comes straight at the camera",
         left_shoulder=(0, 1, 0), left_hip=(0, 0, 0), left_knee=(0, -0.1, -0.8)),
    left("hip_angle_in_picture_deg", OBLIQUE, 90, "the picture's from everywhere",
         left_shoulder=(0, 1, 0), left_hip=(0, 0, 0), left_knee=(0.6, 0, -0.6)),
    whole("knee_bend_difference_deg", FRONT, 90, STANDING, "only this knee is bent", left_ankle=(0.21, -0.85, 0.85)),
    whole("knee_bend_difference_deg", FRONT, 0, STANDING, "the other one is bent", right_ankle=(-0.21, -0.85, 0.85)),
    left("elbow_flexion_deg", SIDE, 90, left_shoulder=(0, 1), left_elbow=(0, 0), left_wrist=(1, 0)),
    left("elbow_flexion_deg", OBLIQUE, 90, left_shoulder=(0, 1, 0), left_elbow=(0, 0, 0), left_wrist=(0, 0, 1)),
    left("arm_elevation_deg", SIDE, 180, "overhead", left_hip=(0, 0), left_shoulder=(0, 1), left_elbow=(0, 2)),
    left("arm_elevation_deg", SIDE, 0, "along the trunk", left_hip=(0, 0), left_shoulder=(0, 1), left_elbow=(0, 0.5)),
    left("arm_elevation_deg", OBLIQUE, 90, left_hip=(0, 0, 0), left_shoulder=(0, 1, 0), left_elbow=(0, 1, -1)),
    left("leg_inclination_deg", SIDE, -45, "foot below the hip", left_hip=(0, 1), left_ankle=(-1, 0)),
    left("leg_inclination_deg", SIDE, 45, "foot above the hip", left_hip=(0, 0), left_ankle=(1, 1)),
    left("leg_inclination_deg", OBLIQUE, 30, "from its height alone", left_hip=(0, 0), left_ankle=(0.3, 0.85)),
    left("body_line_deg", SIDE, 180, left_shoulder=(2, 1), left_hip=(1, 0.5), left_ankle=(0, 0)),
    left("body_line_deg", OBLIQUE, 90, left_shoulder=(0, 1, 0), left_hip=(0, 0, 0), left_ankle=(0, 0, 1)),
    left("hip_deviation_ratio", SIDE, 0.04, "piked, on the floor",
         left_shoulder=(2.5, 0), left_hip=(1.2, 0.1), left_ankle=(0, 0), left_wrist=(2.5, -1)),
    left("hip_deviation_ratio", SIDE, -0.04, "sagging, on the floor",
         left_shoulder=(2.5, 0), left_hip=(1.2, -0.1), left_ankle=(0, 0), left_wrist=(2.5, -1)),
    left("hip_deviation_ratio", SIDE, 0.1, "piked, leaning on a wall to the right",
         left_shoulder=(1.5, 2), left_hip=(0.55, 1.15), left_ankle=(0, 0), left_wrist=(2.5, 2)),
    left("hip_deviation_ratio", SIDE, -0.1, "sagging, leaning on a wall to the right",
         left_shoulder=(1.5, 2), left_hip=(0.95, 0.85), left_ankle=(0, 0), left_wrist=(2.5, 2)),
    left("hip_deviation_ratio", SIDE, 0.04, "piked is up without a hand",
         left_shoulder=(2.5, 0), left_hip=(1.2, 0.1), left_ankle=(0, 0)),
    left("hip_deviation_ratio", SIDE, math.nan, "folded",
         left_shoulder=(0.5, 0.5), left_hip=(-0.2, 0.8), left_ankle=(0, 0), left_wrist=(1, 0)),
    left("body_slope_deg", SIDE, 45, left_shoulder=(-1, 1), left_ankle=(0, 0)),
    left("body_slope_deg", FRONT, 30, "from its height", left_shoulder=(0, 1.35, -9), left_ankle=(0, 0, 0)),
    left("frontal_projection_deg", FRONT, 20, "to the midline",
         left_hip=(0.2, 1), left_knee=(0.2 - TAN10, 0), left_ankle=(0.2, -1), right_hip=(-0.2, 1)),
    left("frontal_projection_deg", FRONT, -20, "away from it",
         left_hip=(0.2, 1), left_knee=(0.2 + TAN10, 0), left_ankle=(0.2, -1), right_hip=(-0.2, 1)),
    left("frontal_projection_deg", BACK, 20, "to the midline, from the back",
         left_hip=(-0.2, 1), left_knee=(-0.2 + TAN10, 0), left_ankle=(-0.2, -1), right_hip=(0.2, 1)),
    left("knee_inward_shank", FRONT, 0.2, left_knee=(0.03, 0), left_ankle=(0.2, -0.8)),
    left("knee_inward_shank", FRONT, 0, "ahead of the ankle", left_knee=(0.2, 0, -0.4), left_ankle=(0.2, -0.8, 0)),
    left("knee_inward_shank", BACK, 0.2, "from the back", left_knee=(-0.03, 0), left_ankle=(-0.2, -0.8)),
    replace(left("rear_knee_flexion_deg", OBLIQUE, 90, "reads 63°", **sitting(63, -0.5)), near=True),
    replace(left("rear_knee_flexion_deg", OBLIQUE, 45, "reads 34.2°", **sitting(34.2, -0.5)), near=True),
    replace(left("rear_knee_flexion_deg", OBLIQUE, math.nan, "of the front leg", **sitting(63, 0.5)), near=True),
    replace(left("rear_knee_flexion_deg", OBLIQUE, math.nan, "of the farther leg", **sitting(63, -0.5)), near=False),
    left("knee_yaw_deg", OBLIQUE, 45, "to the little toe", left_knee=(0.5, -0.9, -0.3), **FOOT, **HIPS),
    left("knee_yaw_deg", OBLIQUE, -45, "to the big toe", left_knee=(-0.1, -0.9, -0.3), **FOOT, **HIPS),
    left("knee_yaw_deg", OBLIQUE, math.nan, "over the ankle", left_knee=(0.2, -0.8, -0.05), **FOOT, **HIPS),
    replace(left("knee_inside_t", OBLIQUE, 0, "over the foot", left_knee=(0.49, -0.9), **TURNED_OUT), near=True),
    replace(left("knee_inside_t", OBLIQUE, 0.3, "to the big toe", left_knee=(0.19, -0.9), **TURNED_OUT), near=True),
    replace(left("knee_inside_t", OBLIQUE, -0.2, "to the little toe", left_knee=(0.69, -0.9), **TURNED_OUT), near=True),
    replace(left("knee_inside_t", OBLIQUE, math.nan, "of the farther leg", left_knee=(0.19, -0.9), **TURNED_OUT), near=False),
    replace(left("foot_yaw_deg", OBLIQUE, 45, "toward the camera, which is 45° round", **pointing(0.0)), near=True),
    replace(left("foot_yaw_deg", OBLIQUE, 75, "turned out", **pointing(0.235)), near=True),
    replace(left("foot_yaw_deg", OBLIQUE, 15, "hardly turned out", **pointing(-0.235)), near=True),
    replace(left("foot_yaw_deg", OBLIQUE, math.nan, "of the farther leg", **pointing(0.235)), near=False),
    left("foot_yaw_deg", FRONT, 30, "turned out", **pointing(0.235)),
    whole("floor_knee_flexion_deg", OBLIQUE, 90, SITTING),
    whole("floor_knee_flexion_deg", SIDE, math.nan, SITTING, "not measured from the side"),
    whole("floor_knee_flexion_deg", OBLIQUE, math.nan, STANDING, "legs that do not lie on the floor"),
    left("knee_ahead_t", FRONT, 0.6, "nearer the camera that the pelvis faces",
         left_knee=(0.2, -0.5, -0.4), right_knee=(-0.2, -0.8, 0.2), **HIPS, **SHOULDERS),
    left("knee_ahead_t", FRONT, 0.6, "though the hips alone seem to face elsewhere",
         left_knee=(0.2, -0.5, -0.4), right_knee=(-0.2, -0.8, 0.2),
         left_hip=(0.1, 0, 0.1), right_hip=(-0.1, 0, -0.1),
         left_shoulder=(0.35, 1, -0.1), right_shoulder=(-0.35, 1, 0.1)),
]
TRUNK = [
    whole("torso_inclination_deg", SIDE, 0, STANDING),
    whole("torso_inclination_deg", SIDE, 90, SUPINE),
    whole("torso_inclination_deg", SIDE, 90, PRONE),
    whole("torso_inclination_deg", SIDE, 120, tipped(turned(STANDING, 90), -120), "head below the hips"),
    whole("torso_inclination_deg", OBLIQUE, 60, turned(tipped(turned(STANDING, 90), -60), -45), "at 45° to the camera"),
    whole("torso_inclination_deg", FRONT, 60, turned(tipped(turned(STANDING, 90), -60), -90), "from its height"),
    whole("torso_inclination_deg", FRONT, 120, turned(tipped(turned(STANDING, 90), -120), -90)),
    whole("torso_inclination_deg", FRONT, math.nan, STANDING, "too upright to tell from its height"),
    whole("lateral_lean_deg", FRONT, 20, tipped(STANDING, 20), "to the left"),
    whole("lateral_lean_deg", BACK, 20, tipped(turned(STANDING, 180), -20), "to the left, from the back"),
    whole("trunk_height_ratio", FRONT, 1, STANDING),
    whole("trunk_height_ratio", SIDE, 0, SUPINE),
    whole("chest_up_ratio", SIDE, 1, SUPINE, "left side to the camera"),
    whole("chest_up_ratio", SIDE, 1, turned(SUPINE, 180), "right side to the camera"),
    whole("chest_up_ratio", OBLIQUE, 1, turned(SUPINE, 45)),
    whole("chest_up_ratio", SIDE, -1, PRONE),
    whole("chest_up_ratio", FRONT, -1, turned(PRONE, 90), "head to the camera"),
    whole("chest_up_ratio", FRONT, 0, STANDING),
    whole("chest_up_ratio", FRONT, 0, tipped(STANDING, 90), "on the side"),
    whole("hip_tilt_deg", FRONT, 30, STANDING, "left higher", left_hip=(0.21, 0.21, 0.0)),
    whole("hip_tilt_deg", BACK, 30, turned(STANDING, 180), "left higher", left_hip=(-0.21, 0.21, 0.0)),
    whole("shoulder_tilt_deg", FRONT, 30, STANDING, "left higher", left_shoulder=(0.35, 1.35, 0.0)),
    whole("side_bend_deg", FRONT, 30, STANDING, "to the right", left_shoulder=(0.35, 1.35, 0.0)),
    whole("side_bend_deg", FRONT, -30, STANDING, "hips only", left_hip=(0.21, 0.21, 0.0)),
    whole("pelvis_roll_deg", SIDE, -30, HINGED, "free hip lower", **_hips(-30)),
    whole("pelvis_roll_deg", SIDE, 30, HINGED, "free hip higher", **_hips(30)),
    whole("pelvis_roll_deg", FRONT, 30, turned({**HINGED, **_hips(30)}, 90), "from the front"),
    whole("pelvis_roll_deg", SIDE, math.nan, turned(STANDING, 90), "an upright trunk rolls about the vertical"),
    whole("shoulder_roll_deg", SIDE, 30, HINGED, "free side higher", **_shoulders(30)),
    whole("trunk_roll_deg", SIDE, 30, HINGED, "the whole trunk", **_hips(30), **_shoulders(30)),
    whole("trunk_roll_deg", SIDE, -15, HINGED, "half of what only the hips do", **_hips(-30)),
    whole("spinal_twist_deg", SIDE, 30, HINGED, **_shoulders(30)),
    whole("spinal_twist_deg", SIDE, -30, HINGED, **_hips(30)),
    whole("trunk_length_ratio", SIDE, 0.8, {**turned(STANDING, 90), "left_shoulder": (0.0, 0.8, -0.35),
                                          "right_shoulder": (0.0, 0.8, 0.35)}, "rounded"),
    whole("trunk_length_ratio", OBLIQUE, 1, turned(tipped(turned(STANDING, 90), -60), -45)),
    left("neck_line_deg", SIDE, 180, left_ear=(0, 1.4), left_shoulder=(0, 1), left_hip=(0, 0)),
    left("neck_line_deg", SIDE, 135, "head dropped", left_ear=(0.4, 1.4), left_shoulder=(0, 1), left_hip=(0, 0)),
    replace(left("neck_line_deg", OBLIQUE, 135, left_ear=(0.4, 1.4), left_shoulder=(0, 1), left_hip=(0, 0)), near=True),
    replace(left("neck_line_deg", OBLIQUE, math.nan, "of the farther side",
                 left_ear=(0.4, 1.4), left_shoulder=(0, 1), left_hip=(0, 0)), near=False),
    left("neck_line_deg", FRONT, math.nan, "from the front", left_ear=(0.4, 1.4), left_shoulder=(0, 1), left_hip=(0, 0)),
]
PLACES = [
    whole("hip_drop_l", FRONT, 0, STANDING),
    whole("hip_drop_l", SIDE, 0.5, KNEELING, "over the ankles"),
    whole("hip_drop_l", FRONT, 0, STANDING, "the other foot lifted", right_ankle=(-0.21, -1.0, 0.0)),
    whole("hip_shift_ratio", FRONT, 0.25, STANDING, left_ankle=(0.4, -1.7, 0.0), right_ankle=(-1.2, -1.7, 0.0)),
    whole("drop_toward_foot_l", FRONT, 0.1, STANDING, "over this foot",
          **{f"{s}_hip": (x, -0.17, 0.0) for s, x in (("left", 0.3), ("right", -0.1))},
          left_ankle=(0.3, -1.7, 0.0), right_ankle=(-0.7, -1.7, 0.0)),
    whole("drop_toward_foot_l", FRONT, 0, STANDING, "over the other one",
          **{f"{s}_hip": (x, -0.17, 0.0) for s, x in (("left", 0.1), ("right", -0.3))},
          left_ankle=(0.7, -1.7, 0.0), right_ankle=(-0.3, -1.7, 0.0)),
    whole("hip_shift_ratio", FRONT, math.nan, STANDING, "feet together",
          left_ankle=(0.1, -1.7, 0.0), right_ankle=(-0.1, -1.7, 0.0)),
    whole("ankle_spacing_t", FRONT, 0.42, STANDING),
    whole("feet_sideways_ratio", FRONT, 1, STANDING),
    whole("feet_sideways_ratio", OBLIQUE, 1, turned(STANDING, 45)),
    whole("feet_sideways_ratio", FRONT, 0, STANDING, left_ankle=(0, -1.7, -0.5), right_ankle=(0, -1.7, 0.5)),
    whole("visible_leg_l", FRONT, 1, STANDING),
    whole("visible_leg_l", FRONT, 0.5, STANDING, "bent toward the camera", left_ankle=(0.21, -0.85, 0.5)),
    whole("foot_lift_t", SIDE, 0.7, STANDING, left_ankle=(0.21, -1.0, 0.0)),
    whole("heel_lift_t", SIDE, 0, STANDING),
    whole("heel_lift_t", SIDE, 0.2, STANDING, left_heel=(0.21, -1.6, 0.1)),
    whole("shank_rise_t", SIDE, 0.85, STANDING),
    whole("shank_rise_t", FRONT, 0, KNEELING),
    whole("knee_height_t", FRONT, 0.95, STANDING),
    whole("seat_height_t", FRONT, 1.8, STANDING),
    whole("seat_height_t", SIDE, 0, SUPINE, **{f"{s}_foot_index": (-1.8, 0.3, 0.0) for s in ("left", "right")}),
    whole("hip_height_t", SIDE, 1.7, STANDING),
    whole("knee_over_hip_t", SIDE, -0.85, STANDING, "below"),
    whole("knee_over_hip_t", FRONT, 0.2, STANDING, "drawn up", left_knee=(0.21, 0.2, -0.8)),
    whole("knee_over_other_t", FRONT, 0.85, STANDING, left_knee=(0.21, 0.0, -0.8)),
    whole("knee_over_other_t", SIDE, -0.85, STANDING, "below", right_knee=(-0.21, 0.0, -0.8)),
    whole("knee_to_shoulder_t", SIDE, 1.85, STANDING, left_knee=(0.35, -0.85, -0.8)),
    whole("knee_to_shoulder_t", SIDE, 0.5, STANDING, "at the chest", left_knee=(0.65, 0.6, -0.3)),
    whole("hand_over_foot_t", SIDE, 1.5, STANDING),
    whole("hand_over_foot_t", FRONT, 0, STANDING, "a hand on the floor", left_wrist=(0.6, -1.7, 0.0)),
    whole("hip_over_shoulder_t", FRONT, -1, STANDING),
    whole("hip_to_heel_shank", SIDE, 2, STANDING),
    whole("hip_to_heel_shank", OBLIQUE, math.sqrt(2), KNEELING),
    whole("head_height_t", SIDE, 3.2, STANDING),
    whole("ear_over_hip_t", SIDE, 1.4, STANDING),
    whole("shoulder_over_hip_t", SIDE, 1.2, STANDING, left_shoulder=(0.35, 1.2, 0.0)),
    whole("lower_wrist_height_t", OBLIQUE, 0.3, SITTING, **{f"{s}_{part}": (0.0, height, 0.0) for s in ("left", "right")
          for part, height in (("wrist", 0.3), ("hip", 0.2), ("knee", 0.24), ("ankle", 0.04))}),
    whole("foot_to_hand_t", SIDE, 0.3, STANDING, left_ankle=(0.21, -1.7, 0.0), left_wrist=(0.51, -1.5, 0.4)),
    whole("foot_to_hand_t", OBLIQUE, 0.5, STANDING, left_ankle=(0.21, -1.7, 0.0), left_wrist=(0.51, -1.5, 0.4)),
    whole("foot_outside_hand_t", FRONT, 0.3, STANDING, left_ankle=(0.6, -1.7, 0.0), left_wrist=(0.3, -1.6, -0.5)),
    whole("foot_outside_hand_t", OBLIQUE, 0.3, turned({**STANDING, "left_ankle": (0.6, -1.7, 0.0),
                                                     "left_wrist": (0.3, -1.6, -0.5)}, 45)),
    left("shoulder_behind_hand_t", SIDE, 0.3, "toward the feet",
         left_shoulder=(2.2, 0.9), left_wrist=(2.5, 0), left_ankle=(0, 0)),
    left("shoulder_behind_hand_t", SIDE, -0.3, "ahead of the hand",
         left_shoulder=(2.8, 0.9), left_wrist=(2.5, 0), left_ankle=(0, 0)),
    left("hand_to_other_knee_t", SIDE, 2.5, left_wrist=(0, 0, 9), right_knee=(1.5, 2, 0)),
    left("hand_to_other_knee_t", OBLIQUE, 3, left_wrist=(0, 0, 0), right_knee=(2, 2, 1)),
    left("wrong_hand_t", SIDE, 2, "the other hand is there", left_wrist=(0, 0), right_wrist=(2, 0), right_knee=(3, 0),
         left_knee=(9, 9)),
    left("wrong_hand_t", SIDE, math.nan, "both in one place", left_wrist=(0, 0), right_wrist=(0.2, 0), right_knee=(3, 0),
         left_knee=(9, 9)),
    left("wrong_hand_t", OBLIQUE, -1, left_wrist=(0, 0, 1), right_wrist=(2, 0, 0), right_knee=(0, 0, 0),
         left_knee=(9, 9, 9)),
    left("weight_shift_ratio", FRONT, 0.25, **HIPS, right_knee=(-0.2, -0.9), left_ankle=(0.6, -1.0)),
    left("weight_shift_ratio", FRONT, math.nan, "too close", **HIPS, right_knee=(0, -0.9), left_ankle=(0.3, -1)),
    left("hip_toward_foot_t", FRONT, 0.2, **HIPS, right_knee=(-0.2, -0.9), left_ankle=(0.6, -1.0)),
    left("hip_toward_foot_t", FRONT, -0.1, "behind the rear knee", **HIPS, right_knee=(0.1, -0.9), left_ankle=(0.6, -1.0)),
    left("hip_toward_foot_t", FRONT, math.nan, "too close", **HIPS, right_knee=(0, -0.9), left_ankle=(0.3, -1)),
    whole("hip_position_x_t", SIDE, 1.5, {"left_hip": (3.2, 1), "right_hip": (2.8, 2), **SHINS}),
    whole("hip_position_y_t", SIDE, 1, {"left_hip": (3.2, 1), "right_hip": (2.8, 2), **SHINS}),
    whole("shoulder_position_x_t", SIDE, 1.5, {"left_shoulder": (3.2, 1), "right_shoulder": (2.8, 2), **SHINS}),
    whole("shoulder_position_y_t", SIDE, 1, {"left_shoulder": (3.2, 1), "right_shoulder": (2.8, 2), **SHINS}),
]
# fmt: on
CASES = LIMBS + TRUNK + PLACES

TURNS_ROUND = {
    "lateral_lean_deg", "hip_tilt_deg", "shoulder_tilt_deg", "side_bend_deg", "hip_position_x_t",
    "shoulder_position_x_t",
}  # fmt: skip
"""Signals that tell left from right: a mirror turns their sign round."""

SEEN_IN_PART = {
    ("hip_deviation_ratio", "wrist"),
    *((name, part) for name in ("knee_height_t", "seat_height_t") for part in ("ankle", "foot_index")),
    *(("head_height_t", part) for part in ("wrist", "knee", "foot_index")),
    ("seat_height_t", "knee"),
    ("wrong_hand_t", "knee"),
}
"""The floor is the lowest of what is seen, and piked is up without a hand: these can do without the part."""


def _name(case: Case) -> str:
    return " ".join(filter(None, (case.signal.name, case.view.value, f"{case.value:.3g}", case.why)))


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_exact_value(case: Case) -> None:
    assert case.measured(case.points, case.side) == pytest.approx(case.value, abs=1e-5, nan_ok=True)


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_mirror_image_shows_the_other_side(case: Case) -> None:
    other: Side | None = None if case.side is None else "right"
    expected = -case.value if case.signal.name in TURNS_ROUND else case.value
    assert case.measured(mirrored(case.points), other) == pytest.approx(expected, abs=1e-5, nan_ok=True)


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_value_lies_in_its_span(case: Case) -> None:
    low, high = case.signal.span
    assert math.isnan(case.value) or low <= case.value <= high


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_nothing_is_guessed_where_a_landmark_is_unseen(case: Case) -> None:
    for part in case.signal.landmarks:
        rest = {name: point for name, point in case.points.items() if name.split("_", 1)[-1] != part}
        assert rest != case.points or (case.signal.name, part) in SEEN_IN_PART, f"{part} is not in this case"
        if (case.signal.name, part) not in SEEN_IN_PART:
            assert math.isnan(case.measured(rest, case.side)), part


LEARNT = {"standing_knee_flexion_deg"}
"""Nets are never exact: tests/body/test_lifted.py."""


def test_every_signal_has_an_exact_case() -> None:
    assert {case.signal.name for case in CASES} | LEARNT == {signal.name for signal in SIGNALS}


def test_every_signal_explains_itself() -> None:
    for signal in SIGNALS:
        assert signal.meaning, signal.name
        assert signal.error, signal.name
        assert signal.name.endswith(f"_{signal.unit.lower()}"), signal.name


@pytest.mark.parametrize(("near", "expected"), [("left", 0.5), ("right", -0.5)])
def test_ahead_is_where_a_body_seen_from_the_side_faces_in_the_picture(near: Side, expected: float) -> None:
    points: Points = {"left_knee": (-0.6, 0.1), "right_knee": (-0.1, -0.3)}
    assert BY_NAME["knee_ahead_t"].compute(body(points, SIDE, near), "left") == pytest.approx(expected)


@pytest.mark.parametrize(("yaw_deg", "seen"), [(-20.0, -0.082), (20.0, 0.082), (5.0, 0.041)])
def test_a_knee_ahead_of_its_ankle_is_hardly_inside_it_because_the_body_is_turned(yaw_deg: float, seen: float) -> None:
    """Of 0.4 T ahead, 10° of a turn go across: that far, who stands square may read as turned."""
    points = turned({"left_knee": (0.2, 0.0, -0.4), "left_ankle": (0.2, -0.8, 0.0)}, yaw_deg)
    found = BY_NAME["knee_inward_shank"].compute(replace(body(points, FRONT), yaw_deg=yaw_deg), "left")
    assert found == pytest.approx(seen, abs=0.02)
