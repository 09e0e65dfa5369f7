"""The ghost: the start position of an exercise as an outline to step into."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.output.lettering import Colour, Image
from formcheck.pose.pose import LANDMARKS, MIRRORED

PARTS = (
    "nose", "left_ear", "right_ear",
    *(f"{side}_{part}" for side in ("left", "right") for part in (
        "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index",
    )),
)  # fmt: skip
"""The landmarks that it is drawn from."""

EDGE: Colour = (255, 255, 255)
FILL: Colour = (200, 170, 90)
_OPACITY = 0.55
_LIMBS = (
    ("shoulder", "elbow", 0.16), ("elbow", "wrist", 0.13), ("hip", "knee", 0.26), ("knee", "ankle", 0.19),
    ("heel", "foot_index", 0.12), ("ankle", "heel", 0.12),
)  # fmt: skip
"""Limbs with their thickness in torso lengths."""
_HEAD_T, _NECK_T, _TRUNK_T = 0.22, 0.16, 0.30


@dataclass(frozen=True, slots=True)
class Ghost:
    """A start position.

    Attributes
    ----------
    points
        By landmark: x to the right and y down in torso lengths from mid-hip, as the camera sees it.
    """

    points: Mapping[str, tuple[float, float]]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of its landmarks in torso lengths."""
        xy = np.array(list(self.points.values()))
        left, top = xy.min(axis=0) - _HEAD_T
        right, bottom = xy.max(axis=0)
        return float(left), float(top), float(right) + _HEAD_T, float(bottom)

    def turned(self) -> "Ghost":
        """Return it facing the other way."""
        names = {name: LANDMARKS[MIRRORED[LANDMARKS.index(name)]] for name in self.points}
        return Ghost({names[name]: (-x, y) for name, (x, y) in self.points.items()})


def ghost_of(exercise: str, level: str | None) -> Ghost | None:
    """Return the start position of an exercise at a level; its first level if there is none or it has none such.

    None for exercises that no ghost was made for, such as the user's own.
    """
    levels = _all().get(exercise)
    if levels is None:
        return None
    points = levels.get(level or "") or next(iter(levels.values()))
    return Ghost({name: (x, y) for name, (x, y) in points.items()})


def standing() -> Ghost:
    """Return somebody who stands and faces the camera."""
    ghost = ghost_of("lateral_lunge", None)
    assert ghost is not None  # it comes with the package
    return ghost


@cache
def _all() -> dict[str, dict[str, dict[str, list[float]]]]:
    text = files("formcheck.live").joinpath("ghosts.json").read_text(encoding="utf-8")
    content: dict[str, dict[str, dict[str, list[float]]]] = json.loads(text)
    return content


def draw_ghost(image: Image, ghost: Ghost, torso_px: float, *, floor_px: float, middle_px: float) -> None:
    """Draw it into the image, see-through.

    Parameters
    ----------
    image
        (h, w, 3) BGR, drawn into.
    ghost
        What to draw.
    torso_px
        Length of a torso in this image.
    floor_px, middle_px
        Where its lowest point and its middle go, in px.
    """
    left, _, right, bottom = ghost.box
    shift = np.array((middle_px - (left + right) / 2 * torso_px, floor_px - bottom * torso_px))
    at = {name: np.round(np.array(xy) * torso_px + shift).astype(int) for name, xy in ghost.points.items()}
    low = np.maximum(np.min(list(at.values()), axis=0) - round(0.5 * torso_px), 0)
    high = np.maximum(np.max(list(at.values()), axis=0) + round(0.5 * torso_px), low + 1)
    under = image[low[1] : high[1], low[0] : high[0]]
    if not under.size:
        return
    shape = np.zeros(under.shape[:2], np.uint8)
    _draw_body(shape, {name: xy - low for name, xy in at.items()}, torso_px)
    inside = shape > 0
    under[inside] = (under[inside] * (1 - _OPACITY) + np.array(FILL) * _OPACITY).astype(np.uint8)
    outlines, _ = cv2.findContours(shape, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    width = max(2, round(torso_px / 50))
    cv2.drawContours(under, outlines, -1, (20, 20, 20), width + 2, cv2.LINE_AA)
    cv2.drawContours(under, outlines, -1, EDGE, width, cv2.LINE_AA)


def _draw_body(shape: NDArray[np.uint8], at: Mapping[str, NDArray[np.int_]], torso_px: float) -> None:
    def line(start: NDArray[np.int_], end: NDArray[np.int_], thick_t: float) -> None:
        cv2.line(shape, _xy(start), _xy(end), 255, max(2, round(thick_t * torso_px)))

    mid = {part: (at[f"left_{part}"] + at[f"right_{part}"]) // 2 for part in ("shoulder", "hip", "ear")}
    line(mid["shoulder"], mid["hip"], _TRUNK_T)
    line(mid["shoulder"], mid["ear"], _NECK_T)
    for side in ("left", "right"):
        line(at[f"{side}_shoulder"], mid["shoulder"], _NECK_T)
        line(at[f"{side}_shoulder"], at[f"{side}_hip"], _NECK_T)
        for first, second, thick_t in _LIMBS:
            line(at[f"{side}_{first}"], at[f"{side}_{second}"], thick_t)
    cv2.circle(shape, _xy((mid["ear"] + at["nose"]) // 2), round(_HEAD_T * torso_px), 255, cv2.FILLED)


def _xy(point: NDArray[np.int_]) -> tuple[int, int]:
    return int(point[0]), int(point[1])
