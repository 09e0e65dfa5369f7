"""The exercise is named from landmarks alone, and nothing is named where none is done."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.recognition import Recognition, recognise
from formcheck.exercise.results import Form, Rep
from formcheck.exercise.rulebook import load_rules
from formcheck.pipeline import Options
from formcheck.pose.pose import Observation, Side
from formcheck.recognising import Recogniser
from samples.figure import DRILLS, View, activity, best_view, movement, observe
from tests.output.sessions import attempt, check, fault, rep

CASES = [(name, level) for name, drill in DRILLS.items() for level in drill.levels or (None,)]
ERRORS: dict[str, Any] = {"noise": 0.01, "drift": 0.02}
RULES = load_rules()


def recognised(seen: Iterable[Observation], options: Options | None = None) -> Recognition:
    recogniser = Recogniser(RULES, (1280, 720), options or Options())
    for observation in seen:
        recogniser.step(observation)
    return recogniser.finish()


@pytest.mark.parametrize(
    ("name", "level", "side"),
    [(name, level, ("left", "right")[number % 2]) for number, (name, level) in enumerate(CASES)],
)
def test_every_exercise_and_level_is_recognised(name: str, level: str | None, side: Side) -> None:
    moving = movement(name, level, side=side, reps=1 if name == "childs_pose" else 2)
    assert recognised(observe(moving, best_view(name, side), 10.0, **ERRORS)).exercise == name


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0])
@pytest.mark.parametrize(
    "name",
    ["standing", "sitting", "lying", "walking", "squatting", "split_squat", "knees_to_chest", "getting_down"],
)
def test_what_is_none_of_the_exercises_is_not_named(name: str, azimuth_deg: float) -> None:
    moving = activity(name, duration_s=15.0)
    assert recognised(observe(moving, View(azimuth_deg), 10.0, **ERRORS)).exercise is None


@pytest.mark.parametrize("name", ["dead_bug", "lateral_lunge", "hip_flexion", "hip_90_90"])
def test_attempts_that_turn_back_name_nothing_but_are_near(name: str) -> None:
    found = recognised(observe(movement(name, reps=2, depth=0.45), best_view(name), 10.0))
    assert found.exercise is None
    assert name in [match.exercise for match in found.nearest]


def test_the_settings_of_the_user_are_heeded() -> None:
    seen = observe(movement("lateral_lunge", side="right", reps=1), View(0.0), 10.0)
    assert recognised(seen, Options(side="right")).exercise == "lateral_lunge"
    assert recognised(seen, Options(side="left")).exercise is None


def reps(count: int, **changes: object) -> list[Rep]:
    """Return repetitions one after the other."""
    return [
        rep(number, start_s=10.0 * number, peak_s=10.0 * number + 4, end_s=10.0 * number + 8, **changes)
        for number in range(1, count + 1)
    ]


def test_two_exercises_that_fit_alike_are_not_told_apart() -> None:
    found = recognise({"one": reps(2), "two": reps(2), "none": []})
    assert found.exercise is None
    assert [match.exercise for match in found.nearest] == ["one", "two"]


def test_a_clear_lead_decides() -> None:
    found = recognise({"one": reps(1), "two": reps(3)})
    assert found.exercise == "two"
    assert [match.exercise for match in found.nearest] == ["two", "one"]


def test_attempts_lower_the_score() -> None:
    assert recognise({"one": [*reps(1), attempt(2)]}).exercise == "one"
    assert recognise({"one": [*reps(1), *(attempt(number) for number in (2, 3, 4))]}).exercise is None


def test_what_was_filmed_in_part_speaks_for_nothing_else() -> None:
    cut_off = [attempt(number, not_counted_because=Reason(Code.CUT)) for number in (2, 3, 4)]
    assert recognise({"one": [*reps(1), *cut_off]}).exercise == "one"


def test_what_both_sides_do_at_once_is_one_movement() -> None:
    assert (
        recognise({"of one leg": [*reps(2, side="left"), *reps(2, side="right")], "of both": reps(2)}).exercise is None
    )
    assert (
        recognise({"of one leg": [*reps(2, side="left"), *reps(2, side="right")], "of both": reps(4)}).exercise
        == "of both"
    )


def test_a_movement_belongs_to_the_exercise_that_it_fits_better() -> None:
    poor = reps(3, holds=(), checks=(check(band="fault"),), faults=(fault(),), form=Form.FAULTS)
    fair = reps(3, holds=(), checks=(check(band="good"), check(band="fault")), faults=(fault(),), form=Form.FAULTS)
    assert recognise({"fair": fair, "poor": poor}).exercise == "fair"
    later = [replace(item, start_s=item.start_s + 50, peak_s=item.peak_s + 50, end_s=item.end_s + 50) for item in poor]
    assert recognise({"fair": fair, "poor": later}).exercise is None


def test_a_repetition_with_faults_alone_is_not_enough() -> None:
    checks = (check("good"), check("bad", band="fault"), check("unseen", band="not_assessed"))
    faulty = {"holds": (), "checks": checks, "faults": (fault(),), "form": Form.FAULTS}
    assert recognise({"one": reps(1, **faulty)}).exercise is None
    assert recognise({"one": reps(2, **faulty)}).exercise == "one"
