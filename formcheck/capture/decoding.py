"""Decodes a film and lets only whole pictures through: what damage touches is left out, and its place is told."""

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from formcheck.capture.nal_units import SliceCheck

TELLS_IN_ONE_THREAD = frozenset({"h264", "mpeg4", "mpeg2video", "mpeg1video", "h263"})
"""These decoders mark a picture that they had to mend, but in the usual threads they neither mend nor mark.
Decoders of HEVC, VP9 and AV1 never do: there, only what they refuse is known, and what `SliceCheck` sees."""
HELD_AT_MOST = 16
"""No codec shows a picture later than this many others that were decoded after it."""


def whole_pictures(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame | None]:
    """Yield the pictures of a stream in order of their times, and None where some were lost.

    A picture builds on others that were decoded before it, and some of those are shown after it. So each one is held
    back until all of these are known to be whole. After a loss, the next one let through is one that needs no other.
    """
    if stream.codec_context.name in TELLS_IN_ONE_THREAD:
        stream.codec_context.thread_count = 1
    decoding, check = _Decoding(), SliceCheck(stream)
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.EOFError):
            break
        except av.FFmpegError:
            decoding.enter(None)
            decoding.lose()
            continue
        try:
            decoding.enter(packet.pts if packet.size else None)
            if check.is_broken(bytes(packet)):
                decoding.doubt()
            frames = packet.decode()
        except av.EOFError:
            break
        except av.FFmpegError:
            decoding.lose()
            frames = []
        for frame in frames:
            decoding.leave(frame)
        yield from decoding.released()
    yield from decoding.rest()


@dataclass(frozen=True, slots=True)
class _Held:
    """A picture that is held back, its number, and that of the latest picture that needed no other."""

    frame: VideoFrame
    number: int
    standalone: int


class _Decoding:
    """Which pictures went into a decoder, which came out, and which of them are whole.

    Pictures are numbered in the order in which they went in.
    """

    def __init__(self) -> None:
        self._entered = self._standalone = 0
        self._latest: int | None = None
        self._inside: dict[int, int] = {}
        self._held: deque[_Held] = deque()
        self._broken: list[int] = []
        self._missing: list[int | None] = []
        self._is_lost = False

    def enter(self, pts: int | None) -> None:
        """Take note of a picture that goes in, by its time."""
        self._entered += 1
        self._latest = pts
        if pts is not None:
            self._inside[pts] = self._entered

    def doubt(self) -> None:
        """Take note that the latest packet is broken, though something may come of it."""
        self._broken.append(self._entered)

    def lose(self) -> None:
        """Take note that the latest packet was broken."""
        self.doubt()
        self._missing.append(self._latest)
        if self._latest is not None:
            self._inside.pop(self._latest, None)

    def leave(self, frame: VideoFrame) -> None:
        """Take a picture that came out."""
        number = self._entered
        if frame.pts is not None:
            number = self._inside.get(frame.pts, number)
            # Pictures come out in order of time: an earlier one that did not come will never.
            self._inside = {pts: other for pts, other in self._inside.items() if pts > frame.pts}
        if frame.is_corrupt:
            self._broken.append(number)
        if frame.key_frame:
            self._standalone = number
        self._held.append(_Held(frame, number, self._standalone))

    def rest(self) -> Iterator[VideoFrame | None]:
        """Yield what is left at the end."""
        self._inside = {}
        yield from self.released()
        if self._is_lost or self._missing:
            yield None

    def released(self) -> Iterator[VideoFrame | None]:
        """Yield the pictures that are known to be whole, and None where others were lost before them."""
        while self._held:
            awaited = min(self._inside.values(), default=math.inf)
            if self._held[0].number > awaited and len(self._held) <= HELD_AT_MOST:
                break
            held = self._held.popleft()
            still = [pts for pts in self._missing if not _is_before(pts, held.frame.pts)]
            is_whole = not any(held.standalone <= broken <= held.number for broken in self._broken)
            self._is_lost |= not is_whole or len(still) < len(self._missing)
            self._missing = still
            if not is_whole:
                continue
            if self._is_lost:
                self._is_lost = False
                yield None
            yield held.frame
        needed = min((held.standalone for held in self._held), default=self._standalone)
        self._broken = [broken for broken in self._broken if broken >= needed]


def _is_before(pts: int | None, other: int | None) -> bool:
    return pts is None or other is None or pts < other
