"""What could not be judged is told once a check and cause, over all repetitions, in order of time."""

import math
from dataclasses import replace

import pytest

from formcheck.body.signals import hip_flexion_deg, knee_flexion_deg
from formcheck.exercise.bands import JUDGEMENT, Band
from formcheck.exercise.checks import HOLD, REP
from formcheck.exercise.quantities import each, near
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import NotAssessed
from formcheck.exercise.unassessed import not_assessed_in
from formcheck.exercise.words import Exercise
from formcheck.output.sentences import why_not_assessed
from formcheck.pose.pose import LANDMARKS
from tests.output.sessions import check, rep

from .made_up import KNEES, bowing, coach_through, fault, path, play, torso, trips

LEFT_LEG = frozenset(name for name in LANDMARKS if name in ("left_knee", "left_ankle", "left_heel", "left_foot_index"))


NO_VIEW = Reason(Code.NO_VIEW_SHOWS_IT)


def shortly(seconds: float) -> Reason:
    return Reason(Code.WATCHED_TOO_SHORTLY, {"value": seconds, "needed": 1.0})


def unseen(name: str, reason: Reason, start_s: float, **changes: object) -> object:
    return check(name, band="not_assessed", value=None, reason=reason, start_s=start_s, end_s=start_s + 2.0, **changes)


def test_the_same_cause_of_several_repetitions_is_one() -> None:
    reps = (
        rep(1, checks=(unseen("too_deep", shortly(0.4), 5.0), unseen("knees", NO_VIEW, 1.0))),
        rep(2, checks=(unseen("too_deep", shortly(0.6), 11.0, title="Far too deep"), check("good"))),
    )
    assert not_assessed_in(reps) == (
        NotAssessed("knees", NO_VIEW, 1.0, 3.0, (1,), "Knees"),
        NotAssessed("too_deep", shortly(0.4), 5.0, 13.0, (1, 2), "Far too deep"),
    )


def test_two_bands_of_a_check_are_one() -> None:
    (item,) = not_assessed_in((rep(1, checks=(unseen("a", NO_VIEW, 1.0), unseen("a", NO_VIEW, math.nan))),))
    assert item == NotAssessed("a", NO_VIEW, 0.0, 3.0, (1,), "A")


def test_a_check_that_found_its_fault_is_not_told_as_not_assessed() -> None:
    both = (check("back", band="fault"), unseen("back", NO_VIEW, 1.0))
    assert not_assessed_in((rep(1, checks=both),)) == ()
    (item,) = not_assessed_in((rep(1, checks=both), rep(2, checks=(unseen("back", NO_VIEW, 9.0),))))
    assert item.reps == (2,)


def exercise_with(*names: str) -> Exercise:
    hips = Band(quantity=near(hip_flexion_deg), good=(None, 15), fault=(None, 40), origin=JUDGEMENT)
    return bowing(*(fault(name, band=(KNEES, hips), during=REP) for name in names))


def test_a_lost_limb_is_one_cause_whatever_looks_at_it() -> None:
    """The leg is lost in another way at each moment, as it is in films."""
    parts = sorted(LEFT_LEG)
    samples = []
    for index, sample in enumerate(play(60, torso=trips(*[90] * 6), knee_left=math.nan, hip_left=math.nan)):
        gone = {"left_knee", parts[index % len(parts)], parts[(index // 7) % len(parts)]}
        samples.append(replace(sample, unseen=frozenset(gone)))
    seen = coach_through(exercise_with("one", "two", "three"), samples)
    assert len(seen.reps) >= 5
    told = not_assessed_in(seen.reps)
    assert len(told) == 3
    assert {why_not_assessed(item.reason) for item in told} == {
        "part of the left leg could not be seen for over 40% of the time"
    }
    assert {item.reps for item in told} == {tuple(item.number for item in seen.reps)}


def test_both_legs_are_told_together() -> None:
    names = frozenset(f"{side}_{part}" for side in ("left", "right") for part in ("knee", "ankle"))
    both = Band(quantity=each(knee_flexion_deg), good=(None, 15), fault=(None, 40), origin=JUDGEMENT)
    played = play(11, torso=trips(90), knee_left=math.nan, knee_right=math.nan)
    samples = [replace(sample, unseen=names) for sample in played]
    (item,) = not_assessed_in(coach_through(bowing(fault(band=both, during=REP)), samples).reps)
    assert (
        why_not_assessed(item.reason)
        == "part of the left leg and the right leg could not be seen for over 40% of the time"
    )


@pytest.mark.parametrize(("lost_s", "verdict"), [(1.0, "fault"), (4.6, "not_assessed")])
def test_what_is_held_is_not_judged_where_what_moves_was_hardly_seen(lost_s: float, verdict: str) -> None:
    """What is left of such a hold may be the way in: nobody knows what the knees did in the end."""
    samples = play(12, torso=path((2, 5), (3, 90), (8, 90), (9, 5)), knee_left=60.0, knee_right=60.0)
    lost = [
        replace(item, measures={**item.measures, torso.name: math.nan}) if 3.2 <= item.time_s <= 3.2 + lost_s else item
        for item in samples
    ]
    checks = coach_through(bowing(fault(during=HOLD)), lost).only.checks
    assert [item.band for item in checks if item.id == "bad"] == [verdict]
