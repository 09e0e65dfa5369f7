"""Reads video files of any kind that FFmpeg knows, with exact times and upright pictures."""

import os
import re
import stat
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from formcheck.capture.decoding import whole_pictures
from formcheck.capture.fitting import fitted
from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.frame_clock import FrameClock
from formcheck.capture.tempo import tempo_remarks
from formcheck.capture.thinning import Thinning
from formcheck.errors import InputError
from formcheck.language import N_, _, _n, all_of

FALLBACK_FPS = Fraction(25)
"""What FFmpeg too assumes of a stream that states no frame rate."""
SHORTFALL_S = 1.0
"""A file that ends so much before its stated end is broken off."""
FASTEST_FPS = 300
"""A stated frame rate beyond this is the resolution of its clock."""
SPANS_TOLD = 3
"""A longer list says nothing more."""
ASPECT_LIMIT = 4
"""No camera's pixels are more oblong than this."""

_CONVERT = N_("Check that a video player can play it; if so, convert it to MP4 and try again.")
_RECORD = N_("Copy it again from the camera or phone, or record it again.")


class VideoFile:
    """The frames of a video file, each with its presentation time.

    The rotation and mirroring that a phone notes beside the pictures are applied, and pixels that are not square are
    made so. One frame is in memory at a time. It may be iterated more than once.

    Parameters
    ----------
    path
        The file.
    fps
        Take at most so many frames a second, evenly by presentation time; None = as
        `formcheck.capture.thinning` says: at most 30.

    Attributes
    ----------
    info
        What is known before reading; the size is that of an upright frame.
    damaged
        After iterating: what could not be read, in one sentence; None = nothing.
    remarks
        What is odd about the recording, a sentence or two each; complete after iterating.

    Raises
    ------
    InputError
        When it is no such file, holds no video, or no picture in it can be decoded.
    """

    def __init__(self, path: str | Path, fps: float | None = None) -> None:
        self.path = Path(path)
        self.damaged: str | None = None
        self._resized: list[str] = []
        _check_file(self.path)
        with self._opened() as container:
            stream = _picture_stream(container, self.path)
            first = next((picture for picture in whole_pictures(container, stream) if picture is not None), None)
            if first is None:
                raise InputError(
                    _("No picture in {path} can be decoded as a whole.", path=self.path), f"{_(_RECORD)} {_(_CONVERT)}"
                )
            rate = _fraction(stream.average_rate) or _fraction(stream.guessed_rate)
            self._rate = rate if rate is not None and rate <= FASTEST_FPS else None
            self._thinning = Thinning(fps, self._rate)
            self._stated_s = _stated_duration_s(container, stream)
            self._aspect = _fraction(stream.sample_aspect_ratio)
            self._size = self._size_of(first)
            self._tempo = tempo_remarks(dict(container.metadata) | dict(stream.metadata), float(self._rate or 0))
            self._matrix = _display_matrix(first)
            self.info = self._describe(container, stream, first)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about the recording; complete after iterating."""
        return (*self._tempo, *self._resized)

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames in order of time.

        A frame without a time of its own (repeated, or a slip back) is left out. So are the frames after one that
        cannot be decoded, up to the next that stands by itself. A file that breaks off just ends: see `damaged`.
        """
        self.damaged = None
        self._resized = []
        lost: list[tuple[float, float]] = []
        lost_from_s: float | None = None
        clock = FrameClock(1 / (self._rate or FALLBACK_FPS))
        index = 0
        self._thinning.begin()
        with self._opened() as container:
            for picture in whole_pictures(container, _picture_stream(container, self.path)):
                if picture is None:
                    lost_from_s = clock.end_s
                    continue
                time_s = clock.read(picture)
                if time_s is None:
                    continue
                if lost_from_s is not None:
                    lost.append((lost_from_s, time_s))
                    lost_from_s = None
                if not self._thinning.takes(time_s):
                    continue
                if not self._resized and self._size_of(picture) != self._size:
                    self._resized.append(_resized_at(time_s, self._size, self._size_of(picture)))
                yield Frame(index, time_s, self._picture(picture))
                index += 1
        self.damaged = self._damage(lost, clock.end_s, breaks_off=lost_from_s is not None)

    def _opened(self) -> InputContainer:
        # A playlist can name places on the network; a recording never does.
        opened = partial(av.open, os.path.abspath(self.path), "r", options={"protocol_whitelist": "file"})
        try:
            try:
                return opened()
            except UnicodeDecodeError:
                # Titles that are not UTF-8 stop PyAV before 19 unless it is told to go on; from 19 on it always does.
                return opened(metadata_errors="replace")
        except PermissionError as error:
            raise _forbidden(self.path) from error
        except (av.FFmpegError, OSError) as error:
            raise InputError(
                _("{path} is not a video, or its recording was never finished.", path=self.path), _(_CONVERT)
            ) from error

    def _size_of(self, decoded: VideoFrame) -> tuple[int, int]:
        """Return the size of a picture before it is turned, its pixels made square."""
        return _square_pixel_size(decoded.width, decoded.height, self._aspect)

    def _picture(self, decoded: VideoFrame) -> NDArray[np.uint8]:
        width, height = self._size_of(decoded)
        image = decoded.reformat(width=width, height=height, format="bgr24").to_ndarray().astype(np.uint8, copy=False)
        upright = np.ascontiguousarray(_upright(fitted(image, self._size), self._matrix))
        upright.flags.writeable = False
        return upright

    def _describe(self, container: InputContainer, stream: VideoStream, first: VideoFrame) -> SourceInfo:
        height, width = self._picture(first).shape[:2]
        duration_s = self._stated_s or (container.duration or 0) / av.time_base
        fps = float(self._rate or 0)
        frames = stream.frames or round(duration_s * fps)
        most_fps = self._thinning.fps
        if most_fps is not None and fps > most_fps:
            frames, fps = round(frames * most_fps / fps), most_fps
        return SourceInfo("file", str(self.path), width, height, fps, frames, duration_s)

    def _damage(self, lost: list[tuple[float, float]], end_s: float, *, breaks_off: bool) -> str | None:
        told = []
        if lost:
            told.append(_("its pictures {lost} cannot be decoded", lost=_spans(lost)))
        if self._stated_s is not None and end_s < self._stated_s - (0.0 if breaks_off else SHORTFALL_S):
            said = N_("nothing after {end_s:.1f} s of its {stated_s:.1f} s can be decoded")
            told.append(_(said, end_s=end_s, stated_s=self._stated_s))
        elif breaks_off:
            told.append(_("nothing after {end_s:.1f} s can be decoded", end_s=end_s))
        return _("{path} is damaged: {told}.", path=self.path, told=all_of(told)) if told else None


class _Ratio(Protocol):
    @property
    def numerator(self) -> int: ...
    @property
    def denominator(self) -> int: ...


def _check_file(path: Path) -> None:
    try:
        status = path.stat()
    except PermissionError as error:
        raise _forbidden(path) from error
    except (OSError, ValueError) as error:
        remedy = _("Check the spelling, and the folder that you are in.")
        raise InputError(_("There is no file {path}.", path=path), remedy) from error
    if stat.S_ISDIR(status.st_mode):
        raise InputError(_("{path} is a folder.", path=path), _("Give the path of a video file."))
    if not stat.S_ISREG(status.st_mode):
        raise InputError(_("{path} is not a file.", path=path), _("Give the path of a video file."))
    if status.st_size == 0:
        raise InputError(_("{path} is empty.", path=path), _(_RECORD))


def _forbidden(path: Path) -> InputError:
    return InputError(_("{path} may not be read.", path=path), _("Give yourself permission to read it, and try again."))


def _picture_stream(container: InputContainer, path: Path) -> VideoStream:
    # FFmpeg takes any .txt file for a film of typewriter art.
    streams = container.streams.video if container.format.name != "tty" else ()
    for stream in streams:
        if not stream.disposition & Disposition.attached_pic and stream.codec_context is not None:
            return stream
    raise InputError(_("{path} holds no video that can be decoded.", path=path), _(_CONVERT))


def _resized_at(time_s: float, before_wh: tuple[int, int], after_wh: tuple[int, int]) -> str:
    before, after = (f"{width}x{height}" for width, height in (before_wh, after_wh))
    said = N_(
        "The size of the picture changes from {before} to {after} at {time_s:.1f} s, so black bars were added. Keep one "
        "format, and do not turn the phone while it records."
    )
    return _(said, before=before, after=after, time_s=time_s)


def _spans(lost: list[tuple[float, float]]) -> str:
    words = [
        _("from {start_s:.1f} to {end_s:.1f} s", start_s=start_s, end_s=end_s) if end_s > 0 else _("at the beginning")
        for start_s, end_s in lost[:SPANS_TOLD]
    ]
    rest = len(lost) - len(words)
    listed = ", ".join(words)
    if not rest:
        return listed
    return _n("{listed} and in {count} more place", "{listed} and in {count} more places", rest, listed=listed)


def _stated_duration_s(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if tag := re.fullmatch(r"(\d+):(\d\d):(\d\d\.?\d*)", stream.metadata.get("DURATION", "")):
        return 3600 * int(tag[1]) + 60 * int(tag[2]) + float(tag[3])
    # The container's own duration may be that of a longer sound track.
    return container.duration / av.time_base if container.duration and len(container.streams) == 1 else None


def _fraction(ratio: _Ratio | None) -> Fraction | None:
    """Return a ratio of PyAV's, which has had several types for it; None for all ways to say "not known"."""
    return Fraction(ratio.numerator, ratio.denominator) if ratio else None


def _square_pixel_size(width: int, height: int, aspect: Fraction | None) -> tuple[int, int]:
    """Return the size at which pixels are square, enlarging the shorter of their sides."""
    if not aspect or not Fraction(1, ASPECT_LIMIT) <= aspect <= ASPECT_LIMIT:
        return width, height
    return (round(width * aspect), height) if aspect > 1 else (width, round(height / aspect))


def _display_matrix(decoded: VideoFrame) -> tuple[int, int, int, int]:
    """Return a, b, c and d of how a picture is to be shown: x' = a x + c y, y' = b x + d y."""
    side_data: Any = decoded.side_data  # what PyAV's stubs say of it differs from version to version
    try:
        # This ties frame and matrix into a cycle of references, so ask one frame only.
        matrix = side_data["DISPLAYMATRIX"]
    except KeyError:
        return 1, 0, 0, 1
    a, b, _, c, d = np.frombuffer(bytes(matrix), dtype=np.int32)[:5].tolist()
    return a, b, c, d


def _upright(image: NDArray[np.uint8], matrix: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    """Turn by quarters and mirror a picture."""
    a, b, c, d = matrix
    if abs(b) > abs(a):
        image, a, d = image.transpose(1, 0, 2), c, b
    image = image[:, ::-1] if a < 0 else image
    return image[::-1] if d < 0 else image
