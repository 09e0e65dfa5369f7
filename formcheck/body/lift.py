"""Depth by geometry: where legs are that lie on the floor, and which way what lies on it points.

The picture is known well, depth is not (rules/METHOD.md, chapter 1). But the ray through a joint meets the floor, or the
level at which that joint usually rests over it, in one place; and bones have lengths. Both need the camera's tilt.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from formcheck.body.calibration import Calibration
from formcheck.body.geometry import angle_at
from formcheck.body.lens import Lens, level_axes
from formcheck.pose.pose import INDEX, SIDES, Side

Array = NDArray[np.float64]

JOINTS = tuple(f"{side}_{part}" for part in ("hip", "knee", "ankle") for side in SIDES)
_ROWS = [INDEX[name] for name in JOINTS]
_USUAL = Calibration()
LENGTH_T = np.array([_USUAL.hip_width, _USUAL.thigh, _USUAL.thigh, _USUAL.shank, _USUAL.shank])
"""Hips apart, thighs, shanks. The usual ones: those that the world landmarks of a sitting person show are 25 % short."""
_FROM, _TO = np.array([0, 0, 1, 2, 3]), np.array([1, 2, 3, 4, 5])
LENGTH_ERROR_T = np.array([0.06, 0.045, 0.045, 0.045, 0.045])
OVER_FLOOR_T = np.array([0.20, 0.20, 0.14, 0.14, 0.14, 0.14])
"""Half a limb's thickness (rules/METHOD.md, chapter 1: 0.10 and 0.07 m)."""
OVER_FLOOR_ERROR_T = np.array([0.05, 0.05, 0.03, 0.03, 0.03, 0.03])
SEEN_ERROR_T = np.array([0.12, 0.12, 0.04, 0.04, 0.05, 0.05])
"""How far the model puts joints off in the picture: hips between folded legs most (measured on rendered people)."""
_LENGTH_ROWS = np.arange(12, 17)[:, None]
STEPS = 5
"""Gauss-Newton steps: from rays cut with the floor, the fourth changes angles by less than 0.1°."""
STEEP_DEG = 15.0
"""How far below the horizon legs must be seen: from lower down the far one is often off by 60° (measured on
rendered people). A camera 1 m high and 3 m away sees the floor 18° below it."""
GRAZING_DEG = 3.0
"""A ray that meets the floor at less than this shows no place on it."""


@dataclass(frozen=True, slots=True)
class FloorLegs:
    """Legs that lie on the floor.

    Attributes
    ----------
    joints_t
        (6, 3) of `JOINTS` in the camera's axes, in torso lengths.
    """

    joints_t: Array

    def knee_flexion_deg(self, side: Side) -> float:
        """Return the knee's flexion; 0 = straight."""
        return _flexion_deg(self.joints_t, SIDES.index(side))


class Floor:
    """What rests on the floor, from the picture of one moment.

    Parameters
    ----------
    image_px
        (33, 2) landmarks.
    lens, tilt_deg
        Of the camera; + = it looks down.
    """

    def __init__(self, image_px: Array, lens: Lens, tilt_deg: float) -> None:
        self._image_px, self._lens, self._tilt_deg = image_px, lens, tilt_deg

    @cached_property
    def _rays(self) -> Array:
        return self._lens.rays(self._image_px)

    @cached_property
    def _axes(self) -> Array:
        return level_axes(self._tilt_deg)

    def direction(self, start: str, end: str) -> tuple[float, float]:
        """Return which way the line between two landmarks at the same height points: to the right, and away.

        Its length means nothing. NaN where the line of sight grazes the floor.
        """
        ends = []
        for name in (start, end):
            right, up, away = (self._axes @ self._rays[INDEX[name]]).tolist()
            if not -up > math.tan(math.radians(GRAZING_DEG)):
                return math.nan, math.nan
            ends.append((right / -up, away / -up))
        return ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]

    @cached_property
    def legs(self) -> FloorLegs | None:
        """Where hips, knees and ankles are if they rest on the floor; None where the picture cannot tell.

        The most likely places: near their rays, near their usual height over the floor, bones about as long as usual.
        How high the camera stands follows.
        """
        rays, up = self._rays[_ROWS], self._axes[1]
        falls = -rays @ up
        if not (falls.mean() > math.tan(math.radians(STEEP_DEG)) and falls.min() > math.tan(math.radians(GRAZING_DEG))):
            return None
        # All joints at about one height: then the lengths give the camera's own height over them.
        on_floor = rays / falls[:, None]
        seen_lengths = np.linalg.norm(on_floor[_FROM] - on_floor[_TO], axis=1)
        height_t = float(OVER_FLOOR_T.mean() + LENGTH_T.sum() / seen_lengths.sum())
        start = ((height_t - OVER_FLOOR_T) / falls)[:, None] * rays
        place, slopes = np.append(start, height_t), _fixed_slopes(rays, up)
        for _ in range(STEPS):
            _turn_lengths(slopes, place)
            place = place - np.linalg.solve(slopes.T @ slopes, slopes.T @ _misfits(place, rays, up))
        return FloorLegs(place[:-1].reshape(6, 3))


def _misfits(place: Array, rays: Array, up: Array) -> Array:
    joints, height = place[:-1].reshape(6, 3), place[-1]
    aside = (joints[:, :2] - rays[:, :2] * joints[:, 2:]) / SEEN_ERROR_T[:, None]
    lengths = np.linalg.norm(joints[_FROM] - joints[_TO], axis=1)
    over_floor = height + joints @ up
    return np.concatenate(
        [aside.ravel(), (lengths - LENGTH_T) / LENGTH_ERROR_T, (over_floor - OVER_FLOOR_T) / OVER_FLOOR_ERROR_T]
    )


def _fixed_slopes(rays: Array, up: Array) -> Array:
    """Return (23, 19) slopes of the misfits with respect to the places, without those of the lengths."""
    slopes = np.zeros((23, 19))
    for joint in range(6):
        columns = slice(3 * joint, 3 * joint + 3)
        slopes[2 * joint, columns] = np.array([1.0, 0.0, -rays[joint, 0]]) / SEEN_ERROR_T[joint]
        slopes[2 * joint + 1, columns] = np.array([0.0, 1.0, -rays[joint, 1]]) / SEEN_ERROR_T[joint]
        slopes[17 + joint, columns] = up / OVER_FLOOR_ERROR_T[joint]
    slopes[17:, 18] = 1.0 / OVER_FLOOR_ERROR_T
    return slopes


def _turn_lengths(slopes: Array, place: Array) -> None:
    """Fill in the slopes of the lengths at these places."""
    joints = place[:-1].reshape(6, 3)
    bones = joints[_TO] - joints[_FROM]
    bones /= (np.linalg.norm(bones, axis=1) * LENGTH_ERROR_T)[:, None]
    slopes[_LENGTH_ROWS, _columns(_TO)] = bones
    slopes[_LENGTH_ROWS, _columns(_FROM)] = -bones


def _columns(joints: NDArray[np.int_]) -> NDArray[np.int_]:
    return 3 * joints[:, None] + np.arange(3)


def _flexion_deg(joints: Array, side: int) -> float:
    hip, knee, ankle = (tuple(joint) for joint in joints[side::2].tolist())
    return 180.0 - angle_at(knee, hip, ankle)
