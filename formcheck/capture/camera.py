"""Pictures as they happen: cameras, streams, and files played in real time."""

import re
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.quiet import EVERYTHING, quiet_stderr
from formcheck.capture.video_file import VideoFile
from formcheck.errors import DeviceError, InputError
from formcheck.language import N_, _

Image = NDArray[np.uint8]

WANTED_WH, WANTED_FPS = (1280, 720), 30.0
"""What cameras are asked for; they give what they can."""
STREAM_TIMEOUT_MS = 5000
_CLOSE_OTHERS = N_(
    "Connect it, close other programs that use it, and allow this one to; `formcheck doctor` looks again."
)


class Camera(Protocol):
    """Something that gives pictures one after the other, each when it happens.

    Attributes
    ----------
    info
        Size and rate; known once it was opened.
    ends
        Whether it comes to an end, as a file does; else no picture means that it is lost.
    origin_s
        Reading of the monotonic clock at time 0 of its pictures; known after the first.
    """

    info: SourceInfo
    ends: bool
    origin_s: float

    def open(self) -> None:
        """Make it ready, again if it was lost.

        Raises
        ------
        FormcheckError
            It cannot be opened.
        """

    def read(self) -> tuple[float, Image] | None:
        """Wait for the next picture; return its time in seconds since the first and itself, None if there is none."""

    def close(self) -> None:
        """Let go of it; harmless when done twice."""


def camera_at(address: str) -> Camera:
    """Return the camera at an address.

    Parameters
    ----------
    address
        A number (``0`` is the first camera), a device such as ``/dev/video0``, the URL of a stream, or a video file,
        which is played in real time.

    Raises
    ------
    DeviceError
        There is no such camera.
    InputError
        There is no such file, or it is no video.
    """
    if re.fullmatch(r"\d+", address):
        return OpenCvCamera(int(address))
    if "://" in address:
        return OpenCvCamera(address)
    try:
        mode = Path(address).stat().st_mode
    except (OSError, ValueError) as error:
        if Path(address).suffix and not address.startswith("/dev/"):
            raise InputError(
                _("There is no file {address}.", address=address),
                _("Check the spelling, and the folder that you are in."),
            ) from error
        remedy = _("Give the number of a camera (0 is the first), its device, a video file, or the URL of a stream.")
        raise DeviceError(_("There is no camera “{address}”.", address=address), remedy) from error
    return OpenCvCamera(address) if stat.S_ISCHR(mode) else Playback(address)


class OpenCvCamera:
    """A camera of this computer, or a stream from the network.

    Parameters
    ----------
    address
        Number, device or URL.
    clock
        What gives the time in seconds.
    """

    ends = False

    def __init__(self, address: int | str, clock: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._clock = clock
        self._capture: cv2.VideoCapture | None = None
        self._has_begun = False
        self.origin_s = 0.0
        self.info = SourceInfo("camera", _name(address), 0, 0, 0.0, 0, 0.0)

    def open(self) -> None:
        """Open it and wait for its first picture."""
        self.close()
        try:
            with quiet_stderr(EVERYTHING):
                capture = self._opened()
                is_read, image = capture.read() if capture.isOpened() else (False, None)
        except cv2.error as error:  # a number that no camera has
            raise DeviceError(
                _("{address} cannot be opened.", address=_title(self._address)), _(_CLOSE_OTHERS)
            ) from error
        if not is_read or image is None:
            capture.release()
            raise DeviceError(_("{address} gives no picture.", address=_title(self._address)), _(_CLOSE_OTHERS))
        self._capture = capture
        if self.info.width == 0:
            fps = capture.get(cv2.CAP_PROP_FPS)
            height, width = image.shape[:2]
            self.info = SourceInfo("camera", self.info.path, width, height, fps if 0 < fps < 300 else 0.0, 0, 0.0)

    def _opened(self) -> cv2.VideoCapture:
        if isinstance(self._address, str) and "://" in self._address:
            timeouts = [
                cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, STREAM_TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, STREAM_TIMEOUT_MS
            ]  # fmt: skip
            return cv2.VideoCapture(self._address, cv2.CAP_FFMPEG, timeouts)
        capture = cv2.VideoCapture(self._address)
        # Uncompressed, USB carries 720p at 10 pictures a second only.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, WANTED_WH[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, WANTED_WH[1])
        capture.set(cv2.CAP_PROP_FPS, WANTED_FPS)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return capture

    def read(self) -> tuple[float, Image] | None:
        """Wait for the next picture; its time is when it arrived."""
        if self._capture is None or not self._capture.grab():
            return None
        now_s = self._clock()
        is_read, image = self._capture.retrieve()
        if not is_read or image is None:
            return None
        if not self._has_begun:
            self.origin_s, self._has_begun = now_s, True
        return now_s - self.origin_s, np.asarray(image, dtype=np.uint8)

    def close(self) -> None:
        """Let go of the device."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None


class Playback:
    """A video file, played in real time: a picture is there when its time has come, and not before.

    Parameters
    ----------
    path
        The file.
    clock, sleep
        What gives the time, and what waits, in seconds.

    Raises
    ------
    InputError
        When it is no such file, or no video.
    """

    ends = True

    def __init__(
        self,
        path: str | Path,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._file = VideoFile(path)
        self._clock, self._sleep = clock, sleep
        self._frames: Iterator[Frame] = iter(())
        self.origin_s = 0.0
        self.info = self._file.info

    def open(self) -> None:
        """Begin at the beginning."""
        self._frames = iter(self._file)
        self.origin_s = self._clock()

    def read(self) -> tuple[float, Image] | None:
        """Wait until the next picture is due."""
        frame = next(self._frames, None)
        if frame is None:
            return None
        early_s = self.origin_s + frame.time_s - self._clock()
        if early_s > 0:
            self._sleep(early_s)
        return frame.time_s, frame.image_bgr

    def close(self) -> None:
        """Stop playing."""
        self._frames = iter(())


def _name(address: int | str) -> str:
    return f"camera:{address}" if isinstance(address, int) else address


def _title(address: int | str) -> str:
    return (
        _("Camera {address}", address=address)
        if isinstance(address, int)
        else _("The camera at {address}", address=address)
    )
