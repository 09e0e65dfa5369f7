"""From what the estimator saw to measures: trust, repair, smoothing and meter together, a step an observation."""

from dataclasses import dataclass

from formcheck.body.calibration import Calibration
from formcheck.body.lens import USUAL_FOV_DEG, Lens
from formcheck.body.meter import BodyMeter, Measured
from formcheck.pose.pose import Observation, Pose
from formcheck.pose.repair import Kind, LandmarkRepair
from formcheck.pose.smoothing import Smoothing
from formcheck.pose.trust import trusted


@dataclass(frozen=True, slots=True)
class Followed:
    """The person at one moment.

    Attributes
    ----------
    pose
        The repaired pose, smoothed; None where nobody is seen.
    measured
        Its measures.
    broken
        The thread broke before this moment: kind, and from when to when.
    """

    pose: Pose | None
    measured: Measured
    broken: tuple[Kind, float, float] | None


class Follower:
    """Follows one person through a recording; another scene or person starts anew.

    Parameters
    ----------
    width, height
        Size of the picture in px.
    fov_deg
        Angle of view over its longer side.
    model
        Name of the pose model that looks, None = not known.
    """

    def __init__(self, width: int, height: int, fov_deg: float = USUAL_FOV_DEG, model: str | None = None) -> None:
        self._repair = LandmarkRepair(width, height)
        self._smoothing = Smoothing()
        self._meter = BodyMeter(lens=Lens((width, height), fov_deg))
        self._meter.model = model

    def look_with(self, model: str) -> None:
        """From now on, this model looks."""
        self._meter.model = model

    @property
    def calibration(self) -> Calibration:
        """The person's proportions so far."""
        return self._meter.calibration

    @property
    def tilt_deg(self) -> float | None:
        """How far the camera looks down, None while that is not known."""
        return self._meter.tilt_deg

    @property
    def tilt_error_deg(self) -> float | None:
        """How far that may be off (one standard deviation), None while it is not known."""
        return self._meter.tilt_error_deg

    def step(self, seen: Observation) -> Followed:
        """Take an observation in and return what it shows of the person."""
        repaired = self._repair.repair(trusted(seen, self._meter.model))
        if repaired.broken is not None and repaired.broken[0] != "lost":
            self._meter.reset()
        if repaired.broken is not None:
            self._smoothing.forget()
        pose = None if repaired.pose is None else self._smoothing.smooth(repaired.pose)
        return Followed(pose, self._meter.measure(seen.time_s, pose), repaired.broken)
