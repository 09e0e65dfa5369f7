"""Files for OpenSim: where the landmarks are (.trc), and the angles of the body (.mot), both at a constant rate.

Cameras do not keep a constant rate, above all those of phones and of live sessions, and these files ask for one: between
two pictures a value is interpolated in a straight line. What is not seen in one of the two stays a gap: nan, which OpenSim reads.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.body.meter import Measured
from formcheck.body.signals import SIGNALS
from formcheck.output.rounding import digits_of_unit
from formcheck.output.signal_table import reading
from formcheck.pose.pose import LANDMARKS, SIDES, Pose, Side
from formcheck.pose.rounding import WORLD_DECIMALS
from formcheck.writing import make_folder, written_whole

TO_OPENSIM = np.array([1.0, -1.0, -1.0])
"""Turns x to the right, y down and z away from the camera into x to the right, y up and z toward the camera: right-handed."""
LONGEST_STEP = 3.0
"""Two pictures that are farther apart than so many usual intervals have a gap between them."""
_TIME_DIGITS, _RATE_DIGITS = 6, 3
_ANGLES = tuple(item for item in SIGNALS if item.unit == "deg")

Moment = tuple[float, Pose | None]


def write_trc(moments: Iterable[Moment], path: Path, option: str) -> None:
    """Write the landmarks as markers, in metres, with the middle of the hips as the origin of every moment.

    Parameters
    ----------
    moments
        Times, and the body or None where nobody is seen.
    path, option
        The file, and what chooses another place, as people type it; the file's folder is made if need be.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    times, places = [], []
    for time_s, pose in moments:
        times.append(time_s)
        places.append(np.full((len(LANDMARKS), 3), np.nan) if pose is None else pose.world_m * TO_OPENSIM)
    grid, rate, values = at_constant_rate(times, np.array(places).reshape(len(times), -1))
    axes = [f"{axis}{number}" for number in range(1, len(LANDMARKS) + 1) for axis in "XYZ"]
    told = f"{rate:g}"
    header = [
        ["PathFileType", "4", "(X/Y/Z)", path.name],
        ["DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units", "OrigDataRate", "OrigDataStartFrame", "OrigNumFrames"],
        [told, told, str(len(grid)), str(len(LANDMARKS)), "m", told, "1", str(len(grid))],
        ["Frame#", "Time", *(cell for name in LANDMARKS for cell in (name, "", ""))],
        ["", "", *axes],
        [],
    ]  # fmt: skip
    rows = ([str(number), *row] for number, row in enumerate(_rows(grid, values, [WORLD_DECIMALS + 1] * len(axes)), 1))
    _write(path, option, header, rows)


def write_mot(moments: Iterable[Measured], path: Path, option: str) -> None:
    """Write every signal that is an angle, in degrees; a column for each side, named ``knee_flexion_deg_left``.

    Parameters
    ----------
    moments
        What was measured.
    path, option
        As for `write_trc`.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    whose: dict[bool, tuple[Side | None, ...]] = {True: SIDES, False: (None,)}
    columns = [
        (item, key, side)
        for item in _ANGLES
        for key, side in zip(item.keys(), whose[item.sided], strict=True)
    ]  # fmt: skip
    times, angles = [], []
    for measured in moments:
        times.append(measured.time_s)
        angles.append([reading(item, key, side, measured)[0] for item, key, side in columns])
    grid, _, values = at_constant_rate(times, np.array(angles).reshape(len(times), -1), circular=True)
    header = [
        [path.stem], ["version=1"], [f"nRows={len(grid)}"], [f"nColumns={len(columns) + 1}"], ["inDegrees=yes"], ["endheader"],
        ["time", *(item.name if side is None else f"{item.name}_{side}" for item, _, side in columns)],
    ]  # fmt: skip
    _write(path, option, header, _rows(grid, values, [digits_of_unit("deg") + 1] * len(columns)))


def at_constant_rate(
    times_s: Sequence[float], values: NDArray[np.float64], *, circular: bool = False
) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
    """Return times that are equally far apart, how many there are in a second, and the values at them.

    The rate is that of the recording where it runs without a gap; the first moment stays where it is.

    Parameters
    ----------
    times_s
        (n,) in order; at least one.
    values
        (n, columns) NaN = not seen.
    circular
        They are angles in degrees, and from 179° to -179° it is 2°.
    """
    times = np.array(times_s)
    steps = np.diff(times)
    if not len(steps):
        return times, 1.0, values
    longest = LONGEST_STEP * float(np.median(steps))
    rate = round(1.0 / float(steps[steps <= longest].mean()), _RATE_DIGITS)
    grid = times[0] + np.arange(int((times[-1] - times[0]) * rate + 1e-6) + 1) / rate
    before = np.clip(np.searchsorted(times, grid, side="right") - 1, 0, len(times) - 2)
    step = steps[before]
    share = ((grid - times[before]) / step)[:, None]
    one, other = values[before], values[before + 1]
    change = other - one
    around = np.abs(change) > 180.0 if circular else np.zeros_like(change, dtype=bool)
    change = np.where(around, -np.sign(change) * (360.0 - np.abs(change)), change)
    between = np.where(share < 1e-6, one, one + share * change)
    between = np.where(around, (between + 180.0) % 360.0 - 180.0, between)
    return grid, rate, np.where((step <= longest)[:, None] | (share < 1e-6), between, np.nan)


def _rows(grid: NDArray[np.float64], values: NDArray[np.float64], digits: Sequence[int]) -> Iterator[list[str]]:
    for time_s, row in zip(grid, values, strict=True):
        cells = (f"{value:.{places}f}" for value, places in zip(row, digits, strict=True))
        yield [f"{time_s:.{_TIME_DIGITS}f}", *cells]


def _write(path: Path, option: str, header: Iterable[Sequence[str]], rows: Iterable[Sequence[str]]) -> None:
    make_folder(path.parent, option)
    with written_whole(path, option) as file:
        for lines in (header, rows):
            for line in lines:
                file.write(("\t".join(line) + "\n").encode(errors="backslashreplace"))
