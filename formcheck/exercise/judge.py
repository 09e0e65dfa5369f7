"""Judges a closed movement: its holds, checks and faults, each with its error and confidence, or why not."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.body.meter import Measured
from formcheck.body.quantity import Moment
from formcheck.body.view import View, ViewSeen
from formcheck.exercise.attempt import HALF_WAY, Attempt, primary
from formcheck.exercise.describe import describe_quantity
from formcheck.exercise.motion import settled_span, still_spans, sustained
from formcheck.exercise.quantities import (
    BeyondSetting,
    Change,
    RepQuantity,
    Role,
    duration_s,
    series,
    start_position_s,
)
from formcheck.exercise.reading import error_of, keys_of, signals_in
from formcheck.exercise.results import CheckResult, HoldResult, Verdict
from formcheck.exercise.words import HOLD, REP, SETUP, Band, Confidence, Exercise, Level, Metric, Phase
from formcheck.pose.pose import INDEX, Side, other_side

UNSEEN_SHARE = 0.4
"""Unseen for more than this share of its span, a check is not assessed (rules/METHOD.md, chapter 1)."""
IN_POSITION_S = 1.0
IN_POSITION_SHARE = 0.3
MOVING_S = 0.4
"""Default persistence: 1.0 s or 30 % of the end position, 0.4 s in a moving phase (rules/METHOD.md, chapter 2)."""
DOUBTED_BELOW = 0.5
"""Landmarks that the model itself doubts more than this lower the confidence by a step."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Span:
    """The part of a movement that a check watches."""

    samples: list[Measured]
    moments: list[Moment]
    times: NDArray[np.float64]
    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return float(self.times[-1] - self.times[0]) if self.times.size else 0.0


class Judge:
    """Judges the movements of one exercise and level."""

    def __init__(self, exercise: Exercise, level: Level | None) -> None:
        self._exercise = exercise
        self._level = level
        self._phases = exercise.phases_at(level)
        self.checks = tuple(exercise.checks_at(level))

    def holds(self, attempt: Attempt) -> tuple[HoldResult, ...]:
        """Return the longest hold in each position that prescribes one and was reached."""
        results = []
        for phase in self._phases[1:]:
            if phase.hold is None or phase.id not in attempt.reached:
                continue
            start_s, length_s = self._longest(attempt, phase)
            results.append(
                HoldResult(phase.id, start_s, length_s, phase.hold.seconds, length_s >= phase.hold.passes_from_s - 1e-6)
            )
        return tuple(results)

    def checks_of(self, attempt: Attempt, holds: tuple[HoldResult, ...]) -> Iterator[tuple[Metric, CheckResult]]:
        """Yield what each band of each check came to; checks whose position was never reached are left out."""
        view = view_of(attempt)
        for check in self.checks:
            span = self._span(attempt, check, holds)
            for band in check.bands:
                if span is None:
                    continue
                yield check, self._judge(attempt, check, band, span, view)

    def _longest(self, attempt: Attempt, phase: Phase) -> tuple[float, float]:
        times, values = attempt.times(), attempt.values(phase)
        inside = np.array(attempt.inside[phase.id], dtype=bool)
        unit = primary(phase).quantity.unit
        spans = still_spans(times, values, inside, unit)
        if not spans:
            return float(times[np.flatnonzero(inside)[0]]) if inside.any() else attempt.reached[phase.id], 0.0
        longest = max(spans, key=lambda span: span[1] - span[0])
        start, end = settled_span(times, values, longest, unit)
        return start, end - start

    def _span(self, attempt: Attempt, check: Metric, holds: tuple[HoldResult, ...]) -> _Span | None:
        start_phase = self._phases[0].id
        names = (check.during,) if isinstance(check.during, str) else check.during
        names = names or tuple(phase.id for phase in self._phases[1:])
        samples: list[Measured]
        if SETUP in names or start_phase in names:
            samples = [item for item in attempt.rest_moments if item.time_s <= attempt.start_s]
        elif REP in names:
            samples = [item for item in attempt.all_samples() if attempt.start_s <= item.time_s <= attempt.end_s]
        elif HOLD in names:
            spans = [(hold.start_s, hold.start_s + hold.duration_s) for hold in holds if hold.duration_s > 0]
            samples = [item for item in attempt.samples if any(a <= item.time_s <= b for a, b in spans)]
        else:
            keep = np.any([self._in_position(attempt, check, name) for name in names], axis=0)
            samples = [item for item, kept in zip(attempt.samples, keep, strict=True) if kept]
        if not samples:
            return None
        moments = attempt.moments(samples)
        clocks = {start_position_s.name: attempt.start_time_s}
        if attempt.whole:
            clocks[duration_s.name] = attempt.end_s - attempt.start_s
        moments[-1] = attempt.moment(samples[-1], clocks)
        times = np.array([item.time_s for item in samples])
        return _Span(samples, moments, times, float(times[0]), float(times[-1]))

    def _in_position(self, attempt: Attempt, check: Metric, name: str) -> Mask:
        """Return which samples lie in an end position that a check watches."""
        if name in attempt.reached:
            return np.array(attempt.inside[name], dtype=bool)
        if check.during and all(isinstance(band.quantity, RepQuantity) for band in check.bands):
            # An attempt has no end position: how far it came is judged from half-way on.
            phase = next(phase for phase in self._phases if phase.id == name)
            return np.asarray(attempt.progress(phase) >= HALF_WAY)
        return np.zeros(len(attempt.samples), dtype=bool)

    def _judge(self, attempt: Attempt, check: Metric, band: Band, span: _Span, view: ViewSeen) -> CheckResult:
        error = error_of(band.quantity, view.kind)
        reason = _view_reason(check, band, view, error)
        if reason is None:
            reason = _unseen_reason(band, span, attempt)
        if reason is not None:
            return _not_assessed(check, band, span, reason, error)
        for_s = check.for_s
        if for_s is None:
            names = check.during if isinstance(check.during, tuple) else (check.during,)
            for_s = MOVING_S if REP in names else min(IN_POSITION_S, IN_POSITION_SHARE * span.length_s)
        verdict, value, limit, enough = _worst(check, band, span, for_s)
        if math.isnan(value):
            clock = band.quantity is duration_s
            reason = "its start or its end was not seen" if clock else "not seen for long enough at a stretch"
            return _not_assessed(check, band, span, reason, error)
        if verdict == "fault" and not enough:
            reason = f"watched for {span.length_s:.1f} s only, needs {for_s:.1f} s"
            return _not_assessed(check, band, span, reason, error)
        confidence = self._confidence(check, band, limit, error, span)
        if confidence is None:
            margin = _margin(band, limit)
            reason = f"the error in this view (±{error:.2g}) is larger than the margin ({margin:.2g})"
            return _not_assessed(check, band, span, reason, error)
        start_s, end_s = span.start_s, span.end_s
        if verdict == "fault" and not isinstance(band.quantity, RepQuantity):
            start_s, end_s = _fault_times(check, band, span, limit)
        return CheckResult(
            check.id,
            describe_quantity(band.quantity),
            verdict,
            value,
            limit,
            band.quantity.unit,
            error,
            confidence,
            None,
            start_s,
            end_s,
        )

    def _confidence(self, check: Metric, band: Band, limit: float, error: float, span: _Span) -> Confidence | None:
        """Return the confidence by rules/METHOD.md, chapter 1; None if the error is larger than the margin."""
        ratio = _margin(band, limit) / error if error > 0 else math.inf
        if ratio < 1.0:
            return None
        rank = 0 if ratio < 1.5 else 1 if ratio < 2.5 else 2
        used = [item for item, _ in signals_in(band.quantity)]
        scaled = any(item.uses_widths or item.unit in ("L", "shank") for item in used)
        if scaled and span.samples[-1].calibration.source == "default":
            rank = 0
        if _doubted(band, span):
            rank = max(0, rank - 1)
        return list(Confidence)[min(rank, check.at_most.rank, self._exercise.at_most.rank)]


def view_of(attempt: Attempt) -> ViewSeen:
    """Return the view in which most of a movement was seen."""
    counts = Counter(item.view for item in attempt.samples if item.measures)
    return counts.most_common(1)[0][0] if counts else ViewSeen.UNKNOWN


def measures_of(attempt: Attempt, judge: Judge) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest value of every signal that the checks and phases use, over the movement."""
    keys: dict[str, None] = {}
    near = attempt.samples[-1].near if attempt.samples else None
    for quantity in [primary(phase).quantity for phase in judge._phases[1:]] + [
        band.quantity for check in judge.checks for band in check.bands
    ]:
        keys.update(dict.fromkeys(keys_of(quantity, attempt.side, near)))
    result: dict[str, tuple[float, float]] = {}
    inside = [item for item in attempt.all_samples() if attempt.start_s <= item.time_s <= attempt.end_s]
    for key in keys:
        values = [value for item in inside if (value := item.measures.get(key, math.nan)) == value]
        if values:
            result[key] = (min(values), max(values))
    return result


def _view_reason(check: Metric, band: Band, view: ViewSeen, error: float) -> str | None:
    if view.kind is None:
        return "the view of the camera is unknown"
    if view.kind in check.views and not math.isnan(error):
        return None
    can = [kind for kind in check.views if not math.isnan(error_of(band.quantity, kind))]
    if not can:
        return "no view shows it"
    return f"needs a {' or '.join(can)} view, seen from the {_seen_from(view)}"


def _seen_from(view: ViewSeen) -> str:
    return {View.SIDE: "side", View.OBLIQUE: "45°", View.FRONT: "front", View.BACK: "back", None: "?"}[view.kind]


def _unseen_reason(band: Band, span: _Span, attempt: Attempt) -> str | None:
    if isinstance(band.quantity, RepQuantity) and not any(True for _ in signals_in(band.quantity)):
        return None  # a clock
    if not attempt.before and any(isinstance(part, Change) for part in band.quantity.parts()):
        return "the rest before the movement was not seen"
    inner = band.quantity.of if isinstance(band.quantity, RepQuantity) else band.quantity  # type: ignore[attr-defined]
    unseen = np.isnan(series(inner, span.times.tolist(), span.moments))
    if unseen.mean() <= UNSEEN_SHARE:
        return None
    if any(isinstance(part, BeyondSetting) for part in band.quantity.parts()) and not attempt.settings:
        return "no personal end point is set"
    missing = Counter(
        name
        for sample, gone in zip(span.samples, unseen, strict=True)
        if gone
        for name in _landmarks(band, attempt.side, sample.near)
        if name in sample.unseen
    )
    if missing:
        names = ", ".join(name.replace("_", " ") for name, _ in missing.most_common(2))
        return f"{names} not seen for {unseen.mean():.0%} of the time"
    return f"cannot be measured in this position for {unseen.mean():.0%} of the time"


def _landmarks(band: Band, side: Side | None, near: Side | None) -> Iterator[str]:
    for item, role in signals_in(band.quantity):
        sides: tuple[Side, ...] = ("left", "right")
        if item.sided and role is not None:
            chosen = near if role is Role.NEAR else side
            if role is Role.OTHER and chosen is not None:
                chosen = other_side(chosen)
            sides = (chosen,) if chosen is not None else sides
        for part in item.landmarks:
            yield from (f"{each}_{part}" for each in sides)


def _doubted(band: Band, span: _Span) -> bool:
    """Return whether the model itself doubts the landmarks that a band looks at."""
    beliefs = [
        sample.visibility[INDEX[name]]
        for sample, moment in zip(span.samples, span.moments, strict=True)
        if sample.visibility
        for name in _landmarks(band, moment.side, moment.near)
    ]
    return bool(beliefs) and sum(beliefs) / len(beliefs) < DOUBTED_BELOW


def _worst(check: Metric, band: Band, span: _Span, for_s: float) -> tuple[Verdict, float, float, bool]:
    """Return the verdict, the level that was kept and is worst, its limit, and whether the span was long enough."""
    enough = span.length_s >= for_s - 1e-6
    kept_s = min(for_s, span.length_s)
    sides: list[tuple[int, bool, float, Verdict, float, float]] = []
    for index, sign, pick in ((0, -1.0, "low"), (1, 1.0, "high")):
        right = band.right[index]
        edge = band.fault[index] if band.fault is not None else None
        if right is None:
            continue
        if isinstance(band.quantity, RepQuantity):
            level = band.quantity.of_rep(span.times.tolist(), span.moments)
            enough = True
        else:
            level = sign * sustained(span.times, sign * _watched(check, band, span, pick, right), kept_s)
        if math.isnan(level):
            continue
        verdict: Verdict = "good"
        if edge is not None and sign * (level - edge) > 0:
            verdict = "fault"
        elif sign * (level - right) > 0:
            verdict = "borderline"
        limit = edge if edge is not None else right
        rank = ("good", "borderline", "fault").index(verdict)
        sides.append((rank, edge is not None, sign * (level - limit), verdict, level, limit))
    if not sides:
        return "good", math.nan, math.nan, enough
    _, _, _, verdict, level, limit = max(sides)
    return verdict, level, limit, enough


def _watched(check: Metric, band: Band, span: _Span, pick: str, neutral: float) -> NDArray[np.float64]:
    """Return the values of a band, harmless where its condition does not hold and unseen where that is unseen."""
    values = series(band.quantity, span.times.tolist(), span.moments)
    if pick != "value":
        picked = series(band.quantity, span.times.tolist(), span.moments, pick)
        values = np.where(np.isnan(values), np.nan, picked) if not np.isnan(picked).all() else values
    if check.only_if is not None:
        answers = [check.only_if.answer(moment) for moment in span.moments]
        values = np.where([answer is False for answer in answers], neutral, values)
        values = np.where([answer is None for answer in answers], np.nan, values)
    return values


def _margin(band: Band, limit: float) -> float:
    """Return the distance from the fault limit (this one, or the only one) to the edge of the good band beside it."""
    if band.fault is None:
        return math.inf
    edges = [index for index in (0, 1) if band.fault[index] is not None]
    index = next((index for index in edges if band.fault[index] == limit), edges[0])
    edge, good = band.fault[index], band.good[index]
    return abs(edge - good) if edge is not None and good is not None else math.inf


def _fault_times(check: Metric, band: Band, span: _Span, limit: float) -> tuple[float, float]:
    high = band.fault is not None and band.fault[1] is not None and limit == band.fault[1]
    values = _watched(check, band, span, "high" if high else "low", limit)
    with np.errstate(invalid="ignore"):
        beyond = np.flatnonzero(values > limit if high else values < limit)
    runs = np.split(beyond, np.flatnonzero(np.diff(beyond) > 1) + 1)
    longest = max(runs, key=len)
    return float(span.times[longest[0]]), float(span.times[longest[-1]])


def _not_assessed(check: Metric, band: Band, span: _Span, reason: str, error: float) -> CheckResult:
    known = None if math.isnan(error) else error
    return CheckResult(
        check.id, describe_quantity(band.quantity), "not_assessed", None, None, band.quantity.unit, known, None, reason,
        span.start_s, span.end_s,
    )  # fmt: skip
