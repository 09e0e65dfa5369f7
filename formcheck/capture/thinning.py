"""Which frames of a file are looked at: at most so many a second, evenly by presentation time."""

import math
from fractions import Fraction

ENOUGH_FPS = 30
"""More frames a second show nothing more of a body, and each costs as much."""
ALMOST = 0.1
"""A rate that is higher by so small a share is meant to be that one: clocks of cameras differ."""
_SLIP = 1e-6


class Thinning:
    """Takes at most so many frames a second.

    Parameters
    ----------
    asked_fps
        So many are asked for; None = of a file with more than `ENOUGH_FPS` every second one, or third …, so that no more
        remain.
    rate
        How many the file has; None = not known.

    Attributes
    ----------
    fps
        How many are taken at most; None = all.
    """

    def __init__(self, asked_fps: float | None, rate: Fraction | None) -> None:
        every = 1 if rate is None else math.ceil(rate / ENOUGH_FPS - Fraction(ALMOST))
        is_usual = asked_fps is None and rate is not None and every > 1
        self.fps = float(rate / every) if is_usual and rate is not None else asked_fps
        # A frame may be early by half of what lies between two of the file, as their times are rounded.
        self._slack = 0.5 / every if is_usual else _SLIP
        self._slot = 0

    def begin(self) -> None:
        """Begin at the first frame again."""
        self._slot = 0

    def takes(self, time_s: float) -> bool:
        """Return whether the next frame, at this time, is taken."""
        if self.fps is None:
            return True
        place = time_s * self.fps + self._slack
        if place < self._slot:
            return False
        self._slot = math.floor(place) + 1
        return True
