"""A source as another one is, but for one thing: turned left to right, or under another name."""

from collections.abc import Iterator
from dataclasses import replace

from formcheck.capture.frame import Frame, FrameSource, SourceInfo


class _Altered:
    """A source that is as another one, but for what is said here."""

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
        """Yield the frames."""
        return iter(self._source)


class Mirrored(_Altered):
    """A source whose frames are turned left to right."""

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames turned."""
        for frame in self._source:
            yield replace(frame, image_bgr=frame.image_bgr[:, ::-1].copy())


class Named(_Altered):
    """A source that the results call by another name than its path, such as the address that it was brought from."""

    def __init__(self, source: FrameSource, name: str) -> None:
        super().__init__(source)
        self._name = name

    @property
    def info(self) -> SourceInfo:
        """What is known of the source, under the other name."""
        return replace(self._source.info, path=self._name)
