"""Draws the live session: the picture mirrored, its text not; everything readable from 4 m.

A screen is 1280 x 720 px, whatever the camera gives; the smallest text that matters while training is 36 px high.
"""

import math
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.live.gauges import arrow, bar, ring, sign
from formcheck.live.ghost import GhostPlace, draw_ghost
from formcheck.live.guide import Guidance
from formcheck.live.keys import HELP
from formcheck.live.plates import FRESH, PLATE, SOFT, WHITE, Line, plate, put, wrapped
from formcheck.live.shown import Shown
from formcheck.output.lettering import Colour, Image, Lettering
from formcheck.output.placement import Box, Placement
from formcheck.output.skeleton import body_points, colour_of, draw_angle, draw_skeleton
from formcheck.performance import State
from formcheck.pose.pose import Pose, Side

SIZE_WH = (1280, 720)
FRESH_S = 1.0
"""How long a counter lights up after it went up."""
_LINE_PX, _ANGLE_PX = 7, 52
_EDGE = 16
_COUNTER_WIDTH = 210
_COLUMN_PX, _TELL_PX = 410, 52
"""Width and size of what is told: beside the body, above the counters."""
_HEAD_PX = 108
"""Below the time."""
_SIGN_PX = 90
_RING_PX = 100

Points = NDArray[np.float64]


class Screen:
    """Draws one session, in order of time.

    Parameters
    ----------
    size_wh
        Width and height of the camera's pictures in px.
    title
        The exercise and its level.
    dose
        Repetitions that are to be done.
    per_side
        As many on each side.
    """

    def __init__(self, size_wh: tuple[int, int], title: str, dose: int, *, per_side: bool) -> None:
        self._scale = min(SIZE_WH[0] / size_wh[0], SIZE_WH[1] / size_wh[1])
        self._inner = (round(size_wh[0] * self._scale), round(size_wh[1] * self._scale))
        self._offset = ((SIZE_WH[0] - self._inner[0]) // 2, (SIZE_WH[1] - self._inner[1]) // 2)
        self._source_wh = size_wh
        self._title, self._dose, self._per_side = title, dose, per_side
        self._letters = Lettering()
        self._told, self._counted, self._held = Placement(), Placement(), Placement()
        self._counts: dict[str, int] = {}
        self._went_up_s: dict[str, float] = {}
        self._ghost_place = GhostPlace(SIZE_WH)
        self._has_waited = False
        self.shows_help = False

    def draw(self, image_bgr: NDArray[np.uint8], shown: Shown, notes: tuple[str, ...] = ()) -> Image:
        """Return the screen.

        Parameters
        ----------
        image_bgr
            (h, w, 3) uint8, the frame that the pose was found in; left as it is.
        shown
            What to show of it.
        notes
            Remarks on the session: the camera, the model, what cannot be recorded.
        """
        image = self._mirror(image_bgr)
        pose = None if shown.pose is None else self._mirrored(shown.pose)
        if shown.guidance is not None and shown.guidance.ghost is not None:
            self._draw_ghost(image, shown, pose)
        if pose is not None:
            draw_skeleton(image, pose, _LINE_PX)
            if shown.angle is not None:
                draw_angle(image, pose, shown.angle, self._letters, _LINE_PX, _ANGLE_PX)
        body = np.empty((0, 2)) if pose is None else body_points(pose, SIZE_WH)
        taken: list[Box] = []
        if shown.state is not State.WAITING:
            put(image, self._head(shown), _EDGE, _EDGE)
            taken = [*self._draw_counters(image, shown, body), *self._draw_gauges(image, shown, body)]
        self._draw_message(image, shown, body, taken)
        if shown.state is State.PAUSED:
            self._centre(
                image,
                (Line(self._title, 44, SOFT), Line("PAUSED", 120), Line("space, or one hand up, goes on", 44, SOFT)),
            )
        self._has_waited |= shown.state is State.WAITING
        if self._has_waited and shown.state is State.COUNTING and shown.counted_s < FRESH_S:
            self._centre(image, (Line("GO!", 150, FRESH),))
        if shown.hand_up > 0:
            ring(image, (SIZE_WH[0] // 2, 130), 70, shown.hand_up, "||", "pause")
        self._draw_notes(image, notes)
        if self.shows_help:
            self._centre(image, tuple(Line(text, 38) for text in HELP))
        return image

    # -- the picture ------------------------------------------------------------------------------------------------

    def _mirror(self, image_bgr: NDArray[np.uint8]) -> Image:
        whole = np.zeros((SIZE_WH[1], SIZE_WH[0], 3), np.uint8)
        x, y = self._offset
        inside = whole[y : y + self._inner[1], x : x + self._inner[0]]
        fitted = image_bgr
        if self._inner != self._source_wh:
            fitted = np.asarray(cv2.resize(image_bgr, self._inner, interpolation=cv2.INTER_LINEAR), np.uint8)
        cv2.flip(fitted, 1, inside)
        return whole

    def _mirrored(self, pose: Pose) -> Pose:
        xy = pose.image_px.copy()
        xy[:, 0] = self._source_wh[0] - 1 - xy[:, 0]
        return replace(pose, image_px=xy * self._scale + np.array(self._offset))

    def _draw_ghost(self, image: Image, shown: Shown, pose: Pose | None) -> None:
        assert shown.guidance is not None  # the caller looked
        assert shown.guidance.ghost is not None
        torso_px = shown.torso_px * self._scale
        left, top, right, bottom = shown.guidance.ghost.box
        largest = min(0.9 * SIZE_WH[0] / (right - left), 0.85 * SIZE_WH[1] / (bottom - top))
        torso_px = min(largest, torso_px) if torso_px > 0 else min(largest, SIZE_WH[1] / 4.5)
        ghost = shown.guidance.ghost.turned()
        draw_ghost(image, ghost, torso_px, self._ghost_place.look(ghost, pose, torso_px))

    # -- what is said -----------------------------------------------------------------------------------------------

    def _head(self, shown: Shown) -> Image:
        seconds = int(max(0.0, shown.counted_s))
        done = sum(shown.counts.values())
        of_dose = f"{done} of {self._dose}, " if len(shown.counts) > 1 and not self._per_side else ""
        return plate((Line(f"{seconds // 60}:{seconds % 60:02d}   {of_dose}{shown.clean} clean", 44),))

    def _draw_message(self, image: Image, shown: Shown, body: Points, taken: list[Box]) -> None:
        """Draw the one thing to tell now, what the guide wants, a remark, or a cue, in a column beside the body."""
        guidance, cue = shown.guidance, shown.cue
        if guidance is not None:
            patch = self._guidance(image, guidance)
        elif shown.note is not None and shown.state is State.COUNTING:
            patch, cue = plate(wrapped(shown.note, _TELL_PX, _COLUMN_PX, 3)), None
            if shown.arrow is not None:
                arrow(image, shown.arrow, 110)
        elif cue is not None:
            patch = plate(wrapped(cue.text, _TELL_PX, _COLUMN_PX - _SIGN_PX, 3), indent=_SIGN_PX)
        else:
            self._told.forget()
            return
        height, width = patch.shape[:2]
        top, low, right = _EDGE if guidance is not None else _HEAD_PX, SIZE_WH[1] - height - _EDGE, SIZE_WH[0] - width
        options = [Box(x, y, width, height) for x, y in ((_EDGE, top), (_EDGE, low), (right - 130, _EDGE))]
        box = self._told.choose(shown.time_s, options, body, taken)
        put(image, patch, box.x, box.y)
        if guidance is None and cue is not None:
            sign(image, (box.x + 54, box.y + height // 2), 38, cue.severity)

    def _guidance(self, image: Image, guidance: Guidance) -> Image:
        """Return what the guide says; draw where to go, and what is left to keep."""
        if guidance.arrow is not None:
            arrow(image, guidance.arrow, 110)
        if guidance.share is not None:
            left_s = math.ceil(guidance.lasts_s * (1.0 - guidance.share))
            ring(image, (SIZE_WH[0] - 140, SIZE_WH[1] - 140), _RING_PX, guidance.share, str(left_s), "keep")
        lines = wrapped(guidance.say, _TELL_PX, _COLUMN_PX, 6)
        if guidance.hint:
            lines += wrapped(guidance.hint, 40, _COLUMN_PX, 3, SOFT)
        return plate(lines)

    def _draw_notes(self, image: Image, notes: tuple[str, ...]) -> None:
        if notes:
            patch = plate(tuple(line for note in notes for line in wrapped(note, 40, 1100, 2)))
            put(image, patch, (SIZE_WH[0] - patch.shape[1]) // 2, (SIZE_WH[1] - patch.shape[0]) // 2 + 150)

    def _centre(self, image: Image, lines: tuple[Line, ...]) -> None:
        patch = plate(lines)
        put(image, patch, (SIZE_WH[0] - patch.shape[1]) // 2, (SIZE_WH[1] - patch.shape[0]) // 2)

    # -- counters, ring and bar -------------------------------------------------------------------------------------

    def _draw_counters(self, image: Image, shown: Shown, body: Points) -> list[Box]:
        """Draw the counters at the bottom, or on top where somebody lies at the bottom; return where."""
        for name, count in shown.counts.items():
            if count > self._counts.get(name, count):
                self._went_up_s[name] = shown.time_s
        self._counts = dict(shown.counts)
        patches = [
            self._counter(name, count, shown, 0 <= shown.time_s - self._went_up_s.get(name, -FRESH_S) < FRESH_S)
            for name, count in shown.counts.items()
        ]
        if not patches:
            return []
        height, width = patches[0].shape[0], (_COUNTER_WIDTH + _EDGE) * len(patches)
        options = [Box(_EDGE, y, width, height) for y in (SIZE_WH[1] - height - _EDGE, _HEAD_PX)]
        box = self._counted.choose(shown.time_s, options, body)
        for i, patch in enumerate(patches):
            put(image, patch, box.x + i * (_COUNTER_WIDTH + _EDGE), box.y)
        return [box]

    def _counter(self, name: str, count: int, shown: Shown, fresh: bool) -> Image:
        side: Side | None = "left" if name == "left" else "right" if name == "right" else None
        ground, ink = (FRESH, PLATE) if fresh else (PLATE, WHITE)
        colour: Colour = PLATE if fresh else colour_of(side)
        state = f"of {self._dose}" if side is None or self._per_side else " "
        if side is not None and shown.side == side:
            state = "now"
        elif side is not None and shown.side is None and shown.next_side == side:
            state = "next"
        lines = (Line(name.upper(), 40, colour), Line(str(count), 130, ink), Line(state, 36, ink))
        patch = plate(lines, _COUNTER_WIDTH, ground).copy()
        if state in ("now", "next"):  # framed, so that one sees it without reading
            cv2.rectangle(patch, (0, 0), (patch.shape[1] - 1, patch.shape[0] - 1), colour, 10 if state == "now" else 4)
        return patch

    def _draw_gauges(self, image: Image, shown: Shown, body: Points) -> list[Box]:
        """Draw the ring at the bottom or on top, and the bar on the right; return where the ring is."""
        right, bottom = SIZE_WH
        if shown.reach is not None:
            bar(image, right - 90, 80, 56, 270, shown.reach)
        if shown.hold_required_s is None:
            return []
        half = _RING_PX + _RING_PX // 4 + 15
        options = [Box(x - half, y - half, 2 * half, 2 * half) for x, y in ((right - half, bottom - half), (990, 156))]
        box = self._held.choose(shown.time_s, options, body)
        held_s = shown.hold_s or 0.0
        share = held_s / shown.hold_required_s
        text = f"{shown.hold_required_s if shown.hold_s is None else int(held_s):.0f}"
        below = "done" if share >= 1.0 else "hold!" if shown.hold_s is not None else "s hold"
        ring(image, (box.x + half, box.y + half), _RING_PX, share, text, below)
        return [box]
