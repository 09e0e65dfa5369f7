"""Makes faces unrecognisable in pictures that are kept."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import INDEX, Pose

_FACE = tuple(
    index for name, index in INDEX.items() if name.endswith(("ear", "nose")) or "eye" in name or "mouth" in name
)
_CELLS = 6
"""So many squares lie across a face: nobody is recognised in them."""
_LEAST_T = 0.45
"""Least width of what is blurred, in torso lengths: from the side, a face is narrow among its landmarks."""


class FaceBlur:
    """Blurs the face of the person that is followed; where it is not seen, where it was last.

    Until it was seen once, nothing is known of where it is.
    """

    def __init__(self) -> None:
        self._box: tuple[float, float, float] | None = None

    def blurred(self, image_bgr: NDArray[np.uint8], pose: Pose | None) -> NDArray[np.uint8]:
        """Return the picture with the face in squares; the picture itself is left as it is."""
        if pose is not None:
            self._box = _face(pose) or self._box
        if self._box is None:
            return image_bgr
        x, y, radius = self._box
        left, top = max(0, math.floor(x - radius)), max(0, math.floor(y - radius))
        right, bottom = min(image_bgr.shape[1], math.ceil(x + radius)), min(image_bgr.shape[0], math.ceil(y + radius))
        if right - left < 1 or bottom - top < 1:
            return image_bgr
        image = image_bgr.copy()
        part = image[top:bottom, left:right]
        small = cv2.resize(part, (_CELLS, _CELLS), interpolation=cv2.INTER_AREA)
        image[top:bottom, left:right] = cv2.resize(small, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)
        return image


def _face(pose: Pose) -> tuple[float, float, float] | None:
    """Return the middle of the face and half the width of what hides it, in px; None if it is not seen."""
    face = pose.image_px[list(_FACE)]
    face = face[np.isfinite(face).all(axis=1)]
    if not len(face):
        return None
    middle = face.mean(axis=0)
    ends = [pose.image_px[[INDEX[f"left_{part}"], INDEX[f"right_{part}"]]].mean(axis=0) for part in ("shoulder", "hip")]
    torso = math.dist(ends[0], ends[1])
    spread = float(np.linalg.norm(face - middle, axis=1).max())
    least = 0.5 * _LEAST_T * torso if math.isfinite(torso) else 0.0
    return float(middle[0]), float(middle[1]), max(1.8 * spread, least, 4.0)
