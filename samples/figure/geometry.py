"""Rotations, frames and two-bone chains, vectorised over any leading axes.

World: x forward (where the standing figure faces), y to its left, z up, floor at z = 0; metres and degrees.
A rotation is a (..., 3, 3) matrix whose columns are a body part's forward, left and up axes.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

FORWARD = np.array([1.0, 0.0, 0.0])
LEFT = np.array([0.0, 1.0, 0.0])
UP = np.array([0.0, 0.0, 1.0])


def point(x: ArrayLike, y: ArrayLike, z: ArrayLike) -> Array:
    """Return (..., 3) points from coordinates that broadcast."""
    return np.stack(np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in (x, y, z))), axis=-1)


def column(value: ArrayLike) -> Array:
    """Return the values with one more axis, to scale vectors with."""
    spread: Array = np.asarray(value, dtype=float)[..., None]
    return spread


def dot(a: Array, b: Array) -> Array:
    """Return the inner product over the last axis."""
    return np.asarray(np.sum(a * b, axis=-1))


def unit(vectors: Array) -> Array:
    """Return vectors of length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))


def lerp(a: ArrayLike, b: ArrayLike, share: ArrayLike) -> Array:
    """Return a + (b - a) * share."""
    start, share = np.asarray(a, dtype=float), np.asarray(share, dtype=float)
    return np.asarray(start + (np.asarray(b, dtype=float) - start) * share)


def _about(axis: int, angle_deg: ArrayLike) -> Array:
    angle = np.radians(np.asarray(angle_deg, dtype=float))
    matrix = np.zeros((*angle.shape, 3, 3))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    matrix[..., axis, axis] = 1.0
    matrix[..., first, first] = matrix[..., second, second] = np.cos(angle)
    matrix[..., second, first] = np.sin(angle)
    matrix[..., first, second] = -np.sin(angle)
    return matrix


def rot_x(angle_deg: ArrayLike) -> Array:
    """Rotate about the forward axis; + raises the left side."""
    return _about(0, angle_deg)


def rot_y(angle_deg: ArrayLike) -> Array:
    """Rotate about the left axis; + tips the up axis forward."""
    return _about(1, angle_deg)


def rot_z(angle_deg: ArrayLike) -> Array:
    """Rotate about the up axis; + turns to the left."""
    return _about(2, angle_deg)


def apply(rotation: Array, vector: ArrayLike) -> Array:
    """Return the rotated (..., 3) vectors."""
    return np.asarray((rotation @ np.asarray(vector, dtype=float)[..., None])[..., 0])


def frame(up: Array, forward: Array) -> Array:
    """Return the rotation with exactly this up axis, its forward axis as near to `forward` as can be."""
    z = unit(up)
    x = unit(forward - column(dot(forward, z)) * z)
    y = np.cross(z, x)
    return np.stack(np.broadcast_arrays(x, y, z), axis=-1)


def reach(upper: float, lower: float, flexion_deg: ArrayLike) -> Array:
    """Return the distance between the ends of two bones whose joint is flexed by this angle (0 = straight)."""
    cosine = np.cos(np.radians(np.asarray(flexion_deg, dtype=float)))
    return np.asarray(np.sqrt(upper**2 + lower**2 + 2 * upper * lower * cosine))


def flexion(upper: float, lower: float, distance: ArrayLike) -> Array:
    """Return the joint's flexion in degrees that brings the ends of two bones to this distance."""
    cosine = (np.asarray(distance, dtype=float) ** 2 - upper**2 - lower**2) / (2 * upper * lower)
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def _joint_circle(root: Array, end: Array, upper: float, lower: float) -> tuple[Array, Array, Array]:
    """Return centre, radius and axis of the circle on which the joint between two bones may lie."""
    line = end - root
    distance = np.clip(np.linalg.norm(line, axis=-1), abs(upper - lower) + 1e-9, upper + lower)
    axis = unit(line)
    along = (upper**2 - lower**2 + distance**2) / (2 * distance)
    radius = np.sqrt(np.maximum(upper**2 - along**2, 0.0))
    return root + column(along) * axis, radius, axis


def two_bones(root: Array, end: Array, upper: float, lower: float, hint: Array) -> tuple[Array, Array]:
    """Return the unit directions of two bones from root to end, their joint pointing towards `hint`.

    An end out of reach gives straight bones pointing at it: lengths stay, the end does not arrive.
    """
    root, end = np.broadcast_arrays(root, end)
    centre, radius, axis = _joint_circle(root, end, upper, lower)
    aside = unit(hint - column(dot(hint, axis)) * axis)
    joint = centre + column(radius) * aside
    distance = np.minimum(np.linalg.norm(end - root, axis=-1), upper + lower)
    return unit(joint - root), unit(root + column(distance) * axis - joint)


def joint_on_plane(
    root: Array, end: Array, upper: float, lower: float, normal: Array, offset: ArrayLike, prefer: Array
) -> Array:
    """Return the joint whose offset from `end` along `normal` is given, of two such the one further along `prefer`.

    Where the bones cannot do it, the joint comes as near as they allow.
    """
    root, end = np.broadcast_arrays(root, end)
    centre, radius, axis = _joint_circle(root, end, upper, lower)
    first = unit(prefer - column(dot(prefer, axis)) * axis)
    second = np.cross(axis, first)
    a, b = radius * dot(normal, first), radius * dot(normal, second)
    needed = np.asarray(offset, dtype=float) - dot(normal, centre - end)
    swing = np.arccos(np.clip(needed / np.maximum(np.hypot(a, b), 1e-12), -1.0, 1.0))
    middle = np.arctan2(b, a)
    swivel = np.where(np.cos(middle + swing) > np.cos(middle - swing), middle + swing, middle - swing)
    return centre + column(radius * np.cos(swivel)) * first + column(radius * np.sin(swivel)) * second


def turn_between(a: Array, b: Array, share: ArrayLike) -> Array:
    """Return unit vectors on the great circle from a to b; opposite ones pass by the forward axis."""
    a, b = np.broadcast_arrays(a, b)
    aside = b - column(dot(a, b)) * a
    lost = np.linalg.norm(aside, axis=-1, keepdims=True) < 1e-9
    spare = np.where(np.abs(a[..., :1]) < 0.9, FORWARD, UP)
    aside = unit(np.where(lost, spare - column(dot(a, spare)) * a, aside))
    angle = np.arccos(np.clip(dot(a, b), -1.0, 1.0)) * np.asarray(share, dtype=float)
    return column(np.cos(angle)) * a + column(np.sin(angle)) * aside


def quaternion(rotation: Array) -> Array:
    """Return (w, x, y, z) of one rotation matrix."""
    trace = np.array([np.trace(rotation), *np.diag(rotation)])
    k = int(np.argmax(trace))
    m = rotation
    if k == 0:
        parts = [1 + trace[0], m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]]
    elif k == 1:
        parts = [m[2, 1] - m[1, 2], 1 + m[0, 0] - m[1, 1] - m[2, 2], m[1, 0] + m[0, 1], m[0, 2] + m[2, 0]]
    elif k == 2:
        parts = [m[0, 2] - m[2, 0], m[1, 0] + m[0, 1], 1 - m[0, 0] + m[1, 1] - m[2, 2], m[2, 1] + m[1, 2]]
    else:
        parts = [m[1, 0] - m[0, 1], m[0, 2] + m[2, 0], m[2, 1] + m[1, 2], 1 - m[0, 0] - m[1, 1] + m[2, 2]]
    return unit(np.array(parts))


def rotate_between(a: Array, b: Array, share: Array) -> Array:
    """Return (n, 3, 3) rotations on the shortest way from one rotation a to one rotation b."""
    start, goal = quaternion(a), quaternion(b)
    if start @ goal < 0:
        goal = -goal
    between = goal - (start @ goal) * start
    size = float(np.linalg.norm(between))
    angle = np.arctan2(size, float(start @ goal)) * share
    aside = between / size if size > 1e-12 else np.zeros(4)
    w, x, y, z = np.moveaxis(column(np.cos(angle)) * start + column(np.sin(angle)) * aside, -1, 0)
    rows = (
        (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
        (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
        (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
    )
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)
