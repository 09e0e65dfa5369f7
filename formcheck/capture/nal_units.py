"""Finds slices of H.264 and HEVC that no encoder can have written.

Both codecs escape their data: three bytes 0, 0, 0 to 2 never follow each other in it. Blocks that a disk or a phone lost
come back as zeros, which decoders take for a picture.
"""

import re
from collections.abc import Iterator

from av.video.stream import VideoStream

_FORBIDDEN = re.compile(rb"\0\0[\0-\2]")


class SliceCheck:
    """Checks the packets of a stream.

    Parameters
    ----------
    stream
        Of any codec; what is not kept as lengths and data, as in MP4 and Matroska, is not checked.
    """

    def __init__(self, stream: VideoStream) -> None:
        self._codec = stream.codec_context.name
        described = bytes(stream.codec_context.extradata or b"")
        place = {"h264": 4, "hevc": 21}.get(self._codec)
        is_checked = place is not None and len(described) > place and described[0] == 1
        self._length_size = (described[place] & 3) + 1 if is_checked and place is not None else 0

    def is_broken(self, packet: bytes) -> bool:
        """Return whether a slice in the packet holds what is escaped in every slice."""
        return any(_FORBIDDEN.search(unit.rstrip(b"\0")) for unit in self._slices(packet))

    def _slices(self, packet: bytes) -> Iterator[bytes]:
        size, start = self._length_size, 0
        while size and start + size < len(packet):
            end = start + size + int.from_bytes(packet[start : start + size], "big")
            unit = packet[start + size : end]
            if unit and self._is_slice(unit[0]):
                yield unit
            start = end

    def _is_slice(self, header: int) -> bool:
        return header & 0x1F in (1, 5) if self._codec == "h264" else header >> 1 & 0x3F < 32
