"""Brings a movement of the figure to just over or just under a limit, as the body layer measures it."""

from collections.abc import Mapping

import numpy as np

from formcheck.body.meter import BodyMeter
from formcheck.body.quantity import Moment, Quantity
from formcheck.pose.pose import Pose
from samples.figure import Movement, View, movement, observe

from .runner import Watched, watch

VISIBLE = np.ones(33)
FPS = 10.0

RESTING, SETTLED_S = 3, 1.1
"""How often the rest is shown, and how far apart, so that view and scale are those of the pose itself."""

JUST = 0.02
"""How far over or under: 2 % of the limit."""


def moment_at(moving: Movement, view: View, at_s: float, rest_s: float) -> Moment:
    """Return what is measured at a time of a movement, its rest being that of another time."""
    meter = BodyMeter()
    # The person is known from the rest: a rounded back must not pass for a short one.
    times = [rest_s] * RESTING + [at_s]
    seen = [
        meter.measure(k * SETTLED_S, Pose(k * SETTLED_S, view.image_px(points), view.world_m(points), VISIBLE))
        for k, points in enumerate(moving.pose_at(np.array(times)))
    ]
    now, rest = seen[-1], seen[-2]
    return Moment(now.measures, moving.truth.reps[0].side, now.near, rest.measures)


def measured(
    exercise: str,
    level: str | None,
    knobs: Mapping[str, float],
    quantity: Quantity,
    view: View,
    *,
    at_rest: bool = False,
) -> float:
    """Return a quantity at the end position of a movement's first repetition, or at rest before it."""
    moving = movement(exercise, level, knobs=knobs)
    rep = moving.truth.reps[0]
    rest_s = rep.start_s - 0.1
    return quantity.value(moment_at(moving, view, rest_s if at_rest else rep.peak_s + 1e-6, rest_s))


def knob_at(
    exercise: str,
    level: str | None,
    knob: str,
    between: tuple[float, float],
    quantity: Quantity,
    goal: float,
    view: View,
    others: Mapping[str, float] | None = None,
    *,
    at_rest: bool = False,
) -> float:
    """Return the knob's value at which the quantity has the value `goal`; it must lie between two values."""

    def value(setting: float) -> float:
        return measured(exercise, level, {**(others or {}), knob: setting}, quantity, view, at_rest=at_rest)

    low, high = between
    rising = value(high) > value(low)
    assert min(value(low), value(high)) <= goal <= max(value(low), value(high)), (value(low), value(high), goal)
    for _ in range(14):
        middle = (low + high) / 2
        low, high = (low, middle) if (value(middle) > goal) == rising else (middle, high)
    return (low + high) / 2


def around(limit: float, over: float) -> tuple[float, float]:
    """Return a value just over and one just under a limit; `over` is +1 or -1, where the fault lies."""
    step = JUST * abs(limit) if limit else JUST
    return limit + over * step, limit - over * step


def watched_around(
    exercise: str,
    knob: str,
    between: tuple[float, float],
    quantity: Quantity,
    limit: float,
    over: float,
    view: View,
    level: str | None = None,
    others: Mapping[str, float] | None = None,
    *,
    at_rest: bool = False,
    **how: float,
) -> tuple[Watched, Watched]:
    """Return what the rule makes of a movement just over a limit, and of one just under it."""

    def watched(goal: float) -> Watched:
        setting = knob_at(exercise, level, knob, between, quantity, goal, view, others, at_rest=at_rest)
        moving = movement(exercise, level, knobs={**(others or {}), knob: setting}, **how)  # type: ignore[arg-type]
        return watch(observe(moving, view, FPS), exercise, level)

    beyond, within = around(limit, over)
    return watched(beyond), watched(within)
