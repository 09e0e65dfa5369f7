"""Plan files: what they may say, and that each kind of mistake is told with its line and what to do."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli import app
from formcheck.errors import FormcheckError, InputError, UsageError
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import Programme
from formcheck.language import choose
from formcheck.plan.no_toml import why_no_toml
from formcheck.plan.reading import bundled_plans, fingerprint, plan_text, read_plan
from formcheck.plan.texts import how_much
from formcheck.plan.words import Plan, parts_of

RULES = load_rules([])
WHOLE = '''# A plan of somebody's own
title = "After the operation"
author = "A. Physio"
notes = """
Slowly.
Stop where it hurts."""
rest_s = 20

[[exercise]]
name = "hip-flexion"
level = "lying"
side = "left"
reps = 6
sets = 2
rest_s = 45
end_point_deg = { left = 92.5 }
muted_cues = ["too_fast"]
notes = "A hand under the small of your back."

[[exercise]]
name = "childs pose"
hold_s = 20
'''


def read(text: str) -> Plan:
    return read_plan(text, "mine.toml", RULES)


def refused(text: str) -> FormcheckError:
    with pytest.raises(UsageError) as caught:
        read(text)
    return caught.value


def test_everything_that_a_plan_can_say() -> None:
    plan = read(WHOLE)
    assert (plan.title, plan.author, plan.notes) == ("After the operation", "A. Physio", "Slowly. Stop where it hurts.")
    first, second = parts_of(plan, RULES)
    assert (first.rule.id, second.rule.id) == ("hip_flexion", "childs_pose")
    assert (first.rest_s, second.rest_s) == (45, 20)
    assert how_much(first) == "2 sets of 6 repetitions on the left side"
    assert how_much(second) == "1 repetition, held for 20 s"
    options = first.options({"left": 80.0, "right": 88.0})
    assert (options.level, options.side, options.reps) == ("lying", "left", 6)
    assert options.end_point_deg == (92.5, 88.0)  # what the plan says goes before what was measured
    assert second.options().hold_s == 20


@pytest.mark.parametrize(
    ("before", "after", "told", "remedy"),
    [
        ('title = "After the operation"', "", "title is missing.", "README"),
        ("rest_s = 20", "rest_s = -1", "line 7: rest_s is -1; expected a number from 0 to 900.", "README"),
        ("rest_s = 20", 'pause = "20"', "line 7: pause is no word of a plan.", "Known here: title, author"),
        (
            "sets = 2",
            "set = 2",
            "line 14: exercise 1, set is no word of a plan. Did you mean sets?",
            "Known here: name",
        ),
        ("sets = 2", "sets = 0", "line 14: exercise 1, sets is 0; expected a whole number from 1 to 20.", "README"),
        ("reps = 6", 'reps = "six"', "line 13: exercise 1, reps is 'six'; expected a whole number", "README"),
        ("reps = 6", "reps = true", "line 13: exercise 1, reps is True; expected a whole number", "README"),
        ("reps = 6", "reps = nan", "line 13: exercise 1, reps is nan; expected a whole number", "README"),
        ("hold_s = 20", "hold_s = inf", "line 22: exercise 2, hold_s is inf; expected a number from 0.5 to 3600", ""),
        (
            'side = "left"',
            'side = "Left"',
            "exercise 1, side is 'Left'; expected left or right. Did you mean left?",
            "",
        ),
        ('level = "lying"', 'level = "lieing"', "no level “lieing”. Did you mean lying?", "Its levels are: lying"),
        (
            '"hip-flexion"',
            '"hip flexing"',
            "line 10: exercise 1, name is “hip flexing”. There is no exercise",
            "Choose",
        ),
        ('name = "hip-flexion"', "", "line 9: exercise 1, name is missing.", "README"),
        ('name = "hip-flexion"', "name = 3", "line 10: exercise 1, name is 3; expected text on one line", "README"),
        ("hold_s = 20", 'side = "left"', "line 22: exercise 2, side is of no use: childs_pose has no sides", "README"),
        (
            "sets = 2",
            "hold_s = 5",
            "line 14: exercise 1, hold_s is of no use: nothing is held in hip_flexion",
            "README",
        ),
        ("hold_s = 20", "end_point_deg = { left = 9 }", "end_point_deg is of no use: childs_pose has no", "README"),
        (
            "{ left = 92.5 }",
            "{ up = 92.5 }",
            "line 16: exercise 1, end_point_deg is of “up”; expected left or",
            "README",
        ),
        ("{ left = 92.5 }", "{ left = 192.5 }", "end_point_deg is 192.5; expected a number from 0 to 180.", "README"),
        ('["too_fast"]', '["to_fast"]', "line 17: exercise 1, muted_cues holds “to_fast”", "Its faults are: head_"),
        ('["too_fast"]', '"too_fast"', "line 17: exercise 1, muted_cues is 'too_fast'; expected a list", "README"),
        ("hold_s = 20", 'level = "deep"', "has no level “deep”.", "It has none: leave out level."),
        ("[[exercise]]", "[[exercises]]", "exercises is no word of a plan. Did you mean exercise?", "Known here"),
        (
            "rest_s = 20",
            "rest_s = ",
            "mine.toml, line 7, column 10: no TOML. A value is expected here: a number",
            "README",
        ),
        (
            "rest_s = 20",
            "rest_s = 20\nrest_s = 21",
            "line 8, column 12: no TOML. What is said here was said before.",
            "README",
        ),
        (WHOLE, "", "mine.toml: exercise names no exercise; write [[exercise]]", "README"),
        (WHOLE, 'title = "A"\nexercise = 3', "line 2: exercise names no exercise", "README"),
        (WHOLE, 'title = "A"\nexercise = []', "line 2: exercise names no exercise", "README"),
        (WHOLE, 'title = "A"\nexercise = ["dead_bug"]', "line 2: exercise names no exercise", "README"),
        (WHOLE, 'title = " "\n[[exercise]]\nname = "dead_bug"', "line 1: title is ' '; expected text", "README"),
        (WHOLE, "a = " + "[" * 4000, "mine.toml is no TOML", "README"),
    ],
)
def test_every_kind_of_mistake_is_told_with_its_line_and_a_remedy(
    before: str, after: str, told: str, remedy: str
) -> None:
    assert before in WHOLE
    error = refused(WHOLE.replace(before, after))
    assert told in error.cause
    assert error.cause.startswith("mine.toml")
    assert remedy in error.remedy
    assert "\n" not in error.cause


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a b = 1", "line 1, column 3: no TOML. Behind the name of a value comes =."),
        ("title = 'x\n", "line 1: no TOML. A text is not closed"),
        ('title = "x', "line 1: no TOML. A text is not closed"),
        ('s = "a\nb"', "line 1, column 7: no TOML. A text is not closed"),
        ('notes = """\nx\n', "line 2: no TOML. A text is not closed"),
        ("[a\n", "line 1, column 3: no TOML. A bracket ] is missing."),
        ("[[exercise]\n", "line 1, column 11: no TOML. [[exercise]] begins and ends with two brackets"),
        ("sets = 1 2", "line 1, column 10: no TOML. The value ends before this"),
        ("rest_s = 5s", "line 1, column 11: no TOML. The value ends before this"),
        ("a = 1\na = 2", "line 2: no TOML. What is said here was said before."),
        ("[a]\n[a]\n", "line 2, column 3: no TOML. What is said here was said before."),
        ("name = dead-bug", "line 1, column 8: no TOML. A value is expected here"),
        ('s = "C:\\q"', "line 1, column 10: no TOML. A backslash"),
        ("x = [1 2]", "line 1, column 8: no TOML. A list is not closed"),
        ("x = { a = 1 b = 2 }", "column 13: no TOML. A brace is not closed"),
        ("= 1", "line 1, column 1: no TOML. A line begins with a name"),
    ],
)
def test_what_is_no_toml_is_told_in_plain_words_with_its_place(text: str, told: str) -> None:
    error = refused(text)
    assert error.cause.startswith("mine.toml, line")
    assert told in error.cause
    choose("nl")
    dutch = refused(text).cause
    assert dutch.startswith("mine.toml, regel")
    assert told.partition("no TOML.")[2] not in dutch


def test_what_nobody_foresaw_is_told_with_its_place_only() -> None:
    error = tomllib.TOMLDecodeError("Something new in a later Python (at line 3, column 4)")
    assert why_no_toml("mine.toml", "", error) == "mine.toml, line 3, column 4: no TOML."
    assert why_no_toml("mine.toml", "", tomllib.TOMLDecodeError("Odd")) == "mine.toml is no TOML."


def test_a_line_is_found_behind_text_that_looks_like_keys() -> None:
    text = 'title = "A"\nnotes = """\n[[exercise]]\nreps = 3\n"""\n[[exercise]]\nname = "dead_bug"\nreps = 0\n'
    assert "line 8: exercise 1, reps is 0" in refused(text).cause
    inline = 'title = "A"\nexercise = [{ name = "dead_bug", reps = 0 }]\n'
    assert refused(inline).cause.startswith("mine.toml: exercise 1, reps is 0")


def test_the_plans_that_come_with_formcheck_are_whole_programmes_without_numbers_of_the_rules() -> None:
    programmes: dict[Programme, set[str]] = {}
    for rule in RULES.values():
        if rule.exercise.dose.programme is not None:
            programmes.setdefault(rule.exercise.dose.programme, set()).add(rule.id)
    plans = {name: read_plan(text, name, RULES) for name, text in bundled_plans().items()}
    assert {plan.title for plan in plans.values()} == {programme.title for programme in programmes}
    for plan in plans.values():
        (programme,) = (item for item in programmes if item.title == plan.title)
        assert {task.name for task in plan.exercise} == programmes[programme]
        for part in parts_of(plan, RULES):
            assert (part.task.reps, part.task.hold_s) == (None, None)
            assert part.reps == part.exercise.dose.reps


def test_a_plan_is_found_by_its_name_or_its_file(tmp_path: Path) -> None:
    assert plan_text("Hip_Mobility")[0] == "hip-mobility"
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    name, text = plan_text(str(path))
    assert name == "mine"
    assert read(text) == read(WHOLE)
    assert fingerprint(text) == fingerprint(WHOLE)
    with pytest.raises(UsageError, match="Did you mean hip-flexors"):
        plan_text("hip-flexor")
    path.write_bytes(b"title = '\xff'")
    with pytest.raises(InputError, match="no text in UTF-8"):
        plan_text(str(path))
    with pytest.raises(UsageError, match="no such file"):
        plan_text(str(tmp_path))


def test_the_commands(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE, encoding="utf-8")

    def told(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["plan", *arguments])
        assert result.exit_code == 0, result.output
        return " ".join(result.output.split())

    assert "hip-flexors" in told("list")
    assert "mine.toml: right. “After the operation”, 2 exercises." in told("check", str(path))
    shown = told("show", str(path))
    for said in (
        "By A. Physio.",
        "45 s after each set.",
        "left 92.5°",
        "too fast",
        "A hand under the small of your back.",
    ):
        assert said in shown
    assert read(CliRunner().invoke(app, ["plan", "show", "hip-flexors", "--toml"]).output).title == "Hip flexors"
    path.write_text(WHOLE.replace("sets = 2", "sets = 99"), encoding="utf-8")
    failed = CliRunner().invoke(app, ["plan", "check", str(path)])
    assert isinstance(failed.exception, UsageError)
    assert failed.exception.exit_code == 2
