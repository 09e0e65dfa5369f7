"""The database keeps what it was given, whoever else is at work, whatever dies, and whichever version made it."""

import json
import multiprocessing
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from formcheck.errors import FormcheckError, InputError, OutputError
from formcheck.exercise.session_result import Session
from formcheck.history import schema, store
from formcheck.history.comparing import comparison
from formcheck.history.figures import figures_of
from formcheck.history.session_page import session_page
from formcheck.history.store import History
from formcheck.output.records import session_document
from tests.history.made import document, entry
from tests.output.conftest import disk_limit  # noqa: F401  # a fixture
from tests.output.sessions import sessions as any_session
from tests.output.test_exercise_page import printed

RELEASED = Path(__file__).parents[1] / "data" / "history"


def dumped(path: Path, version: int) -> Path:
    """Make the database that a released version left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((RELEASED / f"schema_{version}.sql").read_text(encoding="utf-8"))
    return path


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_what_is_kept_comes_back_whole(history: History) -> None:
    made = entry(person="Anna", recording="cd" * 32)
    number = history.add(made)
    (kept,) = history.sessions("Anna")
    assert (kept.number, kept.entry, str(kept.day)) == (number, made, "2026-11-28")
    assert json.loads(kept.entry.document) == document()
    assert history.people() == {"Anna": 1}
    assert history.sessions("") == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_session, max_size=2))
def test_any_session_can_be_kept_and_read(history: History, made: list[Session]) -> None:
    before = len(history.numbers())
    for session in made:
        history.add(entry(session_document(session)))
    kept = history.sessions()[before:]
    assert [json.loads(one.entry.document) for one in kept] == [session_document(session) for session in made]
    for one, session in zip(kept, made, strict=True):
        figures = figures_of([one])
        assert (figures.reps, figures.clean) == (len(session.counted), session.clean_reps)
        assert f"Session {one.number}" in printed(session_page(one))
        assert printed(comparison(one, one))


def test_nothing_is_made_by_looking(history: History) -> None:
    assert history.sessions() == []
    assert history.people() == {}
    assert not history.path.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions differ on Windows")
def test_only_its_owner_can_read_it(history: History) -> None:
    history.add(entry())
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.path.parent.stat().st_mode) == 0o700


def test_what_is_forgotten_is_gone_for_good_and_nothing_else_is(history: History) -> None:
    secret = "only-anna-knows-this" * 400
    numbers = [history.add(entry(document(title=title))) for title in ("Kept", secret, "Kept too")]
    assert b"only-anna-knows-this" in bytes_of(history.path.parent)
    history.forget([numbers[1]])
    assert b"only-anna-knows-this" not in bytes_of(history.path.parent)
    assert [kept.document.title for kept in history.sessions()] == ["Kept", "Kept too"]
    history.forget([numbers[2]])
    assert history.add(entry()) > numbers[2], "a number is never given twice"


def _add(path: Path, count: int) -> None:
    for _ in range(count):
        History(path).add(entry())


def test_what_is_forgotten_is_gone_even_where_its_room_cannot_be_given_back(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.add(entry(document(title="only-anna-knows-this" * 400)))
    kept = history.add(entry())
    connect = store._connect

    def stays_large(path: Path) -> sqlite3.Connection:
        connected = connect(path)
        connected.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK
        )
        return connected

    monkeypatch.setattr(store, "_connect", stays_large)
    size = history.path.stat().st_size
    history.forget([1])
    assert history.path.stat().st_size == size
    assert b"only-anna-knows-this" not in bytes_of(history.path.parent)
    assert history.numbers() == [kept]


def test_two_writers_at_once_lose_nothing(history: History) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add, args=(history.path, 10)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert history.numbers() == list(range(1, 21))


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_killed_in_the_middle_of_writing_it_loses_nothing(history: History) -> None:
    command = [sys.executable, "-m", "tests.history.hammer", str(history.path), "15"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    confirmed, found, _ = map(int, done.stdout.split())
    assert found == confirmed >= 15
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_somebody_who_writes_for_ever_is_told(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    history.add(entry())
    monkeypatch.setattr(store, "PATIENCE_S", 0.1)
    with closing(sqlite3.connect(history.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OutputError, match="another formcheck"):
            history.add(entry())
        with pytest.raises(InputError, match="another formcheck"):
            history.sessions()
    assert history.numbers() == [1]


def test_a_full_disk_is_told_and_loses_nothing(
    history: History,
    disk_limit: Callable[[int], AbstractContextManager[None]],  # noqa: F811
) -> None:
    history.add(entry())
    with disk_limit(30_000), pytest.raises(OutputError, match="cannot be written") as caught:
        _add(history.path, 10)
    assert "FORMCHECK_DATA" in caught.value.remedy
    history.add(entry())
    assert len(history.sessions()) >= 2


def test_every_schema_that_was_released_has_its_example() -> None:
    known = sorted(path.name for path in RELEASED.iterdir())
    assert known == [f"schema_{version}.sql" for version in range(1, len(schema.STEPS) + 1)]


@pytest.mark.parametrize("version", range(1, len(schema.STEPS) + 1))
def test_a_history_of_any_released_schema_is_read_and_added_to(history: History, version: int) -> None:
    dumped(history.path, version)
    first, second = history.sessions()
    assert (first.entry.person, first.document.title, len(first.document.counted)) == ("", "Lateral lunge", 2)
    assert (second.entry.person, second.number, second.entry.rule_sha256) == ("Anna", 4, "ab" * 32)
    assert history.add(entry()) == 5
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(schema.STEPS),)


def _with_place(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE session ADD COLUMN place TEXT NOT NULL DEFAULT 'home'")


def _fails_midway(connection: Connection) -> None:
    _with_place(connection)
    connection.exec_driver_sql("UPDATE session SET nonsense = 1")


def test_an_older_schema_is_brought_up_to_date_with_all_that_it_holds(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumped(history.path, 1)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, _with_place))
    assert [kept.number for kept in history.sessions()] == [1, 4]
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("SELECT number, place FROM session").fetchall() == [(1, "home"), (4, "home")]
        assert connection.execute("PRAGMA user_version").fetchone() == (len(schema.STEPS),)


def test_a_step_that_fails_leaves_the_history_as_it_was(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dumped(history.path, 1).read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", (*schema.STEPS, _fails_midway))
        with pytest.raises(FormcheckError):
            history.add(entry())
    assert history.path.read_bytes() == before
    assert [kept.number for kept in history.sessions()] == [1, 4]


def newer(path: Path) -> None:
    dumped(path, 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def no_database(path: Path) -> None:
    path.write_text("Dear diary, today I did ten lateral lunges.\n" * 30)


def damaged(path: Path) -> None:
    whole = dumped(path, 1).read_bytes()
    path.write_bytes(whole[:4096] + b"\x55" * (len(whole) - 4096))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (newer, "newer formcheck"), (of_another_program, "no history of formcheck"), (no_database, "damaged"),
        (damaged, "damaged"),
    ],
)  # fmt: skip
def test_what_is_not_ours_to_change_is_refused_and_not_touched(
    make: Callable[[Path], None], words: str, history: History
) -> None:
    history.path.parent.mkdir()
    make(history.path)
    before = history.path.read_bytes()
    with pytest.raises(InputError, match=words):
        history.sessions()
    with pytest.raises(InputError, match=words):
        history.add(entry())
    assert history.path.read_bytes() == before
    assert [path.name for path in history.path.parent.iterdir()] == [history.path.name]


@pytest.mark.parametrize("changes", [{"document": "{"}, {"date": "yesterday"}])
def test_a_session_that_cannot_be_read_is_named_and_can_be_forgotten(history: History, changes: dict[str, str]) -> None:
    history.add(entry())
    broken = history.add(entry(None, **changes))
    with pytest.raises(InputError, match=f"Session {broken}") as caught:
        history.sessions()
    assert caught.value.remedy == f"Remove it with: formcheck history forget {broken}"
    history.forget([broken])
    assert [kept.number for kept in history.sessions()] == [1]
