"""Numbers for files: no more exact than they are, and None where nothing was seen."""

import math

TIME_DIGITS, RATIO_DIGITS, ANGLE_DIGITS = 3, 3, 1
"""Times are rounded to 1 ms, angles to 0.1°, everything else to 0.001."""


def rounded(value: float | None, digits: int = RATIO_DIGITS) -> float | None:
    """Return a number with so many digits behind the point; None for what is no finite number."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits) + 0.0  # + 0.0 turns -0.0 into 0.0


def rounded_s(time_s: float) -> float | None:
    """Return a time or duration, in seconds."""
    return rounded(time_s, TIME_DIGITS)


def digits_of(measure: str) -> int:
    """Return the digits of a measure, by the unit that ends its name (before the side)."""
    return ANGLE_DIGITS if measure.partition(".")[0].endswith("_deg") else RATIO_DIGITS


def digits_of_unit(unit: str) -> int:
    """Return the digits of a value in this unit."""
    return ANGLE_DIGITS if unit.startswith("deg") else RATIO_DIGITS
