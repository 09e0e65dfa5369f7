"""A source under another name."""

from collections.abc import Iterator
from dataclasses import replace

from formcheck.capture.frame import Frame, FrameSource, SourceInfo


class Named:
    """A source that the results call by another name than its path, such as the address that it was brought from."""

    def __init__(self, source: FrameSource, name: str) -> None:
        self._source = source
        self._name = name

    @property
    def info(self) -> SourceInfo:
        """What is known of the source."""
        return replace(self._source.info, path=self._name)

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
