"""What the command line says of rules: what is loaded, what is left out, and what they can measure."""

import shutil
from pathlib import Path

import pytest

from formcheck.entry import run
from formcheck.exercise.rulebook import bundled_folder

Capture = pytest.CaptureFixture[str]


def formcheck(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Run a command, and return its exit code."""
    monkeypatch.setenv("COLUMNS", "100")
    return run([*map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(bundled_folder() / "lateral_lunge.py", tmp_path / "side_lunge.py")
    (tmp_path / "broken.py").write_text("x = 1\n1 / 0\n")
    return tmp_path


def test_rules_says_what_it_loads_and_names_what_is_broken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert formcheck(monkeypatch, "exercises", "--rules", folder) == 0
    said = capsys.readouterr()
    assert "side_lunge" in said.out
    assert f"Rules from {folder}: side_lunge. Left out: broken." in said.err
    assert f"{folder / 'broken.py'}, line 2: ZeroDivisionError: division by zero" in said.err


def test_the_others_of_a_folder_can_be_used(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert formcheck(monkeypatch, "exercises", "side-lunge", "--rules", folder) == 0
    assert "(side_lunge)" in capsys.readouterr().out


def test_a_broken_rule_that_is_wanted_is_wrong_use_and_told_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert formcheck(monkeypatch, "analyze", "clip.mp4", "-e", "broken", "--rules", folder) == 2
    assert capsys.readouterr().err.count("ZeroDivisionError") == 1


def test_without_rules_nothing_is_said(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert formcheck(monkeypatch, "exercises") == 0
    assert capsys.readouterr().err == ""


def test_signals_are_listed(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert formcheck(monkeypatch, "exercises", "--signals") == 0
    said = capsys.readouterr().out
    assert "knee_flexion_deg" in said
    assert "LYING_ON_THE_BACK" in said


def test_numbers_are_for_who_wants_them(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert formcheck(monkeypatch, "exercises", "dead-bug") == 0
    assert "ACE-227" not in capsys.readouterr().out
    assert formcheck(monkeypatch, "exercises", "dead-bug", "--numbers") == 0
    said = capsys.readouterr().out
    assert "ACE-227" in said
    assert "What no camera sees" in said


def test_checking_a_file_prints_what_stands_in_it_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    rule = tmp_path / "side_lunge.py"
    text = (bundled_folder() / "lateral_lunge.py").read_text(encoding="utf-8")
    rule.write_text(text.replace('title="Lateral lunge"', 'title="[/b] Lunge [red]"'), encoding="utf-8")
    assert formcheck(monkeypatch, "exercises", "--check", rule) == 0
    assert "right. “[/b] Lunge [red]”" in capsys.readouterr().out
