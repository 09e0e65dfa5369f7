"""What may tell of a criterion: every angle, line and way between its landmarks in the picture and in space, and today's signals."""

from collections.abc import Iterator
from itertools import chain, combinations

import numpy as np

from formcheck.body.body import body_of
from formcheck.body.lens import Lens
from formcheck.body.lift import Floor
from formcheck.body.lifted import Lifted
from formcheck.body.signals import SIGNALS
from formcheck.body.view import View, body_yaw_deg
from formcheck.pose.pose import INDEX, Pose, Side

from ..figure.geometry import Array
from .criteria import FLOOR_SIGNALS, KNEE_INSIDE, Criterion, landmarks_of
from .posed import SIZE_PX
from .seen_bodies import FOV_DEG, SeenBodies

Candidate = tuple[str, str, Array]
"""Family, name, and (n,) values."""

TODAY = "today's signal"
DIAGONALS = "angle between the trunk's diagonals"
"""From the hip of each side to the other shoulder: hips and shoulders err in opposite ways as a trunk rolls."""
AHEAD_T, FOOT_T = 0.40, 0.42
"""How far the knee is ahead of the ankle in the shift, usually, and how long a foot is from heel to toe, in torso lengths."""
SHORTEST_T = 0.12
"""A line that is usually seen shorter than this has no direction."""
ROUND = ("angle", "slope", "yaw")


def candidates(criterion: Criterion, seen: SeenBodies) -> Iterator[Candidate]:
    """Yield all measures of a criterion's landmarks: in the end position, and as the change from one's own start."""
    names = landmarks_of(criterion)
    both = criterion.when == "peak"
    for place, points in (("picture", seen.plane), ("space", seen.space)):
        for name, values in chain(_of_points(points, names, place), _made_up(criterion, points, place)):
            if name.startswith(ROUND):
                yield f"angle in the {place}", name, _unwrapped(values[:, 1])
                if both:
                    yield f"angle in the {place}", f"change of {name}", _turned(values[:, 1] - values[:, 0])
            else:
                yield f"way in the {place}", name, values[:, 1]
                if both:
                    yield f"way in the {place}", f"change of {name}", values[:, 1] - values[:, 0]
    yield from _signals(criterion, seen)


def _of_points(points: Array, names: tuple[str, ...], place: str) -> Iterator[tuple[str, Array]]:
    """Yield (n, 2) values of every pair and every triple in their order."""
    at = {name: _at(points, name) for name in names}
    for first, last in combinations(names, 2):
        line = at[last] - at[first]
        length = np.linalg.norm(line, axis=-1)
        ends = f"{_short(first)} to {_short(last)}"
        yield f"rise from {ends}", line[..., 1]
        if place == "picture":
            yield f"way across from {ends}", line[..., 0]
            yield f"length from {ends}", length
            if np.median(length[:, 1]) > SHORTEST_T:
                yield f"slope of {ends}", np.degrees(np.arctan2(line[..., 0], line[..., 1]))
        else:
            level = np.linalg.norm(line[..., [0, 2]], axis=-1)
            yield f"slope of {ends}", np.degrees(np.arctan2(level, line[..., 1]))
            if np.median(level[:, 1]) > SHORTEST_T:
                yield f"yaw of {ends}", np.degrees(np.arctan2(line[..., 2], line[..., 0]))
    for a, b, c in combinations(names, 3):
        one, two = at[a] - at[b], at[c] - at[b]
        lengths = np.linalg.norm(one, axis=-1) * np.linalg.norm(two, axis=-1)
        if np.median(lengths) > SHORTEST_T**2:
            cosine = np.sum(one * two, axis=-1) / np.maximum(lengths, 1e-9)
            name = f"angle {_short(a)}, {_short(b)}, {_short(c)}"
            yield name, np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def _made_up(criterion: Criterion, points: Array, place: str) -> Iterator[tuple[str, Array]]:
    """Yield measures that somebody thought of."""
    if place != "picture":
        return
    if criterion.signal == KNEE_INSIDE:
        knee, foot = (
            _at(points, f"right_{last}")[..., 0] - _at(points, f"right_{first}")[..., 0]
            for first, last in (("ankle", "knee"), ("heel", "foot_index"))
        )
        yield "way across from the foot's axis to the knee", knee - AHEAD_T / FOOT_T * foot
    if criterion.signal.endswith("_roll_deg"):
        slopes = [
            np.degrees(np.arctan2(line[..., 0], line[..., 1]))
            for line in (
                _at(points, "left_shoulder") - _at(points, "right_hip"),
                _at(points, "left_hip") - _at(points, "right_shoulder"),
            )
        ]
        yield DIAGONALS, _turned(slopes[0] - slopes[1])


def _at(points: Array, name: str) -> Array:
    if name.startswith("mid_"):
        return (_at(points, f"left_{name[4:]}") + _at(points, f"right_{name[4:]}")) / 2
    return np.asarray(points[:, :, INDEX[name]])


def _short(name: str) -> str:
    """Return a landmark's name by its role: repetitions are those of the right side."""
    return name.replace("right_", "").replace("left_", "other ").replace("mid_", "mid-").replace("foot_index", "toe")


def _turned(angles: Array) -> Array:
    return np.asarray((angles + 180.0) % 360.0 - 180.0)


def _unwrapped(angles: Array) -> Array:
    """Return directions as angles around their mean: those that point down are near 180 degrees and near -180."""
    radians = np.radians(angles)
    middle = np.degrees(np.arctan2(np.sin(radians).mean(), np.cos(radians).mean()))
    return np.asarray(middle + _turned(angles - middle))


def _signals(criterion: Criterion, seen: SeenBodies) -> Iterator[Candidate]:
    """Yield the signal of the project that measures a criterion, as the rule uses it, if there is one."""
    signal = next((item for item in SIGNALS if item.name == criterion.signal), None)
    if signal is None:
        return
    side = "left" if criterion.role == "other" else "right"
    is_floor = signal.name in FLOOR_SIGNALS
    near: Side = "left" if seen.place.left_near else "right"
    lens = Lens(SIZE_PX, FOV_DEG)
    values = np.full(seen.plane.shape[:2], np.nan)
    for person, torso_px in enumerate(seen.torsos_px):
        for position in (0, 1) if criterion.changes else (1,):
            image = seen.image_px[person, position]
            calibration = seen.calibrations[person]
            world = seen.space[person, position] * [1.0, -1.0, 1.0] * calibration.torso_m
            floor = Floor(image, lens, seen.tilt_deg) if is_floor else None
            pose = Pose(0.0, image, world, np.ones(33))
            lifted = Lifted(image, lens, None, near) if seen.place.kind is View.OBLIQUE else None
            body = body_of(
                pose,
                torso_px,
                calibration,
                seen.place.kind,
                near,
                floor,
                body_yaw_deg(pose),
                lifted,
            )
            values[person, position] = signal.compute(body, side) if signal.sided else signal.compute(body)
    change = values[:, 1] - values[:, 0]
    yield (
        TODAY,
        signal.name,
        (_turned(change) if signal.unit == "deg" else change) if criterion.changes else values[:, 1],
    )
