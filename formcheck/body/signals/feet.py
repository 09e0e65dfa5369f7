"""Which way feet point, and where the knee is against its foot."""

from formcheck.body.body import Body
from formcheck.body.geometry import NAN, Point, arcsine, norm, subtract, turn_between
from formcheck.body.signal import side_sign, signal
from formcheck.body.signals.joints import floor_knee_flexion_deg
from formcheck.body.view import View
from formcheck.pose.pose import Side


@signal("deg", "knee ankle heel foot_index", (-180, 180), {View.OBLIQUE: 20.0})
def knee_yaw_deg(body: Body, side: Side) -> float:
    """Horizontal angle from the foot's axis (heel to toe) to ankle-to-knee, + = knee toward the little toe.

    The foot stands on the floor, which gives its direction by geometry; that of the shank is the estimated one. Unseen
    until the camera's tilt is known, and while the knee stands within 0.1 T of the ankle's plumb line: the direction is
    undefined there.
    """
    shank = _level(subtract(body.in_space("knee", side), body.in_space("ankle", side)))
    if body.floor is None or not norm(shank) > 0.1:
        return NAN
    return _outward(turn_between(body.floor.direction(f"{side}_heel", f"{side}_foot_index"), shank), side)


AHEAD_OF_FOOT = 0.95
"""How far the knee is ahead of the ankle in a deep weight shift (0.40 T), in lengths of the foot from heel to toe (0.42 T)."""


@signal("T", "shoulder knee ankle heel foot_index", (-2, 2), {View.OBLIQUE: 0.10})
def knee_inside_t(body: Body, side: Side) -> float:
    """How far the knee, ahead of its ankle, lies inside the foot's axis: 0 = over the foot, + = to the big toe.

    In the picture, of a leg that is turned out toward the camera: how far the knee is across from the ankle, less how far it
    would be over the foot. It needs no depth, no floor and no start. Unseen of the leg that is farther from the camera, where a
    knee that falls inside hardly moves across.
    """
    if body.near != side:
        return NAN
    knee, foot = (
        body.at(last, side)[0] - body.at(first, side)[0] for first, last in (("ankle", "knee"), ("heel", "foot_index"))
    )
    return (AHEAD_OF_FOOT * foot - knee) * side_sign(body, "shoulder", side)


FOOT_T = 0.47
"""How long a foot is from heel to toe as the model sees it (0.42 to 0.44 on the bodies themselves)."""


@signal("deg", "shoulder heel foot_index", (-90, 180), {View.OBLIQUE: 15.0, View.FRONT: 25.0})
def foot_yaw_deg(body: Body, side: Side) -> float:
    """Horizontal angle of the foot's axis from where the body faces, + = turned out.

    In the picture, of a foot that stands on the floor: how far the toe is across from the heel shows how far the foot is turned
    from the camera, and how far the body is turned from it is known. Neither depth nor the floor is needed. From 45°
    unseen of the leg that is farther from the camera, whose foot points across the picture from 45° on, and from behind.
    """
    if body.view is View.OBLIQUE:
        toward = abs(body.yaw_deg) if body.near == side and abs(body.yaw_deg) < 90.0 else NAN
    else:
        toward = 0.0 if body.view is View.FRONT else NAN
    across = (body.at("foot_index", side)[0] - body.at("heel", side)[0]) * side_sign(body, "shoulder", side)
    return toward + arcsine(across / FOOT_T)


ALONG_FLOOR = (floor_knee_flexion_deg, knee_yaw_deg)
"""What is measured by where the floor is, and unseen until the camera's tilt is known."""


def _level(vector: Point) -> tuple[float, float]:
    """Return the horizontal part, seen from above: x to the right, y away from the camera."""
    return (vector[0], vector[2])


def _outward(anticlockwise: float, side: Side) -> float:
    """Return an angle seen from above as outward rotation: anticlockwise on the left, clockwise on the right."""
    return anticlockwise if side == "left" else -anticlockwise
