"""Rotations and two-bone chains in the athlete's axes: x to the person's left, y backwards, z up; metres, degrees."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

LEFT, BACK, UP = np.eye(3)


def unit(vector: ArrayLike) -> Array:
    """Return the vector at length 1."""
    vector = np.asarray(vector, dtype=float)
    return np.asarray(vector / np.linalg.norm(vector))


def about(axis: ArrayLike, angle_deg: float) -> Array:
    """Return the (3, 3) right-handed rotation about an axis."""
    x, y, z = unit(axis)
    angle = np.radians(angle_deg)
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1.0 - np.cos(angle)) * cross @ cross)


def between(first: Array, second: Array, share: float) -> Array:
    """Return the rotation that lies that share of the way from the first (0) to the second (1)."""
    step = first.T @ second
    angle_deg = float(np.degrees(np.arccos(np.clip((np.trace(step) - 1.0) / 2.0, -1.0, 1.0))))
    if angle_deg < 1e-6:
        return first
    axis = np.array([step[2, 1] - step[1, 2], step[0, 2] - step[2, 0], step[1, 0] - step[0, 1]])
    return first @ about(axis, share * angle_deg)


def bone_frame(along: ArrayLike, toward: ArrayLike) -> Array:
    """Return the rotation whose columns are a bone's direction, its hinge, and the side towards which it points."""
    direction = unit(along)
    hinge = unit(np.cross(direction, np.asarray(toward, dtype=float)))
    return np.column_stack([direction, hinge, np.cross(hinge, direction)])


def reach(upper: float, lower: float, flexion_deg: float) -> float:
    """Return the distance between the ends of two bones that meet at this flexion (0 = straight)."""
    return float(np.sqrt(upper**2 + lower**2 + 2.0 * upper * lower * np.cos(np.radians(flexion_deg))))


def flexion_deg(root: Array, joint: Array, end: Array) -> float:
    """Return the flexion of the middle joint of three, in degrees; 0 = straight, never negative."""
    cosine = unit(joint - root) @ unit(end - joint)
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))


def middle_joint(root: Array, end: Array, upper: float, lower: float, toward: ArrayLike) -> Array:
    """Return where the middle joint of a two-bone chain lies, bent towards a direction.

    Raises
    ------
    ValueError
        The end lies out of reach: the joint would have to come off its place.
    """
    line = end - root
    distance = float(np.linalg.norm(line))
    if distance > upper + lower or distance < abs(upper - lower):
        raise ValueError(f"bones of {upper:.3f} and {lower:.3f} m cannot span {distance:.3f} m")
    along = line / distance
    aside = np.asarray(toward, dtype=float) - (along @ np.asarray(toward, dtype=float)) * along
    share = (upper**2 - lower**2 + distance**2) / (2.0 * distance)
    return np.asarray(root + share * along + np.sqrt(max(upper**2 - share**2, 0.0)) * unit(aside))
