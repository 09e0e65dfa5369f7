"""The angle that is shown: one quantity, of the side that works, with the target that the rule has for it."""

import math

import pytest

from formcheck.body.meter import Measured
from formcheck.exercise.events import Progress
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import Level
from formcheck.output.angles import has_target, side_of, working_angle
from formcheck.pipeline import Options, Pipeline
from samples.figure import best_view, movement, observe

RULES = load_rules([])


def steps(exercise: str, level: str | None = None, **moves) -> tuple[Pipeline, list[tuple[Measured, Progress]]]:
    """Return the pipeline, and what was measured and where the exercise stood at each moment."""
    pipeline = Pipeline(RULES[exercise], (1280, 720), Options(level=level))
    seen = observe(movement(exercise, level, **moves), best_view(exercise), 10)
    return pipeline, [(pipeline.step(item).measured, pipeline.coach.progress()) for item in seen]


@pytest.mark.parametrize(
    ("exercise", "level", "signal", "target"),
    [
        ("dead_bug", "basic", "hip_flexion_deg", (80, 100)),
        ("dead_bug", "harder", "knee_flexion_deg", (None, 15)),
        ("hip_flexion", "lying", "hip_flexion_deg", (75, 100)),
        ("plank_hip_flexion", "floor", "hip_flexion_deg", (100, None)),
        ("spiderman_lunge", None, "knee_flexion_deg", (80, 110)),
        ("hip_airplane", "free", "torso_inclination_deg", (75, 100)),
    ],
)
def test_the_target_is_that_of_the_check_of_the_same_angle(exercise, level, signal, target) -> None:
    rule = RULES[exercise].exercise
    known: Level | None = next((item for item in rule.levels if item.id == level), None)
    angle = working_angle(rule, known)
    assert angle is not None
    assert angle.signal.name == signal
    assert angle.target == target
    assert has_target(rule)


def test_an_angle_without_a_target_is_shown_without_one() -> None:
    angle = working_angle(RULES["lateral_lunge"].exercise, None)
    assert angle is not None
    assert angle.target == (None, None)
    assert not has_target(RULES["lateral_lunge"].exercise)


def test_what_is_shown_is_what_is_judged() -> None:
    pipeline, made = steps("dead_bug", "basic", reps=1)
    angle = working_angle(pipeline.exercise, pipeline.coach.level)
    assert angle is not None
    for measured, progress in made:
        mark = angle.mark(measured, progress, measured.near)
        read = measured.measures.get(f"hip_flexion_deg.{measured.near}", math.nan)
        assert mark.value_deg == pytest.approx(read, nan_ok=True)


def test_it_is_never_the_angle_of_the_leg_that_rests() -> None:
    pipeline, made = steps("hip_flexion", "lying", reps=2)
    worked = {rep.side for rep in pipeline.coach.reps}
    exercise, level = pipeline.exercise, pipeline.coach.level
    shown = {side_of(exercise, level, measured, progress, None) for measured, progress in made}
    assert shown <= worked | {None}
    measured, progress = next((measured, progress) for measured, progress in made if progress.side is None)
    assert side_of(exercise, level, measured, progress, "right") == "right"
    angle = working_angle(exercise, level)
    assert angle is not None
    assert math.isnan(angle.mark(measured, progress, None).value_deg)


def test_a_target_from_rest_moves_with_rest() -> None:
    pipeline, made = steps("hip_90_90", reps=1)
    angle = working_angle(pipeline.exercise, None)
    assert angle is not None
    measured, progress = next((measured, progress) for measured, progress in made if progress.moving)
    rest = progress.rest["torso_inclination_deg"]
    assert angle.mark(measured, progress, None).target == (pytest.approx(rest + 25), None)
