"""When a movement is a repetition, when only an attempt, and when nothing at all: measures in, repetitions out."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.body.signals import chest_up_ratio
from formcheck.exercise.events import RepDropped, RepFinished
from formcheck.exercise.quantities import change
from formcheck.exercise.reasons import Code
from formcheck.exercise.words import ARTICLE, Band, Context, Exercise, Hold, Movement, NotThis, falls, rises

from .made_up import (
    BOW,
    FPS,
    bowing,
    coach_through,
    drop,
    fault,
    path,
    play,
    tilt,
    torso,
    trips,
    trunk,
    unjudged,
)

BOWING = bowing()


def bowing_as(**words: object) -> Exercise:
    """Return the bow with other words for its movement."""
    declared: dict[str, object] = {"position": "bowed", "witnesses": (rises(torso, by=60),)}
    return bowing(movement=Movement(**{**declared, **words}))  # type: ignore[arg-type]


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
    assert seen.positions == ["bowed"]
    assert [type(event) for event in seen.events if not hasattr(event, "phase")] == [RepFinished]
    assert rep.measures[torso.name] == (pytest.approx(5, abs=0.5), pytest.approx(90, abs=0.5))


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
    because = seen.only.not_counted_because
    assert because is not None
    assert because.code is Code.TOO_SHORT_A_WAY
    assert because.numbers == {"value": pytest.approx(50, abs=0.5), "needed": 60}
    assert because.words["unit"] == "deg"
    assert (seen.only.clean, seen.only.form, seen.only.holds) == (False, None, ())
    assert [type(event) for event in seen.events if not hasattr(event, "phase")] == [RepDropped]


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("depth", "counted"), [(0.5, False), (-0.5, True)])
def test_just_missing_does_not_count(fps: float, depth: float, counted: bool) -> None:
    assert coach_through(BOWING, play(11, fps, torso=trips(65 - depth))).only.counted == counted


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


def test_between_two_repetitions_there_need_be_no_rest() -> None:
    twice = path((2, 5), (4, 90), (6, 90), (8, 6), (10, 90), (12, 90), (14, 5))
    seen = coach_through(BOWING, play(20, torso=twice))
    assert [rep.counted for rep in seen.reps] == [True, True]
    assert seen.reps[0].end_s <= seen.reps[1].start_s


def test_the_low_point_is_the_persons_own() -> None:
    assert coach_through(BOWING, play(11, torso=trips(90, rest=25))).only.counted
    because = coach_through(BOWING, play(11, torso=trips(80, rest=25))).only.not_counted_because
    assert because is not None
    assert because.numbers["value"] == pytest.approx(55, abs=0.5)


@pytest.mark.parametrize("to", [60.0, 80.0])
def test_an_end_point_may_be_wanted_besides(to: float) -> None:
    exercise = bowing_as(witnesses=(rises(torso, by=30, to=to),))
    seen = coach_through(exercise, play(11, torso=trips(70, rest=25)))
    assert seen.only.counted == (to == 60.0)
    if to == 80.0:
        because = seen.only.not_counted_because
        assert because is not None
        assert because.numbers == {"value": pytest.approx(70, abs=0.5), "needed": pytest.approx(80)}


@pytest.mark.parametrize(("share", "counted"), [(0.4, True), (0.6, False)])
def test_what_falls_may_have_to_fall_by_a_share_of_what_it_was(share: float, counted: bool) -> None:
    exercise = bowing_as(witnesses=(falls(drop, by=0.1, share=share),))
    seen = coach_through(exercise, play(11, torso=5.0, drop=trips(1.0, rest=2.0)))
    assert len(seen.counted) == counted


def test_all_frame_rates_agree_within_a_frame() -> None:
    tops = (90.0, 50.0, 100.0)
    results = [coach_through(BOWING, play(31, fps, torso=trips(*tops))) for fps in FPS]
    for fps, seen in zip(FPS, results, strict=True):
        assert [rep.counted for rep in seen.reps] == [True, False, True]
        for rep, fine in zip(seen.reps, results[-1].reps, strict=True):
            assert rep.start_s == pytest.approx(fine.start_s, abs=1 / fps + 0.02)
            assert rep.end_s == pytest.approx(fine.end_s, abs=1 / fps + 0.02)
            assert rep.peak_s == pytest.approx(fine.peak_s, abs=1 / fps + 0.02)
        for rep in seen.counted:
            assert rep.holds[0].duration_s == pytest.approx(3.0, abs=2 / fps)


# -- witnesses --------------------------------------------------------------------------------------------------------

EITHER = bowing_as(witnesses=(rises(torso, by=60), rises(drop, by=0.2)))


def dips(top: float = 0.4) -> object:
    return trips(top, rest=0.0)


def test_the_first_witness_that_was_seen_carries_the_count() -> None:
    both = coach_through(EITHER, play(11, torso=BOW, drop=dips()))  # type: ignore[arg-type]
    assert [rep.counted for rep in both.reps] == [True], "once, not once for each witness"
    contradicted = coach_through(EITHER, play(11, torso=5.0, drop=dips()))  # type: ignore[arg-type]
    assert contradicted.reps == (), "the better one was seen not to move"
    hidden = coach_through(EITHER, play(11, torso=math.nan, drop=dips()))  # type: ignore[arg-type]
    assert [rep.counted for rep in hidden.reps] == [True]


def test_where_the_first_witness_is_lost_on_the_way_the_next_one_takes_over() -> None:
    lost = coach_through(EITHER, play(11, torso=lambda t: math.nan if 3 < t < 8 else BOW(t), drop=dips()))  # type: ignore[arg-type]
    assert [rep.counted for rep in lost.reps] == [True]


# -- edges, gaps and cuts ---------------------------------------------------------------------------------------------


def test_already_down_at_the_first_frame_is_nothing_that_was_seen() -> None:
    assert not coach_through(BOWING, play(12, torso=path((4, 90), (6, 5)))).counted


def test_already_moving_at_the_first_frame() -> None:
    seen = coach_through(BOWING, play(12, torso=lambda t: BOW(t + 2.7)))
    assert seen.why is Code.FIRST_FRAME
    assert seen.only.start_s == 0


def test_the_first_picture_may_be_the_low_point() -> None:
    assert coach_through(BOWING, play(9, torso=lambda t: BOW(t + 2.0))).only.counted


@pytest.mark.parametrize("until_s", [4.5, 6.0, 8.0])
def test_not_back_at_the_last_frame(until_s: float) -> None:
    seen = coach_through(BOWING, play(until_s, torso=BOW))
    assert seen.why is Code.CLIP_ENDED
    assert seen.only.start_s == pytest.approx(2, abs=0.1)
    assert seen.only.end_s == pytest.approx(until_s)
    assert seen.only.holds[0].id == "bowed"


def test_back_at_the_very_last_frames_counts() -> None:
    assert coach_through(BOWING, play(8.9, torso=BOW)).only.counted


def test_a_cut_closes_what_is_open_and_the_next_repetition_counts() -> None:
    seen = coach_through(BOWING, play(20, torso=trips(90, 90)), cut_s=6.0)
    assert seen.codes == [Code.CUT, None]


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


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(
    ("gap", "because"), [((1.9, 4.5), Code.START_UNSEEN), ((6.5, 9.5), Code.RETURN_UNSEEN), ((2.2, 2.6), None)]
)
def test_departure_and_return_must_have_been_seen(fps: float, gap: tuple[float, float], because: Code | None) -> None:
    assert coach_through(BOWING, play(12, fps, torso=BOW, gaps=[gap])).why is because


def test_an_unseen_witness_is_a_gap_too() -> None:
    hidden = coach_through(BOWING, play(12, torso=lambda t: math.nan if 1.9 < t < 4.5 else BOW(t)))
    assert hidden.why is Code.START_UNSEEN


def test_after_three_minutes_a_movement_is_closed() -> None:
    seen = coach_through(BOWING, play(190, 10, torso=path((2, 5), (4, 90))))
    assert len(seen.reps) == 1
    assert not seen.only.counted


def test_three_minutes_count() -> None:
    rep = coach_through(BOWING, play(200, 10, torso=trips(90, move_s=80, hold_s=10))).only
    assert rep.counted
    assert rep.end_s - rep.start_s == pytest.approx(170, abs=5)


# -- context ----------------------------------------------------------------------------------------------------------


def test_outside_the_context_nothing_counts() -> None:
    assert coach_through(BOWING, play(11, torso=BOW, trunk=-1.0)).reps == ()


def test_a_context_that_is_not_seen_for_a_while_keeps_nothing_out() -> None:
    assert coach_through(BOWING, play(11, torso=BOW, trunk=lambda t: 1.0 if t < 4 else math.nan)).only.counted


def test_in_a_context_that_was_never_seen_nothing_counts() -> None:
    assert coach_through(BOWING, play(11, torso=BOW, trunk=math.nan)).reps == ()


@pytest.mark.parametrize(("outside", "counted"), [(0.45, 1), (0.55, 0)])
def test_the_context_must_hold_for_most_of_the_movement(outside: float, counted: int) -> None:
    """In it by turns of half a second and less, from 2 to 9 s."""
    seen = coach_through(
        BOWING,
        play(11, torso=BOW, trunk=lambda t: -1.0 if 2.6 < t < 9 and (t % 0.5) < 0.5 * outside * 7 / 6.4 else 1.0),
    )
    assert len(seen.counted) == counted


@pytest.mark.parametrize(("away_s", "because"), [(0.9, None), (1.3, Code.LEFT_CONTEXT)])
def test_leaving_the_context_for_long_ends_the_repetition(away_s: float, because: Code | None) -> None:
    seen = coach_through(BOWING, play(11, torso=BOW, trunk=lambda t: -1.0 if 5 <= t < 5 + away_s else 1.0))
    assert seen.reps[0].not_counted_because is None if because is None else seen.codes == [because]


@pytest.mark.parametrize(("top", "counted"), [(94, True), (101, False)])
def test_a_context_has_hysteresis(top: float, counted: bool) -> None:
    low = bowing(context=Context("low", torso < 92))
    assert bool(coach_through(low, play(15, torso=trips(top, hold_s=4))).counted) == counted


def test_getting_into_position_is_no_repetition() -> None:
    """Up while outside the context, and into it with the end position: only what begins in it counts."""
    seen = coach_through(BOWING, play(11, torso=BOW, trunk=lambda t: -1.0 if t < 2.3 else 1.0))
    assert not seen.counted
    seen = coach_through(BOWING, play(11, torso=BOW, trunk=lambda t: -1.0 if t < 1.3 else 1.0))
    assert len(seen.counted) == 1


# -- what it is not ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("until_s", "because"), [(5.1, None), (5.9, Code.SOMETHING_ELSE)])
def test_what_makes_it_something_else_is_told_if_it_held_for_most_of_the_top(
    until_s: float, because: Code | None
) -> None:
    exercise = bowing_as(not_this=(NotThis(tilt > 20, because="you fell over"),))
    seen = coach_through(exercise, play(11, torso=BOW, tilt=lambda t: 40.0 if 1 < t < until_s else 0.0))
    assert seen.why is because
    if because is not None:
        assert seen.only.not_counted_because is not None
        assert seen.only.not_counted_because.words == {"because": "you fell over"}


def test_what_it_is_not_counts_only_if_it_was_seen() -> None:
    exercise = bowing_as(not_this=(NotThis(chest_up_ratio > -0.9, because="never"),))
    assert coach_through(exercise, play(11, torso=BOW)).only.counted


@pytest.mark.parametrize(("stays_s", "because"), [(2.0, None), (5.0, Code.NOT_KEPT)])
def test_an_end_position_that_must_be_kept(stays_s: float, because: Code | None) -> None:
    assert coach_through(bowing_as(stays_s=stays_s), play(11, torso=BOW)).why is because


def test_a_change_from_a_rest_that_was_not_seen_is_not_judged() -> None:
    deep = fault(band=Band(quantity=change(drop), good=(None, 0.1), fault=(None, 0.5), origin=ARTICLE))
    seen = coach_through(
        bowing(deep, fault("knees")),
        play(12, torso=BOW, drop=lambda t: math.nan if t < 2.5 else 1.0, knee_left=60.0),
    )
    assert unjudged(seen.check("bad")) == "the rest before the movement was not seen"
    assert seen.check("knees").band == "fault"


# -- holds ------------------------------------------------------------------------------------------------------------


def test_too_short_a_hold_may_make_it_an_attempt() -> None:
    strict = bowing_as(hold=Hold(seconds=10, origin=ARTICLE, attempt_under_s=6))
    for hold_s, because in ((4.0, Code.HELD_TOO_LITTLE), (8.0, None)):
        seen = coach_through(strict, play(9 + hold_s, torso=trips(90, hold_s=hold_s)))
        assert seen.why is because
        assert not seen.only.holds[0].passed


def test_the_longest_still_time_is_the_hold() -> None:
    wobbling = path((2, 5), (4, 90), (5, 90), (7, 70), (9, 90), (12, 90), (14, 5))
    (hold,) = coach_through(BOWING, play(16, torso=wobbling)).only.holds
    assert hold.start_s == pytest.approx(9.0, abs=0.3)
    assert hold.duration_s == pytest.approx(3.0, abs=0.3)


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("out_s", "held_s"), [(0.1, 3.0), (0.8, 1.5)])
def test_a_moment_out_of_the_position_does_not_end_a_hold_leaving_does(fps: float, out_s: float, held_s: float) -> None:
    """Two and a half degrees below where the position ends; the torso itself hardly moves."""
    exercise = bowing_as(witnesses=(rises(torso, by=60),), hold=Hold(seconds=3.0, origin=ARTICLE))

    def value(time_s: float) -> float:
        return 58.0 if 5.5 <= time_s < 5.5 + out_s else trips(66)(time_s)

    rep = coach_through(exercise, play(11, fps, torso=value)).only
    assert rep.counted
    assert rep.holds[0].duration_s == pytest.approx(held_s, abs=0.45)


def test_where_nobody_says_otherwise_a_context_is_wide() -> None:
    assert coach_through(bowing(context=Context("any", trunk > -1.1)), play(11, torso=BOW, trunk=-1.0)).only.counted


@pytest.mark.parametrize(("seen_of_20", "because"), [(11, Code.HARDLY_SEEN), (13, None)])
def test_what_was_hidden_for_over_two_fifths_of_a_movement_does_not_count(
    seen_of_20: int, because: Code | None
) -> None:
    def flickers(time_s: float) -> float:
        return BOW(time_s) if time_s < 3.0 or round(time_s * 30) % 20 < seen_of_20 else math.nan

    seen = coach_through(BOWING, play(12, torso=flickers))
    assert seen.why is because
    assert seen.only.counted == (because is None)


def test_a_pause_on_the_way_is_no_hold_though_it_lasts_longer() -> None:
    bowed = path((2, 5), (3, 75), (7, 75), (8, 150), (10.5, 150), (12, 5))
    (hold,) = coach_through(bowing(), play(14, torso=bowed)).only.holds
    assert hold.start_s == pytest.approx(8, abs=0.3)
    assert hold.duration_s == pytest.approx(2.5, abs=0.3)
