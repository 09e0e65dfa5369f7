"""The zone of an end position: entered at its limit, left by a slack below it, short breaks bridged."""

import math

import numpy as np
import pytest

from formcheck.exercise.attempt import zone

NOT_SEEN = math.nan


@pytest.mark.parametrize(
    ("heights", "inside"),
    [
        ([], ""),
        ([0, 1, 2, 1, 0], "..#.."),
        ([0, 2, 1.6, 1.4, 1.6, 0], ".##..."),
        ([NOT_SEEN, 2, NOT_SEEN, 2, 0, NOT_SEEN], ".###.."),
        ([2, 0, 0, 2], "####"),
        ([2, 0, 0, 0, 2], "#...#"),
        ([2, 0, 2, 0, 0, 0, 2], "###...#"),
        ([0, 0, 2], "..#"),
    ],
)
def test_what_lies_in_the_zone(heights: list[float], inside: str) -> None:
    times = np.array([0.2 * i for i in range(len(heights))])
    assert "".join(".#"[is_in] for is_in in zone(times, np.array(heights, dtype=float), 2.0, 0.5).tolist()) == inside
