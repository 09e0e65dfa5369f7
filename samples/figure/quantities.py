"""The quantities of rules/METHOD.md, computed straight from 3D landmarks; knows nothing of how the figure is posed.

Points are (..., 33, 3): x forward, y left, z up. Sagittal angles are those of the picture from the side (x, z),
frontal ones those of the picture from the front (y, z).
"""

import numpy as np
from numpy.typing import ArrayLike

from formcheck.pose.pose import INDEX, Side, other_side

from .geometry import Array

SAGITTAL, FRONTAL, SPACE = [0, 2], [1, 2], [0, 1, 2]


def at(points: Array, name: str) -> Array:
    """Return a landmark, or the mean of both sides for "mid_..."."""
    if name.startswith("mid_"):
        return (at(points, f"left_{name[4:]}") + at(points, f"right_{name[4:]}")) / 2
    return np.asarray(points[..., INDEX[name], :])


def distance(points: Array, first: str, second: str) -> Array:
    return np.asarray(np.linalg.norm(at(points, first) - at(points, second), axis=-1))


def bend_deg(points: Array, first: str, middle: str, last: str, plane: list[int] = SPACE) -> Array:
    """Return 180 degrees less the angle at the middle landmark: 0 = straight."""
    a = (at(points, first) - at(points, middle))[..., plane]
    b = (at(points, last) - at(points, middle))[..., plane]
    cosine = np.sum(a * b, axis=-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)
    return np.asarray(180.0 - np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))


def trunk_length(points: Array) -> Array:
    return distance(points, "mid_hip", "mid_shoulder")


def knee_flexion(points: Array, side: Side, plane: list[int] = SPACE) -> Array:
    return bend_deg(points, f"{side}_hip", f"{side}_knee", f"{side}_ankle", plane)


def hip_flexion(points: Array, side: Side) -> Array:
    return bend_deg(points, f"{side}_shoulder", f"{side}_hip", f"{side}_knee", SAGITTAL)


def elbow_flexion(points: Array, side: Side) -> Array:
    return bend_deg(points, f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")


def arm_elevation(points: Array, side: Side) -> Array:
    return 180.0 - bend_deg(points, f"{side}_hip", f"{side}_shoulder", f"{side}_elbow")


def neck_line(points: Array) -> Array:
    return 180.0 - bend_deg(points, "mid_ear", "mid_shoulder", "mid_hip", SAGITTAL)


def torso_inclination(points: Array) -> Array:
    """Return mid-hip to mid-shoulder from vertical as seen from the side, + = forward."""
    line = at(points, "mid_shoulder") - at(points, "mid_hip")
    return np.degrees(np.arctan2(line[..., 0], line[..., 2]))


def lateral_lean(points: Array, side: Side) -> Array:
    """Return the same from the front, + = towards this side."""
    line = at(points, "mid_shoulder") - at(points, "mid_hip")
    return np.degrees(np.arctan2(line[..., 1] * outward(side), line[..., 2]))


def outward(side: Side) -> float:
    return 1.0 if side == "left" else -1.0


def tilt(points: Array, name: str, high: Side, size: ArrayLike) -> Array:
    """Return asin of the height of one side over the other, over their spacing."""
    rise = at(points, f"{high}_{name}")[..., 2] - at(points, f"{other_side(high)}_{name}")[..., 2]
    return np.asarray(np.degrees(np.arcsin(np.clip(rise / np.asarray(size), -1.0, 1.0))))


def roll(points: Array, name: str, free: Side) -> Array:
    """Return pelvis (hip) or shoulder roll of a hinged trunk: > 0 = free side higher."""
    size = distance(points, f"left_{name}", f"right_{name}") * np.sin(np.radians(torso_inclination(points)))
    return tilt(points, name, free, size)


def hip_dev(points: Array, side: Side) -> Array:
    """Return the hip's distance from the line ankle-shoulder over its length, + = up, from the side."""
    line = (at(points, f"{side}_shoulder") - at(points, f"{side}_ankle"))[..., SAGITTAL]
    hip = (at(points, f"{side}_hip") - at(points, f"{side}_ankle"))[..., SAGITTAL]
    return np.asarray((line[..., 0] * hip[..., 1] - line[..., 1] * hip[..., 0]) / np.sum(line**2, axis=-1))


def body_slope(points: Array, side: Side) -> Array:
    line = at(points, f"{side}_shoulder") - at(points, f"{side}_ankle")
    return np.degrees(np.arctan2(line[..., 2], np.abs(line[..., 0])))


def leg_below_horizontal(points: Array, side: Side) -> Array:
    line = at(points, f"{side}_hip") - at(points, f"{side}_ankle")
    return np.asarray(np.degrees(np.arcsin(line[..., 2] / np.linalg.norm(line, axis=-1))))


def knee_in(points: Array, side: Side) -> Array:
    offset = (at(points, f"{side}_ankle") - at(points, f"{side}_knee"))[..., 1] * outward(side)
    return np.asarray(offset / distance(points, f"{side}_knee", f"{side}_ankle"))


def fppa(points: Array, side: Side) -> Array:
    """Return 180 - image angle (hip, knee, ankle) from the front, + = medial."""
    hip, knee, ankle = (at(points, f"{side}_{name}") for name in ("hip", "knee", "ankle"))
    share = (hip - knee)[..., 2] / (hip - ankle)[..., 2]
    on_line = hip[..., 1] + share * (ankle - hip)[..., 1]
    size = bend_deg(points, f"{side}_hip", f"{side}_knee", f"{side}_ankle", FRONTAL)
    return size * np.sign((on_line - knee[..., 1]) * outward(side))


def foot_yaw(points: Array, side: Side) -> Array:
    """Return the foot's axis from straight ahead, + = turned out."""
    axis = at(points, f"{side}_foot_index") - at(points, f"{side}_heel")
    return np.degrees(np.arctan2(axis[..., 1] * outward(side), axis[..., 0]))


def knee_yaw(points: Array, side: Side) -> Array:
    """Return the knee's direction from the ankle against the foot's axis, + = towards the little toe."""
    line = at(points, f"{side}_knee") - at(points, f"{side}_ankle")
    yaw = np.degrees(np.arctan2(line[..., 1] * outward(side), line[..., 0]))
    return np.asarray((yaw - foot_yaw(points, side) + 180.0) % 360.0 - 180.0)


def knee_inside(points: Array, side: Side) -> Array:
    """Return how far the knee lies from the foot's axis over the floor, in metres, + = inside it."""
    axis = (at(points, f"{side}_foot_index") - at(points, f"{side}_heel"))[..., :2]
    knee = (at(points, f"{side}_knee") - at(points, f"{side}_ankle"))[..., :2]
    across = axis[..., 0] * knee[..., 1] - axis[..., 1] * knee[..., 0]
    return np.asarray(-outward(side) * across / np.linalg.norm(axis, axis=-1))


def weight_shift_index(points: Array, front: Side, azimuth_deg: float) -> Array:
    """Return where mid-hip lies between rear knee and front ankle, in the picture from this azimuth."""
    across = np.array([-np.sin(np.radians(azimuth_deg)), np.cos(np.radians(azimuth_deg)), 0.0])
    rear = at(points, f"{other_side(front)}_knee") @ across
    front_ankle = at(points, f"{front}_ankle") @ across
    return np.asarray((at(points, "mid_hip") @ across - rear) / (front_ankle - rear))


def straight_ahead(points: Array) -> Array:
    """Return the horizontal direction in which the pelvis faces, of length 1."""
    across = at(points, "left_hip") - at(points, "right_hip")
    ahead = np.cross(across, [0.0, 0.0, 1.0])
    return np.asarray(ahead / np.linalg.norm(ahead, axis=-1, keepdims=True))


def thigh_on_trunk(points: Array, side: Side) -> Array:
    """Return hip flexion in the body's own sagittal plane: without what lies along the line of the hips."""
    across = at(points, "left_hip") - at(points, "right_hip")
    trunk = _without(at(points, f"{side}_shoulder") - at(points, f"{side}_hip"), across)
    thigh = _without(at(points, f"{side}_knee") - at(points, f"{side}_hip"), across)
    cosine = np.sum(trunk * thigh, axis=-1) / np.linalg.norm(trunk, axis=-1) / np.linalg.norm(thigh, axis=-1)
    return np.asarray(180.0 - np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))


def _without(vector: Array, axis: Array) -> Array:
    share = np.sum(vector * axis, axis=-1, keepdims=True) / np.sum(axis * axis, axis=-1, keepdims=True)
    return np.asarray(vector - share * axis)


def inclination(points: Array) -> Array:
    """Return mid-hip to mid-shoulder from the vertical in whatever direction: 0 = upright, 90 = level."""
    line = at(points, "mid_shoulder") - at(points, "mid_hip")
    return np.asarray(np.degrees(np.arctan2(np.linalg.norm(line[..., :2], axis=-1), line[..., 2])))


def chest_up(points: Array) -> Array:
    """Return the upward part of the direction in which the chest faces."""
    up = at(points, "mid_shoulder") - at(points, "mid_hip")
    across = sum(at(points, f"left_{name}") - at(points, f"right_{name}") for name in ("shoulder", "hip"))
    faces = np.cross(across, up)
    return np.asarray(faces[..., 2] / np.linalg.norm(faces, axis=-1))


def roll_over(points: Array, name: str, standing: Side) -> Array:
    """Return pelvis (hip) or shoulder roll of a trunk hinged in whatever direction, + = free side higher."""
    size = distance(points, f"left_{name}", f"right_{name}") * np.sin(np.radians(inclination(points)))
    return tilt(points, name, other_side(standing), size)


def height(points: Array, name: str, over: str) -> Array:
    """Return how far one landmark is above another, in metres."""
    return np.asarray((at(points, name) - at(points, over))[..., 2])


def lowest(points: Array, *names: str, less: float | Array = 0.0) -> Array:
    """Return the lowest height of these landmarks of both sides, in metres."""
    heights = [at(points, f"{side}_{name}")[..., 2] - less for name in names for side in ("left", "right")]
    return np.asarray(np.min(heights, axis=0))


def along_floor(points: Array, first: str, second: str) -> Array:
    """Return the distance of two landmarks along the forward axis, in metres."""
    return np.abs((at(points, first) - at(points, second))[..., 0])


def outside_of(points: Array, first: str, second: str, side: Side) -> Array:
    """Return how far the first lies farther to this side than the second, along the line of the hips, in metres."""
    out = at(points, f"{side}_hip") - at(points, f"{other_side(side)}_hip")
    out = out / np.linalg.norm(out, axis=-1, keepdims=True)
    return np.asarray(np.sum((at(points, first) - at(points, second)) * out, axis=-1))


def share_of_the_way(points: Array, name: str, start: str, end: str) -> Array:
    """Return where a landmark lies, over the floor, between two others: 0 = at the start, 1 = at the end."""
    way = (at(points, end) - at(points, start))[..., :2]
    gone = (at(points, name) - at(points, start))[..., :2]
    return np.asarray(np.sum(gone * way, axis=-1) / np.sum(way * way, axis=-1))


def feet_sideways(points: Array) -> Array:
    """Return how much of the distance of the ankles over the floor lies along the line of the hips."""
    feet, across = ((at(points, f"left_{name}") - at(points, f"right_{name}"))[..., :2] for name in ("ankle", "hip"))
    lengths = np.linalg.norm(feet, axis=-1) * np.linalg.norm(across, axis=-1)
    return np.asarray(np.abs(np.sum(feet * across, axis=-1)) / lengths)


def turned_out(points: Array, side: Side) -> Array:
    """Return the foot's axis from where the pelvis faces, + = turned out."""
    ahead = straight_ahead(points)
    facing = np.degrees(np.arctan2(ahead[..., 1], ahead[..., 0])) * outward(side)
    return np.asarray((foot_yaw(points, side) - facing + 180.0) % 360.0 - 180.0)
