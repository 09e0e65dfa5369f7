"""Movements: a posture for every moment, and the truth about the reps in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from formcheck.pose.pose import Side

from ..geometry import Array
from ..skeleton import Build, Posture, grounded_between, landmarks
from ..timeline import RepTruth, Timeline, Truth
from .drill import Scene

Contacts = dict[str, Array | bool]


@dataclass(frozen=True, slots=True)
class Movement:
    """A moving body.

    Attributes
    ----------
    name, level
        Exercise or activity.
    build
        Sizes of the body.
    duration_s
        Length of the clip.
    truth
        Its reps; none in an activity.
    posture_at
        Seconds, scalar or (n,) -> Posture.
    contacts_at
        (n,) seconds -> for each landmark that rests on floor or wall, when.
    """

    name: str
    level: str | None
    build: Build
    duration_s: float
    truth: Truth
    posture_at: Callable[[Array], Posture]
    contacts_at: Callable[[Array], Contacts]

    def pose_at(self, time_s: ArrayLike) -> Array:
        """Return (33, 3) landmarks in metres at a time, or (n, 33, 3) at n times."""
        times = np.asarray(time_s, dtype=float)
        points = landmarks(self.build, self.posture_at(times))
        return np.broadcast_to(points, (*times.shape, 33, 3))

    def first(self) -> Posture:
        """Return the posture at the start."""
        return self.posture_at(np.asarray(0.0))

    def last(self) -> Posture:
        """Return the posture at the end."""
        return self.posture_at(np.asarray(self.duration_s))


@dataclass(frozen=True)
class Chain(Movement):
    """Movements one after the other."""

    parts: tuple[Movement, ...] = ()

    def pose_at(self, time_s: ArrayLike) -> Array:
        """Return (33, 3) landmarks in metres at a time, or (n, 33, 3) at n times."""
        times = np.asarray(time_s, dtype=float)
        flat = np.atleast_1d(times)
        starts = np.cumsum([0.0, *(part.duration_s for part in self.parts[:-1])])
        index = np.maximum(np.searchsorted(starts, flat, side="right") - 1, 0)
        points = np.empty((*flat.shape, 33, 3))
        for k, part in enumerate(self.parts):
            if (index == k).any():
                points[index == k] = part.pose_at(flat[index == k] - starts[k])
        return points.reshape(*times.shape, 33, 3)


def chain(name: str, level: str | None, parts: Sequence[Movement]) -> Movement:
    """Return movements one after the other; their truths are put together."""
    now_s = 0.0
    reps: list[RepTruth] = []
    for part in parts:
        reps += part.truth.shifted(now_s).reps
        now_s += part.duration_s
    first, last = parts[0], parts[-1]

    def ends(time_s: Array) -> Posture:
        return last.last() if time_s > first.duration_s else first.posture_at(time_s)

    return Chain(name, level, first.build, now_s, Truth(tuple(reps)), ends, lambda times_s: {}, tuple(parts))


def way(build: Build, postures: Sequence[Posture], seconds: Sequence[float]) -> list[Movement]:
    """Return eased ways from posture to posture, each in its time, never below the floor."""

    def leg(start: Posture, goal: Posture, duration_s: float) -> Movement:
        def posture_at(time_s: Array) -> Posture:
            share = (1.0 - np.cos(np.pi * np.clip(time_s / duration_s, 0.0, 1.0))) / 2
            return grounded_between(build, start, goal, share)

        return Movement("way", None, build, duration_s, Truth(), posture_at, lambda times_s: {})

    return [leg(*pair) for pair in zip(postures[:-1], postures[1:], seconds, strict=True)]


def still(build: Build, posture: Posture, seconds: float) -> Movement:
    """Return a body that stays as it is."""
    return Movement("still", None, build, seconds, Truth(), lambda time_s: posture, lambda times_s: {})


def from_timeline(
    name: str,
    level: str | None,
    line: Timeline,
    posture: Callable[[Scene], Posture],
    contacts: Callable[[Scene], Contacts],
    side: Side,
    knobs: Mapping[str, float],
    textbook: Mapping[str, float],
    amplitude: float,
    build: Build,
) -> Movement:
    """Return the movement of a body that takes, at every moment, the posture that the channels call for."""

    def scene(times_s: Array) -> Scene:
        return Scene(build, level, side, line.values(times_s), knobs, textbook, amplitude, times_s.shape)

    def contacts_at(times_s: Array) -> Contacts:
        return contacts(scene(times_s))

    return Movement(name, level, build, line.now_s, line.truth(), lambda t: posture(scene(t)), contacts_at)
