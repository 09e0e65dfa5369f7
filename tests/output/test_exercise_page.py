"""An exercise is explained to whoever does it; numbers, signals and contexts are for those who write rules."""

import io
import re

import pytest
from rich.console import Console, RenderableType

from formcheck.body.signals import SIGNALS
from formcheck.exercise import contexts
from formcheck.exercise.judge import judged_in
from formcheck.exercise.rulebook import Rule, load_rules
from formcheck.exercise.words import Context, Fault
from formcheck.output.exercise_numbers import exercise_numbers
from formcheck.output.exercise_page import exercise_page
from formcheck.output.signal_list import signal_list

RULES = load_rules()


def printed(shown: RenderableType, width: int = 80) -> str:
    output = io.StringIO()
    Console(file=output, width=width).print(shown)
    return output.getvalue()


def words(shown: RenderableType) -> str:
    return " ".join(printed(shown).split())


@pytest.mark.parametrize("name", RULES)
def test_a_trainee_reads_how_to_do_it_how_to_film_it_and_what_is_watched(name: str) -> None:
    rule: Rule = RULES[name]
    text, exercise = words(exercise_page(rule)), rule.exercise
    for heading in ("How to do it", "How to film it", "What is watched", "What no camera sees"):
        assert heading in text
    for said in (exercise.summary, exercise.camera, exercise.dose.advice, *exercise.not_visible):
        assert " ".join(said.split()) in text
    for check in exercise.checks:
        assert check.title in text
        assert not isinstance(check, Fault) or check.cue in text


@pytest.mark.parametrize("name", RULES)
def test_a_trainee_reads_no_signals_limits_or_origins(name: str) -> None:
    exercise = RULES[name].exercise
    text = printed(exercise_page(RULES[name]))
    levels = {level.id for level in exercise.levels}
    ids = set(re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)+", text))
    assert ids <= levels | {name}  # what the command line wants
    watched = text[text.index("What is watched") : text.index("What no camera sees")]
    assert not re.search(r"±|judgement|seed|source|\d+(\.\d+)? T\b", watched)


def test_a_check_that_the_best_view_does_not_show_says_from_where() -> None:
    assert (
        "Pelvis drops: Level hips, knee over foot. (only at level wall_chair, wall, chair or free; seen only from the front)"
        in words(exercise_page(RULES["hip_flexion"]))
    )


@pytest.mark.parametrize("name", RULES)
def test_each_view_says_of_every_fault_whether_it_is_judged_there(name: str) -> None:
    exercise = RULES[name].exercise
    text = words(exercise_page(RULES[name]))
    shown = text[text.index("What each view shows") : text.index("What no camera sees")]
    parts = re.split(r"- (?=From|At)", shown)[1:]
    assert len(parts) == len(exercise.views)
    for view, part in zip(exercise.views, parts, strict=True):
        judged, _, hidden = part.partition("Not: ")
        for check in exercise.checks:
            if isinstance(check, Fault) and judged_in(check, view, model="heavy"):
                assert check.title in judged
            elif isinstance(check, Fault) and view not in check.views:
                assert check.title in hidden or "(in part)" in judged


def test_a_fault_that_only_the_nearer_leg_shows_says_so() -> None:
    text = words(exercise_page(RULES["hip_airplane"]))
    assert "Standing knee squats (while the standing leg is nearer the camera)" in text


def test_what_is_taken_off_before_a_value_is_compared_is_printed() -> None:
    assert "side ±9.1 once 7.8 is added" in words(exercise_numbers(RULES["dead_bug"]))


@pytest.mark.parametrize("name", RULES)
def test_authors_read_limits_errors_and_origins(name: str) -> None:
    text = words(exercise_numbers(RULES[name]))
    for check in RULES[name].exercise.checks:
        assert check.id in text
    for word in ("target", "Origin:", "Error:", "±", "The rule:"):
        assert word in text


def test_every_signal_is_listed_with_unit_range_and_error() -> None:
    text = printed(signal_list(), 120)
    entries = text.split("\n\n")
    for signal in SIGNALS:
        (entry,) = [item for item in entries if item.startswith(f"{signal.name}\n")]
        assert "Unit: " in entry
        assert f"{signal.span[0]:g} to {signal.span[1]:g}" in entry
        assert " ".join(signal.meaning.split()[:5]) in entry
        for view in signal.error:
            assert f"{view} ±" in entry
        assert ("each side" in entry) == signal.sided


def test_every_context_is_listed_with_what_makes_it() -> None:
    text = words(signal_list())
    known = {name: item for name, item in vars(contexts).items() if isinstance(item, Context)}
    assert known
    for name, context in known.items():
        assert f"{name} {context.name[0].upper()}{context.name[1:]}." in text


def test_a_hold_that_not_every_level_has_says_which() -> None:
    assert "Hold: tabletop for 2 s (only at level basic)." in words(exercise_page(RULES["dead_bug"]))
    assert "Hold: bottom for 5 s." in words(exercise_page(RULES["lateral_lunge"]))


def test_what_is_noted_of_a_repetition_is_explained() -> None:
    text = words(exercise_page(RULES["lateral_lunge"]))
    assert "with a step to the side; or without a step: the feet stayed apart" in text


def test_a_short_hold_and_what_ends_a_repetition_are_said() -> None:
    assert "Short hold: Hold two seconds. (only at level basic)" in words(exercise_page(RULES["dead_bug"]))
    airplane = words(exercise_page(RULES["hip_airplane"]))
    assert "Short hold: Hold each turn for five seconds." in airplane
    assert "Foot touches down: Regain balance; use the wall. (it ends the repetition, which does not count)" in airplane
    assert "Short hold" not in words(exercise_page(RULES["hip_flexion"]))
