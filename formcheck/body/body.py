"""One pose in the body's own units: what every signal is computed from."""

import math
from dataclasses import dataclass

import numpy as np

from formcheck.body.calibration import Calibration
from formcheck.body.geometry import Point, midpoint
from formcheck.body.lift import Floor
from formcheck.body.lifted import Lifted
from formcheck.body.view import View
from formcheck.pose.pose import INDEX, Pose, Side

_UP = np.array([1.0, -1.0, 1.0])
"""Turns the picture's down into up."""


@dataclass(frozen=True, slots=True)
class Body:
    """A pose scaled by the torso, with up pointing up.

    Attributes
    ----------
    plane
        (33,) of (x, y) in the picture: x to the right, y up, in torso lengths from the picture's upper left corner.
    space
        (33,) of (x, y, z): x to the right, y up, z away from the camera, in torso lengths from mid-hip.
    calibration
        The person's proportions.
    view
        The kind of view, None if unknown.
    near
        The side of the body nearer the camera, None if unknown.
    floor
        What rests on the floor, None while the camera's tilt is not known.
    lifted
        What learnt nets make of the picture, None where they were not taught to look.
    yaw_deg
        How far it is turned, as `formcheck.body.view.body_yaw_deg` says; NaN if unknown.
    """

    plane: tuple[Point, ...]
    space: tuple[Point, ...]
    calibration: Calibration
    view: View | None
    near: Side | None
    floor: Floor | None = None
    yaw_deg: float = math.nan
    lifted: Lifted | None = None

    def at(self, part: str, side: Side | None = None) -> Point:
        """Return a landmark in the picture: ``at("nose")``, ``at("knee", "left")``."""
        return self.plane[INDEX[part if side is None else f"{side}_{part}"]]

    def mid(self, part: str) -> Point:
        """Return the middle of left and right in the picture."""
        return midpoint(self.at(part, "left"), self.at(part, "right"))

    def in_space(self, part: str, side: Side | None = None) -> Point:
        """Return a landmark in space."""
        return self.space[INDEX[part if side is None else f"{side}_{part}"]]

    def mid_in_space(self, part: str) -> Point:
        """Return the middle of left and right in space."""
        return midpoint(self.in_space(part, "left"), self.in_space(part, "right"))

    def best(self, part: str, side: Side | None = None) -> Point:
        """Return a landmark in the picture for a side view, else in space: depth is only needed from elsewhere."""
        return self.at(part, side) if self.view is View.SIDE else self.in_space(part, side)


def body_of(
    pose: Pose,
    torso_px: float,
    calibration: Calibration,
    view: View | None,
    near: Side | None,
    floor: Floor | None = None,
    yaw_deg: float = math.nan,
    lifted: Lifted | None = None,
) -> Body:
    """Return the pose in body units; landmarks that are NaN stay NaN."""
    return Body(
        plane=tuple(zip(*(pose.image_px / (torso_px * _UP[:2])).T.tolist(), strict=True)),
        space=tuple(zip(*(pose.world_m / (calibration.torso_m * _UP)).T.tolist(), strict=True)),
        calibration=calibration,
        view=view,
        near=near,
        floor=floor,
        yaw_deg=yaw_deg,
        lifted=lifted,
    )
