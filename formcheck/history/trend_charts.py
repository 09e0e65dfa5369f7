"""How an exercise developed, as scalable drawings: what was done on each day or in each week, and within which error."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from formcheck.history.figures import Figures
from formcheck.history.trends import Span, Trend
from formcheck.language import number
from formcheck.output.amounts import amount, unit_in_words
from formcheck.output.report.charts import HIGH, WIDE, Box, Curve, Tick, nice_numbers
from formcheck.pose.pose import SIDES, Side

_MARGIN = 0.04
"""So much of the width is free on either side."""
_WIDEST_BAR = 0.07
_BAR_SHARE = 0.6
_TICKS = 4
_MOST_DATES = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar, and what it stands for."""

    kind: str
    box: Box


@dataclass(frozen=True, slots=True)
class TrendChart:
    """One figure over time.

    Attributes
    ----------
    title, said
        What it shows, and all its values in words.
    ticks, dates
        Beside the axes, in per cent.
    curves, bars
        What is drawn.
    right
        Where a value is as it should be.
    limits
        Lines at what is asked for.
    """

    title: str
    said: str
    ticks: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    curves: tuple[Curve, ...] = ()
    bars: tuple[Bar, ...] = ()
    right: tuple[Box, ...] = ()
    limits: tuple[Box, ...] = ()


_Value = float | None
_Number = Callable[[float], float]


def trend_charts(trend: Trend, texts: Mapping[str, str]) -> list[TrendChart]:
    """Return the charts of an exercise, those with two values at least.

    Parameters
    ----------
    trend
        What was done.
    texts
        The words of the page.
    """
    return list(_charts(trend, texts))


def _charts(trend: Trend, texts: Mapping[str, str]) -> Iterator[TrendChart]:
    figures = [span.figures for span in trend.spans]
    yield _reps(trend, texts)
    shares = [None if item.clean_share is None else 100 * item.clean_share for item in figures]
    if _is_worth_it(shares):
        yield _lines(trend, texts["trend_clean"], {None: shares}, lambda value: f"{value:.0f}%", least=0.0, most=100.0)
    held = [item.held_s for item in figures]
    if _is_worth_it(held):
        asked = next((item.required_s for item in reversed(figures) if item.required_s is not None), None)
        yield _lines(trend, texts["trend_held"], {None: held}, lambda value: amount(value, "s"), limit=asked, least=0.0)
    yield from _reaches(trend, figures, texts)


def _reaches(trend: Trend, figures: Sequence[Figures], texts: Mapping[str, str]) -> Iterator[TrendChart]:
    """Yield how far the movement went, and how far the sides were apart, by the signal that was measured last."""
    last = next((item.reach for item in reversed(figures) if item.reach is not None), None)
    if last is None:
        return
    reaches = [item.reach if item.reach is not None and item.reach.signal == last.signal else None for item in figures]
    errors = [None if reach is None else reach.error for reach in reaches]

    def said(value: float) -> str:
        return amount(value, last.unit)

    unit = unit_in_words(last.unit)
    name = f"{last.title} ({unit.strip()})" if unit.startswith(" ") else last.title

    sides: dict[Side | None, list[_Value]] = {
        side: [None if reach is None else getattr(reach, side or "whole") for reach in reaches]
        for side in (*SIDES, None)
    }
    drawn = {side: values for side, values in sides.items() if _is_worth_it(values)}
    if drawn:
        yield _lines(trend, texts["trend_range"].format(signal=name), drawn, said, errors=errors)
    apart = [None if reach is None else reach.difference for reach in reaches]
    if _is_worth_it(apart):
        title = texts["trend_apart"].format(signal=name)
        yield _lines(trend, title, {None: apart}, said, within=last.least_difference)


def _is_worth_it(values: Sequence[_Value]) -> bool:
    return sum(value is not None for value in values) > 1


def _reps(trend: Trend, texts: Mapping[str, str]) -> TrendChart:
    places = _places(trend.spans)
    apart = min((b - a for a, b in pairwise(places)), default=WIDE)
    width = min(_BAR_SHARE * apart, _WIDEST_BAR * WIDE)
    most = max(span.figures.reps for span in trend.spans)
    y, _ = _scale([0.0, most], _number, least=0.0)
    ticks = tuple(Tick(y(value), _number(value)) for value in nice_numbers(0.0, most, _TICKS) if value.is_integer())
    bars = []
    for place, span in zip(places, trend.spans, strict=True):
        below = 0
        for kind, count in _forms(span.figures):
            top, bottom = y(below + count), y(below)
            bars.append(Bar(kind, Box(round(place - width / 2, 1), top, round(width, 1), round(bottom - top, 2))))
            below += count
    counts = [float(span.figures.reps) for span in trend.spans]
    return TrendChart(
        texts["trend_reps"], _said(trend, {None: counts}, _number), ticks, _dates(trend.spans), bars=tuple(bars)
    )


def _forms(figures: Figures) -> Iterator[tuple[str, int]]:
    known = {"clean": figures.clean, "faults": figures.faulty, "unjudged": figures.not_judged}
    known["attempt"] = figures.reps - sum(known.values())
    yield from ((kind, count) for kind, count in known.items() if count)


def _lines(
    trend: Trend,
    title: str,
    values: Mapping[Side | None, Sequence[_Value]],
    said: Callable[[float], str],
    *,
    errors: Sequence[_Value] | None = None,
    limit: float | None = None,
    within: float | None = None,
    least: float | None = None,
    most: float | None = None,
) -> TrendChart:
    known = [value for own in values.values() for value in own if value is not None]
    known += [end for own in values.values() for end in _ends(own, errors)]
    known += [edge for edge in (limit, within, None if within is None else -within) if edge is not None]
    y, ticks = _scale(known, said, least=least, most=most)
    places = _places(trend.spans)
    curves = []
    for side, own in values.items():
        points = [(x, value) for x, value in zip(places, own, strict=True) if value is not None]
        path = "M" + "L".join(f"{x:.1f} {y(value):.1f}" for x, value in points)
        dots = "".join(f"M{x:.1f} {y(value):.1f}h0" for x, value in points)
        curves.append(Curve(side, path, _band(places, own, errors, y), dots))
    right = () if within is None else (Box(0.0, y(within), WIDE, round(y(-within) - y(within), 2)),)
    limits = () if limit is None else (Box(0.0, y(limit), WIDE, 0.0),)
    return TrendChart(
        title, _said(trend, values, said), ticks, _dates(trend.spans), tuple(curves), right=right, limits=limits
    )


def _ends(values: Sequence[_Value], errors: Sequence[_Value] | None) -> Iterator[float]:
    """Yield the ends of what each value may be, where its error is known."""
    for value, error in zip(values, errors or [None] * len(values), strict=True):
        if value is not None and error is not None:
            yield from (value - error, value + error)


def _band(places: Sequence[float], values: Sequence[_Value], errors: Sequence[_Value] | None, y: _Number) -> str:
    """Return the band of the error round a line; none where the error is not known."""
    if errors is None:
        return ""
    known = [
        (x, value, error)
        for x, value, error in zip(places, values, errors, strict=True)
        if value is not None and error is not None
    ]
    over = [f"{x:.1f} {y(value + error):.1f}" for x, value, error in known]
    under = [f"{x:.1f} {y(value - error):.1f}" for x, value, error in reversed(known)]
    return f"M{'L'.join([*over, *under])}Z" if len(known) > 1 else ""


def _scale(
    values: Sequence[float], said: Callable[[float], str], *, least: float | None = None, most: float | None = None
) -> tuple[_Number, tuple[Tick, ...]]:
    """Return where a value is drawn, and the numbers beside the axis."""
    low = min(values) if least is None else least
    high = max(values) if most is None else most
    margin = 0.08 * max(high - low, 1e-3)
    low, high = low - margin * (least is None), high + margin

    def y(value: float) -> float:
        return round(HIGH * (1 - (min(max(value, low), high) - low) / (high - low)), 2)

    # A unit of its own word stands in the title.
    ticks = tuple(
        Tick(y(value), said(round(value, 6)).partition(" ")[0].replace("-", "−"))
        for value in nice_numbers(low, high, _TICKS)
    )
    return y, ticks


def _places(spans: Sequence[Span]) -> list[float]:
    """Return where each day or week stands from left to right."""
    first, last = spans[0].first, spans[-1].first
    days = max((last - first).days, 1)
    return [round(WIDE * (_MARGIN + (1 - 2 * _MARGIN) * (span.first - first).days / days), 1) for span in spans]


def _dates(spans: Sequence[Span]) -> tuple[Tick, ...]:
    """Return the days under a chart, the last one always, and none so near to another that they cover each other."""
    room = WIDE / _MOST_DATES
    chosen: list[Tick] = []
    taken = 2 * WIDE
    for place, span in reversed(list(zip(_places(spans), spans, strict=True))):
        if taken - place >= room:
            chosen.append(Tick(100 * place / WIDE, f"{span.first:%m-%d}"))
            taken = place
    return tuple(reversed(chosen))


def _said(trend: Trend, values: Mapping[Side | None, Sequence[_Value]], said: Callable[[float], str]) -> str:
    parts = []
    for index, span in enumerate(trend.spans):
        own = [said(value) for values_of in values.values() if (value := values_of[index]) is not None]
        if own:
            parts.append(f"{span.first}: {' / '.join(own)}")
    return "; ".join(parts)


def _number(value: float) -> str:
    return number(value)
