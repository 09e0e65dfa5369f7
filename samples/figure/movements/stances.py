"""Standing, kneeling and lying: what several exercises start from."""

import numpy as np
from numpy.typing import ArrayLike

from formcheck.pose.pose import SIDES, Side

from ..geometry import FORWARD, LEFT, UP, Array, column, frame, lerp, point, rot_y, rot_z
from ..skeleton import SIGN, Build, Poser

LYING_HEIGHT_M = 0.10
"""Height of hips and shoulders over the floor when lying or sitting on it."""
LYING_ANKLE_M = 0.065
"""Height of the ankle of a stretched leg whose heel rests on the floor."""
RELAXED_HIP_DEG = 2.0
"""Hip flexion of a leg lying stretched out."""
KNEE_HEIGHT_M = 0.06
"""Height of a knee that rests on the floor."""
WRIST_HEIGHT_M = 0.04
"""Height of the wrist over a palm on the floor."""
TOE_HEIGHT_M = 0.02
"""Height of the toes when the back of the foot rests on the floor."""

SUPINE = rot_y(-90.0)
"""Lying on the back, the head towards -x: a camera at 0 degrees looks at the soles."""


def flat_foot(yaw_deg: ArrayLike = 0.0, heel_up_deg: ArrayLike = 0.0) -> Array:
    """Return the rotation of a foot whose sole is level, or tipped onto the toes."""
    return rot_z(yaw_deg) @ rot_y(heel_up_deg)


def stance_ankle(build: Build, side: Side, x: ArrayLike = 0.0) -> Array:
    """Return the ankle of a foot on the floor under its hip."""
    return point(x, SIGN[side] * build.hip_width / 2, build.ankle_height)


def standing(build: Build) -> Poser:
    """Stand upright, legs straight, arms hanging."""
    body = Poser(build, point(0.0, 0.0, build.ankle_height + build.leg), np.eye(3))
    for side in SIDES:
        body.leg_to(side, stance_ankle(build, side), FORWARD, flat_foot())
        hanging_arm(body, side)
    return body


def hanging_arm(body: Poser, side: Side) -> None:
    """Let the arm hang beside the trunk."""
    body.arm_by_angles(side, 0.0, 12.0, abduction_deg=10.0)


def hands_before_chest(body: Poser, forward_m: float = 0.22, apart_m: float = 0.07, down_m: float = 0.22) -> None:
    """Hold both hands in front of the chest, elbows down and out."""
    for side in SIDES:
        out, chest = SIGN[side], body.chest
        wrist = body.mid_shoulder() + (
            forward_m * chest[..., :, 0] + out * apart_m * chest[..., :, 1] - down_m * chest[..., :, 2]
        )
        body.arm_to(side, wrist, -UP + 0.5 * out * LEFT - 0.3 * FORWARD)


def back_of_foot(build: Build, ankle_height_m: float, toe_height_m: float = TOE_HEIGHT_M) -> Array:
    """Return the rotation of a foot lying on its back (kneeling, toes pointing to -x), the toes at this height."""
    long = np.hypot(build.toe_forward, build.ankle_height)
    tilt = np.arcsin((ankle_height_m - toe_height_m) / long) + np.arctan2(build.ankle_height, build.toe_forward)
    forward = np.array([-np.cos(tilt), 0.0, -np.sin(tilt)])
    return frame(np.array([np.sin(tilt), 0.0, -np.cos(tilt)]), forward)


def supine(build: Build, shoulder_lift: ArrayLike = 0.0, head_lift: ArrayLike = 0.0) -> Poser:
    """Lie on the back; shoulders and ears rise by these shares of the trunk length, the ears at least as much."""
    shoulder_lift = np.asarray(shoulder_lift, dtype=float)
    curl = np.degrees(np.arcsin(shoulder_lift))
    ears_over_shoulders = np.maximum(head_lift, shoulder_lift) - shoulder_lift
    neck = np.degrees(np.arcsin(np.clip(ears_over_shoulders * build.trunk / build.neck, -1.0, 1.0)))
    hips = point(0.0, 0.0, LYING_HEIGHT_M)
    return Poser(build, hips, SUPINE, SUPINE @ rot_y(curl), neck_flexion_deg=neck - curl)


def hook_lying_angles(build: Build, hip_flexion_deg: float) -> tuple[float, float]:
    """Return knee flexion and plantarflexion that put the foot flat on the floor when lying with this hip flexion."""
    knee_height = LYING_HEIGHT_M + build.thigh * np.sin(np.radians(hip_flexion_deg))
    slope = float(np.degrees(np.arcsin((knee_height - build.ankle_height) / build.shank)))
    return hip_flexion_deg + slope, 90.0 - slope


def straight_lying_angles(build: Build) -> tuple[float, float]:
    """Return hip and knee flexion of a leg lying stretched out, relaxed, its heel on the floor."""
    knee_height = LYING_HEIGHT_M + build.thigh * np.sin(np.radians(RELAXED_HIP_DEG))
    slope = np.degrees(np.arcsin((knee_height - LYING_ANKLE_M) / build.shank))
    return RELAXED_HIP_DEG, RELAXED_HIP_DEG + float(slope)


def lying_arm(body: Poser, side: Side) -> None:
    """Rest the arm on the floor beside the trunk."""
    body.arm_to(side, lying_wrist(body, side), np.array([0.0, SIGN[side], 0.3]))


def lying_wrist(body: Poser, side: Side) -> Array:
    """Return the place of a wrist resting on the floor beside the hip."""
    build = body.build
    shoulder_x = -build.trunk
    along = np.sqrt((0.985 * build.arm) ** 2 - 0.08**2 - (LYING_HEIGHT_M - WRIST_HEIGHT_M) ** 2)
    return point(shoulder_x + along, SIGN[side] * (build.shoulder_width / 2 + 0.08), WRIST_HEIGHT_M)


def stepping(start: Array, goal: Array, share: Array, aside: Array, lift_m: float) -> Array:
    """Return the way of a foot from start to goal, swinging aside and up on the way."""
    bump = np.sin(np.pi * np.clip(share, 0.0, 1.0))
    return lerp(start, goal, column(share)) + column(bump) * (aside + lift_m * UP)
