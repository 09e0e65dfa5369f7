"""How far the camera is rolled, from bodies that show what is level or upright."""

import math
from statistics import median

from formcheck.body.quantity import Measures
from formcheck.body.view import View, ViewSeen
from formcheck.pose.pose import INDEX, SIDES, Pose

MIN_SAMPLES = 30
"""Fewer frames than this prove nothing."""


class CameraRoll:
    """Collects estimates of the camera's roll; ±3° each, since bodies are not plumb lines.

    Standing straight and square to the camera, ankles to shoulders are upright; lying on the back, shoulders and hips
    are level; in a plank on the floor, hands and toes are.
    """

    def __init__(self) -> None:
        self._rolls: list[float] = []

    def update(self, pose: Pose, view: ViewSeen, measures: Measures) -> None:
        """Take a pose in; poses that show nothing of the roll are passed over."""
        roll = _roll_deg(pose, view.kind, measures)
        if not math.isnan(roll):
            self._rolls.append(roll)
            if len(self._rolls) > 10 * MIN_SAMPLES:
                # Thin out: what was seen early counts as much as what is seen late.
                del self._rolls[::2]

    @property
    def roll_deg(self) -> float | None:
        """Median estimate, + = the picture shows the world turned anticlockwise; None if too little was seen."""
        return median(self._rolls) if len(self._rolls) >= MIN_SAMPLES else None


def _roll_deg(pose: Pose, view: View | None, measures: Measures) -> float:
    if view in (View.FRONT, View.BACK):
        straight = all(measures.get(f"knee_flexion_deg.{side}", 90.0) < 20.0 for side in SIDES)
        upright = measures.get("trunk_height_ratio", 0.0) > 0.9 and measures.get("hip_drop_l", 1.0) < 0.1
        if straight and upright:
            across, down = _line(pose, "ankle", "shoulder")
            return math.degrees(math.atan2(-across, -down))
    if view is View.SIDE:
        chest_up, trunk_height = measures.get("chest_up_ratio", 0.0), abs(measures.get("trunk_height_ratio", 1.0))
        lying = chest_up > 0.8 and trunk_height < 0.3
        # On straight arms the trunk slopes by some 22°; steeper than 30° the hands are on a chair or a wall.
        hands_down = chest_up < -0.8 and trunk_height < 0.5 and measures.get("seat_height_t", 0.0) > 0.3
        if lying or hands_down:
            across, down = _line(pose, "hip", "shoulder") if lying else _line(pose, "foot_index", "wrist")
            return -math.degrees(math.atan2(down * math.copysign(1.0, across), abs(across)))
    return math.nan


def _line(pose: Pose, start: str, end: str) -> tuple[float, float]:
    a = [pose.image_px[INDEX[f"{side}_{start}"]] for side in SIDES]
    b = [pose.image_px[INDEX[f"{side}_{end}"]] for side in SIDES]
    line = (b[0] + b[1] - a[0] - a[1]) / 2
    return float(line[0]), float(line[1])
