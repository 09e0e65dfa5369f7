"""The person's own proportions and the scale of the picture, learnt from the landmarks.

Three sources, best first: 2 s of standing still and facing the camera; the running median of what was seen;
the documented defaults.
"""

import math
from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np

from formcheck.body.geometry import Point, midpoint, norm, subtract
from formcheck.body.view import body_yaw_deg
from formcheck.pose.pose import INDEX, Pose
from formcheck.pose.running_median import RunningMedian
from formcheck.pose.scale import MAIN, pixels_per_metre, torso_length_m

Source = Literal["standing", "running", "default"]

STANDING_S = 2.0
"""How long to stand still for a calibration (rules/METHOD.md, chapter 1)."""
STANDING_TURN_DEG = 25.0
STANDING_SWAY = 0.04
"""Joints that move less than this share of the torso within the 2 s stand still (judgement)."""
UPRIGHT_DEG = 40.0
"""Nobody who stands leans more, by however much the camera is rolled or tilted (judgement)."""
RUNNING_FROM_S = 1.0
RUNNING_WINDOW_S = 10.0
RUNNING_EVERY_S = 0.1
SCALE_WINDOW_S = 1.0

_SEGMENTS = {
    "thigh": (("left_hip", "left_knee"), ("right_hip", "right_knee")),
    "shank": (("left_knee", "left_ankle"), ("right_knee", "right_ankle")),
    "hip_width": (("left_hip", "right_hip"),),
    "shoulder_width": (("left_shoulder", "right_shoulder"),),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """Proportions of one person.

    Attributes
    ----------
    source
        Where they come from. ``default`` until a second was seen: what was measured so far is used, since a jump later
        would look like a movement, but proves little.
    torso_m
        Mid-shoulder to mid-hip, in the metres of the world landmarks.
    thigh, shank, hip_width, shoulder_width
        In torso lengths. Defaults: 0.42 and 0.70 for the widths (rules/METHOD.md, chapter 1, judgement), 0.85 for
        thigh and shank (judgement: segment tables of adults give 0.8 to 0.9).
    """

    source: Source = "default"
    torso_m: float = 0.5
    thigh: float = 0.85
    shank: float = 0.85
    hip_width: float = 0.42
    shoulder_width: float = 0.70

    @property
    def leg(self) -> float:
        """Thigh plus shank in torso lengths."""
        return self.thigh + self.shank


class Calibrator:
    """Learns the calibration of one person; `reset` for another one."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything: another scene or person."""
        self.calibration = Calibration()
        self._scales: deque[tuple[float, float]] = deque()
        self._lengths = _no_lengths()
        self._times_s: deque[float] = deque()
        self._stance: deque[Pose] = deque()

    @property
    def torso_px(self) -> float:
        """Length of the torso in the picture if it were seen square on, in px; NaN before anything was seen."""
        if not self._scales:
            return math.nan
        return median(scale for _, scale in self._scales) * self.calibration.torso_m

    def update(self, pose: Pose) -> Calibration:
        """Return the calibration after this pose."""
        scale = pixels_per_metre(pose)
        if scale > 0:
            self._scales.append((pose.time_s, scale))
        while self._scales and pose.time_s - self._scales[0][0] > SCALE_WINDOW_S:
            self._scales.popleft()
        if self.calibration.source != "standing":
            self._run(pose)
            self._stand(pose)
        return self.calibration

    def _run(self, pose: Pose) -> None:
        if self._times_s and pose.time_s - self._times_s[-1] < RUNNING_EVERY_S * 0.99:
            return
        lengths = _segment_lengths(pose)
        if math.isnan(lengths["torso"]):
            return
        self._times_s.append(pose.time_s)
        while pose.time_s - self._times_s[0] > RUNNING_WINDOW_S:
            self._times_s.popleft()
        self._learn(pose.time_s, lengths)
        long_enough = pose.time_s - self._times_s[0] >= RUNNING_FROM_S
        self.calibration = self._from_lengths("running" if long_enough else "default")

    def _stand(self, pose: Pose) -> None:
        if not _stands_facing(pose):
            self._stance.clear()
            return
        self._stance.append(pose)
        while pose.time_s - self._stance[0].time_s > STANDING_S + 0.2:
            self._stance.popleft()
        if pose.time_s - self._stance[0].time_s < STANDING_S:
            return
        joints = np.stack([item.image_px[MAIN] for item in self._stance])
        sway = float(np.ptp(joints, axis=0).max())
        if sway < STANDING_SWAY * self.torso_px:
            self._lengths = _no_lengths()
            for item in self._stance:
                self._learn(item.time_s, _segment_lengths(item))
            self.calibration = self._from_lengths("standing")

    def _learn(self, time_s: float, lengths: dict[str, float]) -> None:
        for name, usual in self._lengths.items():
            usual.forget(time_s)
            if not math.isnan(lengths[name]):
                usual.keep(time_s, lengths[name])

    def _from_lengths(self, source: Source) -> Calibration:
        """Return the proportions that the lengths make; what was never seen keeps its default."""
        usual = {name: lengths.median for name, lengths in self._lengths.items() if lengths.count}
        torso = usual.pop("torso")
        return Calibration(source, torso, **{name: length / torso for name, length in usual.items()})


def _no_lengths() -> dict[str, RunningMedian]:
    return {name: RunningMedian(RUNNING_WINDOW_S, every_s=0.0) for name in ("torso", *_SEGMENTS)}


def _segment_lengths(pose: Pose) -> dict[str, float]:
    lengths = {"torso": torso_length_m(pose)}
    for name, pairs in _SEGMENTS.items():
        values = [float(np.linalg.norm(pose.world_m[INDEX[a]] - pose.world_m[INDEX[b]])) for a, b in pairs]
        seen = [value for value in values if not math.isnan(value)]
        lengths[name] = sum(seen) / len(seen) if seen else math.nan
    return lengths


def _stands_facing(pose: Pose) -> bool:
    return stands_straight(pose) and abs(body_yaw_deg(pose)) < STANDING_TURN_DEG


def stands_straight(pose: Pose, leg_share: float = 0.0) -> bool:
    """Return whether trunk, thighs and shanks are upright, in the picture and in space.

    A plank slopes by 22°, so that there too each joint is higher than the next. And somebody who lies with the head away
    from the camera looks upright in the picture, but not in space.

    `leg_share` is the least height of each hip over its ankle, over that of the trunk.
    """
    points = pose.image_px.take(MAIN, axis=0).tolist()
    for side in (0, 1):
        # What is not seen is NaN, and no comparison holds.
        shoulder, hip, knee, ankle = [y for _, y in points[side::2]]
        trunk, thigh, shank = hip - shoulder, knee - hip, ankle - knee
        if not (trunk > 0 and thigh > 0.6 * trunk and shank > 0.6 * trunk and thigh + shank > leg_share * trunk):
            return False
    return all(_is_upright(line) for line in (*_lines(points), *_lines(pose.world_m.take(MAIN, axis=0).tolist())))


def _lines(points: list[Point]) -> tuple[Point, Point]:
    """Return the ways down from mid-shoulder to mid-hip and from there to mid-ankle."""
    shoulders, hips, _, ankles = [midpoint(*points[i : i + 2]) for i in range(0, len(points), 2)]
    return subtract(hips, shoulders), subtract(ankles, hips)


def _is_upright(line: Point) -> bool:
    return line[1] > math.cos(math.radians(UPRIGHT_DEG)) * norm(line)
