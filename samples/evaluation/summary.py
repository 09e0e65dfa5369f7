"""Adds the scores of clips up to the numbers of the tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.exercise.words import Confidence, Severity

from .score import ClipScore, FaultScore
from .signal_errors import Errors, Key
from .work import Result

SERIOUS = (Severity.MINOR, Severity.MAJOR)
SURE = (Confidence.MEDIUM, Confidence.HIGH)


@dataclass(frozen=True, slots=True)
class Counting:
    """How repetitions were counted: clips, those exactly right, those at most one off, mean absolute error."""

    clips: int
    exact: int
    nearly: int
    mae: float


@dataclass(frozen=True, slots=True)
class Finding:
    """How faults were found.

    Attributes
    ----------
    hits, misses
        Of what was declared and judged.
    brought
        Reported, not declared, and there.
    alarms
        Reported and not there.
    abstained, rightly
        Declared and not judged; and how many of these could not have been judged.
    unmade
        Declared, but not there on the body that did it.
    """

    hits: int
    misses: int
    brought: int
    alarms: int
    abstained: int
    rightly: int
    unmade: int = 0

    @property
    def precision(self) -> float:
        """Share of what was reported that was there; NaN if nothing was."""
        reported = self.hits + self.brought + self.alarms
        return (self.hits + self.brought) / reported if reported else float("nan")

    @property
    def recall(self) -> float:
        """Share of what was declared and judged that was reported; NaN if nothing was."""
        declared = self.hits + self.misses
        return self.hits / declared if declared else float("nan")

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2.0 * self.precision * self.recall / both if both > 0 else float("nan") if np.isnan(both) else 0.0


def scored(results: Iterable[Result], *purposes: str, model: str | None = None) -> list[Result]:
    """Return the results of clips that show an exercise, of these purposes (all without any)."""
    return [
        item
        for item in results
        if item.score is not None and (not purposes or item.purpose in purposes) and model in (None, item.model)
    ]


def scores(results: Iterable[Result]) -> list[ClipScore]:
    """Return the scores themselves."""
    return [item.score for item in results if item.score is not None]


def counting(all_scores: Sequence[ClipScore]) -> Counting:
    """Return how repetitions were counted."""
    off = [abs(item.counted - item.expected) for item in all_scores]
    return Counting(
        len(off), sum(by == 0 for by in off), sum(by <= 1 for by in off), float(np.mean(off)) if off else float("nan")
    )


def sides(all_scores: Sequence[ClipScore]) -> tuple[int, int]:
    """Return how many sides were right, of how many."""
    every = [right for item in all_scores for right in item.sides]
    return sum(every), len(every)


def hold_errors(all_scores: Sequence[ClipScore]) -> np.ndarray:
    """Return the absolute errors of all holds that were found, in seconds."""
    errors = [abs(hold.found_s - hold.true_s) for item in all_scores for hold in item.holds]
    return np.array([error for error in errors if not np.isnan(error)])


def finding(
    faults: Iterable[FaultScore], severities: Sequence[Severity] = tuple(Severity),
    confidences: Sequence[Confidence | None] = (*Confidence, None),
) -> Finding:  # fmt: skip
    """Return how faults of these severities and confidences were found; what was not assessed has confidence None."""
    chosen = [item for item in faults if item.severity in severities and item.confidence in confidences]
    number = {name: sum(item.outcome == name for item in chosen)
              for name in ("hit", "miss", "brought_along", "false_alarm", "abstained", "unmade")}  # fmt: skip
    rightly = sum(item.outcome == "abstained" and item.rightly is True for item in chosen)
    return Finding(
        number["hit"], number["miss"], number["brought_along"], number["false_alarm"], number["abstained"], rightly,
        number["unmade"],
    )  # fmt: skip


def alarms_a_minute(results: Sequence[Result], severities: Sequence[Severity] = SERIOUS) -> float:
    """Return the false alarms a minute over these clips."""
    minutes = sum(item.minutes for item in results)
    alarms = sum(
        fault.outcome == "false_alarm" and fault.severity in severities
        for item in scores(results)
        for fault in item.faults
    )
    return alarms / minutes if minutes else float("nan")


def pooled(results: Iterable[Result], **where: str) -> Errors:
    """Return the errors of all clips whose keys have these fields, e.g. ``signal="knee_flexion_deg"``."""
    total = Errors()
    for item in results:
        mine = Errors()
        for key, errors in (item.errors or {}).items():
            if all(getattr(key, name) == value for name, value in where.items()):
                mine = mine + errors
        if mine.frames:
            total = total + Errors(
                mine.frames, mine.total, mine.absolute, mine.squares, mine.changes, mine.change_squares, 1
            )
    return total


def keys(results: Iterable[Result]) -> list[Key]:
    """Return all keys of the signals' errors, sorted."""
    return sorted({key for item in results for key in item.errors or {}})


def failures(results: Iterable[Result]) -> list[tuple[str, str, str]]:
    """Return clip, expected, and what came instead, for everything that went wrong."""
    rows = []
    for item in results:
        if item.counted:
            rows.append((item.name, "no repetition", ", ".join(f"{n} of {rule}" for rule, n in item.counted.items())))
        if item.exercise is None and item.recognised is not None:
            rows.append((item.name, "not sure", f"taken for {item.recognised}"))
        if item.purpose == "correct" and item.recognised != item.exercise:
            rows.append((item.name, f"recognised as {item.exercise}", item.recognised or "not sure"))
        if item.score is not None:
            rows += [(item.name, *row) for row in _failures_of(item.score, item.level)]
    return rows


def _failures_of(score: ClipScore, level: str | None) -> Iterator[tuple[str, str]]:
    if score.tracked < TRACKED:
        yield "a person", f"seen in {score.tracked:.0%} of the frames"
    if score.counted != score.expected:
        yield f"{score.expected} repetitions", f"{score.counted} counted, seen from {score.view_seen}"
    if not all(score.sides):
        yield "the right sides", f"{score.sides.count(False)} wrong"
    if score.level_right is False:
        yield f"level {level}", "another level"
    for hold in score.holds:
        if not abs(hold.found_s - hold.true_s) <= LONG_OFF_S:
            yield f"{hold.id} held {hold.true_s:.1f} s", f"{hold.found_s:.1f} s"
    for fault in score.faults:
        yield from _failure_of(fault)


def _failure_of(fault: FaultScore) -> Iterator[tuple[str, str]]:
    words = f"{fault.severity}, {fault.confidence or 'not assessed'}"
    if fault.outcome == "miss":
        yield f"{fault.id} at {fault.size:.1f}", f"not reported ({words}): {fault.said}"
    elif fault.outcome == "unmade":
        yield f"{fault.id} at {fault.size:.1f}", f"not made by this body: {fault.said}"
    elif fault.outcome == "abstained" and not fault.rightly:
        yield f"{fault.id} at {fault.size:.1f}", f"not assessed: {fault.said}"
    elif fault.outcome == "false_alarm":
        yield "no fault", f"{fault.id} ({words}): {fault.said}"


LONG_OFF_S, TRACKED = 0.6, 0.95
"""Holds that are farther off are listed, and clips in which the person is seen less."""
