"""Where picture and pose stand still, the model looks at a few frames a second; those between show the same pose."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import Pose
from formcheck.pose.scale import MAIN, pixels_per_metre, torso_length_m

LOOK_S = 0.2
"""So often the model looks in any case."""
CHANGED_LEVELS = 4.0
"""The picture stands still as long as none of its 576 cells gets lighter or darker by so much, of 256, since the last look;
the noise of cameras and encoders stays under half of it, and a hand that rises does not."""
MOVED_SHARE = 0.05
"""The pose stands still where no main joint moved by a larger share of the torso from one look to the next; what a model's
landmarks jitter stays under it."""


@dataclass(frozen=True, slots=True)
class _Look:
    time_s: float
    levels: NDArray[np.float32]
    pose: Pose | None
    is_still: bool


class Standstill:
    """Remembers the last look, and repeats what it found where nothing has moved since."""

    def __init__(self) -> None:
        self._last: _Look | None = None

    def stands(self, time_s: float, levels: NDArray[np.float32]) -> bool:
        """Return whether all stands still since the last look, so that the model need not look again.

        Parameters
        ----------
        time_s
            Presentation time of the frame.
        levels
            The picture as a coarse grid of grey levels.
        """
        last = self._last
        if last is None or not last.is_still or time_s - last.time_s > LOOK_S - 1e-6:
            return False
        return float(np.abs(levels - last.levels).max()) < CHANGED_LEVELS

    def pose_at(self, time_s: float) -> Pose | None:
        """Return what was seen last as if it were seen now."""
        pose = None if self._last is None else self._last.pose
        return None if pose is None else replace(pose, time_s=time_s)

    def note(self, time_s: float, levels: NDArray[np.float32], pose: Pose | None) -> None:
        """Take in what the model saw."""
        before = self._last
        is_still = before is not None and _is_still(before.pose, pose)
        self._last = _Look(time_s, levels, pose, is_still)

    def forget(self) -> None:
        """Begin anew: another scene."""
        self._last = None


def _is_still(before: Pose | None, now: Pose | None) -> bool:
    if before is None or now is None:
        return before is now
    moved_px = np.linalg.norm(now.image_px[MAIN] - before.image_px[MAIN], axis=1)
    return bool(moved_px.max() < MOVED_SHARE * torso_length_m(now) * pixels_per_metre(now))
