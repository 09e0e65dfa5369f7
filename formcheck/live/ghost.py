"""The ghost: the start position of an exercise as an outline to step into."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.language import N_, _
from formcheck.output.lettering import Colour, Image
from formcheck.pose.pose import INDEX, LANDMARKS, MIRRORED, SIDES, Pose

PARTS = (
    "nose", "left_ear", "right_ear",
    *(f"{side}_{part}" for side in ("left", "right") for part in (
        "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index",
    )),
)  # fmt: skip
"""The landmarks that it is drawn from."""

EDGE: Colour = (255, 255, 255)
FILL: Colour = (200, 170, 90)
APART_T = 0.45
"""A part that is farther from where the outline has it, in torso lengths, is somewhere else (judgement)."""
LIKE_T = 0.35
"""Shoulders within this of where the outline has them, over the hips: the trunk lies or stands as it does."""
FLOOR_SHARE = 0.95
"""Where the floor is while nobody is seen, of the picture's height."""
FOLLOWS = 0.15
"""How much of the way to the person the outline goes with each picture, so that it does not tremble."""
_OPACITY = 0.55
_LIMBS = (
    ("shoulder", "elbow", 0.16), ("elbow", "wrist", 0.13), ("hip", "knee", 0.26), ("knee", "ankle", 0.19),
    ("heel", "foot_index", 0.12), ("ankle", "heel", 0.12),
)  # fmt: skip
"""Limbs with their thickness in torso lengths."""
_HEAD_T, _NECK_T, _TRUNK_T = 0.22, 0.16, 0.30

_LOWER = {
    "shoulder": N_("Lower your shoulders, as the outline shows."),
    "knee": N_("Lower your knees, as the outline shows."),
    "ankle": N_("Lower your feet, as the outline shows."),
}
_RAISE = {
    "shoulder": N_("Raise your shoulders, as the outline shows."),
    "knee": N_("Raise your knees, as the outline shows."),
    "ankle": N_("Raise your feet, as the outline shows."),
}


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

    @property
    def lies(self) -> bool:
        """Whether its trunk is more level than upright."""
        x, y = self._middle("shoulder")
        return abs(x) > abs(y)

    def faces(self, pose: Pose) -> bool | None:
        """Return whether its head is on the same side of the hips as a person's; None where that says nothing."""
        px = pose.image_px
        trunk = sum(px[INDEX[f"{side}_shoulder"]] - px[INDEX[f"{side}_hip"]] for side in SIDES) / 2
        ahead = self._middle("shoulder")[0]
        if not (self.lies and abs(trunk[0]) > abs(trunk[1])):
            return None
        return bool(ahead * trunk[0] > 0)

    def differs(self, pose: Pose, torso_px: float) -> str | None:
        """Return what of a person is plainly not where it is here, in words; None if nothing is.

        Only heights over the hips are compared: they are the same from all sides.
        """
        px = pose.image_px
        hip_y = (px[INDEX["left_hip"], 1] + px[INDEX["right_hip"], 1]) / 2
        apart: dict[str, float] = {}
        for part in ("shoulder", "knee", "ankle"):
            mine = sorted(self.points[f"{side}_{part}"][1] for side in SIDES)
            theirs = sorted(float(px[INDEX[f"{side}_{part}"], 1] - hip_y) / torso_px for side in SIDES)
            # Left and right may be swapped, as for somebody who begins with the other leg.
            gaps = [here - there for here, there in zip(theirs, mine, strict=True) if math.isfinite(here - there)]
            apart[part] = max(gaps, key=abs, default=0.0)
        part, gap = max(apart.items(), key=lambda item: abs(item[1]))
        if abs(gap) <= APART_T:
            return None
        return _(_LOWER[part] if gap < 0 else _RAISE[part])

    def _middle(self, part: str) -> tuple[float, float]:
        left, right = (self.points[f"{side}_{part}"] for side in SIDES)
        return (left[0] + right[0]) / 2, (left[1] + right[1]) / 2

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


class GhostPlace:
    """Where the outline belongs: on the person once they lie or stand as it does, else on their floor.

    Parameters
    ----------
    size_wh
        Width and height of the picture in px.
    """

    def __init__(self, size_wh: tuple[int, int]) -> None:
        self._size_wh = size_wh
        self._at: tuple[float, float] | None = None

    def look(self, ghost: Ghost, pose: Pose | None, torso_px: float) -> tuple[float, float]:
        """Return where the middle of its hips goes, in px.

        Parameters
        ----------
        ghost
            The outline.
        pose
            The person in px of this picture, None if nobody is seen.
        torso_px
            Length of a torso in this picture.
        """
        width, height = self._size_wh
        left, _, right, bottom = ghost.box
        middle_x = width / 2 - (left + right) / 2 * torso_px
        if pose is None:
            return self._at or (middle_x, FLOOR_SHARE * height - bottom * torso_px)
        px = pose.image_px
        hips = (px[INDEX["left_hip"]] + px[INDEX["right_hip"]]) / 2
        lean = (px[INDEX["left_shoulder"]] + px[INDEX["right_shoulder"]]) / 2 - hips
        mine = np.array(ghost._middle("shoulder"))
        if math.dist((lean / torso_px).tolist(), mine.tolist()) <= LIKE_T:
            at = (float(hips[0]), float(hips[1]))
        else:
            body = px[[INDEX[name] for name in PARTS], 1]
            lowest = float(np.nanmax(body)) if np.isfinite(body).any() else FLOOR_SHARE * height
            at = (middle_x, min(0.98 * height, lowest) - bottom * torso_px)
        if self._at is not None and math.dist(at, self._at) < torso_px:
            at = tuple(old + FOLLOWS * (new - old) for old, new in zip(self._at, at, strict=True))  # type: ignore[assignment]
        self._at = at if all(map(math.isfinite, at)) else self._at
        return self._at or (middle_x, FLOOR_SHARE * height - bottom * torso_px)


def draw_ghost(image: Image, ghost: Ghost, torso_px: float, hips_xy: tuple[float, float]) -> None:
    """Draw it into the image, see-through.

    Parameters
    ----------
    image
        (h, w, 3) BGR, drawn into.
    ghost
        What to draw.
    torso_px
        Length of a torso in this image.
    hips_xy
        Where the middle of its hips goes, in px.
    """
    shift = np.array(hips_xy)
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
