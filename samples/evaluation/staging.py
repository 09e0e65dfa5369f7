"""Turns what the catalogue declares into what the figure does: faults of a size into knobs, holds and tempo."""

from dataclasses import replace
from functools import cache
from math import isnan

from formcheck.exercise.rulebook import bundled_folder, load_rule
from formcheck.exercise.words import HOLD_PASSES_FROM, Exercise, Level
from formcheck.pipeline import Options

from ..clip import Clip, Fault, Part
from ..figure import KNOBS
from ..figure.sizing import knobs_for

RECOGNISED = {"dead_bug": ("basic", "harder"), "plank_hip_flexion": ("wall", "chair", "floor"),
              "hip_flexion": ("lying", "straight_legs")}  # fmt: skip
"""Levels that the pose shows; the others must be given."""

PLANK_GOOD_S, PLANK_LIMIT_S = 30.0, 20.0
END_POINT_GOOD_DEG, END_POINT_LIMIT_DEG = 0.0, 15.0
TOO_FAST_KNOB = "rep_time_s"


@cache
def rule_of(exercise: str) -> Exercise:
    """Return the bundled rule of an exercise."""
    return load_rule(bundled_folder() / f"{exercise}.py").exercise


def level_of(exercise: str, level: str | None) -> Level | None:
    """Return a rule's level by its id."""
    return rule_of(exercise).level_named(level)


def staged(clip: Clip) -> Clip:
    """Return the clip with all its faults made: by knobs, holds or tempo."""
    return replace(clip, parts=tuple(_made(part, number == 0) for number, part in enumerate(clip.parts)))


def _made(part: Part, first: bool) -> Part:
    for fault in part.faults:
        part = _with_fault(part, fault)
    short_plank = part.name == "plank_hip_flexion" and (part.lead_s or PLANK_LIMIT_S) < PLANK_LIMIT_S
    if short_plank and first and not any(fault.id == "plank_not_ready" for fault in part.faults):
        # A clip with a long plank costs 300 frames: nearly all begin too early, and say so.
        size = (PLANK_GOOD_S - (part.lead_s or 0.0)) / (PLANK_GOOD_S - PLANK_LIMIT_S)
        part = replace(part, faults=(*part.faults, Fault("plank_not_ready", size)))
    return part


def _with_fault(part: Part, fault: Fault) -> Part:
    if fault.id == "short_hold":
        return replace(part, hold_s=_hold_s(part, fault.size))
    if fault.id == "past_end_point":
        return part  # a matter of what the user set, see `options_for`
    if fault.id == "plank_not_ready":
        return replace(part, lead_s=PLANK_GOOD_S - fault.size * (PLANK_GOOD_S - PLANK_LIMIT_S))
    open_knob = next((name for name, value in part.knobs.items() if isnan(value)), None)
    knobs = {name: value for name, value in part.knobs.items() if name != open_knob}
    found = knobs_for(part.name, part.level, fault.id, fault.size, part.side, knob=open_knob)
    part = replace(part, knobs={**knobs, **found})
    if TOO_FAST_KNOB in found:
        part = replace(part, move_s=None, hold_s=None if part.hold_s is None else min(part.hold_s, 0.3))
    return part


def _hold_s(part: Part, size: float) -> float:
    movements = rule_of(part.name).movements_at(level_of(part.name, part.level))
    prescribed_s = next(movement.hold.seconds for movement in movements if movement.hold is not None)
    return prescribed_s * (1.0 - size * (1.0 - HOLD_PASSES_FROM))


def options_for(clip: Clip, *, level_given: bool = False) -> Options:
    """Return what a user would set: a level that no pose shows, and an end point where one is passed."""
    level = clip.level
    if clip.exercise is not None and level in RECOGNISED.get(clip.exercise, ()) and not level_given:
        level = None
    sizes = [fault.size for part in clip.parts for fault in part.faults if fault.id == "past_end_point"]
    if not sizes:
        return Options(level=level)
    peak_deg = KNOBS["hip_flexion"]["peak_hip_flexion_deg"].textbook
    end_point_deg = peak_deg - END_POINT_GOOD_DEG - sizes[0] * (END_POINT_LIMIT_DEG - END_POINT_GOOD_DEG)
    return Options(level=level, end_point_deg=(end_point_deg, end_point_deg))
