"""Which knob makes which fault of the rules, in which direction and how far it goes. The limits are the rules' own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from formcheck.body.quantity import Quantity
from formcheck.body.signals import knee_flexion_deg
from formcheck.exercise.quantities import other


@dataclass(frozen=True, slots=True)
class Drive:
    """How one fault is made.

    Attributes
    ----------
    fault
        Its id in the rule.
    knob
        What makes it.
    between
        The knob's values between which it is looked for, the textbook's first.
    over
        +1 = the fault lies above the band's upper limit, -1 = below its lower one.
    band
        Which of the fault's bands with a limit on that side.
    quantity
        What is measured, if not the band's own.
    levels
        At which levels; () = all.
    azimuth_deg
        From where it shows (repetitions of the right side), if not from the exercise's best view.
    others
        Knobs to set besides.
    when
        Where it is measured (`sizing.When`).
    mirrored
        The quantity changes its sign with the side.
    scale
        measured = the knob's value is looked for; direct = the knob is the quantity; pairs = it makes two of the
        quantity each; switch = on or off.
    """

    fault: str
    knob: str
    between: tuple[float, float] = (0.0, 1.0)
    over: int = 1
    band: int = 0
    quantity: Quantity | None = None
    levels: tuple[str, ...] = ()
    azimuth_deg: float | None = None
    others: Mapping[str, float] = field(default_factory=dict)
    when: Literal["peak", "rest", "rep"] = "peak"
    mirrored: bool = False
    scale: Literal["measured", "direct", "pairs", "switch"] = "measured"


_LYING = ("lying", "straight_legs")
_STANDING = ("wall_chair", "wall", "chair", "free")
_SAME_SIDE = Drive("same_side_twice", "same_side", scale="switch")
_TOO_FAST = Drive("too_fast", "rep_time_s", over=-1, scale="direct")

DRIVES: dict[str, tuple[Drive, ...]] = {
    "hip_airplane": (
        Drive("torso_not_parallel", "torso_inclination_deg", (85.0, 20.0), -1),
        Drive("back_twist", "back_twist_deg", (0.0, 60.0)),
        Drive("no_rotation", "turn_away_deg", (25.0, 0.0), -1),
        Drive("no_rotation", "turn_toward_deg", (20.0, 0.0), others={"away_first": 1.0}),
        Drive("trailing_leg_dropped", "trailing_leg_drop_deg", (0.0, 75.0), -1),
        Drive("trailing_leg_dropped", "trailing_knee_flexion_deg", (5.0, 75.0), others={"away_first": 1.0}),
        Drive("standing_knee_squats", "stance_knee_flexion_deg", (15.0, 85.0)),
        Drive("foot_touches_down", "touch_down", (0.0, 1.0), -1, when="rep"),
    ),
    "kettlebell_shift": (
        Drive("knee_inside_foot", "knee_yaw_deg", (10.0, -75.0)),
        Drive("weight_barely_moves", "shift_gain", (0.28, 0.0), -1),
        Drive("leaning_not_shifting", "torso_lean_deg", (4.0, 65.0)),
        Drive("front_heel_lifts", "heel_lift", (0.0, 0.35)),
        Drive("front_leg_not_turned_out", "foot_yaw_deg", over=-1, scale="direct"),
    ),
    "hip_90_90": (
        Drive("knees_not_90", "front_knee_flexion_deg", scale="direct"),
        Drive("knees_not_90", "rear_knee_flexion_deg", over=-1, scale="direct"),
        Drive("rounded_back", "neck_flexion_deg", (10.0, 95.0), -1, azimuth_deg=90.0),
        Drive("rounded_back", "trunk_ratio", (1.0, 0.6), -1, band=1, azimuth_deg=90.0),
        Drive("hardly_hinging", "hinge_deg", (32.0, -5.0), -1),
        Drive("tipping_sideways", "side_tip_deg", (0.0, -42.0), mirrored=True),
        Drive("hand_off_floor", "hand_height", (0.08, 0.8)),
        Drive("short_hold", "hold_bounces", scale="pairs"),
    ),
    "spiderman_lunge": (
        Drive("foot_short_of_hand", "foot_short", (0.1, 1.4)),
        Drive("foot_short_of_hand", "front_knee_flexion_deg", (90.0, 25.0), -1),
        Drive("foot_not_outside_hand", "foot_outside", (0.24, -0.25), -1, azimuth_deg=0.0),
        Drive("back_knee_bends", "rear_knee_flexion_deg", (0.0, 75.0)),
        Drive("hips_pike", "plank_hip_dev", (0.0, 0.25), when="rest"),
        Drive("hips_pike", "hips_over_shoulders", (-0.3, 0.5), band=1),
        Drive("hips_sag", "plank_hip_dev", (0.0, -0.2), -1, when="rest"),
        Drive("plank_skipped", "skip_plank", scale="switch"),
        _SAME_SIDE,
    ),
    "childs_pose": (
        Drive("head_off_floor", "head_height", (0.26, 1.0)),
        Drive("hips_off_heels", "hips_off_heels", (0.52, 1.6)),
        Drive("arms_not_reaching", "elbow_flexion_deg", (10.0, 110.0)),
        Drive("arms_not_reaching", "arm_elevation_deg", (165.0, 50.0), -1),
        Drive("restless", "restless", scale="direct"),
    ),
    "lateral_lunge": (
        Drive("trailing_leg_bends", "trailing_knee_flexion_deg", (3.0, 62.0), quantity=other(knee_flexion_deg)),
        Drive("knee_caves_in", "knee_in", (-0.02, 0.4)),
        Drive("too_shallow", "hip_drop", (0.22, 0.018), -1),
        Drive("trunk_tips_sideways", "lateral_lean_deg", (4.0, 50.0), -1, mirrored=True),
        Drive("chest_collapses", "trunk_height", (0.93, 0.25), -1),
    ),
    "hip_flexion": (
        _TOO_FAST,
        Drive("other_leg_moves", "other_leg_change_deg", (0.0, 50.0), levels=_LYING),
        Drive("other_leg_moves", "other_leg_change_deg", (0.0, 50.0), -1, levels=_STANDING),
        Drive("head_lifts", "head_lift", (0.0, 0.35), levels=_LYING),
        Drive("head_lifts", "shoulder_lift", (0.0, 0.35), band=1, levels=_LYING),
        Drive("leaning_back", "lean_back_deg", (0.0, 45.0), levels=_STANDING),
        Drive("standing_knee_buckles", "support_knee_flexion_deg", (0.0, 60.0), levels=_STANDING),
        Drive("very_deep", "peak_hip_flexion_deg", (95.0, 150.0)),
        Drive("pelvis_drops", "pelvis_tilt_deg", (0.0, 35.0), levels=_STANDING, azimuth_deg=0.0, mirrored=True),
        Drive("pelvis_drops", "support_fppa_deg", (0.0, 35.0), band=1, levels=_STANDING, azimuth_deg=0.0),
    ),
    "plank_hip_flexion": (
        Drive("plank_not_ready", "plank_s", over=-1, scale="direct"),
        Drive("hips_pike", "plank_hip_dev", (0.0, 0.25), when="rest"),
        Drive("hips_rise", "hips_rise", (0.0, 0.4), levels=("chair", "floor")),
        Drive("hips_rise", "torso_change_deg", (0.0, 35.0), band=1),
        Drive("hips_sag", "plank_hip_dev", (0.0, -0.2), -1, when="rest"),
        Drive("hips_sag", "hips_rise", (0.0, -0.35), -1, band=1),
        Drive("shoulders_rock_back", "shoulder_rock", (0.0, 0.42), levels=("floor",)),
        Drive("support_knee_bends", "support_knee_flexion_deg", (0.0, 55.0)),
        Drive("head_drops", "neck_flexion_deg", (5.0, 75.0), -1),
        _TOO_FAST,
        _SAME_SIDE,
    ),
    "dead_bug": (
        Drive("not_90_90", "knee_flexion_deg", (90.0, 145.0), band=1, levels=("basic",)),
        Drive("not_90_90", "hip_flexion_deg", (92.0, 145.0), levels=("basic",)),
        Drive("bent_leg_drifts", "bent_leg_drift_deg", (0.0, 50.0), -1, levels=("harder",)),
        Drive("wrong_arm", "wrong_arm", (0.0, 1.0), levels=("harder",)),
        Drive("arm_not_to_knee", "arm_distance", (0.23, 1.3), levels=("harder",)),
        _TOO_FAST,
        Drive("too_fast", "leg_speed_deg_s", band=0, scale="direct"),
        Drive("head_lifts", "head_lift", (0.0, 0.35)),
        Drive("head_lifts", "shoulder_lift", (0.0, 0.35), band=1),
    ),
}
"""By exercise; of several ways to make a fault the first is the usual one.

No knob makes `short_hold` of the other exercises (`hold_s` of a movement does) and `past_end_point` (it needs the
user's own end point).
"""
