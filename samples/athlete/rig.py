"""anny's bones: where they are at rest and where they go when turned, for all moments at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from formcheck.pose.pose import Side
from samples.figure.geometry import Array, apply, column, dot, unit

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
    """A rig posed at n moments.

    Attributes
    ----------
    turns
        (n, bones, 3, 3) rotations from rest.
    heads_m
        (n, bones, 3) where each bone starts.
    """

    turns: Array
    heads_m: Array

    def moved(self, by_m: Array) -> "Posed":
        """Return the same elsewhere."""
        return Posed(self.turns, self.heads_m + by_m)


@dataclass(frozen=True, slots=True)
class Rig:
    """Bones at rest, upright and facing forward, arms and legs apart; axes as in `figure.geometry`.

    Attributes
    ----------
    names, parents
        Of each bone, parents before children; parent -1 = none.
    heads_m
        (bones, 3) where each bone starts.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads_m: Array

    def index(self, name: str, side: Side | None = None) -> int:
        """Return a bone's number by its name, or by the name without the side's letter."""
        return self.names.index(name if side is None else f"{name}.{side[0].upper()}")

    def head(self, name: str, side: Side | None = None) -> Array:
        """Return where a bone starts at rest."""
        return np.asarray(self.heads_m[self.index(name, side)])

    def joint(self, side: Side, name: str) -> Array:
        """Return where a joint is at rest."""
        return self.head(JOINTS[name], side)

    def middle(self, name: str) -> Array:
        """Return the middle between a left and a right joint at rest."""
        return np.asarray((self.joint("left", name) + self.joint("right", name)) / 2.0)

    def length(self, start: str, end: str) -> float:
        """Return the distance of two joints of a limb."""
        return float(np.linalg.norm(self.joint("left", end) - self.joint("left", start)))

    def pose(self, turns: Mapping[str, Array], mid_hip: Array) -> Posed:
        """Return the rig with these bones turned so, all others as their parents, the hips' middle there.

        Parameters
        ----------
        turns
            (n, 3, 3) rotations from rest by bone; the root's is among them.
        mid_hip
            (n, 3).
        """
        every = np.empty((len(mid_hip), len(self.names), 3, 3))
        heads = np.empty((len(mid_hip), len(self.names), 3))
        for bone, (name, parent) in enumerate(zip(self.names, self.parents, strict=True)):
            every[:, bone] = turns[name] if name in turns else every[:, parent]
            if parent < 0:
                heads[:, bone] = mid_hip + apply(every[:, bone], self.heads_m[bone] - self.middle("hip"))
            else:
                heads[:, bone] = heads[:, parent] + apply(every[:, parent], self.heads_m[bone] - self.heads_m[parent])
        return Posed(every, heads)


def partway(start: Array, goal: Array, share: float | Array) -> Array:
    """Return the (n, 3, 3) rotations that lie that share of the way from one to the other."""
    step = Rotation.from_matrix(np.swapaxes(start, -1, -2) @ goal).as_rotvec()
    return np.asarray(start @ Rotation.from_rotvec(column(np.broadcast_to(share, len(step))) * step).as_matrix())


def aligning(a: Array, b: Array, share: float = 1.0) -> Array:
    """Return the (n, 3, 3) shortest rotations that bring vectors a to the direction of b, or a share of the way."""
    first, second = unit(a), unit(b)
    axis = np.cross(first, second)
    sine = np.linalg.norm(axis, axis=-1)
    angle = np.arctan2(sine, dot(first, second)) * share
    return np.asarray(Rotation.from_rotvec(axis / column(np.maximum(sine, 1e-12)) * column(angle)).as_matrix())


def bone_frame(along: Array, toward: Array) -> Array:
    """Return the rotation whose columns are a bone's direction, its hinge, and the side towards which it bends."""
    direction = unit(along)
    hinge = unit(np.cross(direction, toward))
    return np.stack(np.broadcast_arrays(direction, hinge, np.cross(hinge, direction)), axis=-1)


def chain_ends(turns: Sequence[Array], segments: Sequence[Array]) -> Array:
    """Return (n, 3): where a chain of turned segments ends, from its start."""
    return np.asarray(sum(apply(turn, segment) for turn, segment in zip(turns, segments, strict=True)))
