"""A correct repetition of one exercise counts nothing under the rule of another."""

import pytest

from formcheck.body.meter import BodyMeter
from formcheck.exercise.coach import Coach
from formcheck.exercise.reasons import Code
from formcheck.pose.repair import LandmarkRepair
from samples.figure import DRILLS, best_view, movement, observe
from tests.runner import exercise

STREAMS = [(name, level) for name, drill in DRILLS.items() for level in drill.levels or (None,)]


@pytest.mark.parametrize(("name", "level"), STREAMS, ids=[f"{name}-{level}" for name, level in STREAMS])
def test_only_its_own_rule_counts(name: str, level: str | None) -> None:
    moving = movement(name, level, reps=1 if name == "childs_pose" else 3, lead_s=3.0)
    repair, meter = LandmarkRepair(1280, 720), BodyMeter()
    coaches = {rule: Coach(exercise(rule)) for rule in DRILLS}
    for seen in observe(moving, best_view(name), 10.0):
        measured = meter.measure(seen.time_s, repair.repair(seen).pose)
        for coach in coaches.values():
            coach.step(measured)
    for coach in coaches.values():
        coach.interrupt(Code.CLIP_ENDED)
        coach.flush()
    counted = {rule: sum(rep.counted for rep in coach.reps) for rule, coach in coaches.items()}
    assert {rule: number for rule, number in counted.items() if number} == {name: moving.truth.counted}
