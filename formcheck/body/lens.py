"""How the camera sees: its focal length and its tilt, which turn a point of the picture into a ray over the floor."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

USUAL_FOV_DEG = 60.0
"""Angle of view over the longer side of the picture, unless given: webcams have 55 to 78°, phones that film 55 to 68°."""


@dataclass(frozen=True, slots=True)
class Lens:
    """An ideal camera.

    Attributes
    ----------
    size_px
        Width and height of the picture, whose middle is where the camera points.
    fov_deg
        Angle of view over the longer side.
    """

    size_px: tuple[int, int]
    fov_deg: float = USUAL_FOV_DEG

    @property
    def focal_px(self) -> float:
        """Focal length in px."""
        return max(self.size_px) / 2 / math.tan(math.radians(self.fov_deg / 2))

    def rays(self, image_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (..., 3) directions of (..., 2) points: to the right, down, and 1 away from the camera."""
        from_middle = (image_px - np.array(self.size_px) / 2) / self.focal_px
        return np.concatenate([from_middle, np.ones((*from_middle.shape[:-1], 1))], axis=-1)


def level_axes(tilt_deg: float) -> NDArray[np.float64]:
    """Return (3, 3) rows: to the right, up and away over the floor, for a camera that looks down by the tilt.

    Times a vector in the camera's axes (right, down, away), these give its parts along the room's.
    """
    sine, cosine = math.sin(math.radians(tilt_deg)), math.cos(math.radians(tilt_deg))
    return np.array([[1.0, 0.0, 0.0], [0.0, -cosine, -sine], [0.0, -sine, cosine]])
