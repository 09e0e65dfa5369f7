import math
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.exercise.words import Severity
from formcheck.output.lettering import Lettering
from formcheck.output.overlay import AngleMark, Overlay, OverlayState
from formcheck.output.panels import ICON_COLOURS, Sizes
from formcheck.output.placement import PATIENCE_S, Box, Placement
from formcheck.output.skeleton import ANGLE, LEFT, RIGHT, body_points
from formcheck.pose.pose import INDEX, LANDMARKS, Pose

SIZES = [(160, 120), (640, 360), (1080, 1920), (3840, 2160)]

# A person standing at the right of the picture, face to the camera, in shares of the picture's size.
STANDING = {
    "nose": (0.7, 0.15), "ear": (0.02, 0.15), "shoulder": (0.05, 0.3), "elbow": (0.07, 0.42), "wrist": (0.08, 0.55),
    "hip": (0.04, 0.55), "knee": (0.04, 0.75), "ankle": (0.04, 0.92), "heel": (0.04, 0.95),
    "foot_index": (0.07, 0.96),
}  # fmt: skip


def person(size, *, hidden=(), doubted=()):
    image_px = np.full((33, 2), np.nan)
    for name, (x, y) in STANDING.items():
        for side, sign in (("left", 1), ("right", -1)):
            at = (x, y) if name == "nose" else (0.7 + sign * x, y)
            image_px[INDEX["nose" if name == "nose" else f"{side}_{name}"]] = at
    image_px *= size
    visibility = np.full(33, 0.9)
    for name in hidden:
        image_px[INDEX[name]] = np.nan
    for name in doubted:
        visibility[INDEX[name]] = 0.1
    return Pose(0.0, image_px, np.zeros((33, 3)), visibility)


def state(**changes):
    facts: dict[str, Any] = {
        "time_s": 3.0, "phase": "knee_up", "side": "left", "counts": {"left": 3, "right": 12}, "hold_s": 3.2,
        "hold_required_s": 5.0, "angle": AngleMark("left_knee", ("left_hip", "left_ankle"), 4.0),
        "faults": (("Push the knee toward your little toe.", Severity.MAJOR), ("Stay tall.", Severity.INFO)),
        "not_assessed": ("pelvis_drops", "back_twist", "head_lifts", "too_deep", "restless", "too_shallow"),
    }  # fmt: skip
    return OverlayState(**(facts | changes))


def blank(size, value=128):
    image = np.full((size[1], size[0], 3), value, dtype=np.uint8)
    image.setflags(write=False)
    return image


def has(image, colour):
    return bool((np.abs(image.astype(int) - colour).max(axis=2) <= 2).any())


@pytest.mark.parametrize("size", SIZES)
def test_draws_on_a_copy(size):
    frame = blank(size)
    drawn = Overlay(size, "Hip airplane", "free").draw(frame, person(size), state())
    assert drawn.shape == frame.shape
    assert drawn.dtype == np.uint8
    assert (frame == 128).all()
    assert has(drawn, LEFT)
    assert has(drawn, RIGHT)
    assert has(drawn, ICON_COLOURS[Severity.MAJOR])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "odd",
    [
        OverlayState(0.0),
        OverlayState(0.0, note="nobody seen"),
        OverlayState(1.0, phase="p" * 60, counts={"reps": 12345}, faults=(("w" * 90, Severity.MINOR),)),
        OverlayState(1.0, counts={"left": 999, "right": 1000}, hold_s=90.0, hold_required_s=0.0),
        OverlayState(1.0, angle=AngleMark("nose", ("nose", "nose"), math.nan), not_assessed=("é" * 40,)),
        OverlayState(1.0, faults=tuple((f"Fault number {index} of many.", Severity.MINOR) for index in range(9))),
    ],
)
def test_odd_moments_are_drawn_too(size, odd):
    overlay = Overlay(size, "A title that is much too long for any panel of any overlay whatsoever " * 2)
    for pose in (None, person(size), person(size, hidden=LANDMARKS)):
        assert overlay.draw(blank(size), pose, odd).shape == (size[1], size[0], 3)


@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (1080, 1920)])
def test_text_is_readable_at_half_size(size):
    sizes = Sizes.of(size)
    assert sizes.small >= 0.045 * min(size)
    assert sizes.large >= 2 * sizes.small


def test_what_is_not_seen_is_not_drawn():
    size = (640, 360)
    bare = OverlayState(0.0)
    whole = Overlay(size, "T").draw(blank(size), person(size), bare)
    left = [name for name in LANDMARKS if name.startswith("left_")]
    half = Overlay(size, "T").draw(blank(size), person(size, hidden=left), bare)
    assert has(whole, LEFT)
    assert not has(half, LEFT)
    assert has(half, RIGHT)


def test_doubted_limbs_are_thinner():
    size = (640, 360)
    left = [name for name in LANDMARKS if name.startswith("left_")]

    def drawn_px(pose):
        image = Overlay(size, "T").draw(blank(size), pose, OverlayState(0.0))
        return int((np.abs(image.astype(int) - LEFT).max(axis=2) <= 2).sum())

    assert 0 < drawn_px(person(size, doubted=left)) < 0.5 * drawn_px(person(size))


def test_landmarks_far_outside_do_no_harm():
    pose = person((640, 360))
    pose.image_px[INDEX["left_knee"]] = (1e12, -1e12)
    pose.image_px[INDEX["right_knee"]] = (700.0, 400.0)
    Overlay((640, 360), "T").draw(blank((640, 360)), pose, state())
    assert np.isfinite(body_points(pose, (640, 360))).all()


@pytest.mark.parametrize("value", [0.0, 4.0, 90.0, 176.0])
@pytest.mark.parametrize(
    ("joint", "neighbours"), [("left_knee", ("left_hip", "left_ankle")), ("mid_hip", ("up", "mid_shoulder"))]
)
def test_the_angle_is_drawn(joint, neighbours, value):
    size = (640, 360)
    mark = AngleMark(joint, neighbours, value)
    drawn = Overlay(size, "T").draw(blank(size), person(size), OverlayState(0.0, angle=mark))
    assert has(drawn, ANGLE)


def test_flexion_is_drawn_from_the_straight_joint():
    size = (640, 360)
    # The leg is straight: its flexion is a short arc, the angle between thigh and shank a wide one.
    pictures = [
        Overlay(size, "T").draw(
            blank(size),
            person(size),
            OverlayState(0.0, angle=AngleMark("left_knee", ("left_hip", "left_ankle"), 4.0, is_flexion)),
        )
        for is_flexion in (True, False)
    ]
    flexed, between = (int((picture == ANGLE).all(axis=2).sum()) for picture in pictures)
    assert between > flexed


def test_an_angle_that_is_not_seen_is_not_drawn():
    size = (640, 360)
    for pose, value in ((person(size, hidden=["left_ankle"]), 5.0), (person(size), math.nan)):
        mark = AngleMark("left_knee", ("left_hip", "left_ankle"), value)
        assert not has(Overlay(size, "T").draw(blank(size), pose, OverlayState(0.0, angle=mark)), ANGLE)


def test_a_mirror_turns_the_person_but_not_the_text():
    size = (641, 361)
    frame = np.random.default_rng(1).integers(0, 255, (361, 641, 3), dtype=np.uint8)
    pose = person(size)
    turned = Pose(0.0, pose.image_px * (-1, 1) + (size[0] - 1, 0), pose.world_m, pose.visibility)
    mirrored = Overlay(size, "T").draw(frame, pose, state(), mirrored=True)
    assert (mirrored == Overlay(size, "T").draw(frame[:, ::-1], turned, state())).all()


def test_severities_differ_without_colour():
    size = (640, 360)
    pictures = [
        cv2.cvtColor(
            Overlay(size, "T").draw(blank(size), None, OverlayState(0.0, faults=(("Stay tall.", severity),))),
            cv2.COLOR_BGR2GRAY,
        )
        > 160
        for severity in Severity
    ]
    for index, picture in enumerate(pictures):
        assert not any((picture == other).all() for other in pictures[:index])


def test_a_counter_lights_up_when_it_goes_up():
    size = (640, 360)
    overlay = Overlay(size, "T")
    before, fresh, later = (
        overlay.draw(blank(size), None, OverlayState(time_s, counts={"left": count}))
        for time_s, count in ((1.0, 4), (1.1, 5), (3.0, 5))
    )

    def lit(image):
        return int((image == LEFT).all(axis=2).sum())

    assert lit(fresh) > 2 * lit(before)
    assert lit(later) < 0.5 * lit(fresh)


def test_panels_leave_the_person_alone():
    size = (640, 360)
    pose = person(size)
    for turn in (False, True):
        overlay = Overlay(size, "Hip airplane", "free")
        plain, drawn = blank(size), overlay.draw(blank(size), pose, state(), mirrored=turn)
        x, y = pose.image_px[INDEX["nose"]]
        x = size[0] - 1 - x if turn else x
        above_head = (slice(round(y) - 16, round(y) - 12), slice(round(x) - 8, round(x) + 8))
        assert (drawn[above_head] == plain[above_head]).all()


def test_placement_is_patient_and_then_moves():
    left, right = Box(0, 0, 50, 50), Box(50, 0, 50, 50)
    here, there = np.full((10, 2), 20.0), np.full((10, 2), 70.0)
    place = Placement()
    assert place.choose(0.0, [left, right], there) == left
    assert place.choose(1.0, [left, right], here) == left
    assert place.choose(1.5, [left, right], there) == left
    assert place.choose(2.0, [left, right], here) == left
    assert place.choose(2.0 + PATIENCE_S, [left, right], here) == right
    assert place.choose(9.0, [left, right], here) == right


def test_placement_never_stays_on_another_panel():
    left, right = Box(0, 0, 50, 50), Box(50, 0, 50, 50)
    nobody = np.empty((0, 2))
    place = Placement()
    assert place.choose(0.0, [left, right], nobody) == left
    assert place.choose(0.1, [left, right], nobody, [Box(0, 0, 9, 9)]) == right
    place.forget()
    assert place.choose(0.2, [left, right], nobody) == left


@given(st.text(max_size=80), st.integers(8, 60), st.integers(30, 400), st.integers(1, 4))
def test_wrapped_text_fits_and_loses_nothing_without_saying_so(text, size, width, lines):
    letters = Lettering()
    wrapped = letters.wrap(text, size, width, lines)
    assert len(wrapped) <= lines
    if wrapped and not wrapped[-1].endswith("…"):
        assert "".join(wrapped).replace(" ", "") == "".join(text.split())
    for line in wrapped:
        assert len(line) <= 1 or letters.width(line, size) <= width or line == "…"


def test_any_script_is_drawn():
    letters = Lettering()
    for text in ("83°", "é", "≥", "Ω"):
        assert letters.width(text, 30) > 0
        image = np.zeros((60, 200, 3), dtype=np.uint8)
        letters.put(image, text, (5, 5), 30, (255, 255, 255))
        assert image.any()
        unknown = np.zeros_like(image)
        letters.put(unknown, "?" * len(text), (5, 5), 30, (255, 255, 255))
        assert (image != unknown).any()
