"""The quick check: recorded landmarks of the shipped samples, the posed figure, and floors below which the build fails."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from .paces import TEMPOS, PaceTrial, paces_to_try, places_to_try, try_pace, try_place
from .posed import RATES, Trial, faults_to_try, try_fault
from .recorded import replayed, sample_names
from .run import each
from .summary import SERIOUS, SURE, alarms_a_minute, counting, failures, hold_errors, scores, sides
from .work import Result

SMALL, LARGE = 0.5, 1.5
"""Sizes of faults: half-way to the limit, which is none yet, and well past it."""
SEEDS = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was found, of how many, and its floor (or its ceiling, where less is better)."""

    words: str
    found: float
    of: int | None
    floor: float
    less_is_better: bool = False

    @property
    def holds(self) -> bool:
        """Whether the floor holds; where nothing could be tried it does not."""
        if math.isnan(self.found):
            return False
        return self.found <= self.floor if self.less_is_better else self.found >= self.floor


FLOORS = {
    "samples": 16 / 18,
    "sides": 1.0,
    "hold_s": 0.4,
    "faults": 0.45,
    "alarms": 0.0,
    "pace": 0.95,
    "posed_sides": 1.0,
    "posed_alarms": 0.5,
    "place": 0.9,
    "place_sides": 1.0,
    "place_alarms": 4.0,
    "small": 0.04,
    "large": 0.78,
}
"""A little below what is reached, so that only a real loss fails the build."""


def quick_check(console: Console, jobs: int) -> bool:
    """Replay the samples' recorded landmarks and try the posed figure, print how both did, and return whether all floors hold."""
    results = each("samples", replayed, [(name,) for name in sample_names()], jobs)
    paces = each("paces", try_pace, [(*pace, 0) for pace in paces_to_try(quick=True)], jobs)
    places = each("places", try_place, [(name, 0) for name in places_to_try()], jobs)
    tasks = [(*place, size, SEEDS) for place in faults_to_try() for size in (SMALL, LARGE)]
    faults = [trial for tried in each("fault sizes", try_fault, tasks, jobs) for trial in tried]
    rows = [*_sample_rows(results), *_pace_rows(paces), *_place_rows(places), *_size_rows(faults)]
    table = Table("", "found", "of", "floor", "")
    for row in rows:
        limit = f"{'at most' if row.less_is_better else 'at least'} {row.floor:.2f}"
        table.add_row(
            row.words, f"{row.found:.2f}", "" if row.of is None else str(row.of), limit, "" if row.holds else "FAILS"
        )
    console.print(table)
    for clip, expected, came in failures(results):
        console.print(f"{clip}: expected {expected}, came {came}", markup=False, soft_wrap=True)
    for line in (*_pace_failures(paces), *_pace_failures(places), *_size_failures(faults)):
        console.print(line, markup=False, soft_wrap=True)
    return all(row.holds for row in rows)


def _share(right: Iterable[bool]) -> tuple[float, int]:
    every = list(right)
    return (sum(every) / len(every) if every else math.nan), len(every)


def _sample_rows(results: Sequence[Result]) -> Iterator[Row]:
    every = scores(results)
    counts, (right, of) = counting(every), sides(every)
    declared = [
        fault.outcome == "hit"
        for item in every
        for fault in item.faults
        if fault.severity in SERIOUS and fault.outcome in ("hit", "miss", "abstained")
    ]
    correct = [item for item in results if item.purpose == "correct"]
    minutes = sum(item.minutes for item in correct)
    holds = sorted(hold_errors(every).tolist())
    yield Row("samples counted exactly", counts.exact / counts.clips, counts.clips, FLOORS["samples"])
    yield Row("their sides right", right / of, of, FLOORS["sides"])
    yield Row("their holds: median error, s", holds[len(holds) // 2], len(holds), FLOORS["hold_s"], True)
    yield Row("their minor and major faults found", *_share(declared), FLOORS["faults"])
    alarms = round(alarms_a_minute(correct) * minutes)
    yield Row("minor and major faults on those of correct form", alarms, None, FLOORS["alarms"], True)


def _pace_rows(paces: Sequence[PaceTrial]) -> Iterator[Row]:
    for fps in RATES:
        chosen = [item.exact for item in paces if item.fps == fps]
        yield Row(f"posed figure at {fps:.0f} frames a second counted exactly", *_share(chosen), FLOORS["pace"])
    for tempo in TEMPOS:
        chosen = [item.exact for item in paces if item.tempo == tempo]
        yield Row(f"posed figure at {tempo:g} times the time counted exactly", *_share(chosen), FLOORS["pace"])
    exact = [item for item in paces if item.exact]
    of = sum(len(item.expected) for item in exact)
    yield Row("its sides right", sum(item.right_sides for item in exact) / of, of, FLOORS["posed_sides"])
    judged = [(len(item.alarms), item.minutes) for item in paces if item.alarms is not None]
    alarms = sum(number for number, _ in judged) / sum(minutes for _, minutes in judged)
    yield Row("false alarms a minute on its correct form", alarms, None, FLOORS["posed_alarms"], True)


def _place_rows(places: Sequence[PaceTrial]) -> Iterator[Row]:
    exact = [item for item in places if item.exact]
    of = sum(len(item.expected) for item in exact)
    alarms = sum(len(item.alarms or ()) for item in places)
    yield Row("cameras off their place: counted exactly", *_share(item.exact for item in places), FLOORS["place"])
    yield Row("sides right there", sum(item.right_sides for item in exact) / of, of, FLOORS["place_sides"])
    yield Row("minor and major faults on correct form there", alarms, None, FLOORS["place_alarms"], True)


def _size_rows(faults: Sequence[Trial]) -> Iterator[Row]:
    small = [item for item in faults if item.size == SMALL and item.assessed]
    large = [item for item in faults if item.size == LARGE and item.assessed]
    sure = [item.reported and item.confidence in SURE for item in small]
    yield Row(f"faults of size {SMALL} reported with medium or high confidence", *_share(sure), FLOORS["small"], True)
    yield Row(f"faults of size {LARGE} reported", *_share(item.reported for item in large), FLOORS["large"])


def _pace_failures(paces: Iterable[PaceTrial]) -> Iterator[str]:
    for item in paces:
        name = item.name
        if item.counted != item.expected:
            expected, counted = (" ".join(side or "one" for side in of) for of in (item.expected, item.counted))
            yield f"{name}: {counted or 'nothing'} counted of {expected}. {' '.join(f'({why})' for why in item.why_not)}"
        for alarm in item.alarms or ():
            yield f"{name}: {alarm}"


def _size_failures(faults: Iterable[Trial]) -> Iterator[str]:
    for item in faults:
        name = f"{item.exercise} {item.level or ''}: {item.fault} of size {item.size} ({item.severity})"
        if item.size == SMALL and item.reported and item.confidence in SURE:
            yield f"{name} reported with {item.confidence} confidence"
        if item.size == LARGE and item.assessed and not item.reported:
            yield f"{name} not reported"
