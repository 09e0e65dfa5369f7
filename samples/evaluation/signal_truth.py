"""What every signal of formcheck should have said: its true value from the true landmarks in space."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from formcheck.body.signals import SIGNALS
from formcheck.body.signals.places import OVER_FLOOR_T, SHIFTED_RATIO
from formcheck.pose.pose import SIDES, Side, other_side

from ..figure import quantities as q
from ..figure.geometry import Array


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in metres of one person, or of as many as there are bodies: the torso stretched, the limbs as they are."""

    torso: float | Array
    leg: float | Array
    shank: float | Array
    hips: float | Array
    shoulders: float | Array


def sizes_of(points: Array) -> Sizes:
    """Return a person's sizes from (n, 33, 3) landmarks of a whole clip."""

    def usual(first: str, second: str) -> float:
        lengths = [q.distance(points, f"{side}_{first}", f"{side}_{second}") for side in SIDES]
        return float(np.median(lengths))

    shank = usual("knee", "ankle")
    return Sizes(
        torso=float(np.percentile(q.trunk_length(points), 95)),
        leg=usual("hip", "knee") + shank,
        shank=shank,
        hips=float(np.median(q.distance(points, "left_hip", "right_hip"))),
        shoulders=float(np.median(q.distance(points, "left_shoulder", "right_shoulder"))),
    )


Truth = Callable[[Array, Sizes, Side], Array]


def _floor(points: Array, size: Sizes) -> Array:
    lying = [q.lowest(points, name, less=over * size.torso) for name, over in OVER_FLOOR_T.items()]
    return np.asarray(np.min(lying, axis=0))


TRUTHS: dict[str, Truth] = {
    "knee_flexion_deg": lambda p, size, side: q.knee_flexion(p, side),
    "standing_knee_flexion_deg": lambda p, size, side: q.knee_flexion(p, side),
    "floor_knee_flexion_deg": lambda p, size, side: q.knee_flexion(p, side),
    "rear_knee_flexion_deg": lambda p, size, side: q.knee_flexion(p, side),
    "hip_flexion_deg": lambda p, size, side: q.thigh_on_trunk(p, side),
    "knee_bend_difference_deg": lambda p, size, side: np.maximum(
        q.knee_flexion(p, side) - q.knee_flexion(p, other_side(side)), 0.0),
    "elbow_flexion_deg": lambda p, size, side: q.elbow_flexion(p, side),
    "arm_elevation_deg": lambda p, size, side: q.arm_elevation(p, side),
    "leg_inclination_deg": lambda p, size, side: -q.leg_below_horizontal(p, side),
    "body_line_deg": lambda p, size, side: 180.0 - q.bend_deg(
        p, f"{side}_shoulder", f"{side}_hip", f"{side}_ankle", q.SAGITTAL),
    "hip_deviation_ratio": lambda p, size, side: q.hip_dev(p, side),
    "body_slope_deg": lambda p, size, side: np.abs(q.body_slope(p, side)),
    "frontal_projection_deg": lambda p, size, side: q.fppa(p, side),
    "knee_inward_shank": lambda p, size, side: q.knee_in(p, side),
    "knee_yaw_deg": lambda p, size, side: q.knee_yaw(p, side),
    "knee_inside_t": lambda p, size, side: q.knee_inside(p, side) / size.torso,
    "foot_yaw_deg": lambda p, size, side: q.turned_out(p, side),
    "knee_ahead_t": lambda p, size, side: np.sum(
        (q.at(p, f"{side}_knee") - q.at(p, f"{other_side(side)}_knee")) * q.straight_ahead(p), axis=-1) / size.torso,
    "torso_inclination_deg": lambda p, size, side: q.inclination(p),
    "lateral_lean_deg": lambda p, size, side: q.lateral_lean(p, "left"),
    "trunk_height_ratio": lambda p, size, side: q.height(p, "mid_shoulder", "mid_hip") / size.torso,
    "chest_up_ratio": lambda p, size, side: q.chest_up(p),
    "hip_tilt_deg": lambda p, size, side: q.tilt(p, "hip", "left", size.hips),
    "shoulder_tilt_deg": lambda p, size, side: q.tilt(p, "shoulder", "left", size.shoulders),
    "side_bend_deg": lambda p, size, side: (
        q.tilt(p, "shoulder", "left", size.shoulders) - q.tilt(p, "hip", "left", size.hips)),
    "pelvis_roll_deg": lambda p, size, side: q.roll_over(p, "hip", side),
    "shoulder_roll_deg": lambda p, size, side: q.roll_over(p, "shoulder", side),
    "trunk_roll_deg": lambda p, size, side: (q.roll_over(p, "shoulder", side) + q.roll_over(p, "hip", side)) / 2,
    "spinal_twist_deg": lambda p, size, side: q.roll_over(p, "shoulder", side) - q.roll_over(p, "hip", side),
    "trunk_length_ratio": lambda p, size, side: q.trunk_length(p) / size.torso,
    "neck_line_deg": lambda p, size, side: q.neck_line(p),
    "hip_drop_l": lambda p, size, side: 1.0 - (q.at(p, "mid_hip")[..., 2] - q.lowest(p, "ankle")) / size.leg,
    "hip_shift_ratio": lambda p, size, side: q.share_of_the_way(
        p, "mid_hip", f"{other_side(side)}_ankle", f"{side}_ankle") - 0.5,
    "drop_toward_foot_l": lambda p, size, side: (
        TRUTHS["hip_drop_l"](p, size, side)
        * np.clip(TRUTHS["hip_shift_ratio"](p, size, side) / SHIFTED_RATIO, 0.0, 1.0)),
    "ankle_spacing_t": lambda p, size, side: np.abs(
        (q.at(p, "left_ankle") - q.at(p, "right_ankle"))[..., 1]) / size.torso,
    "feet_sideways_ratio": lambda p, size, side: q.feet_sideways(p),
    "foot_lift_t": lambda p, size, side: q.height(p, f"{side}_ankle", f"{other_side(side)}_ankle") / size.torso,
    "heel_lift_t": lambda p, size, side: q.height(p, f"{side}_heel", f"{side}_foot_index") / size.torso,
    "shank_rise_t": lambda p, size, side: q.height(p, f"{side}_knee", f"{side}_ankle") / size.torso,
    "knee_height_t": lambda p, size, side: (
        q.at(p, f"{side}_knee")[..., 2] - q.lowest(p, "knee", "ankle", "foot_index")) / size.torso,
    "seat_height_t": lambda p, size, side: (
        q.at(p, "mid_hip")[..., 2] - q.lowest(p, "hip", "knee", "ankle", "foot_index")) / size.torso,
    "hip_height_t": lambda p, size, side: q.height(p, f"{side}_hip", f"{side}_ankle") / size.torso,
    "knee_over_hip_t": lambda p, size, side: q.height(p, f"{side}_knee", f"{side}_hip") / size.torso,
    "knee_over_other_t": lambda p, size, side: q.height(p, f"{side}_knee", f"{other_side(side)}_knee") / size.torso,
    "hand_over_foot_t": lambda p, size, side: (
        q.lowest(p, "wrist") - q.at(p, f"{side}_ankle")[..., 2]) / size.torso,
    "hip_over_shoulder_t": lambda p, size, side: q.height(p, "mid_hip", "mid_shoulder") / size.torso,
    "hip_to_heel_shank": lambda p, size, side: q.distance(p, f"{side}_hip", f"{side}_ankle") / size.shank,
    "head_height_t": lambda p, size, side: (
        q.at(p, f"{side}_ear")[..., 2] - q.lowest(p, "wrist", "knee", "foot_index")) / size.torso,
    "ear_over_hip_t": lambda p, size, side: q.height(p, f"{side}_ear", "mid_hip") / size.torso,
    "shoulder_over_hip_t": lambda p, size, side: q.height(p, f"{side}_shoulder", "mid_hip") / size.torso,
    "lower_wrist_height_t": lambda p, size, side: (q.lowest(p, "wrist") - _floor(p, size)) / size.torso,
    "foot_to_hand_t": lambda p, size, side: q.along_floor(p, f"{side}_ankle", f"{side}_wrist") / size.torso,
    "foot_outside_hand_t": lambda p, size, side: q.outside_of(p, f"{side}_ankle", f"{side}_wrist", side) / size.torso,
    "shoulder_behind_hand_t": lambda p, size, side: (
        (q.at(p, f"{side}_wrist") - q.at(p, f"{side}_shoulder"))[..., 0]) / size.torso,
    "hand_to_other_knee_t": lambda p, size, side: q.distance(
        p, f"{side}_wrist", f"{other_side(side)}_knee") / size.torso,
    "wrong_hand_t": lambda p, size, side: (
        q.distance(p, f"{side}_wrist", f"{other_side(side)}_knee")
        - q.distance(p, f"{other_side(side)}_wrist", f"{other_side(side)}_knee")) / size.torso,
    "weight_shift_ratio": lambda p, size, side: q.share_of_the_way(
        p, "mid_hip", f"{other_side(side)}_knee", f"{side}_ankle"),
}  # fmt: skip
"""By signal; (n, 33, 3) true landmarks, the person's sizes and the signal's side -> (n,) true values."""

WITHOUT_TRUTH: dict[str, str] = {
    "visible_leg_l": "a length in the picture: what it should be depends on the camera",
    "hip_angle_in_picture_deg": "an angle in the picture: what it should be depends on the camera",
    "knee_to_shoulder_t": "a length in the picture: what it should be depends on the camera",
    "hip_toward_foot_t": "a way across the picture: what it should be depends on the camera",
    "hip_position_x_t": "a place in the picture: only its travel means anything",
    "hip_position_y_t": "a place in the picture: only its travel means anything",
    "shoulder_position_x_t": "a place in the picture: only its travel means anything",
    "shoulder_position_y_t": "a place in the picture: only its travel means anything",
}
"""Signals that no truth in space belongs to, and why."""

ROUND = {item.name for item in SIGNALS if item.unit == "deg" and item.span == (-180, 180)}
"""Directions: their errors wrap at 180 degrees."""


def true_values(points: Array) -> dict[str, Array]:
    """Return the true values of all signals that have one by key (``name`` or ``name.left``), (n,) each."""
    size = sizes_of(points)
    values: dict[str, Array] = {}
    with np.errstate(all="ignore"):  # directions of what has no length, in postures that do not use them
        for item in SIGNALS:
            truth = TRUTHS.get(item.name)
            if truth is None:
                continue
            if item.sided:
                values |= {f"{item.name}.{side}": truth(points, size, side) for side in SIDES}
            else:
                values[item.name] = truth(points, size, "left")
    return values
