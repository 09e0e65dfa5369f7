"""How far the camera looks down, from how a standing person leans in the world landmarks.

The picture alone does not tell a tilt from a stride; the model does, with a bias: upright people seem to lean forward.
"""

import math
from collections import deque
from statistics import median

from formcheck.body.calibration import stands_straight
from formcheck.body.geometry import angle_at
from formcheck.body.view import View
from formcheck.pose.pose import INDEX, SIDES, Pose

GAIN = 1.3
"""Tilt = gain * (lean - lean seen by a level camera): 56 views of 5 rendered people from -7° to 20°, from all sides."""
LEVEL_LEAN_DEG, SIDE_LEVEL_LEAN_DEG = 7.0, 8.4
"""What a level camera sees of people who stand upright, and of those who stand side on (48 clips of rendered people)."""
BODY_DEG, SIDE_BODY_DEG = 3.0, 4.0
"""People are no plumb lines: on 28 clips from the front the tilt was off by 2.8° (rms), on 20 from the side by 4.0°."""
SPREAD_DEG = 5.0
"""Estimates that differ by more (as a standard deviation) do not come from somebody who stands upright."""
STANDING_S = 1.0
"""Stood for less than this in all proves nothing."""
KEPT = 300
"""Frames remembered: where the camera stands does not change, and if it does, the picture is another scene."""
STRAIGHT_SHARE = 1.3
"""Least height of hip over ankle, over the trunk's: standing people show 1.3 to 1.9, people in lunges less."""
STRAIGHT_KNEE_DEG = 15.0
LEANS_DEG = 12.0
"""Ankles to hips, in the picture: cameras are rolled by less, and who leans more, as on a wall, may lean away, too."""
ARMS_HANG = 0.5
"""How far both wrists hang below the shoulders, over the height of the trunk: hands on a wall or a chair bear a body that leans."""


class CameraTilt:
    """Learns the tilt of a camera; `reset` for another scene.

    Parameters
    ----------
    given_deg
        The tilt, where it is known: then nothing is learnt. + = the camera looks down.
    """

    def __init__(self, given_deg: float | None = None) -> None:
        self._given_deg = given_deg
        self.reset()

    def reset(self) -> None:
        """Forget everything: another scene."""
        self._tilts: deque[float] = deque(maxlen=KEPT)
        self._from_the_side: deque[bool] = deque(maxlen=KEPT)
        self._stood_s, self._last_s = 0.0, math.nan
        self._learnt: tuple[float, float] | None = None

    @property
    def tilt_deg(self) -> float | None:
        """How far the camera looks down; None while that is not known."""
        if self._given_deg is not None:
            return self._given_deg
        return None if self._learnt is None else self._learnt[0]

    @property
    def error_deg(self) -> float | None:
        """How far the tilt may be off (one standard deviation); None while it is not known."""
        if self._given_deg is not None:
            return 0.0
        return None if self._learnt is None else self._learnt[1]

    def update(self, pose: Pose, view: View | None) -> None:
        """Take a pose in; only those of standing people tell anything."""
        if self._given_deg is not None:
            return
        lean = _standing_lean_deg(pose)
        if math.isnan(lean):
            self._last_s = math.nan
            return
        if not math.isnan(self._last_s):
            self._stood_s += pose.time_s - self._last_s
        self._last_s = pose.time_s
        from_the_side = view is View.SIDE
        self._from_the_side.append(from_the_side)
        self._tilts.append(GAIN * (lean - (SIDE_LEVEL_LEAN_DEG if from_the_side else LEVEL_LEAN_DEG)))
        if self._stood_s >= STANDING_S:
            self._learn()

    def _learn(self) -> None:
        middle = median(self._tilts)
        spread = 1.48 * median(abs(tilt - middle) for tilt in self._tilts)
        body_deg = SIDE_BODY_DEG if 2 * sum(self._from_the_side) > len(self._from_the_side) else BODY_DEG
        self._learnt = (middle, max(body_deg, spread)) if spread <= SPREAD_DEG else None


def _standing_lean_deg(pose: Pose) -> float:
    """Return how far ankles to hips lean toward the camera, NaN unless somebody stands upright on two straight legs."""
    if not (stands_straight(pose, STRAIGHT_SHARE) and _is_free_and_upright(pose)):
        return math.nan
    hips, ankles = (sum(pose.world_m[INDEX[f"{side}_{part}"]] for side in SIDES) for part in ("hip", "ankle"))
    _, down, away = hips - ankles
    return math.degrees(math.atan2(-away, -down))


def _is_free_and_upright(pose: Pose) -> bool:
    """Return whether the knees are straight and the legs upright in the picture, and the arms hang."""

    def at(part: str) -> list[tuple[float, float]]:
        points = (pose.image_px[INDEX[f"{side}_{part}"]].tolist() for side in SIDES)
        return [(x, y) for x, y in points]

    hips, knees, ankles = at("hip"), at("knee"), at("ankle")
    bends = [180.0 - angle_at(knee, hip, ankle) for hip, knee, ankle in zip(hips, knees, ankles, strict=True)]
    across, down = (sum(ankle[i] - hip[i] for hip, ankle in zip(hips, ankles, strict=True)) for i in (0, 1))
    shoulder = sum(y for _, y in at("shoulder")) / 2
    trunk = sum(y for _, y in hips) / 2 - shoulder
    # What is not seen is NaN, and no comparison holds.
    arms_hang = all(y - shoulder > ARMS_HANG * trunk for _, y in at("wrist"))
    return arms_hang and max(bends) < STRAIGHT_KNEE_DEG and math.degrees(math.atan2(abs(across), down)) < LEANS_DEG
