"""What was kept up long enough: the persistence behind peaks, checks and faults."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.exercise.sustained import sustained

FPS = (10.0, 15.0, 30.0, 60.0)


def clip(seconds: float, fps: float) -> tuple[np.ndarray, np.ndarray]:
    """Return times and a signal that is 0 all along."""
    times = np.arange(round(seconds * fps) + 1) / fps
    return times, np.zeros(times.size)


def raised(seconds: float, fps: float, for_s: float, level: float = 40.0) -> tuple[np.ndarray, np.ndarray]:
    """Return a signal that is raised from 1 s on for so long."""
    times, values = clip(seconds, fps)
    values[(times >= 1.0 - 1e-9) & (times <= 1.0 + for_s + 1e-9)] = level
    return times, values


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("for_s", [0.1, 0.4, 0.7, 1.0, 2.0])
def test_just_long_enough_and_just_too_short(fps: float, for_s: float) -> None:
    kept = math.ceil(for_s * fps - 1e-9) / fps  # whole frames
    assert sustained(*raised(5.0, fps, kept), for_s) == 40.0
    assert sustained(*raised(5.0, fps, kept - 1 / fps), for_s) == 0.0


def test_the_level_is_the_lowest_within_the_best_stretch() -> None:
    times, values = clip(5.0, 10)
    values[10:30] = np.linspace(30, 49, 20)
    assert sustained(times, values, 1.0) == 39.0


def test_two_short_stretches_do_not_add_up() -> None:
    times, values = raised(5.0, 30, 0.6)
    values[(times > 2.0) & (times < 2.6)] = 40.0
    assert sustained(times, values, 1.0) == 0.0


@pytest.mark.parametrize(("unseen_s", "level"), [(0.1, 40.0), (0.3, 40.0), (0.4, 0.0)])
def test_short_gaps_are_bridged_longer_ones_reset(unseen_s: float, level: float) -> None:
    times, values = raised(5.0, 30, 1.0 + unseen_s)
    values[(times > 1.5) & (times < 1.5 + unseen_s - 1e-9)] = math.nan
    assert sustained(times, values, 1.0) == level


def test_what_a_gap_hides_does_not_add() -> None:
    times, values = raised(5.0, 30, 1.0)
    values[(times > 1.4) & (times < 1.6)] = math.nan
    assert sustained(times, values, 1.0) == 0.0
    assert sustained(times, values, 0.8) == 40.0


def test_a_gap_at_ten_frames_a_second_is_judged_alike() -> None:
    times, values = raised(5.0, 10, 1.2)
    values[[13, 14]] = math.nan
    assert sustained(times, values, 1.0) == 40.0
    values[[13, 14, 15, 16]] = math.nan
    assert sustained(times, values, 1.0) == 0.0


def test_nothing_seen_or_not_for_long_enough() -> None:
    times, values = clip(0.5, 30)
    assert math.isnan(sustained(times, values, 0.7))
    assert math.isnan(sustained(times, np.full(times.size, math.nan), 0.1))
    assert math.isnan(sustained(np.array([]), np.array([]), 0.1))
    assert sustained(times, values + 7.0, 0.0) == 7.0


@given(
    st.lists(st.floats(-100, 100), min_size=2, max_size=40),
    st.sampled_from([0.0, 0.1, 0.3, 0.5]),
    st.sampled_from(FPS),
)
def test_it_is_the_best_of_all_windows(levels: list[float], for_s: float, fps: float) -> None:
    times, values = np.arange(len(levels)) / fps, np.array(levels)
    width = math.ceil(for_s * fps - 1e-6) + 1
    windows = [values[i : i + width].min() for i in range(len(levels) - width + 1)]
    expected = max(windows) if windows else math.nan
    assert sustained(times, values, for_s) == pytest.approx(expected, nan_ok=True)


@given(st.lists(st.one_of(st.floats(-100, 100), st.just(math.nan)), min_size=1, max_size=40))
def test_it_is_a_level_that_was_seen_and_never_grows_with_time(levels: list[float]) -> None:
    times, values = np.arange(len(levels)) / 30, np.array(levels)
    kept = [sustained(times, values, for_s) for for_s in (0.0, 0.1, 0.2, 0.4)]
    seen = [level for level in kept if not math.isnan(level)]
    assert all(level in levels for level in seen)
    assert seen == sorted(seen, reverse=True)
    assert kept[: len(seen)] == seen
