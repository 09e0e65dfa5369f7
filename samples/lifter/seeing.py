"""Random cameras, and landmarks that err as a pose model's do: what the net is shown of a posture, and what it is to say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.body.lens import USUAL_FOV_DEG
from formcheck.body.lifted import LOOKED_AT, ROWS, inputs
from formcheck.body.view import View
from formcheck.pose.pose import MIRRORED, SIDES, Side, other_side

from ..evaluation.error_model import ANY, ErrorModel, Errors, flat, mirrored, mirrored_posture, reaching
from ..evaluation.posed import kind_of
from ..figure import quantities as q
from ..figure.geometry import Array
from .postures import Group

Flags = NDArray[np.bool_]

OBLIQUE_SHARE, OBLIQUE_DEG = 0.9, (15.0, 75.0)
"""Most cameras stand where the nets are needed."""
FOV_DEG = 48.0, 78.0
"""Angles of view over the longer side; the program takes all for the usual one unless told."""

MIRROR = [ROWS.tolist().index(MIRRORED[row]) for row in ROWS]
_COLUMN = {name: k for k, name in enumerate(LOOKED_AT)}
_LEGS = {side: [_COLUMN[f"{side}_{part}"] for part in ("knee", "ankle", "heel", "foot_index")] for side in SIDES}
_PARTS = (
    ("ankle", "heel", "foot_index"), ("knee", "ankle", "heel", "foot_index"), ("elbow", "wrist"), ("heel", "foot_index"),
    ("hip",), ("knee",),
)  # fmt: skip
_LIMBS = [[_COLUMN[f"{side}_{part}"] for part in parts] for side in SIDES for parts in _PARTS]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Postures to be seen.

    Attributes
    ----------
    points_m
        (n, 33, 3); x forward, y left, z up.
    moved_m
        (n, 33, 3) how far each is from where it is on the mean of its movement.
    exercises
        (n,) whose errors of landmarks they are seen with.
    trunks_m
        (n,) lengths.
    truth
        (n, 2, 2) what is to be said of the nearer and the farther knee if the left or the right side is nearer.
    """

    points_m: Array
    moved_m: Array
    exercises: Array
    trunks_m: Array
    truth: Array


def bodies_of(made: Sequence[Group]) -> Bodies:
    """Return the bodies of these movements."""
    points = np.concatenate([item.points_m for item in made])
    sizes = [len(item.points_m) for item in made]
    return Bodies(
        points_m=points.astype(np.float32),
        moved_m=np.concatenate([item.points_m - item.points_m.mean(axis=0) for item in made]).astype(np.float32),
        exercises=np.repeat([item.exercise for item in made], sizes),
        trunks_m=np.repeat([item.trunk_m for item in made], sizes),
        truth=np.stack([knees(points, side) for side in SIDES], axis=1).astype(np.float32),
    )


def knees(points: Array, near: Side) -> Array:
    """Return (n, 2) how far the knees of (n, 33, 3) landmarks are bent, that of the nearer side first."""
    return np.stack([q.knee_flexion(points, side) for side in (near, other_side(near))], axis=-1)


def seen(bodies: Bodies, model: ErrorModel, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return (n, inputs) and (n, 2) answers in degrees as one random camera each sees the bodies."""
    n = len(bodies.points_m)
    azimuth = np.where(
        rng.random(n) < OBLIQUE_SHARE,
        rng.choice([-1.0, 1.0], n) * rng.uniform(*OBLIQUE_DEG, n),
        rng.uniform(-180.0, 180.0, n),
    )
    distance = np.exp(rng.uniform(np.log(1.7), np.log(4.5), n))
    height = np.where(rng.random(n) < 0.4, rng.uniform(0.25, 0.75, n), rng.uniform(0.6, 1.6, n))
    middle = (bodies.points_m.min(axis=1) + bodies.points_m.max(axis=1)) / 2
    aim = middle[:, 2] + rng.normal(0.0, 0.12, n)
    pitch_deg = np.degrees(np.arctan2(height - aim, distance)) * rng.uniform(0.3, 1.1, n) + rng.normal(0.0, 2.0, n)
    axes = _axes(azimuth, pitch_deg, rng.normal(0.0, 1.2, n))
    radians = np.radians(azimuth)
    away = np.stack([np.cos(radians), np.sin(radians)], axis=1) * distance[:, None]
    eye = np.concatenate([middle[:, :2] + away, height[:, None]], axis=1)
    place = (bodies.points_m - eye[:, None]) @ axes.transpose(0, 2, 1)
    place[..., 0] += rng.normal(0.0, 0.15, n)[:, None]
    depth = np.maximum(place[..., 2], 0.3)
    left_near = _left_nearer(place, rng)
    picture = (place[..., :2] / depth[..., None])[:, ROWS]
    torso = (bodies.trunks_m / depth[:, ROWS[9:11]].mean(axis=1))[:, None, None]
    about = bodies.moved_m @ axes.transpose(0, 2, 1) / bodies.trunks_m[:, None, None]
    picture = picture + torso * _errors(bodies.exercises, azimuth, about, model, rng)
    far = np.where(left_near, 1, 0)
    _lose(picture, torso[:, 0, 0], far, rng)
    fov = np.exp(rng.uniform(np.log(FOV_DEG[0]), np.log(FOV_DEG[1]), n))
    picture = picture * (np.tan(np.radians(USUAL_FOV_DEG / 2)) / np.tan(np.radians(fov / 2)))[:, None, None]
    tilt = np.where(rng.random(n) < 0.5, pitch_deg + rng.normal(0.0, 2.5, n), np.nan)
    # The right side is nearer, or the body is mirrored.
    flipped = picture[:, MIRROR] * [-1.0, 1.0]
    picture = np.where(left_near[:, None, None], flipped, picture)
    said = bodies.truth[np.arange(n), np.where(left_near, SIDES.index("left"), SIDES.index("right"))]
    return inputs(picture, tilt).astype(np.float32), said


def _axes(azimuth_deg: Array, pitch_deg: Array, roll_deg: Array) -> Array:
    """Return (n, 3, 3): rows are the picture's right, its down, and away from the camera."""
    a, p, r = np.radians(azimuth_deg), np.radians(pitch_deg), np.radians(roll_deg)[:, None]
    right = np.stack([-np.sin(a), np.cos(a), 0.0 * a], axis=1)
    away = -np.stack([np.cos(a) * np.cos(p), np.sin(a) * np.cos(p), np.sin(p)], axis=1)
    down = np.cross(away, right)
    return np.stack([np.cos(r) * right - np.sin(r) * down, np.sin(r) * right + np.cos(r) * down, away], axis=1)


def _left_nearer(place: Array, rng: np.random.Generator) -> Flags:
    """Return whether the left side seems to be nearer: of a body that faces the camera, nobody can tell."""
    across = np.sum(
        [q.at(place, f"left_{part}") - q.at(place, f"right_{part}") for part in ("hip", "shoulder")], axis=0
    )
    turn = np.degrees(np.arctan2(-across[..., 2], across[..., 0]))
    seems = turn + rng.normal(0.0, 6.0, len(turn))
    return np.asarray((seems % 360.0) < 180.0)


def _errors(exercises: Array, azimuth: Array, about: Array, model: ErrorModel, rng: np.random.Generator) -> Array:
    """Return (n, 19, 2) errors in torso lengths."""
    n = len(azimuth)
    found = np.zeros((n, len(ROWS), 2))
    kinds = np.array([str(kind_of(float(item))) for item in azimuth])
    left = ((azimuth + 180.0) % 360.0 - 180.0) > 0.0
    names = np.where(rng.random(n) < 0.4, ANY, exercises)
    bias_share, drift_share = rng.normal(1.0, 0.35, n), np.exp(rng.normal(0.15, 0.3, n))
    for name in np.unique(names):
        for kind in np.unique(kinds):
            for is_left in (False, True):
                rows = np.flatnonzero((names == name) & (kinds == kind) & (left == is_left))
                if len(rows):
                    errors = (
                        model.get((str(name), View(kind))) or model.get((ANY, View(kind))) or model[ANY, View.FRONT]
                    )
                    found[rows] = _drawn(
                        errors, about[rows], bias_share[rows], drift_share[rows], rng, left_near=is_left
                    )
    rest = np.abs(rng.normal(0.0, 0.025, (n, 1, 1)))
    return found + rest * rng.normal(size=found.shape)


def _drawn(
    errors: Errors, about: Array, bias_share: Array, drift_share: Array, rng: np.random.Generator, *, left_near: bool
) -> Array:
    n = len(about)
    clips = rng.integers(len(errors.offsets), size=n)
    far = reaching(flat(mirrored_posture(about) if left_near else about) @ flat(errors.postures).T)
    in_picture = (slice(None), slice(0, 2))
    lasting = errors.offsets[clips][:, *in_picture]
    for way in range(far.shape[1]):
        lasting = lasting + far[:, way, None, None] * errors.by_posture[clips, way][:, *in_picture]
    drift = np.tensordot(rng.normal(size=(n, len(errors.shapes))), errors.shapes[:, *in_picture], 1)
    drift = drift + errors.rest[in_picture] * rng.normal(size=(n, 33, 2))
    total = bias_share[:, None, None] * lasting + drift_share[:, None, None] * drift
    if left_near:
        total = mirrored(np.concatenate([total, np.zeros((n, 33, 3))], axis=-1))[..., :2]
    return np.asarray(total[:, ROWS])


def _lose(picture: Array, torso: Array, far: Array, rng: np.random.Generator) -> None:
    """Misplace a limb, draw the farther leg onto the nearer one, or swap both, now and then; in place."""
    n = len(picture)
    for row in np.flatnonzero(rng.random(n) < 0.05):
        limb = _LIMBS[int(rng.integers(len(_LIMBS)))]
        picture[row, limb] += rng.normal(0.0, 0.25, 2) * torso[row]
    for row in np.flatnonzero(rng.random(n) < 0.06):
        behind, before = (_LEGS[SIDES[k]] for k in (far[row], 1 - far[row]))
        first = int(rng.random() < 0.4)
        share = rng.uniform(0.4, 1.05)
        picture[row, behind[first:]] = (1.0 - share) * picture[row, behind[first:]] + share * picture[
            row, before[first:]
        ]
        picture[row, behind[first:]] += rng.normal(0.0, 0.05, 2) * torso[row]
    for row in np.flatnonzero(rng.random(n) < 0.02):
        both, turned = _LEGS["left"] + _LEGS["right"], _LEGS["right"] + _LEGS["left"]
        picture[row, both] = picture[row, turned]
    # Hips are seen closer together, or wider apart, than they are.
    rows = np.flatnonzero(rng.random(n) < 0.4)
    hips = [_COLUMN["left_hip"], _COLUMN["right_hip"]]
    seen_hips = picture[rows][:, hips]
    middle = seen_hips.mean(axis=1, keepdims=True)
    picture[rows[:, None], hips] = middle + rng.uniform(0.45, 1.1, (len(rows), 1, 1)) * (seen_hips - middle)
