"""A clip performed: its parts as one movement of the figure, on the bones of the athlete."""

from dataclasses import dataclass

import numpy as np

from .athlete.body import Athlete
from .athlete.rig import Posed
from .choreography import choreography
from .clip import Clip
from .figure import Movement
from .figure.geometry import Array
from .figure.skeleton import spread
from .unsteady import unsteady

SETTLE_S = 0.25
"""Over how long a hand that is put down takes the weight."""


@dataclass(frozen=True, slots=True)
class Performance:
    """What a clip shows.

    Attributes
    ----------
    movement
        Of the figure; its truth is that of the clip.
    times_s
        (n,) of the frames.
    posed
        The athlete's bones at each.
    points_m
        (n, 33, 3) true landmarks: x forward, y left, z up; the middle of the movement is over the origin.
    middle_m
        (2,) how far that middle was from the figure's own origin.
    """

    movement: Movement
    times_s: Array
    posed: Posed
    points_m: Array
    middle_m: Array


def perform(clip: Clip, athlete: Athlete) -> Performance:
    """Return the performance of a clip."""
    moving = choreography(clip, athlete.build)
    times_s = np.arange(round(moving.duration_s * clip.fps)) / clip.fps
    planted = {
        f"{side}_wrist": _eased(moving.contacts_at(times_s).get(f"{side}_wrist", False), times_s)
        for side in ("left", "right")
    }
    posture = unsteady(spread(moving.posture_at(times_s), len(times_s)), moving, times_s, clip.tremor_deg, clip.name)
    posed = athlete.pose(posture, planted)
    points = athlete.landmarks(posed)
    low, high = points[..., :2].min(axis=(0, 1)), points[..., :2].max(axis=(0, 1))
    middle = (low + high) / 2.0
    away = -np.append(middle, 0.0)
    return Performance(moving, times_s, posed.moved(away), points + away, middle)


def _eased(contact: Array | bool, times_s: Array) -> Array:
    """Return a contact as a share that rises and falls over a moment."""
    share = np.broadcast_to(np.asarray(contact, dtype=float), times_s.shape)
    if len(times_s) < 2:
        return share
    reach = max(int(SETTLE_S / (times_s[1] - times_s[0])), 1)
    kernel = np.ones(2 * reach + 1) / (2 * reach + 1)
    return np.convolve(np.pad(share, reach, mode="edge"), kernel, mode="valid")
