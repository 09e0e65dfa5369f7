"""All that is kept of one movement away from the start, until it is judged."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from formcheck.body.meter import Measured
from formcheck.body.quantity import AllOf, Comparison, Condition, Measures, Moment
from formcheck.exercise.words import Phase
from formcheck.pose.pose import Side

HALF_WAY = 0.5
"""An attempt that came this far toward a position is listed (rules/METHOD.md, chapter 2)."""


def primary(phase: Phase) -> Comparison:
    """Return the comparison that shows how far a movement has come toward a position: the first one of `enter`."""
    assert phase.enter is not None  # Exercise checks it when it is made
    return next(phase.enter.comparisons())


def _beside(phase: Phase) -> Condition | None:
    """Return what `enter` asks for beside its first comparison: which side, which shape of the body."""
    if isinstance(phase.enter, AllOf) and len(phase.enter.members) > 1:
        return AllOf(phase.enter.members[1:])
    return None


@dataclass(slots=True)
class Attempt:
    """A movement away from the start.

    Attributes
    ----------
    side
        The working side.
    rest
        Measures at rest before it.
    rest_moments
        What was seen at rest before it, the last few seconds.
    before
        Everything that was seen just before it, the other side's movement too: where its start is looked for.
    start_time_s
        How long the start position was kept in this set so far.
    samples
        Everything since it left the start zone.
    inside
        For each end phase, whether each sample lies in it.
    reached
        For each end phase, when it was first reached.
    settings
        The user's own numbers.
    continued
        The last position of the repetition before it was being left when it began.
    skipped_start
        The other side moved on before the start position was regained.
    start_unseen, return_unseen
        Nobody was seen, or not enough of them, while it left rest or came back.
    start_s, peak_s, end_s
        Set when it is closed.
    whole
        Both leaving and regaining rest were seen, so that its duration is known.
    """

    side: Side | None
    rest: Measures
    rest_moments: list[Measured]
    before: list[Measured]
    start_time_s: float
    settings: Measures
    samples: list[Measured] = field(default_factory=list)
    inside: dict[str, list[bool]] = field(default_factory=dict)
    reached: dict[str, float] = field(default_factory=dict)
    continued: bool = False
    skipped_start: bool = False
    start_unseen: bool = False
    return_unseen: bool = False
    start_s: float = 0.0
    peak_s: float = 0.0
    end_s: float = 0.0
    whole: bool = False

    def moment(self, sample: Measured, extra: Mapping[str, float] | None = None) -> Moment:
        """Return a sample as quantities see it."""
        measures = sample.measures
        if extra is not None:
            measures = ChainMap(dict(extra), sample.measures)  # type: ignore[arg-type]  # it is only read
        return Moment(measures, self.side, sample.near, self.rest, self.settings)

    def moments(self, samples: list[Measured]) -> list[Moment]:
        """Return samples as quantities see them."""
        return [self.moment(sample) for sample in samples]

    def all_samples(self) -> Iterator[Measured]:
        """Yield what was seen before it and the movement, in order."""
        yield from self.before
        yield from self.samples

    def add(self, sample: Measured, inside: Mapping[str, bool]) -> None:
        """Keep a sample."""
        self.samples.append(sample)
        for phase, is_inside in inside.items():
            self.inside.setdefault(phase, []).append(is_inside)

    def cut(self, after_s: float) -> list[Measured]:
        """Take off and return the samples after a time."""
        count = sum(item.time_s <= after_s for item in self.samples)
        later = self.samples[count:]
        del self.samples[count:]
        for flags in self.inside.values():
            del flags[count:]
        return later

    def reach(self, phase: Phase, since_s: float) -> None:
        """Note that a position is reached, as of when its condition first held and not when that was believed."""
        self.reached.setdefault(phase.id, since_s)
        flags = self.inside.setdefault(phase.id, [])
        for i, item in enumerate(self.samples):
            if item.time_s >= since_s and i < len(flags):
                flags[i] = True

    def leave(self, phase: Phase, since_s: float) -> None:
        """Note that a position was left, as of when it first was and not when that was believed."""
        flags = self.inside[phase.id]
        flags[:] = [flag and item.time_s < since_s for flag, item in zip(flags, self.samples, strict=True)]

    def progress(self, phase: Phase, whole: bool = True) -> NDArray[np.float64]:
        """Return how far each sample came toward a position: 0 = rest, 1 = its limit; NaN = not seen.

        A sample that fails what the position asks for otherwise (another side, another shape) came nowhere, unless it
        is only asked how far the signal came that moves (not `whole`).
        """
        comparison = primary(phase)
        base = comparison.value(Moment(self.rest, self.side, None, self.rest, self.settings))
        if np.isnan(base):
            base = 0.0
        values = self.values(phase)
        reach = comparison.limit - base
        progress = (values - base) / reach if reach else np.full(values.shape, np.nan)
        beside = _beside(phase)
        if whole and beside is not None:
            fails = [beside.relaxed().answer(self.moment(sample)) is False for sample in self.samples]
            progress = np.where(fails, 0.0, progress)
        if self.continued:
            # The way out of the position before is no way toward one.
            progress = np.where(np.logical_or.accumulate(progress < HALF_WAY), progress, 0.0)
        return np.asarray(progress)

    def values(self, phase: Phase) -> NDArray[np.float64]:
        """Return the deciding value of each sample for a position."""
        comparison = primary(phase)
        return np.array([comparison.value(self.moment(sample)) for sample in self.samples], dtype=float)

    def times(self) -> NDArray[np.float64]:
        """Return the times of the samples."""
        return np.array([sample.time_s for sample in self.samples], dtype=float)


@dataclass(frozen=True, slots=True)
class Closed:
    """A movement is over.

    Attributes
    ----------
    because
        Why it does not count, None if it was complete.
    reach
        How far it came: 1 = the limit of an end position.
    """

    attempt: Attempt
    because: str | None
    reach: float = 0.0
