"""Whether the whole body is in the picture, and which way to move if it is not."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.live.glimpse import Glimpse
from formcheck.pose.pose import INDEX, SIDES

Arrow = Literal["left", "right", "nearer", "farther"]
"""Which way to go, as the person sees it on the mirrored screen."""

TOO_FAR_SHARE = 0.11
"""A torso shorter than this share of the picture's height is too small to judge: all of a person is 3.5 torsos high."""
DARK_LEVEL = 45.0
"""Mean grey level below which a room is dark (judgement)."""
_PARTS = {
    "head": ("nose", "left_ear", "right_ear"),
    "feet": tuple(f"{side}_{part}" for side in SIDES for part in ("ankle", "heel", "foot_index")),
    "knees": tuple(f"{side}_knee" for side in SIDES),
    "hips": tuple(f"{side}_hip" for side in SIDES),
    "shoulders": tuple(f"{side}_shoulder" for side in SIDES),
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


def framing(glimpse: Glimpse, size_wh: tuple[int, int], room_t: tuple[float, float]) -> Advice | None:
    """Return what keeps the body from being seen whole, None if nothing does.

    Parameters
    ----------
    glimpse
        This moment.
    size_wh
        Width and height of the picture in px.
    room_t
        Width and height that the exercise needs, in torso lengths.
    """
    if glimpse.seen.unfit:
        return Advice("It is too dark: switch on a light.")
    pose = glimpse.seen.pose
    if pose is None:
        return Advice("Step into the picture, 2 to 3.5 m away.")
    width, height = size_wh
    beyond: dict[str, list[str]] = {"left": [], "right": [], "top": [], "bottom": []}
    for part, names in _PARTS.items():
        xy = pose.image_px[[INDEX[name] for name in names]]
        with np.errstate(invalid="ignore"):
            outside = {
                "left": xy[:, 0] < 0, "right": xy[:, 0] >= width, "top": xy[:, 1] < 0, "bottom": xy[:, 1] >= height,
            }  # fmt: skip
        for edge, flags in outside.items():
            if flags.any():
                beyond[edge].append(part)
    return _cut_off(beyond) or _distance(glimpse, size_wh, room_t)


def _cut_off(beyond: dict[str, list[str]]) -> Advice | None:
    if (beyond["left"] and beyond["right"]) or (beyond["top"] and beyond["bottom"]):
        return Advice("Step back: not all of you is in the picture.", "farther")
    # The screen is mirrored: who is cut off on the camera's left stands on the right of the screen.
    for edge, arrow in (("left", "left"), ("right", "right")):
        if beyond[edge]:
            return Advice(f"Your {_joined(beyond[edge])} cut off: move along the arrow.", arrow)  # type: ignore[arg-type]
    if beyond["bottom"]:
        return Advice(f"Your {_joined(beyond['bottom'])} cut off: step back, or tilt the camera down.", "farther")
    if beyond["top"]:
        return Advice(f"Your {_joined(beyond['top'])} cut off: step back, or tilt the camera up.", "farther")
    return None


def _joined(parts: list[str]) -> str:
    # The first part is enough to know what is meant.
    return f"{parts[0]} {'is' if parts[0] == 'head' else 'are'}"


def _distance(glimpse: Glimpse, size_wh: tuple[int, int], room_t: tuple[float, float]) -> Advice | None:
    torso_px = glimpse.torso_px
    if torso_px < TOO_FAR_SHARE * min(size_wh):
        return Advice("Come closer: you are small in the picture.", "nearer")
    if room_t[0] * torso_px > size_wh[0] or room_t[1] * torso_px > size_wh[1]:
        return Advice("Step back: this exercise needs more room.", "farther")
    return None
