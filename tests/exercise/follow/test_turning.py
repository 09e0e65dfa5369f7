"""A movement leaves its low point, rises and comes back: at any pace, size, frame rate and with noise."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercise.follow.turning import Turn, Turning

FPS = (10.0, 15.0, 30.0, 60.0)
LEAST = 60.0
Path = Callable[[float], float]
Points = Sequence[tuple[float, float]]


def eased(points: Points) -> Path:
    """Return a value that eases from point to point, (seconds, value) each."""

    def value(time_s: float) -> float:
        for (start, low), (end, high) in pairwise(points):
            if time_s < end:
                share = max(time_s - start, 0.0) / (end - start)
                return low + (high - low) * (1 - math.cos(math.pi * share)) / 2
        return points[-1][1]

    return value


def waves(count: int, phase_s: float, rest_s: float = 0.0, top: float = 80.0, low: float = 0.0) -> Points:
    """Return so many rises, each phase this long, with this long a rest between."""
    points, now = [(0.0, low), (1.0, low)], 1.0
    for _ in range(count):
        points += [(now + phase_s, top), (now + 2 * phase_s, low)]
        now += 2 * phase_s
        if rest_s > 0:
            now += rest_s
            points.append((now, low))
    return [*points, (now + max(1.0, 0.2 * phase_s), low)]


def follow(
    value: Path,
    until_s: float,
    fps: float = 30.0,
    *,
    least: float = LEAST,
    noise: float = 0.0,
    gaps: Sequence[tuple[float, float]] = (),
    phase_s: float = 0.0,
) -> list[Turn]:
    """Return the turns of a value, the last one broken off at the end."""
    rng = np.random.default_rng(1)
    turning = Turning(lambda low: least)
    turns = []
    for i in range(int(until_s * fps) + 1):
        time_s = i / fps + phase_s
        seen = value(time_s) + noise * float(rng.uniform(-1, 1))
        turn = turning.step(time_s, math.nan if any(a <= time_s < b for a, b in gaps) else seen)
        turns += [] if turn is None else [turn]
    last = turning.break_off()
    return turns if last is None else [*turns, last]


def complete(turns: Sequence[Turn]) -> int:
    return sum(turn.reach >= 1.0 and turn.back_s is not None for turn in turns)


def played(points: Points, fps: float = 30.0, **how: float) -> list[Turn]:
    return follow(eased(points), points[-1][0], fps, **how)  # type: ignore[arg-type]


# -- the same count whatever the scale ------------------------------------------------------------------------------

tops = st.lists(st.sampled_from([10.0, 40.0, 55.0, 65.0, 90.0, 120.0]), min_size=1, max_size=6)


@given(tops, st.floats(-200, 200), st.floats(0.01, 50), st.sampled_from(FPS))
@settings(max_examples=60, deadline=None)
def test_the_count_does_not_depend_on_where_zero_lies_nor_on_the_unit(
    heights: list[float], shift: float, scale: float, fps: float
) -> None:
    points = [(0.0, 0.0), (1.0, 0.0)]
    for i, top in enumerate(heights):
        points += [(2.0 + 3 * i, top), (3.0 + 3 * i, 0.0), (4.0 + 3 * i, 0.0)]
    value = eased(points)
    turns = follow(value, points[-1][0], fps)
    assert complete(turns) == sum(top >= LEAST for top in heights)
    assert len(turns) == sum(top >= LEAST / 2 for top in heights)
    other = follow(lambda t: shift + scale * value(t), points[-1][0], fps, least=scale * LEAST)
    assert [turn.high_s for turn in other] == pytest.approx([turn.high_s for turn in turns], abs=1.5 / fps)
    assert complete(other) == complete(turns)


@given(
    st.integers(1, 6), st.floats(0.2, 4.0), st.sampled_from([0.0, 0.3, 2.0]), st.sampled_from(FPS), st.floats(0, 0.1)
)
@settings(max_examples=80, deadline=None)
def test_the_count_does_not_depend_on_pace_or_frame_rate(
    count: int, phase_s: float, rest_s: float, fps: float, start_s: float
) -> None:
    # A picture in a hundred milliseconds may miss the top of a quick movement: it is well past its least.
    points = waves(count, phase_s, rest_s, top=100.0)
    turns = follow(eased(points), points[-1][0], fps, phase_s=start_s)
    assert (len(turns), complete(turns)) == (count, count)


@pytest.mark.parametrize("fps", [10.0, 30.0])
@pytest.mark.parametrize("phase_s", [0.2, 1.0, 10.0, 45.0, 90.0])
def test_a_movement_may_take_three_minutes(fps: float, phase_s: float) -> None:
    assert complete(played(waves(2, phase_s), fps)) == 2


@given(st.integers(1, 5), st.floats(0.4, 3.0), st.floats(0, 0.05), st.sampled_from(FPS))
@settings(max_examples=60, deadline=None)
def test_noise_below_a_twentieth_of_the_least_travel_changes_no_count(
    count: int, phase_s: float, noise: float, fps: float
) -> None:
    turns = played(waves(count, phase_s, rest_s=1.0, top=100.0), fps, noise=noise * LEAST)
    assert (len(turns), complete(turns)) == (count, count)


# -- how far ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(
    ("share", "listed", "counted"), [(0.45, 0, 0), (0.55, 1, 0), (0.95, 1, 0), (1.05, 1, 1), (3.0, 1, 1)]
)
def test_half_the_way_is_listed_and_the_whole_way_counts(fps: float, share: float, listed: int, counted: int) -> None:
    turns = played([(0, 5), (1, 5), (2, 5 + share * LEAST), (3, 5 + share * LEAST), (4, 5), (6, 5)], fps)
    assert (len(turns), complete(turns)) == (listed, counted)
    if listed:
        assert turns[0].reach == pytest.approx(share, rel=0.02)


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("back", "counted"), [(0.66, 1), (0.74, 2)])
def test_it_is_back_when_it_has_lost_seven_tenths_of_its_rise(fps: float, back: float, counted: int) -> None:
    """Two rises with a valley between that goes not all the way down."""
    valley = 100.0 * (1 - back)
    points = [
        (0.0, 0.0),
        (1.0, 0.0),
        (2.0, 100.0),
        (3.0, 100.0),
        (4.0, valley),
        (5.0, valley),
        (6.0, 100.0),
        (8.0, 0.0),
    ]
    turns = played([*points, (10.0, 0.0)], fps)
    assert sum(turn.back_s is not None for turn in turns) == counted


@pytest.mark.parametrize(("bounce", "turns"), [(0.2, 1), (0.55, 2)])
def test_only_a_third_of_the_way_up_again_is_the_next_movement(bounce: float, turns: int) -> None:
    """Comes back, wobbles up from the valley at once, and down to rest."""
    points = [(0.0, 0.0), (1.0, 0.0), (2.0, 100.0), (2.6, 20.0), (2.66, 20.0 + bounce * 100), (2.72, 20.0), (2.82, 0.0)]
    found = played([*points, (6.0, 0.0)], 60.0)
    assert len(found) == turns
    assert found[0].valley == pytest.approx(0.0 if turns == 1 else 20.0, abs=4)


@pytest.mark.parametrize("fps", FPS)
def test_it_is_over_when_it_stays_in_its_valley(fps: float) -> None:
    (turn,) = played([(0, 0), (1, 0), (2, 100), (3, 100), (4, 0), (9, 0)], fps)
    assert turn.back_s == pytest.approx(3.63, abs=0.15)
    assert turn.valley_s == pytest.approx(4.0, abs=0.15)
    assert turn.end_s is not None
    assert 4.0 <= turn.end_s <= 4.0 + 0.35 + 1 / fps


@pytest.mark.parametrize("fps", FPS)
def test_it_waits_no_shorter_than_a_quarter_of_a_second(fps: float) -> None:
    """A return with a moment's rest on the way goes on to the end."""
    points = [(0.0, 0.0), (1.0, 0.0), (2.0, 100.0), (2.5, 25.0), (2.68, 25.0), (2.9, 0.0), (5.0, 0.0)]
    (turn,) = played(points, fps)
    assert turn.valley == pytest.approx(0.0, abs=2.5)


@pytest.mark.parametrize("fps", FPS)
def test_a_slow_return_may_pause_for_longer(fps: float) -> None:
    times, heights = (0, 1, 4, 14, 14.2, 16, 20), (0, 0, 100, 20, 20, 0, 0)
    (turn,) = follow(lambda t: float(np.interp(t, times, heights)), 20, fps)
    assert turn.valley == pytest.approx(0.0, abs=2.5)


@pytest.mark.parametrize("fps", FPS)
def test_it_is_over_when_it_rises_again(fps: float) -> None:
    first, second = played([(0, 0), (1, 0), (2, 100), (3, 10), (4, 100), (5, 0), (7, 0)], fps)
    assert first.end_s is not None
    assert 3.0 < first.end_s < 3.6
    assert (first.valley, second.low) == pytest.approx((10, 10), abs=3)
    assert second.low_s == pytest.approx(3.0, abs=0.15)


# -- what was not seen --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(
    ("gap", "start_unseen", "return_unseen"),
    [
        ((1.2, 1.55), False, False),
        ((1.0, 2.0), True, False),
        ((1.2, 3.0), True, False),
        ((2.6, 3.4), False, False),
        ((4.1, 4.4), False, False),
        ((4.0, 5.0), False, True),
        ((3.2, 6.5), False, True),
    ],
)
def test_what_happens_in_a_gap_of_more_than_half_a_second_was_not_seen(
    fps: float, gap: tuple[float, float], start_unseen: bool, return_unseen: bool
) -> None:
    points = [(0, 0), (1, 0), (2, 100), (4, 100), (5, 0), (8, 0)]
    (turn,) = played(points, fps, gaps=[gap])  # type: ignore[arg-type]
    assert (turn.start_unseen, turn.return_unseen) == (start_unseen, return_unseen)


@pytest.mark.parametrize("fps", FPS)
def test_a_gap_at_rest_hides_nothing(fps: float) -> None:
    (turn,) = played([(0, 0), (6, 0), (7, 100), (8, 0), (10, 0)], fps, gaps=[(1.0, 4.0)])  # type: ignore[arg-type]
    assert not turn.start_unseen


# -- where it began -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("wait_s", "found"), [(2.0, 1), (8.0, 0)])
def test_a_low_point_that_was_only_a_glitch_is_forgotten(fps: float, wait_s: float, found: int) -> None:
    """One picture reads 15° too low; then the person rests, and rises by 50° of 60°."""

    def value(time_s: float) -> float:
        if 1.0 <= time_s < 1.0 + 1.01 / fps:
            return -15.0
        return eased([(0, 0), (1 + wait_s, 0), (2 + wait_s, 50), (3 + wait_s, 0)])(time_s)

    assert complete(follow(value, 5 + wait_s, fps)) == found


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("rest", "found"), [(40.0, 2), (60.0, 1)])
def test_who_rests_above_the_first_low_point_has_come_back_none_the_less(fps: float, rest: float, found: int) -> None:
    """Up from 0 to 100, to another rest 60 % or 40 % of the way back, kept 7 s; from there up by 70° and back."""
    points = [(0.0, 0.0), (1.0, 0.0), (2.0, 100.0), (3.0, rest), (10.0, rest), (11.0, rest + 70), (12.0, rest)]
    assert complete(played([*points, (20.0, rest)], fps)) == found


@pytest.mark.parametrize("fps", FPS)
def test_who_stays_half_way_rests_there(fps: float) -> None:
    """Up by 40° and kept for 8 s is another rest: from there it takes another 60°."""
    points = [(0, 0), (1, 0), (2, 40), (10, 40), (11, 85), (12, 40), (14, 40)]
    assert complete(played(points, fps)) == 0
    points = [(0, 0), (1, 0), (2, 40), (10, 40), (11, 105), (12, 40), (14, 40)]
    assert complete(played(points, fps)) == 1


@pytest.mark.parametrize("fps", FPS)
def test_who_pauses_on_the_way_goes_on(fps: float) -> None:
    points = [(0, 0), (1, 0), (2, 40), (5, 40), (6, 85), (7, 0), (9, 0)]
    turns = played(points, fps)
    assert (len(turns), complete(turns)) == (1, 1)


def test_sinking_is_no_movement_and_the_lowest_point_is_where_it_begins() -> None:
    (turn,) = played([(0, 90), (2, 0), (3, 100), (4, 0), (6, 0)])
    assert turn.low == pytest.approx(0, abs=1)
    assert turn.rise == pytest.approx(100, abs=2)


@pytest.mark.parametrize("fps", FPS)
def test_at_the_end_what_is_open_is_not_back(fps: float) -> None:
    (turn,) = played([(0, 0), (1, 0), (2, 100), (4, 100)], fps)
    assert turn.back_s is None
    assert turn.full_s is not None


# -- to and fro ---------------------------------------------------------------------------------------------------------


def test_the_way_back_from_one_side_is_no_movement_to_the_other() -> None:
    """From rest at 0: down to -20 and back, 20 up and back; only what rises over rest counts."""
    value = eased([(0, 0), (1, 0), (2, -20), (3, 0), (4, 20), (5, 0), (7, 0)])
    turning = Turning(lambda low: 10.0, from_rest=True)
    found: list[Turn] = []
    for i in range(7 * 30):
        if i == 20:
            turning.rest_at(0.0, i / 30)
        turn = turning.step(i / 30, value(i / 30))
        found += [] if turn is None else [turn]
    assert [turn.rise for turn in found] == [pytest.approx(20, abs=1)]


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("rest_seen", [True, False])
def test_to_and_fro_nothing_begins_before_a_rest_was_seen(fps: float, rest_seen: bool) -> None:
    """From the one side at -20 to the other one at 20, and back: only rest tells that it was a turn of 20."""
    value = eased([(0, -20), (1, -20), (3, 20), (4, 20), (6, -20), (7, -20)])
    turning = Turning(lambda low: 10.0, from_rest=True)
    if rest_seen:
        turning.rest_at(0.0, 0.0)
    found = [turn for i in range(round(7 * fps)) if (turn := turning.step(i / fps, value(i / fps))) is not None]
    assert [turn.rise for turn in found] == ([pytest.approx(20, abs=1)] if rest_seen else [])


@pytest.mark.parametrize(("dip_s", "turns"), [(0.07, 1), (0.4, 2)])
def test_a_dip_that_no_body_makes_is_no_valley(dip_s: float, turns: int) -> None:
    turning = Turning(lambda low: 10.0)

    def value(time_s: float) -> float:
        if 2.0 <= time_s < 2.0 + dip_s:
            return 40.0 * abs(time_s - 2.0 - dip_s / 2) / (dip_s / 2)
        return float(np.interp(time_s, [1.0, 1.5, 3.0, 3.5], [0.0, 40.0, 40.0, 0.0]))

    times = [i / 30 for i in range(150)]
    over = [turn for time_s in times if (turn := turning.step(time_s, value(time_s))) is not None]
    assert len(over) == turns
