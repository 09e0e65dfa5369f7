"""What guide and gestures look at, at one moment."""

import math
from dataclasses import dataclass

from formcheck.body.meter import Measured
from formcheck.exercise.events import Progress
from formcheck.exercise.words import Level
from formcheck.pose.pose import Observation, Pose
from formcheck.pose.scale import pixels_per_metre


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One moment, before anything counts as well as while it does.

    Attributes
    ----------
    seen
        What the estimator saw; landmarks outside the picture too.
    pose
        What may be believed of it.
    measured
        The measures.
    progress
        Where the exercise stands.
    at_start
        The start position of the exercise is taken.
    new_person
        The person changed, or jumped to another place.
    brightness
        Mean grey level of the picture, 0..255; NaN if unknown.
    level
        The level whose start position it would be, None for exercises without levels.
    """

    seen: Observation
    pose: Pose | None
    measured: Measured
    progress: Progress
    at_start: bool = False
    new_person: bool = False
    brightness: float = math.nan
    level: Level | None = None

    @property
    def time_s(self) -> float:
        """Time of the frame in seconds."""
        return self.seen.time_s

    @property
    def torso_px(self) -> float:
        """Length of the torso in the picture if it were seen square on, in px; NaN if nobody is seen."""
        if self.pose is None:
            return math.nan
        return pixels_per_metre(self.pose) * self.measured.calibration.torso_m

    def measure(self, name: str) -> float:
        """Return a measure, NaN if it is not seen."""
        return self.measured.measures.get(name, math.nan)
