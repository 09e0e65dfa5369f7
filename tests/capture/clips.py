"""Writes tiny clips for tests."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


def grey(level: int, width: int = 64, height: int = 48) -> Picture:
    """Return a plain picture."""
    return np.full((height, width, 3), level, dtype=np.uint8)


def ramp(count: int, width: int = 64, height: int = 48) -> list[Picture]:
    """Return plain pictures, each brighter than the one before."""
    return [grey(round(20 + 200 * i / max(1, count - 1)), width, height) for i in range(count)]


def corner(width: int = 64, height: int = 32) -> Picture:
    """Return a black picture with a bright top left quarter."""
    picture = grey(0, width, height)
    picture[: height // 2, : width // 2] = 255
    return picture


def write_clip(
    path: Path,
    pictures: Iterable[Picture],
    *,
    times_ms: Sequence[int] | None = None,
    stamps_ms: Sequence[int] | None = None,
    rate: int = 10,
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    rotation: tuple[float, bool, bool] | None = None,
    aspect: Fraction | None = None,
    container_options: dict[str, str] | None = None,
    codec_options: dict[str, str] | None = None,
    container: str | None = None,
    tags: dict[str, str] | None = None,
) -> Path:
    """Write a clip, at a fixed rate, at given times, or (codecs of whole pictures) with any time stamps at all."""
    muxing = dict(container_options or {})
    if tags:
        muxing["movflags"] = "use_metadata_tags"
    with av.open(path, "w", format=container, options=muxing) as output:
        output.metadata.update(tags or {})
        stream: VideoStream | None = None
        for index, picture in enumerate(pictures):
            if stream is None:
                stream = _video(output, codec, Fraction(rate), codec_options or {})
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = pixel_format
                if times_ms is not None or stamps_ms is not None:
                    stream.codec_context.time_base = stream.time_base = Fraction(1, 1000)
                if rotation is not None:
                    stream.set_display_rotation(*rotation)
                if aspect is not None:
                    stream.codec_context.sample_aspect_ratio = aspect
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            if times_ms is not None:
                frame.pts, frame.time_base = times_ms[index], Fraction(1, 1000)
            packets = stream.encode(frame)
            if stamps_ms is not None:
                for packet in packets:
                    packet.dts, packet.pts = index, stamps_ms[index]
            output.mux(packets)
        assert stream is not None
        output.mux(stream.encode(None))
    return path


def _video(output: OutputContainer, codec: str, rate: Fraction, options: dict[str, str]) -> VideoStream:
    stream = output.add_stream(codec, rate=rate, options=options)
    assert isinstance(stream, VideoStream)
    return stream


def cut_off(path: Path, share: float) -> Path:
    """Keep the first part of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


CODECS: dict[str, tuple[str, str, dict[str, str]]] = {
    "h264": (".mp4", "libx264", {}),
    "h264-ts": (".ts", "libx264", {"g": "60"}),
    "h264-mkv": (".mkv", "libx264", {"g": "60"}),
    "hevc": (".mp4", "libx265", {"x265-params": "log-level=none"}),
    "mpeg4": (".mp4", "mpeg4", {}),
    "vp9": (".webm", "libvpx-vp9", {"deadline": "realtime", "cpu-used": "8"}),
}
"""Suffix, encoder and its options by name."""


def recoded(path: Path, target: Path, name: str, seconds: float) -> Path:
    """Write the beginning of a clip in another codec or container; return where."""
    suffix, codec, options = CODECS[name]
    target = target.with_suffix(suffix)
    container_options = {"movflags": "faststart"} if suffix == ".mp4" else {}
    with av.open(path) as source, av.open(target, "w", options=container_options) as output:
        pictures = source.streams.video[0]
        stream = _video(output, codec, pictures.average_rate or Fraction(25), options)
        stream.width, stream.height, stream.pix_fmt = pictures.width, pictures.height, "yuv420p"
        for frame in source.decode(pictures):
            if frame.time is not None and frame.time > seconds:
                break
            frame.pict_type = 0
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return target
