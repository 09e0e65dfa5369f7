"""Plane and space geometry on points given as tuples; a NaN coordinate gives NaN.

Planes have x to the right and y up; space adds z away from the camera. Angles are in degrees. All of it is computed
some hundred times a frame, and plain floats are several times as quick at that as arrays of two or three.
"""

import math

Point = tuple[float, ...]
"""(x, y) or (x, y, z)."""

NAN = math.nan


def subtract(a: Point, b: Point) -> Point:
    """Return the vector from b to a."""
    if len(a) == 2:
        (x, y), (p, q) = a, b
        return x - p, y - q
    (x, y, z), (p, q, r) = a, b
    return x - p, y - q, z - r


def dot(a: Point, b: Point) -> float:
    """Return the scalar product."""
    if len(a) == 2:
        (x, y), (p, q) = a, b
        return x * p + y * q
    (x, y, z), (p, q, r) = a, b
    return x * p + y * q + z * r


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
    square = dot(axis, axis)
    share = dot(vector, axis) / square if square > 0 else NAN
    return subtract(vector, tuple([share * part for part in axis]))


def add(a: Point, b: Point) -> Point:
    """Return the sum of two vectors."""
    if len(a) == 2:
        (x, y), (p, q) = a, b
        return x + p, y + q
    (x, y, z), (p, q, r) = a, b
    return x + p, y + q, z + r


def midpoint(a: Point, b: Point) -> Point:
    """Return the middle between two points."""
    return tuple([part / 2 for part in add(a, b)])


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
