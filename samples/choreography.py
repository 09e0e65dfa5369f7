"""The parts of a clip as one movement of the figure."""

from collections.abc import Sequence

import numpy as np

from .clip import Clip, Part
from .figure import DRILLS, Movement, activity, chain, movement
from .figure.movements.movement import way
from .figure.movements.others import calibrated
from .figure.skeleton import Build

BETWEEN_S = 3.0
"""Time to go from the end of a part to a different start of the next."""
SAME_M = 0.02
"""How near the postures of two parts must be for the second to follow at once."""


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


def rep_parts(clip: Clip) -> Sequence[Part]:
    """Return, for each repetition of the clip in order, the part that it belongs to."""
    return [part for part in clip.parts if part.name in DRILLS for _ in range(part.reps)]
