"""Where in a recording of a whole plan each of its exercises is: every one of them watches all of it, and the best fit is taken."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from formcheck.exercise.recognition import apart, worth
from formcheck.exercise.results import Rep
from formcheck.pipeline import coach_of
from formcheck.plan.words import Part
from formcheck.pose.pose import Observation
from formcheck.recognising import Watchers

ON_COSTS, BACK_COSTS = 0.1, 0.6
"""So many repetitions must speak for an exercise that comes later in the plan, or earlier, before it is taken (judgement)."""
LEAST = 0.3
"""What is less than a repetition with a fault or two shows no exercise (judgement)."""
AFTER_S = 1.0
"""So long after its last repetition an exercise is over, if nothing else says when (judgement)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a recording that shows one exercise of a plan, from one moment up to another, in seconds."""

    part: Part
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class _Seen:
    """A repetition or attempt that an exercise of the plan saw: its index in the plan, and how much it speaks for it."""

    index: int
    rep: Rep
    worth: float


def watchers_of(
    parts: Sequence[Part], size_wh: tuple[int, int], fov_deg: float | None, model: str | None
) -> Watchers[int]:
    """Return what lets every exercise of a plan watch a recording, each at its own level and side."""
    for part in parts:
        part.rule.begin()
    coaches = {index: coach_of(part.rule, part.options(fov_deg=fov_deg)) for index, part in enumerate(parts)}
    return Watchers(coaches, size_wh, fov_deg, model)


def split(parts: Sequence[Part], reps: Mapping[int, Sequence[Rep]], seen: Iterable[Observation]) -> list[Span]:
    """Return where each exercise is, in order of time; what was not done has none.

    Parameters
    ----------
    parts
        The exercises of the plan.
    reps
        What each of them saw in the recording, by its index.
    seen
        What was seen in the recording.
    """
    moments = [_Seen(index, rep, worth(rep)) for index, found in reps.items() for rep in apart(found)]
    moments.sort(key=lambda item: (item.rep.peak_s, item.index))
    runs = _runs(moments, _labels(moments, len(parts)))
    if not runs:
        return []
    cuts = [item.time_s for item in seen if item.cut]
    edges = [-math.inf]
    for before, after in pairwise(runs):
        edges.append(_edge(max(item.rep.end_s for item in before), min(item.rep.start_s for item in after), cuts))
    edges.append(math.inf)
    return [Span(parts[run[0].index], from_s, to_s) for run, from_s, to_s in zip(runs, edges, edges[1:], strict=False)]


def _labels(moments: Sequence[_Seen], count: int) -> list[int]:
    """Return which exercise is being done at each moment: the way through them for which most speaks, the changes taken off."""
    best = [0.0] * count
    came_from: list[list[int]] = []
    for moment in moments:
        ways = [
            max(range(count), key=lambda old, new=new: best[old] - _cost(old, new))  # type: ignore[misc]
            for new in range(count)
        ]
        best = [
            best[old] - _cost(old, new) + (moment.worth if moment.index == new else 0.0) for new, old in enumerate(ways)
        ]
        came_from.append(ways)
    labels: list[int] = []
    now = max(range(count), key=lambda index: best[index])
    for ways in reversed(came_from):
        labels.append(now)
        now = ways[now]
    return labels[::-1]


def _cost(old: int, new: int) -> float:
    return 0.0 if new == old else ON_COSTS if new > old else BACK_COSTS


def _runs(moments: Sequence[_Seen], labels: Sequence[int]) -> list[list[_Seen]]:
    """Return what speaks for each stretch of one exercise, without those for which too little does."""
    runs: list[list[_Seen]] = []
    for moment, label in zip(moments, labels, strict=True):
        if moment.index != label:
            continue
        if not runs or runs[-1][-1].index != label:
            runs.append([])
        runs[-1].append(moment)
    kept = [run for run in runs if sum(item.worth for item in run) >= LEAST]
    # What was left out may have stood between two stretches of the same.
    joined: list[list[_Seen]] = []
    for run in kept:
        if joined and joined[-1][0].index == run[0].index:
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def _edge(end_s: float, start_s: float, cuts: Iterable[float]) -> float:
    """Return when one exercise is over and the next begins: at a cut between them, else soon after the last repetition."""
    between = [cut_s for cut_s in cuts if end_s <= cut_s <= start_s]
    if between:
        return between[0]
    return end_s + max(0.0, min(AFTER_S, (start_s - end_s) / 2))
