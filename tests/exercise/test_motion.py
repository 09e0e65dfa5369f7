"""When a movement began, ended, stood still or turned, at any frame rate."""

import math
from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.exercise.motion import (
    count_turns,
    median_of,
    movement_end_s,
    movement_start_s,
    noise_of,
    settled_span,
    slopes,
    still_spans,
)

FPS = (10.0, 15.0, 30.0, 60.0)
Samples = tuple[np.ndarray, np.ndarray]


def eased(
    fps: float, *moves: tuple[float, float, float], until_s: float, noise: float = 0.0, phase: float = 0.0
) -> Samples:
    """Return a signal that starts at 0 and goes to each level within (from, to, level), slow at both ends."""
    times = np.arange(int((until_s - phase) * fps) + 1) / fps + phase
    values = np.zeros(times.size)
    before = 0.0
    for start, end, level in moves:
        share = np.clip((times - start) / (end - start), 0.0, 1.0)
        values += (level - before) * (1 - np.cos(np.pi * share)) / 2
        before = level
    rng = np.random.default_rng(1)
    return times, values + noise * rng.normal(size=times.size)


# -- slopes -----------------------------------------------------------------------------------------------------------


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(0, 1000), st.sampled_from(FPS))
def test_the_slope_of_a_line_is_exact_to_its_ends(slope: float, offset: float, start_s: float, fps: float) -> None:
    times = start_s + np.arange(20) / fps
    assert slopes(times, offset + slope * (times - start_s), 0.5) == pytest.approx(np.full(20, slope), abs=1e-5)


def test_unseen_samples_do_not_bend_a_slope() -> None:
    times = np.arange(20) / 10
    values = 3 * times
    values[[4, 5, 11]] = math.nan
    assert slopes(times, values, 0.5) == pytest.approx(np.full(20, 3.0))


def test_a_lonely_sample_has_no_slope() -> None:
    times, values = np.arange(20) / 10, np.full(20, math.nan)
    values[10] = 4.0
    assert np.isnan(slopes(times, values, 0.5)).all()
    assert slopes(np.array([]), np.array([]), 0.5).size == 0


# -- stillness --------------------------------------------------------------------------------------------------------


def spans_of(samples: Samples, above: float = 30.0, unit: str = "deg") -> list[tuple[float, float]]:
    times, values = samples
    return still_spans(times, values, values > above, unit)


@pytest.mark.parametrize("fps", FPS)
def test_a_hold_is_still_from_the_way_in_to_the_way_out(fps: float) -> None:
    ((start, end),) = spans_of(eased(fps, (1, 2, 90), (7, 8, 0), until_s=9))
    assert start == pytest.approx(2.0, abs=0.3)
    assert end == pytest.approx(7.0, abs=0.3)


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("moves_s", "spans"), [(0.4, 1), (2.0, 2)])
def test_a_short_wobble_is_bridged_a_long_one_ends_the_hold(fps: float, moves_s: float, spans: int) -> None:
    samples = eased(fps, (1, 2, 90), (5, 5 + moves_s / 2, 97), (5 + moves_s / 2, 5 + moves_s, 90), until_s=9)
    if spans == 2:
        samples = eased(fps, (1, 2, 90), (5, 5 + moves_s, 70), until_s=10)
    assert len(spans_of(samples)) == spans


def test_leaving_the_zone_ends_a_hold_at_once() -> None:
    times, values = eased(30, (1, 2, 90), until_s=6)
    inside = np.ones(times.size, dtype=bool)
    inside[(times > 3.9) & (times < 4.1)] = False
    assert len(still_spans(times, values, inside, "deg")) == 2 + 1  # with the rest before


@pytest.mark.parametrize(("gap_s", "spans"), [(0.4, 1), (0.7, 2)])
def test_gaps_up_to_half_a_second_are_bridged(gap_s: float, spans: int) -> None:
    times, values = eased(30, (1, 2, 90), until_s=6)
    values[(times > 4) & (times < 4 + gap_s)] = math.nan
    with np.errstate(invalid="ignore"):
        assert len(still_spans(times, values, values > 30, "deg")) == spans


@pytest.mark.parametrize(("unit", "speed"), [("deg", 8.0), ("T", 0.05), ("L", 0.03), ("shank", 0.06), ("ratio", 0.06)])
def test_how_slow_is_still_depends_on_the_unit(unit: str, speed: float) -> None:
    times = np.arange(60) / 30
    inside = np.ones(60, dtype=bool)
    assert still_spans(times, 0.98 * speed * times, inside, unit) == [(0.0, pytest.approx(times[-1]))]
    assert still_spans(times, 1.02 * speed * times, inside, unit) == []


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("move_s", [0.6, 1.8, 4.0])
@pytest.mark.parametrize("hold_s", [2.0, 5.0])
def test_a_hold_is_dated_within_a_frame(fps: float, move_s: float, hold_s: float) -> None:
    in_s, out_s = 1 + move_s, 1 + move_s + hold_s
    times, values = eased(fps, (1, in_s, 90), (out_s, out_s + move_s, 0), until_s=out_s + move_s + 1)
    longest = max(still_spans(times, values, values > 30, "deg"), key=lambda span: span[1] - span[0])
    start, end = settled_span(times, values, longest, "deg")
    assert start == pytest.approx(in_s, abs=1 / fps + 0.025 * move_s)
    assert end == pytest.approx(out_s, abs=1 / fps + 0.025 * move_s)


@pytest.mark.parametrize("fps", FPS)
def test_a_hold_with_jitter_is_dated_within_a_quarter_of_a_second(fps: float) -> None:
    times, values = eased(fps, (1, 3, 90), (8, 10, 0), until_s=11, noise=0.7)
    longest = max(still_spans(times, values, values > 30, "deg"), key=lambda span: span[1] - span[0])
    start, end = settled_span(times, values, longest, "deg")
    assert start == pytest.approx(3.0, abs=0.25)
    assert end == pytest.approx(8.0, abs=0.25)


@pytest.mark.parametrize("fps", [15.0, 30.0])
def test_a_hold_after_a_quick_step_is_not_cut_where_the_landmarks_creep(fps: float) -> None:
    """As after the step of a lunge: they go on by 1 % of the torso for the first and the last second of the hold."""
    times, values = eased(fps, (1, 1.8, 2.6), (5.8, 6.6, 0), until_s=7.6)
    creeping = np.interp(times, [1.8, 2.8, 4.8, 5.8], [0.0, 0.025, 0.025, 0.0])
    values = values + np.where((times >= 1.8) & (times <= 5.8), creeping, 0.0)
    longest = max(still_spans(times, values, values > 1.6, "T"), key=lambda span: span[1] - span[0])
    start, end = settled_span(times, values, longest, "T")
    assert start == pytest.approx(1.8, abs=0.2 + 1.5 / fps)
    assert end == pytest.approx(5.8, abs=0.2 + 1.5 / fps)


@given(st.floats(0.2, 6), st.floats(0.3, 3), st.sampled_from(FPS), st.floats(0, 0.1))
def test_a_settled_hold_never_ends_before_it_begins(hold_s: float, move_s: float, fps: float, phase: float) -> None:
    out_s = 1 + move_s + hold_s
    times, values = eased(fps, (1, 1 + move_s, 90), (out_s, out_s + move_s, 0), until_s=out_s + move_s + 1, phase=phase)
    for span in still_spans(times, values, values > 30, "deg"):
        start, end = settled_span(times, values, span, "deg")
        assert start <= end
        assert start >= span[0] - 0.5
        assert end <= span[1] + 0.5


# -- start and end ----------------------------------------------------------------------------------------------------


@given(st.sampled_from(FPS), st.floats(0, 1), st.floats(0.5, 6), st.floats(20, 120), st.booleans())
def test_an_eased_movement_is_dated_within_a_frame(
    fps: float, phase: float, move_s: float, reach: float, down: bool
) -> None:
    level = -reach if down else reach
    times, values = eased(fps, (3, 3 + move_s, level), until_s=4 + move_s, phase=phase / fps)
    left_zone = float(times[np.flatnonzero(np.abs(values) > 10)[0]])
    upto = times <= 3 + move_s
    assert movement_start_s(times[upto], values[upto], left_zone) == pytest.approx(3, abs=1 / fps + 0.015 * move_s)
    back = level - values
    from_s = float(times[np.flatnonzero(np.abs(back) < 10)[0]])
    after = times >= 3
    assert movement_end_s(times[after], back[after], from_s) == pytest.approx(3 + move_s, abs=1 / fps + 0.015 * move_s)


@pytest.mark.parametrize("fps", FPS)
def test_jitter_hardly_moves_the_start(fps: float) -> None:
    times, values = eased(fps, (3, 5, 90), until_s=5, noise=0.5)
    assert movement_start_s(times, values, 3.6) == pytest.approx(3.0, abs=0.3)


def test_drifting_at_rest_is_not_yet_moving() -> None:
    times, values = eased(30, (5, 7, 90), until_s=7)
    assert movement_start_s(times, values + 0.5 * times, 5.6) == pytest.approx(5.0, abs=0.25)


def test_unseen_samples_and_hardly_any_samples() -> None:
    times, values = eased(30, (3, 5, 90), until_s=5)
    values[40:60] = math.nan
    assert movement_start_s(times, values, 3.6) == pytest.approx(3.0, abs=0.1)
    assert movement_start_s(np.array([1.0, 1.1]), np.array([0.0, 50.0]), 1.1) == 1.0


# -- noise and turns --------------------------------------------------------------------------------------------------


def test_noise_is_measured_without_the_movement() -> None:
    rng = np.random.default_rng(2)
    drifting = np.arange(3000) * 0.001 + rng.normal(scale=0.4, size=3000)
    assert noise_of(drifting) == pytest.approx(0.4, rel=0.1)
    assert noise_of(np.array([1.0, math.nan, 2.0])) == 0.0


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_the_median_is_the_median(values: list[float]) -> None:
    assert median_of(np.array(values)) == median(values)


@pytest.mark.parametrize(
    ("values", "turns"),
    [([0, 10, 0, 10], 2), ([0, 4, 0, 4], 0), ([0, 10, 8, 20], 0), ([0, 10, 2, 20], 2), ([5], 0), ([9, 0, 9], 1)],
)
def test_turns_of_at_least_5(values: list[float], turns: int) -> None:
    assert count_turns(values, 5) == turns


steps = st.lists(st.floats(-100, 100), min_size=1, max_size=30)


@given(steps, st.floats(0.1, 50))
def test_turns_are_the_same_upside_down(values: list[float], step: float) -> None:
    turns = count_turns(values, step)
    assert count_turns([-value for value in values], step) == turns
    assert 0 <= turns <= max(len(values) - 2, 0)


@given(st.lists(st.floats(1, 30), min_size=2, max_size=12))
def test_a_zigzag_turns_at_every_corner(legs: list[float]) -> None:
    corners = np.cumsum([0.0, *(leg * (-1) ** i for i, leg in enumerate(legs))])
    path = [value for a, b in pairwise(corners) for value in np.linspace(a, b, 5)]
    assert count_turns(path, 0.99) == len(legs) - 1


@pytest.mark.parametrize(("away", "spans"), [(0.16, 1), (0.18, 2)])
def test_a_break_within_the_error_of_a_value_is_none(away: float, spans: int) -> None:
    times, values = eased(30, (2, 3, away), (3, 4, 0), until_s=6)
    inside = np.ones(times.size, dtype=bool)
    assert len(still_spans(times, values, inside, "T")) > 1
    found = still_spans(times, values, inside, "T", error=0.17)
    assert (len(found) == 1) == (spans == 1)
