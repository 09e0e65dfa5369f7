"""The nine exercises as movements: correct, or with faults of any size."""

from collections.abc import Mapping
from dataclasses import replace

from formcheck.pose.pose import Side, other_side

from ..skeleton import Build
from ..timeline import Easing, Timeline
from . import (
    childs_pose,
    dead_bug,
    hip_90_90,
    hip_airplane,
    hip_flexion,
    kettlebell_shift,
    lateral_lunge,
    plank_hip_flexion,
    spiderman_lunge,
)  # fmt: skip
from .drill import Drill, Knob, Turn, standard_rep
from .movement import Movement, from_timeline
from .others import calibrated

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

PARTIAL_DEPTH = 0.45
PARTIAL_PAUSE_S = 0.3


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
        As rules/METHOD.md names it; the first one where sides alternate.
    reps
        How many; sides alternate where the exercise says so.
    hold_s, move_s, rest_s
        In the end position; out, and the same back; between reps. Default: the exercise's own; in E7-E9 the move
        follows from the knob rep_time_s.
    depth
        0 = rest, 1 = end position; 0.45 is an attempt that stops more than half-way to the end zone but short of it,
        and turns back after a short pause.
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
    partial = depth <= PARTIAL_DEPTH
    turn_hold_s = 0.0 if level in drill.unheld else PARTIAL_PAUSE_S if partial else drill.hold_s
    turn_hold_s = turn_hold_s if hold_s is None else hold_s
    if move_s is None:
        move_s = (values["rep_time_s"] - turn_hold_s) / 2 if "rep_time_s" in values else drill.move_s
    rest_s = drill.rest_s if rest_s is None else rest_s
    if values.get("skip_plank", 0.0) >= 0.5:
        rest_s = 0.0
    amplitude = drill.amplitude(depth, level)
    counted = True if depth >= 1.0 else False if partial else None

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
        perform(line, Turn(now, previous, last, level, amplitude, move_s, turn_hold_s, counted, values))
        previous = now
        line.rest(0.0 if last else rest_s)
    if way_in:
        line.rest(1.0)
        line.move(2.5, {way_in: 1.0})
    line.rest(tail_s)
    if partial:
        line.reps = [replace(rep, holds=()) for rep in line.reps]
    whole = _from_line(drill, level, line, side, values, amplitude, build)
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
    """Return a way to the end position, then so often back to a share of it and forth, ending there: no rep."""
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
    return _from_line(drill, level, line, side, values, 1.0, build)


def _from_line(
    drill: Drill,
    level: str | None,
    line: Timeline,
    side: Side,
    knobs: Mapping[str, float],
    amplitude: float,
    build: Build | None,
) -> Movement:
    textbook = knob_values(drill.exercise, None)
    return from_timeline(
        drill.exercise, level, line, drill.posture, drill.contacts, side, knobs, textbook, amplitude, build or Build()
    )
