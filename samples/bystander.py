"""A second person who stands about in the background."""

import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .athlete.body import Athlete
from .clip import Body, Clip, Outfit, Part
from .figure.geometry import Array, rot_z
from .performance import perform
from .room.people import PersonLook

BEHIND_M, ASIDE_M = 1.75, 1.15
"""From the middle of the movement, away from the camera and to one side of the picture."""
LOOPS_S = 12.0
"""Swaying repeats after this long."""
LOOKS: tuple[tuple[Body, Outfit], ...] = (
    (
        Body(gender=0.0, age=0.8, muscle=0.5, weight=0.6, height=0.55),
        Outfit(skin=(0.55, 0.33, 0.23), hair=(0.16, 0.14, 0.12), shirt=(0.42, 0.40, 0.36), trousers=(0.05, 0.07, 0.13)),
    ),
    (
        Body(gender=1.0, age=0.6, muscle=0.45, weight=0.5, height=0.45),
        Outfit(
            skin=(0.32, 0.17, 0.10), hair=(0.02, 0.015, 0.012), shirt=(0.40, 0.12, 0.09), trousers=(0.08, 0.08, 0.09)
        ),
    ),
)


class Bystander:
    """Stands about, to one side behind the athlete, half turned to the camera.

    Attributes
    ----------
    look
        What the room draws.
    """

    def __init__(self, clip: Clip) -> None:
        seed = zlib.crc32(clip.name.encode())
        body, outfit = LOOKS[seed % len(LOOKS)]
        side = 1.0 if seed // 2 % 2 else -1.0
        self._athlete = _athlete(body, outfit)
        self.look = PersonLook(self._athlete.faces, self._athlete.surface, outfit)
        part = Part("standing", duration_s=LOOPS_S)
        stands = Clip(f"{clip.name} bystander", None, None, (part,), clip.camera, fps=clip.fps, tremor_deg=1.5)
        self._done = perform(stands, self._athlete)
        azimuth = np.radians(clip.camera.azimuth_deg)
        toward = np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
        right = np.array([-np.sin(azimuth), np.cos(azimuth), 0.0])
        self._place: Array = -BEHIND_M * toward + side * ASIDE_M * right
        self._turn = rot_z(clip.camera.azimuth_deg - side * 35.0)

    def skin(self, time_s: float) -> NDArray[np.float32]:
        """Return the (vertices, 3) places of the vertices at a moment."""
        there_and_back = LOOPS_S - abs(time_s % (2.0 * LOOPS_S) - LOOPS_S)
        moment = min(int(np.searchsorted(self._done.times_s, there_and_back)), len(self._done.times_s) - 1)
        vertices = self._athlete.skin(self._done.posed, moment)
        return np.asarray(vertices @ self._turn.T + self._place, dtype=np.float32)


@lru_cache(maxsize=2)
def _athlete(body: Body, outfit: Outfit) -> Athlete:
    return Athlete(body, outfit)
