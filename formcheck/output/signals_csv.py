"""The signals for whoever wants to check them: a row for each signal and side at each moment, with its error."""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from formcheck.body.measured_errors import Place
from formcheck.body.meter import Measured
from formcheck.body.signal import Signal
from formcheck.body.signals import SIGNALS
from formcheck.output.rounding import digits_of_unit, rounded, rounded_s
from formcheck.pose.pose import SIDES, Side
from formcheck.writing import cannot_write, refuse_old_file, written_whole

SIGNAL_COLUMNS = ("time_s", "signal", "side", "value", "error")
OPTION = "--signals FILE"


def write_signals_csv(moments: Iterable[Measured], path: Path) -> None:
    """Write a row for each signal and side at each moment; the columns are `SIGNAL_COLUMNS`.

    A value is what the checks of rules compare with their limits: what a signal is known to read too much is taken off. Its error
    is the one that judges its confidence: from this view, of the nearer or the farther side, by this model. NaN stands for
    a value that is not seen, and for the error of a signal that the view cannot show. Signals of the whole body have no side.

    Parameters
    ----------
    moments
        Of one recording, in order of time.
    path
        The file; its folder is made if need be.

    Raises
    ------
    OutputError
        Something is there already, or the file cannot be written.
    """
    refuse_old_file(path, OPTION)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error, OPTION) from error
    with written_whole(path, OPTION) as file:
        for rows in chain([[SIGNAL_COLUMNS]], map(_rows, moments)):
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            file.write(text.getvalue().encode())


def _rows(measured: Measured) -> Iterator[tuple[str, ...]]:
    for item in SIGNALS:
        sides: tuple[Side | None, ...] = SIDES if item.sided else (None,)
        for key, side in zip(item.keys(), sides, strict=True):
            value, error = reading(item, key, side, measured)
            yield str(rounded_s(measured.time_s)), item.name, side or "", _cell(item, value), _cell(item, error)


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


def _cell(item: Signal, value: float) -> str:
    known = rounded(value, digits_of_unit(item.unit))
    return "NaN" if known is None else str(known)
