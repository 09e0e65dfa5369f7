"""Judges a movement, finished or under way: its holds, checks and faults, each with its error and confidence, or why not."""

import math
from collections.abc import Iterator

import numpy as np

from formcheck.body.meter import Measured
from formcheck.body.view import View, ViewSeen
from formcheck.exercise.attempt import Attempt, Mask, view_of
from formcheck.exercise.describe import describe_quantity
from formcheck.exercise.follow.turning import HALF_WAY
from formcheck.exercise.quantities import TIME_ERROR_S, BeyondSetting, RepQuantity, Role, Speed, duration_s
from formcheck.exercise.reading import bias_of, error_of, keys_of, looks_at_other, signals_in
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import CheckResult, HoldResult
from formcheck.exercise.unseen import UNSEEN_SHARE, doubted, unseen_reason, view_reason
from formcheck.exercise.verdict import Span, Worst, fault_times, margin, worst
from formcheck.exercise.words import HOLD, REP, START, Band, Confidence, Exercise, Level, Metric

IN_POSITION_S = 1.0
IN_POSITION_SHARE = 0.3
MOVING_S = 0.4
"""Default persistence: 1.0 s or 30 % of the end position, 0.4 s in a moving phase (rules/METHOD.md, chapter 2)."""


class Judge:
    """Judges the movements of one exercise and level; the only one who does, live and afterwards."""

    def __init__(self, exercise: Exercise, level: Level | None) -> None:
        self._exercise = exercise
        self._level = level
        self._movements = exercise.movements_at(level)
        self.checks = tuple(exercise.checks_at(level))

    def checks_of(
        self, attempt: Attempt, holds: tuple[HoldResult, ...], *, under_way: bool = False
    ) -> Iterator[tuple[Metric, CheckResult]]:
        """Yield what each band of each check came to; checks whose position was never reached are left out.

        Parameters
        ----------
        attempt, holds
            The movement and its holds.
        under_way
            The movement is not over: only what no later moment can take back is judged.
        """
        view = view_of(attempt)
        for check in self.checks:
            if under_way and not (_is_momentary(check) and _is_beyond_now(check, attempt, view)):
                continue
            span = self._span(attempt, check, holds)
            for band in check.bands:
                if span is not None:
                    yield check, self._judge(attempt, check, band, span, view, under_way, _unseen_hold(check, holds))

    def _span(self, attempt: Attempt, check: Metric, holds: tuple[HoldResult, ...]) -> Span | None:
        names = check.watched or tuple(movement.position for movement in self._movements)
        samples: list[Measured]
        if START in names:
            samples = list(attempt.start_samples)
        elif REP in names:
            samples = list(attempt.samples)
        elif HOLD in names:
            spans = [(hold.start_s, hold.start_s + hold.duration_s) for hold in holds if hold.duration_s > 0]
            samples = [item for item in attempt.samples if any(a <= item.time_s <= b for a, b in spans)]
        else:
            keep = np.any([_in_position(attempt, check, name) for name in names], axis=0)
            samples = [item for item, kept in zip(attempt.samples, keep, strict=True) if kept]
        if not samples:
            return None
        moments = attempt.moments(samples)
        moments[-1] = attempt.moment(samples[-1], attempt.clocks)
        times = np.array([item.time_s for item in samples])
        busy = np.array([attempt.is_busy(item.time_s) for item in samples]) if attempt.other_busy else None
        return Span(samples, moments, times, float(times[0]), float(times[-1]), busy)

    def _judge(
        self,
        attempt: Attempt,
        check: Metric,
        band: Band,
        span: Span,
        view: ViewSeen,
        under_way: bool,
        unseen_hold: Reason | None,
    ) -> CheckResult:
        error = error_of(band.quantity, view.kind, nearer=attempt.nearer, model=attempt.model)
        bias = bias_of(band.quantity, view.kind, nearer=attempt.nearer, model=attempt.model)
        reason = _unjudgeable(attempt, check, band, span, view, error) or unseen_hold
        if looks_at_other(band.quantity):
            span = span.while_other_rests()
        if reason is not None:
            return _not_assessed(check, band, span, reason, error)
        for_s = _kept_for_s(check, span, under_way=under_way)
        kept = worst(check, band, span, for_s, bias)
        reason = _undecided(band, span, kept, for_s, error)
        if reason is not None:
            return _not_assessed(check, band, span, reason, error)
        excess = abs(kept.level - kept.limit) if kept.is_fault else None
        confidence = self._confidence(check, band, kept.limit, error, span, excess)
        if confidence is None:
            numbers = {"error": error, "margin": margin(band, kept.limit)}
            reason = Reason(Code.ERROR_TOO_LARGE, numbers, {"unit": band.quantity.unit})
            return _not_assessed(check, band, span, reason, error)
        start_s, end_s = span.start_s, span.end_s
        if kept.is_fault and not isinstance(band.quantity, RepQuantity):
            start_s, end_s = fault_times(check, band, span, kept.limit, bias)
        return CheckResult(
            check.id, describe_quantity(band.quantity), kept.verdict, kept.level, kept.limit, band.quantity.unit,
            error, confidence, None, start_s, end_s, check.title,
        )  # fmt: skip

    def _confidence(
        self, check: Metric, band: Band, limit: float, error: float, span: Span, excess: float | None
    ) -> Confidence | None:
        """Return the confidence by rules/METHOD.md, chapter 1; None if the error is larger than the margin.

        `excess` is how far a fault lies past its limit: less than one error is low at most, less than two medium.
        """
        ratio = margin(band, limit) / error if error > 0 else math.inf
        if ratio < 1.0:
            return None
        rank = 0 if ratio < 1.5 else 1 if ratio < 2.5 else 2
        if excess is not None and error > 0:
            rank = min(rank, 0 if excess < error else 1 if excess < 2.0 * error else 2)
        used = [item for item, _ in signals_in(band.quantity)]
        scaled = any(item.uses_widths or item.unit in ("L", "shank") for item in used)
        if scaled and span.samples[-1].calibration.source == "default":
            rank = 0
        if doubted(band, span):
            rank = max(0, rank - 1)
        return list(Confidence)[min(rank, check.at_most.rank, self._exercise.at_most.rank)]


def _unseen_hold(check: Metric, holds: tuple[HoldResult, ...]) -> Reason | None:
    """Return why a check of what is held cannot tell when that was, None if it can or looks at something else."""
    reasons = [hold.not_assessed_because for hold in holds if hold.duration_s > 0] if HOLD in check.watched else []
    unseen = [reason for reason in reasons if reason is not None and reason.code is Code.MOVING_PART_UNSEEN]
    return unseen[0] if len(unseen) == len(reasons) > 0 else None


def _unjudgeable(
    attempt: Attempt, check: Metric, band: Band, span: Span, view: ViewSeen, error: float
) -> Reason | None:
    """Return why a band cannot be judged over a span, None if it can."""
    reason = view_reason(check, band, view, error) or unseen_reason(band, span, attempt)
    if reason is None and looks_at_other(band.quantity) and span.busy is not None and span.busy.mean() > UNSEEN_SHARE:
        return Reason(Code.OTHER_LEG_BUSY)
    return reason


def _kept_for_s(check: Metric, span: Span, *, under_way: bool) -> float:
    """Return how long a check wants a level to be kept."""
    if check.for_s is not None:
        return check.for_s
    if REP in check.watched:
        return MOVING_S
    return IN_POSITION_S if under_way else min(IN_POSITION_S, IN_POSITION_SHARE * span.length_s)


def _undecided(band: Band, span: Span, kept: Worst, for_s: float, error: float) -> Reason | None:
    """Return why what was kept over a span decides nothing, None if it does."""
    is_duration = band.quantity is duration_s
    if math.isnan(kept.level):
        return Reason(Code.TIMES_UNSEEN if is_duration else Code.SEEN_TOO_SHORTLY)
    if kept.is_fault and not kept.enough:
        return Reason(Code.WATCHED_TOO_SHORTLY, {"value": span.length_s, "needed": for_s})
    if kept.is_fault and is_duration and TIME_ERROR_S < error > abs(kept.level - kept.limit):
        return Reason(Code.FAR_LEG_TIMES, {"error": error})
    return None


def _in_position(attempt: Attempt, check: Metric, name: str) -> Mask:
    """Return which samples lie in an end position that a check watches."""
    excursion = attempt.excursion(name)
    of_rep = all(isinstance(band.quantity, RepQuantity) for band in check.bands)
    if excursion is None:
        return np.zeros(len(attempt.samples), dtype=bool)
    if not excursion.well_inside.any() and of_rep:
        # An attempt has no end position: how far it came is judged from half-way on.
        half = excursion.low + HALF_WAY * (excursion.limit - excursion.low)
        return np.asarray(np.nan_to_num(excursion.values, nan=-np.inf) >= half)
    return excursion.well_inside


def _is_momentary(check: Metric) -> bool:
    """Return whether a check looks at moments, so that a fault is one before the movement is over."""
    return START not in check.watched and not any(
        isinstance(band.quantity, RepQuantity | Speed) for band in check.bands
    )


def _is_beyond_now(check: Metric, attempt: Attempt, view: ViewSeen) -> bool:
    """Return whether a check's value lies past a fault limit at this moment: else there is nothing new to find."""
    now = attempt.moment(attempt.samples[-1])
    for band in check.bands:
        if band.fault is None:
            continue
        bias = bias_of(band.quantity, view.kind, nearer=attempt.nearer, model=attempt.model)
        lowest, highest = band.fault
        if lowest is not None and band.quantity.low(now) - bias < lowest:
            return True
        if highest is not None and band.quantity.high(now) - bias > highest:
            return True
    return False


def needs_setting(check: Metric) -> bool:
    """Return whether a check compares with a number that only the user can give."""
    return any(isinstance(part, BeyondSetting) for band in check.bands for part in band.quantity.parts())


def judged_in(check: Metric, view: View | None, *, nearer: Role | None = None, model: str | None = None) -> bool:
    """Return whether a view shows at least one band of a check well enough: its margin exceeds its error.

    Parameters
    ----------
    check, view
        What is judged, and from where.
    nearer
        Which of the working and the other side is the nearer one, None = of either.
    model
        Who looks, None = nobody in particular.
    """
    return view in check.views and any(
        margin(band, limit) >= error_of(band.quantity, view, nearer=nearer, model=model)
        for band in check.bands
        for limit in (band.fault or (None, None))
        if limit is not None
    )


def measures_of(attempt: Attempt, judge: Judge) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest value of every signal that the checks and the movement use, over the movement."""
    keys: dict[str, None] = {}
    near = attempt.samples[-1].near if attempt.samples else None
    for quantity in [excursion.witness.quantity for excursion in attempt.excursions] + [
        band.quantity for check in judge.checks for band in check.bands
    ]:
        keys.update(dict.fromkeys(keys_of(quantity, attempt.side, near)))
    result: dict[str, tuple[float, float]] = {}
    for key in keys:
        values = [value for item in attempt.samples if (value := item.measures.get(key, math.nan)) == value]
        if values:
            result[key] = (min(values), max(values))
    return result


def _not_assessed(check: Metric, band: Band, span: Span, reason: Reason, error: float) -> CheckResult:
    known = None if math.isnan(error) else error
    return CheckResult(
        check.id, describe_quantity(band.quantity), "not_assessed", None, None, band.quantity.unit, known, None, reason,
        span.start_s, span.end_s, check.title,
    )  # fmt: skip
