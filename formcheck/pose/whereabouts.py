"""Where the person who is followed was a moment ago, and the colours they wear: so that nobody else is taken for them."""

import math
from collections import deque

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import INDEX, SIDES
from formcheck.pose.region import Region

BEFORE_S = 1.5
"""The person's place is that of so long before: whoever crosses the picture in front of them was not there yet."""
REMEMBERED_S = 10.0
"""So long the person is looked for where they were. Whoever is followed elsewhere for so long is the person from then on."""
AWAY_S = 0.15
"""So often that place is looked at, while whoever is followed is somewhere else."""
WORN_S = 3.0
"""The colours are those of the last few seconds."""
SAME_PLACE, SAME_SIZE = 0.2, 1.5
"""Two squares are in one place if their centres lie within this share of the smaller side, and the sides differ at most by
this factor."""
PLAINLY = 0.7
"""Somebody plainly wears what the person wears if their colours differ by less than this share of the other one's. Those of
one person differ by 15 to 40 levels in all, as they move."""
NEXT_S = 0.5
"""Somebody who was seen so short a time before goes on from there; later it may be somebody else."""

_TRUNK = [INDEX[name] for name in ("left_shoulder", "right_shoulder", "right_hip", "left_hip")]
_THIGHS = [(INDEX[f"{side}_hip"], INDEX[f"{side}_knee"]) for side in SIDES]
_THIN = 0.12
"""Width of what is looked at of a thigh, as a share of its length."""

Colours = NDArray[np.float64]


def colours_of(picture_bgr: NDArray[np.uint8], points: NDArray[np.float64]) -> Colours:
    """Return (2, 3) mean BGR levels of the trunk and the thighs; points are (n, 2) in px of the picture."""
    places = np.clip(points, -9_999, 9_999).round().astype(np.int32)
    trunk, thighs = (np.zeros(picture_bgr.shape[:2], np.uint8) for _ in range(2))
    cv2.fillConvexPoly(trunk, cv2.convexHull(places[_TRUNK]), 255)
    for hip, knee in _THIGHS:
        thick = max(1, round(_THIN * math.dist(points[hip], points[knee])))
        cv2.line(thighs, places[hip].tolist(), places[knee].tolist(), 255, min(thick, 64))
    return np.array([cv2.mean(picture_bgr, mask)[:3] for mask in (trunk, thighs)])


class Whereabouts:
    """Remembers one person's place and colours."""

    def __init__(self) -> None:
        self._places: deque[tuple[float, Region]] = deque()
        self._colours: Colours | None = None
        self._elsewhere_since_s: float | None = None
        self._looked_s = -math.inf
        self._off = np.zeros(2)

    def forget(self) -> None:
        """Remember nobody."""
        self._places.clear()
        self._colours = self._elsewhere_since_s = None
        self._looked_s = -math.inf
        self._off[:] = 0.0

    def place(self, time_s: float) -> Region | None:
        """Return where the person was, None if that is too long ago."""
        if not self._places or time_s - self._places[-1][0] > REMEMBERED_S:
            return None
        return self._places[0][1]

    def other_place(self, time_s: float, region: Region) -> Region | None:
        """Return where the person was, if whoever is followed is somewhere else and it is time to look there."""
        place = self.place(time_s)
        if place is None or is_one_place(place, region):
            self._off[:] = 0.0
            return None
        if time_s - self._looked_s < AWAY_S:
            return None
        self._looked_s = time_s
        return place

    def may_be(self, one: Colours, other: Colours) -> bool:
        """Return whether the one, at the person's place, may be the person: unless the other one plainly wears what they wear.

        All looks since the other one left that place count together.
        """
        if self._colours is None:
            return False
        self._off += [np.linalg.norm(colours - self._colours) for colours in (one, other)]
        one_off, other_off = self._off.tolist()
        return bool(PLAINLY * one_off <= other_off)

    def note(self, time_s: float, region: Region, colours: Colours) -> None:
        """Take note of who is followed now, and where."""
        if self._places and not self._is_next(time_s, region):
            if self._elsewhere_since_s is None:
                self._elsewhere_since_s = time_s
            if time_s - self._elsewhere_since_s < REMEMBERED_S:
                return
            self.forget()
        self._elsewhere_since_s = None
        before_s = self._places[-1][0] if self._places else time_s
        share = 1.0 - math.exp((before_s - time_s) / WORN_S)
        if self._colours is None:
            self._colours = colours
        elif is_one_place(self._places[0][1], region):  # whoever moves away with the square may be somebody else
            self._colours = self._colours + share * (colours - self._colours)
        self._places.append((time_s, region))
        while len(self._places) > 1 and time_s - self._places[1][0] >= BEFORE_S:
            self._places.popleft()

    def _is_next(self, time_s: float, region: Region) -> bool:
        """Return whether whoever is followed went on from where the person was."""
        last_s, last = self._places[-1]
        return (time_s - last_s <= NEXT_S and region.is_like(last)) or is_one_place(self._places[0][1], region)


def is_one_place(one: Region, other: Region) -> bool:
    """Return whether two squares are in one place; people who are not are two."""
    small_px, large_px = sorted((one.side_px, other.side_px))
    return math.dist(one.centre_px, other.centre_px) <= SAME_PLACE * small_px and large_px <= SAME_SIZE * small_px
