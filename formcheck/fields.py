"""Checks each field of a declaration by its annotation, so that options and rules are held to the same words.

A frozen dataclass that inherits from `Checked` is checked when it is made. Types are read from the annotations; ranges
stand there too: ``seconds: Annotated[float, Between(0.5, 3600)]``.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_type_hints

from formcheck.annotations import TOML, AtLeast, Between, Path, Wrong, did_you_mean, nearest, wrong_in
from formcheck.errors import UsageError
from formcheck.language import _

_Declaration = TypeVar("_Declaration")


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
    wrong
        What is wrong, where it is that the value is not what its annotation says.
    """

    def __init__(self, owner: str, path: Path, said: str, owned: int = 0, wrong: Wrong | None = None) -> None:
        self.path = path
        self.said = said
        self.wrong = wrong
        told = said_of(path_in_words(path[owned:]), said)
        super().__init__(f"{owner}: {told}" if owner else told)


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
        wrong = wrong_in(hint, getattr(declaration, name), (name,))
        if wrong is not None:
            raise FieldError(owner_of(declaration), wrong.path, wrong.said(), wrong=wrong)


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
    wrong = wrong_in(hint, value, (name,))
    if wrong is not None:
        raise FieldError("", wrong.path, wrong.said(), wrong=wrong)


def mistake(declaration: object, path: Path, said: str) -> FieldError:
    """Return the error that a field does not go with the others."""
    return FieldError(owner_of(declaration), path, said)


def said_of(what: str, said: str) -> str:
    """Return what is wrong with something, in a sentence.

    Parameters
    ----------
    what
        Its name.
    said
        What is wrong, as it reads behind the name.
    """
    return _("{what} {said}", what=what, said=said)


def owner_of(declaration: object) -> str:
    """Return what a declaration is called: its word, and its id if it has one."""
    name = getattr(declaration, "id", None)
    word = type(declaration).__name__
    return f"{word} “{name}”" if isinstance(name, str) and name.isprintable() else word


def path_in_words(path: Path) -> str:
    """Return a path as Python writes it: ``views[0]``, ``severity_at['free']``."""
    first, *others = path
    return f"{first}" + "".join(f"[{step!r}]" for step in others)


@cache
def _hints(declared: type) -> Mapping[str, Any]:
    assert is_dataclass(declared)
    hints = get_type_hints(declared, include_extras=True)
    return {field.name: hints[field.name] for field in fields(declared)}


__all__ = [
    "TOML", "AtLeast", "Between", "Checked", "FieldError", "Path", "check_fields", "check_value", "checked", "did_you_mean",
    "mistake", "nearest", "owner_of", "path_in_words", "said_of",
]  # fmt: skip
