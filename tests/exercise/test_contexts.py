"""What keeps a person in a context: no fault of the exercise leaves it, and what is something else does."""

import pytest

from formcheck.body.quantity import Moment
from formcheck.exercise.contexts import FLOOR_SITTING, ON_THE_HANDS

FLOOR = {"shank_rise_t.left": 0.1, "shank_rise_t.right": 0.1, "chest_up_ratio": 0.0}


@pytest.mark.parametrize(
    ("seat_t", "trunk", "sits"),
    [(0.3, 1.0, True), (0.95, 0.6, True), (0.95, 0.95, False), (1.1, 0.6, False)],
    ids=[
        "tall",
        "with a rounded back, which makes the seat seem high",
        "on a chair",
        "leaning, and higher than a chair",
    ],
)
def test_sitting_on_the_floor_keeps_a_rounded_back(seat_t: float, trunk: float, sits: bool) -> None:
    moment = Moment({**FLOOR, "seat_height_t": seat_t, "trunk_height_ratio": trunk})
    assert FLOOR_SITTING.condition.answer(moment) is sits


@pytest.mark.parametrize(
    ("trunk", "arms_deg", "supported"),
    [(0.3, 75.0, True), (0.66, 42.0, True), (0.84, 34.0, True), (0.95, 90.0, True), (0.97, 40.0, False)],
    ids=["on the floor", "on a chair", "on a counter, the arms hanging", "at a wall", "upright, the arms swinging"],
)
def test_on_the_hands_over_a_support_of_any_height(trunk: float, arms_deg: float, supported: bool) -> None:
    moment = Moment(
        {
            "trunk_height_ratio": trunk,
            "chest_up_ratio": -0.7,
            "arm_elevation_deg.left": arms_deg,
            "arm_elevation_deg.right": arms_deg,
        },
        near="left",
    )
    assert ON_THE_HANDS.condition.answer(moment) is supported
