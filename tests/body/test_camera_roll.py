"""The camera's roll, read off bodies that show what is level or upright."""

from dataclasses import replace

import pytest

from formcheck.body.camera_roll import MIN_SAMPLES, CameraRoll
from formcheck.body.meter import BodyMeter
from formcheck.body.view import ViewSeen
from formcheck.exercise.advice import advise
from formcheck.exercise.reasons import Code
from formcheck.exercise.rulebook import load_rules
from formcheck.output.sentences import how_to_film
from formcheck.pose.pose import INDEX
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


@pytest.mark.parametrize("azimuth", [90, -90])
@pytest.mark.parametrize("exercise", ["hip_airplane", "lateral_lunge", "kettlebell_shift"])
def test_a_level_camera_is_not_called_rolled_by_bodies_that_are_not_level(exercise: str, azimuth: float) -> None:
    """Bent over a standing leg, the line from the foot to the hands is not level: it slopes by 40°."""
    roll = roll_of(movement(exercise), View(azimuth, target_m=(0.0, 0.0, 0.7)), fps=10.0)
    assert roll is None or abs(roll) < 3.0


def test_a_lifted_head_lifts_the_shoulders_too() -> None:
    meter, roll = BodyMeter(), CameraRoll()
    for seen in observe(LYING, View(90, target_m=(0.0, 0.0, 0.5))):
        assert seen.pose is not None
        points = seen.pose.image_px.copy()
        raised = [INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("ear", "eye")]
        points[raised] = points[INDEX["left_shoulder"]] - (0, 40)
        measured = meter.measure(seen.time_s, seen.pose)
        roll.update(replace(seen.pose, image_px=points), measured.view, measured.measures)
    assert roll.roll_deg is None


def test_estimates_that_do_not_agree_say_nothing() -> None:
    roll = CameraRoll()
    assert (roll.roll_deg, roll.error_deg) == (None, None)
    for degrees in range(-20, 20):
        (seen, *_) = observe(STANDING, View(roll_deg=float(degrees)))
        assert seen.pose is not None
        measured = BodyMeter().measure(0.0, seen.pose)
        roll.update(seen.pose, ViewSeen.FRONT, measured.measures)
    assert (roll.roll_deg, roll.error_deg) == (None, None)


def test_the_advice_says_how_sure_it_is() -> None:
    def said(roll_deg: float) -> list[str]:
        meter, roll = BodyMeter(), CameraRoll()
        for seen in observe(STANDING, View(roll_deg=roll_deg)):
            assert seen.pose is not None
            measured = meter.measure(seen.time_s, seen.pose)
            roll.update(seen.pose, ViewSeen.FRONT, measured.measures)
        rule = load_rules([])["lateral_lunge"]
        advice = advise(rule.exercise, ViewSeen.FRONT, roll, 0.0, meter.calibration, {}, 1.0)
        return [how_to_film(reason) for reason in advice if reason.code is Code.CAMERA_ROLLED]

    assert said(3.0) == []
    assert said(12.0)[0].startswith("The camera is rolled by 12° ±3°")
