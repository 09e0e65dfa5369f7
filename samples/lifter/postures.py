"""Bodies to learn from: of all proportions, in all postures that contacts with the floor allow."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from ..figure import Build
from ..figure.geometry import Array
from ..figure.skeleton import landmarks, spread
from .contacts import FAMILIES, Draw, feasible

MOMENTS = 24
"""Moments of one body."""
BODY_SPREAD = 0.08
SHARES = (0.7, 0.2, 0.1)
"""How often each family is drawn: what the program asks the nets for most often."""


@dataclass(frozen=True, slots=True)
class Group:
    """Moments of one body.

    Attributes
    ----------
    exercise
        Whose errors of landmarks it is seen with.
    points_m
        (n, 33, 3) landmarks.
    trunk_m
        Length of the trunk.
    """

    exercise: str
    points_m: Array
    trunk_m: float


def groups(rng: np.random.Generator) -> Iterator[Group]:
    """Yield random bodies without end."""
    families = list(FAMILIES)
    while True:
        build = _build(rng)
        exercise = str(rng.choice(families, p=SHARES))
        with np.errstate(all="ignore"):
            posture = spread(FAMILIES[exercise](build, Draw(2 * MOMENTS, rng)), 2 * MOMENTS)
            points = landmarks(build, posture)[feasible(posture)][:MOMENTS]
        points = points[np.isfinite(points).all(axis=(1, 2))]
        if len(points):
            yield Group(exercise, points, build.trunk)


def _build(rng: np.random.Generator) -> Build:
    usual = Build()
    sizes = {item.name: getattr(usual, item.name) * np.exp(BODY_SPREAD * rng.normal()) for item in fields(Build)}
    return Build(**{name: float(size) for name, size in (sizes | {"trunk": usual.trunk}).items()})
