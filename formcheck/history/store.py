"""The database of the history: sessions in, sessions out, and gone for good."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select, update
from sqlalchemy.pool import NullPool

from formcheck.history.documents import Document, damaged, document_of
from formcheck.history.place import VARIABLE, history_file
from formcheck.history.problems import foreign, in_plain_words, newer
from formcheck.history.retelling import retold
from formcheck.history.schema import SESSIONS, bring_up_to_date, present_version, version_of
from formcheck.writing import PRIVATE, make_folder

PATIENCE_S = 10.0
"""So long a program waits for another one that is writing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session to keep.

    Attributes
    ----------
    person
        Who moved; empty = nobody was named.
    date
        When, in ISO 8601.
    command
        ``analyze`` or ``live``.
    exercise, model, rule_sha256
        Id of the exercise, the pose model, and the fingerprint of the rule's file.
    recording
        What tells this recording from others; None = there is no other one like it.
    document
        Its session.json.
    reasons
        What that says in words, as codes; None = the session is older than that.
    """

    person: str
    date: str
    command: str
    exercise: str
    model: str
    rule_sha256: str | None
    recording: str | None
    document: str
    reasons: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A session of the history: its number, what was kept of it, its document as it is told now, and the person's own day."""

    number: int
    entry: Entry
    document: Document
    day: date


class History:
    """The sessions that were kept.

    The journal is SQLite's classic one: it needs no shared memory, so that a home folder on a network is a place for it too,
    and a session is written in milliseconds, which nobody waits for.

    Parameters
    ----------
    path
        The database; None = the user's own. What is not there yet is made when a session is added.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = history_file() if path is None else path

    def add(self, entry: Entry) -> int:
        """Keep a session, and return its number.

        Raises
        ------
        InputError, OutputError
            The history is damaged, of a newer formcheck or not ours; it cannot be written.
        """
        with in_plain_words(self.path, "written"):
            make_folder(self.path.parent, f"{VARIABLE}=DIR", 0o700)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, PRIVATE))
        with self._connected(writes=True) as connection:
            added = connection.execute(insert(SESSIONS).values(**_values(entry)))
            return int(added.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has one

    def sessions(self, person: str | None = None, numbers: Sequence[int] | None = None) -> list[Kept]:
        """Return sessions, the oldest first.

        Parameters
        ----------
        person
            Only this person's, empty = of nobody in particular; None = of everybody.
        numbers
            Only those of these numbers.

        Raises
        ------
        InputError
            The history is damaged, of a newer formcheck or not ours.
        """
        if not self._exists():
            return []
        wanted = select(SESSIONS).order_by(SESSIONS.c.date, SESSIONS.c.number)
        if person is not None:
            wanted = wanted.where(SESSIONS.c.person == person)
        if numbers is not None:
            wanted = wanted.where(SESSIONS.c.number.in_(numbers))
        with self._connected() as connection:
            return [_kept(row) for row in connection.execute(wanted)]

    def people(self) -> dict[str, int]:
        """Return who is in the history, and how many sessions each has; empty = nobody was named."""
        if not self._exists():
            return {}
        with self._connected() as connection:
            counted = select(SESSIONS.c.person, func.count()).group_by(SESSIONS.c.person).order_by(SESSIONS.c.person)
            return {str(person): int(count) for person, count in connection.execute(counted)}

    def numbers(self, person: str | None = None) -> list[int]:
        """Return the numbers of all sessions, or of one person's, in order."""
        if not self._exists():
            return []
        wanted = select(SESSIONS.c.number).order_by(SESSIONS.c.number)
        if person is not None:
            wanted = wanted.where(SESSIONS.c.person == person)
        with self._connected() as connection:
            return [int(number) for (number,) in connection.execute(wanted)]

    def replace_document(self, number: int, document: str) -> None:
        """Put another session.json in the place of that of a session: something was added to it.

        Raises
        ------
        InputError, OutputError
            As for `add`.
        """
        with self._connected(writes=True) as connection:
            connection.execute(update(SESSIONS).where(SESSIONS.c.number == number).values(document=document))

    def forget(self, numbers: Sequence[int]) -> None:
        """Delete sessions so that nothing of them is left in the file.

        Raises
        ------
        InputError, OutputError
            As for `add`.
        """
        with self._connected(writes=True) as connection:
            for number in numbers:
                connection.execute(delete(SESSIONS).where(SESSIONS.c.number == number))
        # What was deleted is overwritten already. This gives its room back, if nobody else is at work and there is room to do so.
        with suppress(sqlite3.Error), closing(_connect(self.path)) as connected:
            connected.execute("VACUUM")

    def _exists(self) -> bool:
        """Return whether anything was ever kept."""
        with in_plain_words(self.path, "read"):
            return self.path.exists()

    @contextmanager
    def _connected(self, *, writes: bool = False) -> Iterator[Connection]:
        """Yield a connection in a transaction, to a database of the present shape."""
        doing = "written" if writes else "read"
        with in_plain_words(self.path, doing):
            self._prepare()
            engine = _engine(self.path, "BEGIN IMMEDIATE" if writes else "BEGIN")
            with engine.begin() as connection:
                yield connection

    def _prepare(self) -> None:
        """Make the database one of the present shape, if it is not; refuse what is not ours to change."""
        with _engine(self.path, "BEGIN").begin() as connection:
            version = version_of(connection)
        self._refuse(version)
        if version == present_version():
            return
        with _engine(self.path, "BEGIN IMMEDIATE").begin() as connection:
            version = version_of(connection)  # another program may have been faster
            self._refuse(version)
            bring_up_to_date(connection, version or 0)

    def _refuse(self, version: int | None) -> None:
        if version is None:
            raise foreign(self.path)
        if version > present_version():
            raise newer(self.path, version, present_version())


def _engine(path: Path, begin: str) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=NullPool)
    # Whoever will write says so at once: two who read first and then want to write would wait for each other.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _connect(path: Path) -> sqlite3.Connection:
    """Return a connection to a database that exists; where it may only be read, reading works."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE_S, isolation_level=None
    )
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _values(entry: Entry) -> dict[str, str | None]:
    return {column.name: getattr(entry, column.name) for column in SESSIONS.columns if column.name != "number"}


def _kept(row: Sequence[Any]) -> Kept:
    number, *values = row
    entry = Entry(*values)  # the columns are its fields, in this order
    try:
        day = date.fromisoformat(entry.date[:10])
    except ValueError as error:
        raise damaged(number, str(error)) from error
    return Kept(number, entry, retold(document_of(number, entry.document), entry.reasons), day)
