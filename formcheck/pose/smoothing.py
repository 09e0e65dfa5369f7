"""Smooths raw landmarks over time, as each comes: still where the person is, in time where they move.

A One-Euro filter (Casiez, Roussel and Vogel: 1 € Filter, CHI 2012) for each landmark: the faster it moves, the less it is
held back. The less its heatmap is sure of it, the more. `python -m tests.bench.smoothing` compares.
"""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import Pose

STILL_HZ = 0.5
"""Of a landmark that stands still, changes faster than this are noise."""
MOVING_HZ = 30.0
"""This is added for each torso length a second."""
SPEED_HZ = 2.0
"""So fast may a speed itself change."""
SURE_PEAK, LEAST_TRUST = 0.9, 0.0025
"""A heatmap's peak that is less than the first lets a landmark follow by the square of its share, and by this at least."""
TORSO_M = 0.5
"""Speeds are told in torso lengths, as people are of any size in a picture."""
GAP_S = 0.25
"""A landmark that was unseen for longer begins anew."""


class Smoothing:
    """Smooths the raw poses of one person; others, smoothed already, pass as they are."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew: the thread broke."""
        self._image, self._world = _OneEuro(), _OneEuro()

    def smooth(self, pose: Pose) -> Pose:
        """Return the pose as it is believed to be now; poses must come in order of time."""
        if not pose.is_raw:
            return pose
        trust = np.ones(len(pose.image_px))
        if pose.evidence is not None:
            trust = np.maximum(np.minimum(pose.evidence.peak / SURE_PEAK, 1.0) ** 2, LEAST_TRUST)
        torso_px = TORSO_M * _px_per_m(pose)
        return replace(
            pose,
            image_px=self._image.step(pose.time_s, pose.image_px, trust, torso_px),
            world_m=self._world.step(pose.time_s, pose.world_m, trust, TORSO_M),
            is_raw=False,
        )


class _OneEuro:
    """The filter, for all landmarks at once; NaN = not seen."""

    def __init__(self) -> None:
        self._last_s = -math.inf
        self._points: NDArray[np.float64] | None = None

    def step(
        self, time_s: float, points: NDArray[np.float64], trust: NDArray[np.float64], torso: float
    ) -> NDArray[np.float64]:
        """Return where the points are believed to be; `torso` is its length in their unit."""
        if self._points is None:
            self._points, self._speed = points, np.zeros_like(points)
            self._seen_s = np.full(len(points), time_s)
        step_s, self._last_s = time_s - self._last_s, time_s
        is_seen = np.asarray(np.isfinite(points).all(axis=1))
        goes_on = is_seen & np.asarray(np.isfinite(self._points).all(axis=1)) & (time_s - self._seen_s <= GAP_S)
        begins = is_seen & ~goes_on
        self._seen_s = np.where(is_seen, time_s, self._seen_s)
        change = np.where(goes_on[:, None], points - self._points, 0.0)
        if math.isfinite(step_s) and step_s > 0.0:
            self._speed = self._speed + _share(SPEED_HZ, step_s) * (change / step_s - self._speed)
            self._speed = np.where(begins[:, None], 0.0, self._speed)
            hz = trust * (STILL_HZ + MOVING_HZ * np.linalg.norm(self._speed, axis=1) / torso)
            change *= _share(hz, step_s)[:, None]
        self._points = np.where(begins[:, None], points, self._points + change)
        smoothed: NDArray[np.float64] = np.where(is_seen[:, None], self._points, np.nan)
        smoothed.flags.writeable = False
        return smoothed


def _share(hz: float | NDArray[np.float64], step_s: float) -> NDArray[np.float64]:
    """Return how much of a change a low-pass filter lets through in a step."""
    turn = np.asarray(math.tau * hz * step_s)
    return np.asarray(turn / (turn + 1.0))


def _px_per_m(pose: Pose) -> float:
    """Return the scale of the picture at the person."""
    is_seen = np.isfinite(pose.image_px).all(axis=1) & np.isfinite(pose.world_m).all(axis=1)
    if is_seen.sum() < 2:
        return 1.0
    spreads = [
        float(np.linalg.norm(points - points.mean(axis=0)))
        for points in (pose.image_px[is_seen], pose.world_m[is_seen, :2])
    ]
    return max(spreads[0] / max(spreads[1], 1e-3), 1.0)
