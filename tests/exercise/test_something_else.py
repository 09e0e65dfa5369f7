"""What was not this exercise is not judged for form: no fault is told of it, and none is reported."""

from dataclasses import replace

from formcheck.exercise.reasons import Code
from formcheck.exercise.words import REP, NotThis

from .made_up import BOW, BOWED, bowing, coach_through, fault, path, play, tilt, trips

FALLEN = replace(BOWED, not_this=(NotThis(tilt > 20, because="you fell over"),))
JUDGED = (fault(for_s=0.3), fault("always", during=REP), fault("soon", for_s=0.2))


def test_what_is_something_else_all_along_has_no_faults() -> None:
    seen = coach_through(bowing(*JUDGED, movement=FALLEN), play(12, torso=BOW, knee_left=60, tilt=30))
    assert seen.why is Code.SOMETHING_ELSE
    assert seen.only.faults == ()
    assert seen.only.checks == ()
    assert not seen.told
    assert coach_through(bowing(*JUDGED, movement=FALLEN), play(12, torso=BOW, knee_left=60, tilt=0)).told


def test_what_turns_out_to_be_something_else_keeps_only_what_was_told_before_it_did() -> None:
    tipping = path((0.0, 0.0), (5.0, 0.0), (5.2, 30.0))
    exercise = bowing(fault(for_s=0.3), fault("late", for_s=5.0), movement=FALLEN)
    seen = coach_through(exercise, play(15, torso=trips(90, hold_s=6), knee_left=60, tilt=tipping))
    assert seen.why is Code.SOMETHING_ELSE
    assert [item.id for item in seen.told] == [item.id for item in seen.only.faults] == ["bad"]


def test_what_only_passes_through_is_not_judged_either() -> None:
    passing = path((0.0, 5.0), (2.0, 5.0), (4.0, 90.0), (6.0, 5.0))
    movement = replace(BOWED, stays_s=2.0)
    seen = coach_through(bowing(*JUDGED, movement=movement), play(9, torso=passing, knee_left=60))
    assert seen.why is Code.NOT_KEPT
    assert seen.only.faults == ()
