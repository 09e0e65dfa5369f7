import math

import numpy as np
import pytest

from formcheck.output.lettering import Lettering
from formcheck.output.skeleton import ANGLE, LEFT, RIGHT, AngleMark, body_points, draw_angle, draw_skeleton
from formcheck.pose.pose import INDEX, LANDMARKS, Pose

SIZE = (640, 360)

# A person standing at the right of the picture, face to the camera, in shares of the picture's size.
STANDING = {
    "nose": (0.7, 0.15), "ear": (0.02, 0.15), "shoulder": (0.05, 0.3), "elbow": (0.07, 0.42), "wrist": (0.08, 0.55),
    "hip": (0.04, 0.55), "knee": (0.04, 0.75), "ankle": (0.04, 0.92), "heel": (0.04, 0.95),
    "foot_index": (0.07, 0.96),
}  # fmt: skip


def person(*, hidden=(), doubted=()):
    image_px = np.full((33, 2), np.nan)
    for name, (x, y) in STANDING.items():
        for side, sign in (("left", 1), ("right", -1)):
            at = (x, y) if name == "nose" else (0.7 + sign * x, y)
            image_px[INDEX["nose" if name == "nose" else f"{side}_{name}"]] = at
    image_px *= SIZE
    visibility = np.full(33, 0.9)
    for name in hidden:
        image_px[INDEX[name]] = np.nan
    for name in doubted:
        visibility[INDEX[name]] = 0.1
    return Pose(0.0, image_px, np.zeros((33, 3)), visibility)


def drawn(pose, mark=None):
    image = np.full((SIZE[1], SIZE[0], 3), 128, dtype=np.uint8)
    draw_skeleton(image, pose, 3)
    if mark is not None:
        draw_angle(image, pose, mark, Lettering(), 3, 24)
    return image


def count(image, colour):
    return int((np.abs(image.astype(int) - colour).max(axis=2) <= 2).sum())


def test_what_is_not_seen_is_not_drawn():
    left = [name for name in LANDMARKS if name.startswith("left_")]
    assert count(drawn(person()), LEFT)
    assert not count(drawn(person(hidden=left)), LEFT)
    assert count(drawn(person(hidden=left)), RIGHT)
    assert (drawn(person(hidden=LANDMARKS)) == 128).all()


def test_doubted_limbs_are_thinner():
    left = [name for name in LANDMARKS if name.startswith("left_")]
    assert 0 < count(drawn(person(doubted=left)), LEFT) < 0.5 * count(drawn(person()), LEFT)


def test_landmarks_far_outside_do_no_harm():
    pose = person()
    pose.image_px[INDEX["left_knee"]] = (1e12, -1e12)
    pose.image_px[INDEX["right_knee"]] = (700.0, 400.0)
    drawn(pose, AngleMark("right_knee", ("right_hip", "right_ankle"), 4.0))
    assert np.isfinite(body_points(pose, SIZE)).all()


@pytest.mark.parametrize("value", [0.0, 4.0, 90.0, 176.0])
@pytest.mark.parametrize(
    ("joint", "neighbours"), [("left_knee", ("left_hip", "left_ankle")), ("mid_hip", ("up", "mid_shoulder"))]
)
def test_the_angle_is_drawn(joint, neighbours, value):
    assert count(drawn(person(), AngleMark(joint, neighbours, value)), ANGLE)


def test_flexion_is_drawn_from_the_straight_joint():
    # The leg is straight: its flexion is a short arc, the angle between thigh and shank a wide one.
    flexed, between = (
        count(drawn(person(), AngleMark("left_knee", ("left_hip", "left_ankle"), 4.0, is_flexion)), ANGLE)
        for is_flexion in (True, False)
    )
    assert between > flexed


def test_an_angle_that_is_not_seen_is_not_drawn():
    for pose, value in ((person(hidden=["left_ankle"]), 5.0), (person(), math.nan)):
        mark = AngleMark("left_knee", ("left_hip", "left_ankle"), value)
        assert not count(drawn(pose, mark), ANGLE)
