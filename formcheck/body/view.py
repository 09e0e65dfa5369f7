"""From which side the camera sees the body, estimated from the landmarks."""

import math
from collections import deque
from enum import StrEnum
from statistics import median

import numpy as np
from numpy.typing import NDArray

from formcheck.body.geometry import Point, add, cross, norm, subtract
from formcheck.pose.pose import Pose, Side
from formcheck.pose.scale import TRUNK, pixels_per_metre

FRONT_BELOW_DEG = 20.0
"""Turned less than this from facing the camera (or from showing it the back) is a front (or back) view. People filmed from
the front read 0 to 15°, those filmed at 45° 28 to 46°."""
SIDE_ABOVE_DEG = 55.0
"""Turned away by more than this is a side view. Photographs taken from the side read 56 to 90°: depth is estimated,
and a twisted trunk turns the axis."""
STICKY_DEG = 6.0
"""How far past a border the body must turn before the view changes again."""
WIDTH_T = 0.56
"""How wide hips and shoulders are, on the mean, in torso lengths: 0.53 to 0.58 of four people filmed from the front, 0.55
of rendered ones."""
LEVEL_SHARE = 0.3
"""Least level part of the left-right axis, or of a trunk, for it to show a direction: rolled by up to 72°."""
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


def body_yaw_deg(pose: Pose) -> float:
    """Return how far the body is turned, from the direction of its left-right axis.

    Depth tells to which side it is turned, and whether away from the camera. How far, the picture knows better: the axis gets
    shorter there, and a trunk that lies gets longer. Depth alone reads 16 to 45° of people who stand at 45°, and 70° of a
    plank at 45°.

    Returns
    -------
    float
        0 = chest to the camera, +90 = left side to the camera, -90 = right side, ±180 = back; NaN if not seen.
        Bodies on their back or front too: what counts is the axis through both hips and both shoulders, not where
        the head is. NaN for a body on its side, whose axis is upright.
    """
    axis, trunk = _axis_and_trunk(pose.world_m)
    trunk_m = norm(trunk)
    if not math.hypot(axis[0], axis[2]) > LEVEL_SHARE * norm(axis):
        return math.nan
    is_upright = -trunk[1] > UPRIGHT_SHARE * trunk_m
    # A trunk that leans forward and tips sideways turns the axis over the floor, but not where the chest faces.
    faces = cross(axis, trunk) if is_upright else (axis[2], 0.0, -axis[0])
    in_space = math.degrees(math.atan2(-faces[0], -faces[2]))
    torso_px = pixels_per_metre(pose) * trunk_m
    if not torso_px > 0:
        return in_space
    axis_px, trunk_px = _axis_and_trunk(pose.image_px)
    if is_upright:
        # Each errs where the other does not: near the front the width hardly changes, farther round depth is too small.
        width = math.hypot(*axis_px) / (WIDTH_T * torso_px)
        turn = (_from_axis(in_space) + math.degrees(math.acos(min(width, 1.0)))) / 2
    else:
        level = max(math.hypot(trunk[0], trunk[2]) / trunk_m, LEVEL_SHARE)
        length = abs(trunk_px[0]) / (level * torso_px)
        turn = math.degrees(math.atan2(length, abs(axis_px[0]) / (WIDTH_T * torso_px)))
    return math.copysign(turn if abs(in_space) < 90 else 180.0 - turn, in_space)


def _axis_and_trunk(points: NDArray[np.float64]) -> tuple[Point, Point]:
    """Return twice the way from right to left and twice that from the hips to the shoulders, of picture or space."""
    left_shoulder, right_shoulder, left_hip, right_hip = map(tuple, points.take(TRUNK, axis=0).tolist())
    across = add(subtract(left_shoulder, right_shoulder), subtract(left_hip, right_hip))
    return across, add(subtract(left_shoulder, left_hip), subtract(right_shoulder, right_hip))


def _from_axis(yaw_deg: float) -> float:
    """Return how far a body is turned from facing the camera or from showing it the back, 0..90°."""
    return min(abs(yaw_deg), 180.0 - abs(yaw_deg))


class ViewEstimator:
    """Follows the view over time.

    Attributes
    ----------
    seen
        The view, of late.
    yaw_deg
        How far the body is turned (`body_yaw_deg`), the median of the last second, -180 to 180; NaN while that is not known.
    """

    def __init__(self) -> None:
        self._turns: deque[tuple[float, float]] = deque()
        self.seen = ViewSeen.UNKNOWN
        self.yaw_deg = math.nan

    def reset(self) -> None:
        """Forget everything: another scene or person."""
        self._turns.clear()
        self.seen = ViewSeen.UNKNOWN
        self.yaw_deg = math.nan

    def update(self, pose: Pose) -> ViewSeen:
        """Return the view after this pose; a pose without shoulders or hips changes nothing."""
        yaw = body_yaw_deg(pose)
        if math.isnan(yaw):
            return self.seen
        self._turns.append((pose.time_s, yaw))
        while pose.time_s - self._turns[0][0] > WINDOW_S:
            self._turns.popleft()
        self.yaw_deg = self._median_yaw()
        self.seen = self._classify(self.yaw_deg)
        return self.seen

    def _median_yaw(self) -> float:
        latest = self._turns[-1][1]
        # Angles wrap at ±180: take the median of the differences from the latest one.
        yaw = latest + median((yaw - latest + 180.0) % 360.0 - 180.0 for _, yaw in self._turns)
        return (yaw + 180.0) % 360.0 - 180.0

    def _classify(self, yaw: float) -> ViewSeen:
        from_axis = _from_axis(yaw)
        near_left = yaw > 0
        kind = self.seen.kind
        front_below, side_above = FRONT_BELOW_DEG, SIDE_ABOVE_DEG
        if kind in (View.FRONT, View.BACK):
            front_below += STICKY_DEG
        elif kind is View.OBLIQUE:
            front_below -= STICKY_DEG
            side_above += STICKY_DEG
        elif kind is View.SIDE:
            side_above -= STICKY_DEG
        if from_axis < front_below:
            return ViewSeen.FRONT if abs(yaw) < 90 else ViewSeen.BACK
        if from_axis > side_above:
            return ViewSeen.LEFT if near_left else ViewSeen.RIGHT
        return ViewSeen.OBLIQUE_LEFT if near_left else ViewSeen.OBLIQUE_RIGHT


def near_side(pose: Pose) -> Side | None:
    """Return the side of the body that is nearer the camera, None if not seen."""
    yaw = body_yaw_deg(pose)
    if math.isnan(yaw):
        return None
    return "left" if yaw > 0 else "right"
