"""Whatever is wrong in a rule file is answered with file, line, field, what was expected, and the nearest word."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from formcheck.errors import UsageError
from formcheck.exercise.rulebook import load_rule

RIGHT = '''"""Bow and rise."""
from formcheck.body.quantity import all_of
from formcheck.body.signals import hip_flexion_deg, knee_flexion_deg, torso_inclination_deg
from formcheck.body.view import View
from formcheck.exercise.contexts import STANDING
from formcheck.exercise.quantities import change, near, peak, working
from formcheck.exercise.words import *

bow = change(torso_inclination_deg)
KNEES = Band(
    quantity=near(knee_flexion_deg),
    good=(None, 15),
    fault=(None, 40),
    origin=JUDGEMENT,
)

EXERCISE = Exercise(
    title="Bow",
    summary="Bow and rise.",
    views=(View.SIDE,),
    camera="From the side.",
    context=STANDING,
    movement=Movement(
        position="down", witnesses=(rises(torso_inclination_deg, by=40, to=60),),
        stays_s=0.2, not_this=(NotThis(bow < 20, because="that was no bow"),),
    ), start=Start("upright", torso_inclination_deg < 20),
    levels=(
        Level(id="chair", title="holding a chair"),
        Level(id="free", title="free"),
    ),
    checks=(
        Fault(
            id="knees_bend",
            band=like(KNEES, origin=ARTICLE),
            for_s=1.0,
            during=("down",),
            severity=Severity.MINOR,
            severity_at={"free": Severity.MAJOR},
            levels=("chair", "free"),
            cue="Keep your knees straight.",
        ),
    ),
    dose=Dose(reps=10, per_side=False, advice="Two sets of ten."),
    not_visible=("How much weight each foot carries.",),
)
'''

BAND = """Band(
    quantity=near(knee_flexion_deg),
    good=(None, 15),
    fault=(None, 40),
    origin=JUDGEMENT,
)"""
BAND_IN_WORDS = """up_to(
    near(knee_flexion_deg),
    good=15,
    fault=40,
    origin=JUDGEMENT,
)"""


class Mistake(NamedTuple):
    right: str
    wrong: str
    line: int
    says: tuple[str, ...]


MISTAKES = {
    "a severity that there is not": Mistake(
        "severity=Severity.MINOR", 'severity="serious"', 37,
        ("Fault “knees_bend”: severity is 'serious'", "Severity.INFO, Severity.MINOR or Severity.MAJOR")),
    "a severity as text": Mistake(
        "severity=Severity.MINOR", 'severity="minor"', 37, ("severity is 'minor'", "Did you mean Severity.MINOR?")),
    "a view that there is not": Mistake(
        "views=(View.SIDE,)", 'views=("sideways",)', 20,
        ("Exercise: views[0] is 'sideways'", "View.SIDE, View.OBLIQUE, View.FRONT or View.BACK", "mean View.SIDE?")),
    "a misspelt view": Mistake("View.SIDE", "View.SIED", 20, ("View has no SIED", "Did you mean SIDE?")),
    "no views": Mistake("views=(View.SIDE,)", "views=()", 20, ("views is empty", "at least 1 item")),
    "one view without its comma": Mistake("views=(View.SIDE,)", "views=(View.SIDE)", 20, ("views", "a comma")),
    "a title that is no text": Mistake('title="Bow"', "title=5", 18, ("title is 5", "text")),
    "no title": Mistake('title="Bow"', 'title=" "', 18, ("title is ' '", "text")),
    "a title with escape sequences": Mistake('title="Bow"', r'title="\x1b[31m Bow"', 18, ("title is", "printed")),
    "no repetitions": Mistake("reps=10", "reps=0", 43, ("Dose: reps is 0", "a whole number from 1 to 1000")),
    "half a repetition": Mistake("reps=10", "reps=2.5", 43, ("reps is 2.5", "a whole number")),
    "sides that are no yes or no": Mistake("per_side=False", "per_side=2", 43, ("per_side is 2", "True or False")),
    "a dose for each side of what has no sides": Mistake(
        "per_side=False", "per_side=True", 43, ("per_side needs an exercise with side_is",)),
    "a limit beyond what can be": Mistake("fault=(None, 40)", "fault=(None, 700)", 13, ("fault[1] is 700", "-45 to 180")),
    "a limit that is no number": Mistake('fault=(None, 40)', 'fault=(None, "40")', 13, ("fault[1] is '40'", "a number")),
    "one limit": Mistake("good=(None, 15)", "good=15", 12, ("good is 15", "a pair")),
    "good outside fault": Mistake("good=(None, 15)", "good=(None, 50)", 12, ("(None, 50) must lie inside",)),
    "a negative time": Mistake("for_s=1.0", "for_s=-1", 35, ("for_s is -1", "from 0 to 60")),
    "no time": Mistake("for_s=1.0", 'for_s=float("nan")', 35, ("for_s is nan", "a number")),
    "endless": Mistake("for_s=1.0", 'for_s=float("inf")', 35, ("for_s is inf", "a number")),
    "a time as text": Mistake("for_s=1.0", 'for_s="0.5"', 35, ("for_s is '0.5'", "a number from 0 to 60")),
    "a time to stay as text": Mistake("stays_s=0.2", 'stays_s="0.2"', 25, ("Movement: stays_s is '0.2'",)),
    "during a hold that there is not": Mistake(
        'during=("down",)', 'during="hold"', 36, ("knees_bend: during", "no movement has a hold")),
    "during a misspelt position": Mistake(
        'during=("down",)', 'during=("dwon",)', 36, ("during holds 'dwon'", "Did you mean down?")),
    "at a misspelt level": Mistake(
        'levels=("chair", "free")', 'levels=("chiar", "free")', 39, ("levels holds 'chiar'", "Did you mean chair?")),
    "one level as text": Mistake('levels=("chair", "free")', 'levels="chair"', 39, ("levels is 'chair'", "a tuple")),
    "a severity at a level that is none": Mistake(
        '"free": Severity.MAJOR', '"free": "major"', 38, ("severity_at['free'] is 'major'", "Severity.MAJOR?")),
    "a limit in words": Mistake(BAND, BAND_IN_WORDS.replace("15", '"15"'), 12, ("good is '15'", "a number")),
    "a limit in words that cannot be": Mistake(BAND, BAND_IN_WORDS.replace("40", "700"), 13, ("700", "-45 to 180")),
    "a misspelt limit": Mistake(
        BAND, BAND_IN_WORDS.replace("good", "godo"), 12, ("up_to has no field godo", "Did you mean good?")),
    "a band without its origin": Mistake(BAND, BAND_IN_WORDS.replace("origin=", "acceptable="), 10, ("up_to needs origin",)),
    "a field that what is alike does not have": Mistake(
        "origin=ARTICLE", "godo=(None, 15)", 34, ("Band has no field godo", "Did you mean good?")),
    "what exercises share, not imported": Mistake(
        "like(KNEES, origin=ARTICLE)", "HIPS_DO_NOT_SAG", 34, ("Add the line: from formcheck.exercise.common import HIPS_DO_NOT_SAG",)),
    "a movement that travels nowhere": Mistake("by=40", "by=0", 24, ("by is 0", "a number from")),
    "a comparison with text": Mistake("bow < 20", 'bow < "x"', 25, ("Comparison: limit is 'x'", "a number")),
    "a comparison with what cannot be": Mistake("bow < 20", "bow < 700", 25, ("limit is 700", "-180 to 180")),
    "a misspelt signal": Mistake(
        "import hip_flexion_deg, knee_flexion_deg", "import hip_flexoin_deg, knee_flexion_deg", 3,
        ("formcheck.body.signals has no hip_flexoin_deg", "Did you mean hip_flexion_deg?", "--signals")),
    "a signal that was not imported": Mistake(
        "near(knee_flexion_deg)", "near(heel_lift_t)", 11,
        ("heel_lift_t is used but not imported", "from formcheck.body.signals import heel_lift_t")),
    "a misspelt name": Mistake("near(knee_flexion_deg)", "near(knee_flexoin_deg)", 11, ("mean knee_flexion_deg?",)),
    "a missing context": Mistake("    context=STANDING,\n", "", 17, ("Exercise needs context=…",)),
    "a misspelt context": Mistake("context=STANDING", "context=STANDNG", 22, ("Did you mean STANDING?",)),
    "a context in words": Mistake("context=STANDING", 'context="standing"', 22, ("context is 'standing'", "a Context")),
    "a context from elsewhere": Mistake(
        "import STANDING", "import STANDNIG", 5, ("has no STANDNIG", "Did you mean STANDING?")),
    "a misspelt field": Mistake("camera=", "kamera=", 21, ("Exercise has no field kamera", "Did you mean camera?")),
    "a misspelt module": Mistake("formcheck.body.signals", "formcheck.body.signal_s", 3, ("formcheck.body.signals?",)),
    "a signal of each side without its side": Mistake("near(knee_flexion_deg)", "knee_flexion_deg", 11, ("say working",)),
    "a side for a signal that has none": Mistake(
        "change(torso_inclination_deg)", "change(near(torso_inclination_deg))", 9, ("torso_inclination_deg, which has no sides",)),
    "a number that is no signal": Mistake("near(knee_flexion_deg)", "near(5)", 11, ("signal is 5", "a Signal")),
    "no conditions": Mistake("bow < 20", "all_of()", 25, ("members is empty", "at least 1 item")),
    "a witness that is none": Mistake(
        "rises(torso_inclination_deg, by=40, to=60)", '"down"', 24, ("witnesses[0] is 'down'", "a Witness")),
    "a name with a hyphen": Mistake('id="chair"', 'id="a-chair"', 28, ("'a-chair' is not a name",)),
    "a rule that leaves": Mistake("KNEES =", "raise SystemExit(3)\nKNEES =", 10, ("SystemExit",)),
    "a rule that raises what is no Exception": Mistake(
        "KNEES =", "class Odd(BaseException):\n    pass\nraise Odd('x')\nKNEES =", 12, ("Odd: x",)),
}  # fmt: skip

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_rule(text: str) -> Path:
        path = tmp_path / "bow.py"
        path.write_text(text, encoding="utf-8")
        return path

    return write_rule


@pytest.mark.parametrize("name", ["baseexception", "cmp_str", "title_int", "title_markup", "views_empty"])
def test_files_that_were_accepted_or_crashed_are_answered_with_their_line(name: str) -> None:
    path = Path(__file__).resolve().parents[3] / "shared" / "inputs" / f"rule_{name}.py"
    if not path.is_file():
        pytest.skip("such files are not here")
    with pytest.raises(UsageError, match=rf"rule_{name}\.py, line \d+: ") as caught:
        load_rule(path)
    assert caught.value.cause.isprintable()


def test_what_is_right_loads(write: Write) -> None:
    assert load_rule(write(RIGHT)).exercise.title == "Bow"


def test_the_line_is_said_of_a_file_in_the_current_folder_too(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(RIGHT + "\n\nEXERCIZE\n")
    monkeypatch.chdir(path.parent)
    with pytest.raises(UsageError, match=rf"^bow\.py, line {RIGHT.count(chr(10)) + 3}: there is no name EXERCIZE"):
        load_rule(Path("bow.py"))


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_answered_where_it_is(name: str, write: Write) -> None:
    mistake = MISTAKES[name]
    assert RIGHT.count(mistake.right) >= 1
    path = write(RIGHT.replace(mistake.right, mistake.wrong, 1))
    with pytest.raises(UsageError) as caught:
        load_rule(path)
    problem = caught.value
    assert problem.cause.startswith(f"{path}, line {mistake.line}: "), problem.cause
    said = f"{problem.cause} {problem.remedy}"
    for words in mistake.says:
        assert words in said
    assert "\n" not in problem.cause
    assert problem.cause.isprintable()
    assert problem.remedy
