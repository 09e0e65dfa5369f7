"""How fast the pose models are here, measured side by side, so that whatever else the computer does slows all alike."""

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from formcheck.language import N_, _

SMOOTH_FPS = 20.0
"""A live session needs so many pictures a second."""
WARM_UP = 2
"""The first pictures load and detect, which the others do not."""
BUSY_SHARE = 0.75
"""With so many programs a core that want to run, a computer is busy."""
MOSTLY = 0.75
"""A model is faster than another if it is in this share of the rounds."""

_Picture = TypeVar("_Picture")


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a model took.

    Attributes
    ----------
    times_s
        For the picture of each round.
    """

    times_s: tuple[float, ...]

    @property
    def typical_s(self) -> float:
        """Median."""
        return statistics.median(self.times_s)

    @property
    def span_s(self) -> tuple[float, float]:
        """Between which times the middle half lies."""
        low, high = np.quantile(self.times_s, (0.25, 0.75))
        return float(low), float(high)

    @property
    def is_smooth(self) -> bool:
        """Whether it is typically fast enough for a live session."""
        return self.typical_s <= 1.0 / SMOOTH_FPS

    @property
    def is_sure(self) -> bool:
        """Whether the middle half of the times says the same."""
        low, high = self.span_s
        return high <= 1.0 / SMOOTH_FPS if self.is_smooth else low > 1.0 / SMOOTH_FPS

    def as_text(self) -> str:
        """Return it in words."""
        fps = 1.0 / self.typical_s
        text = _("{typical_ms:.0f} ms a picture ({fps:.0f} a second)", typical_ms=1000 * self.typical_s, fps=fps)
        if self.is_sure:
            if self.is_smooth:
                return _("{text}: fast enough for a live session", text=text)
            return _("{text}: too slow for a live session", text=text)
        low, high = self.span_s
        just = N_("{text}, mostly {low:.0f} to {high:.0f} ms: just fast enough for a live session")
        hardly = N_("{text}, mostly {low:.0f} to {high:.0f} ms: hardly fast enough for a live session")
        return _(just if self.is_smooth else hardly, text=text, low=1000 * low, high=1000 * high)


@dataclass(frozen=True, slots=True)
class Choice:
    """The model for live sessions.

    Attributes
    ----------
    model
        Its name.
    is_sure
        The measurements leave no doubt.
    """

    model: str
    is_sure: bool


def measure(
    looks: Mapping[str, Callable[[_Picture], object]],
    pictures: Sequence[_Picture],
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Timing]:
    """Let all models look at the same pictures in turn, and return how long each took.

    Parameters
    ----------
    looks
        What looks at a picture, by the name of the model.
    pictures
        More than `WARM_UP`, in order of time.
    clock
        What gives the time in seconds.
    """
    times: dict[str, list[float]] = {name: [] for name in looks}
    names = list(looks)
    for i, picture in enumerate(pictures):
        # None is always the first after a pause, nor always the last.
        turn = i % len(names) if names else 0
        for name in names[turn:] + names[:turn]:
            start_s = clock()
            looks[name](picture)
            times[name].append(clock() - start_s)
    return {name: Timing(tuple(taken[WARM_UP:])) for name, taken in times.items()}


def is_busy() -> bool:
    """Return whether other programs have kept this computer busy for the last minute, as far as it can tell."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return load > BUSY_SHARE * (os.cpu_count() or 1)


def choose(timings: Mapping[str, Timing], *, is_busy: bool = False) -> Choice | None:
    """Return the most exact model that is fast enough, or the fastest one if none is; None if there is none.

    Parameters
    ----------
    timings
        By model, the most exact one first, each measured in the same rounds.
    is_busy
        Other programs slowed all of them down.
    """
    refused: list[Timing] = []
    for name, timing in timings.items():
        if timing.is_smooth:
            # On a busy computer what is fast enough is so all the more, and what is too slow may not be.
            return Choice(name, timing.is_sure and all(item.is_sure and not is_busy for item in refused))
        refused.append(timing)
    best: str | None = None
    for name in timings:
        # A less exact model must be faster, and not only by chance.
        if best is None or _is_faster(timings[name], timings[best]):
            best = name
    return None if best is None else Choice(best, not is_busy and all(item.is_sure for item in refused))


def _is_faster(one: Timing, other: Timing) -> bool:
    won = [mine < theirs for mine, theirs in zip(one.times_s, other.times_s, strict=True)]
    return one.typical_s < other.typical_s and sum(won) >= MOSTLY * len(won)
