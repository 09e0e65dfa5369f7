"""What is known of a clip: its truth files as they lie beside it, and a perfect observer's view of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, degrees
from pathlib import Path

import numpy as np

from formcheck.pose.pose import Observation, Pose, Side

from ..clip import Camera
from ..figure import View
from ..figure.geometry import Array

SCHEMA = "formcheck.truth/2"
SEEN = np.ones(33)


@dataclass(frozen=True, slots=True)
class TrueHold:
    """A hold as it really was: without any movement."""

    id: str
    start_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class TrueFault:
    """A fault that was meant, and its size: 0 = edge of the good band, 1 = fault limit."""

    id: str
    size: float


@dataclass(frozen=True, slots=True)
class TrueRep:
    """A repetition as it really was.

    Attributes
    ----------
    counted
        Whether the whole movement was done, as far as its depth goes.
    """

    side: Side | None
    start_s: float
    end_s: float
    counted: bool = True
    holds: tuple[TrueHold, ...] = ()
    faults: tuple[TrueFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """The true landmarks of every frame.

    Attributes
    ----------
    times_s
        (n,) presentation times.
    image_px
        (n, 33, 2) x to the right, y down.
    points_m
        (n, 33, 3) x forward, y left, z up.
    """

    times_s: Array
    image_px: Array
    points_m: Array


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a clip."""

    exercise: str | None
    level: str | None
    size_px: tuple[int, int]
    duration_s: float
    reps: tuple[TrueRep, ...]


def read_known(path: Path) -> Known:
    """Read a ``.truth.json``.

    Raises
    ------
    ValueError
        It is of another kind.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["schema"] != SCHEMA:
        raise ValueError(f"{path} is of the kind {content['schema']}, not {SCHEMA}.")
    reps = tuple(
        TrueRep(
            side=rep["side"],
            start_s=rep["start_s"],
            end_s=rep["end_s"],
            counted=rep.get("counted", True) is not False,
            holds=tuple(TrueHold(hold["id"], hold["start_s"], hold["duration_s"]) for hold in rep["holds"]),
            faults=tuple(TrueFault(fault["id"], fault["size"]) for fault in rep["faults"]),
        )
        for rep in content["reps"]
    )
    size = (int(content["width"]), int(content["height"]))
    return Known(content["exercise"], content["level"], size, float(content["duration_s"]), reps)


def read_points(path: Path) -> Points:
    """Read a ``.truth.npz``."""
    with np.load(path) as stored:
        return Points(*(np.asarray(stored[name], dtype=float) for name in ("times_s", "image_px", "points_m")))


def view_of(camera: Camera) -> View:
    """Return the directions in which a clip's camera looks; its world points are what MediaPipe's should be."""
    pitch_deg = degrees(atan2(camera.height_m - camera.aim_height_m, camera.distance_m))
    return View(azimuth_deg=camera.azimuth_deg, pitch_deg=pitch_deg, roll_deg=camera.roll_deg)


def observed(points: Points, camera: Camera) -> Iterator[Observation]:
    """Yield what an estimator without any error would see."""
    world = view_of(camera).world_m(points.points_m)
    for time_s, image_px, world_m in zip(points.times_s.tolist(), points.image_px, world, strict=True):
        yield Observation(time_s, Pose(time_s, image_px, world_m, SEEN))
