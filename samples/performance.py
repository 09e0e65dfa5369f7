"""A clip performed: its parts as one movement of the figure, on the bones of the athlete."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .athlete.body import Athlete
from .athlete.rig import Posed
from .clip import Clip, Part
from .figure import DRILLS, Movement, activity, chain, movement
from .figure.geometry import Array
from .figure.movements.movement import way
from .figure.movements.others import calibrated
from .figure.skeleton import Build, spread
from .unsteady import unsteady

BETWEEN_S = 3.0
"""Time to go from the end of a part to a different start of the next."""
SAME_M = 0.02
"""How near the postures of two parts must be for the second to follow at once."""
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


def choreography(clip: Clip, build: Build) -> Movement:
    """Return the parts of a clip as one movement of a figure of these sizes."""
    parts = [_movement(part, build) for part in clip.parts]
    stages: list[Movement] = []
    for part in parts:
        if stages and _apart_m(stages[-1], part) > SAME_M:
            stages += way(build, [stages[-1].last(), part.first()], [BETWEEN_S])
        stages.append(part)
    whole = parts[0] if len(stages) == 1 else chain(clip.parts[0].name, clip.level, stages)
    return calibrated(whole, clip.camera.azimuth_deg, clip.face_camera_s) if clip.face_camera_s else whole


def _movement(part: Part, build: Build) -> Movement:
    if part.name not in DRILLS:
        return activity(part.name, duration_s=part.duration_s, reps=part.reps, side=part.side, build=build)
    return movement(
        part.name, part.level, side=part.side, reps=part.reps, hold_s=part.hold_s, move_s=part.move_s,
        rest_s=part.rest_s, depth=part.depth, knobs=part.knobs, lead_s=part.lead_s, tail_s=part.tail_s, build=build,
    )  # fmt: skip


def _apart_m(first: Movement, second: Movement) -> float:
    ends = first.pose_at(first.duration_s), second.pose_at(0.0)
    return float(np.abs(ends[0] - ends[1]).max())


def _eased(contact: Array | bool, times_s: Array) -> Array:
    """Return a contact as a share that rises and falls over a moment."""
    share = np.broadcast_to(np.asarray(contact, dtype=float), times_s.shape)
    if len(times_s) < 2:
        return share
    reach = max(int(SETTLE_S / (times_s[1] - times_s[0])), 1)
    kernel = np.ones(2 * reach + 1) / (2 * reach + 1)
    return np.convolve(np.pad(share, reach, mode="edge"), kernel, mode="valid")


def rep_parts(clip: Clip) -> Sequence[Part]:
    """Return, for each repetition of the clip in order, the part that it belongs to."""
    return [part for part in clip.parts if part.name in DRILLS for _ in range(part.reps)]
