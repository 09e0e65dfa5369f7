"""The annotated video: H.264 in MP4, each picture at its own time."""

import contextlib
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import cv2
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream
from numpy.typing import NDArray

from formcheck.errors import OutputError
from formcheck.language import _
from formcheck.writing import cannot_write, leave_room, new_part

LONGEST_SIDE_PX = 1280
"""Larger pictures are scaled down to this: encoding keeps up with the analysis, and the text stays readable."""
KEYFRAME_EVERY_S = 2.0
"""Players can jump to any of these."""

_TIME_BASE = Fraction(1, 90_000)
_FALLBACK_FPS = 30.0
_BT709 = 1
_FASTSTART = {"movflags": "+faststart"}
# Without B-frames: their reordering makes the file seem to end before its last pictures.
_X264 = {"crf": "23", "preset": "veryfast", "bf": "0"}
_LOOK_EVERY = 32
"""How many pictures lie between two looks at what is left of the disk."""
_FAILURES = (OSError, av.FFmpegError)


class AnnotatedVideo:
    """Writes pictures as a video that browsers play; a context manager.

    The file gets its name when it is closed. An exception or an interruption in between closes it too, so that it
    plays up to the last picture; without any picture there is no file.

    Parameters
    ----------
    path
        The file.
    size_wh
        Width and height of the pictures in px. Odd sizes lose a row or a column, as H.264 needs even ones; pictures
        with a longer side than is wanted are scaled down.
    fps
        About how many pictures a second; 0 if unknown. Each is shown from its own time all the same.
    longest_px
        The longest side that is wanted.

    Raises
    ------
    OutputError
        The file cannot be written.
    """

    def __init__(self, path: Path, size_wh: tuple[int, int], fps: float, longest_px: int = LONGEST_SIDE_PX) -> None:
        self._path = path
        self._fps = fps if fps > 0 else _FALLBACK_FPS
        self._last_pts, self._written = -1, 0
        self._is_closed = False
        self.size_wh = written_size(size_wh, longest_px)
        try:
            self._part = new_part(path)
        except OSError as error:
            raise cannot_write(path, error) from error
        try:
            # Absolute, since "a:b.mp4" would read as an address.
            self._container = av.open(str(self._part.absolute()), "w", format="mp4", options=_FASTSTART)
            self._stream = self._new_stream()
        except _FAILURES as error:
            self._part.unlink(missing_ok=True)
            raise _cannot_write(path, error) from error

    def _new_stream(self) -> VideoStream:
        rate = Fraction(self._fps).limit_denominator(1001)
        stream = self._container.add_stream("libx264", rate=rate, options=_X264)
        stream.width, stream.height = self.size_wh
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = stream.time_base = _TIME_BASE
        context.gop_size = max(1, round(KEYFRAME_EVERY_S * self._fps))
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = ColorRange.MPEG
        return stream

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
            return
        # The error on its way out matters more than what closing the file runs into.
        with contextlib.suppress(Exception):
            self.close()

    def write(self, image_bgr: NDArray[np.uint8], time_s: float) -> None:
        """Append a picture.

        Parameters
        ----------
        image_bgr
            (h, w, 3) uint8 of the size given at the start.
        time_s
            When it is shown, in seconds; later than the picture before.

        Raises
        ------
        OutputError
            The disk is full, or the like.
        ValueError
            The time is not later than that of the picture before.
        """
        if self._written % _LOOK_EVERY == 0:
            leave_room(self._path)
        pts = round(time_s / _TIME_BASE)
        if pts <= self._last_pts:
            raise ValueError(f"Pictures must come in order of time: {time_s} s is not later than the one before.")
        try:
            frame = av.VideoFrame.from_numpy_buffer(self._fitted(image_bgr), format="bgr24").reformat(
                format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
            )
            frame.pts, frame.time_base = pts, _TIME_BASE
            self._container.mux(self._stream.encode(frame))
        except _FAILURES as error:
            raise _cannot_write(self._path, error) from error
        self._last_pts = pts
        self._written += 1

    def close(self) -> None:
        """Finish the file; does nothing the second time.

        Raises
        ------
        OutputError
            The disk is full, or the like; what could not be finished is removed.
        """
        if self._is_closed:
            return
        self._is_closed = True
        is_empty = self._last_pts < 0
        try:
            try:
                if not is_empty:
                    self._container.mux(self._stream.encode(None))
            finally:
                self._container.close()
            if not is_empty:
                self._part.replace(self._path)
        except _FAILURES as error:
            self._part.unlink(missing_ok=True)
            raise _cannot_write(self._path, error) from error
        self._part.unlink(missing_ok=True)

    def _fitted(self, image_bgr: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the picture in the size that is written."""
        width, height = self.size_wh
        lost = (image_bgr.shape[1] - width, image_bgr.shape[0] - height)
        if max(lost) <= 1 and min(lost) >= 0:
            return np.ascontiguousarray(image_bgr[:height, :width])
        return np.asarray(cv2.resize(image_bgr, self.size_wh, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def written_size(size_wh: tuple[int, int], longest_px: int = LONGEST_SIDE_PX) -> tuple[int, int]:
    """Return the size at which pictures of this size are written: even, and no side longer than is wanted."""
    scale = min(1.0, longest_px / max(size_wh))
    width, height = (max(2, 2 * int(side * scale / 2 + 1e-6)) for side in size_wh)
    return width, height


def _cannot_write(path: Path, error: Exception) -> OutputError:
    if isinstance(error, OSError):
        return cannot_write(path, error)
    return OutputError(
        _("Cannot write {path}: {error}.", path=path, error=error), _("Leave the video out with --no-video.")
    )
