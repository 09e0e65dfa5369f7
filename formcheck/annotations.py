"""What an annotation asks for: whether a value is that, and what was expected, in words."""

import difflib
import math
import reprlib
import types
from collections.abc import Callable, Iterable, Mapping, Sized
from dataclasses import dataclass
from enum import Enum
from numbers import Integral, Real
from typing import Annotated, Literal, Union, get_args, get_origin

from formcheck.language import N_, _, _n, all_of, any_of

Path = tuple[str | int, ...]
"""Where a value stands: a field, then the index of an item or the key of an entry."""

_LIKE_ENOUGH = 0.6
_PLAIN = (str, bytes, bool, int, float, complex, type(None))


@dataclass(frozen=True, slots=True)
class Between:
    """A range of numbers, both ends included."""

    low: float
    high: float

    def allows(self, value: object) -> bool:
        """Return whether a number lies in the range."""
        return _is_number(value) and bool(self.low <= value <= self.high)  # type: ignore[operator]

    def __str__(self) -> str:
        return _("from {low:g} to {high:g}", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A least number of items."""

    items: int

    def allows(self, value: object) -> bool:
        """Return whether there are enough items."""
        return isinstance(value, Sized) and len(value) >= self.items

    def __str__(self) -> str:
        return _n("with at least {count} item", "with at least {count} items", self.items)


@dataclass(frozen=True, slots=True)
class Notation:
    """How a file writes what an annotation asks for.

    Attributes
    ----------
    many, many_of
        Items behind each other, and those of which there must be so many.
    yes_or_no
        What is true or false.
    """

    many: str
    many_of: str
    yes_or_no: str


PYTHON = Notation(
    N_("a tuple, each item of it {each}"), N_("a tuple {notes}, each item of it {each}"), N_("True or False")
)
TOML = Notation(
    N_("a list [ … ], each item of it {each}"), N_("a list [ … ] {notes}, each item of it {each}"), N_("true or false")
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that is not what its annotation says."""

    path: Path
    value: object
    hint: object
    like: str | None = None

    def said(self, notation: Notation = PYTHON) -> str:
        """Return what is wrong, as it reads behind the name of the value."""
        said = _("is {value}; expected {expected}.", value=_shown(self.value), expected=_expected(self.hint, notation))
        return said if self.like is None else said + " " + _("Did you mean {like}?", like=self.like)


def wrong_in(hint: object, value: object, path: Path) -> Wrong | None:
    """Return what is wrong with a value, None if it is what its annotation says.

    Parameters
    ----------
    hint
        The annotation; of a type that has no rule here, everything is right.
    value
        What stands there.
    path
        Where that is.
    """
    origin = get_origin(hint)
    if origin is Annotated:
        return _out_of_range(hint, value, path)
    if origin in (Union, types.UnionType):
        return _none_of(hint, value, path)
    if origin is tuple:
        return _wrong_item(hint, value, path)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _wrong_entry(hint, value, path)
    if _is_one(hint, origin, value):
        return None
    return Wrong(path, value, hint, _like(hint, value))


def _is_one(hint: object, origin: object, value: object) -> bool:
    """Return whether a value is of a type that has no parts; of a type that nobody here knows, everything is."""
    if origin is Literal:
        return any(value is item or (type(value) is type(item) and value == item) for item in get_args(hint))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Callable):  # type: ignore[arg-type]
        return callable(value)
    if hint is None or hint is type(None):
        return value is None
    if hint is float:
        return _is_number(value)
    if hint is int:
        return isinstance(value, Integral) and not isinstance(value, bool)
    if hint is str:
        return isinstance(value, str) and value.isprintable() and not value.isspace() and value != ""
    return not isinstance(hint, type) or isinstance(value, hint)


def _is_number(value: object) -> bool:
    try:
        return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # a whole number that no measurement comes near
        return False


def _out_of_range(hint: object, value: object, path: Path) -> Wrong | None:
    inner, *notes = get_args(hint)
    wrong = wrong_in(inner, value, path)
    if wrong is not None:
        return wrong if wrong.path != path else Wrong(path, value, hint, wrong.like)
    ranges = [note for note in notes if isinstance(note, Between | AtLeast)]
    return None if all(note.allows(value) for note in ranges) else Wrong(path, value, hint)


def _none_of(hint: object, value: object, path: Path) -> Wrong | None:
    wrongs = [wrong_in(kind, value, path) for kind in get_args(hint)]
    found = [wrong for wrong in wrongs if wrong is not None]
    if len(found) < len(wrongs):
        return None
    deepest = max(found, key=lambda wrong: len(wrong.path))
    if len(deepest.path) > len(path):
        return deepest
    return Wrong(path, value, hint, next((wrong.like for wrong in found if wrong.like), None))


def _wrong_item(hint: object, value: object, path: Path) -> Wrong | None:
    kinds = get_args(hint)
    many = len(kinds) == 2 and kinds[1] is Ellipsis
    if not isinstance(value, tuple) or (not many and len(value) != len(kinds)):
        alone = many and wrong_in(kinds[0], value, path) is None
        return Wrong(path, value, hint, _("a tuple with a comma behind its only item, (…,)") if alone else None)
    for index, item in enumerate(value):
        wrong = wrong_in(kinds[0] if many else kinds[index], item, (*path, index))
        if wrong is not None:
            return wrong
    return None


def _wrong_entry(hint: object, value: object, path: Path) -> Wrong | None:
    if not isinstance(value, Mapping):
        return Wrong(path, value, hint)
    of_key, of_item = get_args(hint)
    for key, item in value.items():
        wrong = wrong_in(of_key, key, path) or wrong_in(of_item, item, (*path, str(key)))
        if wrong is not None:
            return wrong
    return None


def _expected(hint: object, notation: Notation) -> str:
    """Return what an annotation asks for, in words."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        notes = [str(note) for note in parts[1:]]
        if get_origin(parts[0]) is tuple and len(get_args(parts[0])) == 2 and get_args(parts[0])[1] is Ellipsis:
            each = _expected(get_args(parts[0])[0], notation)
            return _(notation.many_of, notes=" ".join(notes), each=each)
        return " ".join([_expected(parts[0], notation), *notes])
    if origin in (Union, types.UnionType):
        return any_of([_expected(part, notation) for part in parts if part is not type(None)])
    if origin is Literal:
        return any_of([str(part) for part in parts])
    if origin is tuple:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return _(notation.many, each=_expected(parts[0], notation))
        return _("a pair: {parts}", parts=all_of([_expected(part, notation) for part in parts]))
    if origin is not None:
        return _one(getattr(origin, "__name__", str(origin)).lower())
    if isinstance(hint, type) and issubclass(hint, Enum):
        return any_of([f"{hint.__name__}.{item.name}" for item in hint])
    names_of = {
        None: "None",
        type(None): "None",
        float: N_("a number"),
        int: N_("a whole number"),
        bool: notation.yes_or_no,
        str: N_("text on one line that can be printed"),
    }
    if hint in names_of:
        return _(names_of[hint])
    name = getattr(hint, "__name__", str(hint))
    return _one(name)


def _one(name: str) -> str:
    return _("an {name}", name=name) if name[:1] in "AEIOUaeiou" else _("a {name}", name=name)


def _like(hint: object, value: object) -> str | None:
    """Return the right word that is most like a wrong one."""
    if not isinstance(value, str):
        return None
    if get_origin(hint) is Literal:
        return nearest(value, [str(part) for part in get_args(hint)])
    if isinstance(hint, type) and issubclass(hint, Enum):
        by_word = {word: f"{hint.__name__}.{item.name}" for item in hint for word in (item.name, str(item.value))}
        like = nearest(value, by_word)
        return None if like is None else by_word[like]
    return None


def _shown(value: object) -> str:
    """Return a wrong value as its author wrote it, or at least its kind."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, _PLAIN):
        return reprlib.repr(value)
    if isinstance(value, tuple | list):
        return f"({', '.join(map(_shown, value[:3]))}{', …' if len(value) > 3 else ''})" if value else _("empty")
    return _one(type(value).__name__)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, None where none is like it."""
    by_letters = {_letters(item): item for item in known}
    like = difflib.get_close_matches(_letters(word), by_letters, 1, _LIKE_ENOUGH)
    return by_letters[like[0]] if like else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question for the nearest word, with a space before it; empty where there is none."""
    like = nearest(word, known)
    return "" if like is None else " " + _("Did you mean {like}?", like=like)


def _letters(word: str) -> str:
    return word.strip().lower().replace("_", "").replace("-", "").replace(" ", "")
