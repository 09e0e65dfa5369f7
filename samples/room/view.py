"""How the camera of a clip projects the world into the picture."""

from dataclasses import dataclass

import numpy as np

from samples.clip import Camera
from samples.figure.geometry import UP, Array, unit

NEAR_M, FAR_M = 0.15, 25.0


@dataclass(frozen=True, slots=True)
class View:
    """A camera with its picture: perspective without distortion, square pixels.

    Attributes
    ----------
    camera
        Where it stands.
    size_px
        Width and height of the picture.
    """

    camera: Camera
    size_px: tuple[int, int]

    def eye_m(self) -> Array:
        """Return (3,): where the camera is, in the figure's axes."""
        return self._toward_camera() * self.camera.distance_m + UP * self.camera.height_m

    def axes(self) -> Array:
        """Return (3, 3): the rows are the picture's right, its down, and away from the camera."""
        azimuth, roll = np.radians([self.camera.azimuth_deg, self.camera.roll_deg])
        level = np.array([-np.sin(azimuth), np.cos(azimuth), 0.0])
        away = unit(level * self.camera.aside_m + UP * self.camera.aim_height_m - self.eye_m())
        right = unit(np.cross(away, UP))
        down = np.cross(away, right)
        across, along = np.cos(roll) * right - np.sin(roll) * down, np.sin(roll) * right + np.cos(roll) * down
        return np.array([across, along, away])

    def focal_px(self) -> float:
        """Return the focal length in pixels."""
        return float(0.5 * self.size_px[1] / np.tan(np.radians(0.5 * self.camera.fov_deg)))

    def image_px(self, points_m: Array) -> Array:
        """Return the (..., 2) px, from the picture's upper left, of (..., 3) points in the figure's axes."""
        seen = (np.asarray(points_m) - self.eye_m()) @ self.axes().T
        return np.asarray(seen[..., :2] / seen[..., 2:] * self.focal_px() + 0.5 * np.array(self.size_px))

    def depth_m(self, points_m: Array) -> Array:
        """Return (...,): how far in front of the camera (..., 3) points are, along the direction in which it looks."""
        return np.asarray((np.asarray(points_m) - self.eye_m()) @ self.axes()[2])

    def to_clip_space(self) -> Array:
        """Return the (4, 4) matrix from the figure's axes to OpenGL's clip space."""
        turn = self.axes() * [[1.0], [-1.0], [-1.0]]
        look = np.eye(4)
        look[:3, :3], look[:3, 3] = turn, -turn @ self.eye_m()
        width, height = self.size_px
        scale = 2.0 * self.focal_px()
        depth = (FAR_M + NEAR_M) / (NEAR_M - FAR_M), 2.0 * FAR_M * NEAR_M / (NEAR_M - FAR_M)
        projection = np.diag([scale / width, scale / height, depth[0], 0.0])
        projection[2, 3], projection[3, 2] = depth[1], -1.0
        return projection @ look

    def _toward_camera(self) -> Array:
        azimuth = np.radians(self.camera.azimuth_deg)
        return np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
