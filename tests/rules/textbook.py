"""What must hold for a correct repetition of any exercise."""

import pytest

from formcheck.exercise.results import Form
from samples.figure import Movement
from tests.runner import Watched

WITHIN_S = 0.25
"""How near times must come to the truth from the best view (rules/METHOD.md, chapter 1)."""


def assert_counted(found: Watched, moving: Movement) -> None:
    """Check that every repetition counts, on its side, and that no fault is told; whatever the view shows of its form."""
    assert found.sides == [truth.side for truth in moving.truth.reps], found.why_not
    assert len(found.reps) == len(found.counted), found.why_not
    assert found.faults == {}
    assert all(rep.form is not Form.FAULTS for rep in found.reps)


def assert_textbook(found: Watched, moving: Movement) -> None:
    """Check besides that all was seen to be right, and when it really was."""
    assert_counted(found, moving)
    for rep, truth in zip(found.reps, moving.truth.reps, strict=True):
        assert rep.clean, rep.form_unseen
        assert (rep.start_s, rep.end_s) == pytest.approx((truth.start_s, truth.end_s), abs=WITHIN_S)
        real = {hold.id: (hold.start_s, hold.duration_s) for hold in truth.holds}
        assert {hold.id for hold in rep.holds} == set(real)
        for hold in rep.holds:
            assert (hold.start_s, hold.duration_s) == pytest.approx(real[hold.id], abs=WITHIN_S)
