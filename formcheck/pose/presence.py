"""Says what there is of a person whom nobody can follow: parts outside the picture, or too small."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.errors import NoPersonError, NotSureError
from formcheck.language import N_, _, all_of
from formcheck.pose.command import Command
from formcheck.pose.pose import INDEX, Observation

SEEN_SHARE = 0.1
"""Somebody who is found in a smaller share of the pictures may be a chair."""
OUTSIDE_SHARE = 0.5
"""A part that is outside in more of the pictures is said to be outside."""
SMALL_SHARE = 0.35
"""Somebody who is shorter, upright or lying, than this share of the picture's height is too small for the model."""
KEPT = 5
"""Pictures that are kept for a closer look."""

FILM = N_("Film the whole body from 2 to 3.5 m, with light on it and a level, fixed camera.")
_PARTS = {
    N_("head"): ("nose",),
    N_("shoulders"): ("left_shoulder", "right_shoulder"),
    N_("hips"): ("left_hip", "right_hip"),
    N_("legs"): ("left_knee", "right_knee"),
    N_("feet"): ("left_ankle", "right_ankle"),
}

LookCloser = Callable[[Sequence[NDArray[np.uint8]]], float | None]
"""Finds somebody small in pictures; returns the height over that of the picture."""


class Presence:
    """Follows what is seen of a person, however little.

    Parameters
    ----------
    source
        What is looked at.
    """

    def __init__(self, source: SourceInfo) -> None:
        self._size = np.array([source.width, source.height], dtype=float)
        self._every = max(1, source.frames // (KEPT + 1))
        self._pictures: list[NDArray[np.uint8]] = []
        self._looks = self._found = 0
        self._outside: Counter[str] = Counter()
        self._lengths: list[float] = []

    def watch(self, seen: Observation, frame: Frame | None = None) -> None:
        """Take note of what was seen, and in which picture, if there is one."""
        self._looks += 1
        if seen.pose is not None:
            points = seen.pose.image_px
            low, high = points.min(axis=0), points.max(axis=0)
            self._found += 1
            self._lengths.append(float((high - low).max() / self._size[1]))
            if not ((low >= 0).all() and (high <= self._size).all()):
                self._outside.update(_outside(points, self._size))
        elif frame is not None and not seen.unfit and frame.index % self._every == self._every // 2:
            self._pictures = [*self._pictures, frame.image_bgr][:KEPT]

    def watching(self, lines: Iterable[Observation | Command]) -> Iterator[Observation | Command]:
        """Yield the lines of a recording, and take note of what was seen."""
        for line in lines:
            if isinstance(line, Observation):
                self.watch(line)
            yield line

    @property
    def trouble(self) -> tuple[str, str] | None:
        """What stands in the way of following a person who was seen, and the remedy; None if nothing is known."""
        if self._found < max(1.0, SEEN_SHARE * self._looks):
            return None
        outside = [part for part in _PARTS if self._outside[part] > OUTSIDE_SHARE * self._found]
        if "legs" in outside and "feet" in outside:
            outside.remove("feet")  # go without saying
        if outside:
            if outside == ["head"]:
                return _("A person is in the recording, but the head is outside the picture."), _(FILM)
            parts = all_of([_(part) for part in outside])
            return _("A person is in the recording, but the {parts} are outside the picture.", parts=parts), _(FILM)
        small = self._lengths and median(self._lengths) < SMALL_SHARE
        return _too_small(median(self._lengths)) if small else None

    @property
    def advice(self) -> tuple[str, ...]:
        """What to do better where a person was followed none the less."""
        return () if self.trouble is None else (" ".join(self.trouble),)

    @contextmanager
    def explaining(self, look_closer: LookCloser | None = None) -> Iterator[None]:
        """Say more than that nobody was found or nothing recognised, where more is known or `look_closer` finds somebody."""
        try:
            yield
        except NotSureError as error:
            if self.trouble is None:
                raise
            raise NotSureError(f"{error.cause} {self.trouble[0]}", error.remedy, error.nearest) from None
        except NoPersonError:
            trouble = self.trouble
            if trouble is None and look_closer is not None and self._pictures:
                size = look_closer(self._pictures)
                trouble = None if size is None else _too_small(size)
            if trouble is None:
                raise
            raise NoPersonError(*trouble) from None


def nobody() -> NoPersonError:
    """Return that no person was found."""
    return NoPersonError(_("No person was found in the recording."), _(FILM))


def _outside(points: NDArray[np.float64], size: NDArray[np.float64]) -> Iterator[str]:
    gone = np.asarray(((points < 0) | (points > size)).any(axis=1))
    yield from (part for part, names in _PARTS.items() if all(gone[INDEX[name]] for name in names))


def _too_small(share: float) -> tuple[str, str]:
    return (
        _(
            "A person is in the recording, but too small to be measured well: about {share:.0%} of the "
            "picture's height.",
            share=share,
        ),
        _("Come nearer (2 to 3.5 m), or crop the recording so that the person fills most of it."),
    )
