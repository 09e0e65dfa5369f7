"""Whether what the articles ask for is found from the recommended place, on people of other proportions: a few of them here."""

import pytest

from samples.evaluation.asked_for import ASKED, Asked, said_of
from samples.evaluation.criteria import SEEDS

KNEE_INSIDE = next(item for item in ASKED if item.fault == "knee_inside_foot")


def test_all_is_asked_for_by_an_article() -> None:
    assert all(item.fault in SEEDS[item.exercise] for item in ASKED)


@pytest.mark.parametrize("is_wrong", [True, False])
def test_a_knee_inside_the_foot_is_told_of_who_does_it_only(is_wrong: bool) -> None:
    said = [said_of(KNEE_INSIDE, person, is_wrong=is_wrong) for person in (0, 1)]
    assert [item is not None and item.found for item in said] == [is_wrong, is_wrong]


def test_what_the_figure_cannot_do_is_left_out() -> None:
    assert said_of(Asked("lateral_lunge", "fixed_stance", "trailing_leg_bends", size=9.0), 0, is_wrong=True) is None
