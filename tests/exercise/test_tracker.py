"""When a movement is a repetition, when only an attempt, and when nothing at all: measures in, repetitions out."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercise.results import RepDropped, RepFinished
from formcheck.exercise.words import SEED, Band, Hold, Phase, Posture

from .made_up import BOW, BOWED, FPS, UPRIGHT, bow, bowing, coach_through, fault, path, play, torso, trips

BOWING = bowing()


# -- repetitions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", FPS)
def test_a_repetition_is_out_and_back(fps: float) -> None:
    seen = coach_through(BOWING, play(11, fps, torso=BOW))
    rep = seen.only
    assert rep.counted
    assert rep.clean
    assert (rep.number, rep.side, rep.not_counted_because) == (1, None, None)
    assert (rep.start_s, rep.end_s) == (pytest.approx(2, abs=1 / fps + 0.05), pytest.approx(9, abs=1 / fps + 0.05))
    assert rep.peak_s == pytest.approx(5.5, abs=0.1)
    assert seen.phases == ["upright", "bowed", "upright"]
    assert [type(event) for event in seen.events if not hasattr(event, "phase")] == [RepFinished]
    assert rep.measures["torso_inclination_deg"] == (pytest.approx(5, abs=0.5), pytest.approx(90, abs=0.5))


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("move_s", [0.8, 4.0, 8.0])
def test_start_and_end_are_dated_back_so_that_a_slow_repetition_reads_its_time(fps: float, move_s: float) -> None:
    rep = coach_through(BOWING, play(2 * move_s + 8, fps, torso=trips(90, move_s=move_s, hold_s=0.0))).only
    assert rep.end_s - rep.start_s == pytest.approx(2 * move_s, abs=2 / fps + 0.03 * move_s)
    assert rep.start_s == pytest.approx(2.0, abs=1 / fps + 0.02 * move_s)


@given(st.lists(st.sampled_from([20.0, 50.0, 75.0, 90.0, 120.0]), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_what_came_far_enough_counts_what_came_half_way_is_listed(tops: list[float]) -> None:
    seen = coach_through(BOWING, play(4 + 9 * len(tops), 15, torso=trips(*tops)))
    assert len(seen.counted) == sum(top - 5 > 60 for top in tops)
    assert len(seen.reps) == sum(top - 5 > 30 for top in tops)
    assert [rep.number for rep in seen.reps] == list(range(1, len(seen.reps) + 1))


@pytest.mark.parametrize("fps", FPS)
def test_an_attempt_says_how_far_it_came(fps: float) -> None:
    seen = coach_through(BOWING, play(11, fps, torso=trips(55)))
    assert seen.only.not_counted_because == "reached 50°, needs 60°"
    assert not seen.only.clean
    assert seen.only.holds == ()
    assert [type(event) for event in seen.events if not hasattr(event, "phase")] == [RepDropped]


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("depth", "counted"), [(0.5, False), (-0.5, True)])
def test_just_missing_does_not_count(fps: float, depth: float, counted: bool) -> None:
    assert coach_through(BOWING, play(11, fps, torso=trips(65 - depth))).only.counted == counted


def spike(width_s: float) -> Callable[[float], float]:
    return lambda t: 90.0 if 4 <= t < 4 + width_s else 5.0


@pytest.mark.parametrize("fps", FPS)
def test_a_spike_is_no_repetition(fps: float) -> None:
    for width_s in (0.034, 0.1, 0.2):
        seen = coach_through(BOWING, play(8, fps, torso=spike(width_s)))
        assert not seen.counted


@pytest.mark.parametrize("fps", FPS)
def test_drifting_and_fidgeting_at_rest_is_nothing(fps: float) -> None:
    seen = coach_through(BOWING, play(40, fps, torso=lambda t: 5 + 0.3 * t + 4 * math.sin(3 * t)))
    assert seen.reps == ()


@pytest.mark.parametrize("fps", FPS)
def test_bouncing_without_coming_back_is_one_repetition(fps: float) -> None:
    ups_and_downs = [(6 + i, 90 if i % 2 else 50) for i in range(10)]
    seen = coach_through(BOWING, play(20, fps, torso=path((2, 5), (4, 90), (5, 90), *ups_and_downs, (17, 5))))
    assert len(seen.counted) == 1
    assert seen.only.end_s == pytest.approx(17, abs=0.15)


def test_touching_rest_between_two_repetitions_is_enough() -> None:
    twice = path((2, 5), (4, 90), (6, 90), (8, 6), (8.4, 6), (10, 90), (12, 90), (14, 5))
    seen = coach_through(BOWING, play(20, torso=twice))
    assert [rep.counted for rep in seen.reps] == [True, True]
    assert seen.reps[0].end_s <= seen.reps[1].start_s


def test_not_quite_back_is_not_the_next_repetition() -> None:
    half_back = path((2, 5), (4, 90), (6, 90), (8, 30), (10, 90), (12, 90), (14, 5))
    seen = coach_through(BOWING, play(20, torso=half_back))
    assert len(seen.counted) == 1


def test_zones_are_left_five_degrees_further_out_than_they_are_entered() -> None:
    stays = path((2, 5), (4, 80), (5, 80), (6, 62), (7, 62), (8, 80), (9, 80), (11, 5))
    goes = path((2, 5), (4, 80), (5, 80), (6, 58), (7, 58), (8, 80), (9, 80), (11, 5))
    assert coach_through(BOWING, play(13, torso=stays)).phases == ["upright", "bowed", "upright"]
    assert coach_through(BOWING, play(13, torso=goes)).phases == ["upright", "bowed", "bowed", "upright"]


def test_rest_is_where_it_was_before_the_repetition() -> None:
    assert coach_through(BOWING, play(11, torso=trips(90, rest=25))).only.counted
    attempt = coach_through(BOWING, play(11, torso=trips(80, rest=25))).only
    assert attempt.not_counted_because == "reached 55°, needs 60°"


@pytest.mark.parametrize("exercise", [BOWING, bowing(phases=(UPRIGHT, replace(BOWED, enter=torso > 65)))])
def test_all_frame_rates_agree_within_a_frame(exercise: object) -> None:
    tops = (90.0, 50.0, 100.0)
    results = [coach_through(exercise, play(31, fps, torso=trips(*tops))) for fps in FPS]  # type: ignore[arg-type]
    for fps, seen in zip(FPS, results, strict=True):
        assert [rep.counted for rep in seen.reps] == [True, False, True]
        for rep, fine in zip(seen.reps, results[-1].reps, strict=True):
            assert rep.start_s == pytest.approx(fine.start_s, abs=1 / fps + 0.02)
            assert rep.end_s == pytest.approx(fine.end_s, abs=1 / fps + 0.02)
            assert rep.peak_s == pytest.approx(fine.peak_s, abs=1 / fps + 0.02)
        for rep in seen.counted:
            assert rep.holds[0].duration_s == pytest.approx(3.0, abs=2 / fps)


# -- edges, gaps and cuts ---------------------------------------------------------------------------------------------


def test_already_moving_at_the_first_frame() -> None:
    seen = coach_through(BOWING, play(12, torso=path((4, 90), (6, 5))))
    assert seen.only.not_counted_because == "already moving at the first frame"
    assert seen.only.start_s == 0
    assert seen.only.holds[0].duration_s == pytest.approx(4, abs=0.2)


def test_a_change_from_a_rest_that_was_not_seen_is_not_judged() -> None:
    deep = fault(band=Band(quantity=bow, good=(None, 30), fault=(None, 60), origin=SEED))
    check = coach_through(bowing(deep, fault("knees")), play(12, torso=path((4, 90), (6, 5)), knee_left=50.0))
    assert check.check("bad").reason == "the rest before the movement was not seen"
    assert check.check("knees").band == "fault"


def test_half_way_at_the_first_frame_is_nothing() -> None:
    assert coach_through(BOWING, play(12, torso=path((0, 50), (2, 5)))).reps == ()


@pytest.mark.parametrize("until_s", [4.5, 6.0, 8.0])
def test_not_back_at_the_last_frame(until_s: float) -> None:
    rep = coach_through(BOWING, play(until_s, torso=BOW)).only
    assert rep.not_counted_because == "the clip ended before the return"
    assert rep.start_s == pytest.approx(2, abs=0.1)
    assert rep.end_s == pytest.approx(until_s)
    assert rep.holds[0].id == "bowed"


def test_back_at_the_very_last_frames_counts() -> None:
    assert coach_through(BOWING, play(9.2, torso=BOW)).only.counted


def test_a_cut_closes_what_is_open_and_the_next_repetition_counts() -> None:
    seen = coach_through(BOWING, play(20, torso=trips(90, 90)), cut_s=6.0)
    assert [rep.not_counted_because for rep in seen.reps] == ["a cut", "already moving at the first frame", None]


@pytest.mark.parametrize("fps", FPS)
def test_a_gap_in_the_middle_ends_the_hold_but_not_the_repetition(fps: float) -> None:
    slow = trips(90, hold_s=6)
    rep = coach_through(BOWING, play(14, fps, torso=slow, gaps=[(6.0, 8.0)])).only
    assert rep.counted
    assert rep.holds[0].duration_s == pytest.approx(2.0, abs=0.2)
    assert not rep.holds[0].passed


def test_a_short_gap_is_bridged() -> None:
    rep = coach_through(BOWING, play(11, torso=BOW, gaps=[(5.0, 5.4)])).only
    assert rep.holds[0].duration_s == pytest.approx(3.0, abs=0.15)


@pytest.mark.parametrize(("out_s", "held_s"), [(0.05, 3.0), (0.3, 1.7)])
def test_a_bad_landmark_does_not_end_a_hold_leaving_does(out_s: float, held_s: float) -> None:
    def torso_out(time_s: float) -> float:
        return 40.0 if 5.5 <= time_s < 5.5 + out_s else BOW(time_s)

    rep = coach_through(BOWING, play(11, torso=torso_out)).only
    assert rep.counted
    assert rep.holds[0].duration_s == pytest.approx(held_s, abs=0.4)


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(
    ("gap", "because"), [((1.5, 4.5), "its start was not seen"), ((6.5, 9.5), "its return was not seen")]
)
def test_departure_and_return_must_have_been_seen(fps: float, gap: tuple[float, float], because: str) -> None:
    rep = coach_through(BOWING, play(12, fps, torso=BOW, gaps=[gap])).only
    assert rep.not_counted_because == because


def test_an_unseen_signal_is_a_gap_too() -> None:
    hidden = coach_through(BOWING, play(12, torso=lambda t: math.nan if 1.5 < t < 4.5 else BOW(t)))
    assert hidden.only.not_counted_because == "its start was not seen"


# -- posture ----------------------------------------------------------------------------------------------------------


def test_outside_the_posture_nothing_counts() -> None:
    assert coach_through(BOWING, play(11, torso=BOW, trunk=-1.0)).reps == ()


@pytest.mark.parametrize(("away_s", "because"), [(0.3, None), (1.0, "left the position (upright or bowed)")])
def test_leaving_the_posture_for_long_ends_the_repetition(away_s: float, because: str | None) -> None:
    seen = coach_through(BOWING, play(11, torso=BOW, trunk=lambda t: -1.0 if 5 <= t < 5 + away_s else 1.0))
    assert seen.only.not_counted_because == because


def test_a_posture_has_hysteresis() -> None:
    gate = Posture("low", torso < 92)
    seen = coach_through(bowing(posture=gate), play(11, torso=trips(95)))
    assert seen.only.counted


def test_getting_into_position_is_no_repetition() -> None:
    phases = (Phase("low", enter=torso > 80), replace(BOWED, enter=torso < 50))
    down_first = bowing(posture=Posture("low", torso > 30), phases=phases)
    seen = coach_through(down_first, play(12, torso=path((2, 5), (4, 90), (8, 90))))
    assert seen.reps == ()


# -- holds ------------------------------------------------------------------------------------------------------------


def test_too_short_a_hold_may_make_it_an_attempt() -> None:
    ten = Hold(seconds=10, origin=SEED, attempt_under_s=6)
    strict = bowing(phases=(UPRIGHT, Phase("bowed", enter=bow > 60, hold=ten)))
    for hold_s, because in ((4.0, "held 4.0 s, needs 6 s to count"), (8.0, None)):
        rep = coach_through(strict, play(9 + hold_s, torso=trips(90, hold_s=hold_s))).only
        assert rep.not_counted_because == because
        assert not rep.holds[0].passed


def test_the_longest_still_time_is_the_hold() -> None:
    wobbling = path((2, 5), (4, 90), (5, 90), (7, 70), (9, 90), (12, 90), (14, 5))
    (hold,) = coach_through(BOWING, play(16, torso=wobbling)).only.holds
    assert hold.start_s == pytest.approx(9.0, abs=0.3)
    assert hold.duration_s == pytest.approx(3.0, abs=0.3)


def test_after_three_minutes_a_movement_is_closed() -> None:
    seen = coach_through(BOWING, play(190, 10, torso=path((2, 5), (4, 90))))
    assert seen.only.not_counted_because == "took over 180 s"
