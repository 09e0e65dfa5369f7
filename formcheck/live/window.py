"""The window: shows the screen, takes the keys."""

import os
import subprocess
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from formcheck.capture.quiet import EVERYTHING, quiet_stderr
from formcheck.errors import DeviceError
from formcheck.language import _
from formcheck.live.keys import Typed, Wish, meaning
from formcheck.output.lettering import Image
from formcheck.output.pen import GROUND
from formcheck.pose.command import Action

TITLE = "formcheck"
PROBE_S = 20.0
_TALKATIVE_FRAMES = 3
"""The window library speaks of its fonts when it first draws."""
_NO_BAND_PX = 4


def display_problem() -> str | None:
    """Return why no window can be opened, None if one can.

    It is tried in another process: the window library ends the process that it fails in.
    """
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return _("there is no display")
    if not sys.platform.startswith("linux"):
        return None
    code = f"import cv2; cv2.namedWindow({TITLE!r}); cv2.destroyAllWindows()"
    try:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=PROBE_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return _("the display does not answer")
    return None if done.returncode == 0 else _("the display cannot be opened")


class Window:
    """A window; a context manager.

    Attributes
    ----------
    is_open
        Whether it was not closed, by its button or otherwise.

    Raises
    ------
    DeviceError
        There is no display.
    """

    def __init__(self, size_wh: tuple[int, int]) -> None:
        problem = display_problem()
        if problem is not None:
            raise DeviceError(
                _("No window can be opened: {problem}.", problem=problem),
                _("Run it on a desktop, or add --headless to get events as lines."),
            )
        self._size_wh = size_wh
        self._is_full = False
        self._drawn = 0
        self._pressed = -1
        self.is_open = True

    def __enter__(self) -> Self:
        with quiet_stderr(EVERYTHING):
            cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_FREERATIO | cv2.WINDOW_GUI_NORMAL)
            cv2.resizeWindow(TITLE, *self._size_wh)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with quiet_stderr(EVERYTHING):
            cv2.destroyAllWindows()

    def show(self, image: Image) -> None:
        """Show a picture with the next look at the keys; a window that was closed stays closed."""
        if not self.is_open:
            return
        image = filling(image, cv2.getWindowImageRect(TITLE)[2:])
        if self._drawn < _TALKATIVE_FRAMES:
            self._drawn += 1
            with quiet_stderr(EVERYTHING):
                cv2.imshow(TITLE, image)
                self._look(1)
        else:
            cv2.imshow(TITLE, image)

    def key(self, wait_ms: int) -> Action | Wish | Typed | None:
        """Return what a key asks for that was pressed meanwhile; closing the window asks for the end."""
        if self.is_open:
            self._look(max(1, wait_ms))
        if not self.is_open:
            return Wish.END
        code, self._pressed = self._pressed, -1
        return None if code < 0 else meaning(code)

    def _look(self, wait_ms: int) -> None:
        """Let the window library work, which is when it takes keys and is closed."""
        try:
            self._pressed = max(self._pressed, cv2.waitKey(wait_ms))
            self.is_open = cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) >= 1
        except cv2.error:  # with its last window the library is gone, and answers nothing any more
            self.is_open = False

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        if not self.is_open:
            return
        self._is_full = not self._is_full
        state = cv2.WINDOW_FULLSCREEN if self._is_full else cv2.WINDOW_NORMAL
        with quiet_stderr(EVERYTHING):
            cv2.setWindowProperty(TITLE, cv2.WND_PROP_FULLSCREEN, state)


def filling(image: Image, window_wh: Sequence[int]) -> Image:
    """Return a picture in the shape of a window, with dark bands: those of the window library are light.

    Parameters
    ----------
    image
        (h, w, 3) BGR.
    window_wh
        Width and height of the window in px; not above 0 = not known.
    """
    height, width = image.shape[:2]
    if min(window_wh) <= 0:
        return image
    shape = window_wh[0] / window_wh[1]
    beside, above = max(0, round(height * shape) - width), max(0, round(width / shape) - height)
    if max(beside, above) < _NO_BAND_PX:
        return image
    top, left = above // 2, beside // 2
    sides = (top, above - top, left, beside - left)
    return np.asarray(cv2.copyMakeBorder(image, *sides, cv2.BORDER_CONSTANT, value=GROUND), np.uint8)
