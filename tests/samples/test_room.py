import numpy as np
import pytest

from samples.clip import Camera
from samples.room.block import Block, Finish
from samples.room.rooms import ROOMS, furnish, standing_place_m, to_room
from samples.room.view import View
from samples.room.walls import REACH_M, as_walls, past_walls

SIZE_PX = (640, 480)
HEAD_AND_HANDS = np.array([[0.0, 0.0, 1.7], [0.3, 0.9, 1.2], [-0.4, -0.8, 0.2]])


def seen(point: tuple[float, float, float], **camera: float) -> np.ndarray:
    return View(Camera(**camera), SIZE_PX).image_px(np.array(point))


def test_point_aimed_at_is_in_the_middle():
    assert seen((0.0, 0.0, 0.9), azimuth_deg=37.0, roll_deg=8.0) == pytest.approx([320.0, 240.0])


def test_known_point_comes_to_known_pixel():
    focal_px = 240.0 / np.tan(np.radians(19.0))
    level = {"distance_m": 4.0, "height_m": 1.0, "aim_height_m": 1.0, "fov_deg": 38.0}
    assert seen((0.0, 0.5, 1.25), **level) == pytest.approx(
        [320.0 + focal_px * 0.5 / 4.0, 240.0 - focal_px * 0.25 / 4.0]
    )
    assert seen((1.0, 0.5, 1.0), **level) == pytest.approx([320.0 + focal_px * 0.5 / 3.0, 240.0])


@pytest.mark.parametrize(
    ("azimuth_deg", "in_right_half"),
    [(0.0, (0.0, 1.0, 0.9)), (90.0, (-1.0, 0.0, 0.9)), (-90.0, (1.0, 0.0, 0.9)), (180.0, (0.0, -1.0, 0.9))],
)
def test_camera_goes_round_the_person(azimuth_deg, in_right_half):
    x, y = seen(in_right_half, azimuth_deg=azimuth_deg, height_m=0.9)
    assert x > 400.0
    assert y == pytest.approx(240.0)


def test_roll_turns_the_content_clockwise():
    x, y = seen((0.0, 0.0, 1.4), roll_deg=10.0, height_m=0.9)
    assert x > 320.0
    assert np.degrees(np.arctan2(x - 320.0, 240.0 - y)) == pytest.approx(10.0)


def test_aside_moves_the_person_out_of_the_picture():
    assert seen((0.0, 0.0, 0.9), aside_m=0.8)[0] < 220.0


@pytest.mark.parametrize("camera", [Camera(), Camera(azimuth_deg=-70.0, height_m=0.4, roll_deg=-6.0, aside_m=0.3)])
def test_drawing_and_truth_use_the_same_projection(camera):
    view = View(camera, SIZE_PX)
    clip = np.hstack([HEAD_AND_HANDS, np.ones((3, 1))]) @ view.to_clip_space().T
    flat = clip[:, :2] / clip[:, 3:]
    assert (flat * [0.5, -0.5] + 0.5) * SIZE_PX == pytest.approx(view.image_px(HEAD_AND_HANDS))
    assert (np.abs(clip[:, 2]) < clip[:, 3]).all()


@pytest.mark.parametrize("room", range(len(ROOMS)))
def test_furniture_leaves_room_for_both_people(room):
    furnished = furnish(room)
    standing = standing_place_m(room, Camera()) @ to_room(furnished, Camera()).T
    for piece in furnished.furniture:
        if piece.solid is not None:
            low, high = np.array(piece.solid)[:, :2]
            assert np.linalg.norm(np.maximum(np.maximum(low, -high), 0.0)) > 1.4
            assert np.linalg.norm(np.maximum(np.maximum(low - standing[:2], standing[:2] - high), 0.0)) > 0.25


@pytest.mark.parametrize("azimuth_deg", [0.0, 60.0, -90.0])
def test_second_person_stands_behind_the_first_and_in_the_picture(azimuth_deg):
    camera = Camera(azimuth_deg=azimuth_deg)
    view = View(camera, SIZE_PX)
    for room in range(len(ROOMS)):
        place_m = standing_place_m(room, camera)
        assert 4.2 < view.depth_m(place_m) < 6.0
        assert 40.0 < view.image_px(place_m)[0] < 600.0


def test_lamp_shines_from_the_person_s_side_of_a_wall():
    wall = Block((0.5, -1.0, 0.0), (0.6, 1.0, 2.4), (0.6, 0.6, 0.6), Finish.PLASTER)
    assert past_walls(np.array([0.6, 0.0, 0.8]), [wall]) == pytest.approx([-0.6, 0.0, 0.8])
    assert past_walls(np.array([-0.6, 0.0, 0.8]), [wall]) == pytest.approx([-0.6, 0.0, 0.8])


def test_wall_is_lengthened_unless_it_would_hide_the_person():
    wall = Block((0.5, -1.0, 0.0), (0.6, 1.0, 2.4), (0.6, 0.6, 0.6), Finish.PLASTER)
    beside, beyond = (as_walls([wall], (0.5, 0.5, 0.5), View(Camera(azimuth_deg=a), SIZE_PX))[0] for a in (100.0, 45.0))
    assert (beside.low[1], beside.high[1]) == (-REACH_M, REACH_M)
    assert (beyond.low[1], beyond.high[1]) == (-REACH_M, 1.0)
