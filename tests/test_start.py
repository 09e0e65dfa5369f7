"""The start screen: what is chosen becomes a command line that works, in a terminal only."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from rich.console import Console

from formcheck import language
from formcheck.cli import app
from formcheck.cli_start import chosen
from formcheck.exercise.rulebook import load_rules
from formcheck.plan.reading import bundled_plans, read_plan
from formcheck.plan.texts import title_of
from formcheck.plan.words import parts_of

if sys.platform != "win32":
    import pty

RULES, PLANS = list(load_rules()), list(bundled_plans())


def number(name: str) -> str:
    return str([*PLANS, *RULES].index(name) + 1)


def start(*typed: str) -> tuple[list[str], str]:
    """Return the command line that comes of what is typed, and what was shown."""
    answers = iter(typed)

    def ask(_question: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    with Console(record=True, width=100, file=Path(os.devnull).open("w", encoding="utf-8")) as console:
        line = chosen(ask, console)
    console.file.close()
    return line, console.export_text()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    language.choose("en")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ((number("hip-mobility"), ""), ["train", "hip-mobility"]),
        ((number("hip-flexors"), "1"), ["train", "hip-flexors", "--camera", "1"]),
        ((number("childs_pose"), "", ""), ["live", "childs_pose"]),
        ((number("dead_bug"), "2", ""), ["live", "dead_bug", "--level", "harder"]),
        ((number("dead_bug"), "7", "", "rtsp://cam"), ["live", "dead_bug", "--camera", "rtsp://cam"]),
        ((number("dead_bug"), "b", number("lateral_lunge"), "b", "d"), ["demo"]),
        (("99", "x", "h"), ["history"]),
        ((number("hip-mobility"), "b", number("dead_bug"), "", "B", "p", "mine.toml", "b", "d"), ["demo"]),
        (("O",), ["doctor"]),
        (("a", "'my clip.mp4'"), ["analyze", "my clip.mp4", "-e", "auto"]),
        (("p", "mine.toml", ""), ["train", "mine.toml"]),
        (("a", "", "p", "", "q"), []),
        (("",), []),
        ((), []),
        ((number("dead_bug"),), []),
    ],
)
def test_what_is_chosen_becomes_a_command(typed: tuple[str, ...], line: list[str]) -> None:
    made, shown = start(*typed)
    assert made == line
    if not line:
        return
    assert f"formcheck {line[0]}" in shown
    command = typer.main.get_command(app).commands[line[0]]  # type: ignore[attr-defined]
    command.make_context(line[0], list(line[1:]))  # every option is one


def test_every_exercise_is_told_about_before_it_begins() -> None:
    for name in RULES:
        line, shown = start(number(name), "", "")
        assert line == ["live", name]
        exercise = load_rules()[name].exercise
        for text in (exercise.summary, exercise.camera):
            assert text[:40] in " ".join(shown.split())


def test_every_plan_is_told_about_before_it_begins() -> None:
    for name in PLANS:
        line, shown = start(number(name), "")
        assert line == ["train", name]
        told = " ".join(shown.split())
        for part in parts_of(read_plan(bundled_plans()[name], name, load_rules()), load_rules()):
            assert " ".join(title_of(part).split()[:2]) in told
            assert " ".join(part.exercise.camera.split()[:2]) in told


def test_the_language_is_chosen_there_too() -> None:
    _line, shown = start("l", "q")
    assert "Nederlands" in shown
    assert "Zijwaartse lunge" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("typed", "told"), [(b"q\n", "What do you want to do?"), (b"\x03", "Stopped.")])
def test_formcheck_alone_in_a_terminal_asks(typed: bytes, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_LANG", "en")
    shown, sent = b"", False

    def read(descriptor: int) -> bytes:
        nonlocal shown, sent
        data = os.read(descriptor, 1024)
        shown += data
        if b"letter:" in shown and not sent:
            sent = True
            os.write(descriptor, typed)
        return data

    status = pty.spawn([sys.executable, "-m", "formcheck"], read)
    assert os.waitstatus_to_exitcode(status) == (0 if typed == b"q\n" else 130)
    assert told in shown.decode(errors="replace")


def test_formcheck_alone_in_a_pipe_helps(capfd: pytest.CaptureFixture[str]) -> None:
    from formcheck.entry import run

    run([])
    assert "Usage:" in capfd.readouterr().out
