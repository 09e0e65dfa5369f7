"""Movements: a posture for every moment, and the truth about the reps in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from formcheck.pose.pose import Side

from ..geometry import Array
from ..skeleton import Build, Posture, grounded_between, joined, landmarks, spread
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


def chain(name: str, level: str | None, parts: Sequence[Movement]) -> Movement:
    """Return movements one after the other; their truths are put together."""
    now_s = 0.0
    reps: list[RepTruth] = []
    for part in parts:
        reps += part.truth.shifted(now_s).reps
        now_s += part.duration_s
    starts = np.cumsum([0.0, *(part.duration_s for part in parts[:-1])])

    def each(times_s: Array) -> Iterator[tuple[Movement, Array]]:
        """Yield the parts with the moments that fall into them; times must rise."""
        index = np.maximum(np.searchsorted(starts, times_s, side="right") - 1, 0)
        for k, part in enumerate(parts):
            if (index == k).any():
                yield part, times_s[index == k] - starts[k]

    def posture_at(time_s: Array) -> Posture:
        if np.ndim(time_s) == 0:
            part, local_s = next(each(np.atleast_1d(time_s)))
            return part.posture_at(local_s[0])
        return joined([spread(part.posture_at(local_s), len(local_s)) for part, local_s in each(time_s)])

    def contacts_at(times_s: Array) -> Contacts:
        found = [(part.contacts_at(local_s), len(local_s)) for part, local_s in each(times_s)]
        names = {name for contacts, _ in found for name in contacts}
        return {
            name: np.concatenate([np.broadcast_to(contacts.get(name, False), number) for contacts, number in found])
            for name in names
        }

    return Movement(name, level, parts[0].build, now_s, Truth(tuple(reps)), posture_at, contacts_at)


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
