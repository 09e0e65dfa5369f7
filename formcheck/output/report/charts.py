"""The working joints over time, as scalable drawings: the values with their error, and what is right in each repetition."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.body.quantity import Quantity
from formcheck.body.signal import Signal
from formcheck.exercise.checks import REP, START, Metric
from formcheck.exercise.quantities import Change, EachSide, OneSide, Peak, Role
from formcheck.exercise.results import Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise
from formcheck.language import number
from formcheck.output.angles import working_angle
from formcheck.output.report.tracks import Tracks, keys_of
from formcheck.pose.pose import Side, other_side

MOST_CHARTS = 4
WIDE, HIGH = 1000.0, 100.0
"""Size of a chart in its own units; the page stretches it."""
LEAST_ERRORS = 4.0
"""The span of a chart is at least so many times the error of what is measured."""
_MOST_POINTS = 700
_TICKS = 5
_STEPS = (1.0, 2.0, 2.5, 5.0)


@dataclass(frozen=True, slots=True)
class Target:
    """What a check wants of a signal."""

    check: Metric
    signal: Signal
    role: Role | None
    right: tuple[float | None, float | None]
    fault: tuple[float | None, float | None]
    from_rest: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart: whose it is, its path, that of its error band, and that of a dot at each value, if there are any."""

    side: Side | None
    path: str
    error: str
    dots: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a chart where the value is right, or the line where a fault begins (no height); whose, None = any."""

    x: float
    y: float
    width: float
    height: float
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A number beside an axis, and where it stands in per cent."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A signal over time."""

    signal: Signal
    curves: tuple[Curve, ...]
    right: tuple[Box, ...]
    limits: tuple[Box, ...]
    ticks: tuple[Tick, ...]


def targets_of(check: Metric) -> Iterator[Target]:
    """Yield what a check wants of the signals that it reads one at a time."""
    for band in check.bands:
        quantity: Quantity = band.quantity.of if isinstance(band.quantity, Peak) else band.quantity
        from_rest = isinstance(quantity, Change)
        quantity = quantity.of if isinstance(quantity, Change) else quantity
        if isinstance(quantity, Signal):
            yield Target(check, quantity, None, band.right, band.fault or (None, None), from_rest)
        elif isinstance(quantity, OneSide | EachSide):
            role = quantity.role if isinstance(quantity, OneSide) else None
            yield Target(check, quantity.signal, role, band.right, band.fault or (None, None), from_rest)


def charts(session: Session, exercise: Exercise, tracks: Tracks, end_s: float) -> list[Chart]:
    """Return the charts of a session: the working angle first, then where faults were found, then what was judged.

    Parameters
    ----------
    session, exercise
        What was found, and what was done.
    tracks
        What the signals read.
    end_s
        The time at the right edge.
    """
    level = exercise.level_named(session.level)
    found = {fault.id for fault in session.faults}
    judged = {check.id for rep in session.reps for check in rep.checks if check.band != "not_assessed"}
    wanted = [target for check in exercise.checks_at(level) for target in targets_of(check)]
    wanted.sort(key=lambda target: (target.check.id not in found, target.check.id not in judged))
    shown = working_angle(exercise, level)
    signals = {} if shown is None else {shown.signal.name: shown.signal}
    signals |= {
        item.signal.name: item.signal
        for item in wanted
        if item.check.id in found | judged and item.signal.name not in signals
    }
    drawn = [
        _chart(signal, session, [item for item in wanted if item.signal is signal], tracks, end_s)
        for signal in signals.values()
        if any(np.isfinite(tracks.values.get(key, ())).any() for key, _ in keys_of(signal))
    ]
    return drawn[:MOST_CHARTS]


def resolved(role: Role | None, rep: Rep) -> Side | None:
    """Return whose values a check of a repetition reads; None = of either side."""
    if rep.side is None or role is None:
        return None
    return rep.side if role is Role.WORKING else other_side(rep.side) if role is Role.OTHER else None


def _chart(signal: Signal, session: Session, wanted: Sequence[Target], tracks: Tracks, end_s: float) -> Chart:
    spans = [span for rep in session.reps for span in _spans(rep, wanted, tracks)]
    values = np.concatenate([np.array(tracks.values[key]) for key, _ in keys_of(signal)])
    seen = values[np.isfinite(values)]
    edges = [edge for *_, right, fault, _ in spans for edge in (*right, *fault) if edge is not None]
    low, high = float(np.percentile(seen, 0.5)), float(np.percentile(seen, 99.5))
    errors = np.concatenate([np.array(tracks.errors[key]) for key, _ in keys_of(signal)])
    known = errors[np.isfinite(errors)]
    # A still line is no mountain range: the chart is no finer than what is measured.
    short = LEAST_ERRORS * float(np.median(known)) - (high - low) if len(known) else 0.0
    low, high = low - max(short, 0.0) / 2, high + max(short, 0.0) / 2
    near = [edge for edge in edges if low - (high - low) <= edge <= high + (high - low)]
    low, high = min([low, *near]), max([high, *near])
    margin = 0.06 * max(high - low, 1e-3)
    low, high = low - margin, high + margin

    def y(value: float) -> float:
        return round(HIGH * (1 - (min(max(value, low), high) - low) / (high - low)), 2)

    def x(time_s: float) -> float:
        return round(WIDE * min(max(time_s, 0.0), end_s) / end_s, 2)

    right, limits = [], []
    for start_s, stop_s, (least, most), fault, side in spans:
        left, width = x(start_s), round(x(stop_s) - x(start_s), 2)
        top, bottom = y(high if most is None else most), y(low if least is None else least)
        if (least is not None or most is not None) and bottom > top:
            right.append(Box(left, top, width, round(bottom - top, 2), side))
        limits += [Box(left, y(edge), width, 0.0, side) for edge in fault if edge is not None and low < edge < high]
    times = np.array([x(time_s) for time_s in tracks.times_s])
    curves = [
        _curve(side, times, np.array(tracks.values[key]), np.array(tracks.errors[key]), (low, high))
        for key, side in keys_of(signal)
    ]
    ticks = tuple(Tick(y(value), _number(value)) for value in nice_numbers(low, high, _TICKS))
    return Chart(signal, tuple(curves), tuple(right), tuple(limits), ticks)


_Limits = tuple[float | None, float | None]


_Span = tuple[float, float, _Limits, _Limits, Side | None]


def _spans(rep: Rep, wanted: Sequence[Target], tracks: Tracks) -> Iterator[_Span]:
    """Yield from when to when which values of a signal are right, beyond which a fault lies, and whose: one check a repetition."""
    target = next((item for item in wanted if item.check.during != START), None)
    if target is None:
        return
    rest = 0.0
    side = resolved(target.role, rep) if target.signal.sided else None
    if target.from_rest:
        key = next(key for key, its in keys_of(target.signal) if None in (side, its) or its == side)
        rest = tracks.value_at(key, rep.start_s)
        if math.isnan(rest):
            return
    holds = [(hold.start_s, hold.start_s + hold.duration_s) for hold in rep.holds if hold.duration_s > 0]
    whole = target.check.during == REP or not holds
    low, high = ((None if edge is None else edge + rest) for edge in target.right)
    least, most = ((None if edge is None else edge + rest) for edge in target.fault)
    for start_s, stop_s in [(rep.start_s, rep.end_s)] if whole else holds:
        yield start_s, stop_s, (low, high), (least, most), side


def _curve(
    side: Side | None,
    x: NDArray[np.float64],
    values: NDArray[np.float64],
    errors: NDArray[np.float64],
    span: tuple[float, float],
) -> Curve:
    step = max(1, math.ceil(len(values) / _MOST_POINTS))
    x, values, errors = x[::step], values[::step], errors[::step]
    low, high = span

    def y(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        scaled: NDArray[np.float64] = HIGH * (1 - (np.clip(numbers, low, high) - low) / (high - low))
        return scaled

    path, error = [], []
    for run in _runs(np.isfinite(values)):
        path.append(_line(x[run], y(values[run])))
    for run in _runs(np.isfinite(values) & np.isfinite(errors)):
        over, under = y(values[run] + errors[run]), y(values[run] - errors[run])
        error.append(_line(np.concatenate([x[run], x[run][::-1]]), np.concatenate([over, under[::-1]])) + "Z")
    return Curve(side, "".join(path), "".join(error))


def _runs(seen: NDArray[np.bool_]) -> Iterator[slice]:
    """Yield where something is seen without a gap."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]])))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        yield slice(int(start), int(stop))


def _line(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True))


def nice_numbers(low: float, high: float, about: int) -> list[float]:
    """Return round numbers between two, about so many."""
    rough = max(high - low, 1e-9) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((item * power for item in _STEPS if item * power >= rough), 10.0 * power)
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]


def _number(value: float) -> str:
    return number(round(value, 6)).replace("-", "−")
