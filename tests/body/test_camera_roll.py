"""The camera's roll, read off bodies that show what is level or upright."""

import pytest

from formcheck.body.camera_roll import MIN_SAMPLES, CameraRoll
from formcheck.body.meter import BodyMeter
from formcheck.body.view import ViewSeen
from samples.figure import Movement, View, activity, movement, observe

LYING = activity("lying", duration_s=2.0)
STANDING = activity("standing", duration_s=2.0)
PLANK = movement("plank_hip_flexion", "floor", knobs={"plank_s": 2.0})


def roll_of(moving: Movement, view: View, fps: float = 30.0) -> float | None:
    meter, roll = BodyMeter(), CameraRoll()
    for seen in observe(moving, view, fps):
        assert seen.pose is not None
        measured = meter.measure(seen.time_s, seen.pose)
        roll.update(seen.pose, measured.view, measured.measures)
    return roll.roll_deg


@pytest.mark.parametrize("clockwise_deg", [0.0, 8.0, -8.0])
@pytest.mark.parametrize(
    ("moving", "azimuth"),
    [(STANDING, 0), (STANDING, 180), (LYING, 90), (LYING, -90), (PLANK, 90), (PLANK, -90)],
    ids=["standing", "standing, from the back", "lying", "lying, from the right", "plank", "plank, from the right"],
)
def test_roll(moving: Movement, azimuth: float, clockwise_deg: float) -> None:
    view = View(azimuth, roll_deg=clockwise_deg, target_m=(0.0, 0.0, 0.5))
    roll = roll_of(moving, view)
    assert roll is not None
    assert roll == pytest.approx(-clockwise_deg, abs=3.0)


def test_too_little_seen_proves_nothing() -> None:
    short = activity("standing", duration_s=0.9)
    assert roll_of(short, View()) is None


@pytest.mark.parametrize(
    ("moving", "azimuth"),
    [(STANDING, 90), (STANDING, 45), (LYING, 0), (activity("sitting", duration_s=2.0), 0), (LYING, 45)],
)
def test_bodies_that_show_nothing_of_it_are_passed_over(moving: Movement, azimuth: float) -> None:
    assert roll_of(moving, View(azimuth, target_m=(0.0, 0.0, 0.5))) is None


def test_a_long_session_is_thinned_out_and_remembered() -> None:
    roll, meter = CameraRoll(), BodyMeter()
    (seen, *_) = observe(STANDING, View(roll_deg=5.0))
    assert seen.pose is not None
    measured = meter.measure(0.0, seen.pose)
    for _ in range(20 * MIN_SAMPLES):
        roll.update(seen.pose, ViewSeen.FRONT, measured.measures)
    assert roll.roll_deg == pytest.approx(-5.0, abs=0.1)
