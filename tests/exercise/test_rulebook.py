"""Rules are found where they are said to be; a broken one says which file, which line, and what to do."""

import importlib.metadata
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import formcheck.exercise.rulebook as rulebook
from formcheck.errors import UsageError
from formcheck.exercise.rulebook import bundled_folder, find_rule, load_rule, load_rules
from formcheck.exercise.words import Exercise

NINE = {
    "hip_airplane", "kettlebell_shift", "hip_90_90", "spiderman_lunge", "childs_pose", "lateral_lunge", "hip_flexion",
    "plank_hip_flexion", "dead_bug",
}  # fmt: skip
WHOLE = '''"""Bow and rise."""
from formcheck.body.signals import torso_inclination_deg, knee_flexion_deg
from formcheck.body.view import View
from formcheck.exercise.words import JUDGEMENT, Band, Context, Dose, Exercise, Fault, Movement, Severity, Start, rises

EXERCISE = Exercise(
    title="Bow",
    summary="Bow and rise.",
    views=(View.SIDE,),
    camera="From the side.",
    context=Context("any", torso_inclination_deg < 180), start=Start("upright", torso_inclination_deg < 20),
    movement=Movement(
        position="bow",
        witnesses=(rises(torso_inclination_deg, by=40, to=60),),
    ),
    dose=Dose(reps=5, per_side=False, advice="5"),
    not_visible=(),
)
'''

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a rule file."""

    def write_rule(text: str, name: str = "bow.py") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_rule


def test_the_nine_are_found() -> None:
    rules = load_rules()
    assert set(rules) == NINE
    assert list(rules) == sorted(rules)
    for rule in rules.values():
        assert Path(rule.origin).parent == bundled_folder()
        assert rule.exercise.title


def test_a_file_is_a_rule_by_its_name(write: Write) -> None:
    rule = load_rule(write(WHOLE))
    assert (rule.id, rule.exercise.title) == ("bow", "Bow")


def test_a_folder_adds_and_replaces(write: Write, tmp_path: Path) -> None:
    write(WHOLE)
    write(WHOLE, "dead_bug.py")
    write("this is no rule", "_helper.py")
    rules = load_rules([tmp_path])
    assert set(rules) == NINE | {"bow"}
    assert rules["dead_bug"].exercise.title == "Bow"
    assert rules["dead_bug"].origin == str(tmp_path / "dead_bug.py")


def test_the_later_folder_wins(write: Write, tmp_path: Path) -> None:
    write(WHOLE, "first/bow.py")
    write(WHOLE.replace('"Bow"', '"Deep bow"'), "second/bow.py")
    assert load_rules([tmp_path / "first", tmp_path / "second"])["bow"].exercise.title == "Deep bow"


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder of rules") as caught:
        load_rules([tmp_path / "nowhere"])
    assert "--rules" in caught.value.remedy


@pytest.mark.parametrize("name", ["dead-bug", "Dead_Bug", " dead bug ", "dead_bug"])
def test_names_are_written_in_any_way(name: str) -> None:
    assert find_rule(load_rules(), name).id == "dead_bug"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no exercise “deadlift”") as caught:
        find_rule(load_rules(), "deadlift")
    assert all(name in caught.value.remedy for name in NINE)
    assert caught.value.exit_code == 2


BROKEN = {
    "syntax": (WHOLE.replace("witnesses=(", "witnesses=(("), None, "was never closed", "Correct the line"),
    "missing comma": (WHOLE.replace('"Bow",', '"Bow"'), 7, "comma", "Correct the line"),
    "nothing declared": (WHOLE.replace("EXERCISE", "BOW"), None, "no EXERCISE", "Add EXERCISE = Exercise"),
    "something else": ("EXERCISE = 5\n", None, "no EXERCISE", "Add EXERCISE = Exercise"),
    "empty": ("", None, "no EXERCISE", "Add EXERCISE = Exercise"),
    "unknown signal": (
        WHOLE.replace("import torso_inclination_deg,", "import torso_deg,"), 2, "torso_deg", "exercises --signals"),
    "unknown module": ("import no_such_module\n" + WHOLE, 1, "no_such_module", "Install what it imports"),
    "unknown name": (WHOLE.replace("View.SIDE", "Viev.SIDE"), 9, "Did you mean View?", "correct its spelling"),
    "unknown view": (WHOLE.replace("View.SIDE", "View.SIED"), 9, "SIED", "Correct the rule"),
    "unknown word": (WHOLE.replace("camera=", "kamera="), 10, "kamera", "Correct the rule"),
    "missing word": (WHOLE.replace('    title="Bow",\n', ""), 6, "title", "Correct the rule"),
    "bad band": (
        WHOLE.replace("    not_visible=(),", "    not_visible=(),\n"
                      "    checks=(Fault(id='deep', severity=Severity.INFO, cue='Up.', band=Band(\n"
                      "        quantity=torso_inclination_deg, good=(0, 90), fault=(0, 80), origin=JUDGEMENT)),),"),
        19, "must lie inside", "Correct the rule"),
    "chained comparison": (
        WHOLE.replace('"upright", torso', '"upright", 10 < torso', 1), 11, "between", "Correct"),
    "whose side": (
        WHOLE.replace("rises(torso_inclination_deg", "rises(knee_flexion_deg"), 14, "working", "Correct the rule"),
    "any exception": (WHOLE + "\n1 / 0\n", 20, "division by zero", "Correct the rule"),
    "leaving": (WHOLE + "\nraise SystemExit(0)\n", 20, "SystemExit", "Correct the rule"),
    "an exception without words": (WHOLE + "\nassert EXERCISE is None\n", 20, "AssertionError", "Correct the rule"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_names_itself_the_line_and_the_remedy(name: str, write: Write, tmp_path: Path) -> None:
    text, line, cause, remedy = BROKEN[name]
    path = write(text)
    with pytest.raises(UsageError) as caught:
        load_rule(path)
    problem = caught.value
    assert str(path) in problem.cause
    assert line is None or f"line {line}:" in problem.cause
    assert cause in problem.cause
    assert remedy in problem.remedy
    assert "\n" not in problem.cause
    assert load_rules([tmp_path]).broken["bow"].cause == problem.cause


@pytest.mark.parametrize("name", ["dead-bug.py", "My_Bow.py", "1bow.py", "bow.txt"])
def test_a_file_whose_name_is_no_id(name: str, write: Write) -> None:
    with pytest.raises(UsageError, match="the file's name is the exercise's id") as caught:
        load_rule(write(WHOLE, name))
    assert "my_exercise.py" in caught.value.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such rule file"):
        load_rule(tmp_path / "bow.py")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bow.py"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UsageError, match=r"bow\.py"):
        load_rule(path)


# -- installed packages -----------------------------------------------------------------------------------------------


def offer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, value: str, name: str = "bow") -> None:
    """Pretend that an installed package offers a rule."""
    (tmp_path / "bowing.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(__import__("sys").modules, "bowing", raising=False)
    points = (importlib.metadata.EntryPoint(name, value, rulebook.ENTRY_POINT_GROUP),)

    def entry_points(*, group: str) -> tuple[importlib.metadata.EntryPoint, ...]:
        return points if group == "formcheck.rules" else ()

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)


def test_an_installed_package_adds_a_rule(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    offer(monkeypatch, tmp_path, WHOLE, "bowing:EXERCISE")
    rules = load_rules()
    assert isinstance(rules["bow"].exercise, Exercise)
    assert rules["bow"].origin == "bowing:EXERCISE"


def test_an_installed_package_may_not_replace_a_rule(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    offer(monkeypatch, tmp_path, WHOLE, "bowing:EXERCISE", name="dead_bug")
    assert load_rules()["dead_bug"].exercise.title != "Bow"


@pytest.mark.parametrize(
    ("text", "value", "cause"),
    [
        (WHOLE, "bowing:NOTHING", "NOTHING"),
        (WHOLE, "no_such_module:EXERCISE", "no_such_module"),
        ("1 / 0", "bowing:EXERCISE", "division by zero"),
        ("raise type('Odd', (BaseException,), {})('x')", "bowing:EXERCISE", "Odd: x"),
        (WHOLE, "bowing:View", "is no Exercise"),
    ],
)
def test_a_broken_package_is_named_and_the_others_load(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, value: str, cause: str
) -> None:
    offer(monkeypatch, tmp_path, text, value)
    rules = load_rules()
    assert set(rules) == NINE
    with pytest.raises(UsageError, match=cause) as caught:
        find_rule(rules, "bow")
    assert "“bow”" in caught.value.cause
    assert "ninstall" in caught.value.remedy


# -- folders with mistakes, and folders that nobody named ----------------------------------------------------------------


def test_one_broken_file_is_named_and_the_others_load(write: Write, tmp_path: Path) -> None:
    write(WHOLE, "bow.py")
    write("x = 1\n1 / 0\n", "calf_raise.py")
    write("class Odd(BaseException): pass\nraise Odd('x')\n", "odd.py")
    write("EXERCISE = Exercise(\n", "dead_bug.py")
    rules = load_rules([tmp_path])
    assert set(rules) == NINE - {"dead_bug"} | {"bow"}
    assert set(rules.broken) == {"calf_raise", "odd", "dead_bug"}
    assert f"{tmp_path / 'calf_raise.py'}, line 2: ZeroDivisionError" in rules.broken["calf_raise"].cause
    for name in rules.broken:
        with pytest.raises(UsageError) as caught:
            find_rule(rules, name)
        assert f"{name}.py, line" in caught.value.cause


def test_what_a_folder_brings_is_said(write: Write, tmp_path: Path) -> None:
    write(WHOLE, "bow.py")
    write(WHOLE, "dead_bug.py")
    write("1 / 0", "calf_raise.py")
    (said,) = load_rules([tmp_path]).added
    assert said.startswith(f"Rules from {tmp_path}: bow, dead_bug (replaces")
    assert said.endswith("Left out: calf_raise.")
    assert load_rules().added == ()


def test_nothing_is_loaded_from_the_current_folder(write: Write, tmp_path: Path) -> None:
    for name in ("bow.py", "rules/bow.py", "formcheck_rules/bow.py", "bowing.py"):
        write("raise SystemExit('loaded')\n" + WHOLE, name)
    write("Metadata-Version: 2.1\nName: bowing\nVersion: 1\n", "bowing-1.dist-info/METADATA")
    write("[formcheck.rules]\nbow = bowing:EXERCISE\n", "bowing-1.dist-info/entry_points.txt")
    code = (
        "import sys; sys.path.insert(0, ''); import formcheck.exercise.rulebook as rulebook; book = rulebook.load_rules();"
        "print(sorted(book), dict(book.broken))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == f"{sorted(NINE)} {{}}"


@pytest.mark.parametrize(("name", "meant"), [("deadbug", "dead_bug"), ("Childs Pse", "childs_pose")])
def test_the_nearest_exercise_is_offered(name: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"Did you mean {meant}"):
        find_rule(load_rules(), name)


def test_rules_and_tracker_need_neither_model_nor_video() -> None:
    code = (
        "import sys, formcheck.exercise.coach, formcheck.exercise.rulebook as rulebook; rulebook.load_rules();"
        "print([name for name in ('mediapipe', 'cv2', 'av') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
