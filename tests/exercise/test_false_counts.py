"""Standing, sitting or lying still counts nothing under any rule, however badly the landmarks jump about.

Bursts of every kind and length, two of each, are more than a minute holds of which 2 % is bad.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from formcheck.body.meter import BodyMeter, Measured
from formcheck.exercise.coach import Coach
from formcheck.exercise.reasons import Code
from formcheck.exercise.rulebook import bundled_folder, load_rule
from formcheck.exercise.words import Exercise
from formcheck.pose.pose import Observation
from formcheck.pose.repair import LandmarkRepair
from samples.figure import Bursts, View, activity, observe

pytestmark = pytest.mark.xdist_group("false counts")
"""One process: each body is measured once for all rules."""

RULES = sorted(path.stem for path in bundled_folder().glob("[a-z]*.py"))
FPS = (10.0, 15.0, 30.0, 60.0)
FLOOR = (0.0, 0.0, 0.5)
STILL = {
    "standing, front": ("standing", View(0)),
    "standing, side": ("standing", View(-90)),
    "lying, side": ("lying", View(90, target_m=FLOOR)),
    "sitting, 45°": ("sitting", View(45, target_m=FLOOR)),
}
BURSTS = list(product(("leg_swap", "ankle_at_hip", "all_shifted"), (0.033, 0.1, 0.2)))
EACH_S = 2.0


@cache
def exercise(rule: str) -> Exercise:
    return load_rule(bundled_folder() / f"{rule}.py").exercise


def still_with_bursts(name: str, fps: float) -> Iterator[Observation]:
    """Yield a body at rest for 2 s, then 2 s with two bursts for every kind and length of them, then 2 s at rest."""
    what, view = STILL[name]
    now_s = 0.0
    for index, (kind, burst_s) in enumerate([(None, 0.0), *BURSTS, (None, 0.0)]):
        seconds = EACH_S - 1 / fps
        # Long enough to be seen: at 10 frames a second most bursts of 33 ms fall between two frames.
        burst_s = max(burst_s, 1.01 / fps)
        bursts = None if kind is None else Bursts(kind, burst_s, share=burst_s)  # type: ignore[arg-type]
        for seen in observe(activity(what, duration_s=seconds), view, fps, bursts=bursts, seed=index, noise=0.003):
            time_s = now_s + seen.time_s
            yield replace(seen, time_s=time_s, pose=seen.pose and replace(seen.pose, time_s=time_s))
        now_s += EACH_S


@cache
def measured(name: str, fps: float) -> tuple[tuple[Measured, bool], ...]:
    """Return what the body layer makes of it, and whether the thread broke: done once for all rules."""
    repair, meter = LandmarkRepair(1280, 720), BodyMeter()
    samples = []
    for seen in still_with_bursts(name, fps):
        repaired = repair.repair(seen)
        broken = repaired.broken is not None and repaired.broken[0] != "lost"
        if broken:
            meter.reset()
        samples.append((meter.measure(seen.time_s, repaired.pose), broken))
    return tuple(samples)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("name", STILL)
def test_nothing_counts_and_no_attempt_is_listed(name: str, fps: float, rule: str) -> None:
    coach = Coach(exercise(rule))
    for sample, broken in measured(name, fps):
        if broken:
            coach.interrupt(Code.HAND_OVER)
        coach.step(sample)
    coach.interrupt(Code.CLIP_ENDED)
    coach.flush()
    # What another movement is may be told, in words.
    assert {rep.not_counted_because.code for rep in coach.reps if rep.not_counted_because} <= {Code.SOMETHING_ELSE}
    assert not any(rep.counted for rep in coach.reps)


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("name", STILL)
def test_bursts_are_not_taken_for_another_person(name: str, fps: float) -> None:
    assert not any(broken for _, broken in measured(name, fps))
    seen = sum(bool(sample.measures) for sample, _ in measured(name, fps))
    assert seen > 0.8 * len(measured(name, fps))
