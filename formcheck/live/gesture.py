"""The hands-free signals: one hand up and the other down, or both hands up."""

import math

from formcheck.live.glimpse import Glimpse
from formcheck.pose.pose import INDEX, SIDES, other_side

ABOVE_NOSE_T = 0.3
HELD_S = 1.5
UPRIGHT_RATIO = 0.8
"""Height of the trunk over its length from which one is upright: 37° from the vertical."""
DROPPED_S = 0.3
"""A hand that is not seen up for less than this is still up."""


class HandUp:
    """Notices one hand that is held up by an upright person for 1.5 s, outside a repetition.

    Parameters
    ----------
    both
        Notice both hands instead.

    Attributes
    ----------
    share
        How much of the time it has been up, 0..1.
    """

    def __init__(self, *, both: bool = False) -> None:
        self._both = both
        self._since_s: float | None = None
        self._last_up_s = -math.inf
        self._is_told = False
        self.share = 0.0

    @property
    def is_up(self) -> bool:
        """Whether the hand is up now."""
        return self._since_s is not None

    def step(self, glimpse: Glimpse) -> bool:
        """Take a moment in; return True once when the signal is given. The hand must come down before the next one."""
        if self._is_up(glimpse):
            self._last_up_s = glimpse.time_s
            self._since_s = glimpse.time_s if self._since_s is None else self._since_s
        elif glimpse.time_s - self._last_up_s > DROPPED_S:
            self._since_s, self._is_told = None, False
        held_s = 0.0 if self._since_s is None else self._last_up_s - self._since_s
        self.share = 0.0 if self._is_told else min(1.0, held_s / HELD_S)
        if self._is_told or held_s < HELD_S - 1e-6:
            return False
        self._is_told, self.share = True, 0.0
        return True

    def _is_up(self, glimpse: Glimpse) -> bool:
        pose = glimpse.pose
        if pose is None or glimpse.progress.moving or not glimpse.measure("trunk_height_ratio") > UPRIGHT_RATIO:
            return False
        height = {name: -float(pose.image_px[index, 1]) for name, index in INDEX.items()}
        up = [height[f"{side}_wrist"] - height["nose"] > ABOVE_NOSE_T * glimpse.torso_px for side in SIDES]
        if self._both:
            return all(up)
        down = [height[f"{other_side(side)}_wrist"] < height[f"{other_side(side)}_shoulder"] for side in SIDES]
        return any(a and b for a, b in zip(up, down, strict=True))
