"""Nothing that people read goes past the catalogues: spoken in brackets, no word of any command stands outside of them.

Names that are typed and ids, which are the same in every language, are no words.
"""

import html
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import html5lib
import pytest
import typer.main
from rich.console import Console

from formcheck import doctor
from formcheck.cli import app
from formcheck.cli_language import commands_of, in_language
from formcheck.cli_start import chosen
from formcheck.entry import run
from formcheck.exercise.rulebook import load_rules
from formcheck.history.store import History
from formcheck.output.records import session_document
from formcheck.plan.reading import bundled_plans
from formcheck.pose.recording_header import Run
from formcheck.replaying import replay
from samples.figure import best_view, chain, movement, observe
from tests.history.made import entry
from tests.recordings import recorded
from tests.translation.pseudo import bracketed, words_outside

RULES = load_rules([])
IDS = frozenset(
    {
        *RULES,
        *(level.id for rule in RULES.values() for level in rule.exercise.levels),
        *(check.id for rule in RULES.values() for check in rule.exercise.checks),
    }
)
NAMES = IDS | {
    "formcheck",
    "heavy",
    "full",
    "lite",
    "landmarks",
    "jsonl",
    "clip",
    "mp4",
    "SHA-256",
    "abababababab",
    "mediapipe",
    "litert",
}
COMMANDS = ("", "analyze", "live", "replay", "export", "exercises", "demo", "doctor", "plan", "plan list", "plan show", "plan check", "train", "history", "history show",
            "history compare", "history export", "history answer", "history forget")  # fmt: skip
ARGUMENTS = {
    parameter.name
    for command in commands_of(typer.main.get_command(app))
    for parameter in command.params
    if parameter.param_type_name == "argument"
}
HELP_NAMES = NAMES | {"bool", "str", "int", "float", "path", "list", "pytest", "python", "Path", "range"}


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Break no line, and speak in brackets."""
    monkeypatch.setenv("COLUMNS", "4000")
    monkeypatch.setenv("TERMINAL_WIDTH", "4000")
    with bracketed():
        yield


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Landmarks with repetitions of both sides, an attempt, faults, and checks that the view cannot show."""
    good = movement("lateral_lunge", reps=2)
    faulty = movement("lateral_lunge", reps=2, hold_s=1.0, knobs={"knee_in": 0.3})
    attempt = movement("lateral_lunge", reps=1, depth=0.45)
    moves = chain("lateral_lunge", None, (good, faulty, attempt))
    seen = observe(moves, best_view("lateral_lunge"), 10.0)
    return recorded(tmp_path_factory.mktemp("film") / "landmarks.jsonl", seen, Run("lateral_lunge"))


Told = Callable[..., tuple[int, str]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    def tell(*arguments: object) -> tuple[int, str]:
        code = run([str(argument) for argument in (*arguments, "--lang", "nl")])
        said = capsys.readouterr()
        return code, said.out + said.err

    return tell


def test_an_unmarked_sentence_would_be_found() -> None:
    assert words_outside("⟦All of⟧ that, 3 s, dead_bug", IDS) == {"that"}


@pytest.mark.parametrize("command", COMMANDS)
def test_help(told: Told, command: str) -> None:
    code, said = told(*command.split(), "--help")
    assert code == 0
    said = re.sub(r"--?[a-z][a-z-]*|[│╭╮╰╯─]", " ", said)
    shown = "formcheck " + command
    metavars = set(re.findall(r"\b[A-Z]{2,}\b|<[^>]*>", said))
    names = {word for found in (*metavars, *COMMANDS, shown) for word in re.findall(r"\w+", found)}
    assert words_outside(said, frozenset(HELP_NAMES | names | ARGUMENTS)) == set()


@pytest.mark.parametrize("name", [None, *RULES])
def test_exercises(told: Told, name: str | None) -> None:
    code, said = told("exercises", *([] if name is None else [name]))
    assert code == 0
    assert words_outside(said, NAMES) == set()


@pytest.mark.parametrize("line", ["plan list", "plan show hip-flexors", "plan show hip-mobility"])
def test_plans(told: Told, line: str) -> None:
    code, said = told(*line.split())
    assert code == 0
    assert words_outside(said, NAMES | set(bundled_plans())) == set()


def test_a_table(told: Told, recording: Path) -> None:
    code, said = told("replay", recording)
    assert code == 0
    assert words_outside(said, NAMES) == set()


def read_in(page: str) -> set[str]:
    """Return what people read in a page, or hear of it, that stands outside of brackets."""
    assert '<html lang="nl">' in page
    found: set[str] = set()
    for node in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if isinstance(node.tag, str) and node.tag not in ("style", "script", "meta"):
            for text in filter(None, (node.text, node.get("aria-label"), node.get("alt"), node.get("title"))):
                found |= words_outside(html.unescape(text), NAMES)
        found |= words_outside(node.tail or "", NAMES)
    return found


def test_a_report(told: Told, recording: Path, tmp_path: Path) -> None:
    assert told("replay", recording, "--out", tmp_path / "out")[0] == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert read_in(page) == set()
    words = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S)[1])["words"]  # type: ignore[index]
    assert all(words_outside(word) == set() for word in words.values())


def test_the_texts_of_session_json(recording: Path) -> None:
    document = session_document(replay(recording))
    for texts in (
        document["not_visible"], document["advice"], [document["title"]],
        [fault[name] for fault in document["faults"] for name in ("title", "cue")],
        [item[name] for item in document["not_assessed"] for name in ("title", "reason")],
        [rep["not_counted_because"] or "" for rep in document["reps"]],
    ):  # fmt: skip
        assert all(words_outside(text) == set() for text in texts)
    assert {rep["side"] for rep in document["reps"]} <= {"left", "right", None}


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    return History()


@pytest.mark.parametrize("line", ["history", "history show 1", "history compare 1 2", "history --person Anna",
                                  "history forget --yes 1", "history show 99"])  # fmt: skip
def test_history(told: Told, history: History, recording: Path, line: str) -> None:
    document = session_document(replay(recording))
    for day in (20, 21, 22):
        history.add(entry(document, date=f"2026-11-{day}T10:00:00+01:00"))
    history.add(entry(document, date="2026-11-23T10:00:00+01:00", person="Bo"))
    _code, said = told(*line.split())
    assert said
    assert words_outside(said, NAMES | {"Anna", "Bo", "live", "person"}) - {"--person"} == set()


@pytest.mark.parametrize("line", ["history --html", "history show 1 --html", "history compare 1 2 --html"])
def test_pages_of_the_history(told: Told, history: History, recording: Path, line: str, tmp_path: Path) -> None:
    document = session_document(replay(recording))
    for day in (12, 21, 22):
        history.add(entry(document, date=f"2026-11-{day}T10:00:00+01:00"))
    code, said = told(*line.split(), tmp_path / "page.html")
    assert (code, words_outside(said.replace(str(tmp_path), ""), NAMES | {"page"})) == (0, set())
    assert read_in((tmp_path / "page.html").read_text(encoding="utf-8")) - {"live", "person"} == set()


def test_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CAMERA_S", 0.1)
    monkeypatch.setattr(doctor, "examined_models", lambda timings: iter(()))
    packages = {*doctor.PACKAGES, "Python"}
    for finding in doctor.examine():
        said = re.sub(r"--[a-z]+|/[^⟧\s]+|\d[^⟧\s]*", " ", finding.as_text())
        assert (
            words_outside(said, frozenset(NAMES | packages | {"live", "EXERCISE", "ADDRESS"})) - FROM_ELSEWHERE == set()
        ), said


FROM_ELSEWHERE = frozenset(["Error", "querying", "device"])
"""What libraries say, which speak English."""


@pytest.mark.parametrize(
    "line",
    [
        "analyze", "analyze --list nothing.csv", "analyze a.mp4 b.mp4", "analyze c --list d.csv", "analyze a b -e c",
        "analyze a.mp4 -e dead-bug --scheduler x --local-cluster 2", "analyze nothing.mp4 -e dead-bug", "analyze . -e dead-bug", "analyze nothing.mp4 -e auto --level basic",
        "analyse", "live dead-bug --hold x", "live dead-bug --reps 2.5", "live dead-bug --reps 0", "exercises deadbug",
        "live dead-bug --sidee left", "live dead-bug --side Left", "live dead-bug --side", "demo nothing",
        "replay nothing.jsonl", "export nothing.jsonl --signals x.csv", "live dead-bug --camera /none.mp4 --headless",
        "live dead-bug --model huge --headless", "exercises --check nothing.py", "history compare 1 2",
        "history --person", "live dead-bug --level hard --headless", "exercises --rules nowhere", "doctor now",
        "live dead-bug --end-point 3 --headless", "analyze x.mp4 -e dead-bug --backend torch", "--lang tlh",
    ],
)  # fmt: skip
def test_errors(told: Told, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    code, said = told(*line.split()) if "--lang" not in line else (run(line.split()), "")
    assert code != 0
    typed = frozenset(re.findall(r"[A-Za-z][A-Za-z_'-]+", line))
    options = frozenset({"VIDEO", "LANDMARKS", "side", "hold", "reps", "level", "end-point"})
    assert words_outside(said, NAMES | typed | options) == set()
    assert len(said.splitlines()) <= 3


def test_every_declared_text_of_the_help_goes_through_the_catalogue() -> None:
    command = in_language(typer.main.get_command(app))
    assert words_outside(command.help) == set()


def test_the_start_screen() -> None:
    typed = iter(["x", str(len(bundled_plans()) + [*RULES].index("dead_bug") + 1), "9", "", ""])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(typed)

    with Console(record=True, width=4000, file=io.StringIO()) as console:
        assert chosen(ask, console) == ["live", "dead_bug"]
    words = words_outside(" ".join([console.export_text(), *asked]), NAMES | {"live", "English", "Nederlands"})
    assert words - {"p", "a", "h", "d", "o", "l", "q"} == set()
