"""From which side the camera sees the body, estimated from the landmarks."""

import math
from collections import deque
from enum import StrEnum
from statistics import median

import numpy as np
from numpy.typing import NDArray

from formcheck.body.geometry import add, cross, norm, subtract
from formcheck.pose.pose import Pose, Side
from formcheck.pose.scale import TRUNK

FRONT_BELOW_DEG = 15.0
"""Turned less than this from facing the camera (or from showing it the back) is a front (or back) view. Lunges filmed
from the front read -9 to 6°, those filmed at 45° 23 to 44°: the shoulders turn to the camera."""
SIDE_ABOVE_DEG = 55.0
"""Turned away by more than this is a side view. Photographs taken from the side read 56 to 90°: depth is estimated,
and a twisted trunk turns the axis."""
STICKY_DEG = 6.0
"""How far past a border the body must turn before the view changes again."""
TIPPING_DEG = 10.0
"""The same for leaving a front or back view: a trunk that tips sideways by 38° seems to turn by 23° (rendered)."""
LEVEL_SHARE = 0.3
"""Least level part of the left-right axis for it to show a direction: a body rolled by up to 72°."""
UPRIGHT_SHARE = 0.6
"""Height of a trunk over its length from which on it is upright enough to face somewhere: up to 53° from the vertical."""
WINDOW_S = 1.0
"""The view is the median of this long, so that one odd frame does not switch every signal."""


class View(StrEnum):
    """The kinds of view that signals state their errors for."""

    SIDE = "side"
    OBLIQUE = "45°"
    FRONT = "front"
    BACK = "back"


class ViewSeen(StrEnum):
    """The view as seen: which side of the body is turned to the camera."""

    LEFT = "left"
    RIGHT = "right"
    FRONT = "front"
    OBLIQUE_LEFT = "oblique_left"
    OBLIQUE_RIGHT = "oblique_right"
    BACK = "back"
    UNKNOWN = "unknown"

    @property
    def kind(self) -> View | None:
        """The kind of view, None if unknown."""
        return _KINDS.get(self)


_KINDS = {
    ViewSeen.LEFT: View.SIDE,
    ViewSeen.RIGHT: View.SIDE,
    ViewSeen.FRONT: View.FRONT,
    ViewSeen.OBLIQUE_LEFT: View.OBLIQUE,
    ViewSeen.OBLIQUE_RIGHT: View.OBLIQUE,
    ViewSeen.BACK: View.BACK,
}


def body_yaw_deg(world_m: NDArray[np.float64]) -> float:
    """Return how far the body is turned, from the direction of its left-right axis in space.

    Parameters
    ----------
    world_m
        (33, 3) landmarks; shoulders and hips must be seen.

    Returns
    -------
    float
        0 = chest to the camera, +90 = left side to the camera, -90 = right side, ±180 = back; NaN if not seen.
        Bodies on their back or front too: what counts is the axis through both hips and both shoulders, not where
        the head is. NaN for a body on its side, whose axis is upright.
    """
    left_shoulder, right_shoulder, left_hip, right_hip = map(tuple, world_m.take(TRUNK, axis=0).tolist())
    axis = subtract(add(subtract(left_shoulder, right_shoulder), left_hip), right_hip)
    if not math.hypot(axis[0], axis[2]) > LEVEL_SHARE * norm(axis):
        return math.nan
    trunk = subtract(subtract(add(left_shoulder, right_shoulder), left_hip), right_hip)
    if -trunk[1] > UPRIGHT_SHARE * norm(trunk):
        # A trunk that leans forward and tips sideways turns the axis over the floor, but not where the chest faces.
        faces = cross(axis, trunk)
        return math.degrees(math.atan2(-faces[0], -faces[2]))
    return math.degrees(math.atan2(-axis[2], axis[0]))


class ViewEstimator:
    """Follows the view over time."""

    def __init__(self) -> None:
        self._turns: deque[tuple[float, float]] = deque()
        self.seen = ViewSeen.UNKNOWN

    def reset(self) -> None:
        """Forget everything: another scene or person."""
        self._turns.clear()
        self.seen = ViewSeen.UNKNOWN

    def update(self, pose: Pose) -> ViewSeen:
        """Return the view after this pose; a pose without shoulders or hips changes nothing."""
        yaw = body_yaw_deg(pose.world_m)
        if math.isnan(yaw):
            return self.seen
        self._turns.append((pose.time_s, yaw))
        while pose.time_s - self._turns[0][0] > WINDOW_S:
            self._turns.popleft()
        self.seen = self._classify(self._median_yaw())
        return self.seen

    def _median_yaw(self) -> float:
        latest = self._turns[-1][1]
        # Angles wrap at ±180: take the median of the differences from the latest one.
        return latest + median((yaw - latest + 180.0) % 360.0 - 180.0 for _, yaw in self._turns)

    def _classify(self, yaw: float) -> ViewSeen:
        yaw = (yaw + 180.0) % 360.0 - 180.0
        turn = abs(yaw)
        from_axis = min(turn, 180.0 - turn)
        near_left = yaw > 0
        kind = self.seen.kind
        front_below = FRONT_BELOW_DEG
        if kind in (View.FRONT, View.BACK):
            front_below += TIPPING_DEG
        elif kind is View.OBLIQUE:
            front_below -= STICKY_DEG
        side_above = SIDE_ABOVE_DEG - (STICKY_DEG if kind is View.SIDE else 0.0)
        if from_axis < front_below:
            return ViewSeen.FRONT if turn < 90 else ViewSeen.BACK
        if from_axis > side_above:
            return ViewSeen.LEFT if near_left else ViewSeen.RIGHT
        return ViewSeen.OBLIQUE_LEFT if near_left else ViewSeen.OBLIQUE_RIGHT


def near_side(world_m: NDArray[np.float64]) -> Side | None:
    """Return the side of the body that is nearer the camera, None if not seen."""
    yaw = body_yaw_deg(world_m)
    if math.isnan(yaw):
        return None
    return "left" if yaw > 0 else "right"
