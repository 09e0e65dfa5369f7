"""A camera that looks at the figure: image points in px and world points as MediaPipe gives them."""

from dataclasses import dataclass

import numpy as np

from formcheck.pose.pose import INDEX, MIRRORED

from .geometry import Array, column


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera stands and how it sees.

    Attributes
    ----------
    azimuth_deg
        From where it looks: 0 = in front of the figure's forward axis, +90 = from its left, -90 = from its right,
        180 = from behind. "Forward" is where the figure faces when standing; lying and prone figures keep it.
    pitch_deg
        The camera looks down by this angle.
    roll_deg
        The picture's content is turned clockwise by this angle.
    mirrored
        The picture is flipped, as selfie cameras do; left and right landmarks change places, as an estimator sees it.
    px_per_m
        Scale at the target.
    target_m
        The point of the world that appears in the middle of the picture.
    distance_m
        None = weak perspective: image lengths are exact. Else true perspective from so far away.
    size_px
        Width and height of the picture.
    """

    azimuth_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    mirrored: bool = False
    px_per_m: float = 330.0
    target_m: tuple[float, float, float] = (0.0, 0.0, 0.8)
    distance_m: float | None = None
    size_px: tuple[int, int] = (1280, 720)

    def axes(self) -> Array:
        """Return (3, 3): the rows are the picture's right, its down, and away from the camera."""
        azimuth, pitch, roll = np.radians([self.azimuth_deg, self.pitch_deg, self.roll_deg])
        right = np.array([-np.sin(azimuth), np.cos(azimuth), 0.0])
        away = -np.array([np.cos(azimuth) * np.cos(pitch), np.sin(azimuth) * np.cos(pitch), np.sin(pitch)])
        down = np.cross(away, right)
        across, along = np.cos(roll) * right - np.sin(roll) * down, np.sin(roll) * right + np.cos(roll) * down
        return np.array([-across if self.mirrored else across, along, away])

    def image_px(self, points: Array) -> Array:
        """Return (..., 33, 2) px of (..., 33, 3) landmarks."""
        seen = (points - np.array(self.target_m)) @ self.axes().T
        scale = np.asarray(self.px_per_m)
        if self.distance_m is not None:
            scale = column(self.px_per_m * self.distance_m / (self.distance_m + seen[..., 2]))
        return self._named(seen[..., :2] * scale + np.array(self.size_px) / 2)

    def world_m(self, points: Array) -> Array:
        """Return (..., 33, 3) metres from mid-hip: x to the right of the picture, y down, z away from the camera."""
        hips = points[..., [INDEX["left_hip"], INDEX["right_hip"]], :]
        return self._named((points - hips.mean(axis=-2, keepdims=True)) @ self.axes().T)

    def _named(self, points: Array) -> Array:
        return points[..., MIRRORED, :] if self.mirrored else points
