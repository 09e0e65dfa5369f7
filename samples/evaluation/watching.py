"""Runs the rules on landmarks and keeps what was measured on the way."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from formcheck.body.follower import Follower
from formcheck.body.view import View
from formcheck.capture.frame import SourceInfo
from formcheck.exercise.coach import Coach
from formcheck.exercise.reasons import Code
from formcheck.exercise.recognition import recognise
from formcheck.exercise.rulebook import find_rule, load_rules
from formcheck.exercise.session_result import Session
from formcheck.pipeline import BECAUSE, Options, Pipeline
from formcheck.pose.pose import Observation, Side

from ..figure.geometry import Array

RULES = load_rules()


@dataclass(frozen=True, slots=True)
class Series:
    """What was measured at every frame.

    Attributes
    ----------
    times_s
        (n,) seconds.
    views
        The kind of view at each frame, None = unknown.
    near
        The side nearer the camera at each frame.
    values
        By the signal's key, (n,); NaN = not seen.
    """

    times_s: Array
    views: tuple[View | None, ...]
    near: tuple[Side | None, ...]
    values: dict[str, Array]


@dataclass(frozen=True, slots=True)
class Watched:
    """What formcheck made of a clip."""

    session: Session
    series: Series


def watch(
    exercise: str, size_px: tuple[int, int], options: Options, seen: Iterable[Observation], model: str | None = None
) -> Watched:
    """Run one exercise's rule over observations of a model; None = a perfect observer."""
    pipeline = Pipeline(find_rule(RULES, exercise), size_px, options, model)
    steps = [pipeline.step(item).measured for item in seen]
    pipeline.finish()
    source = SourceInfo("file", "", *size_px, 0.0, len(steps), 0.0)
    session = pipeline.result(source, "", damaged=None, interrupted=False)
    keys = next((list(step.measures) for step in steps if step.measures), [])
    series = Series(
        times_s=np.array([step.time_s for step in steps]),
        views=tuple(step.view.kind for step in steps),
        near=tuple(step.near for step in steps),
        values={key: np.array([step.measures.get(key, np.nan) for step in steps]) for key in keys},
    )
    return Watched(session, series)


def watched_by_all(
    size_px: tuple[int, int], seen: Iterable[Observation], model: str | None = None
) -> tuple[dict[str, int], str | None]:
    """Return how many repetitions each rule counts (those that count any), and the exercise that is recognised."""
    follower = Follower(*size_px, model=model)
    coaches = {rule.id: Coach(rule.exercise) for rule in RULES.values()}
    for item in seen:
        followed = follower.step(item)
        for coach in coaches.values():
            if followed.broken is not None and followed.broken[0] in BECAUSE:
                coach.interrupt(BECAUSE[followed.broken[0]])
            coach.step(followed.measured)
    for coach in coaches.values():
        coach.interrupt(Code.CLIP_ENDED)
        coach.flush()
    counts = {rule: sum(rep.counted for rep in coach.reps) for rule, coach in coaches.items()}
    recognised = recognise({rule: coach.reps for rule, coach in coaches.items()}).exercise
    return {rule: number for rule, number in counts.items() if number}, recognised
