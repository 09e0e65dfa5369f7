"""The pages of the history for a browser: they stand alone, and say what the terminal says."""

import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from formcheck.entry import run
from formcheck.history.figures import figures_of
from formcheck.history.html import MOST_SESSIONS, comparison_html, history_html, session_html
from formcheck.history.overview import overview
from formcheck.history.store import History, Kept
from formcheck.output.report.texts import ENGLISH
from tests.browser import DESK, ONE_AT_A_TIME, PHONE, Browser
from tests.history.made import document, entry
from tests.history.test_trends import PROGRAMMES, TODAY, kept, moved, printed
from tests.output.report.test_report import page_of, tags, text_of

WEEKS = [
    kept(number, moved({"left": 60.0 + number, "right": 90.0 + number}), TODAY - timedelta(days=20 - number))
    for number in range(1, 19)
]
LUNGES = [kept(number, document(reps=number % 5 + 1), TODAY - timedelta(days=60 - number)) for number in range(20, 60)]


def of(sessions: list[Kept], person: str = "") -> str:
    return history_html(sessions, PROGRAMMES, TODAY, person=person)


def test_it_needs_nothing_from_outside() -> None:
    for html in (of(WEEKS), session_html(WEEKS[0]), comparison_html(WEEKS[0], WEEKS[-1])):
        assert not re.search(r"https?:|//[a-z]|@import|url\(|<script|<img|<link", html)
        assert "default-src 'none'" in html
        assert ENGLISH["coaching"] in text_of(html)


def test_it_says_what_the_terminal_says() -> None:
    sessions = [*WEEKS, *LUNGES]
    html, told = text_of(of(sessions)), re.sub(r"\s+", " ", printed(overview(sessions, PROGRAMMES, TODAY)))
    sentences = re.findall(r"Hip \w+, asked for [^.]*\.|Range[ :].*? within the error of measurement\.", told)
    assert {sentence.split()[0].strip(":") for sentence in sentences} == {"Hip", "Range"}
    assert all(sentence.strip() in html for sentence in sentences)
    assert "none seen" in told
    assert all(str(session.day) in html for session in WEEKS)


def test_charts_hold_every_value_and_nothing_leaves_them() -> None:
    html = of(WEEKS)
    labels = [node.attrib["aria-label"] for node in tags(html, "svg")]
    assert [label.partition(":")[0] for label in labels] == [
        "Repetitions", "Clean, of those that could be judged", "Range", "How much farther the right side goes",
    ]  # fmt: skip
    assert f"{WEEKS[0].day}: 61° / 91°" in labels[2]
    assert f"{WEEKS[-1].day}: 30°" in labels[3]
    for node in [*tags(html, "path"), *tags(html, "rect")]:
        drawn = " ".join(value for key, value in node.attrib.items() if key in ("d", "x", "y", "width", "height"))
        assert all(-0.01 <= float(number) <= 1000 for number in re.findall(r"-?[\d.]+", drawn))
    drawn_as = [node.attrib.get("class") for name in ("path", "rect", "line", "span") for node in tags(html, name)]
    assert drawn_as.count("day done") == len(WEEKS)
    assert drawn_as.count("bar clean") == len([one for one in WEEKS if figures_of([one]).clean])
    for side in ("left", "right"):
        assert {f"curve {side}", f"dots {side}", f"error {side}"} <= set(drawn_as)
    assert {"right-band middle", "curve middle", "grid"} <= set(drawn_as)


def test_long_practice_is_drawn_in_weeks() -> None:
    (label, *_) = [node.attrib["aria-label"] for node in tags(of(LUNGES), "svg")]
    days = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", label)]
    assert len(days) < 10
    assert {day.weekday() for day in days} == {0}


@pytest.mark.parametrize("sessions", [WEEKS[:1], [kept(1, document("childs_pose", 1))], LUNGES[:2]])
def test_little_makes_a_valid_page_too(sessions: list[Kept]) -> None:
    html = of(sessions)
    assert (ENGLISH["history_no_trend"] in text_of(html)) is (len(sessions) == 1)


def test_a_session_has_its_faults_and_what_to_do() -> None:
    changed = document()
    changed["reps"][0] |= {"form": "faults", "faults": ["knee_caves_in"]}
    changed["faults"] = [
        {"id": "knee_caves_in", "title": "Knee caves in", "severity": "minor", "rep": 1, "cue": "Push the knee out."}
    ]
    text = text_of(session_html(kept(7, changed)))
    assert "Knee caves in minor What to do: Push the knee out. In repetition 1" in text


def test_a_session_has_what_the_person_answered() -> None:
    asked = {"id": "effort", "ask": "How hard was it?", "kind": "0_to_10"}
    answered = document(questions=[asked], answers=[{"id": "effort", "value": 3, "set": None}])
    assert "How hard was it? 3 of 10." in text_of(session_html(kept(7, answered)))


def test_names_from_outside_are_only_text() -> None:
    html = of(WEEKS, person="<script>alert(1)</script>")
    assert not tags(html, "script")
    assert "<script>alert(1)</script>: 18 sessions" in text_of(html)


def test_many_sessions_are_quick() -> None:
    many = [kept(number, day=TODAY - timedelta(days=number % 300)) for number in range(1, 1001)]
    began = time.process_time()
    html = of(many)
    assert time.process_time() - began < 5
    assert ENGLISH["history_left_out"].format(shown=MOST_SESSIONS, all=1000) in text_of(html)


@pytest.fixture
def practised(history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for days in (1, 2, 3):
        history.add(entry(document(), date=f"2026-11-{days:02}T10:00:00+01:00"))
    history.add(entry(document("childs_pose", 1)))
    return tmp_path


def test_commands_write_the_pages(practised: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = (["history"], ["history", "show", "1"], ["history", "compare", "1", "3"])
    for number, command in enumerate(commands):
        assert run([*command, "--html", f"new/{number}.html"]) == 0
        assert f"{number}.html" in capsys.readouterr().out
        page_of((practised / "new" / f"{number}.html").read_text(encoding="utf-8"))
        assert run([*command, "--html", f"new/{number}.html"]) == 6
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["history", "--html", "page.pdf"], "does not end in .html"),
        (["history", "show", "1", "--json", "--html", "page.html"], "Leave one out"),
        (["history", "--html", "page.html", "show", "1"], "has no effect"),
        (["history", "compare", "1", "4", "--html", "page.html"], "Compare two sessions of one exercise"),
    ],
)
def test_wrong_use_writes_nothing(
    practised: Path, command: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command) == 2
    assert words in capsys.readouterr().err
    assert not list(practised.glob("page*"))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Browser]:
    yield browser
    browser.close_all()


@ONE_AT_A_TIME
def test_everybody_can_read_them(open_page: Browser, tmp_path: Path) -> None:
    pages = {"all": of([*WEEKS, *LUNGES]), "one": session_html(WEEKS[0]), "two": comparison_html(*WEEKS[:2])}
    for name, html in pages.items():
        path = tmp_path / f"{name}.html"
        path.write_text(html, encoding="utf-8")
        for width, dark in ((PHONE, True), (DESK, False))[: 2 if name == "all" else 1]:
            opened = open_page.open(path, width, dark=dark)
            assert not opened.overflows
            assert opened.barriers() == []
            assert opened.complaints == []
            assert opened.asked_for == []
