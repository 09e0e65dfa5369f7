"""The signals for whoever wants to check them: a row for each signal and side at each moment, with its error."""

import math
from collections.abc import Iterator

from formcheck.body.measured_errors import Place
from formcheck.body.meter import Measured
from formcheck.body.signal import Signal
from formcheck.body.signals import SIGNALS
from formcheck.output.parquet import Cell, Columns
from formcheck.output.rounding import digits_of_unit, rounded, rounded_s
from formcheck.pose.pose import SIDES, Side

SIGNAL_COLUMNS: Columns = {"time_s": float, "signal": str, "side": str, "value": float, "error": float}


def signal_rows(measured: Measured) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each signal and side at a moment; the columns are `SIGNAL_COLUMNS`.

    A value is what the checks of rules compare with their limits: what a signal is known to read too much is taken off. Its error
    is the one that judges its confidence: from this view, of the nearer or the farther side, by this model. None stands for
    a value that is not seen, and for the error of a signal that the view cannot show. Signals of the whole body have no side.
    """
    for item in SIGNALS:
        sides: tuple[Side | None, ...] = SIDES if item.sided else (None,)
        for key, side in zip(item.keys(), sides, strict=True):
            value, error = reading(item, key, side, measured)
            digits = digits_of_unit(item.unit)
            yield rounded_s(measured.time_s), item.name, side or "", rounded(value, digits), rounded(error, digits)


def reading(item: Signal, key: str, side: Side | None, measured: Measured) -> tuple[float, float]:
    """Return what the checks of rules compare with their limits, and its error; NaN where it is not seen.

    Parameters
    ----------
    item, key, side
        The signal, the key of its value, and whose it is; None = the body's.
    measured
        The moment.
    """
    view = measured.view.kind
    place: Place | None = None if side is None or measured.near is None else "near" if side == measured.near else "far"
    value = measured.measures.get(key, math.nan) - item.bias_in(view, place=place, model=measured.model)
    return value, item.error_in(view, place=place, model=measured.model)
