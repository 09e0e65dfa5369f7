"""The body in the picture: its limbs and joints as they were seen, and the angle that the rules look at."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.output.lettering import BOLD, Colour, Image, Lettering
from formcheck.pose.pose import INDEX, SIDES, Pose, Side

LEFT: Colour = (233, 180, 86)
RIGHT: Colour = (0, 159, 230)
"""Sky blue and orange: colour-blind people tell them apart (Okabe and Ito). Joints differ in shape as well."""
MIDDLE: Colour = (235, 235, 235)
ANGLE: Colour = (66, 228, 240)
LIMIT: Colour = (90, 90, 255)
DARK: Colour = (20, 20, 20)

DOUBTED_BELOW = 0.5
"""Landmarks that the model itself doubts more than this are drawn thin and dashed."""

_BONES = (
    ("shoulder", "elbow"), ("elbow", "wrist"), ("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"),
    ("ankle", "heel"), ("heel", "foot_index"), ("ankle", "foot_index"),
)  # fmt: skip
_CROSS = (
    ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"), ("left_ear", "nose"), ("nose", "right_ear"),
)  # fmt: skip
_JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index", "ear")
_SMALL_JOINTS = ("heel", "foot_index", "ear")
_MIDDLES = {"mid_shoulder": "shoulder", "mid_hip": "hip"}

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AngleMark:
    """An angle to show.

    Attributes
    ----------
    joint
        Where it is: a landmark, ``mid_shoulder`` or ``mid_hip``.
    neighbours
        The ends of its two limbs, named likewise; ``up`` stands for the vertical.
    value_deg
        What to write.
    is_flexion
        A straight joint is 0°: the arc starts from the first limb's prolongation. Else it lies between the limbs,
        and always where one of them is ``up``.
    name
        What it is the angle of, in a word.
    target
        Lowest and highest value that are right, None for no such limit; both None = it has no target.
    """

    joint: str
    neighbours: tuple[str, str]
    value_deg: float
    is_flexion: bool = True
    name: str = ""
    target: tuple[float | None, float | None] = (None, None)


def colour_of(side: Side | None) -> Colour:
    """Return the colour of a side of the body."""
    return {"left": LEFT, "right": RIGHT}.get(side or "", MIDDLE)


def seen_points(pose: Pose, size_wh: tuple[int, int]) -> dict[str, Point]:
    """Return where the landmarks are that can be drawn: seen, and not far outside the picture."""
    reach = 2.0 * max(size_wh)
    points: dict[str, Point] = {}
    for name, index in INDEX.items():
        x, y = pose.image_px[index]
        if math.isfinite(x) and math.isfinite(y) and -reach < x < 2 * reach and -reach < y < 2 * reach:
            points[name] = (round(float(x)), round(float(y)))
    return points


def body_points(pose: Pose, size_wh: tuple[int, int]) -> NDArray[np.float64]:
    """Return points along the body, (n, 2) in px: what no text may cover."""
    points = seen_points(pose, size_wh)
    along = list(points.values())
    for start, end, _ in _limbs():
        if start in points and end in points:
            along += [
                _between(points[start], points[end], share) for share in (0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875)
            ]
    return np.array(along, dtype=np.float64).reshape(-1, 2)


def draw_skeleton(image: Image, pose: Pose, line_px: int) -> None:
    """Draw limbs and joints into the image; unseen ones are left out, doubted ones thin and dashed.

    Parameters
    ----------
    image
        (h, w, 3) BGR, drawn into.
    pose
        The body, in px of this image.
    line_px
        Width of a limb's line.
    """
    points = seen_points(pose, (image.shape[1], image.shape[0]))
    limbs = [limb for limb in _limbs() if limb[0] in points and limb[1] in points]
    # What is doubted goes below what is sure.
    limbs.sort(key=lambda limb: not _doubted(pose, *limb[:2]))
    for start, end, colour in limbs:
        if _doubted(pose, start, end):
            _dashes(image, points[start], points[end], colour, line_px)
        else:
            cv2.line(image, points[start], points[end], DARK, line_px + _rim(line_px), cv2.LINE_AA)
            cv2.line(image, points[start], points[end], colour, line_px, cv2.LINE_AA)
    for side in SIDES:
        for part in _JOINTS:
            name = f"{side}_{part}"
            if name in points:
                is_small = part in _SMALL_JOINTS or _doubted(pose, name)
                radius = line_px if is_small else round(1.5 * line_px)
                draw_joint(image, points[name], radius, side)
    if "nose" in points:
        draw_joint(image, points["nose"], line_px, None)


def draw_joint(image: Image, at: Point, radius: int, side: Side | None) -> None:
    """Draw a joint: a circle on the left, a square on the right."""
    rim = max(1, radius // 4)
    for size, colour in ((radius + rim, DARK), (radius, colour_of(side))):
        if side == "right":
            cv2.rectangle(image, (at[0] - size, at[1] - size), (at[0] + size, at[1] + size), colour, cv2.FILLED)
        else:
            cv2.circle(image, at, size, colour, cv2.FILLED, cv2.LINE_AA)


def draw_rings(image: Image, pose: Pose, names: Sequence[str], line_px: int) -> None:
    """Draw a ring round each of these landmarks that is seen: what is measured there has no angle to draw."""
    points = seen_points(pose, (image.shape[1], image.shape[0]))
    for name in names:
        if name in points:
            for width, colour in ((line_px + _rim(line_px), DARK), (line_px, ANGLE)):
                cv2.circle(image, points[name], 4 * line_px, colour, width, cv2.LINE_AA)


def draw_angle(image: Image, pose: Pose, mark: AngleMark, lettering: Lettering, line_px: int, text_px: int) -> None:
    """Draw an angle as an arc with its value in degrees, beside the body.

    Nothing is drawn if the angle or one of its points is not seen.
    """
    points = seen_points(pose, (image.shape[1], image.shape[0]))
    joint = _point(points, mark.joint)
    if joint is None or not math.isfinite(mark.value_deg):
        return
    one, two = (_point(points, name, joint) for name in mark.neighbours)
    if one is None or two is None or min(math.dist(joint, one), math.dist(joint, two)) < 2:
        return
    first, second = _direction(joint, one), _direction(joint, two)
    radius = round(min(2.2 * text_px, 0.6 * math.dist(joint, one), 0.6 * math.dist(joint, two)))
    if mark.is_flexion and "up" not in mark.neighbours:
        first += 180
        _dashes(image, joint, _polar(joint, first, 1.6 * radius), ANGLE, line_px)
    sweep = (second - first + 180) % 360 - 180
    for width, colour in ((line_px + _rim(line_px), DARK), (line_px, ANGLE)):
        cv2.ellipse(image, joint, (radius, radius), 0, first, first + sweep, colour, width, cv2.LINE_AA)
    body = body_points(pose, (image.shape[1], image.shape[0]))
    _label(image, f"{mark.value_deg:.0f}°", (joint, first + sweep / 2, radius + line_px), lettering, text_px, body)


def draw_limit(image: Image, pose: Pose, mark: AngleMark, limit_deg: float, line_px: int) -> None:
    """Draw where an angle's second limb would lie at a limit, dashed, from its joint.

    Nothing is drawn if one of its points is not seen.
    """
    points = seen_points(pose, (image.shape[1], image.shape[0]))
    joint = _point(points, mark.joint)
    if joint is None or not math.isfinite(limit_deg):
        return
    one, two = (_point(points, name, joint) for name in mark.neighbours)
    if one is None or two is None or min(math.dist(joint, one), math.dist(joint, two)) < 2:
        return
    first, second = _direction(joint, one), _direction(joint, two)
    if mark.is_flexion and "up" not in mark.neighbours:
        first += 180
    sweep = (second - first + 180) % 360 - 180
    turn = math.copysign(limit_deg, sweep)
    _dashes(image, joint, _polar(joint, first + turn, 0.9 * math.dist(joint, two)), LIMIT, 2 * line_px)


def _label(
    image: Image,
    text: str,
    beyond: tuple[Point, float, float],
    lettering: Lettering,
    text_px: int,
    body: NDArray[np.float64],
) -> None:
    """Write a text beyond a radius round a point, where it covers none of the body, near a direction if it can be."""
    text = "0°" if text == "-0°" else text
    width, height = lettering.width(text, text_px, BOLD), lettering.line_height(text_px)
    centre, direction, radius = beyond
    edge = text_px // 6
    highest = (image.shape[1] - width - edge, image.shape[0] - height - edge)
    if min(highest) < edge:
        return

    def place(turn: float, farther: float) -> tuple[int, int]:
        x, y = _polar(centre, direction + turn, radius + farther * math.hypot(width, height))
        left, top = max(edge, min(x - width // 2, highest[0])), max(edge, min(y - height // 2, highest[1]))
        return left, top

    def covered(at: tuple[int, int]) -> int:
        low, high = np.array(at) - edge, np.array(at) + edge + np.array((width, height))
        return int(((body >= low) & (body < high)).all(axis=1).sum())

    # The same order each time, so that it moves only where it has to.
    tries = [place(turn, farther) for farther in (0.6, 1.2, 2.0) for turn in (0, 45, -45, 90, -90, 135, -135, 180)]
    at = min(tries, key=covered)
    if not covered(at):
        lettering.put_outlined(image, text, at, text_px, ANGLE)


def _direction(start: Point, end: Point) -> float:
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def _limbs() -> list[tuple[str, str, Colour]]:
    limbs = [(start, end, MIDDLE) for start, end in _CROSS]
    for side in SIDES:
        limbs += [(f"{side}_{start}", f"{side}_{end}", colour_of(side)) for start, end in _BONES]
    return limbs


def _rim(line_px: int) -> int:
    return max(2, round(0.8 * line_px))


def _doubted(pose: Pose, *names: str) -> bool:
    return any(pose.visibility[INDEX[name]] < DOUBTED_BELOW for name in names)


def _dashes(image: Image, start: Point, end: Point, colour: Colour, line_px: int) -> None:
    thin = max(1, line_px // 2)
    count = max(1, round(math.dist(start, end) / (6 * thin)))
    stops = [_between(start, end, step / (2 * count)) for step in range(2 * count)]
    for a, b in list(pairwise(stops))[::2]:
        cv2.line(image, a, b, DARK, thin + 2, cv2.LINE_AA)
        cv2.line(image, a, b, colour, thin, cv2.LINE_AA)


def _point(points: dict[str, Point], name: str, joint: Point = (0, 0)) -> Point | None:
    if name == "up":
        return (joint[0], joint[1] - 100_000)
    if name in _MIDDLES:
        both = [points.get(f"{side}_{_MIDDLES[name]}") for side in SIDES]
        if both[0] is None or both[1] is None:
            return None
        return ((both[0][0] + both[1][0]) // 2, (both[0][1] + both[1][1]) // 2)
    return points.get(name)


def _between(start: Point, end: Point, share: float) -> Point:
    return (round(start[0] + (end[0] - start[0]) * share), round(start[1] + (end[1] - start[1]) * share))


def _polar(centre: Point, angle_deg: float, radius: float) -> Point:
    angle = math.radians(angle_deg)
    return (round(centre[0] + radius * math.cos(angle)), round(centre[1] + radius * math.sin(angle)))
