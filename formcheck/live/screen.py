"""Says what the live screen shows: the picture mirrored, its text not; everything readable from 4 m."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.exercise.words import Exercise
from formcheck.language import _
from formcheck.live.ghost import GhostPlace, draw_ghost
from formcheck.live.guide import Guidance
from formcheck.live.keys import HELP
from formcheck.live.pages import help_page, interlude_page
from formcheck.live.shown import LiveShown
from formcheck.output.canvas import Canvas
from formcheck.output.lettering import Image
from formcheck.output.shown import FRESH_S, Kind, Notice, Sign, of_severity
from formcheck.performance import State

SIZE_WH = (1280, 720)
"""Of the screen, whatever the camera gives."""


class Screen:
    """Draws one session, in order of time.

    Parameters
    ----------
    size_wh
        Width and height of the camera's pictures in px.
    exercise
        What is done.
    dose
        Repetitions that are to be done.
    keys
        What the keys do, as the help has it.

    Attributes
    ----------
    layout
        Where everything goes.
    shows_help
        The keys are explained instead of the session.
    """

    def __init__(
        self, size_wh: tuple[int, int], exercise: Exercise, dose: int, keys: Sequence[tuple[str, str]] = HELP
    ) -> None:
        self._size_wh, self._keys = size_wh, keys
        self.shows_help = False
        self.turn_to(exercise, dose)

    def turn_to(self, exercise: Exercise, dose: int) -> None:
        """Draw another exercise from here on."""
        self._canvas = Canvas(exercise, self._size_wh, dose, canvas_wh=SIZE_WH, mirrored=True)
        self.layout = self._canvas.layout
        self._ghost_place = GhostPlace(self._size_wh)

    def draw(self, image_bgr: NDArray[np.uint8], shown: LiveShown, notes: tuple[str, ...] = ()) -> Image:
        """Return the screen.

        Parameters
        ----------
        image_bgr
            (h, w, 3) uint8, the frame that the pose was found in; left as it is.
        shown
            What to show of it.
        notes
            Remarks on the session: the camera, the model, the keys, what cannot be recorded.
        """
        if self.shows_help:
            return help_page(SIZE_WH, self._keys)
        if shown.interlude is not None:
            return interlude_page(SIZE_WH, shown.interlude, image_bgr, shown.hand_up, notes)
        sign = None
        if shown.guidance is not None:
            sign = _sign(shown.guidance)
            image_bgr = self._with_ghost(image_bgr, shown, shown.guidance)
        told = (*(Notice(note, Kind.REMARK) for note in notes), *_notices(shown))
        if shown.guidance is not None:  # what the guide says is what matters
            told = tuple(sorted(told, key=lambda notice: notice.kind is not Kind.SAY))
        dimmed = shown.state is State.PAUSED
        return self._canvas.draw(image_bgr, shown.pose, replace(shown, notices=told, sign=sign, dimmed=dimmed))

    def _with_ghost(self, image_bgr: NDArray[np.uint8], shown: LiveShown, guidance: Guidance) -> NDArray[np.uint8]:
        """Return the picture with the start position in it, where the person is."""
        if guidance.ghost is None:
            return image_bgr
        width, height = self._size_wh
        left, top, right, bottom = guidance.ghost.box
        largest = min(0.9 * width / (right - left), 0.85 * height / (bottom - top))
        torso_px = min(largest, shown.torso_px if shown.torso_px > 0 else height / 4.5)
        drawn = image_bgr.copy()
        draw_ghost(drawn, guidance.ghost, torso_px, self._ghost_place.look(guidance.ghost, shown.pose, torso_px))
        return drawn


def _sign(guidance: Guidance) -> Sign:
    if guidance.share is None:
        return Sign(arrow=guidance.arrow)
    left_s = math.ceil(guidance.lasts_s * (1.0 - guidance.share))
    return Sign(share=guidance.share, text=str(left_s) if guidance.lasts_s > 0 else "")


def _notices(shown: LiveShown) -> tuple[Notice, ...]:
    """Return what is told of a moment, the most important first."""
    if shown.guidance is not None:
        hint = (Notice(shown.guidance.hint, Kind.ASIDE),) if shown.guidance.hint else ()
        return (Notice(shown.guidance.say), *hint)
    if shown.state is State.PAUSED:
        return Notice(_("Paused")), _hand(shown, _("go on")) or Notice(_("Space, or one hand up, goes on."), Kind.ASIDE)
    told = [_hand(shown, _("pause"))]
    if shown.clock_s is not None and shown.clock_s < FRESH_S and not sum(shown.counts.values()):
        told.append(Notice(_("Go!"), Kind.PRAISE))
    if shown.note is not None:
        told.append(Notice(shown.note, Kind.REMARK, arrow=shown.arrow))
    if shown.cue is not None:
        told.append(Notice(shown.cue.text, of_severity(shown.cue.severity)))
    if done := sum(shown.counts.values()):
        told.append(Notice(_("{done} done, {clean} clean", done=done, clean=shown.clean), Kind.ASIDE))
    return tuple(notice for notice in told if notice is not None)


def _hand(shown: LiveShown, aim: str) -> Notice | None:
    return Notice(_("Hand up: {aim}", aim=aim), Kind.REMARK, shown.hand_up) if shown.hand_up > 0 else None
