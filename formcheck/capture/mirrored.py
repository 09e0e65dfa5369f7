"""A source turned left to right."""

from collections.abc import Iterator
from dataclasses import replace

from formcheck.capture.frame import Frame, FrameSource, SourceInfo


class Mirrored:
    """A source whose frames are turned left to right."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source

    @property
    def info(self) -> SourceInfo:
        """What is known of the source."""
        return self._source.info

    @property
    def damaged(self) -> str | None:
        """Why the source could not be read to its end."""
        return self._source.damaged

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about the source."""
        return self._source.remarks

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames turned."""
        for frame in self._source:
            yield replace(frame, image_bgr=frame.image_bgr[:, ::-1].copy())
