"""The picture that proves a fault: skeleton, angle and limit, at the moment that shows it best."""

import base64
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.body.signal import Signal
from formcheck.exercise.results import FaultResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise
from formcheck.output.angles import WorkingAngle, is_drawn
from formcheck.output.lettering import Image, Lettering
from formcheck.output.report.charts import Target, resolved, targets_of
from formcheck.output.report.tracks import HEAD_T, Tracks, keys_of
from formcheck.output.skeleton import MIDDLE, draw_angle, draw_limit, draw_rings, draw_skeleton
from formcheck.pose.pose import INDEX, SIDES, Pose, Side

LONGEST_PX = 560
_QUALITY = 78
_GROUND = 32
_MARGIN = 0.12

Pictures = Mapping[int, NDArray[np.uint8]]
"""Pictures of the recording by the number of their moment, BGR."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Which moment proves a fault, and which angle shows it.

    Attributes
    ----------
    moment
        Number of the moment.
    time_s
        Its time.
    target, side
        What was judged, and whose; None = only the body is drawn.
    """

    moment: int
    time_s: float
    target: Target | None
    side: Side | None

    @property
    def drawn(self) -> Target | None:
        """What was judged, if it is an angle that can be drawn at its joint."""
        return self.target if self.target is not None and is_drawn(self.target.signal) else None


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle as it is drawn, in degrees: what was measured, its limit, and what it was at rest if the change counts."""

    value: float
    limit: float
    rest: float | None


def proof_of(fault: FaultResult, session: Session, exercise: Exercise, tracks: Tracks) -> Proof | None:
    """Return what proves a fault, None if nobody is seen in its time."""
    within = range(
        bisect_left(tracks.times_s, fault.start_s - tracks.apart_s),
        bisect_right(tracks.times_s, fault.end_s + tracks.apart_s),
    )
    inside = [moment for moment in within if tracks.pose_at(moment) is not None]
    if not inside:
        return None
    rep = next((item for item in session.reps if item.number == fault.rep), None)
    check = next((item for item in exercise.checks if item.id == fault.id), None)
    if rep is not None and check is not None:
        for target in targets_of(check):
            for key, side in keys_of(target.signal):
                if side is not None and (resolved(target.role, rep) or side) != side:
                    continue
                best = _nearest(inside, tracks, key, fault.measured + _rest(target, key, rep, tracks))
                if best is not None:
                    return Proof(best, tracks.times_s[best], target, side)
    middle = inside[len(inside) // 2]
    return Proof(middle, tracks.times_s[middle], None, None)


def angle_of(fault: FaultResult, proof: Proof, session: Session, tracks: Tracks) -> Angle | None:
    """Return the angle that is drawn in the picture of a proof, None if there is none."""
    target = proof.drawn
    if target is None:
        return None
    rep = next(item for item in session.reps if item.number == fault.rep)
    key = target.signal.name + ("" if proof.side is None else f".{proof.side}")
    rest = _rest(target, key, rep, tracks)
    return Angle(abs(fault.measured + rest), abs(fault.limit + rest), rest if target.from_rest else None)


def picture_of(fault: FaultResult, proof: Proof, session: Session, tracks: Tracks, pictures: Pictures) -> str:
    """Return a picture as a ``data:`` address: of the recording where there is one, else of the figure alone."""
    pose = tracks.pose_at(proof.moment)
    assert pose is not None  # the moment was chosen so
    picture = pictures.get(proof.moment)
    image, pose = _on_ground(pose) if picture is None else _fitted(picture, pose)
    line_px = max(2, round(max(image.shape[:2]) / 220))
    if picture is None:
        _draw_head(image, pose, line_px)
    draw_skeleton(image, pose, line_px)
    angle = angle_of(fault, proof, session, tracks)
    if angle is None and proof.target is not None:
        draw_rings(image, pose, list(_measured_at(proof.target.signal, proof.side)), line_px)
    if proof.drawn is not None and angle is not None:
        mark = WorkingAngle(proof.drawn.signal).at(proof.side, angle.value)
        draw_limit(image, pose, mark, angle.limit, line_px)
        draw_angle(image, pose, mark, Lettering(), line_px, max(16, round(max(image.shape[:2]) / 22)))
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode("ascii") if done else ""


def _nearest(inside: list[int], tracks: Tracks, key: str, value: float) -> int | None:
    """Return the moment at which a signal read most nearly what was judged."""
    values = np.array([tracks.values[key][index] for index in inside]) if key in tracks.values else np.array([math.nan])
    if not np.isfinite(values).any() or not math.isfinite(value):
        return None
    return inside[int(np.nanargmin(np.abs(values - value)))]


def _rest(target: Target, key: str, rep: Rep, tracks: Tracks) -> float:
    """Return what is added to a change from rest, to get what is read."""
    return tracks.value_at(key, rep.start_s) if target.from_rest else 0.0


def _fitted(picture: NDArray[np.uint8], pose: Pose) -> tuple[Image, Pose]:
    scale = min(1.0, LONGEST_PX / max(picture.shape[:2]))
    size_wh = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    image = np.asarray(cv2.resize(picture, size_wh, interpolation=cv2.INTER_AREA), np.uint8).copy()
    return image, replace(pose, image_px=pose.image_px * scale)


def _measured_at(signal: Signal, side: Side | None) -> Iterator[str]:
    """Yield the landmarks that a signal of a side is measured by; of the body's it is those of both sides."""
    for part in signal.landmarks:
        yield from (f"{one}_{part}" for one in SIDES if side in (one, None))


def _draw_head(image: Image, pose: Pose, line_px: int) -> None:
    points = [pose.image_px[INDEX[name]] for name in ("nose", "left_ear", "right_ear")]
    seen = [point for point in points if np.isfinite(point).all()]
    ends = [np.mean([pose.image_px[INDEX[f"{side}_{part}"]] for side in SIDES], axis=0) for part in ("shoulder", "hip")]
    torso_px = float(np.linalg.norm(ends[0] - ends[1]))
    if seen and math.isfinite(torso_px):
        x, y = np.mean(seen, axis=0)
        cv2.circle(image, (round(x), round(y)), max(2, round(HEAD_T * torso_px)), MIDDLE, line_px, cv2.LINE_AA)


def _on_ground(pose: Pose) -> tuple[Image, Pose]:
    """Return an empty picture round the body, and the body in it."""
    seen = pose.image_px[np.isfinite(pose.image_px).all(axis=1)]
    low, high = seen.min(axis=0), seen.max(axis=0)
    side = max(float((high - low).max()), 1.0) * (1 + 2 * _MARGIN)
    scale = LONGEST_PX / side
    middle = (low + high) / 2
    height = max(0.5 * side, float((high - low)[1]) * (1 + 2 * _MARGIN))
    image: Image = np.full((round(height * scale), LONGEST_PX, 3), _GROUND, np.uint8)
    corner = middle - np.array([side / 2, height / 2])
    return image, replace(pose, image_px=(pose.image_px - corner) * scale)
