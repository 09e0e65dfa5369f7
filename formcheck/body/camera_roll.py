"""How far the camera is rolled, from bodies that show what is level or upright."""

import math
from statistics import median

from formcheck.body.quantity import Measures
from formcheck.body.view import View, ViewSeen
from formcheck.pose.pose import INDEX, SIDES, Pose
from formcheck.pose.scale import pixels_per_metre, torso_length_m

MIN_SAMPLES = 30
"""Fewer frames than this prove nothing."""
BODY_DEG = 3.0
"""Bodies are no plumb lines: an estimate is never better than this."""
SPREAD_DEG = 6.0
"""Estimates that differ by more (as a standard deviation) do not come from anything that is level."""
BEHIND_T, AHEAD_T = 0.7, 0.4
"""On hands and feet, both feet lie so far behind the hips and both hands so far ahead of them, in trunks as seen: somebody
who bends over a standing leg has that foot below the hips."""
HEAD_DEG = 33.0
"""Heads on the floor are seen within 28° of the line of the trunk, those of crunches at 47°."""
FORESHORTENED = 0.75
"""A trunk seen shorter than this share of its length points at the camera, and its line in the picture means little."""


class CameraRoll:
    """Collects estimates of the camera's roll.

    Standing straight and square to the camera, ankles to shoulders are upright; lying on the back, shoulders and hips
    are level; on hands and feet, hands and toes are. Where the estimates do not agree, nothing is said.
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
        """Median estimate, + = the picture shows the world turned anticlockwise; None if that is not known."""
        return None if self.error_deg is None else median(self._rolls)

    @property
    def error_deg(self) -> float | None:
        """How far the roll may be off (one standard deviation); None if the roll is not known."""
        if len(self._rolls) < MIN_SAMPLES:
            return None
        middle = median(self._rolls)
        spread = 1.48 * median(abs(roll - middle) for roll in self._rolls)
        return max(BODY_DEG, spread) if spread <= SPREAD_DEG else None


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
        if (lying or hands_down) and _is_square_on(pose):
            is_level = _rests_the_head(pose) if lying else _rests_on_hands_and_feet(pose)
            across, down = _line(pose, "hip", "shoulder") if lying else _line(pose, "foot_index", "wrist")
            return -math.degrees(math.atan2(down * math.copysign(1.0, across), abs(across))) if is_level else math.nan
    return math.nan


def _is_square_on(pose: Pose) -> bool:
    scale = pixels_per_metre(pose)
    return math.hypot(*_line(pose, "hip", "shoulder")) > FORESHORTENED * scale * torso_length_m(pose)


def _rests_the_head(pose: Pose) -> bool:
    """Return whether the head goes on in line with the trunk: who lifts it lifts the shoulders too."""
    trunk, neck = _line(pose, "hip", "shoulder"), _line(pose, "shoulder", "ear")
    along, across = trunk[0] * neck[0] + trunk[1] * neck[1], trunk[0] * neck[1] - trunk[1] * neck[0]
    return math.degrees(math.atan2(abs(across), along)) < HEAD_DEG


def _rests_on_hands_and_feet(pose: Pose) -> bool:
    trunk, _ = _line(pose, "hip", "shoulder")
    hips = _middle(pose, "hip")[0]

    def along(part: str) -> list[float]:
        return [(float(pose.image_px[INDEX[f"{side}_{part}"], 0]) - hips) / trunk for side in SIDES]

    return max(along("foot_index")) < -BEHIND_T and min(along("wrist")) > AHEAD_T


def _line(pose: Pose, start: str, end: str) -> tuple[float, float]:
    (x, y), (x_end, y_end) = _middle(pose, start), _middle(pose, end)
    return x_end - x, y_end - y


def _middle(pose: Pose, part: str) -> tuple[float, float]:
    (x, y), (x_right, y_right) = [pose.image_px[INDEX[f"{side}_{part}"]].tolist() for side in SIDES]
    return (x + x_right) / 2, (y + y_right) / 2
