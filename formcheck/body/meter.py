"""From repaired poses to measures: view, calibration and all signals at each moment."""

import math
from dataclasses import dataclass
from itertools import compress

import numpy as np

from formcheck.body.body import body_of
from formcheck.body.calibration import Calibration, Calibrator
from formcheck.body.lens import Lens
from formcheck.body.lift import Floor
from formcheck.body.lifted import Lifted
from formcheck.body.quantity import Measures
from formcheck.body.signal import Readings, Signal, keyed
from formcheck.body.signals import SIGNALS
from formcheck.body.tilt import CameraTilt
from formcheck.body.view import View, ViewEstimator, ViewSeen, near_side
from formcheck.pose.pose import LANDMARKS, Backend, Pose, Side, looker


@dataclass(frozen=True, slots=True)
class Measured:
    """The body at one moment, as the rules see it.

    Attributes
    ----------
    time_s
        Presentation time in seconds.
    measures
        Values of the signals by key; empty when nobody is seen.
    view
        From which side the body is seen.
    near
        Its side nearer the camera.
    unseen
        Names of the landmarks that are not seen, or that are doubted.
    visibility
        (33,) the model's own belief in each landmark, 0..1; empty when nobody is seen.
    calibration
        The person's proportions so far.
    sure
        Values of the same signals without the landmarks that are doubted; None where none is.
    model
        Who saw it, on which the errors depend, as `formcheck.pose.pose.looker` says; None = not known.
    """

    time_s: float
    measures: Measures
    view: ViewSeen
    near: Side | None
    unseen: frozenset[str]
    visibility: tuple[float, ...]
    calibration: Calibration
    model: str | None = None
    sure: Measures | None = None

    @property
    def judged(self) -> Measures:
        """Values that form is judged by: none that rests on a landmark that is doubted."""
        return self.measures if self.sure is None else self.sure


class BodyMeter:
    """Measures one person over time; `reset` for another scene or person.

    Parameters
    ----------
    lens
        Of the camera; without it, nothing can be measured along the floor.
    tilt_deg
        How far the camera looks down, if known; else it is learnt from a standing person.

    Attributes
    ----------
    model
        Name of the pose model that looks, None = not known; it may change while it looks.
    """

    def __init__(
        self, signals: tuple[Signal, ...] = SIGNALS, lens: Lens | None = None, tilt_deg: float | None = None
    ) -> None:
        self.model: str | None = None
        self._backend: Backend = "mediapipe"
        self._signals = keyed(signals)
        self._lens = lens
        self._tilt = CameraTilt(tilt_deg)
        self._view = ViewEstimator()
        self._calibrator = Calibrator()
        self._near: Side | None = None

    @property
    def calibration(self) -> Calibration:
        """The person's proportions so far."""
        return self._calibrator.calibration

    @property
    def tilt_deg(self) -> float | None:
        """How far the camera looks down, None while that is not known."""
        return self._tilt.tilt_deg

    @property
    def tilt_error_deg(self) -> float | None:
        """How far that may be off (one standard deviation), None while it is not known."""
        return self._tilt.error_deg

    def reset(self) -> None:
        """Forget the person and the view."""
        self._tilt.reset()
        self._view.reset()
        self._calibrator.reset()
        self._near = None

    def measure(self, time_s: float, pose: Pose | None) -> Measured:
        """Return the measures of a repaired pose; without a pose, everything is unseen."""
        if pose is None:
            return Measured(
                time_s, {}, self._view.seen, self._near, frozenset(LANDMARKS), (), self.calibration, self._looker
            )
        self._backend = pose.backend
        view = self._view.update(pose)
        calibration = self._calibrator.update(pose)
        self._tilt.update(pose, view.kind)
        # A near side that flickers would swap the legs: keep it unless the body is clearly turned.
        if self._near is None or view in (ViewSeen.LEFT, ViewSeen.RIGHT, ViewSeen.OBLIQUE_LEFT, ViewSeen.OBLIQUE_RIGHT):
            self._near = _near_from(view) or self._near or near_side(pose)
        torso_px = self._calibrator.torso_px
        if math.isnan(torso_px):
            return Measured(time_s, {}, view, self._near, frozenset(LANDMARKS), (), calibration, self._looker)
        sure = None if pose.doubted is None else pose.without(pose.doubted)

        def read(pose: Pose) -> Measures:
            body = body_of(
                pose, torso_px, calibration, view.kind, self._near, self._floor(pose), self._view.yaw_deg,
                self._lifted(pose, view),
            )  # fmt: skip
            return Readings(self._signals, body)

        return Measured(
            time_s=time_s,
            measures=read(pose),
            sure=None if sure is None else read(sure),
            view=view,
            near=self._near,
            unseen=unseen_of(pose if sure is None else sure),
            visibility=tuple(pose.visibility.tolist()),
            calibration=calibration,
            model=self._looker,
        )

    @property
    def _looker(self) -> str | None:
        return None if self.model is None else looker(self.model, self._backend)

    def _floor(self, pose: Pose) -> Floor | None:
        tilt_deg = self._tilt.tilt_deg
        return None if self._lens is None or tilt_deg is None else Floor(pose.image_px, self._lens, tilt_deg)

    def _lifted(self, pose: Pose, view: ViewSeen) -> Lifted | None:
        """Return what learnt nets make of a body that is seen from 45°: from elsewhere the picture itself shows more."""
        if self._lens is None or self._near is None or view.kind is not View.OBLIQUE:
            return None
        return Lifted(pose.image_px, self._lens, self._tilt.tilt_deg, self._near)


def unseen_of(pose: Pose) -> frozenset[str]:
    """Return the names of the landmarks that a repaired pose has no place for: not those that are only doubted."""
    return frozenset(compress(LANDMARKS, np.asarray((~np.isfinite(pose.image_px)).any(axis=1)).tolist()))


def _near_from(view: ViewSeen) -> Side | None:
    if view in (ViewSeen.LEFT, ViewSeen.OBLIQUE_LEFT):
        return "left"
    if view in (ViewSeen.RIGHT, ViewSeen.OBLIQUE_RIGHT):
        return "right"
    return None
