"""Movements: a posture for every moment, and the truth about the reps in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from formcheck.pose.pose import Side, other_side

from ..geometry import Array
from ..skeleton import Build, Posture, grounded_between, landmarks
from ..timeline import Easing, Timeline, Truth
from . import activities
from . import childs_pose, dead_bug, hip_90_90, hip_airplane, hip_flexion, kettlebell_shift, lateral_lunge
from . import plank_hip_flexion, spiderman_lunge
from .drill import Drill, Knob, Scene, Turn, standard_rep

DRILLS: dict[str, Drill] = {
    module.DRILL.exercise: module.DRILL
    for module in (
        hip_airplane, kettlebell_shift, hip_90_90, spiderman_lunge, childs_pose, lateral_lunge, hip_flexion,
        plank_hip_flexion, dead_bug,
    )
}  # fmt: skip
"""The nine exercises by id."""

KNOBS: dict[str, dict[str, Knob]] = {exercise: drill.knobs for exercise, drill in DRILLS.items()}
"""By exercise, then by knob: what it sets, its unit, its textbook value and the fault that it drives."""

Contacts = dict[str, Array | bool]


@dataclass(frozen=True, slots=True)
class Movement:
    """A moving body.

    Attributes
    ----------
    name, level
        Exercise or activity.
    build
        Sizes of the body.
    duration_s
        Length of the clip.
    truth
        Its reps; none in an activity.
    posture_at
        Seconds, scalar or (n,) -> Posture.
    contacts_at
        (n,) seconds -> for each landmark that rests on floor or wall, when.
    """

    name: str
    level: str | None
    build: Build
    duration_s: float
    truth: Truth
    posture_at: Callable[[Array], Posture]
    contacts_at: Callable[[Array], Contacts]

    def pose_at(self, time_s: ArrayLike) -> Array:
        """Return (33, 3) landmarks in metres at a time, or (n, 33, 3) at n times."""
        times = np.asarray(time_s, dtype=float)
        points = landmarks(self.build, self.posture_at(times))
        return np.broadcast_to(points, (*times.shape, 33, 3))


@dataclass(frozen=True, slots=True)
class _Joined(Movement):
    """Movements one after the other, with the ways between them."""

    pieces: tuple[tuple[float, Callable[[Array], Array]], ...] = field(default=())

    def pose_at(self, time_s: ArrayLike) -> Array:
        times = np.asarray(time_s, dtype=float)
        flat = np.atleast_1d(times)
        points = np.empty((*flat.shape, 33, 3))
        starts = np.array([start for start, _ in self.pieces])
        index = np.maximum(np.searchsorted(starts, flat, side="right") - 1, 0)
        for k, (start, pose_at) in enumerate(self.pieces):
            if (index == k).any():
                points[index == k] = pose_at(flat[index == k] - start)
        return points.reshape(*times.shape, 33, 3)


def movement(
    exercise: str,
    level: str | None = None,
    *,
    side: Side = "right",
    reps: int = 1,
    hold_s: float | None = None,
    move_s: float | None = None,
    rest_s: float | None = None,
    depth: float = 1.0,
    knobs: Mapping[str, float] | None = None,
    easing: Easing = "cosine",
    lead_s: float | None = None,
    tail_s: float = 2.0,
    approach: bool = False,
    calibrate_facing_deg: float | None = None,
    build: Build | None = None,
) -> Movement:
    """Return an exercise: at rest in the start position, so many reps, at rest again; correct unless told otherwise.

    Parameters
    ----------
    exercise, level
        Ids; lateral_lunge takes "step_out" or "fixed_stance". Default: the first level.
    side
        As exercises.md names it; the first one where sides alternate.
    reps
        How many; sides alternate where the exercise says so.
    hold_s, move_s, rest_s
        In the end position; out, and the same back; between reps. Default: the exercise's own; in E7-E9 the move
        follows from the knob rep_time_s.
    depth
        0 = rest, 1 = end position; 0.45 is an attempt that stops more than half-way to the end zone, but short of it.
    knobs
        Deviations from the textbook, see KNOBS.
    easing
        Raised cosine, or linear.
    lead_s, tail_s
        At rest before and after; default 3 s (plank_hip_flexion: the knob plank_s) and 2 s.
    approach
        Start upright (hip_airplane) or with the feet down (dead_bug harder), take the start position, and leave it
        again at the end.
    calibrate_facing_deg
        Azimuth of the camera: first stand still facing it for 2.5 s, then take the start position within 4 s.
    """
    drill = DRILLS[exercise]
    level = level or (drill.levels[0] if drill.levels else None)
    if level is not None and level not in drill.levels:
        raise ValueError(f"{exercise} has the levels {drill.levels}, not {level!r}.")
    values = knob_values(exercise, knobs)
    size = build or Build()
    turn_hold_s = (0.0 if level in drill.unheld else drill.hold_s) if hold_s is None else hold_s
    if move_s is None:
        move_s = (values["rep_time_s"] - turn_hold_s) / 2 if "rep_time_s" in values else drill.move_s
    rest_s = drill.rest_s if rest_s is None else rest_s
    if values.get("skip_plank", 0.0) >= 0.5:
        rest_s = 0.0
    amplitude = drill.amplitude(depth, level)
    counted = True if depth >= 1.0 else False if depth <= 0.45 else None

    way_in = drill.approach.get(level) if approach else None
    line = Timeline(easing, {way_in: 1.0} if way_in else None)
    if way_in:
        line.rest(2.0)
        line.move(2.5, {way_in: 0.0})
    line.rest(drill.lead_s(values) if lead_s is None else lead_s)
    alternates = drill.alternates(level) and values.get("same_side", 0.0) < 0.5
    perform = drill.perform or (lambda timeline, turn: standard_rep(timeline, turn, drill))
    previous: Side | None = None
    for number in range(reps):
        now: Side = other_side(side) if alternates and number % 2 else side
        last = number == reps - 1
        perform(line, Turn(now, previous, last, level, amplitude, move_s, turn_hold_s, rest_s, counted, values))
        previous = now
        line.rest(0.0 if last else rest_s)
    if way_in:
        line.rest(1.0)
        line.move(2.5, {way_in: 1.0})
    line.rest(tail_s)
    whole = from_timeline(exercise, level, line, drill.posture, drill.contacts, side, values, amplitude, size)
    return whole if calibrate_facing_deg is None else calibrated(whole, calibrate_facing_deg)


def knob_values(exercise: str, knobs: Mapping[str, float] | None) -> dict[str, float]:
    """Return every knob's value: the textbook's unless given."""
    known = KNOBS[exercise]
    unknown = sorted(set(knobs or {}) - set(known))
    if unknown:
        raise ValueError(f"{exercise} has no knob {unknown[0]!r}; it has {sorted(known)}.")
    return {name: knob.textbook for name, knob in known.items()} | dict(knobs or {})


def bouncing(
    exercise: str,
    level: str | None = None,
    *,
    side: Side = "right",
    times: int = 5,
    period_s: float = 1.5,
    low: float = 0.6,
    lead_s: float = 3.0,
    tail_s: float = 2.0,
    build: Build | None = None,
) -> Movement:
    """Return one way to the end position, then so often back to a share of it and forth, ending there: no rep counts."""
    drill = DRILLS[exercise]
    level = level or (drill.levels[0] if drill.levels else None)
    line = Timeline()
    line.rest(lead_s)
    line.begin(side if drill.sided(level) else None, counted=False)
    line.move(2 * period_s, drill.targets(side, 1.0, level))
    line.peak()
    for _ in range(times):
        line.move(period_s / 2, drill.targets(side, low, level))
        line.move(period_s / 2, drill.targets(side, 1.0, level))
    line.rest(tail_s)
    line.end()
    values = knob_values(exercise, None)
    return from_timeline(exercise, level, line, drill.posture, drill.contacts, side, values, 1.0, build or Build())


def from_timeline(
    name: str,
    level: str | None,
    line: Timeline,
    posture: Callable[[Scene], Posture],
    contacts: Callable[[Scene], Contacts],
    side: Side,
    knobs: Mapping[str, float],
    amplitude: float,
    build: Build,
) -> Movement:
    """Return the movement of a body that takes, at every moment, the posture that the channels call for."""
    textbook = {knob: spec.textbook for knob, spec in KNOBS.get(name, {}).items()}

    def scene(times_s: Array) -> Scene:
        return Scene(build, level, side, line.values(times_s), knobs, textbook, amplitude, times_s.shape)

    def contacts_at(times_s: Array) -> Contacts:
        return contacts(scene(times_s))

    return Movement(name, level, build, line.now_s, line.truth(), lambda t: posture(scene(t)), contacts_at)


def activity(
    name: str, *, duration_s: float = 60.0, reps: int = 5, side: Side = "right", build: Build | None = None
) -> Movement:
    """Return what is none of the exercises: nothing in it counts.

    standing, sitting and lying are still for `duration_s`, walking goes on for as long; squatting, split_squat and
    knees_to_chest do `reps`; getting_down goes from standing to lying on the back.
    """
    size = build or Build()
    if name == "getting_down":
        return getting_down(size)
    line = Timeline()
    if name == "walking":
        activities.walk_timeline(line, duration_s)
        line.now_s = duration_s
    elif name in activities.STILL:
        line.rest(duration_s)
    else:
        line.rest(2.0)
        for _ in range(reps):
            line.move(1.5, {"main": 1.0})
            line.move(1.5, {"main": 0.0})
            line.rest(0.5)
        line.rest(1.5)
    return from_timeline(name, None, line, activities.POSTURES[name], lambda scene: {}, side, {}, 1.0, size)


def joined(parts: list[Movement], ways: list[list[tuple[Posture | None, float]]]) -> Movement:
    """Return movements one after the other; between two, each way passes postures, ending at the next movement (None)."""
    build = parts[0].build
    pieces: list[tuple[float, Callable[[Array], Array]]] = []
    reps: list = []
    now_s = 0.0
    for part, way in zip(parts, [*ways, []], strict=True):
        pieces.append((now_s, part.pose_at))
        reps += part.truth.shifted(now_s).reps
        now_s += part.duration_s
        here = part.posture_at(np.asarray(part.duration_s))
        following = parts[len(pieces_of(parts, part)) :]
        for posture, seconds in way:
            goal = posture or following[0].posture_at(np.asarray(0.0))
            pieces.append((now_s, _way(build, here, goal, seconds)))
            here, now_s = goal, now_s + seconds
    main = max(parts, key=lambda part: len(part.truth.reps))
    return _Joined(
        main.name, main.level, build, now_s, Truth(tuple(reps)), parts[0].posture_at, lambda t: {}, tuple(pieces)
    )
