"""Numbers for people: with their unit, no more exact than they are."""

from collections.abc import Iterable

from formcheck.language import N_, _, number

_SIGNS = {"deg": "°", "deg/s": "°/s", "s": " s", "ratio": ""}
_WORDS = {"T": N_("torso lengths"), "L": N_("leg lengths"), "shank": N_("lower leg lengths"), "turns": N_("turns")}
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
    base, _slash, per = unit.partition("/")
    decimals = _DECIMALS.get(unit, 2)
    while beside is not None and decimals < MOST_DECIMALS and f"{value:.{decimals}f}" == f"{beside:.{decimals}f}":
        decimals += 1
    numbers = number(value, f".{decimals}f")
    if error:
        numbers += f" ±{number(error, f'.{_DECIMALS.get(unit, 2)}f')}"
    if base in _WORDS and per:
        return _("{numbers} {lengths} a {per}", numbers=numbers, lengths=_(_WORDS[base]), per=per)
    return f"{numbers}{unit_in_words(unit)}"


def unit_in_words(unit: str) -> str:
    """Return a unit as it follows a number, with its space: ``°``, `` torso lengths``; nothing for a ratio."""
    return f" {_(_WORDS[unit])}" if unit in _WORDS else _SIGNS.get(unit, f" {unit}")


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers in order, runs shortened: ``1-3, 5``."""
    runs: list[list[int]] = []
    for item in sorted(set(numbers)):
        if runs and item == runs[-1][-1] + 1:
            runs[-1].append(item)
        else:
            runs.append([item])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
