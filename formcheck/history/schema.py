"""The shape of the database, and how an older one becomes the present one.

A file says in its header that it is ours (`APPLICATION_ID`) and of which shape (``user_version``). Each step of `STEPS`
leads from one shape to the next; a shape that was ever released keeps its step and its test.
"""

from collections.abc import Callable

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table

APPLICATION_ID = 0x666F726D
"""“form”, in the place that SQLite gives to a program's mark."""

SESSIONS = Table(
    "session",
    MetaData(),
    # Counts up and is never given again: who wrote a number down finds the same session, or none.
    Column("number", Integer, primary_key=True),
    Column("person", String, nullable=False),
    Column("date", String, nullable=False),
    Column("command", String, nullable=False),
    Column("exercise", String, nullable=False),
    Column("model", String, nullable=False),
    Column("rule_sha256", String),
    Column("recording", String),
    # A long one: what lies before it is read without it.
    Column("document", String, nullable=False),
    Column("reasons", String),
    sqlite_autoincrement=True,
)
"""One row per session. ``recording`` tells one recording from another, ``document`` is session.json, and ``reasons`` holds as codes
what that says in the language of the session; there are none of sessions that were kept before."""

Step = Callable[[Connection], None]


def _create(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE session (number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, person VARCHAR NOT NULL, "
        "date VARCHAR NOT NULL, command VARCHAR NOT NULL, exercise VARCHAR NOT NULL, model VARCHAR NOT NULL, "
        "rule_sha256 VARCHAR, recording VARCHAR, document VARCHAR NOT NULL)"
    )
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _keep_reasons(connection: Connection) -> None:
    # Reads all of it first: nothing of a damaged history is changed.
    connection.exec_driver_sql("SELECT sum(length(document)) FROM session").all()
    connection.exec_driver_sql("ALTER TABLE session ADD COLUMN reasons VARCHAR")


STEPS: tuple[Step, ...] = (_create, _keep_reasons)
"""The first makes an empty file a history; each further one changes the shape that its predecessor left."""


def present_version() -> int:
    """Return the shape that this formcheck writes."""
    return len(STEPS)


def version_of(connection: Connection) -> int | None:
    """Return the shape of a database: 0 = an empty file, None = it is somebody else's."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if mark == APPLICATION_ID:
        return int(version)
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    return 0 if tables == 0 and version == 0 and mark == 0 else None


def bring_up_to_date(connection: Connection, version: int) -> None:
    """Bring a database of an older shape to the present one, within the transaction of the connection: whole or not at all."""
    for step in STEPS[version:]:
        step(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {present_version()}")
