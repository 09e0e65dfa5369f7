"""The pictures of a live session as they came, in a thread of their own: a slow or full disk loses pictures, not time."""

import queue
import threading
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.errors import OutputError
from formcheck.language import _
from formcheck.output.annotated_video import written_size
from formcheck.writing import cannot_write, create, leave_room

_TIME_BASE = Fraction(1, 90_000)
_FALLBACK_FPS = 30.0
_MOST_WAITING = 8
NEAR_S = 0.1
"""A picture so near to a time shows what was there: where the disk did not keep up, some are missing."""
# In pieces of half a second that stand by themselves, each on disk at once: what is killed plays up to the last of them.
_PIECE_S = 0.5
_FRAGMENTS = {
    "movflags": "+frag_keyframe+empty_moov+default_base_moof",
    "frag_duration": str(round(1e6 * _PIECE_S)),
    "flush_packets": "1",
}
_LOOK_EVERY = 16
"""How many pictures lie between two looks at what is left of the disk."""
_X264 = {"crf": "23", "preset": "ultrafast", "tune": "zerolatency"}
_FAILURES = (OSError, av.FFmpegError)


def pictures_at(video: Path, times_s: Iterable[float]) -> dict[float, NDArray[np.uint8]]:
    """Return the pictures of a recording at these times, BGR; what cannot be read is left out.

    Parameters
    ----------
    video
        What `RawVideo` wrote.
    times_s
        When; a picture shown within `NEAR_S` of a time stands for it.
    """
    found: dict[float, NDArray[np.uint8]] = {}
    with suppress(*_FAILURES), av.open(str(video.absolute())) as container:
        stream = container.streams.video[0]
        for time_s in times_s:
            container.seek(round(max(0.0, time_s - NEAR_S) / _TIME_BASE), stream=stream)
            near: av.VideoFrame | None = None
            for frame in container.decode(stream):
                if near is None or abs(frame.time - time_s) <= abs(near.time - time_s):
                    near = frame
                else:
                    break
            if near is not None and abs(near.time - time_s) <= NEAR_S:
                found[time_s] = np.asarray(near.to_ndarray(format="bgr24"), np.uint8)
    return found


class RawVideo:
    """Writes the frames of a session; a context manager.

    Parameters
    ----------
    path
        The file, MP4 with H.264; an old one is replaced.
    source
        Size and rate of the frames.

    Attributes
    ----------
    dropped
        Frames that were left out because the disk or the processor did not keep up.
    failure
        Why nothing more is written, None while it is.
    """

    def __init__(self, path: Path, source: SourceInfo) -> None:
        self._path = path
        self._size = written_size((source.width, source.height))
        self._fps = source.fps or _FALLBACK_FPS
        self._queue: queue.Queue[Frame | None] = queue.Queue(_MOST_WAITING)
        self._is_closing = threading.Event()
        self.dropped = self._written = 0
        self.failure: OutputError | None = None
        self._thread = threading.Thread(target=self._run, name="raw video", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, frame: Frame) -> None:
        """Append a frame, or leave it out if too many wait."""
        if self.failure is not None:
            return
        try:
            self._queue.put_nowait(frame)
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Finish the file; harmless when done twice. Without any picture there is no file."""
        self._is_closing.set()
        while self._thread.is_alive():
            try:
                self._queue.put(None, timeout=0.1)
                break
            except queue.Full:
                continue
        if self._thread.ident is not None:
            self._thread.join()
            if self._written == 0:
                self._path.unlink(missing_ok=True)  # without a picture it is no video

    def _run(self) -> None:
        try:
            create(self._path).close()
            with av.open(str(self._path.absolute()), "w", format="mp4", options=_FRAGMENTS) as container:
                self._write_all(container, self._stream(container))
        except OutputError as error:
            self.failure = error
            self._is_closing.wait()
        except _FAILURES as error:
            self.failure = (
                cannot_write(self._path, error)
                if isinstance(error, OSError)
                else OutputError(
                    _("Cannot write {path}: {error}.", path=self._path, error=error), _("Leave out --record.")
                )
            )
            self._is_closing.wait()

    def _stream(self, container: OutputContainer) -> VideoStream:
        stream = container.add_stream("libx264", rate=Fraction(self._fps).limit_denominator(1001), options=_X264)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = stream.time_base = _TIME_BASE
        stream.codec_context.gop_size = max(1, round(self._fps))
        return stream

    def _write_all(self, container: OutputContainer, stream: VideoStream) -> None:
        while (frame := self._queue.get()) is not None:
            if self._written % _LOOK_EVERY == 0:
                leave_room(self._path)
            # Some browsers count from the first picture of such a file: it stands at 0 too, so that all count alike.
            times = [frame.time_s] if self._written or frame.time_s <= 0 else [0.0, frame.time_s]
            self._written += 1
            width, height = self._size
            for time_s in times:
                picture = av.VideoFrame.from_ndarray(frame.image_bgr, format="bgr24").reformat(width, height, "yuv420p")
                picture.pts, picture.time_base = round(time_s / _TIME_BASE), _TIME_BASE
                container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
