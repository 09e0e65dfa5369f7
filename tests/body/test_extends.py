"""No joint extends farther than 45°: what seems to is bent, and the nearer side was taken for the other."""

import math

import pytest

from formcheck.body.signals import hip_angle_in_picture_deg, knee_flexion_deg
from formcheck.body.view import View
from formcheck.pose.pose import Side

from .hand_placed import STANDING, Points, body, turned


@pytest.mark.parametrize(("turn_deg", "reads"), [(30, 30), (100, 100), (-30, -30), (-44, -44), (-46, 46), (-100, 100)])
def test_a_knee_that_seems_extended_by_more_than_45_degrees_is_bent(turn_deg: float, reads: float) -> None:
    """Seen from its left, a body faces the picture's left, so that a bent knee takes the ankle to the right."""
    points = turned(STANDING, 90)
    x, y, z = points["left_knee"]
    hip = points["left_hip"]
    down = 1.0 if y > hip[1] else -1.0
    thigh = math.atan2(x - hip[0], down * (y - hip[1]))
    angle = thigh + math.radians(turn_deg)
    points = {**points, "left_ankle": (x + math.sin(angle), y + down * math.cos(angle), z)}
    assert knee_flexion_deg.compute(body(points, View.SIDE, "left"), "left") == pytest.approx(reads, abs=0.5)


@pytest.mark.parametrize(("near", "forward"), [("left", -1.0), ("right", 1.0)])
def test_the_hip_angle_in_the_picture_says_from_the_side_whether_the_hip_is_extended(
    near: Side, forward: float
) -> None:
    """So that a hip that rests extended begins to flex when it does. From elsewhere the picture cannot tell."""
    across = math.tan(math.radians(20.0))
    for way, reads in ((forward, 20.0), (-forward, -20.0)):
        points: Points = {
            f"{near}_shoulder": (0.0, 1.0),
            f"{near}_hip": (0.0, 0.0),
            f"{near}_knee": (across * way, -1.0),
        }
        assert hip_angle_in_picture_deg.compute(body(points, View.SIDE, near), near) == pytest.approx(reads)
        assert hip_angle_in_picture_deg.compute(body(points, View.OBLIQUE, near), near) == pytest.approx(20.0)
