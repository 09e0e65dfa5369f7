"""Numbers for people: with their unit, no more exact than they are."""

from collections.abc import Iterable

_UNITS = {"deg": "°", "deg/s": "°/s", "s": " s", "ratio": "", "turns": " turns"}
_LENGTHS = {"T": "torso lengths", "L": "leg lengths", "shank": "lower leg lengths"}
_DECIMALS = {"deg": 0, "deg/s": 0, "turns": 0, "s": 1}
MOST_DECIMALS = 3


def amount(value: float, unit: str, *, error: float = 0.0, beside: float | None = None) -> str:
    """Return a value with its unit in words.

    Parameters
    ----------
    value
        The value.
    unit
        As results give it: ``deg``, ``s``, ``T`` ….
    error
        Its working uncertainty, in the same unit; 0 = none.
    beside
        Another value that it will be compared with: decimals are added until the two look different.
    """
    base, _, per = unit.partition("/")
    decimals = _DECIMALS.get(unit, 2)
    while beside is not None and decimals < MOST_DECIMALS and f"{value:.{decimals}f}" == f"{beside:.{decimals}f}":
        decimals += 1
    numbers = f"{value:.{decimals}f}" + (f" ±{error:.{_DECIMALS.get(unit, 2)}f}" if error else "")
    if base in _LENGTHS:
        return f"{numbers} {_LENGTHS[base]}{f' a {per}' if per else ''}"
    return f"{numbers}{_UNITS.get(unit, f' {unit}')}"


def unit_in_words(unit: str) -> str:
    """Return a unit as it follows a number, with its space: ``°``, `` torso lengths``; nothing for a ratio."""
    return f" {_LENGTHS[unit]}" if unit in _LENGTHS else _UNITS.get(unit, f" {unit}")


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers in order, runs shortened: ``1-3, 5``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def many(count: int, thing: str) -> str:
    """Return how many there are of a thing: ``1 hold``, ``2 holds``."""
    return f"{count} {thing}{'' if count == 1 else 's'}"
