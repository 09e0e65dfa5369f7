"""What must hold for a correct repetition of any exercise."""

import pytest

from samples.figure import Movement
from tests.runner import Watched

WITHIN_S = 0.15
"""How near times must come to the truth."""


def assert_textbook(found: Watched, moving: Movement) -> None:
    """Check that every repetition counts, on its side, clean, without any fault, and when it really was."""
    assert len(found.reps) == len(moving.truth.reps)
    for rep, truth in zip(found.reps, moving.truth.reps, strict=True):
        assert (rep.counted, rep.clean, rep.side, rep.faults) == (True, True, truth.side, ())
        assert (rep.start_s, rep.end_s) == pytest.approx((truth.start_s, truth.end_s), abs=WITHIN_S)
        real = {hold.id: (hold.start_s, hold.duration_s) for hold in truth.holds}
        assert {hold.id for hold in rep.holds} == set(real)
        for hold in rep.holds:
            assert (hold.start_s, hold.duration_s) == pytest.approx(real[hold.id], abs=WITHIN_S)
