"""Skeletons placed by hand: points in torso lengths, x to the right of the picture, y up, z away from the camera."""

import math

import numpy as np

from formcheck.body.body import Body
from formcheck.body.calibration import Calibration
from formcheck.body.lens import Lens, level_axes
from formcheck.body.lift import Floor
from formcheck.body.view import View
from formcheck.pose.pose import INDEX, LANDMARKS, MIRRORED, Side

Points = dict[str, tuple[float, ...]]
"""By landmark (x, y) or (x, y, z); what is not named is not seen."""

CALIBRATION = Calibration("standing", torso_m=0.5, thigh=0.85, shank=0.85, hip_width=0.42, shoulder_width=0.70)

_RIGHT_SIDE: Points = {
    "right_ear": (-0.15, 1.4, 0.0),
    "right_shoulder": (-0.35, 1.0, 0.0),
    "right_elbow": (-0.35, 0.4, 0.0),
    "right_wrist": (-0.35, -0.2, 0.0),
    "right_hip": (-0.21, 0.0, 0.0),
    "right_knee": (-0.21, -0.85, 0.0),
    "right_ankle": (-0.21, -1.7, 0.0),
    "right_heel": (-0.21, -1.8, 0.1),
    "right_foot_index": (-0.21, -1.8, -0.2),
}


def mirrored(points: Points) -> Points:
    """Return what a mirror shows: left and right change places in the picture and in name."""
    swapped = {LANDMARKS[MIRRORED[INDEX[name]]]: point for name, point in points.items()}
    return {name: (-point[0], *point[1:]) for name, point in swapped.items()}


STANDING: Points = {**_RIGHT_SIDE, **mirrored(_RIGHT_SIDE), "nose": (0.0, 1.4, -0.2)}
"""Upright and facing the camera, so that the left side is to the right of the picture."""


def turned(points: Points, yaw_deg: float) -> Points:
    """Return the body turned about the vertical: +90 shows its left side to the camera, 180 its back."""
    cos, sin = _cos_sin(yaw_deg)
    return {name: (cos * x + sin * z, y, cos * z - sin * x) for name, (x, y, z) in points.items()}


def tipped(points: Points, clockwise_deg: float) -> Points:
    """Return the body tipped over in the plane of the picture."""
    cos, sin = _cos_sin(clockwise_deg)
    return {name: (cos * x + sin * y, cos * y - sin * x, z) for name, (x, y, z) in points.items()}


def _cos_sin(angle_deg: float) -> tuple[float, float]:
    return math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))


YAWS_DEG: dict[View | None, float] = {View.FRONT: 0.0, View.OBLIQUE: 45.0, View.SIDE: 90.0, View.BACK: 180.0}


def body(points: Points, view: View | None = View.SIDE, near: Side | None = None) -> Body:
    """Return a body with these landmarks; a point without z lies in the plane of the picture."""
    unseen = (math.nan,) * 3
    space = [(*point, 0.0)[:3] for point in (points.get(name, unseen) for name in LANDMARKS)]
    return Body(
        plane=tuple(point[:2] for point in space),
        space=tuple(space),
        calibration=CALIBRATION,
        view=view,
        near=near,
        floor=seen_over_floor(points),
        yaw_deg=YAWS_DEG.get(view, 0.0),
    )


LENS = Lens((1280, 720), fov_deg=60.0)
TILT_DEG = 20.0
AWAY_T = 7.0


def seen_over_floor(points: Points) -> Floor:
    """Return what a camera sees of the points that looks down on the origin."""
    space = np.array([(*points.get(name, (math.nan,) * 3), 0.0)[:3] for name in LANDMARKS])
    seen = space @ level_axes(TILT_DEG) + (0.0, 0.0, AWAY_T)
    image_px = seen[:, :2] / seen[:, 2:] * LENS.focal_px + np.array(LENS.size_px) / 2
    return Floor(image_px, LENS, TILT_DEG)
