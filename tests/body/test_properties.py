"""What must hold for every body: its place in the picture, its size and a mirror change nothing that is measured."""

import math
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.body.meter import BodyMeter, Measured
from formcheck.body.signals import SIGNALS
from formcheck.pose.pose import MIRRORED, Pose, Side
from samples.figure import DRILLS, Build, Movement, View, activity, movement

from .test_signals_exact import TURNS_ROUND

WIDTH_PX = 1280
KEYS = {signal.name: signal.keys() for signal in SIGNALS}
ACTIVITIES = ["standing", "sitting", "lying", "walking", "squatting", "split_squat", "knees_to_chest"]
BODIES = [
    *((name, level) for name, drill in DRILLS.items() for level in drill.levels or (None,)),
    *((name, None) for name in ACTIVITIES),
]


@cache
def _movement(name: str, level: str | None, side: Side, scale: float) -> Movement:
    build = Build().scaled(scale)
    if name in ACTIVITIES:
        return activity(name, duration_s=4.0, reps=1, build=build)
    return movement(name, level, side=side, build=build)


@dataclass(frozen=True)
class Seen:
    """A body seen from somewhere."""

    name: str
    pose: Pose = field(repr=False)

    def changed(self, *, shift_px: tuple[float, float] = (0.0, 0.0), zoom: float = 1.0, size: float = 1.0) -> Pose:
        pose = self.pose
        return Pose(0.0, (pose.image_px + shift_px) * zoom * size, pose.world_m * size, pose.visibility)

    def mirrored(self) -> Pose:
        order = list(MIRRORED)
        image = self.pose.image_px[order] * (-1.0, 1.0) + (WIDTH_PX, 0.0)
        return Pose(0.0, image, self.pose.world_m[order] * (-1.0, 1.0, 1.0), self.pose.visibility)


@st.composite
def bodies(draw: st.DrawFn) -> Seen:
    """Draw a moment of an exercise or of daily life, of a person of some size, seen from anywhere."""
    name, level = draw(st.sampled_from(BODIES))
    moving = _movement(name, level, draw(st.sampled_from(["left", "right"])), draw(st.sampled_from([0.8, 1.0, 1.1])))
    points = moving.pose_at(draw(st.floats(0.0, 1.0)) * moving.duration_s)
    # Never exactly from the side or the front: which hip is farther right would be left to rounding.
    view = View(draw(st.integers(0, 359)) + 0.37, pitch_deg=draw(st.sampled_from([-5.0, 0.0, 10.0])))
    return Seen(name, Pose(0.0, view.image_px(points), view.world_m(points), np.ones(33)))


def _measured(pose: Pose) -> Measured:
    return BodyMeter().measure(0.0, pose)


def _same(name: str, a: float, b: float) -> bool:
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    apart = abs(a - b)
    if name == "knee_yaw_deg":
        apart = min(apart, abs(apart - 360.0))
    return apart < 1e-4


def _assert_same(before: Measured, after: Measured) -> None:
    assert after.measures.keys() == before.measures.keys()
    for key, value in before.measures.items():
        assert _same(key.split(".")[0], after.measures[key], value), key


@given(bodies(), st.floats(-500, 500), st.floats(-500, 500))
@settings(max_examples=60, deadline=None)
def test_the_place_in_the_picture_does_not_matter(seen: Seen, x: float, y: float) -> None:
    before, after = _measured(seen.pose), _measured(seen.changed(shift_px=(x, y)))
    _assert_same(before, after)


@given(bodies(), st.floats(0.3, 3.0), st.floats(0.5, 1.5))
@settings(max_examples=60, deadline=None)
def test_the_size_of_person_and_picture_does_not_matter(seen: Seen, zoom: float, size: float) -> None:
    before, after = _measured(seen.pose), _measured(seen.changed(zoom=zoom, size=size))
    _assert_same(before, after)


@given(bodies())
@settings(max_examples=80, deadline=None)
def test_a_mirror_exchanges_left_and_right(seen: Seen) -> None:
    before, after = _measured(seen.pose), _measured(seen.mirrored())
    assert after.view.kind == before.view.kind
    assert {before.near, after.near} == {"left", "right"}
    for signal in SIGNALS:
        if math.isnan(signal.error_in(before.view.kind)):
            continue  # what this view cannot show is never used
        for key in KEYS[signal.name]:
            other = key.replace("left", "\0").replace("right", "left").replace("\0", "right")
            expected = before.measures[key] * (-1 if signal.name in TURNS_ROUND else 1)
            assert _same(signal.name, after.measures[other], expected), key


@given(bodies())
@settings(max_examples=150, deadline=None)
def test_no_signal_leaves_its_span(seen: Seen) -> None:
    measured = _measured(seen.pose)
    for signal in SIGNALS:
        low, high = signal.span
        for key in KEYS[signal.name]:
            value = measured.measures[key]
            if not math.isnan(signal.error_in(measured.view.kind)):
                assert math.isnan(value) or low <= value <= high, f"{key} of {seen.name}"
