"""Postures of the figure on anny's bones.

Hips, knees and ankles are exactly the figure's. The spine bends and rounds until shoulders and hips are as far apart, and
in the direction, that the figure says; the arms then reach for the figure's wrists from where the shoulders really are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formcheck.pose.pose import SIDES, Side
from samples.figure.geometry import Array, apply, column, dot, frame, point, rot_y, two_bones, unit
from samples.figure.skeleton import SIGN, Build, Posture

from .rig import Posed, Rig, aligning, bone_frame, chain_ends, partway

SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
SPINE_SHARES = (0.1, 0.3, 0.55, 0.8, 1.0)
"""How far each bone of the spine has gone from the pelvis' rotation to the chest's."""
ROUNDING = (-0.9, -0.45, 0.0, 0.5, 0.9)
"""How a rounded spine tips its bones: the lower ones back, the upper ones forward."""
PELVIS_FOLLOWS = 0.75
"""Share of the trunk's forward tipping that happens below the spine."""
MOST_ROUNDED_DEG = 110.0
NECK = ("neck01", "neck02", "neck03")
NECK_SHARES = (0.25, 0.5, 0.75)
FINGERS = (2, 3, 4, 5)
"""From the index finger to the little one."""
RELAXED_DEG = 16.0
"""How far each joint of an idle finger is curled."""
ELBOW_BENT, KNEE_BENT = (0.02, 0.10), (0.02, 0.12)
"""From a straight limb to one that shows its hinge: offset of the middle joint over the limb's length."""
SHOULDER_BLADE = 0.35
"""Share of an arm's rise beyond the horizontal that the shoulder blade does."""
TOES_DOWN_M = (0.035, 0.075)
"""Height of the ball of the foot up to which the toes lie on the floor, and from which they are straight."""
TOES_BEND_DEG = 75.0


def build_of(rig: Rig, floor_m: float, toes_m: Array, ears_m: Array) -> Build:
    """Return the figure's sizes for a rig.

    Parameters
    ----------
    rig
        The bones.
    floor_m
        Height of the soles at rest.
    toes_m
        (3,) where the left foot stands when it tips onto its toes.
    ears_m
        (3,) the left ear.
    """
    ankle = rig.joint("left", "ankle")
    return Build(
        trunk=float(np.linalg.norm(rig.middle("shoulder") - rig.middle("hip"))),
        hip_width=2.0 * float(rig.joint("left", "hip")[1]),
        shoulder_width=2.0 * float(rig.joint("left", "shoulder")[1]),
        thigh=rig.length("hip", "knee"),
        shank=rig.length("knee", "ankle"),
        upper_arm=rig.length("shoulder", "elbow"),
        forearm=rig.length("elbow", "wrist"),
        neck=float(ears_m[2] - rig.middle("shoulder")[2]),
        ear_width=2.0 * float(ears_m[1]),
        ankle_height=float(ankle[2]) - floor_m,
        toe_forward=float(toes_m[0] - ankle[0]),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the posture of a limb needs: the trunk's rotations and the shoulders."""

    chest: Array
    mid_shoulder: Array


class Retarget:
    """Turns postures into posed bones.

    Parameters
    ----------
    rig
        The bones.
    build
        The same body's sizes as the figure has them (`build_of`).
    """

    def __init__(self, rig: Rig, build: Build) -> None:
        self.rig = rig
        self.build = build

    def pose(self, posture: Posture, planted: Mapping[str, Array]) -> Posed:
        """Return the posed rig.

        Parameters
        ----------
        posture
            Of n moments, every part with n rotations.
        planted
            (n,) shares by which left_wrist and right_wrist carry weight: the hand lies flat.
        """
        turns, chest, mid_shoulder = self._trunk(posture)
        turns |= self._head(posture, chest, mid_shoulder)
        for side in SIDES:
            turns |= self._leg(posture, side)
            turns |= self._arm(posture, side, _Frame(chest, mid_shoulder), planted[f"{side}_wrist"])
        return self.rig.pose(turns, posture.mid_hip)

    def _trunk(self, posture: Posture) -> tuple[dict[str, Array], Array, Array]:
        """Return the turns of root and spine, the chest's rotation, and the middle between the shoulders."""
        rig = self.rig
        up = posture.chest[..., :, 2]
        tipped = np.degrees(np.arctan2(dot(up, posture.pelvis[..., :, 0]), dot(up, posture.pelvis[..., :, 2])))
        root = posture.pelvis @ rot_y(PELVIS_FOLLOWS * np.clip(tipped, -40.0, 130.0))
        base = apply(root, rig.head(SPINE[0]) - rig.middle("hip"))
        goal = column(self.build.trunk * posture.trunk_ratio) * up - base

        places = [*(rig.head(name) for name in SPINE), rig.middle("shoulder")]
        segments = [end - start for start, end in pairwise(places)]
        bases = [partway(root, posture.chest, share) for share in SPINE_SHARES]
        rounding = self._rounding(bases, segments, np.linalg.norm(goal, axis=-1))
        bent = [turn @ rot_y(rounding * weight) for turn, weight in zip(bases, ROUNDING, strict=True)]
        lean = aligning(chain_ends(bent, segments), goal)
        spine = [lean @ turn for turn in bent]
        end = posture.mid_hip + base + chain_ends(spine, segments)
        return {"root": root, **dict(zip(SPINE, spine, strict=True))}, spine[-1], end

    @staticmethod
    def _rounding(bases: list[Array], segments: list[Array], length: Array) -> Array:
        """Return by how much the spine must round, in degrees, for its ends to be so far apart."""
        low, high = np.zeros_like(length), np.full_like(length, MOST_ROUNDED_DEG)
        for _ in range(14):
            middle = (low + high) / 2.0
            bent = [turn @ rot_y(middle * weight) for turn, weight in zip(bases, ROUNDING, strict=True)]
            too_long = np.linalg.norm(chain_ends(bent, segments), axis=-1) > length
            low, high = np.where(too_long, middle, low), np.where(too_long, high, middle)
        return low

    def _head(self, posture: Posture, chest: Array, mid_shoulder: Array) -> dict[str, Array]:
        """Return the turns of neck and head: the ears come as near as can be to where the figure has them."""
        rig = self.rig
        ears = point(rig.head("head")[0], 0.0, rig.middle("shoulder")[2] + self.build.neck)
        base = mid_shoulder + apply(chest, rig.head(NECK[0]) - rig.middle("shoulder"))
        wanted = mid_shoulder + self.build.neck * posture.head[..., :, 2]
        goal = wanted - apply(posture.head, ears - rig.head("head")) - base
        places = [rig.head(name) for name in (*NECK, "head")]
        segments = [end - start for start, end in pairwise(places)]
        bases = [partway(chest, posture.head, share) for share in NECK_SHARES]
        lean = aligning(chain_ends(bases, segments), goal, 0.8)
        return {"head": posture.head, **{name: lean @ turn for name, turn in zip(NECK, bases, strict=True)}}

    def _leg(self, posture: Posture, side: Side) -> dict[str, Array]:
        rig, build = self.rig, self.build
        limb = posture.left_leg if side == "left" else posture.right_leg
        straight = np.cross(limb.lower, limb.end[..., :, 1])
        pole = _pole(build.thigh * limb.upper, build.shank * limb.lower, straight, KNEE_BENT)
        hip, knee, ankle = (rig.joint(side, name) for name in ("hip", "knee", "ankle"))
        forward = np.array([1.0, 0.0, 0.0])
        thigh = bone_frame(limb.upper, pole) @ bone_frame(knee - hip, forward).T
        shank = bone_frame(limb.lower, pole) @ bone_frame(ankle - knee, forward).T
        letter = side[0].upper()
        turns = {
            f"upperleg01.{letter}": thigh,
            f"upperleg02.{letter}": thigh,
            f"lowerleg01.{letter}": shank,
            f"lowerleg02.{letter}": _half_twist(shank, limb.end, limb.lower),
            f"foot.{letter}": limb.end,
        }
        ankles = self._hip(posture, side) + build.thigh * limb.upper + build.shank * limb.lower
        toes = self._toes(limb.end, ankles)
        return turns | {name: toes for name in rig.names if name.startswith("toe") and name.endswith(f".{letter}")}

    def _hip(self, posture: Posture, side: Side) -> Array:
        return posture.mid_hip + SIGN[side] * self.build.hip_width / 2.0 * posture.pelvis[..., :, 1]

    def _toes(self, foot: Array, ankle: Array) -> Array:
        """Return the rotation of the toes: flat on the floor where the foot stands on its ball or lies on its back."""
        ball = ankle + apply(foot, [self.build.toe_forward, 0.0, -self.build.ankle_height])
        near = 1.0 - _ramp(ball[..., 2], TOES_DOWN_M)
        pitch = np.degrees(np.arcsin(np.clip(-foot[..., 2, 0], -1.0, 1.0)))
        upward = _ramp(foot[..., 2, 2], (-0.1, 0.2)) - _ramp(-foot[..., 2, 2], (-0.1, 0.2))
        return foot @ rot_y(-np.clip(pitch, 0.0, TOES_BEND_DEG) * near * upward)

    def _arm(self, posture: Posture, side: Side, trunk: _Frame, planted: Array) -> dict[str, Array]:
        rig, build, out = self.rig, self.build, SIGN[side]
        limb = posture.left_arm if side == "left" else posture.right_arm
        aside = out * build.shoulder_width / 2.0
        meant = posture.mid_hip + column(build.trunk * posture.trunk_ratio) * posture.chest[..., :, 2]
        elbow_meant = meant + aside * posture.chest[..., :, 1] + build.upper_arm * limb.upper
        wrist = elbow_meant + build.forearm * limb.lower

        blade = self._blade(trunk.chest, limb.upper, side)
        clavicle, socket, middle = rig.head("clavicle", side), rig.joint(side, "shoulder"), rig.middle("shoulder")
        shoulder = trunk.mid_shoulder + apply(trunk.chest, clavicle - middle) + apply(blade, socket - clavicle)

        straight = np.cross(trunk.chest[..., :, 1], limb.upper)
        pole = _pole(elbow_meant - shoulder, wrist - elbow_meant, straight, ELBOW_BENT)
        upper, lower = two_bones(shoulder, wrist, build.upper_arm, build.forearm, pole)
        at_rest = [rig.joint(side, name) for name in ("shoulder", "elbow", "wrist")]
        bend = at_rest[1] - (at_rest[0] + at_rest[2]) / 2.0
        arm = bone_frame(upper, pole) @ bone_frame(at_rest[1] - at_rest[0], bend).T
        fore = bone_frame(lower, pole) @ bone_frame(at_rest[2] - at_rest[1], bend).T
        hand = limb.end @ self._hand_at_rest(side).T
        letter = side[0].upper()
        turns = {f"{name}.{letter}": blade for name in ("clavicle", "shoulder01")}
        turns |= {f"{name}.{letter}": arm for name in ("upperarm01", "upperarm02")}
        turns |= {f"lowerarm01.{letter}": fore, f"lowerarm02.{letter}": _half_twist(fore, hand, lower)}
        return turns | {f"wrist.{letter}": hand} | self._fingers(side, hand, limb.end, planted)

    def _blade(self, chest: Array, upper: Array, side: Side) -> Array:
        """Return the rotation of the shoulder blade: it follows an arm that rises above the horizontal."""
        rise = np.degrees(np.arcsin(np.clip(dot(upper, chest[..., :, 2]), -1.0, 1.0)))
        axis = np.cross(chest[..., :, 1] * SIGN[side], upper)
        size = np.linalg.norm(axis, axis=-1)
        angle = SHOULDER_BLADE * np.clip(rise, 0.0, 90.0)
        return np.asarray(_about(axis / column(np.maximum(size, 1e-9)), angle) @ chest)

    def _hand_at_rest(self, side: Side) -> Array:
        """Return the rest rotation of a hand as the figure has hands: fingers down, thumb forward."""
        rig = self.rig
        knuckles = [rig.head(f"finger{finger}-1", side) for finger in FINGERS]
        fingers = np.mean(knuckles, axis=0) - rig.joint(side, "wrist")
        return frame(-fingers, knuckles[0] - knuckles[-1])

    def _fingers(self, side: Side, hand: Array, meant: Array, planted: Array) -> dict[str, Array]:
        """Return the turns of the fingers: flat where the hand carries weight, else idly curled."""
        turns: dict[str, Array] = {}
        across = meant[..., :, 0] * -SIGN[side]
        for finger in FINGERS:
            for joint in (1, 2, 3):
                curl = joint * RELAXED_DEG * (1.0 - planted)
                turns[f"finger{finger}-{joint}.{side[0].upper()}"] = _about(across, curl) @ self._uncurled(
                    side, finger, joint, hand, planted
                )
        return turns

    def _uncurled(self, side: Side, finger: int, joint: int, hand: Array, planted: Array) -> Array:
        """Return the hand's rotation, or for a flat hand the one that stretches the finger along the palm."""
        rig = self.rig
        names = [f"finger{finger}-{i}" for i in (1, 2, 3)]
        start = rig.head(names[min(joint, 2) - 1], side)
        end = rig.head(names[min(joint, 2)], side)
        palm = rig.head(names[0], side) - rig.joint(side, "wrist")
        stretched = aligning((end - start)[None], palm[None])[0]
        return partway(hand, hand @ stretched, planted)


def _pole(upper: Array, lower: Array, straight: Array, bent: tuple[float, float]) -> Array:
    """Return the direction to which a limb bends: its middle joint's, or that of `straight` where it hardly bends."""
    line = unit(upper + lower)
    offset = upper - column(dot(upper, line)) * line
    size = np.linalg.norm(offset, axis=-1)
    length = np.linalg.norm(upper, axis=-1) + np.linalg.norm(lower, axis=-1)
    share = column(_ramp(size / length, bent))
    return share * offset / np.maximum(column(size), 1e-9) + (1.0 - share) * unit(straight)


def _ramp(values: Array, between: tuple[float, float]) -> Array:
    """Return 0 below, 1 above, and a smooth rise between."""
    share = np.clip((values - between[0]) / (between[1] - between[0]), 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


def _about(axis: Array, angle_deg: Array) -> Array:
    """Return (n, 3, 3) rotations about unit axes."""
    x, y, z = np.moveaxis(axis, -1, 0)
    zero = np.zeros_like(x)
    cross = np.stack([np.stack([zero, -z, y], -1), np.stack([z, zero, -x], -1), np.stack([-y, x, zero], -1)], -2)
    angle = np.radians(angle_deg)[..., None, None]
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1.0 - np.cos(angle)) * cross @ cross)


def _half_twist(above: Array, below: Array, along: Array) -> Array:
    """Return the rotation of a bone's lower part: `above` with half of the twist about it that leads to `below`."""
    direction = apply(np.swapaxes(above, -1, -2), along)
    step = np.swapaxes(above, -1, -2) @ below
    swing = aligning(direction, apply(step, direction))
    return partway(above, above @ np.swapaxes(swing, -1, -2) @ step, 0.5)
