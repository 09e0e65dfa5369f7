"""Notices while training that the person, or a part of them, is outside the picture."""

import math
from dataclasses import dataclass

from formcheck.language import _
from formcheck.live.framing import Advice, cut_off, inward
from formcheck.live.glimpse import Glimpse
from formcheck.pose.pose import INDEX, SIDES, Pose

OUTSIDE_S = 0.5
"""A part that is outside for so long is worth a remark: feet and knees may pass an edge."""
NOBODY_S = 0.9
"""Nobody seen for so long, who was not last seen at an edge, is worth one too."""
BACK_S = 0.5
"""All of the body must be seen for so long before the remark goes."""
AT_EDGE_SHARE = 0.05
"""Who was last seen nearer to an edge than this share of the picture has left it there."""
REPEATED_S = 8.0
"""The same remark is not made again before."""
_BODY = ("ear", "shoulder", "hip", "knee")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell at once: part of the person is outside the picture, or nobody is seen.

    Attributes
    ----------
    time_s
        From when on.
    text
        In words, with which way to move.
    """

    time_s: float
    text: str


class Presence:
    """Watches whether all of the person is in the picture.

    Parameters
    ----------
    size_wh
        Width and height of the picture in px.

    Attributes
    ----------
    advice
        What to show now, None if nothing is wrong.
    """

    def __init__(self, size_wh: tuple[int, int]) -> None:
        self._size_wh = size_wh
        self._last: Pose | None = None
        self._wrong_s: float | None = None
        self._right_s = -math.inf
        self._told: dict[str, float] = {}
        self.advice: Advice | None = None

    def step(self, glimpse: Glimpse) -> Remark | None:
        """Take a moment in; return what is to be told from now on, if anything is new."""
        wrong = self._wrong(glimpse)
        if wrong is None:
            self._wrong_s = None
            self._right_s = glimpse.time_s if self._right_s == -math.inf else self._right_s
            if glimpse.time_s - self._right_s >= BACK_S:
                self.advice = None
            return None
        self._right_s = -math.inf
        self._wrong_s = glimpse.time_s if self._wrong_s is None else self._wrong_s
        advice, patience_s = wrong
        if glimpse.time_s - self._wrong_s < patience_s - 1e-6:
            return None
        # Words that change from picture to picture could not be read.
        if self.advice is None or self.advice.arrow != advice.arrow:
            self.advice = advice
        say = self.advice.say
        if glimpse.time_s - self._told.get(say, -math.inf) < REPEATED_S:
            return None
        self._told[say] = glimpse.time_s
        return Remark(glimpse.time_s, say)

    def _wrong(self, glimpse: Glimpse) -> tuple[Advice, float] | None:
        """Return what is wrong and how long it must last, None if nothing is."""
        pose = glimpse.seen.pose
        if pose is None:
            left = self._left()
            return (Advice(_("I cannot see you.")), NOBODY_S) if left is None else (left, OUTSIDE_S)
        self._last = pose
        outside = cut_off(pose, self._size_wh)
        if outside is not None:
            return outside, OUTSIDE_S
        return (Advice(_("I cannot see you well.")), NOBODY_S) if glimpse.pose is None else None

    def _left(self) -> Advice | None:
        """Return which way leads back for somebody who was last seen at an edge, None for others."""
        if self._last is None:
            return None
        width, height = self._size_wh
        body = self._last.image_px[[INDEX[f"{side}_{part}"] for side in SIDES for part in _BODY]]
        middle_y = float(body[:, 1].mean()) / height
        for edge, distance_px in zip(SIDES, (body[:, 0].min(), width - body[:, 0].max()), strict=True):
            if distance_px < AT_EDGE_SHARE * width:
                return Advice(_("You are outside the picture.") + " " + inward(self._last, edge), edge)
        if not AT_EDGE_SHARE < middle_y < 1 - AT_EDGE_SHARE:
            return Advice(_("You are outside the picture: come back into it."), "farther")
        return None
