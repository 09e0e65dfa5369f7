"""Clips kept apart: people do not place cameras by protractor, and they are of all sizes and take their own time.

Bodies, tempo, and how far the camera is off the place that the exercise asks for are drawn at random, by a generator that
gives the same at every run; no rule is to be mended by looking at these clips.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import atan, degrees

import numpy as np

from formcheck.pose.pose import Side

from ..clip import Body, Camera, Clip, Part
from ..figure import DRILLS, best_view
from .declaring import STAND_FIRST, camera_for, clip_of, fault_part, levels_of, part_for, rule_level, standing_first

SEED = 20_261_128
AZIMUTH_DEG, HEIGHT_M, DISTANCE_M, TEMPO = 25.0, (0.3, 1.4), (1.8, 4.5), (0.5, 2.0)
"""How far the camera stands beside its place either way, how high and how far away, and how many times the textbook's time
a movement takes."""
LEAST_MOVE_S = 3.6
"""Out and back of what must not be hurried: quicker ones would be a fault."""
HELD = 1.05
"""Holds of correct form last so many times what the textbook's do, at least."""
ONCE_FROM = 1.3
"""From this tempo on there is one repetition: a clip costs its length."""
TALL_M, LONG_M = 2.3, 2.0
"""What must be in the picture from top to bottom: of somebody standing, or on the floor, where the width counts."""

FAULTS: tuple[tuple[str, str | None, str], ...] = (
    ("hip_airplane", "free", "torso_not_parallel"),
    ("kettlebell_shift", None, "leaning_not_shifting"),
    ("hip_90_90", None, "knees_not_90"),
    ("spiderman_lunge", None, "hips_pike"),
    ("childs_pose", None, "head_off_floor"),
    ("lateral_lunge", "step_out", "trailing_leg_bends"),
    ("hip_flexion", "straight_legs", "other_leg_moves"),
    ("hip_flexion", "wall_chair", "leaning_back"),
    ("plank_hip_flexion", "floor", "support_knee_bends"),
    ("dead_bug", "harder", "bent_leg_drifts"),
    ("kettlebell_shift", None, "knee_inside_foot"),
)
"""Exercise, level and fault, which the best view shows."""


def off_place() -> Iterator[Clip]:
    """Yield the clips: correct form of every exercise and level, and some faults."""
    rng = np.random.default_rng(SEED)
    shown = [(exercise, level, None) for exercise in DRILLS for level in levels_of(exercise)]
    for number, (exercise, level, fault) in enumerate([*shown, *FAULTS]):
        side: Side = "left" if number % 2 else "right"
        place = camera_for(exercise, level, best_view(exercise, side).azimuth_deg)
        part = part_for(exercise, level, side) if fault is None else fault_part(exercise, level, side, fault)
        part = _in_own_time(part, float(np.exp(rng.uniform(*np.log(TEMPO)))))
        name = f"{exercise}{f'-{level}' if level else ''}-{fault or 'correct'}-off_place"
        clip = clip_of(
            name, exercise, rule_level(exercise, level), [part], place, number, purpose="off_place", body=_body(rng)
        )
        clip = standing_first(clip) if exercise in STAND_FIRST else clip
        yield replace(clip, camera=_moved(clip, rng))


def _moved(clip: Clip, rng: np.random.Generator) -> Camera:
    place = clip.camera
    distance_m = round(float(rng.uniform(*DISTANCE_M)), 2)
    in_sight_m = TALL_M if place.aim_height_m > 0.6 else LONG_M
    return replace(
        place,
        azimuth_deg=round(place.azimuth_deg + float(rng.uniform(-AZIMUTH_DEG, AZIMUTH_DEG)), 1),
        height_m=round(float(rng.uniform(*HEIGHT_M)), 2),
        distance_m=distance_m,
        fov_deg=round(max(place.fov_deg, degrees(2.0 * atan(in_sight_m / 2.0 / distance_m))), 1),
    )


def _body(rng: np.random.Generator) -> Body:
    age, muscle, weight, height = (
        round(float(rng.uniform(*between)), 2) for between in ((0.55, 0.95), (0.4, 0.7), (0.25, 0.75), (0.3, 0.7))
    )
    return Body(gender=float(rng.integers(2)), age=age, muscle=muscle, weight=weight, height=height)


def _in_own_time(part: Part, tempo: float) -> Part:
    """Return correct form, or a fault, in so many times the time; neither hurried nor held too short."""
    drill = DRILLS[part.name]
    move_s = max(tempo * drill.move_s, LEAST_MOVE_S if "rep_time_s" in drill.knobs else 0.0)
    hold_s = part.hold_s
    if drill.hold_s and part.level not in drill.unheld:
        hold_s = round(HELD * max(part.hold_s or drill.hold_s, tempo * drill.hold_s), 1)
    once = bool(part.faults) or tempo > ONCE_FROM
    return replace(
        part, reps=1 if once else part.reps, move_s=round(move_s, 1), hold_s=hold_s, rest_s=round(tempo * drill.rest_s, 1)
    )  # fmt: skip
