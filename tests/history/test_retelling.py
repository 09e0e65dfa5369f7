"""A session that was kept in one language and is read in the other."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.session_result import Session
from formcheck.history.html import session_html
from formcheck.history.retelling import reasons_of
from formcheck.history.session_page import session_page
from formcheck.history.store import History
from formcheck.language import _, choose
from formcheck.output.records import session_document
from formcheck.replaying import replay
from tests.history.made import document, entry
from tests.output.sessions import CAMERA_ROLLED
from tests.output.test_exercise_page import printed
from tests.recordings import recorded_figure

TOO_SHORT = Reason(Code.TOO_SHORT_A_WAY, {"value": 38.5, "needed": 75.0}, {"unit": "deg", "signal": "hip_flexion_deg"})


def seen(folder: Path) -> Session:
    """Return a session with a reason of each kind, of a rule and of a recording, in the language of now."""
    recording = folder / "landmarks.jsonl"
    if not recording.exists():
        recorded_figure(recording, "dead_bug", 2)
    session = replay(recording, "lateral_lunge")
    assert session.nothing_counted_because is not None
    assert "context" in session.nothing_counted_because.words
    attempts = replay(recording).reps
    first = replace(attempts[0], counted=False, form=None, not_counted_because=TOO_SHORT)
    return replace(session, reps=(first,), advice=(CAMERA_ROLLED,))


def keep(history: History, session: Session, *, with_reasons: bool = True) -> None:
    history.add(replace(entry(session_document(session)), reasons=reasons_of(session) if with_reasons else None))


def pages(history: History) -> str:
    return "".join(printed(session_page(kept), 200) + session_html(kept) for kept in history.sessions())


@pytest.mark.parametrize(("kept_in", "read_in"), [("nl", "en"), ("en", "nl")])
def test_it_reads_as_if_it_had_been_kept_in_the_language_of_the_reader(
    kept_in: str, read_in: str, tmp_path: Path
) -> None:
    there, here = History(tmp_path / "there.db"), History(tmp_path / "here.db")
    choose(kept_in)
    keep(there, seen(tmp_path))
    choose(read_in)
    keep(here, seen(tmp_path))
    assert pages(there) == pages(here)
    (kept,) = there.sessions()
    told = {"en": "it came to 38° only; 75° counts", "nl": "het kwam maar tot 38°; 75° telt"}
    assert kept.document.reps[0].not_counted_because == told[read_in]


def test_a_session_from_before_reasons_were_kept_reads_on_and_says_what_it_can(
    history: History, tmp_path: Path
) -> None:
    choose("nl")
    session = seen(tmp_path)
    first = replace(session.reps[0], not_counted_because=Reason(Code.FIRST_FRAME))
    keep(history, replace(session, reps=(first,)), with_reasons=False)
    advice = tuple(session_document(session)["advice"])
    choose("en")
    (kept,) = history.sessions()
    assert kept.document.title == "Lateral lunge"
    assert kept.document.reps[0].not_counted_because == "already moving at the first frame"
    assert kept.document.advice == advice  # a sentence with numbers


def test_what_was_kept_stays_as_it_was_told(history: History, tmp_path: Path) -> None:
    choose("nl")
    session = seen(tmp_path)
    written = session_document(session)
    keep(history, session)
    choose("en")
    (kept,) = history.sessions()
    assert json.loads(kept.entry.document) == written


@pytest.mark.parametrize(
    "reasons",
    [
        "no JSON", "{}", '{"nothing_counted": {"code": "of_a_newer_formcheck"}}',
        '{"reps": [{"code": "too_short_a_way"}], "nothing_counted": {"code": "cut"}}', '{"advice": [null, null, null]}',
    ],
)  # fmt: skip
def test_reasons_that_say_nothing_leave_what_was_told(reasons: str, history: History, tmp_path: Path) -> None:
    choose("nl")
    session = seen(tmp_path)
    written = session_document(session)
    keep(history, session)
    with closing(sqlite3.connect(history.path)) as connection:
        connection.execute("UPDATE session SET reasons = ?", (reasons,))
        connection.commit()
    choose("en")
    (kept,) = history.sessions()
    assert kept.document.reps[0].not_counted_because == written["reps"][0]["not_counted_because"]
    assert kept.document.advice == tuple(written["advice"])


def test_what_an_answer_brought_in_another_language_is_told_too(history: History) -> None:
    says = "That was easy for you: try the level harder next time."
    history.add(entry(document("dead_bug", offer={"level": "harder", "says": says})))
    choose("nl")
    (kept,) = history.sessions()
    assert kept.document.offer is not None
    assert kept.document.offer.says == _(says) != says
    history.replace_document(
        kept.number, json.dumps(document("dead_bug", language="nl", offer={"level": "harder", "says": says}))
    )
    (kept,) = history.sessions()
    assert kept.document.offer is not None
    assert kept.document.offer.says == _(says)
