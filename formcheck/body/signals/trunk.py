"""Inclination, tilt, roll and roundness of the trunk.

Errors: inclination ±6° in side view, distances ±0.06 T, rolls ±6° and ±4° (rules/METHOD.md, chapter 1).
"""

import math

from formcheck.body.body import Body
from formcheck.body.geometry import (
    NAN,
    add,
    angle_at,
    arcsine,
    clamp,
    cross,
    distance,
    dot,
    norm,
    subtract,
    without,
)
from formcheck.body.signal import side_sign, signal
from formcheck.body.view import View
from formcheck.pose.pose import Side, other_side

HEIGHTS = {View.SIDE: 0.06, View.OBLIQUE: 0.06, View.FRONT: 0.06, View.BACK: 0.06}
NEAR_HORIZONTAL_DEG = 50.0
"""Without a side view the trunk's inclination is judged from its height only beyond this: the arcsine is flat before."""


@signal("deg", "shoulder hip", (0, 180), {View.SIDE: 6.0, View.OBLIQUE: 10.0, View.FRONT: 10.0, View.BACK: 10.0})
def torso_inclination_deg(body: Body) -> float:
    """Mid-hip to mid-shoulder from the vertical: 0 = upright, 90 = horizontal, over 90 = head below the hips.

    From the side and from 45° the angle in the picture, stretched by what the picture hides of a lean to where the body
    faces: by √2 at 45°, and not at all at 90°. Front and back: from the height over the torso's length, near horizontal only.
    """
    across, up = subtract(body.mid("shoulder"), body.mid("hip"))
    if body.view in (View.SIDE, View.OBLIQUE):
        seen_deg = math.degrees(math.atan2(abs(across), up))
        return math.degrees(math.atan2(abs(across) / _sideways_share(body, seen_deg), up))
    from_height = 90.0 - arcsine(up)
    return from_height if from_height > NEAR_HORIZONTAL_DEG else NAN


UPRIGHT_DEG, HANGING_DEG = 35.0, 50.0
"""Up to the first a trunk seen from the side leans to where the body faces; from the second on it hangs, and turns about itself."""


def _sideways_share(body: Body, seen_deg: float) -> float:
    """Return how much of a way forward shows in the picture of a body that is turned by 45 to 135°.

    A trunk that hangs and rolls looks like a body that turns, though it leans to where it did: from the side all of it shows.
    """
    share = max(abs(math.sin(math.radians(body.yaw_deg))), math.sqrt(0.5))
    if body.view is View.OBLIQUE:
        return share
    return share + (1.0 - share) * clamp((seen_deg - UPRIGHT_DEG) / (HANGING_DEG - UPRIGHT_DEG), 0.0, 1.0)


@signal("deg", "shoulder hip", (-180, 180), {View.FRONT: 4.0, View.BACK: 4.0})
def lateral_lean_deg(body: Body) -> float:
    """Mid-hip to mid-shoulder from the vertical in the picture: 0 = upright, + = toward the person's left."""
    across, up = subtract(body.mid("shoulder"), body.mid("hip"))
    return math.degrees(math.atan2(across * side_sign(body, "hip", "left"), up))


@signal("ratio", "shoulder hip", (-1.2, 1.2), HEIGHTS)
def trunk_height_ratio(body: Body) -> float:
    """Height of mid-shoulder over mid-hip in torso lengths: 1 = upright, 0 = horizontal, - = head down."""
    return body.mid("shoulder")[1] - body.mid("hip")[1]


@signal("ratio", "shoulder hip", (-1, 1), dict.fromkeys(View, 0.2))
def chest_up_ratio(body: Body) -> float:
    """Vertical part of the direction in which the chest faces: 1 = supine, -1 = prone, 0 = upright or on the side."""
    up = subtract(body.mid_in_space("shoulder"), body.mid_in_space("hip"))
    across = subtract(
        add(body.in_space("shoulder", "left"), body.in_space("hip", "left")),
        add(body.in_space("shoulder", "right"), body.in_space("hip", "right")),
    )
    # y up turns the picture's right-handed axes into left-handed ones, hence the order of the factors.
    faces = cross(up, across)
    return faces[1] / norm(faces) if norm(faces) > 0 else NAN


@signal("deg", "hip", (-90, 90), {View.FRONT: 5.0, View.BACK: 5.0, View.OBLIQUE: 8.0}, uses_widths=True)
def hip_tilt_deg(body: Body) -> float:
    """Tilt of the pelvis from the hips' heights: 0 = level, + = left hip higher."""
    return arcsine((body.at("hip", "left")[1] - body.at("hip", "right")[1]) / body.calibration.hip_width)


@signal("deg", "shoulder", (-90, 90), {View.FRONT: 4.0, View.BACK: 4.0, View.OBLIQUE: 7.0}, uses_widths=True)
def shoulder_tilt_deg(body: Body) -> float:
    """Tilt of the shoulders from their heights: 0 = level, + = left shoulder higher."""
    return arcsine((body.at("shoulder", "left")[1] - body.at("shoulder", "right")[1]) / body.calibration.shoulder_width)


@signal("deg", "shoulder hip", (-180, 180), {View.FRONT: 7.0, View.BACK: 7.0, View.OBLIQUE: 11.0}, uses_widths=True)
def side_bend_deg(body: Body) -> float:
    """Shoulder tilt minus hip tilt: 0 = both sides of the waist equally long, + = bent to the right."""
    return float(shoulder_tilt_deg.compute(body) - hip_tilt_deg.compute(body))


# From the front the shoulders of a hinged trunk hide its hips: a turn by 20° was not seen at all in one clip.
PELVIS_ROLL = {View.SIDE: 10.0, View.OBLIQUE: 10.0, View.FRONT: 20.0, View.BACK: 20.0}
UPRIGHT_BELOW = 0.34
"""Sine of 20°: a trunk that leans by less is upright."""


def _roll(body: Body, part: str, width: float, standing: Side) -> float:
    """Return how far the line from the standing to the free side is rolled about the trunk, out of the level.

    The mean of two poor witnesses that err apart: the heights in the picture, where the near side hides the far one, and
    the line in space, whose depth is estimated. On nine rendered clips a turn's change was 11° and 10° off for the hips,
    and at worst a turn read 0.15 and 0.3 of what it was, their mean over hips and shoulders 0.3.
    """
    trunk = subtract(body.mid_in_space("shoulder"), body.mid_in_space("hip"))
    up = without((0.0, 1.0, 0.0), trunk)
    if not norm(up) > UPRIGHT_BELOW:
        return NAN  # an upright trunk rolls about the vertical, which is no roll
    free = other_side(standing)
    line = subtract(body.in_space(part, free), body.in_space(part, standing))
    if not norm(line) > 0:
        return NAN
    # A roll about a trunk that is not level lifts one side by less.
    in_picture = arcsine((body.at(part, free)[1] - body.at(part, standing)[1]) / (width * norm(up)))
    return (in_picture + arcsine(dot(line, up) / (norm(up) * norm(line)))) / 2


@signal("deg", "shoulder hip", (-90, 90), PELVIS_ROLL, uses_widths=True)
def pelvis_roll_deg(body: Body, side: Side) -> float:
    """Roll of a hinged pelvis about the trunk for this standing leg: + = free hip higher (away), - = lower (toward).

    Its zero depends on the camera and the person: rules use its change from the square hinge.
    """
    return _roll(body, "hip", body.calibration.hip_width, side)


@signal("deg", "shoulder hip", (-90, 90), dict.fromkeys(View, 7.5), uses_widths=True)
def shoulder_roll_deg(body: Body, side: Side) -> float:
    """Roll of hinged shoulders about the trunk for this standing leg: + = shoulder of the free side higher."""
    return _roll(body, "shoulder", body.calibration.shoulder_width, side)


@signal("deg", "shoulder hip", (-90, 90), dict.fromkeys(View, 8.0), uses_widths=True)
def trunk_roll_deg(body: Body, side: Side) -> float:
    """Mean of pelvis and shoulder roll for this standing leg: how far one has turned, wherever in the trunk.

    Hips and shoulders err in opposite ways, so that their mean follows a turn where either hardly does.
    """
    return float(pelvis_roll_deg.compute(body, side) + shoulder_roll_deg.compute(body, side)) / 2


@signal("deg", "shoulder hip", (-180, 180), PELVIS_ROLL, uses_widths=True)
def spinal_twist_deg(body: Body, side: Side) -> float:
    """Shoulder roll minus pelvis roll for this standing leg: how far the back is twisted."""
    return float(shoulder_roll_deg.compute(body, side) - pelvis_roll_deg.compute(body, side))


@signal("ratio", "shoulder hip", (0, 1.5), {View.SIDE: 0.06, View.OBLIQUE: 0.10})
def trunk_length_ratio(body: Body) -> float:
    """Shoulder-hip distance over the calibrated one: 1 = long, less = rounded (or seen at a slant)."""
    if body.view is View.SIDE:
        return distance(body.mid("shoulder"), body.mid("hip"))
    return distance(body.mid_in_space("shoulder"), body.mid_in_space("hip"))


@signal("deg", "ear shoulder hip", (0, 180), {View.SIDE: 12.0, View.OBLIQUE: 20.0})
def neck_line_deg(body: Body, side: Side) -> float:
    """Ear-shoulder-hip angle: 180 = neck in line with the trunk, less = head dropped or pulled back.

    In the picture. Ears lie nearer the midline than shoulders and hips, so that from 45° a straight neck reads some 25° too
    little; there it is unseen of the side that is farther from the camera, where that differs. Unseen from the front and the back.
    """
    if body.view not in (View.SIDE, View.OBLIQUE) or (body.view is View.OBLIQUE and body.near != side):
        return NAN
    return angle_at(body.at("shoulder", side), body.at("ear", side), body.at("hip", side))
