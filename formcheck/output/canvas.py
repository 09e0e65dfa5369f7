"""Draws one moment: the picture with the body in it, and beside it everything that is to be told.

Nothing is remembered from picture to picture, so that any moment can be drawn at any time.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.exercise.words import Exercise, Level
from formcheck.output.angles import has_target
from formcheck.output.components import counters, guide_sign, head, hold_over_ring, hold_ring, range_bar
from formcheck.output.layout import Size, layout_of
from formcheck.output.lettering import Image, Lettering
from formcheck.output.notices import draw_notices
from formcheck.output.pen import GROUND, HUGE, Pen
from formcheck.output.shown import Kind, Shown
from formcheck.output.skeleton import draw_angle, draw_skeleton
from formcheck.pose.pose import Pose

_LINE = 1.6
"""Width of a limb's line, in units."""
_DIMMED = 0.4


class Canvas:
    """Draws the moments of one session.

    Parameters
    ----------
    exercise
        What is done.
    picture_wh
        Width and height of the pictures in px.
    dose
        Repetitions that are wanted; None = as the exercise has it.
    canvas_wh
        Width and height of what is drawn, at least as wide as high; None = what suits the picture.
    mirrored
        Show picture and person as in a mirror; text stays readable.
    """

    def __init__(
        self,
        exercise: Exercise,
        picture_wh: Size,
        dose: int | None = None,
        *,
        canvas_wh: Size | None = None,
        mirrored: bool = False,
    ) -> None:
        has_hold = any(longest_hold_s(exercise, level) is not None for level in (None, *exercise.levels))
        self.layout = layout_of(picture_wh, canvas_wh, has_hold=has_hold, has_range=has_target(exercise))
        self._exercise, self._dose, self._mirrored = exercise, dose or exercise.dose.reps, mirrored
        self._letters = Lettering()
        self._ground: Image = np.full((self.size_wh[1], self.size_wh[0], 3), GROUND, np.uint8)

    @property
    def size_wh(self) -> Size:
        """Width and height of what is drawn in px."""
        return self.layout.canvas_wh

    def draw(self, picture_bgr: NDArray[np.uint8], pose: Pose | None, shown: Shown) -> Image:
        """Return the canvas.

        Parameters
        ----------
        picture_bgr
            (h, w, 3) uint8, BGR; left as it is.
        pose
            The person, in px of this picture; None if nobody is seen.
        shown
            What to show of it.

        Returns
        -------
        ndarray
            (h, w, 3) uint8, BGR.
        """
        image = self._ground.copy()
        self._draw_picture(image, picture_bgr, pose, shown)
        layout, pen = self.layout, Pen(image, self.layout.unit)
        head(pen, layout.head, self._exercise.title, shown)
        if shown.sign is not None:
            guide_sign(pen, layout.counts, shown.sign)
            if layout.aside is None:
                draw_notices(pen, layout.say, shown.notices)
            else:
                draw_notices(pen, layout.say, [notice for notice in shown.notices if notice.kind is Kind.SAY])
                draw_notices(pen, layout.aside, [notice for notice in shown.notices if notice.kind is not Kind.SAY])
            return image
        counters(pen, layout.counts, shown, self._dose, per_side=self._exercise.dose.per_side)
        if layout.hold is not None and shown.hold_over is not None:
            hold_over_ring(pen, layout.hold, shown.hold_over)
        elif layout.hold is not None and shown.hold_required_s is not None:
            hold_ring(pen, layout.hold, shown.hold_s, shown.hold_required_s)
        if layout.range is not None:
            range_bar(pen, layout.range, shown.angle)
        draw_notices(pen, layout.tell, shown.notices)
        return image

    def _draw_picture(self, image: Image, picture_bgr: NDArray[np.uint8], pose: Pose | None, shown: Shown) -> None:
        box = self.layout.picture
        inside = image[box.y : box.bottom, box.x : box.right]
        fitted = picture_bgr
        source_wh = (picture_bgr.shape[1], picture_bgr.shape[0])
        if source_wh != (box.width, box.height):
            # To less than half, lines would break up.
            way = cv2.INTER_AREA if 2 * box.width < source_wh[0] else cv2.INTER_LINEAR
            fitted = np.asarray(cv2.resize(picture_bgr, (box.width, box.height), interpolation=way), np.uint8)
        if shown.dimmed:
            fitted = np.asarray(cv2.convertScaleAbs(fitted, alpha=_DIMMED), np.uint8)
        if self._mirrored:
            cv2.flip(fitted, 1, inside)
        else:
            inside[:] = fitted
        if pose is None:
            return
        line_px = max(1, round(_LINE * self.layout.unit))
        there = self._placed(pose, source_wh)
        draw_skeleton(inside, there, line_px)
        if shown.angle is not None:
            draw_angle(inside, there, shown.angle, self._letters, line_px, round(HUGE * self.layout.unit))

    def _placed(self, pose: Pose, source_wh: Size) -> Pose:
        """Return the person in px of the picture as it is shown; left stays left."""
        xy = pose.image_px.copy()
        if self._mirrored:
            xy[:, 0] = source_wh[0] - 1 - xy[:, 0]
        box = self.layout.picture
        return replace(pose, image_px=xy * (box.width / source_wh[0], box.height / source_wh[1]))


def longest_hold_s(exercise: Exercise, level: Level | None) -> float | None:
    """Return how long the longest hold of a level is to last, None if it has none."""
    return max((item.hold.seconds for item in exercise.movements_at(level) if item.hold is not None), default=None)
