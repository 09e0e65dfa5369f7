"""Conditions answer yes, no or "not seen", and say how they are meant to be written."""

import math
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.quantity import (
    Answer,
    Condition,
    Moment,
    all_of,
    any_of,
    between,
    negate,
    outside,
)
from formcheck.body.signals import hip_drop_l, hip_flexion_deg, knee_flexion_deg, torso_inclination_deg
from formcheck.body.view import View
from formcheck.exercise.quantities import (
    Role,
    at_lowest,
    beyond_setting,
    change,
    duration_s,
    each,
    lowest,
    near,
    other,
    peak,
    speed,
    start_position_s,
    travel,
    turns,
    working,
)
from formcheck.exercise.reading import error_of, keys_of

from . import made_up

torso = torso_inclination_deg
knee = knee_flexion_deg
ANSWERS: tuple[Answer, ...] = (True, False, None)


def at(**values: float) -> Moment:
    """Return a moment of the right side working, the left nearer: knee_left=30 is the left knee's flexion."""
    names = {"torso": torso.name, "knee_left": f"{knee.name}.left", "knee_right": f"{knee.name}.right"}
    rest = {names[key.removeprefix("rest_")]: value for key, value in values.items() if key.startswith("rest_")}
    now = {names[key]: value for key, value in values.items() if not key.startswith("rest_")}
    return Moment(now, "right", "left", rest)


def says(answer: Answer) -> Condition:
    """Return a condition that gives this answer for a torso at 50°."""
    return {True: torso > 40, False: torso > 60, None: working(hip_flexion_deg) > 0}[answer]


MOMENT = at(torso=50.0)


@pytest.mark.parametrize("first", ANSWERS)
@pytest.mark.parametrize("second", ANSWERS)
def test_three_valued_logic(first: Answer, second: Answer) -> None:
    both = (first, second)
    expected_all = False if False in both else None if None in both else True
    expected_any = True if True in both else None if None in both else False
    assert all_of(says(first), says(second)).answer(MOMENT) is expected_all
    assert any_of(says(first), says(second)).answer(MOMENT) is expected_any


@pytest.mark.parametrize("answer", ANSWERS)
def test_negate(answer: Answer) -> None:
    assert negate(says(answer)).answer(MOMENT) is {True: False, False: True, None: None}[answer]


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5))
def test_what_is_not_any_is_all_not(answers: list[Answer]) -> None:
    conditions = [says(answer) for answer in answers]
    assert negate(any_of(*conditions)).answer(MOMENT) is all_of(*map(negate, conditions)).answer(MOMENT)


@given(st.floats(-50, 150))
def test_between_and_outside(value: float) -> None:
    moment = at(torso=value)
    assert between(torso, 10, 90).answer(moment) is (10 < value < 90)
    assert outside(torso, 10, 90).answer(moment) is (value < 10 or value > 90)


def test_not_seen() -> None:
    for moment in (at(), at(torso=math.nan)):
        for condition in (torso > 5, torso < 5, between(torso, 1, 2), outside(torso, 1, 2)):
            assert condition.answer(moment) is None


@pytest.mark.parametrize(
    ("write", "hint"),
    [
        (lambda: torso > 5 and torso < 9, "all_of"),
        (lambda: torso > 5 or torso < 3, "any_of"),
        (lambda: not torso > 5, "negate"),
        (lambda: 10 < torso < 20, "between"),
        (lambda: torso >= 5, "Use < or >"),
        (lambda: torso <= 5, "Use < or >"),
        (lambda: bool(torso), "compare it with a number"),
        (lambda: all_of(torso > 5) and torso > 3, "all_of"),
        (lambda: (knee > 5).answer(MOMENT), "working"),
    ],
)
def test_what_does_not_work_says_what_does(write: Callable[[], object], hint: str) -> None:
    with pytest.raises(TypeError, match=hint):
        write()


@pytest.mark.parametrize(
    ("condition", "stays_at", "leaves_at"),
    [(torso > 50, 45.5, 44.5), (torso < 50, 54.5, 55.5), (between(torso, 50, 60), 45.5, 44.5)],
)
def test_a_zone_is_left_five_degrees_further_out(condition: Condition, stays_at: float, leaves_at: float) -> None:
    assert condition.answer(at(torso=stays_at)) is False
    assert condition.relaxed().answer(at(torso=stays_at)) is True
    assert condition.relaxed().answer(at(torso=leaves_at)) is False


def test_other_units_have_their_own_hysteresis() -> None:
    moment = Moment({"hip_drop_l": 0.09})
    assert (hip_drop_l > 0.10).relaxed().answer(moment) is True
    assert (hip_drop_l > 0.12).relaxed().answer(moment) is False


def test_a_negation_is_not_loosened() -> None:
    inside = at(torso=52.0)
    assert negate(torso > 50).relaxed().answer(inside) is False
    assert any_of(torso > 55, torso < 10).relaxed().answer(inside) is True


def test_whose_side() -> None:
    moment = at(knee_left=10.0, knee_right=80.0)
    assert working(knee).value(moment) == 80
    assert other(knee).value(moment) == 10
    assert near(knee).value(moment) == 10
    nobody = Moment(moment.measures)
    assert all(math.isnan(role(knee).value(nobody)) for role in (working, other, near))


@pytest.mark.parametrize(
    ("left", "right", "above", "below"),
    [(60, 80, True, False), (40, 80, False, False), (40, 30, False, True), (math.nan, 80, True, False),
     (math.nan, 30, False, True), (math.nan, math.nan, None, None)],
)  # fmt: skip
def test_each_means_both_or_the_one_that_is_seen(left: float, right: float, above: Answer, below: Answer) -> None:
    moment = at(knee_left=left, knee_right=right)
    assert (each(knee) > 50).answer(moment) is above
    assert (each(knee) < 50).answer(moment) is below
    assert math.isnan(each(knee).value(moment)) == (math.isnan(left) or math.isnan(right))


def test_change_is_signed_and_from_rest() -> None:
    assert change(torso).value(at(torso=50, rest_torso=60)) == -10
    assert change(working(knee)).value(at(knee_right=50, rest_knee_right=20)) == 30
    assert math.isnan(change(torso).value(at(torso=50)))
    assert (change(each(knee)) > 20).answer(
        at(knee_left=50, knee_right=70, rest_knee_left=20, rest_knee_right=20)
    ) is True  # fmt: skip


def test_beyond_a_setting_of_that_side() -> None:
    deep = beyond_setting(working(knee), "end_point_deg")
    measures = {f"{knee.name}.left": 100.0, f"{knee.name}.right": 100.0}
    settings = {"end_point_deg.left": 90.0}
    assert deep.value(Moment(measures, "left", settings=settings)) == 10
    assert math.isnan(deep.value(Moment(measures, "right", settings=settings)))


def _rep(values: Sequence[float]) -> tuple[list[float], list[Moment]]:
    return [i / 10 for i in range(len(values))], [at(torso=value) for value in values]


def test_quantities_of_a_whole_repetition() -> None:
    times, moments = _rep([0, 0, 10, 30, 30, 50, 20, 25, 5, 0])
    assert peak(torso).of_rep(times, moments) == 30, "50° was not kept for 0.1 s"
    assert lowest(torso).of_rep(times, moments) == 0
    assert peak(torso, for_s=0.4).of_rep(times, moments) == 20
    assert turns(torso, 5).of_rep(times, moments) == 3
    assert turns(torso, 20).of_rep(times, moments) == 1


def test_travel_is_between_places_where_it_stayed() -> None:
    for kept, expected in ((12, 40), (5, 0)):
        times, moments = _rep([0] * 12 + [90] * 5 + [40] * kept + [0] * 12)
        assert travel(torso).of_rep(times, moments) == pytest.approx(expected), "kept for over and under 1 s"


def test_a_place_in_two_coordinates_travels_its_diagonal() -> None:
    moments = [Moment({torso.name: 3.0 * (i > 5), hip_drop_l.name: 4.0 * (i > 5)}) for i in range(12)]
    assert travel(torso, hip_drop_l).of_rep([i / 4 for i in range(12)], moments) == pytest.approx(5)


def test_a_value_where_another_is_lowest() -> None:
    moments = [Moment({torso.name: abs(i - 10.0), hip_drop_l.name: float(i)}) for i in range(20)]
    assert at_lowest(hip_drop_l, torso).of_rep([i / 10 for i in range(20)], moments) == 10


def test_an_unseen_repetition_has_no_quantities() -> None:
    times, moments = _rep([math.nan] * 5)
    for quantity in (
        peak(torso), lowest(torso), at_lowest(torso, torso), travel(torso), turns(torso, 5), duration_s, start_position_s,
    ):  # fmt: skip
        assert math.isnan(quantity.of_rep(times, moments))


def test_errors_follow_from_the_signal_and_the_view() -> None:
    torso, knee = made_up.torso, made_up.knee_bend
    assert error_of(torso, View.SIDE) == error_of(change(torso), View.SIDE) == error_of(peak(torso), View.SIDE) == 6
    assert error_of(working(knee), View.OBLIQUE) == 20
    assert error_of(duration_s, View.FRONT) == error_of(duration_s, View.SIDE, nearer=Role.WORKING) == 0.25
    assert error_of(duration_s, View.SIDE, nearer=Role.OTHER) == 1.5
    assert error_of(turns(torso, 5), View.SIDE) == 0.5
    assert error_of(speed(working(knee)), View.SIDE) == 16
    assert math.isnan(error_of(torso, None))


def test_keys_that_a_quantity_reads() -> None:
    assert list(keys_of(working(knee), "right")) == ["knee_flexion_deg.right"]
    assert list(keys_of(change(other(knee)), "right")) == ["knee_flexion_deg.left"]
    assert list(keys_of(each(knee), "right")) == ["knee_flexion_deg.left", "knee_flexion_deg.right"]
    assert list(keys_of(peak(near(knee)), "right", near="left")) == ["knee_flexion_deg.left"]
    assert list(keys_of(near(knee), "right")) == ["knee_flexion_deg.left", "knee_flexion_deg.right"]
    assert list(keys_of(travel(torso, hip_drop_l), None)) == ["torso_inclination_deg", "hip_drop_l"]
    assert list(keys_of(duration_s, None)) == []
