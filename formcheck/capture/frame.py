"""The picture at one moment, and where pictures come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture.

    Attributes
    ----------
    index
        Position in the source, from 0.
    time_s
        Presentation time in seconds, from 0 at the first frame; strictly increasing.
    image_bgr
        (h, w, 3) uint8, upright (a rotation flag of the file is already applied), read-only.
    """

    index: int
    time_s: float
    image_bgr: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source before it is read.

    Attributes
    ----------
    kind
        ``"file"``, ``"images"`` or ``"camera"``.
    path
        As the user gave it.
    width, height
        Size of an upright frame in px.
    fps
        Average frame rate, 0 if unknown.
    frames
        Estimated number of frames, 0 if unknown.
    duration_s
        Estimated duration in seconds, 0 if unknown.
    """

    kind: str
    path: str
    width: int
    height: int
    fps: float
    frames: int
    duration_s: float


class FrameSource(Protocol):
    """Anything that yields frames in order of time; iterate once."""

    @property
    def info(self) -> SourceInfo:
        """What is known of the source before it is read."""

    @property
    def damaged(self) -> str | None:
        """Why the source could not be read to its end, in words; known after reading."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about the source, in words; complete after reading."""

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames in order of time."""
