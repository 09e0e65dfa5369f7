"""The running median is the median of what counts."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.pose.running_median import RunningMedian


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=60), st.integers(1, 30))
def test_it_is_the_median_of_what_is_not_too_old(values: list[float], kept: int) -> None:
    running = RunningMedian(kept * 0.125)
    for index, value in enumerate(values):
        running.forget(index * 0.125)
        running.keep(index * 0.125, value)
        recent = values[max(0, index - kept) : index + 1]
        assert running.count == len(recent)
        assert running.median == pytest.approx(median(recent))


def test_what_follows_at_once_is_left_out() -> None:
    running = RunningMedian(10.0)
    for index in range(10):
        running.keep(index * 0.04, float(index))
    assert running.count == 4


def test_whoever_chooses_the_values_may_have_all_of_them_kept() -> None:
    running = RunningMedian(10.0, every_s=0.0)
    for index in range(10):
        running.keep(index * 0.04, float(index))
    assert running.count == 10
