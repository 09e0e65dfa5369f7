"""Brings a movement to a wanted value of what a rule measures: to a fault of a given size.

Size 0 is the edge of the good band, 1 the fault limit, in between and beyond the same scale:
measured value = edge + size * (limit - edge).
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Literal

import numpy as np

from formcheck.body.meter import BodyMeter
from formcheck.body.quantity import Moment, Quantity
from formcheck.exercise.quantities import RepQuantity
from formcheck.exercise.rulebook import bundled_folder, load_rule
from formcheck.exercise.words import Band, Exercise, Fault
from formcheck.pose.pose import Pose, Side

from .camera import View
from .drives import DRIVES, Drive
from .movements.exercises import movement
from .movements.movement import Movement
from .skeleton import Build
from .stream import best_view

When = Literal["peak", "rest", "rep"]
"""Where a quantity is measured: at the end position, at rest before it, or at its extreme between."""

VISIBLE = np.ones(33)
RESTING, SETTLED_S = 3, 1.1
"""How often the rest is shown, and how far apart, so that view and scale are those of the pose itself."""
STEPS = 14
"""Halvings of the interval in which a knob's value is looked for."""
LOOKS = 24
"""Moments of a repetition among which its extreme is looked for."""


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
    when: When = "peak",
    highest: bool = True,
    side: Side = "right",
    build: Build | None = None,
) -> float:
    """Return a quantity in a movement's first repetition; `highest` says which extreme of a whole repetition."""
    moving = movement(exercise, level, knobs=knobs, side=side, build=build)
    rep = moving.truth.reps[0]
    rest_s = rep.start_s - 0.1
    if when == "rep":
        times = np.linspace(rep.start_s, rep.end_s, LOOKS)
        values = [quantity.value(moment_at(moving, view, float(at_s), rest_s)) for at_s in times]
        return float(np.nanmax(values) if highest else np.nanmin(values))
    return quantity.value(moment_at(moving, view, rest_s if when == "rest" else rep.peak_s + 1e-6, rest_s))


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
    when: When = "peak",
    highest: bool = True,
    side: Side = "right",
    build: Build | None = None,
) -> float:
    """Return the knob's value at which the quantity has the value `goal`.

    Raises
    ------
    ValueError
        The goal is out of reach between the knob's two values.
    """

    def value(setting: float) -> float:
        knobs = {**(others or {}), knob: setting}
        return measured(exercise, level, knobs, quantity, view, when=when, highest=highest, side=side, build=build)

    low, high = between
    first, last = value(low), value(high)
    if not min(first, last) <= goal <= max(first, last):
        raise ValueError(f"{exercise}: {knob} from {low} to {high} gives {first:.3f} to {last:.3f}, never {goal:.3f}.")
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if (value(middle) > goal) == (last > first) else (middle, high)
    return (low + high) / 2


def knobs_for(
    exercise: str,
    level: str | None,
    fault: str,
    size: float,
    side: Side = "right",
    view: View | None = None,
    *,
    knob: str | None = None,
    build: Build | None = None,
) -> dict[str, float]:
    """Return the knobs that give a repetition a fault of this size.

    Parameters
    ----------
    exercise, level, side
        As `movement` takes them.
    fault
        Its id; one of `DRIVES[exercise]`.
    size
        0 = edge of the good band, 1 = fault limit. Faults that are or are not (`Drive.scale` = "switch") are there
        from 1 on.
    view
        From where it is measured; default: where it shows best (`shown_from`).
    knob
        Which of several ways to make the fault; default: the first that the level has.
    build
        Of the body; default: the standard one.

    Raises
    ------
    ValueError
        No knob makes this fault, or not of this size.
    """
    drive = drive_of(exercise, level, fault, knob)
    if drive.scale == "switch":
        return {**drive.others, drive.knob: float(size >= 1.0)}
    band, over = _band(exercise, level, drive, side)
    edge, limit = _scale(band, over)
    goal = edge + size * (limit - edge)
    if drive.scale == "direct":
        return {**drive.others, drive.knob: goal}
    if drive.scale == "pairs":
        return {**drive.others, drive.knob: float(np.ceil((goal - edge) / 2 + 0.5))}
    seen = view or shown_from(exercise, level, fault, side, knob)
    quantity = _momentary(band.quantity) if drive.quantity is None else drive.quantity
    setting = knob_at(
        exercise, level, drive.knob, drive.between, quantity, goal, seen, drive.others,
        when=drive.when, highest=over > 0, side=side, build=build,
    )  # fmt: skip
    return {**drive.others, drive.knob: setting}


def shown_from(exercise: str, level: str | None, fault: str, side: Side = "right", knob: str | None = None) -> View:
    """Return a view in which a fault of a repetition of this side can be measured."""
    drive = drive_of(exercise, level, fault, knob)
    best = best_view(exercise, side)
    if drive.azimuth_deg is None:
        return best
    return replace(best, azimuth_deg=drive.azimuth_deg if side == "right" else -drive.azimuth_deg)


def drive_of(exercise: str, level: str | None, fault: str, knob: str | None = None) -> Drive:
    """Return how a fault is made at a level.

    Raises
    ------
    ValueError
        No knob makes it.
    """
    for drive in DRIVES[exercise]:
        at_level = not drive.levels or level in drive.levels
        if drive.fault == fault and at_level and knob in (None, drive.knob):
            return drive
    raise ValueError(f"No knob of {exercise} {level or ''} makes {fault}{f' by {knob}' if knob else ''}.")


@cache
def _exercise(name: str) -> Exercise:
    return load_rule(bundled_folder() / f"{name}.py").exercise


def _band(exercise: str, level: str | None, drive: Drive, side: Side) -> tuple[Band, int]:
    """Return the band that the drive leaves and on which side of it, +1 or -1."""
    over = drive.over if side == "right" or not drive.mirrored else -drive.over
    rule = _exercise(exercise)
    chosen = rule.level_named(level)
    bands = [
        band
        for check in rule.checks_at(chosen)
        if isinstance(check, Fault) and check.id == drive.fault
        for band in check.bands
        if band.fault is not None and band.fault[1 if over > 0 else 0] is not None
    ]
    return bands[drive.band], over


def _scale(band: Band, over: int) -> tuple[float, float]:
    """Return the good edge and the fault limit on one side of a band."""
    edge, limit = (None if ring is None else ring[1 if over > 0 else 0] for ring in (band.good, band.fault))
    if edge is None or limit is None:
        raise ValueError(f"{band} has no edge and limit on that side.")
    return edge, limit


def _momentary(quantity: Quantity) -> Quantity:
    """Return what a repetition's quantity is made of: what can be measured at one moment."""
    while isinstance(quantity, RepQuantity):
        quantity = next(part for part in quantity.parts() if part is not quantity)
    return quantity
