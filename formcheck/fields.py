"""Checks each field of a declaration by its annotation, so that options and rules are held to the same words.

A frozen dataclass that inherits from `Checked` is checked when it is made. Types are read from the annotations; ranges
stand there too: ``seconds: Annotated[float, Between(0.5, 3600)]``.
"""

import difflib
import math
import reprlib
import types
from collections.abc import Callable, Iterable, Mapping, Sized
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from numbers import Integral, Real
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from formcheck.errors import UsageError

Path = tuple[str | int, ...]
"""Where a value stands: a field, then the index of an item or the key of an entry."""

_Declaration = TypeVar("_Declaration")

_LIKE_ENOUGH = 0.6
_PLAIN = (str, bytes, bool, int, float, complex, type(None))


@dataclass(frozen=True, slots=True)
class Between:
    """A range of numbers, both ends included."""

    low: float
    high: float

    def allows(self, value: object) -> bool:
        """Return whether a number lies in the range."""
        return isinstance(value, Real) and self.low <= float(value) <= self.high

    def __str__(self) -> str:
        return f"from {self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A least number of items."""

    items: int

    def allows(self, value: object) -> bool:
        """Return whether there are enough items."""
        return isinstance(value, Sized) and len(value) >= self.items

    def __str__(self) -> str:
        return f"with at least {self.items} item{'' if self.items == 1 else 's'}"


class FieldError(UsageError, ValueError):
    """A field of a declaration is wrong.

    Parameters
    ----------
    owner
        What the field belongs to, as its author calls it; empty for a value by itself.
    path
        The field, then the item or entry that is wrong.
    said
        What is wrong, as it reads behind the name of the field.
    owned
        How many steps of the path the owner's name stands for.
    """

    def __init__(self, owner: str, path: Path, said: str, owned: int = 0) -> None:
        self.path = path
        self.said = said
        super().__init__(f"{owner}: {path_in_words(path[owned:])} {said}".removeprefix(": "))


class Checked:
    """A dataclass whose fields are checked when it is made.

    One that has more to check than its fields calls `check_fields` in its own ``__post_init__`` first.
    """

    __slots__ = ()

    def __post_init__(self) -> None:
        check_fields(self)


def check_fields(declaration: object) -> None:
    """Check every field of a dataclass.

    Raises
    ------
    FieldError
        The first field that is wrong: what it is, what was expected, and the nearest right word.
    """
    kind: Any = type(declaration)
    for name, hint in _hints(kind).items():
        wrong = _wrong(hint, getattr(declaration, name), (name,))
        if wrong is not None:
            raise FieldError(owner_of(declaration), wrong.path, wrong.said())


def checked(declaration: _Declaration) -> _Declaration:
    """Return a declaration whose fields are right; for those that are made so often that they do not check themselves.

    Raises
    ------
    FieldError
        A field is wrong.
    """
    check_fields(declaration)
    return declaration


def check_value(name: str, value: object, hint: object) -> None:
    """Check one value that is no field of a dataclass, such as an argument.

    Raises
    ------
    FieldError
        The value is wrong.
    """
    wrong = _wrong(hint, value, (name,))
    if wrong is not None:
        raise FieldError("", wrong.path, wrong.said())


def mistake(declaration: object, path: Path, said: str) -> FieldError:
    """Return the error that a field does not go with the others."""
    return FieldError(owner_of(declaration), path, said)


def owner_of(declaration: object) -> str:
    """Return what a declaration is called: its word, and its id if it has one."""
    name = getattr(declaration, "id", None)
    word = type(declaration).__name__
    return f"{word} “{name}”" if isinstance(name, str) and name.isprintable() else word


def path_in_words(path: Path) -> str:
    """Return a path as Python writes it: ``views[0]``, ``severity_at['free']``."""
    first, *others = path
    return f"{first}" + "".join(f"[{step!r}]" for step in others)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, None where none is like it."""
    by_letters = {_letters(item): item for item in known}
    like = difflib.get_close_matches(_letters(word), by_letters, 1, _LIKE_ENOUGH)
    return by_letters[like[0]] if like else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question for the nearest word, with a space before it; empty where there is none."""
    like = nearest(word, known)
    return "" if like is None else f" Did you mean {like}?"


def _letters(word: str) -> str:
    return word.strip().lower().replace("_", "").replace("-", "").replace(" ", "")


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A value that is not what its annotation says."""

    path: Path
    value: object
    expected: str
    like: str | None = None

    def said(self) -> str:
        question = "" if self.like is None else f" Did you mean {self.like}?"
        return f"is {_shown(self.value)}; expected {self.expected}.{question}"


@cache
def _hints(declared: type) -> Mapping[str, Any]:
    assert is_dataclass(declared)
    hints = get_type_hints(declared, include_extras=True)
    return {field.name: hints[field.name] for field in fields(declared)}


def _wrong(hint: object, value: object, path: Path) -> _Wrong | None:
    """Return what is wrong with a value, None if it is what its annotation says."""
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
    return _Wrong(path, value, _expected(hint), _like(hint, value))


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


def _out_of_range(hint: object, value: object, path: Path) -> _Wrong | None:
    inner, *notes = get_args(hint)
    wrong = _wrong(inner, value, path)
    if wrong is not None:
        return wrong if wrong.path != path else _Wrong(path, value, _expected(hint), wrong.like)
    ranges = [note for note in notes if isinstance(note, Between | AtLeast)]
    return None if all(note.allows(value) for note in ranges) else _Wrong(path, value, _expected(hint))


def _none_of(hint: object, value: object, path: Path) -> _Wrong | None:
    wrongs = [_wrong(kind, value, path) for kind in get_args(hint)]
    found = [wrong for wrong in wrongs if wrong is not None]
    if len(found) < len(wrongs):
        return None
    deepest = max(found, key=lambda wrong: len(wrong.path))
    if len(deepest.path) > len(path):
        return deepest
    return _Wrong(path, value, _expected(hint), next((wrong.like for wrong in found if wrong.like), None))


def _wrong_item(hint: object, value: object, path: Path) -> _Wrong | None:
    kinds = get_args(hint)
    many = len(kinds) == 2 and kinds[1] is Ellipsis
    if not isinstance(value, tuple) or (not many and len(value) != len(kinds)):
        alone = many and _wrong(kinds[0], value, path) is None
        return _Wrong(
            path, value, _expected(hint), "a tuple with a comma behind its only item, (…,)" if alone else None
        )
    for index, item in enumerate(value):
        wrong = _wrong(kinds[0] if many else kinds[index], item, (*path, index))
        if wrong is not None:
            return wrong
    return None


def _wrong_entry(hint: object, value: object, path: Path) -> _Wrong | None:
    if not isinstance(value, Mapping):
        return _Wrong(path, value, _expected(hint))
    of_key, of_item = get_args(hint)
    for key, item in value.items():
        wrong = _wrong(of_key, key, path) or _wrong(of_item, item, (*path, str(key)))
        if wrong is not None:
            return wrong
    return None


def _expected(hint: object) -> str:
    """Return what an annotation asks for, in words."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        kind, _, items = _expected(parts[0]).partition(", each")
        return " ".join([kind, *(str(note) for note in parts[1:])]) + (f", each{items}" if items else "")
    if origin in (Union, types.UnionType):
        return ", or ".join(_expected(part) for part in parts if part is not type(None))
    if origin is Literal:
        return " or ".join(str(part) for part in parts)
    if origin is tuple:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return f"a tuple, each item of it {_expected(parts[0])}"
        return f"a pair: {' and '.join(_expected(part) for part in parts)}"
    if origin is not None:
        return f"a {getattr(origin, '__name__', origin).lower()}"
    if isinstance(hint, type) and issubclass(hint, Enum):
        names = [f"{hint.__name__}.{item.name}" for item in hint]
        return f"{', '.join(names[:-1])} or {names[-1]}"
    names_of = {None: "None", type(None): "None", float: "a number", int: "a whole number", bool: "True or False"}
    if hint in names_of:
        return names_of[hint]
    if hint is str:
        return "text on one line that can be printed"
    name = getattr(hint, "__name__", str(hint))
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


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
        return f"({', '.join(map(_shown, value[:3]))}{', …' if len(value) > 3 else ''})" if value else "empty"
    name = type(value).__name__
    return f"{'an' if name[:1] in 'AEIOU' else 'a'} {name}"
