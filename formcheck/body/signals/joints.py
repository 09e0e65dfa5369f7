"""Angles of the joints and segments of the limbs.

Side view: angles in the picture, near side ±8° (rules/METHOD.md, chapter 1: Cosoli, Yue). Other views: angles in
space from the world landmarks, ±20° (rules/METHOD.md, chapter 1: 8 to 31° off at 45°).
"""

import math

from formcheck.body.body import Body
from formcheck.body.geometry import (
    NAN,
    Point,
    add,
    angle_at,
    angle_between,
    arcsine,
    cross,
    distance,
    dot,
    norm,
    offset_from_line,
    sign,
    subtract,
    turn_between,
    without,
)
from formcheck.body.signal import side_sign, signal
from formcheck.body.view import View
from formcheck.pose.pose import SIDES, Side, other_side

ANY_VIEW = {View.SIDE: 8.0, View.OBLIQUE: 20.0, View.FRONT: 20.0, View.BACK: 20.0}


EXTENDS_TO_DEG = -45.0
"""No hip or knee extends farther; what seems to is bent, and the nearer side was taken for the other."""


LEAST_SHOWN = 0.4
"""A thigh or shank of which the picture shows less than this share of its length points at the camera (66° out of the
picture or more): the angle beside it says nothing of the joint."""


def _flexion(body: Body, a: str, vertex: str, b: str, side: Side, forward: float) -> float:
    """Return the flexion of a joint, - = extended beyond straight where the view is from the side.

    `forward` is +1 for a joint whose far part swings forward when it bends, as the hip's, and -1 for the knee's.
    """
    if body.view is View.SIDE and body.near is not None:
        if _is_end_on(body, a, vertex, side) or _is_end_on(body, vertex, b, side):
            return NAN
        upper = subtract(body.at(vertex, side), body.at(a, side))
        lower = subtract(body.at(b, side), body.at(vertex, side))
        # Seen from its left, a body faces the picture's left, and its thighs come forward clockwise.
        flexion = turn_between(upper, lower) * forward * (-1.0 if body.near == "left" else 1.0)
        return flexion if flexion > EXTENDS_TO_DEG or math.isnan(flexion) else abs(flexion)
    return 180.0 - angle_at(body.best(vertex, side), body.best(a, side), body.best(b, side))


def _is_end_on(body: Body, upper: str, lower: str, side: Side) -> bool:
    """Return whether a thigh or shank points at the camera."""
    length = {"knee": body.calibration.thigh, "ankle": body.calibration.shank}.get(lower, 0.0)
    return distance(body.at(upper, side), body.at(lower, side)) < LEAST_SHOWN * length


@signal("deg", "hip knee ankle", (-45, 180), ANY_VIEW)
def knee_flexion_deg(body: Body, side: Side) -> float:
    """Knee flexion: 180° minus hip-knee-ankle; 0 = straight, + = bent, - = beyond straight (side view only)."""
    return _flexion(body, "hip", "knee", "ankle", side, forward=-1.0)


@signal("deg", "shoulder hip knee", (-45, 180), ANY_VIEW)
def hip_flexion_deg(body: Body, side: Side) -> float:
    """Thigh-on-trunk angle: 180° minus shoulder-hip-knee; 0 = in line, + = bent, - = extended (side view only).

    Includes motion of the pelvis. Without its sign, a hip that rests slightly extended would seem to extend first when it
    flexes, and the movement to begin late.

    From elsewhere than the side, without what lies along the line of the hips: shoulders are wider than hips, and would
    add some 10° to a straight hip.
    """
    if body.view is View.SIDE:
        return _flexion(body, "shoulder", "hip", "knee", side, forward=1.0)
    hip, across = body.in_space("hip", side), subtract(body.in_space("hip", "left"), body.in_space("hip", "right"))
    trunk, thigh = (without(subtract(body.in_space(part, side), hip), across) for part in ("shoulder", "knee"))
    return 180.0 - angle_between(trunk, thigh)


@signal("deg", "shoulder hip knee", (-45, 180), dict.fromkeys(View, 6.0))
def hip_angle_in_picture_deg(body: Body, side: Side) -> float:
    """Angle of the thigh on the trunk as the picture shows it: 0 = in line, + = bent, - = extended (side view only).

    It is the joint's angle in side view only, but it moves with it from everywhere: a witness that a hip flexes, and no
    measure of how far.
    """
    if body.view is View.SIDE:
        return float(hip_flexion_deg.compute(body, side))
    return 180.0 - angle_at(*(body.at(part, side) for part in ("hip", "shoulder", "knee")))


@signal("deg", "shoulder elbow wrist", (0, 180), {View.SIDE: 20.0, View.OBLIQUE: 20.0})
def elbow_flexion_deg(body: Body, side: Side) -> float:
    """Elbow flexion: 180° minus shoulder-elbow-wrist; 0 = straight, + = bent.

    In space from any view: an elbow that lies on the floor bends toward the camera. On two photographs of child's pose
    it read 83° and 136°, the picture 78° and 116°.
    """
    return 180.0 - angle_at(*(body.in_space(part, side) for part in ("elbow", "shoulder", "wrist")))


@signal("deg", "hip shoulder elbow", (0, 180), {View.SIDE: 12.0, View.OBLIQUE: 20.0})
def arm_elevation_deg(body: Body, side: Side) -> float:
    """Hip-shoulder-elbow angle: 0 = arm along the trunk, 180 = overhead."""
    return angle_at(body.best("shoulder", side), body.best("hip", side), body.best("elbow", side))


@signal("deg", "hip ankle", (-90, 90), {View.SIDE: 6.0, View.OBLIQUE: 12.0})
def leg_inclination_deg(body: Body, side: Side) -> float:
    """Hip-to-ankle line against the horizontal: 0 = level, - = foot below the hip, + = above.

    Side view: angle in the picture. 45°: from the height alone, over the leg's own length.
    """
    hip, ankle = body.at("hip", side), body.at("ankle", side)
    rise = ankle[1] - hip[1]
    if body.view is View.SIDE:
        return math.degrees(math.atan2(rise, abs(ankle[0] - hip[0])))
    return arcsine(rise / body.calibration.leg)


@signal("deg", "shoulder hip ankle", (0, 180), {View.SIDE: 6.0, View.OBLIQUE: 15.0})
def body_line_deg(body: Body, side: Side) -> float:
    """Shoulder-hip-ankle angle: 180 = straight as a plank."""
    return angle_at(body.best("hip", side), body.best("shoulder", side), body.best("ankle", side))


@signal("ratio", "shoulder hip ankle wrist", (-1, 1), {View.SIDE: 0.025})
def hip_deviation_ratio(body: Body, side: Side) -> float:
    """Distance of the hip from the shoulder-ankle line over the line's length: + = piked, - = sagging.

    Piked is the side away from the hand, so that it also holds for a body that leans on a wall; without a hand, up.
    0.04 is about 170° of body line, 0.08 about 160°. Error: ±0.06 T over a line of about 2.6 T. Unseen when the line
    is shorter than 1 T: a folded body is no plank.
    """
    shoulder, ankle = body.at("shoulder", side), body.at("ankle", side)
    length = distance(shoulder, ankle)
    if not length > 1.0:
        return NAN
    offset = offset_from_line(body.at("hip", side), ankle, shoulder)
    hand = offset_from_line(body.at("wrist", side), ankle, shoulder)
    if abs(hand) > 0.3:
        offset *= -sign(hand)
    else:
        offset *= sign(shoulder[0] - ankle[0])
    return offset / length


@signal("deg", "shoulder ankle", (0, 90), {View.SIDE: 6.0, View.OBLIQUE: 10.0, View.FRONT: 15.0, View.BACK: 15.0})
def body_slope_deg(body: Body, side: Side) -> float:
    """Shoulder-ankle line against the horizontal: 0 = level, 90 = upright.

    Side view: angle in the picture. Other views: from the height alone, over the length of trunk and leg, for a straight
    body; depth would show upright people leaning forward.
    """
    across, up = subtract(body.at("shoulder", side), body.at("ankle", side))
    if body.view is View.SIDE:
        return math.degrees(math.atan2(abs(up), abs(across)))
    return abs(arcsine(up / (1.0 + body.calibration.leg)))


@signal("deg", "hip knee ankle", (-180, 180), {View.FRONT: 4.0, View.BACK: 4.0})
def frontal_projection_deg(body: Body, side: Side) -> float:
    """Frontal-plane projection angle: 180° minus hip-knee-ankle in the picture, + = knee to the midline.

    For a standing support leg only. Error: source Gwynne (2-4°).
    """
    hip, knee, ankle = (body.at(part, side) for part in ("hip", "knee", "ankle"))
    flexion = 180.0 - angle_at(knee, hip, ankle)
    # The knee lies medially when it is on the other hip's side of the hip-ankle line.
    return flexion * sign(offset_from_line(knee, ankle, hip)) * side_sign(body, "hip", side)


@signal("shank", "knee ankle", (-1.2, 1.2), {View.FRONT: 0.07, View.BACK: 0.07})
def knee_inward_shank(body: Body, side: Side) -> float:
    """Offset of the knee from the ankle across the body in shank lengths, + = to the midline.

    In the picture of a body that faces the camera; of one that is turned, a knee that bends forward moves across, by as much
    as its depth says.
    """
    turned = math.radians(_surely_turned_deg(body.yaw_deg))
    across = body.at("ankle", side)[0] - body.at("knee", side)[0]
    deeper = body.in_space("ankle", side)[2] - body.in_space("knee", side)[2]
    to_the_left = across * math.cos(turned) - deeper * math.sin(turned)
    return to_the_left * (1.0 if side == "left" else -1.0) / body.calibration.shank


SQUARE_DEG = 10.0
"""Who stands square to the camera reads as turned by as much: so much of a turn is not taken back."""


def _surely_turned_deg(yaw_deg: float) -> float:
    """Return how far a body is turned at least, from facing the camera or from showing it the back."""
    square = 0.0 if abs(yaw_deg) < 90.0 else math.copysign(180.0, yaw_deg)
    off = yaw_deg - square
    return square + math.copysign(max(abs(off) - SQUARE_DEG, 0.0), off)


@signal("deg", "hip knee ankle", (0, 180), {View.OBLIQUE: 12.0})
def floor_knee_flexion_deg(body: Body, side: Side) -> float:
    """Knee flexion of legs that lie on the floor in sitting; 0 = straight, + = bent.

    By geometry: from where the floor is, since depth as estimated is 35° off here. On rendered people the near leg
    reads 12° too much, the far one 64°, whose foot is misplaced. Unseen until the camera's tilt is known, when the camera
    sees the legs from less than 15° above the floor, and unless the hips are down.
    """
    if body.floor is None or body.view is not View.OBLIQUE or not _hips_down(body):
        return NAN
    legs = body.floor.legs
    return NAN if legs is None else legs.knee_flexion_deg(side)


def _hips_down(body: Body) -> bool:
    lowest = min(body.at(part, side)[1] for part in ("knee", "ankle") for side in SIDES)
    return body.mid("hip")[1] - lowest < 0.9


KNEE_OVER_ANKLE_T = 0.4
"""Both knees of who stands on the feet are higher over the ankles: in side lunges by 0.48 T or more, kneeling by 0.04 T at most."""


@signal("deg", "shoulder hip knee ankle heel foot_index", (0, 180), {View.OBLIQUE: 15.0})
def standing_knee_flexion_deg(body: Body, side: Side) -> float:
    """Knee flexion in space of who stands on both feet, learnt from posed bodies: 0 = straight, + = bent.

    By nets that read the picture alone and state by how much they may be off. Unseen where that is more than 15°, of the farther
    leg, of who kneels or sits, and from elsewhere than 45°. On rendered people in random postures it is 8° off, the estimate in
    space 20°; where the leg trails in a side lunge, 3° and 19°.
    """
    if body.lifted is None or body.near != side or _hips_down(body):
        return NAN
    heights = [body.at("knee", each)[1] - body.at("ankle", each)[1] for each in SIDES]
    return body.lifted.near_knee_flexion_deg if min(heights) > KNEE_OVER_ANKLE_T else NAN


RIGHT_ANGLE_READS_DEG, READS_OF_A_DEGREE = 63.0, 0.64
"""What the world landmarks make of the rear knee of the 90/90: 90° reads 56 to 76° (63° on the mean), 45° reads 34°."""


BEHIND_T = 0.02
"""A knee that lies less behind than this does not point backward."""


@signal("deg", "shoulder hip knee ankle", (-10, 280), {View.OBLIQUE: 8.0})
def rear_knee_flexion_deg(body: Body, side: Side) -> float:
    """Knee flexion of the rear leg in the 90/90, where it is nearer the camera; 0 = straight, + = bent.

    As estimated in space, and set right for how much too little that is on rendered people. Unseen of the farther leg, of the
    leg whose knee points forward, and unless the hips are down.
    """
    if body.near != side or not _hips_down(body) or not knee_ahead_t.compute(body, side) < -BEHIND_T:
        return NAN
    seen_deg = 180.0 - angle_at(*(body.in_space(part, side) for part in ("knee", "hip", "ankle")))
    return 90.0 + (seen_deg - RIGHT_ANGLE_READS_DEG) / READS_OF_A_DEGREE


@signal("T", "shoulder hip knee", (-2, 2), {View.SIDE: 0.3, View.OBLIQUE: 0.3, View.FRONT: 0.5, View.BACK: 0.5})
def knee_ahead_t(body: Body, side: Side) -> float:
    """How much farther this knee lies ahead of the trunk than the other one, horizontally.

    Side view: in the picture. Other views: in space, along where hips and shoulders together face: the hips of a person
    who sits on the floor are often put 40° off.
    """
    other = other_side(side)
    if body.view is View.SIDE and body.near is not None:
        ahead = body.at("knee", side)[0] - body.at("knee", other)[0]
        # Seen from its left, a body faces the picture's left.
        return -ahead if body.near == "left" else ahead
    faces = cross((0.0, 1.0, 0.0), _across(body))
    knees = subtract(body.in_space("knee", side), body.in_space("knee", other))
    return dot(knees, faces) / norm(faces) if norm(faces) > 0 else NAN


def _across(body: Body) -> Point:
    """Return the direction from right to left of hips and shoulders together."""
    hips, shoulders = (
        subtract(body.in_space(part, "left"), body.in_space(part, "right")) for part in ("hip", "shoulder")
    )
    return add(hips, shoulders)
