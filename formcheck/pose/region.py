"""Where the person is in a picture: a turned square, cut out of it upright, and points on it put back into the picture.

Sizes, pixel centres and borders are those of MediaPipe's pose graph, so that the model sees what it was trained on.
"""

import math
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

MARGIN = 1.25
"""The square is so much larger than the circle around the person."""

SMALLEST_PX = 12.0
"""In a smaller square is nobody whose joints could be told apart."""
LARGEST = 6.0
"""A person fills at least this fraction of a square: one that is so much longer than the picture is far from anybody."""
LEAST_IN_PICTURE = 0.12
"""So much of the square, as a share of its area, must lie in the picture."""

SAME_PLACE, SAME_SIZE, SAME_TURN_RAD = 0.35, 1.8, math.radians(75)
"""Two squares show the same person who is alike seen if their centres lie within this share of the smaller side, the
sides differ at most by this factor, and the turns by this angle."""

STEADY_PLACE, STEADY_SIZE, STEADY_TURN_RAD = 0.04, 0.08, math.radians(6)
"""A square that moves by less than this, in shares of its side, is left where it is."""

_PARTS = 32
"""Places between pixels are told apart by so much."""


@dataclass(frozen=True, slots=True)
class Region:
    """A turned square around a person.

    Attributes
    ----------
    centre_px
        (x, y) of its centre in the picture: the middle of the hips.
    side_px
        Length of its sides.
    turn_rad
        How far it is turned clockwise; 0 = the head is up.
    """

    centre_px: tuple[float, float]
    side_px: float
    turn_rad: float

    @classmethod
    def around(cls, centre_px: NDArray[np.float64], rim_px: NDArray[np.float64]) -> Self:
        """Return the square around a circle, given by its centre and the point of its rim that lies over the head."""
        x, y = (rim_px - centre_px).tolist()
        side_px = 2.0 * MARGIN * math.hypot(x, y)
        return cls((float(centre_px[0]), float(centre_px[1])), side_px, math.atan2(x, -y))

    def is_plausible(self, size_wh: tuple[int, int]) -> bool:
        """Return whether somebody in a picture of this size can be in it."""
        if not all(math.isfinite(value) for value in (*self.centre_px, self.side_px, self.turn_rad)):
            return False
        if not SMALLEST_PX <= self.side_px <= LARGEST * max(size_wh):
            return False
        inside_px = [
            max(0.0, min(at + self.side_px / 2, float(size)) - max(at - self.side_px / 2, 0.0))
            for at, size in zip(self.centre_px, size_wh, strict=True)
        ]
        return inside_px[0] * inside_px[1] >= LEAST_IN_PICTURE * min(self.side_px, min(size_wh)) ** 2

    def is_like(self, other: "Region") -> bool:
        """Return whether both show the same person, seen alike."""
        small_px, large_px = sorted((self.side_px, other.side_px))
        apart_px = math.dist(self.centre_px, other.centre_px)
        turn_rad = abs(math.remainder(self.turn_rad - other.turn_rad, math.tau))
        return apart_px <= SAME_PLACE * small_px and large_px <= SAME_SIZE * small_px and turn_rad <= SAME_TURN_RAD

    def is_steady(self, other: "Region") -> bool:
        """Return whether the other one shows the person hardly otherwise."""
        return (
            math.dist(self.centre_px, other.centre_px) <= STEADY_PLACE * self.side_px
            and abs(other.side_px / self.side_px - 1.0) <= STEADY_SIZE
            and abs(math.remainder(self.turn_rad - other.turn_rad, math.tau)) <= STEADY_TURN_RAD
        )

    def cut_out(self, picture: NDArray[np.uint8], side: int, border: int = cv2.BORDER_REPLICATE) -> NDArray[np.uint8]:
        """Return the square as a picture of side × side px; beyond the edge of the picture its last pixels go on.

        Places are rounded to 1/32 px, as in the OpenCV that MediaPipe is built with: without that the landmarks of one
        picture come out 0.1 % of the torso apart, and with it 0.005 %.
        """
        matrix, steps = self._matrix(side) * _PARTS, np.arange(side)
        places = np.empty((side, side, 2), np.int32)
        for axis in (0, 1):
            by_row = matrix[axis, 1] * steps + matrix[axis, 2]
            np.rint(by_row[:, None] + matrix[axis, 0] * steps, out=places[..., axis], casting="unsafe")
        pixels, parts = np.divmod(places, _PARTS)
        which = (parts[..., 1] * _PARTS + parts[..., 0]).astype(np.uint16)
        cut: NDArray[np.uint8] = cv2.remap(  # type: ignore[assignment]
            picture, np.clip(pixels, -32_768, 32_767).astype(np.int16), which, cv2.INTER_LINEAR, borderMode=border
        )
        return cut

    def in_picture(self, points: NDArray[np.float64], side: int) -> NDArray[np.float64]:
        """Return where (n, 2) points of a picture that was cut out lie in the whole one."""
        matrix = self._matrix(side)
        return points @ matrix[:, :2].T + matrix[:, 2]

    def turned(self, world_m: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return (n, 3) points around the hips, upright in the square, as they are in the picture."""
        cos, sin = math.cos(self.turn_rad), math.sin(self.turn_rad)
        turned: NDArray[np.float64] = world_m @ np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
        return turned

    def _matrix(self, side: int) -> NDArray[np.float64]:
        """Return the (2, 3) map from the cut-out picture to the whole one; corners lie on corners, as in MediaPipe."""
        scale = self.side_px / side
        cos, sin = math.cos(self.turn_rad) * scale, math.sin(self.turn_rad) * scale
        x, y = self.centre_px
        half = side / 2
        return np.array([[cos, -sin, x - half * (cos - sin)], [sin, cos, y - half * (sin + cos)]])
