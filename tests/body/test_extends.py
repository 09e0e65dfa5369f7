"""No joint extends farther than 45°: what seems to is bent, and the nearer side was taken for the other."""

import math

import pytest

from formcheck.body.signals import knee_flexion_deg
from formcheck.body.view import View

from .hand_placed import STANDING, body, turned


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
