"""Heights, distances and shifts of parts of the body, in torso or leg lengths.

Error of a distance: ±0.06 T (rules/METHOD.md, chapter 1); more where depth is needed.
"""

import math
from collections.abc import Mapping

from formcheck.body.body import Body
from formcheck.body.geometry import NAN, Point, angle_at, clamp, distance, dot, midpoint, norm, sign, subtract
from formcheck.body.signal import side_sign, signal
from formcheck.body.signals.trunk import HEIGHTS
from formcheck.body.view import View
from formcheck.pose.pose import SIDES, Side, other_side

FRONTAL = {View.FRONT: 0.06, View.BACK: 0.06, View.OBLIQUE: 0.10}
IN_PLANE = {View.SIDE: 0.10, View.OBLIQUE: 0.20}


def _lowest(body: Body, *parts: str) -> float:
    heights = [body.at(part, side)[1] for part in parts for side in SIDES]
    seen = [height for height in heights if not math.isnan(height)]
    return min(seen) if seen else NAN


def _floor(body: Body, parts: Mapping[str, float]) -> float:
    """Return the height of the floor: the lowest of these parts, each less its usual height over the floor it lies on.

    In the picture from the side; in space from elsewhere, since what is nearer the camera lies lower in the picture.
    """
    heights = [body.best(part, side)[1] - over for part, over in parts.items() for side in SIDES]
    return min((height for height in heights if not math.isnan(height)), default=NAN)


@signal("L", "hip ankle", (-0.5, 2.0), {**dict.fromkeys(View, 0.03), View.SIDE: 0.13})
def hip_drop_l(body: Body) -> float:
    """How far mid-hip is below standing height, in leg lengths over the lower ankle: 0 = legs straight, + = lower.

    Side view: a foot that steps toward the camera seems lower (0.13 was measured on a rendered person).
    """
    return 1.0 - (body.mid("hip")[1] - _lowest(body, "ankle")) / body.calibration.leg


@signal("ratio", "hip ankle", (-7, 7), {View.FRONT: 0.06, View.BACK: 0.06, View.OBLIQUE: 0.10})
def hip_shift_ratio(body: Body, side: Side) -> float:
    """Where mid-hip hangs between the ankles: 0 = in the middle, 0.5 = over this ankle. Unseen with feet together."""
    spacing = body.at("ankle", side)[0] - body.at("ankle", other_side(side))[0]
    return (body.mid("hip")[0] - body.mid("ankle")[0]) / spacing if abs(spacing) > 0.25 else NAN


SHIFTED_RATIO = 0.06
"""The hips hang toward one foot from this shift on: the error of a shift seen from the front. Between 0 and this, in proportion."""


@signal("L", "hip ankle", (-0.5, 2.0), {View.FRONT: 0.03, View.BACK: 0.03, View.OBLIQUE: 0.05})
def drop_toward_foot_l(body: Body, side: Side) -> float:
    """How far mid-hip is below standing height while it hangs toward this foot, in leg lengths: 0 = toward the other one.

    So hips that go from one foot to the other without standing up pass through 0, and those that stay on this side have come back by
    as much as they have risen: a share of the shift would make half a return one of three quarters.
    """
    shift = hip_shift_ratio.compute(body, side)
    share = 0.0 if math.isnan(shift) else min(max(shift / SHIFTED_RATIO, 0.0), 1.0)
    return float(hip_drop_l.compute(body)) * share


@signal("T", "ankle", (0, 4), FRONTAL)
def ankle_spacing_t(body: Body) -> float:
    """Distance of the ankles across the picture."""
    return abs(body.at("ankle", "left")[0] - body.at("ankle", "right")[0])


@signal("ratio", "hip ankle", (0, 1), dict.fromkeys(View, 0.2))
def feet_sideways_ratio(body: Body) -> float:
    """How much of the distance between the ankles is across the body: 1 = side by side, 0 = one before the other."""
    feet = subtract(body.in_space("ankle", "left"), body.in_space("ankle", "right"))
    across = subtract(body.in_space("hip", "left"), body.in_space("hip", "right"))
    feet, across = (feet[0], feet[2]), (across[0], across[2])
    lengths = norm(feet) * norm(across)
    return clamp(abs(dot(feet, across)) / lengths) if lengths > 0 else NAN


@signal("L", "hip ankle", (0, 1.2), {View.FRONT: 0.04, View.BACK: 0.04, View.SIDE: 0.04, View.OBLIQUE: 0.04})
def visible_leg_l(body: Body, side: Side) -> float:
    """Hip-ankle distance in the picture over the leg's length: 1 = straight and square on, less = bent or slanting."""
    return distance(body.at("hip", side), body.at("ankle", side)) / body.calibration.leg


@signal("T", "ankle", (-4, 4), HEIGHTS)
def foot_lift_t(body: Body, side: Side) -> float:
    """Height of this ankle over the other one."""
    return body.at("ankle", side)[1] - body.at("ankle", other_side(side))[1]


@signal("T", "heel foot_index", (-1, 1), HEIGHTS)
def heel_lift_t(body: Body, side: Side) -> float:
    """Height of the heel over the toe of the same foot; its change from the start shows a lifting heel."""
    return body.at("heel", side)[1] - body.at("foot_index", side)[1]


@signal("T", "knee ankle", (-1, 1), HEIGHTS)
def shank_rise_t(body: Body, side: Side) -> float:
    """Height of the knee over the ankle: 0 = shank level (on the floor), about 0.85 = upright."""
    return body.at("knee", side)[1] - body.at("ankle", side)[1]


@signal("T", "knee ankle foot_index", (0, 3), HEIGHTS)
def knee_height_t(body: Body, side: Side) -> float:
    """Height of the knee over the lowest knee, ankle or toe."""
    return body.best("knee", side)[1] - _floor(body, dict.fromkeys(("knee", "ankle", "foot_index"), 0.0))


@signal("T", "hip knee ankle foot_index", (0, 3), HEIGHTS)
def seat_height_t(body: Body) -> float:
    """Height of mid-hip over the lowest hip, knee, ankle or toe: under 0.35 = sitting on the floor."""
    hip = (body.best("hip", "left")[1] + body.best("hip", "right")[1]) / 2
    return hip - _floor(body, dict.fromkeys(("hip", "knee", "ankle", "foot_index"), 0.0))


@signal("T", "hip ankle", (-2, 3), HEIGHTS)
def hip_height_t(body: Body, side: Side) -> float:
    """Height of the hip over the ankle of the same side."""
    return body.at("hip", side)[1] - body.at("ankle", side)[1]


@signal("T", "hip knee", (-1.5, 1.5), HEIGHTS)
def knee_over_hip_t(body: Body, side: Side) -> float:
    """Height of the knee over the hip of the same side: - = below, as in standing."""
    return body.at("knee", side)[1] - body.at("hip", side)[1]


@signal("T", "knee", (-2, 2), HEIGHTS)
def knee_over_other_t(body: Body, side: Side) -> float:
    """Height of this knee over the other one."""
    return body.at("knee", side)[1] - body.at("knee", other_side(side))[1]


@signal("T", "knee shoulder", (0, 3), HEIGHTS)
def knee_to_shoulder_t(body: Body, side: Side) -> float:
    """Distance of the knee from the shoulder of the same side in the picture: it shrinks as the knee comes to the chest."""
    return distance(body.at("knee", side), body.at("shoulder", side))


@signal("T", "hip shoulder", (-1.2, 1.2), HEIGHTS)
def hip_over_shoulder_t(body: Body) -> float:
    """Height of mid-hip over mid-shoulder: + = hips higher."""
    return body.mid("hip")[1] - body.mid("shoulder")[1]


@signal("shank", "hip ankle", (0, 2.2), {View.SIDE: 0.08, View.OBLIQUE: 0.2})
def hip_to_heel_shank(body: Body, side: Side) -> float:
    """Hip-ankle distance in shank lengths: 0.6 = sitting on the heels, 2 = leg straight."""
    return distance(body.best("hip", side), body.best("ankle", side)) / body.calibration.shank


@signal("T", "ear wrist knee foot_index", (-0.5, 4), HEIGHTS)
def head_height_t(body: Body, side: Side) -> float:
    """Height of this ear over the floor: the lowest wrist, knee or toe."""
    return body.at("ear", side)[1] - _lowest(body, "wrist", "knee", "foot_index")


@signal("T", "ear hip", (-1.5, 1.8), HEIGHTS)
def ear_over_hip_t(body: Body, side: Side) -> float:
    """Height of this ear over mid-hip; its change shows a lifting head in lying."""
    return body.at("ear", side)[1] - body.mid("hip")[1]


@signal("T", "shoulder hip", (-1.2, 1.2), HEIGHTS)
def shoulder_over_hip_t(body: Body, side: Side) -> float:
    """Height of this shoulder over mid-hip; its change shows lifting shoulders in lying."""
    return body.at("shoulder", side)[1] - body.mid("hip")[1]


OVER_FLOOR_T = {"hip": 0.20, "knee": 0.14, "ankle": 0.14}
"""How high these lie over the floor that they rest on, half a limb's thickness (rules/METHOD.md, chapter 1: 0.10 and 0.07 m)."""


@signal("T", "wrist hip knee ankle", (-2.5, 4.5), {View.SIDE: 0.15, View.OBLIQUE: 0.10, View.FRONT: 0.20})
def lower_wrist_height_t(body: Body) -> float:
    """Height of the lower wrist over the floor on which a person sits. Unseen unless all are seen.

    The floor is the mean of where hips, knees and ankles show it: what is nearer the camera seems lower, and their
    lowest is 0.3 T under the floor at 45° (the mean: within 0.09 T on ten rendered repetitions).
    """
    wrists = [body.best("wrist", side)[1] for side in SIDES]
    floors = [body.best(part, side)[1] - over for part, over in OVER_FLOOR_T.items() for side in SIDES]
    return NAN if any(map(math.isnan, wrists)) else min(wrists) - sum(floors) / len(floors)


@signal("T", "wrist ankle", (-2, 4), HEIGHTS)
def hand_over_foot_t(body: Body, side: Side) -> float:
    """Height of the lower wrist over the ankle of this side: about 0 = hand and foot on the floor."""
    return _lowest(body, "wrist") - body.at("ankle", side)[1]


def _across_floor(a: Point, b: Point) -> float:
    """Return the horizontal distance of two points in the plane or in space."""
    return abs(a[0] - b[0]) if len(a) == 2 else math.hypot(a[0] - b[0], a[2] - b[2])


@signal("T", "ankle wrist", (0, 4), {View.SIDE: 0.10, View.OBLIQUE: 0.20, View.FRONT: 0.58})
def foot_to_hand_t(body: Body, side: Side) -> float:
    """Distance of the ankle from the wrist of the same side along the floor. From the front it lies in depth (measured)."""
    return _across_floor(body.best("ankle", side), body.best("wrist", side))


@signal("T", "ankle wrist hip", (-4, 4), {View.FRONT: 0.15, View.OBLIQUE: 0.20})
def foot_outside_hand_t(body: Body, side: Side) -> float:
    """How far the ankle is farther from the midline than the wrist of the same side: + = outside the hand.

    Front view: in the picture, where a foot beside its hand is as far from the camera as the hand.
    """
    if body.view in (View.FRONT, View.BACK):
        return (body.at("ankle", side)[0] - body.at("wrist", side)[0]) * side_sign(body, "hip", side)
    across = subtract(body.in_space("hip", side), body.in_space("hip", other_side(side)))
    foot = subtract(body.in_space("ankle", side), body.in_space("wrist", side))
    return dot(foot, across) / norm(across) if norm(across) > 0 else NAN


@signal("T", "shoulder wrist ankle", (-3, 3), {View.SIDE: 0.10})
def shoulder_behind_hand_t(body: Body, side: Side) -> float:
    """How far the shoulder is behind the wrist along the floor: + = toward the feet."""
    shoulder, wrist = body.at("shoulder", side), body.at("wrist", side)
    return (shoulder[0] - wrist[0]) * sign(body.at("ankle", side)[0] - shoulder[0])


@signal("T", "wrist knee", (0, 4), IN_PLANE)
def hand_to_other_knee_t(body: Body, side: Side) -> float:
    """Distance of this side's wrist from the other side's knee."""
    return distance(body.best("wrist", side), body.best("knee", other_side(side)))


@signal("T", "wrist knee", (-4, 4), {View.SIDE: 0.30, View.OBLIQUE: 0.25, View.FRONT: 0.25})
def wrong_hand_t(body: Body, side: Side) -> float:
    """How much nearer the other knee its own wrist is than this one: + = the wrong hand. Unseen with both in one place."""
    # Within 0.25 T: a hidden hand is drawn on the other one, and nobody can tell which it is.
    other = other_side(side)
    knee, own, others = body.best("knee", other), body.best("wrist", side), body.best("wrist", other)
    return distance(own, knee) - distance(others, knee) if distance(own, others) > 0.25 else NAN


@signal("ratio", "hip knee ankle", (-3, 3), {View.FRONT: 0.09, View.OBLIQUE: 0.10, View.BACK: 0.09})
def weight_shift_ratio(body: Body, side: Side) -> float:
    """Weight-shift index for this front leg: where mid-hip is from the rear knee (0) to the front ankle (1).

    A ratio along one line of the picture, so that the camera's azimuth cancels. Unseen when the two are less than
    0.4 T apart in the picture.
    """
    knee = body.at("knee", other_side(side))[0]
    reach = body.at("ankle", side)[0] - knee
    return (body.mid("hip")[0] - knee) / reach if abs(reach) > 0.4 else NAN


@signal("T", "hip knee ankle", (-3, 3), HEIGHTS)
def hip_toward_foot_t(body: Body, side: Side) -> float:
    """How far mid-hip is ahead of the rear knee toward this front foot, across the picture.

    Unseen where the two are less than 0.4 T apart in the picture: then the hips move toward the camera or away from it.
    """
    knee = body.at("knee", other_side(side))[0]
    reach = body.at("ankle", side)[0] - knee
    return (body.mid("hip")[0] - knee) * sign(reach) if abs(reach) > 0.4 else NAN


@signal("deg", "hip knee ankle", (0, 180), {View.FRONT: 12.0, View.BACK: 12.0, View.OBLIQUE: 15.0, View.SIDE: 10.0})
def knee_bend_difference_deg(body: Body, side: Side) -> float:
    """How much more this knee is bent than the other one, as estimated in space; 0 where it is bent less."""
    bends = [
        180.0 - angle_at(*(body.in_space(part, each) for part in ("knee", "hip", "ankle")))
        for each in (side, other_side(side))
    ]
    return NAN if math.isnan(bends[0] - bends[1]) else max(bends[0] - bends[1], 0.0)


def _from_floor(body: Body, part: str) -> Point:
    """Return the place of a part from the middle of knees and ankles, which rest on the floor in kneeling."""
    return subtract(body.mid(part), midpoint(body.mid("knee"), body.mid("ankle")))


@signal("T", "hip knee ankle", (-3, 3), HEIGHTS)
def hip_position_x_t(body: Body) -> float:
    """Place of mid-hip across the picture, from between knees and ankles; only its travel means anything."""
    return _from_floor(body, "hip")[0]


@signal("T", "hip knee ankle", (-3, 3), HEIGHTS)
def hip_position_y_t(body: Body) -> float:
    """Place of mid-hip up the picture, from between knees and ankles; only its travel means anything."""
    return _from_floor(body, "hip")[1]


@signal("T", "shoulder knee ankle", (-4, 4), HEIGHTS)
def shoulder_position_x_t(body: Body) -> float:
    """Place of mid-shoulder across the picture, from between knees and ankles; only its travel means anything."""
    return _from_floor(body, "shoulder")[0]


@signal("T", "shoulder knee ankle", (-4, 4), HEIGHTS)
def shoulder_position_y_t(body: Body) -> float:
    """Place of mid-shoulder up the picture, from between knees and ankles; only its travel means anything."""
    return _from_floor(body, "shoulder")[1]
