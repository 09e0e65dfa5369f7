"""The plank as a closed chain: toes and hands stay, and the body between them bends in the sagittal plane."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from formcheck.pose.pose import SIDES

from ..geometry import FORWARD, LEFT, UP, Array, apply, column, frame, point, reach, rot_y, unit
from ..skeleton import SIGN, Build, Poser, flat_hand
from .stances import WRIST_HEIGHT_M

ARM_REACH = 0.985
"""Shoulder to wrist over the arm's length: nearly straight elbows."""


@dataclass(frozen=True, slots=True)
class PlankShape:
    """A level of the plank: how steep it is, where the arms go, how far the feet stand on their toes."""

    slope_deg: float | None
    arms_below_horizontal_deg: float
    heel_up_deg: float
    x_m: float


SHAPES = {
    "wall": PlankShape(65.0, 12.0, 25.0, -0.35),
    "chair": PlankShape(42.0, 90.0, 45.0, -0.50),
    "floor": PlankShape(None, 90.0, 70.0, -0.60),
}
"""slope None = hands on the floor."""


@dataclass(frozen=True, slots=True)
class Plank:
    """Fixed points of a plank, and its chain solved for every moment; points are (x, z) in the sagittal plane."""

    build: Build
    toes: Array
    wrist: Array
    heel_up_deg: float
    hands_on_wall: bool

    @classmethod
    def of(cls, build: Build, level: str) -> "Plank":
        """Return the plank of a level, straight from ankle to shoulder."""
        shape = SHAPES[level]
        toes = np.array([shape.x_m * build.size, 0.0])
        bare = cls(build, toes, np.zeros(2), shape.heel_up_deg, level == "wall")
        ankle = bare.ankle(shape.heel_up_deg)
        arm = ARM_REACH * build.arm
        body = build.leg + build.trunk
        if shape.slope_deg is None:
            slope = np.arcsin((WRIST_HEIGHT_M + arm - ankle[1]) / body)
        else:
            slope = np.radians(shape.slope_deg)
        below = np.radians(shape.arms_below_horizontal_deg)
        shoulder = ankle + body * np.array([np.cos(slope), np.sin(slope)])
        wrist = shoulder + arm * np.array([np.cos(below), -np.sin(below)])
        return cls(build, toes, wrist, shape.heel_up_deg, level == "wall")

    def ankle(self, heel_up_deg: ArrayLike) -> Array:
        """Return the ankle over the fixed toes."""
        from_ankle = apply(rot_y(heel_up_deg), [self.build.toe_forward, 0.0, -self.build.ankle_height])
        return self.toes - from_ankle[..., [0, 2]]

    def solve(
        self, hip_dev: ArrayLike, knee_flexion_deg: ArrayLike = 0.0, heel_up_deg: ArrayLike | None = None
    ) -> tuple[Array, Array, Array]:
        """Return ankle, hip and shoulder.

        Parameters
        ----------
        hip_dev
            Distance of the hip from the line ankle-shoulder over that line's length; + = up.
        knee_flexion_deg
            Of the supporting leg.
        heel_up_deg
            How far the feet stand on their toes; less = the body rocks back.
        """
        build = self.build
        hip_dev = np.asarray(hip_dev, dtype=float)
        leg = reach(build.thigh, build.shank, knee_flexion_deg)
        line = leg + build.trunk
        for _ in range(60):
            aside = hip_dev * line
            line = np.sqrt(leg**2 - aside**2) + np.sqrt(build.trunk**2 - aside**2)
        aside = hip_dev * line
        ankle = self.ankle(self.heel_up_deg if heel_up_deg is None else heel_up_deg)
        gap = self.wrist - ankle
        distance = np.linalg.norm(gap, axis=-1)
        along = (line**2 - (ARM_REACH * build.arm) ** 2 + distance**2) / (2 * distance)
        across = np.sqrt(np.maximum(line**2 - along**2, 0.0))
        gap = unit(gap)
        shoulder = ankle + column(along) * gap + column(across) * _left_of(gap)
        body = unit(shoulder - ankle)
        hip = ankle + column(np.sqrt(leg**2 - aside**2)) * body + column(aside) * _left_of(body)
        return np.broadcast_to(ankle, hip.shape), hip, shoulder

    def hip_dev_at_height(self, height_m: ArrayLike, knee_flexion_deg: float = 0.0) -> Array:
        """Return the hip_dev at which the hips are so high."""
        devs = np.linspace(-0.25, 0.30, 1101)
        _, hip, _ = self.solve(devs, knee_flexion_deg)
        return _looked_up(height_m, hip[:, 1], devs)

    def heel_up_at_shift(self, shift_m: ArrayLike) -> Array:
        """Return how far up the heels are when the shoulders have gone back by this much along the floor."""
        angles = np.linspace(self.heel_up_deg, -10.0, 801)
        _, _, shoulder = self.solve(np.zeros(801), 0.0, angles)
        return _looked_up(shift_m, shoulder[0, 0] - shoulder[:, 0], angles)

    def poser(self, hip: Array, shoulder: Array, neck_flexion_deg: ArrayLike) -> Poser:
        """Return the trunk between hip and shoulder, both hands on their place."""
        trunk = shoulder - hip
        inclination = np.degrees(np.arctan2(trunk[..., 0], trunk[..., 1]))
        body = Poser(
            self.build,
            point(hip[..., 0], 0.0, hip[..., 1]),
            rot_y(inclination),
            neck_flexion_deg=neck_flexion_deg,
        )
        for side in SIDES:
            wrist = self.wrist_point(side)
            on_wall = frame(-UP, -SIGN[side] * LEFT)
            hand = on_wall if self.hands_on_wall else flat_hand(FORWARD, side)
            body.arm_to(side, wrist, -FORWARD + 0.6 * SIGN[side] * LEFT - 0.2 * UP, hand)
        return body

    def wrist_point(self, side: str) -> Array:
        """Return the wrist's fixed place."""
        return np.array([self.wrist[0], SIGN[side] * self.build.shoulder_width / 2, self.wrist[1]])


def _looked_up(wanted_m: ArrayLike, found: Array, given: Array) -> Array:
    """Return what must be given to find the wanted values, where more given finds more."""
    wanted = np.asarray(wanted_m, dtype=float)
    rising = slice(0, int(np.argmax(found)) + 1)
    if np.max(wanted) > found.max() + 1e-9 or np.min(wanted) < found[0] - 1e-9:
        reach = f"{found[0]:.3f} to {found.max():.3f} m"
        raise ValueError(f"The plank reaches from {reach}, not from {wanted.min():.3f} to {wanted.max():.3f} m.")
    return np.asarray(np.interp(wanted, found[rising], given[rising]))


def _left_of(vectors: Array) -> Array:
    """Return the vectors turned up by a right angle in the sagittal plane."""
    return np.stack([-vectors[..., 1], vectors[..., 0]], axis=-1)
