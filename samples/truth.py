"""The truth about a clip, from the bones that were drawn.

`truth_of` gives ``<clip>.truth.json``, schema ``formcheck.truth/2``:

- ``exercise``, ``level``, ``purpose``; ``view``: the camera's azimuth in degrees (0 = in front of the person, + = from
  their left); ``camera``: as declared in `clip.Camera`; ``fps``, ``width``, ``height``, ``frames``, ``duration_s``
- ``reps``: each with ``side`` (null = none), ``counted`` (null = neither clearly a repetition nor clearly none),
  ``start_s`` (first moment off rest), ``peak_s`` (first moment in the end position), ``end_s`` (first moment back at
  rest), ``holds`` (``id``, ``start_s``, ``duration_s``), ``phases`` (``id`` = out, a hold's, or back; ``start_s``,
  ``end_s``) and the ``faults`` that it was given (``id``, ``size``, ``start_s``, ``end_s``)
- ``angles_deg``: by name, one value a frame: knee and hip flexion in space (0 = straight), and the inclination of the
  trunk from the vertical (+ = forward)
- ``landmarks``: MediaPipe's 33 at every ``every``-th frame: ``image_px`` from the picture's upper left, and
  ``points_m`` x forward, y left, z up, the middle of the movement over the origin
"""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from formcheck.pose.pose import SIDES

from .choreography import rep_parts
from .clip import Clip, Part
from .figure import Movement, RepTruth
from .figure.geometry import Array
from .figure.quantities import bend_deg, knee_flexion, torso_inclination

SCHEMA = "formcheck.truth/2"
MOST_LANDMARK_FRAMES = 120
"""Thinned to so many, so that the file stays small."""


def truth_of(clip: Clip, moving: Movement, points_m: Array, image_px: Array) -> dict[str, object]:
    """Return the truth, ready for JSON.

    Parameters
    ----------
    clip, moving
        What was declared, and the movement that came of it.
    points_m, image_px
        (n, 33, 3) and (n, 33, 2) the true landmarks in space and in the picture.
    """
    frames, (width, height) = len(points_m), clip.size_px
    every = -(-frames // MOST_LANDMARK_FRAMES)
    pairs = zip(moving.truth.reps, rep_parts(clip), strict=True)
    return {
        "schema": SCHEMA,
        "exercise": clip.exercise,
        "level": clip.level,
        "purpose": clip.purpose,
        "view": clip.camera.azimuth_deg,
        "camera": asdict(clip.camera),
        "fps": clip.fps,
        "width": width,
        "height": height,
        "frames": frames,
        "duration_s": round(frames / clip.fps, 3),
        "reps": [_rep(rep, part) for rep, part in pairs],
        "angles_deg": {name: np.round(values, 1).tolist() for name, values in _angles(points_m)},
        "landmarks": {
            "every": every,
            "image_px": np.round(image_px[::every], 1).tolist(),
            "points_m": np.round(points_m[::every], 3).tolist(),
        },
    }


def _rep(rep: RepTruth, part: Part) -> dict[str, object]:
    start_s, end_s = round(rep.start_s, 3), round(rep.end_s, 3)
    return {
        "side": rep.side,
        "counted": rep.counted,
        "start_s": start_s,
        "peak_s": round(rep.peak_s, 3),
        "end_s": end_s,
        "holds": [
            {"id": hold.id, "start_s": round(hold.start_s, 3), "duration_s": round(hold.duration_s, 3)}
            for hold in rep.holds
        ],
        "phases": [
            {"id": name, "start_s": round(start, 3), "end_s": round(end, 3)} for name, start, end in _phases(rep)
        ],
        "faults": [{"id": fault.id, "size": fault.size, "start_s": start_s, "end_s": end_s} for fault in part.faults],
    }


def _phases(rep: RepTruth) -> Iterator[tuple[str, float, float]]:
    now_s = rep.start_s
    for hold in rep.holds:
        if hold.start_s > now_s:
            yield "out", now_s, hold.start_s
        yield hold.id, hold.start_s, hold.end_s
        now_s = hold.end_s
    if not rep.holds:
        yield "out", now_s, rep.peak_s
        now_s = rep.peak_s
    if rep.end_s > now_s:
        yield "back", now_s, rep.end_s


def _angles(points: Array) -> Iterator[tuple[str, Array]]:
    for side in SIDES:
        yield f"{side}_knee_flexion", knee_flexion(points, side)
        yield f"{side}_hip_flexion", bend_deg(points, f"{side}_shoulder", f"{side}_hip", f"{side}_knee")
    yield "torso_inclination", torso_inclination(points)
