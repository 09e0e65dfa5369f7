"""Plane and space geometry on points given as tuples; a NaN coordinate gives NaN.

Planes have x to the right and y up; space adds z away from the camera. Angles are in degrees.
"""

import math
from collections.abc import Sequence

Point = tuple[float, ...]
"""(x, y) or (x, y, z)."""

NAN = math.nan


def subtract(a: Point, b: Point) -> Point:
    """Return the vector from b to a."""
    return tuple(p - q for p, q in zip(a, b, strict=True))


def dot(a: Point, b: Point) -> float:
    """Return the scalar product."""
    return sum(p * q for p, q in zip(a, b, strict=True))


def norm(a: Point) -> float:
    """Return the length of a vector."""
    return math.sqrt(dot(a, a))


def distance(a: Point, b: Point) -> float:
    """Return the distance of two points."""
    return norm(subtract(a, b))


def cross(a: Point, b: Point) -> Point:
    """Return the vector product of two vectors in space."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def without(vector: Point, axis: Point) -> Point:
    """Return the part of a vector that is square to an axis; NaN if that has no length."""
    share = dot(vector, axis) / dot(axis, axis) if norm(axis) > 0 else NAN
    return tuple(a - share * b for a, b in zip(vector, axis, strict=True))


def midpoint(points: Sequence[Point]) -> Point:
    """Return the mean of the points."""
    return tuple(sum(values) / len(points) for values in zip(*points, strict=True))


def angle_between(a: Point, b: Point) -> float:
    """Return the angle between two vectors, 0..180; NaN if one has no length."""
    lengths = norm(a) * norm(b)
    return math.degrees(math.acos(clamp(dot(a, b) / lengths))) if lengths > 0 else NAN


def angle_at(vertex: Point, a: Point, b: Point) -> float:
    """Return the angle a-vertex-b, 0..180."""
    return angle_between(subtract(a, vertex), subtract(b, vertex))


def arcsine(ratio: float) -> float:
    """Return the angle whose sine this is, -90..90; ratios beyond 1 give ±90."""
    return math.degrees(math.asin(clamp(ratio)))


def clamp(value: float, low: float = -1.0, high: float = 1.0) -> float:
    """Return the value, at least low and at most high; NaN stays NaN."""
    return value if math.isnan(value) else max(low, min(high, value))


def sign(value: float) -> float:
    """Return +1 or -1, NaN for NaN."""
    return value if math.isnan(value) else math.copysign(1.0, value)


def offset_from_line(point: Point, start: Point, end: Point) -> float:
    """Return the signed distance of a point from the line start-end in a plane, + = to its left."""
    along = subtract(end, start)
    length = norm(along)
    if not length > 0:
        return NAN
    away = subtract(point, start)
    return (along[0] * away[1] - along[1] * away[0]) / length


def turn_between(start: Point, end: Point) -> float:
    """Return the signed angle from one plane vector to another, -180..180, + = anticlockwise."""
    return math.degrees(math.atan2(start[0] * end[1] - start[1] * end[0], dot(start, end)))
