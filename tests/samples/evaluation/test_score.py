"""Hand-made sessions give the numbers that one computes by hand."""

import math

import numpy as np
import pytest

from formcheck.exercise.words import Confidence, Severity
from samples.evaluation.known import Known, Points, TrueFault, TrueHold, TrueRep
from samples.evaluation.score import match, score
from samples.evaluation.summary import SERIOUS, SURE, counting, finding, hold_errors, sides
from tests.output.sessions import LEG_UNSEEN, check, fault, rep, session, why

HOLD = (TrueHold("tabletop", 1.5, 5.0),)


def known(*reps, exercise="dead_bug", level="basic"):
    return Known(exercise, level, (640, 480), 60.0, reps)


def true(start_s=1.0, end_s=4.0, side=None, faults=(), **changes):
    return TrueRep(side, start_s, end_s, faults=tuple(TrueFault(name, size) for name, size in faults), **changes)


def outcomes(scored):
    return [(item.id, item.outcome) for item in scored.faults]


def test_repetitions_are_matched_by_the_time_they_share_and_each_once():
    first, second = rep(1, start_s=1.0, end_s=4.0), rep(2, start_s=4.0, end_s=8.0)
    pairs = match([true(0.8, 4.4), true(4.4, 8.2), true(20.0, 24.0)], [first, second])
    assert pairs == {0: first, 1: second}


def test_counts_sides_and_holds_add_up():
    found = session(
        reps=(rep(1, side="left"), rep(2, side="left", start_s=5.0, end_s=8.0, holds=())), level_source="recognised"
    )
    scored = score(known(true(side="left", holds=HOLD), true(5.0, 8.0, "right", holds=HOLD)), found, None)
    assert (scored.expected, scored.counted, scored.extra, scored.level_right) == (2, 2, 0, True)
    assert scored.sides == (True, False)
    assert hold_errors([scored]).tolist() == pytest.approx([0.1])
    assert math.isnan(scored.holds[1].found_s)
    missed = score(known(true(), true(10.0, 14.0), true(20.0, 24.0)), session(reps=(rep(1),)), None)
    counts = counting([scored, missed])
    assert (counts.clips, counts.exact, counts.nearly, counts.mae) == (2, 1, 1, 1.0)
    assert sides([scored, missed]) == (1, 2)


def test_a_declared_fault_is_hit_missed_or_abstained():
    declared = known(true(faults=[("head_lifts", 1.5)]))
    hit = session(reps=(rep(faults=(fault("head_lifts"),)),))
    miss = session(reps=(rep(checks=(check("head_lifts"),)),))
    unjudged = check("head_lifts", band="not_assessed", value=None, limit=None, confidence=None, reason=LEG_UNSEEN)
    abstained = session(reps=(rep(checks=(unjudged,)),))
    assert outcomes(score(declared, hit, None)) == [("head_lifts", "hit")]
    assert outcomes(score(declared, miss, None)) == [("head_lifts", "miss")]
    assert outcomes(score(declared, session(reps=()), None)) == [("head_lifts", "miss")]
    there = session(reps=(rep(checks=(check("head_lifts", band="fault"),), faults=(fault("head_lifts"),)),))
    judged = score(declared, abstained, exact=there).faults[0]
    assert (judged.outcome, judged.rightly, judged.said) == (
        "abstained",
        False,
        "part of the left leg could not be seen for over 40% of the time",
    )
    assert score(declared, abstained, exact=abstained).faults[0].rightly
    assert outcomes(score(declared, miss, exact=there)) == [("head_lifts", "miss")]


def test_a_declared_fault_that_the_truth_does_not_show_is_neither_hit_nor_missed():
    declared = known(true(faults=[("head_lifts", 1.5)]))
    not_there = session(reps=(rep(checks=(check("head_lifts"),)),))
    assert outcomes(score(declared, not_there, exact=not_there)) == [("head_lifts", "unmade")]


def test_an_abstention_is_right_where_the_landmarks_lie_outside_the_picture():
    declared = known(true(faults=[("head_lifts", 1.5)]))
    unjudged = check("head_lifts", band="not_assessed", value=None, limit=None, confidence=None, reason=LEG_UNSEEN)
    pixels = np.full((50, 33, 2), 100.0)
    pixels[:, 7] = -5.0  # the left ear
    points = Points(np.arange(50) / 10.0, pixels, np.zeros((50, 33, 3)))
    judged_exactly = session(reps=(rep(checks=(check("head_lifts", band="fault"),)),))
    assert score(declared, session(reps=(rep(checks=(unjudged,)),)), judged_exactly, points).faults[0].rightly


def test_what_is_not_declared_is_false_unless_the_truth_shows_it_in_a_faulty_repetition():
    alarm = session(reps=(rep(faults=(fault("head_lifts"), fault("not_90_90"))),))
    exact = session(reps=(rep(faults=(fault("not_90_90"),)),))
    assert outcomes(score(known(true(faults=[("head_lifts", 1.5)])), alarm, exact)) == [
        ("head_lifts", "hit"), ("not_90_90", "brought_along"),
    ]  # fmt: skip
    assert [kind for _, kind in outcomes(score(known(true()), alarm, exact))] == ["false_alarm", "false_alarm"]


def test_a_fault_below_its_limit_must_stay_silent():
    declared = known(true(faults=[("head_lifts", 0.5)]))
    assert outcomes(score(declared, session(reps=(rep(),)), None)) == [("head_lifts", "silent")]
    alarm = session(reps=(rep(faults=(fault("head_lifts"),)),))
    assert outcomes(score(declared, alarm, None)) == [("head_lifts", "false_alarm")]


def test_faults_of_a_repetition_that_never_was_are_false():
    ghost = session(reps=(rep(1, start_s=40.0, end_s=44.0, faults=(fault("head_lifts"),)),))
    scored = score(known(true()), ghost, None)
    assert (outcomes(scored), scored.extra) == ([("head_lifts", "false_alarm")], 1)


def test_a_fault_of_the_set_up_is_due_once_and_the_same_side_only_from_the_second_time():
    faults = [("plank_not_ready", 2.0), ("same_side_twice", 1.5)]
    reps = [true(1.0, 4.0, "left", faults), true(6.0, 9.0, "left", faults)]
    silent = session(exercise="plank_hip_flexion", reps=(rep(1), rep(2, start_s=6.0, end_s=9.0)))
    scored = score(known(*reps, exercise="plank_hip_flexion", level="floor"), silent, None)
    assert [(item.rep, item.id) for item in scored.faults] == [(0, "plank_not_ready"), (1, "same_side_twice")]


def test_a_faulty_repetition_counts_where_the_rules_count_the_truth():
    declared = known(true(faults=[("not_90_90", 1.5)]))
    exact = session(reps=(rep(counted=False, form=None, not_counted_because=why("it came to 50° only; 70° counts")),))
    assert score(declared, session(reps=()), exact).expected == 0
    assert score(known(true()), session(reps=()), exact).expected == 1


def test_precision_recall_and_f1_by_severity_and_confidence():
    def one(outcome, severity=Severity.MINOR, confidence=Confidence.HIGH):
        from samples.evaluation.score import FaultScore

        return FaultScore(0, "head_lifts", outcome, severity, confidence)

    faults = [one("hit"), one("hit"), one("hit"), one("miss"), one("false_alarm"), one("brought_along"),
              one("hit", confidence=Confidence.LOW), one("false_alarm", Severity.INFO), one("abstained", confidence=None)]  # fmt: skip
    sure = finding(faults, SERIOUS, SURE)
    assert (sure.hits, sure.misses, sure.brought, sure.alarms) == (3, 1, 1, 1)
    assert (sure.precision, sure.recall) == pytest.approx((0.8, 0.75))
    assert sure.f1 == pytest.approx(2 * 0.8 * 0.75 / 1.55)
    assert finding(faults).abstained == 1
    assert math.isnan(finding([]).f1)
