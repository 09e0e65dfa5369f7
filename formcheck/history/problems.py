"""What SQLite answers, in plain sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from formcheck.errors import FormcheckError, InputError, OutputError
from formcheck.history.place import VARIABLE
from formcheck.language import N_, _
from formcheck.system_errors import in_words

_ANOTHER_FOLDER = N_("Choose another folder with {variable}.")
_FREE_SPACE = N_("Free some space, or choose another folder with {variable}.")
_PERMISSIONS = N_("Change the permissions, or choose another folder with {variable}.")
_UNWRITABLE = {
    sqlite3.SQLITE_BUSY: (
        N_("another formcheck has been writing to it for too long"),
        N_("Wait until it has finished, then try again."),
    ),
    sqlite3.SQLITE_FULL: (N_("the disk is full"), _FREE_SPACE),
    sqlite3.SQLITE_READONLY: (N_("it can only be read"), _PERMISSIONS),
    sqlite3.SQLITE_CANTOPEN: (N_("it cannot be opened"), _PERMISSIONS),
    sqlite3.SQLITE_PERM: (N_("you have no permission"), _PERMISSIONS),
    sqlite3.SQLITE_IOERR: (N_("the disk does not take it"), _FREE_SPACE),
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
            _cannot(path, doing, in_words(error)),
            _(_ANOTHER_FOLDER, variable=VARIABLE),
        ) from error


def foreign(path: Path) -> InputError:
    """Return the error that a file is no history."""
    return InputError(
        _("{path} is no history of formcheck.", path=path),
        _("Move it away, or choose another folder with {variable}.", variable=VARIABLE),
    )


def newer(path: Path, version: int, known: int) -> InputError:
    """Return the error that a newer formcheck has been at work."""
    return InputError(
        _(
            "The history {path} was written by a newer formcheck (shape {version}; this one knows "
            "{known}). Nothing in it was changed.",
            path=path,
            version=version,
            known=known,
        ),
        _("Update formcheck, or choose another folder with {variable}.", variable=VARIABLE),
    )


def _problem(path: Path, doing: str, error: SQLAlchemyError | sqlite3.Error) -> FormcheckError:
    origin = error.orig if isinstance(error, DBAPIError) else error
    # The lower byte is the kind, the higher ones say more of it.
    code = getattr(origin, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        return InputError(
            _("The history {path} is damaged, or no history.", path=path),
            _("Move it away: the next session begins a new one."),
        )
    why, remedy = _UNWRITABLE.get(code, (str(origin), _ANOTHER_FOLDER))
    kind = OutputError if doing == "written" else InputError
    return kind(_cannot(path, doing, _(why)), _(remedy, variable=VARIABLE))


def _cannot(path: Path, doing: str, why: str) -> str:
    if doing == "written":
        return _("The history {path} cannot be written: {why}.", path=path, why=why)
    return _("The history {path} cannot be read: {why}.", path=path, why=why)
