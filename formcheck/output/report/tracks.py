"""What a session looked like over time: where the body was, and what its signals read."""

import base64
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.body.signal import Signal
from formcheck.exercise.reading import signals_in
from formcheck.exercise.words import Exercise
from formcheck.output.signal_table import reading
from formcheck.pipeline import Step
from formcheck.pose.pose import INDEX, SIDES, Pose, Side

PARTS = (
    "nose", *(f"{side}_{part}" for part in ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
              for side in SIDES),
)  # fmt: skip
"""The landmarks that the figure is drawn from, in the order in which they are packed."""
_HEAD = ("nose", "left_ear", "right_ear")
HEAD_T = 0.22
"""Half the height of a head, in torso lengths."""
UNSEEN = -32768
_NOTHING: NDArray[np.float64] = np.empty((0, 3))
_NOBODY = np.full((len(INDEX), 3), np.nan)
FIGURE_FPS = 15.0
"""So many moments a second make a figure that moves smoothly."""
MOST_KEPT = 18_000
"""So many moments are kept, 20 minutes of `FIGURE_FPS`: of a longer session every second one, or fourth …, so that any fits in memory."""
_MOST_MOMENTS = 4500
"""More moments than these make a file that is slow to open; a longer session plays with fewer a second."""


def keys_of(signal: Signal) -> tuple[tuple[str, Side | None], ...]:
    """Return the keys of a signal's values, and whose each is; None = the body's."""
    sides: tuple[Side | None, ...] = SIDES if signal.sided else (None,)
    return tuple(zip(signal.keys(), sides, strict=True))


@dataclass(slots=True)
class Tracks:
    """Collects the moments of a session; `begin` before the first one.

    Attributes
    ----------
    times_s
        Of every moment.
    apart_s
        How far apart moments are at least.
    values, errors
        Of every signal that the exercise looks at, by key: a number for each moment, NaN where it is not seen.
    """

    times_s: "array[float]" = field(default_factory=lambda: array("d"))
    apart_s: float = 1.0 / FIGURE_FPS
    values: dict[str, "array[float]"] = field(default_factory=dict)
    errors: dict[str, "array[float]"] = field(default_factory=dict)
    _signals: tuple[Signal, ...] = ()
    _landmarks: "array[float]" = field(default_factory=lambda: array("f"))

    def begin(self, exercise: Exercise) -> None:
        """Forget what was collected, and collect what this exercise looks at."""
        quantities = [band.quantity for check in exercise.checks for band in check.bands]
        named = {item.name: item for quantity in quantities for item, _ in signals_in(quantity)}
        if exercise.shows is not None:
            named |= {item.name: item for item, _ in signals_in(exercise.shows)}
        self._signals = tuple(named.values())
        self.times_s, self._landmarks, self.apart_s = array("d"), array("f"), 1.0 / FIGURE_FPS
        self.values = {key: array("f") for item in self._signals for key, _ in keys_of(item)}
        self.errors = {key: array("f") for key in self.values}

    def add(self, step: Step) -> None:
        """Take a moment in; those that follow on another sooner than `apart_s` are left out."""
        if self.times_s and step.time_s - self.times_s[-1] < self.apart_s - 1e-3:
            return
        if len(self.times_s) == MOST_KEPT:
            self._leave_every_second_out()
        self.times_s.append(step.time_s)
        seen = _NOBODY if step.pose is None else np.column_stack([step.pose.image_px, step.pose.visibility])
        self._landmarks.frombytes(seen.astype(np.float32).tobytes())
        for item in self._signals:
            for key, side in keys_of(item):
                value, error = reading(item, key, side, step.measured)
                self.values[key].append(value)
                self.errors[key].append(error)

    def _leave_every_second_out(self) -> None:
        self.apart_s *= 2
        fewer = self.landmarks[::2].tobytes()
        self.times_s, self._landmarks = self.times_s[::2], array("f", fewer)
        for held in (self.values, self.errors):
            for key in held:
                held[key] = held[key][::2]

    @property
    def landmarks(self) -> NDArray[np.float32]:
        """Points (x, y) in px and visibility of every landmark at every moment, (moments, 33, 3); NaN = not seen."""
        return np.frombuffer(self._landmarks, np.float32).reshape(-1, *_NOBODY.shape)

    def pose_at(self, moment: int) -> Pose | None:
        """Return the person in the picture at a moment, None where nobody is seen."""
        points = self.landmarks[moment].astype(np.float64)
        if np.isnan(points).all():
            return None
        return Pose(self.times_s[moment], points[:, :2], _NOTHING, points[:, 2])

    def index_at(self, time_s: float) -> int:
        """Return the moment nearest to a time; there must be one."""
        return int(np.abs(np.array(self.times_s) - time_s).argmin())

    def value_at(self, key: str, time_s: float) -> float:
        """Return what a signal read at a time, NaN where it was not seen."""
        return self.values[key][self.index_at(time_s)] if self.times_s and key in self.values else math.nan


def packed_figure(tracks: Tracks) -> Mapping[str, object]:
    """Return the figure as the page plays it: times, and all landmarks as little-endian 16-bit numbers in base64."""
    chosen = _thinned(tracks.times_s)
    points = tracks.landmarks[chosen][:, [INDEX[name] for name in PARTS], :2].astype(np.float64)
    numbers = np.where(np.isfinite(points), np.clip(points, -20000, 20000), UNSEEN).round().astype("<i2")
    return {
        "times": [round(tracks.times_s[moment], 3) for moment in chosen],
        "points": base64.b64encode(numbers.tobytes()).decode("ascii"),
        "box": _box(points, _head_px(points)),
        "unseen": UNSEEN,
        "bones": _bones(),
        "head": [PARTS.index(name) for name in _HEAD],
        "head_px": _head_px(points),
    }


def _thinned(times_s: Sequence[float]) -> list[int]:
    """Return moments that are far enough apart."""
    if not times_s:
        return []
    apart_s = max(1.0 / FIGURE_FPS, (times_s[-1] - times_s[0]) / _MOST_MOMENTS)
    chosen = [0]
    for index, time_s in enumerate(times_s):
        if time_s - times_s[chosen[-1]] >= apart_s - 1e-3:
            chosen.append(index)
    return chosen


def _box(points: NDArray[np.float64], head_px: float) -> list[float]:
    """Return left, top, width and height of where the body is, with its round head and a margin, in px."""
    heads = points[:, [PARTS.index(name) for name in _HEAD]]
    seen = np.concatenate([points, heads - head_px, heads + head_px], axis=1).reshape(-1, 2)
    seen = seen[np.isfinite(seen).all(axis=1)]
    if not len(seen):
        return [0.0, 0.0, 640.0, 360.0]
    low, high = np.percentile(seen, 0.5, axis=0), np.percentile(seen, 99.5, axis=0)
    margin = 0.08 * max(float((high - low).max()), 20.0)
    left, top = (round(float(edge - margin), 1) for edge in low)
    width, height = (round(float(side + 2 * margin), 1) for side in high - low)
    return [left, top, width, height]


def _head_px(points: NDArray[np.float64]) -> float:
    """Return half the height of the head, in px, by the length of the trunk."""
    ends = [points[:, [PARTS.index(f"{side}_{part}") for side in SIDES]].mean(axis=1) for part in ("shoulder", "hip")]
    long_px = np.linalg.norm(ends[0] - ends[1], axis=1)
    seen = long_px[np.isfinite(long_px)]
    return round(HEAD_T * float(np.percentile(seen, 90)), 1) if len(seen) else 0.0


def _bones() -> list[list[int | str]]:
    """Return pairs of landmarks, as places in `PARTS`, and whose they are."""
    bones: list[list[int | str]] = []
    for side in SIDES:
        chains = (("shoulder", "elbow", "wrist"), ("shoulder", "hip", "knee", "ankle", "heel", "foot_index", "ankle"))
        for chain in chains:
            bones += [
                [PARTS.index(f"{side}_{start}"), PARTS.index(f"{side}_{end}"), side] for start, end in pairwise(chain)
            ]
    for start, end in (("left_shoulder", "right_shoulder"), ("left_hip", "right_hip")):
        bones.append([PARTS.index(start), PARTS.index(end), "middle"])
    return bones
