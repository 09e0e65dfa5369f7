"""The bar: 0 at rest, 1 where it counts, and the target where the rule has it."""

import numpy as np
import pytest

from formcheck.exercise.rulebook import load_rules
from formcheck.live.meter import Reach, reach_of
from formcheck.pipeline import Options, Pipeline
from samples.figure import best_view, movement, observe

RULES = load_rules([])


def reaches(exercise: str, level: str | None = None, **moves) -> list[Reach | None]:
    pipeline = Pipeline(RULES[exercise], (1280, 720), Options(level=level))
    found = []
    for seen in observe(movement(exercise, level, reps=1, **moves), best_view(exercise), 10):
        step = pipeline.step(seen)
        found.append(reach_of(pipeline.exercise, pipeline.coach.level, step.measured, step.progress))
    return found


@pytest.mark.parametrize(
    ("exercise", "level"),
    [(name, None) for name in RULES if name != "hip_flexion"] + [("hip_flexion", "lying"), ("dead_bug", "harder")],
)
def test_it_rises_from_rest_to_beyond_where_it_counts_and_comes_back(exercise: str, level: str | None) -> None:
    shares = [0.0 if reach is None else reach.share for reach in reaches(exercise, level)]
    assert np.median(shares[20:25]) < 0.35
    assert max(shares) > 1.0
    assert shares[-1] < 0.35


def test_the_target_is_that_of_the_check() -> None:
    good = next(
        band for check in RULES["lateral_lunge"].exercise.checks if check.id == "too_shallow" for band in check.bands
    ).good
    reach = next(reach for reach in reversed(reaches("lateral_lunge")) if reach is not None)
    assert good[0] is not None
    assert reach.target[0] == pytest.approx(good[0] / 0.08)
    assert reach.target[1] == reach.top > reach.target[0]
