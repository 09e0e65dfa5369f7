"""Checks of whole repetitions, holds, levels and views."""

import math
from dataclasses import replace

import pytest

from formcheck.body.view import View, ViewSeen
from formcheck.exercise.quantities import change, duration_s, peak, travel, turns
from formcheck.exercise.words import JUDGEMENT, REP, START, Band, Level, Severity
from formcheck.pose.pose import Side

from .made_up import (
    BOW,
    BOWED,
    FPS,
    KNEES,
    bowing,
    coach_through,
    fault,
    knee_bend,
    lifting,
    path,
    play,
    torso,
    trips,
    unjudged,
)

WIDE = replace(KNEES, fault=(None, 70.0))


@pytest.mark.parametrize(("move_s", "verdict"), [(5.0, "good"), (2.0, "borderline"), (0.8, "fault")])
def test_duration(move_s: float, verdict: str) -> None:
    band = Band(quantity=duration_s, good=(12, None), acceptable=(9, None), fault=(6, None), origin=JUDGEMENT)
    seen = coach_through(bowing(fault(band=band)), play(18, torso=trips(90, move_s=move_s)))
    check = seen.check("bad")
    assert (check.band, check.value) == (verdict, pytest.approx(2 * move_s + 3, abs=0.1))
    assert check.error == 0.25


def test_a_duration_of_which_an_end_was_not_seen() -> None:
    band = Band(quantity=duration_s, good=(12, None), fault=(6, None), origin=JUDGEMENT)
    seen = coach_through(bowing(fault(band=band)), play(6, torso=BOW))
    assert unjudged(seen.check("bad")) == "its start or its end was not seen"


@pytest.mark.parametrize(
    ("near", "length_s", "verdict"),
    [("left", 2.5, "fault"), ("right", 2.5, "not_assessed"), ("right", 1.5, "fault")],
)
def test_a_duration_of_the_farther_leg_is_a_fault_only_where_it_is_beyond_its_error(
    near: Side, length_s: float, verdict: str
) -> None:
    band = Band(quantity=duration_s, good=(5.75, None), fault=(3.5, None), origin=JUDGEMENT)
    lift = path((2, 5), (2 + length_s / 2, 90), (2 + length_s, 5))
    seen = coach_through(lifting(fault(band=band)), play(8, near=near, knee_left=lift, knee_right=5.0, torso=0.0))
    assert seen.only.side == "left"
    check = seen.check("bad")
    assert check.band == verdict
    if verdict == "not_assessed":
        assert unjudged(check) == "the leg farther from the camera shows its time to ±1.5 s only"


@pytest.mark.parametrize("fps", FPS)
def test_without_rest_in_between_a_change_is_from_the_valley(fps: float) -> None:
    band = Band(quantity=peak(change(torso)), good=(None, 60), fault=(None, 75), origin=JUDGEMENT)
    bows = path((2, 5), (3.5, 90), (5, 5), (6.5, 90), (8, 5))
    seen = coach_through(bowing(fault(band=band), movement=replace(BOWED, hold=None)), play(11, fps, torso=bows))
    assert [fault.measured for fault in seen.faults("bad")] == pytest.approx([85, 85], abs=3)


def test_peaks_travel_and_turns() -> None:
    wobble = path((4, 90), (4.6, 97), (5.2, 83), (5.8, 97), (6.4, 90), (7, 90))
    bands = {
        "deep": Band(quantity=peak(change(torso)), good=(None, 60), fault=(None, 85), origin=JUDGEMENT),
        "restless": Band(quantity=travel(torso), good=(None, 0), fault=(None, 8), origin=JUDGEMENT),
        "bouncing": Band(quantity=turns(torso, 5), good=(None, 1), fault=(None, 2), origin=JUDGEMENT),
    }
    checks = [fault(name, band=band, during=REP if name == "deep" else ("bowed",)) for name, band in bands.items()]
    seen = coach_through(bowing(*checks), play(11, torso=lambda t: wobble(t) if 4 <= t <= 7 else BOW(t)))
    assert seen.check("deep").value == pytest.approx(91.5, abs=0.7)
    assert seen.check("bouncing").value == 3
    assert seen.check("restless").band == "good", "nowhere for long"
    lower = path((4, 90), (5.3, 90), (5.6, 78), (7, 78))
    seen = coach_through(bowing(*checks), play(11, torso=lambda t: lower(t) if 4 <= t <= 7 else BOW(t)))
    assert seen.check("restless").band == "fault"


def test_a_set_up_fault_is_reported_once_a_set() -> None:
    exercise = bowing(fault(during=START, for_s=1.0))
    samples = play(29, torso=trips(90, 90, 90), knee_left=50)
    assert [found.rep for found in coach_through(exercise, samples).faults("bad")] == [1]
    assert [found.rep for found in coach_through(exercise, samples, cut_s=18.5).faults("bad")] == [1, 3]


def test_severity_by_level_and_view() -> None:
    easy, hard = Level(id="easy", title="easy"), Level(id="hard", title="hard")
    exercise = bowing(
        fault(band=WIDE, severity_at={"hard": Severity.MAJOR}, severity_in={View.OBLIQUE: Severity.INFO}),
        fault("other", band=WIDE, levels=("easy",)),
        levels=(easy, hard),
    )  # fmt: skip
    samples = play(11, torso=BOW, knee_left=90)
    assert coach_through(exercise, samples, level="easy").faults("bad")[0].severity is Severity.MINOR
    assert coach_through(exercise, samples, level="hard").faults("bad")[0].severity is Severity.MAJOR
    assert not coach_through(exercise, samples, level="hard").faults("other")
    oblique = coach_through(exercise, play(11, torso=BOW, knee_left=90, view=ViewSeen.OBLIQUE_LEFT), level="easy")
    assert oblique.faults("bad")[0].severity is Severity.INFO
    assert not oblique.only.clean  # the other one is still minor


def test_an_info_leaves_a_repetition_clean() -> None:
    seen = coach_through(bowing(fault(severity=Severity.INFO)), play(11, torso=BOW, knee_left=50))
    assert seen.faults("bad")
    assert seen.only.clean


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("hold_s", "passed"), [(2.6, False), (2.8, True), (0.0, False)])
def test_a_hold_passes_from_nine_tenths_and_else_is_a_short_hold(fps: float, hold_s: float, passed: bool) -> None:
    seen = coach_through(bowing(), play(12, fps, torso=trips(90, hold_s=hold_s)))
    (hold,) = seen.only.holds
    assert (hold.id, hold.required_s, hold.passed) == ("bowed", 3.0, passed)
    assert hold.duration_s == pytest.approx(hold_s, abs=max(1.5 / fps, 0.1) if hold_s else 0.3)
    assert [found.id for found in seen.only.faults] == ([] if passed else ["short_hold"])
    assert seen.only.counted
    assert seen.only.clean == passed


def test_nothing_is_judged_by_landmarks_that_are_doubted_but_the_movement_counts() -> None:
    """As of the far leg of a lunge that one sees from the side: where it is about is known, and no more."""
    samples = [
        replace(sample, sure={**sample.measures, torso.name: math.nan, f"{knee_bend.name}.left": math.nan})
        if 3.5 < sample.time_s < 6.5
        else sample
        for sample in play(10, torso=trips(90, hold_s=0.5), knee_left=90)
    ]
    seen = coach_through(bowing(fault()), samples)
    assert seen.only.counted
    assert not seen.only.faults
    assert unjudged(seen.check("bad"))
    assert coach_through(bowing(fault()), [replace(sample, sure=None) for sample in samples]).only.faults


@pytest.mark.parametrize(("hold_s", "confidence"), [(2.5, "low"), (2.2, "medium"), (1.9, "high")])
def test_a_hold_is_surely_short_the_farther_it_misses(hold_s: float, confidence: str) -> None:
    (alarm,) = coach_through(bowing(), play(12, torso=trips(90, hold_s=hold_s))).only.faults
    assert alarm.confidence == confidence


def test_each_fault_is_reported_once_a_repetition_the_worst_of_it() -> None:
    exercise = bowing(fault(band=(KNEES, Band(quantity=torso, good=(None, 50), fault=(None, 60), origin=JUDGEMENT))))
    seen = coach_through(exercise, play(11, torso=BOW, knee_left=45))
    (found,) = seen.faults("bad")
    assert (found.limit, found.error) == (60, 6)
