"""How others count repetitions: each watches the angle of the one joint that carries the exercise, on both sides."""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import INDEX, SIDES, Observation, Side
from samples.figure import best_view, bouncing, movement, observe

UP, DOWN, MIDDLE = 0.7, 0.3, 0.5
"""Shares of the way from rest to the end position."""
TRAVEL_DEG, BACK = 30.0, 0.7
COCO = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
    "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip
"""The landmarks that AIGym counts by, in its order."""

Angles = NDArray[np.float64]
Limits = tuple[float, float]
"""The angle at rest and in the end position."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What carries an exercise, as a simple counter would watch it."""

    parts: tuple[str, str, str]
    """From, at and to which the angle is measured."""

    def names(self, side: Side) -> list[str]:
        """Return the names of its landmarks."""
        return [f"{side}_{part}" for part in self.parts]

    def landmarks(self, side: Side) -> list[int]:
        """Return the indices of its landmarks."""
        return [INDEX[name] for name in self.names(side)]

    def bent_deg(self, points: NDArray[np.float64], side: Side) -> Angles:
        """Return how far it is bent, 0 = straight, in (n, 33, 2) points of the picture or (n, 33, 3) of space."""
        first, middle, last = np.moveaxis(points[:, self.landmarks(side)], 1, 0)
        one, other = first - middle, last - middle
        cosine = (one * other).sum(axis=1) / (np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1) + 1e-9)
        angles: Angles = 180 - np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        return angles


HIP, KNEE = Joint(("shoulder", "hip", "knee")), Joint(("hip", "knee", "ankle"))
JOINTS = {"hip_flexion": HIP, "lateral_lunge": KNEE, "dead_bug": HIP}
LEVELS: dict[str, str | None] = {"hip_flexion": "free", "lateral_lunge": "step_out", "dead_bug": "basic"}


@dataclass(frozen=True, slots=True)
class Row:
    """A performance whose repetitions are known, from so many to so many."""

    name: str
    exercise: str
    level: str | None
    seen: Sequence[Observation]
    least: int
    most: int
    size_wh: tuple[int, int] = (1280, 720)
    model: str = "heavy"
    both_at_once: bool = False
    """Both legs do each repetition."""

    def both(self, left_and_right: Sequence[int]) -> int:
        """Return how many repetitions are meant where so many were counted on each side."""
        return max(left_and_right) if self.both_at_once else sum(left_and_right)

    def points_px(self) -> NDArray[np.float64]:
        """Return the landmarks in the picture, (n, 33, 2), wherever somebody was seen."""
        poses = [one.pose.image_px for one in self.seen if one.pose is not None]
        points = np.array(poses) if poses else np.zeros((0, len(INDEX), 2))
        return points[np.isfinite(points).all(axis=(1, 2))]

    @property
    def truth(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


Counter = Callable[[Row], int]


def limits_of(name: str) -> Limits:
    """Return the angle of the textbook figure at rest and in the end position, on the side that moves first."""
    points = np.array([one.pose.image_px for one in observe(movement(name, LEVELS[name]), best_view(name)) if one.pose])
    moving = max((JOINTS[name].bent_deg(points, side) for side in SIDES), key=lambda way: float(np.ptp(way)))
    rest = float(moving[0])
    return rest, max(map(float, (moving.min(), moving.max())), key=lambda value: abs(value - rest))


def low_of_bouncing(name: str, goal: float) -> float:
    """Return how far the figure's movement goes back for the joint, in space, to stand at this share of its way."""

    def share(low: float) -> float:
        rest, end, back = bouncing(name, LEVELS[name], low=low, lead_s=1.0, period_s=1.0).pose_at(
            np.array([0, 3.0, 3.5])
        )
        bends = JOINTS[name].bent_deg(np.array([rest, end, back]), "right")
        return float((bends[2] - bends[0]) / (bends[1] - bends[0]))

    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (low, middle) if share(middle) > goal else (middle, high)
    return (low + high) / 2


class TwoThresholds:
    """Counts each way over `UP` that comes after one under `DOWN`."""

    def __init__(self, limits: dict[str, Limits]) -> None:
        self._limits = limits

    def __call__(self, row: Row) -> int:
        """Count."""
        (rest, end), points, counts = self._limits[row.exercise], row.points_px(), [0, 0]
        for number, side in enumerate(SIDES):
            is_up = False
            for share in (JOINTS[row.exercise].bent_deg(points, side) - rest) / (end - rest):
                if not is_up and share > UP:
                    is_up = True
                    counts[number] += 1
                elif share < DOWN:
                    is_up = False
        return row.both(counts)


class TurningPoints:
    """Counts each rise of `TRAVEL_DEG`, or half the way, that is taken back by `BACK`."""

    def __init__(self, limits: dict[str, Limits]) -> None:
        self._limits = limits

    def __call__(self, row: Row) -> int:
        """Count."""
        rest, end = self._limits[row.exercise]
        travel, points, counts = min(TRAVEL_DEG, MIDDLE * abs(end - rest)), row.points_px(), [0, 0]
        for number, side in enumerate(SIDES):
            low, high, start = np.inf, None, 0.0
            for angle in np.sign(end - rest) * JOINTS[row.exercise].bent_deg(points, side):
                if high is None:
                    low = min(low, angle)
                    if angle - low >= travel:
                        start, high = low, angle
                else:
                    high = max(high, angle)
                    if high - angle >= BACK * (high - start):
                        counts[number] += 1
                        low, high = angle, None
        return row.both(counts)


class Trackerfit:
    """Counts as trackerfit does, picture by picture, its limit being the middle between rest and end position."""

    def __init__(self, limits: dict[str, Limits]) -> None:
        from trackerfit.ejercicios.ejercicio import Ejercicio
        from trackerfit.utils.tipo_esfuerzo_enum import TipoEsfuerzo

        self._limits, self._counter, self._kinds = limits, Ejercicio, TipoEsfuerzo

    def __call__(self, row: Row) -> int:
        """Count."""
        rest, end = self._limits[row.exercise]
        # It takes the angle between the bones: 180 = straight.
        limit = 180 - (rest + MIDDLE * (end - rest))
        kind = self._kinds.CONTRACCION if end > rest else self._kinds.AMPLITUD
        joint = JOINTS[row.exercise]
        counters: list[Any] = [self._counter(limit, limit, tuple(joint.landmarks(side)), kind) for side in SIDES]
        for picture in row.points_px().tolist():
            points = {index: {"x": int(x), "y": int(y)} for index, (x, y) in enumerate(picture)}
            for counter in counters:
                counter.actualizar(points)
        return row.both([counter.get_reps() for counter in counters])


class AIGymCounter:
    """Counts as AIGym of Ultralytics does: by its own `process`, which is given our landmarks as what its model saw."""

    def __init__(self, limits: dict[str, Limits], *, as_it_comes: bool) -> None:
        # It would look for newer versions, install what it lacks and write into the home folder.
        folder = tempfile.gettempdir()
        os.environ |= {
            "YOLO_OFFLINE": "true",
            "YOLO_AUTOINSTALL": "false",
            "YOLO_CONFIG_DIR": folder,
            "YOLO_VERBOSE": "false",
        }
        import torch
        from ultralytics.solutions import AIGym

        class Told(AIGym):  # type: ignore[misc]
            """Sees what it is told."""

            seen: Any

            def extract_tracks(self, im0: NDArray[np.uint8]) -> None:
                """Take what was told as the one person in the picture."""
                self.boxes, self.track_ids = [im0], [1]
                self.tracks = SimpleNamespace(keypoints=SimpleNamespace(data=self.seen))

        self._gyms: dict[tuple[str, Side], Any] = {}
        self._tensor = torch.from_numpy
        for name, (rest, end) in limits.items():
            # It takes the angle between the bones: 180 = straight.
            angles = {"up_angle": 180 - (rest + DOWN * (end - rest)), "down_angle": 180 - (rest + UP * (end - rest))}
            for side in SIDES:
                # The model's plan comes with it, its weights do not; it is made, and never asked.
                self._gyms[name, side] = Told(
                    model="yolo26n-pose.yaml", kpts=[COCO.index(part) for part in JOINTS[name].names(side)],
                    show_labels=False, **({} if as_it_comes else angles),
                )  # fmt: skip

    def __call__(self, row: Row) -> int:
        """Count."""
        points = row.points_px()[:, [INDEX[name] for name in COCO]]
        people = np.concatenate([points, np.ones((*points.shape[:2], 1))], axis=2)[:, None]
        picture, counts = np.zeros((64, 64, 3), np.uint8), []
        for side in SIDES:
            gym = self._gyms[row.exercise, side]
            gym.states.clear()
            for person in people:
                gym.seen = self._tensor(person)
                gym.process(picture)
            counts.append(gym.states[1]["count"])
        return row.both(counts)
