"""Judges a closed movement: its holds, checks and faults, each with its error and confidence, or why not."""

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from formcheck.body.meter import Measured
from formcheck.body.view import ViewSeen
from formcheck.exercise.attempt import HALF_WAY, Attempt, primary
from formcheck.exercise.describe import describe_quantity
from formcheck.exercise.motion import settled_span, still_spans
from formcheck.exercise.quantities import TIME_ERROR_S, RepQuantity, Role, duration_s, start_position_s
from formcheck.exercise.reading import error_of, keys_of, signals_in
from formcheck.exercise.results import CheckResult, HoldResult
from formcheck.exercise.unseen import doubted, unseen_hold_reason, unseen_reason, view_reason
from formcheck.exercise.verdict import Span, fault_times, margin, worst
from formcheck.exercise.words import HOLD, REP, SETUP, Band, Confidence, Exercise, Hold, Level, Metric, Phase

IN_POSITION_S = 1.0
IN_POSITION_SHARE = 0.3
MOVING_S = 0.4
"""Default persistence: 1.0 s or 30 % of the end position, 0.4 s in a moving phase (rules/METHOD.md, chapter 2)."""

Mask = NDArray[np.bool_]


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
            passed = length_s >= phase.hold.passes_from_s - 1e-6
            because = None if passed else self._not_short_because(attempt, phase, phase.hold)
            results.append(HoldResult(phase.id, start_s, length_s, phase.hold.seconds, passed, because))
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

    def _not_short_because(self, attempt: Attempt, phase: Phase, hold: Hold) -> str | None:
        """Return why a hold that did not pass cannot be called short, None if it can."""
        reason = unseen_hold_reason(attempt, phase)
        if reason is not None:
            return reason
        if primary(phase).quantity.unit == "deg":
            return None  # 8°/s is wide enough, and bouncing by 5° must show
        error = error_of(primary(phase).quantity, view_of(attempt).kind, of_change=True, nearer=_nearer(attempt))
        if error > 0 and self._longest(attempt, phase, error)[1] >= hold.passes_from_s - 1e-6:
            return f"what broke it off lies within the error in this view (±{error:.2g})"
        return None

    def _longest(self, attempt: Attempt, phase: Phase, error: float = 0.0) -> tuple[float, float]:
        times, values = attempt.times(), attempt.values(phase)
        inside = np.array(attempt.inside[phase.id], dtype=bool)
        unit = primary(phase).quantity.unit
        spans = still_spans(times, values, inside, unit, error)
        if not spans:
            return float(times[np.flatnonzero(inside)[0]]) if inside.any() else attempt.reached[phase.id], 0.0
        longest = max(spans, key=lambda span: span[1] - span[0])
        start, end = settled_span(times, values, longest, unit, error)
        return start, end - start

    def _span(self, attempt: Attempt, check: Metric, holds: tuple[HoldResult, ...]) -> Span | None:
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
        return Span(samples, moments, times, float(times[0]), float(times[-1]))

    def _in_position(self, attempt: Attempt, check: Metric, name: str) -> Mask:
        """Return which samples lie in an end position that a check watches."""
        if name in attempt.reached:
            return np.array(attempt.inside[name], dtype=bool)
        if check.during and all(isinstance(band.quantity, RepQuantity) for band in check.bands):
            # An attempt has no end position: how far it came is judged from half-way on.
            phase = next(phase for phase in self._phases if phase.id == name)
            return np.asarray(attempt.progress(phase) >= HALF_WAY)
        return np.zeros(len(attempt.samples), dtype=bool)

    def _judge(self, attempt: Attempt, check: Metric, band: Band, span: Span, view: ViewSeen) -> CheckResult:
        error = error_of(band.quantity, view.kind, nearer=_nearer(attempt))
        reason = view_reason(check, band, view, error)
        if reason is None:
            reason = unseen_reason(band, span, attempt)
        if reason is not None:
            return _not_assessed(check, band, span, reason, error)
        for_s = check.for_s
        if for_s is None:
            names = check.during if isinstance(check.during, tuple) else (check.during,)
            for_s = MOVING_S if REP in names else min(IN_POSITION_S, IN_POSITION_SHARE * span.length_s)
        verdict, value, limit, enough = worst(check, band, span, for_s)
        if math.isnan(value):
            clock = band.quantity is duration_s
            reason = "its start or its end was not seen" if clock else "not seen for long enough at a stretch"
            return _not_assessed(check, band, span, reason, error)
        if verdict == "fault" and not enough:
            reason = f"watched for {span.length_s:.1f} s only, needs {for_s:.1f} s"
            return _not_assessed(check, band, span, reason, error)
        if verdict == "fault" and band.quantity is duration_s and TIME_ERROR_S < error > abs(value - limit):
            reason = f"the farther leg tells the time to ±{error:.2g} s only"
            return _not_assessed(check, band, span, reason, error)
        confidence = self._confidence(check, band, limit, error, span)
        if confidence is None:
            reason = f"the error in this view (±{error:.2g}) is larger than the margin ({margin(band, limit):.2g})"
            return _not_assessed(check, band, span, reason, error)
        start_s, end_s = span.start_s, span.end_s
        if verdict == "fault" and not isinstance(band.quantity, RepQuantity):
            start_s, end_s = fault_times(check, band, span, limit)
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
            check.title,
        )

    def _confidence(self, check: Metric, band: Band, limit: float, error: float, span: Span) -> Confidence | None:
        """Return the confidence by rules/METHOD.md, chapter 1; None if the error is larger than the margin."""
        ratio = margin(band, limit) / error if error > 0 else math.inf
        if ratio < 1.0:
            return None
        rank = 0 if ratio < 1.5 else 1 if ratio < 2.5 else 2
        used = [item for item, _ in signals_in(band.quantity)]
        scaled = any(item.uses_widths or item.unit in ("L", "shank") for item in used)
        if scaled and span.samples[-1].calibration.source == "default":
            rank = 0
        if doubted(band, span):
            rank = max(0, rank - 1)
        return list(Confidence)[min(rank, check.at_most.rank, self._exercise.at_most.rank)]


def _nearer(attempt: Attempt) -> Role | None:
    """Return whether the working or the other side is nearer the camera, None if nobody knows."""
    near = attempt.samples[-1].near if attempt.samples else None
    if near is None or attempt.side is None:
        return None
    return Role.WORKING if near == attempt.side else Role.OTHER


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


def _not_assessed(check: Metric, band: Band, span: Span, reason: str, error: float) -> CheckResult:
    known = None if math.isnan(error) else error
    return CheckResult(
        check.id, describe_quantity(band.quantity), "not_assessed", None, None, band.quantity.unit, known, None, reason,
        span.start_s, span.end_s, check.title,
    )  # fmt: skip
