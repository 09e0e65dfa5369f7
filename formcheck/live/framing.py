"""Whether the whole body is in the picture, and which way to move or turn if it is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.body.view import View, ViewSeen
from formcheck.language import N_, _
from formcheck.live.glimpse import Glimpse
from formcheck.pose.pose import INDEX, SIDES, Pose, Side

Arrow = Literal["left", "right", "nearer", "farther"]
"""Which way to go, as the person sees it on the mirrored screen."""
Edge = Literal["left", "right", "top", "bottom"]
"""An edge of the camera's picture, which is not mirrored."""

TOO_FAR_SHARE = 0.11
"""A torso shorter than this share of the picture's height is too small to judge: all of a person is 3.5 torsos high."""
DARK_LEVEL = 45.0
"""Mean grey level below which a room is dark (judgement)."""
MARGIN_T = {"head": 0.15, "shoulders": 0.15, "hips": 0.15, "knees": 0.05, "feet": 0.03}
"""How far the body goes on beyond the landmarks of each part, in torso lengths (judgement)."""
HALF_ROOM_T = 1.0
"""What somebody who stands needs on either side, in torso lengths: an arm's reach."""
FACING_T = 0.4
"""Shoulders that are farther apart than this in the picture, in torso lengths, are seen from the front or the back."""

_PARTS = {
    "feet": ("ankle", "heel", "foot_index"), "knees": ("knee",), "hips": ("hip",), "shoulders": ("shoulder",),
    "head": ("ear",),
}  # fmt: skip
_CUT_OFF = {
    "head": N_("Your head is cut off."),
    "shoulders": N_("Your shoulders are cut off."),
    "hips": N_("Your hips are cut off."),
    "knees": N_("Your knees are cut off."),
    "feet": N_("Your feet are cut off."),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do.

    Attributes
    ----------
    say
        In words.
    arrow
        Which way to go, None for neither.
    hint
        What comes after that.
    """

    say: str
    arrow: Arrow | None = None
    hint: str = ""


def framing(
    glimpse: Glimpse, size_wh: tuple[int, int], room_t: tuple[float, float] = (0.0, 0.0), *, stands: bool = False
) -> Advice | None:
    """Return what keeps the body from being seen whole, None if nothing does.

    Parameters
    ----------
    glimpse
        This moment.
    size_wh
        Width and height of the picture in px.
    room_t
        Width and height that the exercise needs, in torso lengths.
    stands
        Somebody is to stand there, with room on either side.
    """
    if glimpse.seen.unfit:
        if glimpse.brightness >= DARK_LEVEL:
            return Advice(_("The camera shows a plain surface: is its lens free, and does it look at you?"))
        return Advice(_("It is too dark: switch on a light."))
    pose = glimpse.seen.pose
    if pose is None:
        return Advice(_("Step into the picture, 2 to 3.5 m away."))
    torso_px = glimpse.torso_px if glimpse.torso_px > 0 else 0.0
    outside = cut_off(pose, size_wh, torso_px)
    return outside or _distance(torso_px, size_wh, room_t) or (_place(pose, size_wh, torso_px) if stands else None)


def cut_off(pose: Pose, size_wh: tuple[int, int], torso_px: float = 0.0) -> Advice | None:
    """Return which part of a body is outside the picture and which way to move, None if all of it is inside.

    Parameters
    ----------
    pose
        As the estimator saw it, with landmarks outside the picture.
    size_wh
        Width and height of the picture in px.
    torso_px
        Length of the torso in px, to know how far the body goes on beyond its landmarks; 0 = by the landmarks alone.
    """
    beyond = _beyond(pose, size_wh, torso_px)
    horizontal, vertical = beyond["left"] | beyond["right"], beyond["top"] | beyond["bottom"]
    if (beyond["left"] and beyond["right"]) or (beyond["top"] and beyond["bottom"]):
        return Advice(_("Step back: not all of you is in the picture."), "farther")
    if horizontal:
        edge: Side = "left" if beyond["left"] else "right"
        # The screen is mirrored: who is cut off on the camera's left stands on the right of the screen.
        return Advice(f"{_told(horizontal)} {inward(pose, edge)}", edge)
    if vertical:
        return Advice(f"{_told(vertical)} {_back(pose, is_below=bool(beyond['bottom']))}", "farther")
    return None


def inward(pose: Pose, edge: Side) -> str:
    """Return which way to move from the left or right edge into the picture, in a sentence, as the person sees it."""
    way = 1.0 if edge == "left" else -1.0
    px = pose.image_px
    shoulders, hips, ears = (
        (px[INDEX[f"left_{part}"]] + px[INDEX[f"right_{part}"]]) / 2 for part in ("shoulder", "hip", "ear")
    )
    if _lies(pose):
        return _("Move toward your head.") if way * (shoulders - hips)[0] > 0 else _("Move toward your feet.")
    span_px = float(px[INDEX["left_shoulder"], 0] - px[INDEX["right_shoulder"], 0])
    if abs(span_px) > FACING_T * float(np.hypot(*(shoulders - hips))):
        return _("Move to your left.") if way * span_px > 0 else _("Move to your right.")
    return _("Move forward.") if way * (px[INDEX["nose"]] - ears)[0] > 0 else _("Move backward.")


def _back(pose: Pose, *, is_below: bool) -> str:
    """Return what brings what is below or above the picture into it."""
    if _lies(pose):
        return (
            _("Move farther away, or tilt the camera down.")
            if is_below
            else _("Move farther away, or tilt the camera up.")
        )
    return _("Step back, or tilt the camera down.") if is_below else _("Step back, or tilt the camera up.")


def _lies(pose: Pose) -> bool:
    px = pose.image_px
    trunk = sum(px[INDEX[f"{side}_shoulder"]] - px[INDEX[f"{side}_hip"]] for side in SIDES)
    return bool(abs(trunk[0]) > abs(trunk[1]))


def _beyond(pose: Pose, size_wh: tuple[int, int], torso_px: float) -> dict[Edge, set[str]]:
    """Return the landmarks that are outside the picture, by the edge that they are beyond."""
    width, height = size_wh
    found: dict[Edge, set[str]] = {"left": set(), "right": set(), "top": set(), "bottom": set()}
    for part, names in _PARTS.items():
        margin = MARGIN_T[part] * torso_px
        for name in (f"{side}_{name}" for side in SIDES for name in names):
            x, y = pose.image_px[INDEX[name]]
            # What is not seen is NaN, and beyond no edge.
            outside: Mapping[Edge, bool] = {
                "left": x < margin, "right": x >= width - margin, "top": y < margin, "bottom": y >= height - margin,
            }  # fmt: skip
            for edge, is_outside in outside.items():
                if is_outside:
                    found[edge].add(name)
    return found


def _told(outside: set[str]) -> str:
    """Return what is cut off, in a sentence."""
    parts = [
        part for part, names in _PARTS.items() if any(f"{side}_{name}" in outside for side in SIDES for name in names)
    ]
    sides = {name.partition("_")[0] for name in outside}
    if len(sides) == 1 and len(parts) > 1:
        return _("Your left side is cut off.") if sides == {"left"} else _("Your right side is cut off.")
    if len(parts) >= 4:
        return _("Half of you is cut off.")
    if parts[0] == "feet" and len(parts) > 1:
        return _("Your legs are cut off.")
    return _(_CUT_OFF[parts[-1] if parts[-1] == "head" else parts[0]])


def _distance(torso_px: float, size_wh: tuple[int, int], room_t: tuple[float, float]) -> Advice | None:
    if torso_px < TOO_FAR_SHARE * min(size_wh):
        return Advice(_("Come closer: you are small in the picture."), "nearer")
    if room_t[0] * torso_px > size_wh[0] or room_t[1] * torso_px > size_wh[1]:
        return Advice(_("Step back: this exercise needs more room."), "farther")
    return None


def _place(pose: Pose, size_wh: tuple[int, int], torso_px: float) -> Advice | None:
    """Return which way to move from the edge of the picture."""
    middle = float(pose.image_px[[INDEX["left_hip"], INDEX["right_hip"]], 0].mean())
    room_px = min(HALF_ROOM_T * torso_px, 0.45 * size_wh[0])
    for edge, distance_px in zip(SIDES, (middle, size_wh[0] - middle), strict=True):
        if distance_px < room_px:
            return Advice(_("You are at the edge of the picture.") + " " + inward(pose, edge), edge)
    return None


def turning(seen: ViewSeen, wanted: View) -> str | None:
    """Return how to turn for the wanted view, None if it is the one that is seen or none is."""
    if seen.kind is None or seen.kind is wanted:
        return None
    if wanted is View.SIDE:
        if seen is ViewSeen.OBLIQUE_LEFT:
            return _("Turn your left side to the camera.")
        if seen is ViewSeen.OBLIQUE_RIGHT:
            return _("Turn your right side to the camera.")
        return _("Turn your left or right side to the camera.")
    if wanted is View.OBLIQUE:
        toward = {View.FRONT: _("Turn half-way to one side."), View.SIDE: _("Turn half-way to the camera.")}
        return toward.get(seen.kind, _("Turn round, half-way to the camera."))
    return _("Face the camera.") if wanted is View.FRONT else _("Turn your back to the camera.")
