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
FOREIGN = 75.0
"""Colours that differ by more levels are those of somebody else, or of a board. In composed scenes those of people who pass,
or stand behind, mostly differ by 110 to 170, and the person's own by up to 55."""
NEXT_S = 0.5
"""Somebody who was seen so short a time before goes on from there; later it may be somebody else."""

FASTEST_A_S, JITTER = 1.0, 0.05
"""Nobody moves farther than so many sides of their square a second, with so much on top; a side is four to five torsos."""
GOES_S = 0.3
"""Where the person is going is what they did in so long before."""

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
        self._off, self._looks = np.zeros(2), 0
        self._is_torn = False
        self._path: deque[tuple[float, Region]] = deque()

    def forget(self) -> None:
        """Remember nobody."""
        self._places.clear()
        self._colours = self._elsewhere_since_s = None
        self._looked_s = -math.inf
        self._is_at_their_place()
        self._path.clear()

    def lose(self) -> None:
        """Take note that nobody is seen: whoever is found next somewhere else may be another one."""
        self._is_torn = True

    def is_far(self, time_s: float, region: Region) -> bool:
        """Return whether nobody can have come to this square since the last picture."""
        if not self._path or time_s - self._path[-1][0] > NEXT_S:
            return False
        last_s, last = self._path[-1]
        return math.dist(last.centre_px, region.centre_px) > (JITTER + FASTEST_A_S * (time_s - last_s)) * last.side_px

    def expected(self, time_s: float) -> Region | None:
        """Return where the person would be had they gone on as they were going, None if nobody was seen a moment ago."""
        if not self._path or time_s - self._path[-1][0] > NEXT_S:
            return None
        (first_s, first), (last_s, last) = self._path[0], self._path[-1]
        ahead = (time_s - last_s) / (last_s - first_s) if last_s > first_s else 0.0
        x, y = ((1.0 + ahead) * b - ahead * a for a, b in zip(first.centre_px, last.centre_px, strict=True))
        return Region((x, y), last.side_px, last.turn_rad)

    def place(self, time_s: float) -> Region | None:
        """Return where the person was, None if that is too long ago."""
        if not self._places or time_s - self._places[-1][0] > REMEMBERED_S:
            return None
        return self._places[0][1]

    def other_place(self, time_s: float, region: Region) -> Region | None:
        """Return where the person was, if whoever is followed is somewhere else and it is time to look there."""
        place = self.place(time_s)
        if place is None or is_one_place(place, region):
            self._is_at_their_place()
            return None
        if time_s - self._looked_s < AWAY_S:
            return None
        self._looked_s = time_s
        return place

    def may_be(self, one: Colours, other: Colours) -> bool:
        """Return whether the one, at the person's place, may be the person: unless the other one plainly wears what they wear.

        All looks since the other one left that place count together. Who was followed on the way from there, and looks like
        the person, is the person: whoever is at that place stood behind them.
        """
        if self._colours is None:
            return False
        self._off += [np.linalg.norm(colours - self._colours) for colours in (one, other)]
        self._looks += 1
        one_off, other_off = self._off.tolist()
        return bool(PLAINLY * one_off <= other_off) and (self._is_torn or other_off > FOREIGN * self._looks)

    def is_foreign(self, colours: Colours) -> bool:
        """Return whether these are the colours of somebody else."""
        return self._colours is not None and float(np.linalg.norm(colours - self._colours)) > FOREIGN

    def note(self, time_s: float, region: Region, colours: Colours) -> None:
        """Take note of who is followed now, and where."""
        self._is_torn |= self.is_far(time_s, region)
        self._note_place(time_s, region, colours)
        self._path.append((time_s, region))
        while time_s - self._path[0][0] > GOES_S + 1e-6:
            self._path.popleft()

    def _note_place(self, time_s: float, region: Region, colours: Colours) -> None:
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

    def _is_at_their_place(self) -> None:
        self._off[:], self._looks, self._is_torn = 0.0, 0, False

    def _is_next(self, time_s: float, region: Region) -> bool:
        """Return whether whoever is followed went on from where the person was."""
        last_s, last = self._places[-1]
        return (time_s - last_s <= NEXT_S and region.is_like(last)) or is_one_place(self._places[0][1], region)


def is_one_place(one: Region, other: Region) -> bool:
    """Return whether two squares are in one place; people who are not are two."""
    small_px, large_px = sorted((one.side_px, other.side_px))
    return math.dist(one.centre_px, other.centre_px) <= SAME_PLACE * small_px and large_px <= SAME_SIZE * small_px
