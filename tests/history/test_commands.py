"""Whole runs: what analyze and live keep, and what the commands of the history make of it."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from formcheck.entry import run
from formcheck.exercise.rulebook import load_rules
from formcheck.history.keeping import keeping, recording_of
from formcheck.history.place import VARIABLE
from formcheck.history.store import History
from formcheck.live.options import LiveOptions
from formcheck.live.session import live
from formcheck.recorded_run import fingerprint_of
from formcheck.samples_folder import sample_clip
from tests.history.made import document, entry
from tests.live.test_session import Scene, film
from tests.test_cli import beginning

CLIP = sample_clip("childs_pose")
ANALYZE = ("analyze", "short.mp4", "-e", "childs-pose", "--model", "lite", "--no-video")

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def short_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return beginning(CLIP, tmp_path_factory.mktemp("clip") / "short.mp4", 1.0)


@pytest.fixture
def told(short_clip: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Run a command beside a clip of somebody who stands, and return its exit code and what it says."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.mp4").write_bytes(short_clip.read_bytes())
    monkeypatch.setenv("COLUMNS", "100")

    def tell(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return tell


def test_analyze_keeps_its_session_with_all_that_it_found(history: History, told: Told, tmp_path: Path) -> None:
    assert told(*ANALYZE, "--person", "Anna")[0] == 0
    (kept,) = history.sessions()
    written = json.loads((tmp_path / "short.mp4.formcheck" / "session.json").read_text(encoding="utf-8"))
    assert json.loads(kept.entry.document) == written
    assert (kept.entry.person, kept.entry.command, kept.entry.model) == ("Anna", "analyze", "lite")
    assert kept.entry.rule_sha256 == fingerprint_of(load_rules()["childs_pose"])
    assert "1 session (--person Anna)" in told("history")[1]
    assert "Child's pose" in told("history", "--person", "Anna")[1]


def test_no_history_keeps_nothing(history: History, told: Told) -> None:
    assert told(*ANALYZE, "--no-history")[0] == 0
    assert not history.path.parent.exists()


def test_a_history_that_cannot_be_written_never_costs_the_results(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("here is no folder")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    code, out, err = told(*ANALYZE)
    assert code == 0
    assert "Results are in" in out
    assert err.startswith("This session is not in the history.")
    assert len(err.splitlines()) == 2
    assert VARIABLE in err
    assert (tmp_path / "short.mp4.formcheck" / "session.json").exists()


def test_a_history_of_a_newer_formcheck_never_costs_the_results_of_a_live_session(
    history: History, tmp_path: Path
) -> None:
    history.add(entry())
    with closing(sqlite3.connect(history.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before, notes = history.path.read_bytes(), list[str]()
    lived = lived_with(tmp_path, keeping("live", None, notes.append))
    assert len(lived.session.counted) == 1
    assert lived.failure is None
    assert "newer formcheck" in notes[0]
    assert history.path.read_bytes() == before


def lived_with(tmp_path: Path, keep):
    scene = Scene(film(reps=1))
    return live(
        "lateral_lunge", LiveOptions(headless=True, muted=True, guided=False, model="heavy"), out=tmp_path / "results",
        camera=scene.camera, open_model=scene.open_model, keep=keep,
    )  # fmt: skip


def test_live_keeps_its_session_also_where_its_files_cannot_be_written(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formcheck.errors import OutputError

    def refuse(*_: object) -> None:
        raise OutputError("The disk is full.")

    monkeypatch.setattr("formcheck.live.session.write_session_json", refuse)
    lived = lived_with(tmp_path, keeping("live", "Piet", pytest.fail))
    assert lived.failure is not None
    (kept,) = history.sessions("Piet")
    assert (len(kept.document.counted), kept.entry.command, kept.entry.recording) == (1, "live", None)


def test_a_session_with_nobody_in_it_is_not_kept(history: History, tmp_path: Path) -> None:
    scene = Scene([type(one)(one.time_s, None) for one in film(reps=1)[:20]])
    live(
        "lateral_lunge", LiveOptions(headless=True, muted=True, guided=False, model="heavy"), out=tmp_path / "results",
        camera=scene.camera, open_model=scene.open_model, keep=keeping("live", None, pytest.fail),
    )  # fmt: skip
    assert not history.path.exists()


def test_a_recording_is_known_again_wherever_it_lies(tmp_path: Path) -> None:
    from formcheck.capture.frame import SourceInfo

    def known(path: Path, kind: str = "file") -> str | None:
        return recording_of(SourceInfo(kind, str(path), 1, 1, 1.0, 1, 1.0))

    (tmp_path / "moved.mp4").write_bytes(CLIP.read_bytes())
    (tmp_path / "other.mp4").write_bytes(CLIP.read_bytes()[:-1] + b"?")
    assert known(CLIP) == known(tmp_path / "moved.mp4") is not None
    assert known(CLIP) != known(tmp_path / "other.mp4")
    assert known(tmp_path) is not None
    assert known(tmp_path / "gone.mp4") is None
    assert known(CLIP, "camera") is None


def test_an_empty_history_says_so(history: History, told: Told) -> None:
    assert told("history") == (0, "The history holds no session yet.\n", "")
    assert told("history", "--person", "Anna") == (0, "The history holds no session of Anna yet.\n", "")
    assert told("history", "forget", "--all") == (0, "There is nothing to forget.\n", "")
    assert not history.path.parent.exists()


def test_a_session_is_shown_and_two_are_compared(history: History, told: Told) -> None:
    for model in ("heavy", "lite"):
        history.add(entry(document(model=model)))
    code, out, _ = told("history", "show", 1)
    assert code == 0
    for words in (
        "Session 1: Lateral lunge",
        "model",
        "SHA-256 abababababab",
        "1 left, 1 right",
        "bottom 5.2 s of 5.0 s",
    ):
        assert words in out
    assert json.loads(told("history", "show", 1, "--json")[1]) == document(model="heavy")
    code, out, _ = told("history", "compare", 1, 2)
    assert code == 0
    assert "the model: heavy, lite" in out


def test_the_list_shows_the_last_sessions_and_says_what_it_leaves_out(history: History, told: Told) -> None:
    for day in range(1, 13):
        history.add(entry(date=f"2026-10-{day:02}T10:00:00+01:00"))
    out = told("history")[1]
    assert "12 sessions on 12 days, since 2026-10-01." in out
    assert "The last 10 of 12" in out
    listed = [line.split()[0] for line in out.splitlines() if line[:1].isdigit() and "Lateral" in line]
    assert listed == [str(number) for number in range(3, 13)]
    assert "The last" not in told("history", "--last", 12)[1]


def test_everything_is_exported_and_nothing_overwritten(history: History, told: Told, tmp_path: Path) -> None:
    history.add(entry(person="Anna"))
    history.add(entry(document("dead_bug"), person="Piet"))
    assert told("history", "export", "all.csv") == (0, "2 sessions of the history in all.csv\n", "")
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as file:
        anna, piet = csv.DictReader(file)
    assert (anna["person"], anna["exercise"], anna["reps_left"], anna["held_s"]) == (
        "Anna",
        "lateral_lunge",
        "1",
        "5.2",
    )
    assert (anna["moved"], anna["range_left"], anna["range"]) == ("drop_toward_foot_l", "0.22", "")
    assert (piet["reps"], piet["moved"], piet["range"]) == ("2", "hip_flexion_deg", "44.0")
    assert told("history", "export", "piet.json", "--person", "Piet")[0] == 0
    exported = json.loads((tmp_path / "piet.json").read_text(encoding="utf-8"))
    assert [one["session"] for one in exported["sessions"]] == [document("dead_bug")]
    assert told("history", "export", "all.csv")[0] == 6
    assert told("history", "export", "all.xls")[0] == 2


def test_forgetting_asks_first_and_takes_only_what_was_named(
    history: History, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in ("", "Anna", "Anna", "Piet"):
        history.add(entry(person=person))
    monkeypatch.setattr("typer.confirm", lambda text, abort: pytest.fail(text))
    assert told("history", "forget", "1", "--yes") == (
        0, "Forgotten: 1 session. Folders with results are as they were.\n", "",
    )  # fmt: skip
    assert told("history", "forget", "--person", "Anna", "--yes")[0] == 0
    assert history.numbers() == [4]
    monkeypatch.undo()
    monkeypatch.setenv(VARIABLE, str(history.path.parent))
    monkeypatch.setattr("sys.stdin", io.StringIO())  # nobody answers
    assert told("history", "forget", "--all")[0] == 130
    assert history.numbers() == [4]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("history", "show", "9"), "no session 9"),
        (("history", "compare", "1", "9"), "no session 9"),
        (("history", "compare", "1", "2"), "shows Dead bug"),
        (("history", "forget", "1", "7", "8", "--yes"), "no session 7-8"),
        (("history", "forget"), "--all"),
        (("history", "forget", "1", "--all"), "--all"),
        (("history", "--person", " "), "--person"),
        (("history", "--person", "Anna", "forget", "1", "--yes"), "no effect"),
        ((*ANALYZE, "--person", "An\nna\x1b"), "--person"),
        ((*ANALYZE, "--person", "Anna", "--no-history"), "--no-history"),
    ],
)
def test_wrong_use_is_answered_with_what_is_possible(
    arguments: tuple[str, ...], words: str, history: History, told: Told
) -> None:
    history.add(entry())
    history.add(entry(document("dead_bug")))
    code, _, err = told(*arguments)
    assert code == 2
    assert words in err
    assert len(err.splitlines()) == 2
    assert history.numbers() == [1, 2]


def test_a_damaged_history_is_told_in_plain_lines(history: History, told: Told) -> None:
    history.path.parent.mkdir()
    history.path.write_bytes(b"SQLite format 3\0" + b"\x55" * 5000)
    for command in (("history",), ("history", "show", "1"), ("history", "export", "x.csv"), ("history", "forget", "1")):
        code, _, err = told(*command)
        assert code == 3, command
        assert "is damaged, or no history" in err
        assert len(err.splitlines()) == 2


def test_replay_and_the_demo_keep_nothing(history: History, told: Told, tmp_path: Path) -> None:
    from tests.recordings import recorded_figure

    assert told("replay", recorded_figure(tmp_path / "landmarks.jsonl"), "--out", "results")[0] == 0
    assert "--person" not in told("demo", "--help")[1]
    assert not history.path.parent.exists()


def test_nothing_is_loaded_for_it_where_nobody_asks() -> None:
    look = "import sys, formcheck.cli; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_thousand_sessions_are_looked_through_at_once(history: History, told: Told) -> None:
    history.add(entry(document(reps=10)))
    with closing(sqlite3.connect(history.path)) as connection, connection:
        names = "person, date, command, exercise, model, rule_sha256, recording, document"
        (row,) = connection.execute(f"SELECT {names} FROM session").fetchall()
        days = (
            f"2026-{month:02}-{day:02}T10:00:00+01:00"
            for month in range(1, 13)
            for day in range(1, 29)
            for _ in range(3)
        )
        rows = ((row[0], day, *row[2:]) for day in days)
        connection.executemany(f"INSERT INTO session ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    assert len(history.numbers()) > 1000
    told("history", "--last", "1")  # what is loaded once is loaded
    for command in (("history",), ("history", "compare", "3", "900"), ("history", "show", "7")):
        began_s = time.process_time()
        assert told(*command)[0] == 0
        assert time.process_time() - began_s < 1.0, command  # 0.3 s on two loaded cores
