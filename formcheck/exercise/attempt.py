"""One movement out to the end position and back, with all that was seen of it; it never changes once it is made."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from formcheck.body.meter import Measured
from formcheck.body.quantity import Measures, Moment
from formcheck.body.view import ViewSeen
from formcheck.exercise.motion import BRIDGED_S, Values
from formcheck.exercise.quantities import Role
from formcheck.exercise.words import Movement, Witness
from formcheck.pose.pose import Side, other_side

Mask = NDArray[np.bool_]
Span = tuple[float, float]


class Rest(Mapping[str, float]):
    """Medians of the measures at rest by key, taken when they are asked for; NaN = not seen at rest.

    Parameters
    ----------
    samples
        What was seen at rest, in order.
    of_other
        Those of them in which the other leg rested too.
    other
        The other side.
    """

    __slots__ = ("_of_other", "_other", "_samples", "_taken")

    def __init__(self, samples: Sequence[Measured], of_other: Sequence[Measured], other: Side | None) -> None:
        self._samples, self._of_other = samples, of_other
        self._other = None if other is None else f".{other}"
        self._taken: dict[str, float] = {}

    def __getitem__(self, key: str) -> float:
        """Return a median; KeyError if there is no such signal."""
        if key not in self._taken:
            samples = self._of_other if self._other is not None and key.endswith(self._other) else self._samples
            values = [value for item in samples if (value := item.measures.get(key, math.nan)) == value]
            self._taken[key] = median(values) if values else math.nan
        return self._taken[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._samples[0].measures if self._samples else ())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._samples[0].measures) if self._samples else 0


@dataclass(frozen=True, slots=True)
class Excursion:
    """The way out to one end position and back.

    Attributes
    ----------
    movement, witness
        What moved, and what showed it.
    values
        (n,) height of the witness at each sample of the attempt; NaN = not seen.
    inside
        (n,) whether each sample lies in the end position: there one holds still.
    well_inside
        (n,) whether it lies as far as the least travel: there the end position is judged. Of two movements to and fro, the
        end position begins before.
    reach
        How far it came: 1 = complete.
    low, limit, high
        Its low point, where the end position begins, and its turning point, as heights.
    """

    movement: Movement
    witness: Witness
    values: Values
    inside: Mask
    well_inside: Mask
    reach: float
    low: float
    limit: float
    high: float

    @property
    def position(self) -> str:
        """Name of the end position."""
        return self.movement.position


@dataclass(frozen=True, slots=True)
class Attempt:
    """A movement, whether it counts or not.

    Attributes
    ----------
    side
        The working side.
    samples
        What was seen from its start to its end.
    excursions
        The way to each end position that was reached half-way or more.
    start_s, peak_s, end_s
        When it left rest, was farthest, and was back.
    start_samples
        What was seen in the start position before it, the last few seconds.
    start_seen_s
        When one was last in the start position before it, or may have been; -inf if never.
    rest
        Measures at rest before it.
    start_time_s
        How long the start position was kept well in this set so far.
    settings
        The user's own numbers.
    other_busy
        When the other leg made a movement of its own.
    from_first
        It was already under way when the first was seen.
    whole
        Leaving and regaining rest were both seen, so that its duration is known.
    """

    side: Side | None
    samples: tuple[Measured, ...]
    excursions: tuple[Excursion, ...]
    start_s: float
    peak_s: float
    end_s: float
    start_samples: tuple[Measured, ...]
    start_seen_s: float
    rest: Rest
    start_time_s: float
    settings: Measures
    other_busy: tuple[Span, ...] = ()
    from_first: bool = False
    whole: bool = True
    times: Values = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "times", np.array([item.time_s for item in self.samples], dtype=float))

    def moment(self, sample: Measured, clocks: Mapping[str, float] | None = None) -> Moment:
        """Return a sample as what judges it sees it."""
        return Moment(sample.judged, self.side, sample.near, self.rest, self.settings, clocks or {})

    def moments(self, samples: Sequence[Measured]) -> list[Moment]:
        """Return samples as what judges them sees them."""
        return [self.moment(sample) for sample in samples]

    def excursion(self, position: str) -> Excursion | None:
        """Return the way to an end position, None if it was not reached half-way."""
        return next((item for item in self.excursions if item.position == position), None)

    @property
    def nearer(self) -> Role | None:
        """Whether the working or the other side is nearer the camera, None if nobody knows."""
        near = self.samples[-1].near if self.samples else None
        if near is None or self.side is None:
            return None
        return Role.WORKING if near == self.side else Role.OTHER

    @property
    def model(self) -> str | None:
        """The model that saw its end, None if nobody knows."""
        return self.samples[-1].model if self.samples else None

    @property
    def clocks(self) -> dict[str, float]:
        """The times that checks ask for."""
        clocks = {"start_position_s": self.start_time_s}
        if self.whole:
            clocks["duration_s"] = self.end_s - self.start_s
        return clocks

    def is_busy(self, time_s: float) -> bool:
        """Return whether the other leg was making a movement of its own."""
        return any(first <= time_s <= last for first, last in self.other_busy)


def other_of(side: Side | None) -> Side | None:
    """Return the other side, None for none."""
    return None if side is None else other_side(side)


def zone(times: Values, heights: Values, limit: float, slack: float) -> Mask:
    """Return which values lie in a zone that is entered at a limit and left below it by a slack; short breaks are jitter.

    Unseen stays as it was.
    """
    enters, leaves = heights >= limit, heights < limit - slack
    latest = np.maximum.accumulate(np.where(enters | leaves, np.arange(heights.size), 0))
    inside = enters[latest]
    for left, back in pairwise((np.flatnonzero(inside[1:] != inside[:-1]) + 1).tolist()):
        if inside[back] and times[back] - times[left] <= BRIDGED_S:
            inside[left:back] = True
    return np.asarray(inside)


def view_of(attempt: Attempt) -> ViewSeen:
    """Return the view in which most of a movement was seen."""
    counts = Counter(item.view for item in attempt.samples if item.measures)
    return counts.most_common(1)[0][0] if counts else ViewSeen.UNKNOWN
