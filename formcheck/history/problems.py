"""What SQLite answers, in plain sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from formcheck.errors import FormcheckError, InputError, OutputError
from formcheck.history.place import VARIABLE

_ELSEWHERE = f"choose another folder with {VARIABLE}"
_UNWRITABLE = {
    sqlite3.SQLITE_BUSY: (
        "another formcheck has been writing to it for too long",
        "Wait until it has finished, then try again.",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full", f"Free some space, or {_ELSEWHERE}."),
    sqlite3.SQLITE_READONLY: ("it can only be read", f"Change the permissions, or {_ELSEWHERE}."),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", f"Change the permissions, or {_ELSEWHERE}."),
    sqlite3.SQLITE_PERM: ("you have no permission", f"Change the permissions, or {_ELSEWHERE}."),
    sqlite3.SQLITE_IOERR: ("the disk does not take it", f"Free some space, or {_ELSEWHERE}."),
}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def in_plain_words(path: Path, doing: str) -> Iterator[None]:
    """Turn what goes wrong with the database into an error for people.

    Parameters
    ----------
    path
        The database.
    doing
        What cannot be done with it: ``written`` or ``read``.

    Raises
    ------
    InputError
        It is damaged, or is to be read and cannot be.
    OutputError
        It is to be written and cannot be.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _problem(path, doing, error) from error
    except OSError as error:
        kind = OutputError if doing == "written" else InputError
        raise kind(
            f"The history {path} cannot be {doing}: {error.strerror or error}.", _sentence(_ELSEWHERE)
        ) from error


def foreign(path: Path) -> InputError:
    """Return the error that a file is no history."""
    return InputError(f"{path} is no history of formcheck.", f"Move it away, or {_ELSEWHERE}.")


def newer(path: Path, version: int, known: int) -> InputError:
    """Return the error that a newer formcheck has been at work."""
    return InputError(
        f"The history {path} was written by a newer formcheck (shape {version}; this one knows {known}). Nothing in it was changed.",
        f"Update formcheck, or {_ELSEWHERE}.",
    )


def _problem(path: Path, doing: str, error: SQLAlchemyError | sqlite3.Error) -> FormcheckError:
    origin = error.orig if isinstance(error, DBAPIError) else error
    # The lower byte is the kind, the higher ones say more of it.
    code = getattr(origin, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        return InputError(
            f"The history {path} is damaged, or no history.", "Move it away: the next session begins a new one."
        )
    why, remedy = _UNWRITABLE.get(code, (str(origin), _sentence(_ELSEWHERE)))
    kind = OutputError if doing == "written" else InputError
    return kind(f"The history {path} cannot be {doing}: {why}.", remedy)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
