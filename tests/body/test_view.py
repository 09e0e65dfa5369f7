"""From which side a body is seen: all eight directions, standing or lying, without flickering at the borders."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.meter import BodyMeter
from formcheck.body.view import View as Kind
from formcheck.body.view import ViewEstimator, ViewSeen, body_yaw_deg, near_side
from formcheck.pose.pose import INDEX, Pose
from samples.figure import View, activity

from .hand_placed import STANDING, Points, tipped, turned

EIGHT = [
    (0, ViewSeen.FRONT), (45, ViewSeen.OBLIQUE_LEFT), (90, ViewSeen.LEFT), (135, ViewSeen.OBLIQUE_LEFT),
    (180, ViewSeen.BACK), (-135, ViewSeen.OBLIQUE_RIGHT), (-90, ViewSeen.RIGHT), (-45, ViewSeen.OBLIQUE_RIGHT),
]  # fmt: skip


def pose_of(points: Points, time_s: float = 0.0) -> Pose:
    """Return a pose of a skeleton placed by hand; 1 T is 0.5 m and 200 px."""
    world = np.full((33, 3), math.nan)
    for name, point in points.items():
        world[INDEX[name]] = np.array(point) * (0.5, -0.5, 0.5)
    return Pose(time_s, world[:, :2] * 400 + 500, world, np.ones(33))


def seen_at(yaws_deg: list[float], times_s: list[float]) -> list[ViewSeen]:
    """Return the view after each moment of standing at these yaws."""
    estimator = ViewEstimator()
    return [estimator.update(pose_of(turned(STANDING, yaw), time)) for yaw, time in zip(yaws_deg, times_s, strict=True)]


@pytest.mark.parametrize(("yaw", "view"), EIGHT)
def test_eight_directions(yaw: float, view: ViewSeen) -> None:
    assert body_yaw_deg(pose_of(turned(STANDING, yaw))) == pytest.approx(yaw, abs=1e-5)
    assert seen_at([yaw], [0.0]) == [view]


@pytest.mark.parametrize(("azimuth", "view"), EIGHT)
@pytest.mark.parametrize("name", ["standing", "sitting", "lying", "squatting"])
def test_the_figure_from_eight_directions(name: str, azimuth: float, view: ViewSeen) -> None:
    points = activity(name, duration_s=2.0, reps=1).pose_at(1.0)
    pose = Pose(0.0, View(azimuth).image_px(points), View(azimuth).world_m(points), np.ones(33))
    assert BodyMeter().measure(0.0, pose).view is view


@pytest.mark.parametrize("clockwise_deg", [90, -90])
@pytest.mark.parametrize(("yaw", "view"), [(0, ViewSeen.LEFT), (180, ViewSeen.RIGHT), (-45, ViewSeen.OBLIQUE_LEFT)])
def test_lying_on_back_or_front(clockwise_deg: float, yaw: float, view: ViewSeen) -> None:
    lying = turned(tipped(turned(STANDING, 90), clockwise_deg), yaw)
    assert ViewEstimator().update(pose_of(lying)) is view


def test_a_body_on_its_side_shows_no_direction() -> None:
    on_its_side = pose_of(tipped(STANDING, 85))
    assert math.isnan(body_yaw_deg(on_its_side))
    assert ViewEstimator().update(on_its_side) is ViewSeen.UNKNOWN


@given(st.floats(-180, 180))
def test_any_yaw_is_read_back(yaw: float) -> None:
    read = body_yaw_deg(pose_of(turned(STANDING, yaw)))
    assert (read - yaw + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("yaw", [-120.0, -50.0, 0.0, 45.0, 70.0, 135.0])
def test_depth_that_is_too_small_turns_nobody_to_the_front_or_to_the_side(yaw: float) -> None:
    standing, lying = (turned(points, yaw) for points in (STANDING, tipped(turned(STANDING, 90), 90)))
    for points, within in ((standing, 10.0), (lying, 1e-5)):
        pose = pose_of(points)
        shallow = replace(pose, world_m=pose.world_m * (1.0, 1.0, 0.5))
        read, exact = body_yaw_deg(shallow), body_yaw_deg(pose)
        assert (read - exact + 180) % 360 - 180 == pytest.approx(0, abs=within)


def test_near_side_and_kind_go_with_the_view() -> None:
    assert near_side(pose_of(turned(STANDING, 60))) == "left"
    assert near_side(pose_of(turned(STANDING, -60))) == "right"
    kinds = {seen: seen.kind for seen in ViewSeen}
    assert kinds[ViewSeen.LEFT] is kinds[ViewSeen.RIGHT] is Kind.SIDE
    assert kinds[ViewSeen.OBLIQUE_LEFT] is kinds[ViewSeen.OBLIQUE_RIGHT] is Kind.OBLIQUE
    assert kinds[ViewSeen.UNKNOWN] is None


def test_a_body_at_the_border_does_not_flicker() -> None:
    to_and_fro = [15.0] * 3 + [18.0, 23.0] * 20
    assert set(seen_at(to_and_fro, np.arange(0.0, 43.0).tolist())) == {ViewSeen.FRONT}
    to_and_fro = [70.0] * 3 + [53.0, 57.0] * 20
    assert set(seen_at(to_and_fro, np.arange(0.0, 43.0).tolist())) == {ViewSeen.LEFT}
    to_and_fro = [45.0] * 3 + [53.0, 59.0] * 20
    assert set(seen_at(to_and_fro, np.arange(0.0, 43.0).tolist())) == {ViewSeen.OBLIQUE_LEFT}


def test_a_body_that_turns_well_past_the_border_changes_the_view() -> None:
    assert seen_at([10, 24, 27, 16, 13], [0, 5, 10, 15, 20]) == [
        ViewSeen.FRONT, ViewSeen.FRONT, ViewSeen.OBLIQUE_LEFT, ViewSeen.OBLIQUE_LEFT, ViewSeen.FRONT,
    ]  # fmt: skip
    assert seen_at([50, 60, 62, 50, 45], [0, 5, 10, 15, 20]) == [
        ViewSeen.OBLIQUE_LEFT, ViewSeen.OBLIQUE_LEFT, ViewSeen.LEFT, ViewSeen.LEFT, ViewSeen.OBLIQUE_LEFT,
    ]  # fmt: skip


def test_one_odd_frame_changes_nothing() -> None:
    yaws = [90.0] * 30
    yaws[15] = 0.0
    assert set(seen_at(yaws, (np.arange(30) / 30).tolist())) == {ViewSeen.LEFT}


def test_the_back_is_not_lost_where_angles_wrap() -> None:
    assert set(seen_at([175.0, -175.0] * 10, (np.arange(20) / 30).tolist())) == {ViewSeen.BACK}


def test_unknown_until_shoulders_and_hips_are_seen_and_after_a_reset() -> None:
    estimator = ViewEstimator()
    headless = {name: point for name, point in STANDING.items() if "shoulder" not in name}
    assert estimator.update(pose_of(headless)) is ViewSeen.UNKNOWN
    assert near_side(pose_of(headless)) is None
    assert estimator.update(pose_of(STANDING, 0.1)) is ViewSeen.FRONT
    assert estimator.update(pose_of(headless, 0.2)) is ViewSeen.FRONT
    estimator.reset()
    assert estimator.seen is ViewSeen.UNKNOWN


def test_the_near_side_stays_while_the_body_faces_the_camera() -> None:
    meter = BodyMeter()
    near = [
        meter.measure(time, pose_of(turned(STANDING, yaw), time)).near
        for time, yaw in enumerate([60.0, 5.0, -5.0, -20.0, -60.0])
    ]
    assert near == ["left", "left", "left", "left", "right"]


def test_nobody_is_measured_as_nothing() -> None:
    meter = BodyMeter()
    seen = meter.measure(0.0, pose_of(STANDING))
    gone = meter.measure(1.0, None)
    assert seen.measures
    assert not gone.measures
    assert len(gone.unseen) == 33
    assert gone.view is seen.view
    assert meter.measure(2.0, replace(pose_of(STANDING, 2.0), world_m=np.full((33, 3), math.nan))).view is seen.view
