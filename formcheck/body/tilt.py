"""How far the camera looks down, from how a standing person leans in the world landmarks.

The picture alone does not tell a tilt from a stride; the model does, with a bias: upright people seem to lean forward.
"""

import math
from collections import deque
from statistics import median

from formcheck.body.calibration import stands_straight
from formcheck.pose.pose import INDEX, SIDES, Pose

GAIN, LEVEL_LEAN_DEG = 1.3, 8.4
"""Tilt = gain * (lean - lean seen by a level camera), ±3°: 56 views of 5 rendered people from -7° to 20°, from all sides."""
STANDING_S = 1.0
"""Stood for less than this in all proves nothing."""
KEPT = 300
"""Frames remembered: where the camera stands does not change, and if it does, the picture is another scene."""
STRAIGHT_SHARE = 1.3
"""Least height of hip over ankle, over the trunk's: standing people show 1.3 to 1.9, people in lunges less."""


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
        self._leans: deque[float] = deque(maxlen=KEPT)
        self._stood_s, self._last_s = 0.0, math.nan
        self._learnt_deg: float | None = None

    @property
    def tilt_deg(self) -> float | None:
        """How far the camera looks down; None while that is not known."""
        return self._learnt_deg if self._given_deg is None else self._given_deg

    def update(self, pose: Pose) -> None:
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
        self._leans.append(lean)
        if self._stood_s >= STANDING_S:
            self._learnt_deg = GAIN * (median(self._leans) - LEVEL_LEAN_DEG)


def _standing_lean_deg(pose: Pose) -> float:
    """Return how far ankles to hips lean toward the camera, NaN unless both legs stand straight."""
    if not stands_straight(pose, STRAIGHT_SHARE):
        return math.nan
    hips, ankles = (sum(pose.world_m[INDEX[f"{side}_{part}"]] for side in SIDES) for part in ("hip", "ankle"))
    _, down, away = hips - ankles
    return math.degrees(math.atan2(-away, -down))
