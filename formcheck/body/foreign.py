"""Code that rules by others bring along: what it raises, and the nonsense that it returns, becomes "not seen" and is named.

A rule is a declaration, and needs no code of its own. Where it has some none the less, a mistake in it must not end the
session of the person who trains.
"""

import functools
import math
import sys
import traceback
from collections.abc import Callable, Mapping
from numbers import Real
from pathlib import Path
from typing import Any

from formcheck.language import _

OURS = "formcheck."
"""Modules whose names begin so are part of this program."""

_failed: dict[str, str] = {}


def failure_of(module: str) -> str | None:
    """Return what went wrong first in the code of a module, in one line; None if nothing did."""
    return _failed.get(module)


def forget(module: str) -> None:
    """Forget what went wrong in the code of a module: another session begins."""
    _failed.pop(module, None)


def guard(kind: type, methods: Mapping[str, tuple[Callable[[object], bool], object]]) -> None:
    """Let methods of a class that is not ours never raise.

    Parameters
    ----------
    kind
        The class, just made.
    methods
        By name: whether what a method returned makes sense, and what to return instead where it does not.
    """
    if kind.__module__.startswith(OURS):
        return
    for name, (makes_sense, instead) in methods.items():
        method = vars(kind).get(name)
        if callable(method) and not hasattr(method, "__wrapped__"):
            setattr(kind, name, _guarded(kind.__module__, method, makes_sense, instead))


def is_number(value: object) -> bool:
    """Return whether a value may be a measurement: a number, or NaN for "not seen"."""
    return isinstance(value, Real) and not isinstance(value, bool) and not math.isinf(value)


def is_answer(value: object) -> bool:
    """Return whether a value may be the answer of a condition: True, False or None."""
    return value is None or isinstance(value, bool)


def where_raised(problem: BaseException, file: str | None = None) -> str:
    """Return what was raised and where, in one line: ``ZeroDivisionError: division by zero (bow.py, line 12)``.

    Parameters
    ----------
    problem
        What was raised.
    file
        The file whose line is wanted; by default the one that raised it.
    """
    frames = traceback.extract_tb(problem.__traceback__)
    own = [frame for frame in frames if frame.filename == file] or list(frames)
    text = f"{type(problem).__name__}: {text_of(problem)}".removesuffix(": ")
    return (
        _("{text} ({file}, line {line})", text=text, file=Path(own[-1].filename).name, line=own[-1].lineno)
        if own
        else text
    )


def text_of(problem: BaseException) -> str:
    """Return the first line of what an exception says; empty where it fails even at that."""
    try:
        first = str(problem).partition("\n")[0]
    except Exception:  # an author's own exception may do anything
        return ""
    return "".join(letter if letter.isprintable() else "?" for letter in first)


def _guarded(
    module: str, method: Callable[..., Any], makes_sense: Callable[[object], bool], instead: object
) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(*arguments: object, **named: object) -> object:
        file = getattr(sys.modules.get(module), "__file__", None) or method.__code__.co_filename
        try:
            value = method(*arguments, **named)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:  # whatever it is, it is the author's to mend
            _failed.setdefault(module, where_raised(problem, file))
            return instead
        if not makes_sense(value):
            kind = type(arguments[0]).__name__
            said = repr(value) if isinstance(value, str | float) else _("a {name}", name=type(value).__name__)
            told = _(
                "{kind}.{method} returned {said:.40} ({file})",
                kind=kind,
                method=method.__name__,
                said=said,
                file=Path(file).name,
            )
            _failed.setdefault(module, told)
            return instead
        return value

    return call
