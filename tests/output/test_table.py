import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from rich.console import Console

from formcheck.exercise.results import Form, HoldResult, Interruption, NotAssessed
from formcheck.exercise.words import Confidence, Severity
from formcheck.output.amounts import amount, ranges
from formcheck.output.table import session_table
from tests.output.sessions import (
    CAMERA_ROLLED,
    LEG_UNSEEN,
    NEEDS_SIDE,
    attempt,
    fault,
    rep,
    session,
    sessions,
    shortly,
    why,
)


def printed(found, width=80, **options):
    file = io.StringIO()
    Console(file=file, width=width, **options).print(session_table(found))
    return file.getvalue()


SHORT = HoldResult("tabletop", 1.5, 4.1, 5.0, False)
FOUND = session(
    reps=(
        rep(1, form=Form.FAULTS, holds=(SHORT,), faults=(fault("short_hold"), fault("front_leg_not_turned_out"))),
        attempt(2, side="right", faults=(fault("back_twist", 2, severity=Severity.MAJOR),)),
        rep(
            3, side="right", form=Form.FAULTS, faults=(fault("short_hold", 3, measured=3.0, confidence=Confidence.LOW),)
        ),
        rep(4, side="right"),
    ),
    not_assessed=(
        NotAssessed("standing_knee_squats", NEEDS_SIDE, 0.0, 9.0),
        NotAssessed("trunk_tips_sideways", NEEDS_SIDE, 0.0, 9.0),
    ),
    interruptions=(Interruption("hand_over", 14.9, 15.2),),
    advice=(CAMERA_ROLLED,),
)


def test_fits_eighty_columns_and_cuts_no_name():
    lines = printed(FOUND).splitlines()
    assert max(map(len, lines)) <= 80
    text = " ".join(" ".join(lines).split())
    for name in ("Front leg not turned out", "Standing knee squats", "Trunk tips sideways", "Back twist"):
        assert name in text
    assert "…" not in text


def test_says_what_matters():
    text = " ".join(printed(FOUND).split())
    assert "Dead bug: 3 repetitions (1 left, 2 right), 1 clean; 1 attempt not counted." in text
    assert "2 of 3 holds long enough" in text
    assert "hip [1].mp4, 1280 x 720, 12.3 s" in text
    assert "basic (assumed; choose another with --level)" in text
    assert "45° from the left; best is side" in text
    assert "99% of the pictures" in text
    assert "1 left 1.2 - 3.5 with faults Short hold tabletop 4.1 / 5.0 s, too short" in text
    assert "4 right 1.2 - 3.5 clean none tabletop 4.9 / 5.0 s, enough" in text
    assert "not counted: it came to 62°" in text
    assert "14.9 to 15.2 s: another person took over" in text
    assert "- The camera is rolled by 12° ±3°, and so every angle to the vertical is off: level it." in text
    assert "What a camera cannot see - The low back." in text


def test_sets_are_told_apart_where_there_are_several():
    text = " ".join(printed(session(reps=(rep(1, end_s=3.5), rep(2, end_s=9.0)), sets_from_s=(0.0, 4.0))).split())
    assert "set #" in text
    assert "1 1 left" in text
    assert "2 2 left" in text
    assert "set #" not in printed(FOUND)


def test_faults_come_worst_first_once_each_with_their_worst_value():
    text = printed(FOUND)
    faults = text[text.index("\nFaults") : text.index("\nNot assessed")]
    assert faults.index("Back twist") < faults.index("Short hold") < faults.index("Front leg not turned out")
    assert faults.count("Short hold") == 1
    words = " ".join(faults.split())
    assert "minor; reps 1, 3" in words
    assert "3.0 ±0.2 s" in words
    assert "low confidence" in words


def test_no_id_is_shown_to_people():
    found = replace(FOUND, settings={"hold_s": 5.0, "end_point_deg": [95.0, None], "reps": 8})
    text = printed(found).replace("dead_bug", "")  # what the command line wants
    assert "_" not in text
    assert "hold 5.0 s, end points left and right 95.0° and not known, repetitions 8" in " ".join(text.split())


def test_rows_are_in_order_of_time_whenever_they_were_decided():
    late = attempt(5, start_s=0.5, end_s=9.0)
    rows = [
        line.split() for line in printed(session(reps=(rep(1, start_s=2.0), rep(2, start_s=6.0), late))).splitlines()
    ]
    assert [row[0] for row in rows if len(row) > 4 and row[1] == "left" and row[3] == "-"] == ["5", "1", "2"]


def test_one_cause_is_one_row_in_order_of_time():
    found = session(
        not_assessed=(
            NotAssessed("too_deep", shortly(0.4), 30.0, 31.0, (4,)),
            *(NotAssessed(f"check_{i}", LEG_UNSEEN, 3.0, 20.0, (1, 2, 3)) for i in range(9)),
            NotAssessed("too_far", shortly(0.7), 40.0, 41.0, (5,)),
        )
    )
    text = printed(found)
    rows = text[text.index("Not assessed") :]
    assert rows.count("part of the left leg") == 1
    assert rows.count("watched for") == 1
    assert rows.index("left leg") < rows.index("watched for")
    assert "reps 1-3" in rows
    assert "reps 4-5" in rows


def test_interruptions_of_a_kind_are_told_once():
    lost = tuple(Interruption("lost", start, start + 0.8) for start in (20.0, 3.0))
    text = " ".join(printed(session(interruptions=(*lost, Interruption("cut", 9.0, 9.1)))).split())
    assert "3.0 to 3.8, 20.0 to 20.8 s: nobody could be followed" in text
    assert text.count("nobody could be followed") == 1


def test_what_went_wrong_in_a_rule_is_shown():
    failure = "The rule odd (my_rules/odd.py) failed: ZeroDivisionError: division by zero (odd.py, line 20)."
    assert failure in " ".join(printed(session(rule_failures=(failure,))).split())


def test_reads_in_a_pipe_that_knows_no_colour_and_no_lines():
    text = printed(FOUND, force_terminal=False)
    assert "\x1b" not in text
    assert not set("─│┌┐└┘├┤━┃╭╮╰╯") & set(text)


def test_colour_says_nothing_that_words_do_not():
    coloured = printed(FOUND, force_terminal=True, color_system="truecolor")
    assert "\x1b[" in coloured
    assert "major" in coloured


def test_square_brackets_are_no_markup():
    assert "needs [bold]" in printed(session(reps=(attempt(1, not_counted_because=why("needs [bold]")),)))


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


def test_a_recording_that_ends_too_early_says_so_once():
    end = Interruption("lost", 12.0, 20.0)
    text = " ".join(
        printed(session(damaged="It ends after 12.0 of 20.0 s.", duration_s=12.0, interruptions=(end,))).split()
    )
    assert text.count("12.0 of 20.0 s") == 1
    assert "Interruptions" not in text
    assert "12.0 to 20.0 s" in printed(session(duration_s=30.0, interruptions=(end,)))


def test_what_is_noted_of_a_repetition_is_in_the_words_of_the_rule():
    text = " ".join(printed(session(reps=(rep(1, noted=("with a step to the side",)),))).split())
    assert "with a step to the side" in text
    assert "stepped" not in text
