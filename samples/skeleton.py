"""A skeleton that takes postures: legs and arms are two-bone chains, planted feet stay where they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .posture import SIDES, Foot, Hand, Posture, Side
from .rotation import BACK, Array, about, between, bone_frame, flexion_deg, middle_joint, reach

SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03", "head")
FINGERS = (2, 3, 4, 5)
"""From the index finger to the little one."""
JOINTS = {
    "hip": "upperleg01",
    "knee": "lowerleg01",
    "ankle": "foot",
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
}
"""The bone that starts at each joint."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A posed skeleton.

    Attributes
    ----------
    turns
        (bones, 3, 3) rotations from rest.
    heads_m
        (bones, 3) where each bone starts.
    joints_m
        The joints by name, e.g. ``left_knee``.
    """

    turns: Array
    heads_m: Array
    joints_m: Mapping[str, Array]

    def knee_flexion_deg(self, side: Side) -> float:
        """Return the true knee flexion; 0 = straight."""
        return flexion_deg(*(self.joints_m[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle")))

    def hip_flexion_deg(self, side: Side) -> float:
        """Return the true angle between thigh and trunk line; 0 = in one line."""
        return flexion_deg(*(self.joints_m[f"{side}_{joint}"] for joint in ("shoulder", "hip", "knee")))

    def middle(self, joint: str) -> Array:
        """Return the middle between a left and a right joint."""
        return np.asarray((self.joints_m[f"left_{joint}"] + self.joints_m[f"right_{joint}"]) / 2.0)


class Skeleton:
    """Bones at rest, facing the front (-y), arms and legs apart.

    Parameters
    ----------
    names
        Bones of anny's rig, parents before children.
    parents
        Index of each bone's parent, -1 = none.
    heads_m
        (bones, 3) where each bone starts at rest.
    floor_m
        Height of the soles at rest.
    """

    def __init__(self, names: Sequence[str], parents: Sequence[int], heads_m: Array, floor_m: float) -> None:
        self.index = {name: i for i, name in enumerate(names)}
        self.parents = list(parents)
        self.heads_m = heads_m
        self.floor_m = floor_m
        self.thigh_m, self.shank_m = self._length("hip", "knee"), self._length("knee", "ankle")
        self.upper_arm_m, self.forearm_m = self._length("shoulder", "elbow"), self._length("elbow", "wrist")
        self.hip_width_m = 2.0 * float(self.rest("left", "hip")[0])
        self.ankle_height_m = float(self.rest("left", "ankle")[2]) - floor_m
        self.trunk_m = float(np.linalg.norm(self._rest_middle("shoulder") - self._rest_middle("hip")))

    @property
    def leg_m(self) -> float:
        """Thigh and shank together."""
        return self.thigh_m + self.shank_m

    def rest(self, side: Side, joint: str) -> Array:
        """Return where a joint is at rest."""
        return np.asarray(self.heads_m[self._bone(side, JOINTS[joint])])

    def pose(self, posture: Posture) -> Posed:
        """Return the skeleton in this posture.

        Raises
        ------
        ValueError
            A hand or foot is out of reach.
        """
        turns = self._trunk_turns(posture)
        turns |= self._leg_turns(posture)
        turns |= self._arm_turns(posture)
        return self._posed(turns, self._hips(posture), posture)

    def _trunk_turns(self, posture: Posture) -> dict[str, Array]:
        pelvis, chest, head = (part.matrix() for part in (posture.pelvis, posture.chest, posture.head))
        turns = {"root": pelvis}
        for name, share in zip(SPINE, np.linspace(0.2, 1.0, len(SPINE)), strict=True):
            turns[name] = between(pelvis, chest, share)
        for name, share in zip(NECK, np.linspace(0.25, 1.0, len(NECK)), strict=True):
            turns[name] = between(chest, head, share)
        return turns

    def _hips(self, posture: Posture) -> Array:
        """Return the middle between the hips, as high as the straight legs allow."""
        hips = posture.hips_m.vector()
        if not posture.straight_legs:
            return hips
        length = reach(self.thigh_m, self.shank_m, posture.straight_knee_deg)
        heights = []
        for side in posture.straight_legs:
            aside = self._hip_aside(posture, side)
            ankle = self._ankle(side, posture.foot(side))
            across = np.linalg.norm((hips + aside - ankle)[:2])
            heights.append(ankle[2] + np.sqrt(length**2 - across**2) - aside[2])
        return np.array([hips[0], hips[1], min(heights)])

    def _hip_aside(self, posture: Posture, side: Side) -> Array:
        return np.asarray(posture.pelvis.matrix() @ (self.rest(side, "hip") - self._rest_middle("hip")))

    def _ankle(self, side: Side, foot: Foot) -> Array:
        return np.asarray(foot.sole_m.vector() + foot.turn.matrix() @ [0.0, 0.0, self.ankle_height_m])

    def _leg_turns(self, posture: Posture) -> dict[str, Array]:
        turns: dict[str, Array] = {}
        for side in SIDES:
            foot = posture.foot(side)
            hip = self._hips(posture) + self._hip_aside(posture, side)
            ankle = self._ankle(side, foot)
            toward = foot.knee_toward.vector()
            knee = middle_joint(hip, ankle, self.thigh_m, self.shank_m, toward)
            for bones, start, end, joints in (
                (("upperleg01", "upperleg02"), hip, knee, ("hip", "knee")),
                (("lowerleg01", "lowerleg02"), knee, ankle, ("knee", "ankle")),
            ):
                rest = self.rest(side, joints[1]) - self.rest(side, joints[0])
                turn = bone_frame(end - start, toward) @ bone_frame(rest, -BACK).T
                turns |= {f"{bone}.{side[0].upper()}": turn for bone in bones}
            turns[f"foot.{side[0].upper()}"] = foot.turn.matrix()
        return turns

    def _arm_turns(self, posture: Posture) -> dict[str, Array]:
        chest = posture.chest.matrix()
        turns: dict[str, Array] = {}
        for side in SIDES:
            hand = posture.hand(side)
            upper, lower = self._arm_in_chest(side, hand)
            turns |= {f"{bone}.{side[0].upper()}": chest @ upper for bone in ("upperarm01", "upperarm02")}
            turns |= {f"{bone}.{side[0].upper()}": chest @ lower for bone in ("lowerarm01", "lowerarm02", "wrist")}
            turns |= self._finger_turns(side, chest @ lower, hand.curled_deg)
        return turns

    def _finger_turns(self, side: Side, palm: Array, curled_deg: float) -> dict[str, Array]:
        """Return the rotations of the fingers, flexed about the line of the knuckles."""
        knuckles = [self.heads_m[self._bone(side, f"finger{finger}-1")] for finger in FINGERS]
        hinge = knuckles[-1] - knuckles[0] if side == "left" else knuckles[0] - knuckles[-1]
        return {
            f"finger{finger}-{joint}.{side[0].upper()}": palm @ about(hinge, joint * curled_deg)
            for finger in FINGERS
            for joint in (1, 2, 3)
        }

    def _arm_in_chest(self, side: Side, hand: Hand) -> tuple[Array, Array]:
        """Return the rotations of upper arm and forearm from rest, in the chest's axes."""
        shoulder, elbow, wrist = (self.rest(side, joint) for joint in ("shoulder", "elbow", "wrist"))
        start = shoulder - self._rest_middle("shoulder")
        end = hand.wrist_m.vector()
        toward = hand.elbow_toward.vector()
        bend = middle_joint(start, end, self.upper_arm_m, self.forearm_m, toward)
        at_rest = elbow - (shoulder + wrist) / 2.0
        upper = bone_frame(bend - start, toward) @ bone_frame(elbow - shoulder, at_rest).T
        forearm = bone_frame(end - bend, toward) @ bone_frame(wrist - elbow, at_rest).T
        supinated_deg = -hand.supination_deg if side == "left" else hand.supination_deg
        return upper, about(end - bend, supinated_deg) @ forearm

    def _posed(self, turns: Mapping[str, Array], hips: Array, posture: Posture) -> Posed:
        every = np.empty((len(self.parents), 3, 3))
        heads = np.empty_like(self.heads_m)
        root = posture.pelvis.matrix()
        for name, bone in self.index.items():
            parent = self.parents[bone]
            every[bone] = turns[name] if name in turns else every[parent]
            if parent < 0:
                heads[bone] = hips + root @ (self.heads_m[bone] - self._rest_middle("hip"))
            else:
                heads[bone] = heads[parent] + every[parent] @ (self.heads_m[bone] - self.heads_m[parent])
        joints = {
            f"{side}_{joint}": heads[self._bone(side, start)] for side in SIDES for joint, start in JOINTS.items()
        }
        return Posed(every, heads, joints)

    def _bone(self, side: Side, name: str) -> int:
        return self.index[f"{name}.{side[0].upper()}"]

    def _length(self, start: str, end: str) -> float:
        return float(np.linalg.norm(self.rest("left", end) - self.rest("left", start)))

    def _rest_middle(self, joint: str) -> Array:
        return np.asarray((self.rest("left", joint) + self.rest("right", joint)) / 2.0)
