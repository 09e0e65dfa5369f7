"""How clips of the rendered set are put together: cameras, tempo, parts and bodies of each exercise."""

from collections.abc import Sequence
from dataclasses import replace
from math import nan

from formcheck.pose.pose import Side

from ..clip import Camera, Clip, Fault, Part
from ..figure import DRILLS
from .people import PEOPLE

FAULT_SIZE = 1.5
BARELY = 1.2
"""Size of faults that make an attempt of a repetition: at 1.5 there would be hardly any movement left to notice."""

TEMPO: dict[str, dict[str, float]] = {
    "hip_airplane": {"hold_s": 5.2, "move_s": 1.7},
    "kettlebell_shift": {"hold_s": 5.3},
    "hip_90_90": {"hold_s": 5.3},
    "spiderman_lunge": {"hold_s": 3.4},
    "childs_pose": {"hold_s": 10.5, "rest_s": 1.5},
    "lateral_lunge": {"hold_s": 5.2},
    "hip_flexion": {"move_s": 3.7},
    "plank_hip_flexion": {"move_s": 3.7},
    "dead_bug": {"hold_s": 2.3, "move_s": 2.7},
}
"""Quicker than the textbook where the rules allow it: a clip costs its length."""

UNHELD = {"harder": {"move_s": 3.7}}
"""Levels of these without a hold."""
HELD_AT_PEAK_S = 1.0
"""Faults of exercises without a hold are shown for so long at the turning point."""
LEAD_S, NEXT_LEAD_S, TAIL_S = 3.0, 2.2, 1.2

STANDING = Camera(distance_m=3.4, height_m=1.0, aim_height_m=0.95)
NEARER = Camera(distance_m=3.2, height_m=1.0, aim_height_m=0.9)
"""For correct repetitions, which stay within the picture."""
FLOOR = Camera(distance_m=3.0, height_m=0.45, aim_height_m=0.35)
CAMERAS: dict[str, Camera] = {
    "hip_airplane": STANDING,
    "lateral_lunge": STANDING,
    "hip_90_90": Camera(distance_m=2.9, height_m=1.1, aim_height_m=0.4),
    "kettlebell_shift": Camera(distance_m=2.9, height_m=0.85, aim_height_m=0.5),
}
"""Where rules/METHOD.md wants the camera; on the floor where it is not named."""
STAND_FIRST = ("hip_90_90", "kettlebell_shift")
"""What they judge needs the camera's tilt, which a standing person shows."""
UPRIGHT_LEVELS = {"wall_chair", "wall", "chair", "free"}
ATTEMPT_ONLY = {"weight_barely_moves", "hardly_hinging", "too_shallow", "no_rotation"}
TOUCHES_DOWN = "trailing_leg_dropped"
"""At 1.5 the foot is on the floor, which is another fault and ends the repetition."""
OVER_THE_CLIP = {"plank_skipped", "same_side_twice"}
"""Faults of what one repetition does to the next: they need two in one part."""


def camera_for(
    exercise: str, level: str | None, facing_deg: float, standing: Camera = STANDING, **off: float
) -> Camera:
    """Return the camera where the exercise asks for it, looking from there, and so far off its place."""
    on_feet = level in UPRIGHT_LEVELS and exercise in ("hip_flexion", "plank_hip_flexion")
    place = CAMERAS.get(exercise, STANDING if on_feet else FLOOR)
    place = standing if place is STANDING else place
    moved = replace(place, azimuth_deg=facing_deg)
    return replace(moved, **{name: getattr(moved, name) + by for name, by in off.items()})


def part_for(exercise: str, level: str | None, side: Side, **changes: object) -> Part:
    """Return repetitions of correct form."""
    tempo = UNHELD.get(level or "", TEMPO[exercise])
    knobs = {"same_side": 1.0} if exercise == "hip_flexion" else {}  # turn round for the other leg
    base = Part(exercise, level, side, knobs=knobs, lead_s=LEAD_S, tail_s=TAIL_S, **tempo)  # type: ignore[arg-type]
    return replace(base, **changes)  # type: ignore[arg-type]


def clip_of(name: str, exercise: str | None, level: str | None, parts: Sequence[Part], camera: Camera, number: int,
          **changes: object) -> Clip:  # fmt: skip
    """Return a clip of one of the people in one of the rooms."""
    body, outfit = PEOPLE[number % len(PEOPLE)]
    base = Clip(name, exercise, level, tuple(parts), camera, body, outfit, room=number % 4)
    return replace(base, **changes)  # type: ignore[arg-type]


def standing_first(clip: Clip) -> Clip:
    """Return the clip with the person standing before the camera at first, all of them in the picture."""
    low = clip.camera.aim_height_m < 0.75
    camera = replace(clip.camera, aim_height_m=0.75, fov_deg=46.0) if low else clip.camera
    return replace(clip, camera=camera, face_camera_s=2.5)


def levels_of(exercise: str) -> tuple[str | None, ...]:
    """Return the figure's levels of an exercise."""
    return DRILLS[exercise].levels or (None,)


def rule_level(exercise: str, level: str | None) -> str | None:
    """Return the rule's level: the lateral lunge's two ways to stand are none."""
    return None if exercise == "lateral_lunge" else level


def fault_part(exercise: str, level: str | None, side: Side, fault: str) -> Part:
    """Return repetitions with a fault; "fault:knob" names the way to make it."""
    name, _, knob = fault.partition(":")
    size = BARELY if name in ATTEMPT_ONLY or fault == TOUCHES_DOWN else FAULT_SIZE
    part = part_for(exercise, level, side, reps=2 if name in OVER_THE_CLIP else 1, faults=(Fault(name, size),))
    if "hold_s" not in TEMPO[exercise] or level in UNHELD:
        part = replace(part, hold_s=HELD_AT_PEAK_S)
    return replace(part, knobs={**part.knobs, **({knob: nan} if knob else {})})
