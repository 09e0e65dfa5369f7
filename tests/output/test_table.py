import io

import pytest
from hypothesis import given, settings
from rich.console import Console

from formcheck.exercise.results import HoldResult, Interruption, NotAssessed
from formcheck.exercise.words import Confidence, Severity
from formcheck.output.table import amount, ranges, session_table
from tests.output.sessions import attempt, fault, rep, session, sessions


def printed(found, width=80, **options):
    console = Console(file=io.StringIO(), width=width, **options)
    console.print(session_table(found))
    return console.file.getvalue()


SHORT = HoldResult("tabletop", 1.5, 4.1, 5.0, False)
FOUND = session(
    reps=(
        rep(1, clean=False, holds=(SHORT,), faults=(fault("short_hold"), fault("front_leg_not_turned_out"))),
        attempt(2, side="right", faults=(fault("back_twist", 2, severity=Severity.MAJOR),)),
        rep(3, side="right", clean=False, faults=(fault("short_hold", 3, measured=3.0, confidence=Confidence.LOW),)),
        rep(4, side="right"),
    ),
    not_assessed=(
        NotAssessed("standing_knee_squats", "needs a side view", 0.0, 9.0),
        NotAssessed("trunk_tips_sideways", "needs a side view", 0.0, 9.0),
    ),
    interruptions=(Interruption("hand_over", 14.9, 15.2),),
    advice=("Level the camera.",),
)


def test_fits_eighty_columns_and_cuts_no_name():
    lines = printed(FOUND).splitlines()
    assert max(map(len, lines)) <= 80
    text = " ".join(" ".join(lines).split())
    for name in ("front_leg_not_turned_out", "standing_knee_squats", "trunk_tips_sideways", "back_twist"):
        assert name in text
    assert "…" not in text


def test_says_what_matters():
    text = " ".join(printed(FOUND).split())
    assert "Dead bug: 3 repetitions (1 left, 2 right), 1 clean; 1 attempt not counted." in text
    assert "2 of 3 holds long enough" in text
    assert "hip [1].mp4, 1280 x 720, 12.3 s" in text
    assert "basic (assumed; --level says which)" in text
    assert "45° from the left; best is side" in text
    assert "99% of the pictures" in text
    assert "1 left 1.2 - 3.5 counted short_hold tabletop 4.1 / 5.0 s, too short" in text
    assert "4 right 1.2 - 3.5 clean none tabletop 4.9 / 5.0 s, enough" in text
    assert "not counted: reached 62°," in text
    assert "14.9 to 15.2 s: another person took over" in text
    assert "- Level the camera." in text
    assert "What a camera cannot see - The low back." in text


def test_faults_come_worst_first_once_each_with_their_worst_value():
    text = printed(FOUND)
    faults = text[text.index("\nFaults") : text.index("\nNot assessed")]
    assert faults.index("back_twist") < faults.index("short_hold") < faults.index("front_leg_not_turned_out")
    assert faults.count("short_hold") == 1
    words = " ".join(faults.split())
    assert "minor; reps 1, 3" in words
    assert "3.0 ±0.2 s" in words
    assert "low confidence" in words


def test_reads_in_a_pipe_that_knows_no_colour_and_no_lines():
    text = printed(FOUND, force_terminal=False)
    assert "\x1b" not in text
    assert not set("─│┌┐└┘├┤━┃╭╮╰╯") & set(text)


def test_colour_says_nothing_that_words_do_not():
    coloured = printed(FOUND, force_terminal=True, color_system="truecolor")
    assert "\x1b[" in coloured
    assert "major" in coloured


def test_square_brackets_are_no_markup():
    assert "needs [bold]" in printed(session(reps=(attempt(1, not_counted_because="needs [bold]"),)))


def test_nothing_found_is_said():
    text = printed(session(reps=(), level=None, tracked=0.0))
    assert "Dead bug: 0 repetitions." in text
    assert "level" not in text


def test_damage_and_interruption_are_said():
    text = " ".join(printed(session(damaged="The file ends early.", interrupted=True)).split())
    assert "damaged The file ends early." in text
    assert "stopped by you at 12.3 s" in text


@settings(max_examples=15, deadline=None)
@given(sessions)
def test_any_session_can_be_printed(found):
    for width in (40, 80, 120):
        assert found.exercise[:20] in printed(found, width)


@pytest.mark.parametrize(
    ("value", "unit", "options", "text"),
    [
        (112.34, "deg", {}, "112°"),
        (112.34, "deg", {"error": 8.0}, "112 ±8°"),
        (60.3, "deg", {"beside": 60.0}, "60.3°"),
        (4.11, "s", {"error": 0.25}, "4.1 ±0.2 s"),
        (0.816, "T", {"error": 0.1}, "0.82 ±0.10 torso lengths"),
        (0.2, "L/s", {}, "0.20 leg lengths a s"),
        (0.09, "ratio", {}, "0.09"),
        (3.0, "turns", {}, "3 turns"),
    ],
)
def test_amounts_in_words(value, unit, options, text):
    assert amount(value, unit, **options) == text


@pytest.mark.parametrize(("numbers", "text"), [([], ""), ([3], "3"), ([1, 2, 3, 5, 5, 8, 9], "1-3, 5, 8-9")])
def test_ranges(numbers, text):
    assert ranges(numbers) == text
