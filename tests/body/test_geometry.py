"""The geometry that all signals are made of, exact and honest about what it does not know."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.geometry import (
    NAN,
    Point,
    add,
    angle_at,
    angle_between,
    arcsine,
    clamp,
    cross,
    distance,
    dot,
    midpoint,
    norm,
    offset_from_line,
    sign,
    subtract,
    turn_between,
)

coordinates = st.floats(-5, 5)
plane = st.tuples(coordinates, coordinates)
space = st.tuples(coordinates, coordinates, coordinates)


def test_vectors() -> None:
    assert add((3, 4), (1, 1)) == (4, 5)
    assert subtract((3, 4, 5), (1, 1, 1)) == (2, 3, 4)
    assert dot((1, 2, 3), (4, 5, 6)) == 32
    assert norm((3, 4)) == 5
    assert distance((1, 1, 1), (1, 4, 5)) == 5
    assert midpoint((0, 0), (2, 4)) == (1, 2)
    assert cross((1, 0, 0), (0, 1, 0)) == (0, 0, 1)


@pytest.mark.parametrize(
    ("a", "b", "angle"),
    [((1, 0), (0, 1), 90), ((1, 0), (1, 1), 45), ((1, 0), (-2, 0), 180), ((2, 0, 0), (0, 0, 3), 90)],
)
def test_angle_between(a: Point, b: Point, angle: float) -> None:
    assert angle_between(a, b) == pytest.approx(angle)


def test_angle_at_a_vertex() -> None:
    assert angle_at((1, 1), (1, 2), (2, 1)) == pytest.approx(90)


def test_a_vector_without_length_has_no_angle() -> None:
    assert angle_between((1, 0), (3, 0)) == 0
    assert math.isnan(angle_between((0, 0), (1, 0)))
    assert math.isnan(angle_at((1, 1), (1, 1), (2, 1)))


def test_points_to_the_left_of_a_line_are_positive() -> None:
    assert offset_from_line((0, 3), start=(-1, 0), end=(5, 0)) == pytest.approx(3)
    assert offset_from_line((0, 3), start=(5, 0), end=(-1, 0)) == pytest.approx(-3)
    assert math.isnan(offset_from_line((0, 3), (1, 1), (1, 1)))


def test_anticlockwise_turns_are_positive() -> None:
    assert turn_between((1, 0), (0, 2)) == pytest.approx(90)
    assert turn_between((0, 2), (1, 0)) == pytest.approx(-90)
    assert turn_between((1, 0), (-1, 0)) == pytest.approx(180)


def test_arcsine_of_more_than_1_is_90() -> None:
    assert arcsine(0.5) == pytest.approx(30)
    assert arcsine(1.2) == 90
    assert arcsine(-1.2) == -90


def test_clamp_and_sign() -> None:
    assert [clamp(value) for value in (-2, 0.3, 2)] == [-1, 0.3, 1]
    assert clamp(7, 0, 5) == 5
    assert [sign(value) for value in (-0.1, 0.0, 3)] == [-1, 1, 1]


def test_unseen_stays_unseen() -> None:
    unseen = (NAN, NAN)
    results = [
        *subtract(unseen, (1, 1)), dot(unseen, (1, 1)), norm(unseen), distance((1, 1), unseen),
        *midpoint((1, 1), unseen), angle_between(unseen, (1, 1)), angle_at((0, 0), unseen, (1, 1)),
        angle_at(unseen, (0, 0), (1, 1)), arcsine(NAN), clamp(NAN), sign(NAN), turn_between(unseen, (1, 0)),
        offset_from_line(unseen, (0, 0), (1, 1)), offset_from_line((1, 1), unseen, (2, 3)),
    ]  # fmt: skip
    assert all(map(math.isnan, results))


@given(space, space)
def test_cross_is_square_to_both(a: Point, b: Point) -> None:
    assert dot(cross(a, b), a) == pytest.approx(0, abs=1e-9)
    assert dot(cross(a, b), b) == pytest.approx(0, abs=1e-9)


@given(plane, plane, plane)
def test_an_angle_is_the_same_from_both_arms(vertex: Point, a: Point, b: Point) -> None:
    angle = angle_at(vertex, a, b)
    assert math.isnan(angle) or 0 <= angle <= 180
    assert angle == pytest.approx(angle_at(vertex, b, a), nan_ok=True)
