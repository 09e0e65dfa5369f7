"""The rendered set: which clips the published accuracy rests on. Plain declarations, the same at every run."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from formcheck.pose.pose import Side

from ..clip import Clip, Part, Purpose
from ..figure import DRILLS, best_view
from ..figure.sizing import shown_from
from .declaring import (
    FLOOR,
    NEARER,
    NEXT_LEAD_S,
    STAND_FIRST,
    STANDING,
    camera_for,
    clip_of,
    fault_part,
    levels_of,
    part_for,
    rule_level,
    standing_first,
)
from .off_place import off_place
from .people import loosely

_TAKES: tuple[tuple[Side, dict[str, float]], ...] = (
    ("right", {"azimuth_deg": 4.0, "distance_m": 0.0, "height_m": 0.0}),
    ("left", {"azimuth_deg": -8.0, "distance_m": 0.4, "height_m": 0.12}),
)
"""Side of the first repetition, and by how much the camera is off its best place."""


def _correct() -> Iterator[Clip]:
    number = count()
    for exercise in DRILLS:
        for level in levels_of(exercise):
            for take, (side, off) in enumerate(_TAKES):
                k = next(number)
                camera = camera_for(exercise, level, best_view(exercise, side).azimuth_deg, NEARER, **off)
                name = f"{exercise}{f'-{level}' if level else ''}-correct-{'ab'[take]}"
                part = part_for(exercise, level, side)
                if exercise == "plank_hip_flexion" and level == "floor" and take == 0:
                    part = replace(part, lead_s=21.0)  # long enough to be ready for it
                if take == 1 and (exercise in ("childs_pose", "dead_bug") or level in ("supported", "wall_chair")):
                    part = replace(part, reps=1)
                if take == 1 and level in ("harder", "lying"):
                    part = replace(part, reps=1, move_s=6.2)  # as slow as it should be
                clip = clip_of(name, exercise, rule_level(exercise, level), [part], camera, k)
                yield standing_first(clip) if k % 4 == 1 or exercise in STAND_FIRST else clip


_FAULTS: tuple[tuple[str, str | None, Side, str], ...] = (
    ("hip_airplane", "free", "right", "torso_not_parallel back_twist"),
    ("hip_airplane", "free", "left", "trailing_leg_dropped standing_knee_squats"),
    ("hip_airplane", "supported", "right", "no_rotation short_hold"),
    ("hip_airplane", "free", "left", "foot_touches_down trailing_leg_dropped:trailing_knee_flexion_deg"),
    ("kettlebell_shift", None, "right", "leaning_not_shifting weight_barely_moves"),
    ("kettlebell_shift", None, "left", "front_heel_lifts"),
    ("kettlebell_shift", None, "right", "short_hold"),
    ("kettlebell_shift", None, "left", "front_leg_not_turned_out"),
    ("hip_90_90", None, "right", "knees_not_90 hardly_hinging"),
    ("hip_90_90", None, "left", "tipping_sideways hand_off_floor"),
    ("hip_90_90", None, "right", "rounded_back rounded_back:trunk_ratio"),
    ("hip_90_90", None, "left", "knees_not_90:rear_knee_flexion_deg short_hold"),
    ("spiderman_lunge", None, "right", "hips_sag foot_short_of_hand"),
    ("spiderman_lunge", None, "left", "hips_pike back_knee_bends"),
    ("spiderman_lunge", None, "right", "hips_pike:hips_over_shoulders short_hold"),
    ("spiderman_lunge", None, "left", "foot_not_outside_hand"),
    ("spiderman_lunge", None, "right", "plank_skipped"),
    ("spiderman_lunge", None, "left", "same_side_twice"),
    ("childs_pose", None, "right", "head_off_floor hips_off_heels"),
    ("childs_pose", None, "left", "arms_not_reaching restless"),
    ("childs_pose", None, "right", "short_hold arms_not_reaching:arm_elevation_deg"),
    ("lateral_lunge", "step_out", "right", "trailing_leg_bends knee_caves_in"),
    ("lateral_lunge", "fixed_stance", "left", "knee_caves_in too_shallow"),
    ("lateral_lunge", "step_out", "left", "trunk_tips_sideways chest_collapses"),
    ("lateral_lunge", "fixed_stance", "right", "short_hold chest_collapses"),
    ("hip_flexion", "lying", "right", "too_fast head_lifts"),
    ("hip_flexion", "lying", "left", "past_end_point"),
    ("hip_flexion", "straight_legs", "left", "other_leg_moves very_deep"),
    ("hip_flexion", "wall_chair", "right", "leaning_back standing_knee_buckles"),
    ("hip_flexion", "free", "left", "leaning_back too_fast"),
    ("hip_flexion", "wall", "right", "pelvis_drops"),
    ("hip_flexion", "chair", "left", "pelvis_drops:support_fppa_deg"),
    ("plank_hip_flexion", "floor", "right", "hips_sag hips_rise"),
    ("plank_hip_flexion", "floor", "left", "hips_pike support_knee_bends"),
    ("plank_hip_flexion", "floor", "right", "shoulders_rock_back head_drops"),
    ("plank_hip_flexion", "chair", "left", "hips_rise support_knee_bends"),
    ("plank_hip_flexion", "wall", "right", "hips_sag:hips_rise too_fast"),
    ("plank_hip_flexion", "chair", "left", "same_side_twice"),
    ("dead_bug", "basic", "right", "not_90_90 short_hold"),
    ("dead_bug", "basic", "left", "too_fast head_lifts"),
    ("dead_bug", "harder", "right", "bent_leg_drifts arm_not_to_knee"),
    ("dead_bug", "harder", "left", "wrong_arm head_lifts"),
    ("kettlebell_shift", None, "right", "knee_inside_foot"),
    ("kettlebell_shift", None, "left", "knee_inside_foot"),
)
"""Exercise, level, first side, and the faults, one a repetition; "fault:knob" names another way to make it."""


def _faulty() -> Iterator[Clip]:
    for number, (exercise, level, side, faults) in enumerate(_FAULTS):
        names = faults.split()
        first, _, knob = names[0].partition(":")
        made_by_knob = first not in ("short_hold", "past_end_point")
        view = shown_from(exercise, level, first, side, knob or None) if made_by_knob else best_view(exercise, side)
        camera = camera_for(exercise, level, view.azimuth_deg, distance_m=0.15 * (number % 3))
        parts = [fault_part(exercise, level, side, fault) for fault in names]
        parts[1:] = [replace(part, lead_s=NEXT_LEAD_S) for part in parts[1:]]
        name = "-".join([exercise, *([level] if level else []), *(fault.replace(":", "_by_") for fault in names), side])
        clip = clip_of(name, exercise, rule_level(exercise, level), parts, camera, number + 3, purpose="fault")
        yield standing_first(clip) if exercise in STAND_FIRST else clip


_CONDITIONS: tuple[tuple[Purpose, str, str | None, dict[str, float]], ...] = (
    ("wrong_view", "hip_airplane", "free", {"azimuth_deg": 0.0}),
    ("wrong_view", "kettlebell_shift", None, {"azimuth_deg": -90.0}),
    ("wrong_view", "hip_90_90", None, {"azimuth_deg": 0.0}),
    ("wrong_view", "spiderman_lunge", None, {"azimuth_deg": 0.0}),
    ("wrong_view", "childs_pose", None, {"azimuth_deg": 40.0}),
    ("wrong_view", "lateral_lunge", "step_out", {"azimuth_deg": -90.0}),
    ("wrong_view", "hip_flexion", "wall_chair", {"azimuth_deg": 0.0}),
    ("wrong_view", "plank_hip_flexion", "floor", {"azimuth_deg": -45.0}),
    ("wrong_view", "dead_bug", "basic", {"azimuth_deg": 45.0}),
    ("far", "lateral_lunge", "step_out", {"distance_m": 4.5}),
    ("far", "dead_bug", "basic", {"distance_m": 4.5}),
    ("far", "hip_airplane", "free", {"distance_m": 4.5}),
    ("near", "kettlebell_shift", None, {"distance_m": 1.9, "fov_deg": 55.0}),
    ("near", "spiderman_lunge", None, {"distance_m": 1.9, "fov_deg": 55.0}),
    ("near", "hip_flexion", "free", {"distance_m": 1.9, "fov_deg": 58.0}),
    ("dim", "lateral_lunge", "fixed_stance", {}),
    ("dim", "dead_bug", "harder", {}),
    ("dim", "plank_hip_flexion", "floor", {}),
    ("loose", "lateral_lunge", "step_out", {}),
    ("loose", "hip_flexion", "lying", {}),
    ("loose", "kettlebell_shift", None, {}),
    ("loose", "spiderman_lunge", None, {}),
    ("cropped", "lateral_lunge", "step_out", {"aim_height_m": 1.38}),
    ("cropped", "hip_flexion", "wall", {"aim_height_m": 1.38}),
    ("roll", "lateral_lunge", "fixed_stance", {"roll_deg": 5.0}),
    ("roll", "plank_hip_flexion", "chair", {"roll_deg": -5.0}),
    ("roll", "childs_pose", None, {"roll_deg": 5.0}),
)
"""Purpose, exercise, level, and what is different about the camera."""

DIM = 0.15
TWICE = ("lateral_lunge", "spiderman_lunge")
"""Done to both sides where the conditions of filming are tried; the others once."""


def _conditions() -> Iterator[Clip]:
    for number, (purpose, exercise, level, different) in enumerate(_CONDITIONS):
        reps = 2 if exercise in TWICE else 1
        side: Side = "left" if number % 2 and purpose != "wrong_view" else "right"
        camera = replace(camera_for(exercise, level, best_view(exercise, side).azimuth_deg), **different)
        name = f"{exercise}{f'-{level}' if level else ''}-{purpose}"
        part = part_for(exercise, level, side, reps=reps)
        clip = clip_of(name, exercise, rule_level(exercise, level), [part], camera, number + 5, purpose=purpose)
        if purpose == "dim":
            clip = replace(clip, light=DIM)
        if purpose == "loose":
            clip = replace(clip, outfit=loosely(clip.outfit))
        if level == "fixed_stance":
            clip = replace(clip, bystander=True)
        yield clip


def _idle(name: str, seconds: float = 8.0) -> Part:
    return Part(name, duration_s=seconds, tail_s=1.0)


def _negatives() -> Iterator[Clip]:
    side_on, ahead = -90.0, 0.0
    doings: tuple[tuple[str, float, tuple[Part, ...]], ...] = (
        ("standing_about", 20.0, (_idle("standing", 14.0),)),
        ("walking", ahead, (_idle("walking", 15.0),)),
        ("sitting_down_and_getting_up", -60.0, (_idle("standing", 4.0), _idle("sitting", 5.0)) * 2),
        ("squats", ahead, (replace(_idle("squatting"), reps=4),)),
        ("split_squats", -45.0, (replace(_idle("split_squat"), reps=4),)),
        ("knees_to_chest", side_on, (replace(_idle("knees_to_chest"), reps=4),)),
        ("getting_down", side_on, (_idle("getting_down"), _idle("lying", 5.0))),
        ("turning_back_half_way", ahead,
         (replace(part_for("lateral_lunge", "fixed_stance", "right"), depth=0.3, hold_s=None),)),
    )  # fmt: skip
    for number, (name, azimuth_deg, parts) in enumerate(doings):
        floor = name in ("knees_to_chest", "getting_down")
        camera = replace(FLOOR if name == "knees_to_chest" else STANDING, azimuth_deg=azimuth_deg)
        clip = clip_of(f"negative-{name}", None, None, parts, camera, number + 2, purpose="negative", mat=floor)
        yield replace(clip, bystander=name == "walking")
    far = replace(STANDING, distance_m=5.5)
    yield clip_of("negative-bystander_alone", None, None, (_idle("standing", 10.0),), far, 4, purpose="negative")


def _by_name(clips: Iterable[Clip]) -> dict[str, Clip]:
    named: dict[str, Clip] = {}
    for clip in clips:
        if clip.name in named:
            raise ValueError(f"Two clips are called {clip.name}.")
        named[clip.name] = clip
    return named


CLIPS = _by_name((*_correct(), *_faulty(), *_conditions(), *_negatives(), *off_place()))
"""By name. A knob that is NaN is still to be found, so that the part's fault has its size (`staging.staged`)."""
