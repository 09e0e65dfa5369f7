"""A demonstration: the outline does one repetition of an exercise, again and again, and names the positions that its rule names."""

import json
import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from formcheck.live.ghost import PARTS, Ghost
from formcheck.pose.pose import Side

HUNDREDTHS = 100.0
"""Places are kept as whole hundredths of a torso length."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """One repetition, from rest to rest.

    Attributes
    ----------
    times_s
        (n,) times of its postures, from 0, rising.
    points
        (n, parts, 2): x to the right and y down in torso lengths, from where the middle of the hips is at rest.
    phases
        From when on the rule says that which position is kept, None = between two.
    """

    times_s: NDArray[np.float64]
    points: NDArray[np.float64]
    phases: tuple[tuple[float, str | None], ...]

    @property
    def duration_s(self) -> float:
        """How long a repetition lasts."""
        return float(self.times_s[-1])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all its postures, in torso lengths."""
        left, top = self.points.min(axis=(0, 1))
        right, bottom = self.points.max(axis=(0, 1))
        return float(left), float(top), float(right), float(bottom)

    def at(self, time_s: float) -> Ghost:
        """Return the posture of a moment; after its end the repetition begins again."""
        now_s = math.fmod(time_s, self.duration_s)
        i = min(bisect_right(self.times_s.tolist(), now_s), len(self.times_s) - 1)
        before_s, after_s = self.times_s[i - 1], self.times_s[i]
        share = (now_s - before_s) / (after_s - before_s)
        xy = (1 - share) * self.points[i - 1] + share * self.points[i]
        return Ghost({name: (float(x), float(y)) for name, (x, y) in zip(PARTS, xy, strict=True)})

    def phase_at(self, time_s: float) -> str | None:
        """Return the position that is kept at a moment, None between two."""
        now_s = math.fmod(time_s, self.duration_s)
        return next((name for from_s, name in reversed(self.phases) if from_s <= now_s), None)

    def of_side(self, side: Side | None) -> "Demonstration":
        """Return it with the other side, as somebody sees it in a mirror who is to train the right one."""
        if side != "right":
            return self
        return Demonstration(self.times_s, self.points * (-1, 1), self.phases)


def demonstration_of(exercise: str, level: str | None) -> Demonstration | None:
    """Return how an exercise is done at a level, at its first one if none is named.

    None for exercises that no figure was posed for, such as the user's own.
    """
    levels = _all().get(exercise)
    if levels is None:
        return None
    said = levels.get(level or "") or next(iter(levels.values()))
    points = np.array(said["points"], dtype=float).reshape(len(said["times_s"]), len(PARTS), 2) / HUNDREDTHS
    phases = tuple((float(from_s), name) for from_s, name in said["phases"])
    return Demonstration(np.array(said["times_s"], dtype=float), points, phases)


_Said = dict[str, list]  # type: ignore[type-arg]  # of a file that comes with the package


@cache
def _all() -> dict[str, dict[str, _Said]]:
    text = files("formcheck.live").joinpath("demonstrations.json").read_text(encoding="utf-8")
    content: dict[str, dict[str, _Said]] = json.loads(text)
    return content
