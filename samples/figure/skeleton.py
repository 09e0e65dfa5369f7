"""A parametric skeleton posed by forward kinematics and two-bone chains; out come MediaPipe's 33 landmarks.

Axes as in geometry.py. Every bone keeps its length in every posture.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from formcheck.pose.pose import INDEX, LANDMARKS, SIDES, Side

from .geometry import (
    UP,
    Array,
    apply,
    column,
    frame,
    lerp,
    rot_x,
    rot_y,
    rot_z,
    rotate_between,
    turn_between,
    two_bones,
    unit,
)  # fmt: skip

SIGN: dict[str, float] = {"left": 1.0, "right": -1.0}
"""Direction along the left axis in which a side lies."""


@dataclass(frozen=True, slots=True)
class Build:
    """Sizes of a person in metres; `trunk` is T of the exercise descriptions."""

    trunk: float = 0.50
    hip_width: float = 0.21
    shoulder_width: float = 0.35
    thigh: float = 0.43
    shank: float = 0.42
    upper_arm: float = 0.32
    forearm: float = 0.26
    neck: float = 0.19
    ear_width: float = 0.15
    face: float = 0.10
    ankle_height: float = 0.08
    heel_back: float = 0.05
    toe_forward: float = 0.16
    hand: float = 0.09

    @property
    def leg(self) -> float:
        """Thigh and shank together: L of the exercise descriptions."""
        return self.thigh + self.shank

    @property
    def size(self) -> float:
        """Size against the default build."""
        return self.leg / 0.85

    @property
    def arm(self) -> float:
        """Upper arm and forearm together."""
        return self.upper_arm + self.forearm

    def scaled(self, factor: float) -> "Build":
        """Return the same proportions at another size."""
        return Build(**{field.name: getattr(self, field.name) * factor for field in fields(self)})


@dataclass(frozen=True, slots=True)
class Limb:
    """A leg or arm: directions of its upper and lower bone, and the rotation of its foot or hand."""

    upper: Array
    lower: Array
    end: Array


@dataclass(frozen=True, slots=True)
class Posture:
    """A posed body: where mid-hip is and how every part is turned in the world."""

    mid_hip: Array
    pelvis: Array
    chest: Array
    head: Array
    trunk_ratio: Array
    left_leg: Limb
    right_leg: Limb
    left_arm: Limb
    right_arm: Limb

    def turned(self, yaw_deg: float) -> "Posture":
        """Return the posture turned to the left about the world's vertical axis."""
        yaw = rot_z(yaw_deg)

        def turn(limb: Limb) -> Limb:
            return Limb(apply(yaw, limb.upper), apply(yaw, limb.lower), yaw @ limb.end)

        return replace(
            self,
            mid_hip=apply(yaw, self.mid_hip), pelvis=yaw @ self.pelvis, chest=yaw @ self.chest, head=yaw @ self.head,
            left_leg=turn(self.left_leg), right_leg=turn(self.right_leg),
            left_arm=turn(self.left_arm), right_arm=turn(self.right_arm),
        )  # fmt: skip


LIMBS = ("left_leg", "right_leg", "left_arm", "right_arm")


class Poser:
    """Poses a body part by part: the trunk on creation, then each limb by angles, directions or the place of its end.

    Parameters
    ----------
    build
        Sizes.
    mid_hip
        (..., 3) place of mid-hip.
    pelvis, chest
        (..., 3, 3) rotations; the chest's up axis is the line from mid-hip to mid-shoulder; default chest = pelvis.
    neck_flexion_deg
        Chin towards the chest; in the sagittal plane the angle ear-shoulder-hip is 180 degrees less this.
    trunk_ratio
        Distance mid-hip to mid-shoulder over its full length: below 1 the spine is rounded.
    """

    def __init__(
        self,
        build: Build,
        mid_hip: Array,
        pelvis: Array,
        chest: Array | None = None,
        *,
        neck_flexion_deg: ArrayLike = 0.0,
        trunk_ratio: ArrayLike = 1.0,
    ) -> None:
        self.build = build
        self.mid_hip = np.asarray(mid_hip, dtype=float)
        self.pelvis = pelvis
        self.chest = pelvis if chest is None else chest
        self.head = self.chest @ rot_y(neck_flexion_deg)
        self.trunk_ratio = np.asarray(trunk_ratio, dtype=float)
        self.limbs: dict[str, Limb] = {}

    def hip(self, side: Side) -> Array:
        """Return the hip joint."""
        return self.mid_hip + SIGN[side] * self.build.hip_width / 2 * self.pelvis[..., :, 1]

    def mid_shoulder(self) -> Array:
        """Return the point midway between the shoulders."""
        return self.mid_hip + column(self.build.trunk * self.trunk_ratio) * self.chest[..., :, 2]

    def shoulder(self, side: Side) -> Array:
        """Return the shoulder joint."""
        return self.mid_shoulder() + SIGN[side] * self.build.shoulder_width / 2 * self.chest[..., :, 1]

    def leg_to(self, side: Side, ankle: Array, knee_hint: Array, foot: Array) -> None:
        """Put the ankle somewhere, the knee pointing along the hint, the foot turned so."""
        self.limbs[f"{side}_leg"] = Limb(
            *two_bones(self.hip(side), ankle, self.build.thigh, self.build.shank, knee_hint), foot
        )

    def leg_along(self, side: Side, thigh: Array, shank: Array, foot: Array) -> None:
        """Give the leg's bones their directions in the world."""
        self.limbs[f"{side}_leg"] = Limb(unit(thigh), unit(shank), foot)

    def leg_by_angles(
        self,
        side: Side,
        flexion_deg: ArrayLike,
        knee_flexion_deg: ArrayLike,
        *,
        abduction_deg: ArrayLike = 0.0,
        rotation_deg: ArrayLike = 0.0,
        plantarflexion_deg: ArrayLike = 0.0,
        trunk: Array | None = None,
    ) -> None:
        """Give the leg its joint angles, relative to the pelvis or to another trunk rotation.

        Abduction and outward rotation come after flexion: the thigh seen from the side shows the flexion itself.
        """
        root = self.pelvis if trunk is None else trunk
        out = SIGN[side]
        thigh = (
            root
            @ rot_y(-np.asarray(flexion_deg))
            @ rot_x(out * np.asarray(abduction_deg))
            @ rot_z(out * np.asarray(rotation_deg))
        )
        shank = thigh @ rot_y(knee_flexion_deg)
        foot = shank @ rot_y(plantarflexion_deg)
        self.limbs[f"{side}_leg"] = Limb(-thigh[..., :, 2], -shank[..., :, 2], foot)

    def arm_to(self, side: Side, wrist: Array, elbow_hint: Array, hand: Array | None = None) -> None:
        """Put the wrist somewhere, the elbow pointing along the hint; by default the hand continues the forearm."""
        bones = two_bones(self.shoulder(side), wrist, self.build.upper_arm, self.build.forearm, elbow_hint)
        self.limbs[f"{side}_arm"] = Limb(*bones, frame(-bones[1], -elbow_hint) if hand is None else hand)

    def arm_by_angles(
        self, side: Side, flexion_deg: ArrayLike, elbow_flexion_deg: ArrayLike, *, abduction_deg: ArrayLike = 0.0
    ) -> None:
        """Give the arm its joint angles relative to the chest."""
        upper = self.chest @ rot_x(SIGN[side] * np.asarray(abduction_deg)) @ rot_y(-np.asarray(flexion_deg))
        fore = upper @ rot_y(-np.asarray(elbow_flexion_deg))
        self.limbs[f"{side}_arm"] = Limb(-upper[..., :, 2], -fore[..., :, 2], fore)

    def posture(self) -> Posture:
        """Return the finished posture."""
        return Posture(self.mid_hip, self.pelvis, self.chest, self.head, self.trunk_ratio, **self.limbs)


def flat_hand(fingers: Array, side: Side) -> Array:
    """Return the rotation of a hand lying palm down, fingers pointing this level way."""
    return frame(-unit(fingers), np.cross(UP, unit(fingers)) * -SIGN[side])


def landmarks(build: Build, posture: Posture) -> Array:
    """Return the (..., 33, 3) landmarks in metres."""
    points: dict[str, Array] = {}
    mid_shoulder = posture.mid_hip + column(build.trunk * posture.trunk_ratio) * posture.chest[..., :, 2]
    _add_head(points, build, mid_shoulder, posture.head)
    for side in SIDES:
        out = SIGN[side]
        arm: Limb = getattr(posture, f"{side}_arm")
        points[f"{side}_shoulder"] = mid_shoulder + out * build.shoulder_width / 2 * posture.chest[..., :, 1]
        points[f"{side}_elbow"] = points[f"{side}_shoulder"] + build.upper_arm * arm.upper
        wrist = points[f"{side}_wrist"] = points[f"{side}_elbow"] + build.forearm * arm.lower
        for finger, thumbwards, down in (("pinky", -0.35, -0.9), ("index", 0.25, -1.0), ("thumb", 0.45, -0.5)):
            points[f"{side}_{finger}"] = wrist + build.hand * apply(arm.end, [thumbwards, 0.0, down])
        leg: Limb = getattr(posture, f"{side}_leg")
        points[f"{side}_hip"] = posture.mid_hip + out * build.hip_width / 2 * posture.pelvis[..., :, 1]
        points[f"{side}_knee"] = points[f"{side}_hip"] + build.thigh * leg.upper
        ankle = points[f"{side}_ankle"] = points[f"{side}_knee"] + build.shank * leg.lower
        points[f"{side}_heel"] = ankle + apply(leg.end, [-build.heel_back, 0.0, -build.ankle_height])
        points[f"{side}_foot_index"] = ankle + apply(leg.end, [build.toe_forward, 0.0, -build.ankle_height])
    return np.stack(np.broadcast_arrays(*(points[name] for name in LANDMARKS)), axis=-2)


def _add_head(points: dict[str, Array], build: Build, mid_shoulder: Array, head: Array) -> None:
    def at(forward: float, left: float, up: float) -> Array:
        place = [forward * build.face, left * build.ear_width / 2, build.neck + up * build.face]
        return mid_shoulder + apply(head, place)

    points["nose"] = at(1.0, 0.0, -0.2)
    for side in SIDES:
        out = SIGN[side]
        points[f"{side}_eye_inner"] = at(0.85, 0.22 * out, 0.15)
        points[f"{side}_eye"] = at(0.82, 0.42 * out, 0.15)
        points[f"{side}_eye_outer"] = at(0.75, 0.62 * out, 0.15)
        points[f"{side}_ear"] = at(0.0, out, 0.0)
        points[f"mouth_{side}"] = at(0.85, 0.32 * out, -0.55)


def between(start: Posture, goal: Posture, share: Array) -> Posture:
    """Return (n,) postures on the way from one single posture to another: every part turns the shortest way."""

    def limb(a: Limb, b: Limb) -> Limb:
        return Limb(
            turn_between(a.upper, b.upper, share),
            turn_between(a.lower, b.lower, share),
            rotate_between(a.end, b.end, share),
        )

    weight = column(share)
    return Posture(
        mid_hip=lerp(start.mid_hip, goal.mid_hip, weight),
        pelvis=rotate_between(start.pelvis, goal.pelvis, share),
        chest=rotate_between(start.chest, goal.chest, share),
        head=rotate_between(start.head, goal.head, share),
        trunk_ratio=lerp(start.trunk_ratio, goal.trunk_ratio, share),
        left_leg=limb(start.left_leg, goal.left_leg),
        right_leg=limb(start.right_leg, goal.right_leg),
        left_arm=limb(start.left_arm, goal.left_arm),
        right_arm=limb(start.right_arm, goal.right_arm),
    )


CORE = {"mid_hip": 1, "pelvis": 2, "chest": 2, "head": 2, "trunk_ratio": 0}
"""Axes that a posture's parts have at one moment."""


def spread(posture: Posture, moments: int) -> Posture:
    """Return the posture with every part given at each of n moments."""

    def over(part: Array, axes: int) -> Array:
        whole = np.asarray(part, dtype=float)
        return np.array(np.broadcast_to(whole, (moments, *whole.shape[whole.ndim - axes :])))

    def limb(side: str) -> Limb:
        part: Limb = getattr(posture, side)
        return Limb(over(part.upper, 1), over(part.lower, 1), over(part.end, 2))

    parts: dict[str, Any] = {name: over(getattr(posture, name), axes) for name, axes in CORE.items()}
    return Posture(**parts | {name: limb(name) for name in LIMBS})


def joined(postures: Sequence[Posture]) -> Posture:
    """Return the moments of several postures, each `spread`, one after the other."""

    def limb(name: str) -> Limb:
        parts: list[Limb] = [getattr(posture, name) for posture in postures]
        return Limb(*(np.concatenate([getattr(part, field) for part in parts]) for field in ("upper", "lower", "end")))

    parts: dict[str, Any] = {name: np.concatenate([getattr(posture, name) for posture in postures]) for name in CORE}
    return Posture(**parts | {name: limb(name) for name in LIMBS})


def grounded_between(build: Build, start: Posture, goal: Posture, share: Array) -> Posture:
    """Return `between`, lifted where a part would sink below the lowest points of start and goal."""
    floor = lerp(landmarks(build, start)[:, 2].min(), landmarks(build, goal)[:, 2].min(), share)
    loose = between(start, goal, share)
    lowest = landmarks(build, loose)[..., 2].min(axis=-1)
    return replace(loose, mid_hip=loose.mid_hip + column(np.maximum(floor - lowest, 0.0)) * UP)


def landmark(points: Array, name: str) -> Array:
    """Return one landmark of (..., 33, 3) by its name."""
    return points[..., INDEX[name], :]
