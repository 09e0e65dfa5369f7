import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.pose.region import MARGIN, Region

SIZE_WH = (640, 480)
PLACES = st.floats(0, 640)
TURNS = st.floats(-math.pi, math.pi)
STANDING = Region((320.0, 240.0), 400.0, 0.0)


@given(x=PLACES, y=PLACES, radius=st.floats(5, 500), turn=TURNS)
def test_it_is_a_square_around_the_circle_and_turned_with_the_person(x, y, radius, turn):
    centre = np.array([x, y])
    head = centre + radius * np.array([math.sin(turn), -math.cos(turn)])
    region = Region.around(centre, head)
    assert region.side_px == pytest.approx(2 * MARGIN * radius)
    assert math.remainder(region.turn_rad - turn, math.tau) == pytest.approx(0, abs=1e-6)
    over = region.in_picture(np.array([[128.0, 128.0 - 128.0 / MARGIN]]), 256)[0]
    assert over == pytest.approx(head, abs=1e-6)


@pytest.mark.parametrize("turn_deg", [0, 37, 90, -120, 180])
def test_a_dot_is_put_back_where_it_was(turn_deg):
    picture = np.zeros((480, 640, 3), np.uint8)
    cv2.circle(picture, (410, 200), 4, (255, 255, 255), -1)
    region = Region((350.0, 230.0), 400.0, math.radians(turn_deg))
    cut = region.cut_out(picture, 256)
    rows, columns = np.nonzero(cut[..., 0] > 128)
    back = region.in_picture(np.array([[columns.mean(), rows.mean()]]), 256)[0]
    assert back == pytest.approx([410, 200], abs=0.8)


def test_the_head_is_up_in_what_is_cut_out():
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[:, 400:] = 200  # the head of someone who lies points to the right
    cut = Region((320.0, 240.0), 300.0, math.radians(90)).cut_out(picture, 256)
    assert cut[20].mean() > 150
    assert cut[-20].mean() < 5


def test_beyond_the_edge_the_last_pixels_go_on():
    picture = np.full((480, 640, 3), 90, np.uint8)
    assert (Region((0.0, 0.0), 600.0, 0.3).cut_out(picture, 256) == 90).all()


def test_the_world_is_turned_back_with_the_picture():
    head = np.array([[0.0, -0.6, 0.1]])  # upright in the square
    turned = Region((0.0, 0.0), 100.0, math.radians(90)).turned(head)[0]
    assert turned == pytest.approx([0.6, 0.0, 0.1])


@pytest.mark.parametrize(
    ("region", "is_plausible"),
    [
        (STANDING, True),
        (Region((320.0, 600.0), 900.0, 0.0), True),  # only the upper body is in the picture
        (Region((320.0, 240.0), 3.0, 0.0), False),
        (Region((320.0, 240.0), 9000.0, 0.0), False),
        (Region((-400.0, 240.0), 500.0, 0.0), False),
        (Region((math.nan, 240.0), 500.0, 0.0), False),
        (Region((320.0, 240.0), math.inf, 0.0), False),
    ],
)
def test_where_nobody_can_be(region, is_plausible):
    assert region.is_plausible(SIZE_WH) is is_plausible


@pytest.mark.parametrize(
    ("other", "is_like"),
    [
        (Region((350.0, 250.0), 450.0, 0.4), True),
        (Region((320.0, 240.0), 400.0, math.tau - 0.1), True),
        (Region((520.0, 240.0), 400.0, 0.0), False),
        (Region((320.0, 240.0), 150.0, 0.0), False),
        (Region((320.0, 240.0), 400.0, math.pi), False),
    ],
)
def test_whom_two_squares_show(other, is_like):
    assert STANDING.is_like(other) is is_like
    assert other.is_like(STANDING) is is_like


@pytest.mark.parametrize(
    ("other", "is_steady"),
    [
        (Region((330.0, 236.0), 420.0, 0.05), True),
        (Region((345.0, 240.0), 400.0, 0.0), False),
        (Region((320.0, 240.0), 440.0, 0.0), False),
        (Region((320.0, 240.0), 400.0, 0.2), False),
    ],
)
def test_what_is_left_where_it_is(other, is_steady):
    assert STANDING.is_steady(other) is is_steady
