"""Which language is spoken, and how numbers are written in it."""

import subprocess
import sys
from pathlib import Path

import pytest

from formcheck import language
from formcheck.entry import run
from formcheck.errors import UsageError
from formcheck.exercise.rulebook import bundled_folder, load_rule, load_rules
from formcheck.language import _, all_of, any_of, choose, choose_from, number, of_system


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_BE"}, "nl"),
        ({"LANG": "nl"}, "nl"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "nl_NL.UTF-8", "LANG": "en_US.UTF-8"}, "nl"),
        ({"LC_ALL": "C", "LC_MESSAGES": "nl_NL.UTF-8", "LANG": "nl_NL.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "nl_NL.UTF-8"}, "nl"),
        ({"FORMCHECK_LANG": "nl", "LC_ALL": "en_US.UTF-8"}, "nl"),
        ({"FORMCHECK_LANG": "en", "LANG": "nl_NL.UTF-8"}, "en"),
        ({"FORMCHECK_LANG": "tlh", "LANG": "nl_NL.UTF-8"}, "en"),
    ],
)
def test_the_environment_chooses(environment: dict[str, str], code: str) -> None:
    assert of_system(environment) == code


@pytest.mark.parametrize(("said", "code"), [("nl_NL\n", "nl"), ("nl-BE\n", "nl"), ("fr_FR\n", "en"), ("", "en")])
def test_a_mac_without_environment_says_its_language(said: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=said))
    assert of_system({}) == code


def test_where_the_system_does_not_say_its_language_it_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError("defaults")

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", refuse)
    assert of_system({}) == "en"


@pytest.mark.parametrize(
    "line",
    [("--lang", "nl", "doctor"), ("doctor", "--lang", "nl"), ("doctor", "--lang=nl"), ("doctor", "--lang", "nl-NL")],
)
def test_the_option_may_stand_anywhere_and_goes_before_the_environment(line: tuple[str, ...]) -> None:
    assert choose_from(line, {"FORMCHECK_LANG": "en", "LANG": "en_US.UTF-8"}) == ["doctor"]
    assert language.language() == "nl"


def test_what_stands_behind_two_dashes_is_no_option() -> None:
    assert choose_from(["analyze", "--", "--lang"], {}) == ["analyze", "--", "--lang"]


@pytest.mark.parametrize("line", [("--lang", "tlh"), ("--lang=",), ("doctor", "--lang")])
def test_a_language_that_there_is_not_is_wrong_use(line: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="There is no language"):
        choose_from(line, {})
    assert run(line) == 2
    assert capsys.readouterr().err.splitlines()[1] == "Say --lang en for English, or --lang nl for Dutch."


def test_every_run_chooses_anew(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exercises", "--lang", "nl"]) == 0
    assert "Zijwaartse lunge" in capsys.readouterr().out
    assert run(["exercises"]) == 0
    assert "Lateral lunge" in capsys.readouterr().out


def test_numbers_have_the_decimal_sign_of_the_language() -> None:
    said = (number(1.25, ".1f"), number(0.5), _("Stopped at {time_s:.1f} s.", time_s=3.25), number(7, ".0f"))
    assert said == ("1.2", "0.5", "Stopped at 3.2 s.", "7")
    choose("nl")
    said = (number(1.25, ".1f"), number(0.5), _("Stopped at {time_s:.1f} s.", time_s=3.25), number(7, ".0f"))
    assert said == ("1,2", "0,5", "Stopped at 3,2 s.", "7")


def test_a_text_with_a_point_or_with_braces_stays_as_it_is() -> None:
    choose("nl")
    assert _("There is nothing at {path}.", path="a.b/{c}.mp4") == "There is nothing at a.b/{c}.mp4."
    assert _("No {such} sentence.") == "No {such} sentence."


def test_the_texts_of_a_rule_are_translated_and_its_names_are_not() -> None:
    english = load_rules([])["hip_airplane"].exercise
    choose("nl")
    dutch = load_rules([])["hip_airplane"].exercise
    assert [check.id for check in dutch.checks] == [check.id for check in english.checks]
    assert [level.id for level in dutch.levels] == [level.id for level in english.levels]
    assert [item.position for item in dutch.movements_at(None)] == ["toward", "away"]
    assert dutch.checks[1].title == "Rug draait mee"
    assert all(one.cue != other.cue for one, other in zip(dutch.checks, english.checks, strict=True))  # type: ignore[attr-defined]
    assert dutch.context.condition is not None
    assert [check.bands[0].fault for check in dutch.checks] == [check.bands[0].fault for check in english.checks]


def test_a_rule_of_the_user_stays_in_its_own_language(tmp_path) -> None:
    text = (bundled_folder() / "childs_pose.py").read_text(encoding="utf-8")
    path = tmp_path / "mine.py"
    path.write_text(text.replace('"Child\'s pose"', '"Gebed"').replace("Reach the arms forward.", "Strek ze uit."))
    choose("nl")
    exercise = load_rule(path).exercise
    assert exercise.title == "Gebed"
    assert "Strek ze uit." in {getattr(check, "cue", None) for check in exercise.checks}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["analyze", "a.mp4", "-e", "auto", "--jobs", "0"], "--jobs moet minstens 1 zijn."),
        (["analyze", "--list", "none.csv"], "zo'n bestand of map is er niet"),
        (["replay", "none.jsonl"], "zo'n bestand of map is er niet"),
    ],
)
def test_what_the_parser_and_the_system_refuse_is_told_in_the_language(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--lang", "nl", *line]) in (2, 3)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "three", "choice"),
    [
        ("en", "the head, the trunk and the feet", "left or right"),
        ("nl", "the head, the trunk en the feet", "left of right"),
    ],
)
def test_lists_in_sentences_are_those_of_the_language(code: str, three: str, choice: str) -> None:
    choose(code)
    assert all_of(["the head", "the trunk", "the feet"]) == three
    assert any_of(iter(["left", "right"])) == choice
    assert (all_of(["{one}"]), any_of([])) == ("{one}", "")
