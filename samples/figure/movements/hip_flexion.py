"""E7 Hip flexion: one knee towards the chest and back, lying or standing, the rest of the body still."""

import numpy as np

from formcheck.pose.pose import SIDES, Side, other_side

from ..geometry import FORWARD, LEFT, Array, column, lerp, point, reach, rot_x, rot_y
from ..skeleton import SIGN, Build, Poser, Posture
from .drill import Drill, Knob, Scene
from .stances import (
    LYING_HEIGHT_M,
    flat_foot,
    hanging_arm,
    hook_lying_angles,
    lying_arm,
    stance_ankle,
    straight_lying_angles,
    supine,
)

KNOBS = {
    "rep_time_s": Knob("time from start to end of a rep", "s", 13.0, "too_fast"),
    "peak_hip_flexion_deg": Knob("thigh on trunk at the turning point", "deg", 95.0, "very_deep / past_end_point"),
    "other_leg_change_deg": Knob("change of the resting hip at the turning point (lying: flexion; standing: extension)",
                                 "deg", 0.0, "other_leg_moves"),
    "head_lift": Knob("rise of the ears at the turning point, lying", "T", 0.0, "head_lifts"),
    "shoulder_lift": Knob("rise of the shoulders at the turning point, lying", "T", 0.0, "head_lifts"),
    "lean_back_deg": Knob("trunk backwards at the turning point, standing", "deg", 0.0, "leaning_back"),
    "support_knee_flexion_deg": Knob("knee flexion of the support leg at the turning point, standing", "deg", 0.0,
                                     "standing_knee_buckles"),
    "pelvis_tilt_deg": Knob("hip tilt at the turning point, + = lifted side drops, standing", "deg", 0.0,
                            "pelvis_drops"),
    "support_fppa_deg": Knob("frontal-plane projection angle of the support leg at the turning point, standing",
                             "deg", 0.0, "pelvis_drops"),
    "same_side": Knob("1 = the same leg every time", "1", 0.0),
}  # fmt: skip

HOOK_LYING_HIP_DEG = 50.0
PEAK_KNEE_DEG = 100.0
LYING_LEVELS = ("lying", "straight_legs")
CHAIR_LEVELS = ("wall_chair", "chair")


def posture(scene: Scene) -> Posture:
    return _lying(scene) if scene.level in LYING_LEVELS else _standing(scene)


def _lifts(scene: Scene, side: Side) -> tuple[Array, Array]:
    """Return how far this leg and the other one are lifted."""
    return scene[f"lift_{side}"], scene[f"lift_{other_side(side)}"]


def _lying(scene: Scene) -> Posture:
    build = scene.build
    effort = np.maximum(scene["lift_left"], scene["lift_right"])
    body = supine(build, scene.knobs["shoulder_lift"] * effort, scene.knobs["head_lift"] * effort)
    if scene.level == "lying":
        hip_rest, (knee_rest, toes_rest) = HOOK_LYING_HIP_DEG, hook_lying_angles(build, HOOK_LYING_HIP_DEG)
    else:
        (hip_rest, knee_rest), toes_rest = straight_lying_angles(build), 0.0
    curl = np.degrees(np.arcsin(scene.knobs["shoulder_lift"] * effort))
    for side in SIDES:
        mine, others = _lifts(scene, side)
        change = scene.knobs["other_leg_change_deg"] * others
        slid = _slid_foot(build, hip_rest, knee_rest, change)
        hip = lerp(hip_rest + change, scene.knobs["peak_hip_flexion_deg"] - curl, mine)
        knee = lerp(slid[0], PEAK_KNEE_DEG, mine)
        body.leg_by_angles(side, hip, knee, plantarflexion_deg=lerp(toes_rest + slid[1], 0.0, mine))
        lying_arm(body, side)
    return body.posture()


def _slid_foot(build: Build, hip_rest: float, knee_rest: float, change: Array) -> tuple[Array, Array]:
    """Return knee flexion and added plantarflexion of a resting leg whose hip changed, the foot sliding along."""
    height = LYING_HEIGHT_M + build.thigh * np.sin(np.radians(hip_rest))
    ankle = height - build.shank * np.sin(np.radians(knee_rest - hip_rest))
    raised = LYING_HEIGHT_M + build.thigh * np.sin(np.radians(hip_rest + change))
    slope = np.degrees(np.arcsin(np.clip((raised - ankle) / build.shank, -1.0, 1.0)))
    return hip_rest + change + slope, (knee_rest - hip_rest) - slope


def _standing(scene: Scene) -> Posture:
    build = scene.build
    left, right = scene["lift_left"], scene["lift_right"]
    effort, lifted = np.maximum(left, right), np.where(left > 0, 1.0, -1.0)
    support_ankle = point(0.0, -lifted * build.hip_width / 2, build.ankle_height)

    sagittal_bend = scene.knobs["support_knee_flexion_deg"] * effort
    frontal_bend = scene.knobs["support_fppa_deg"] * effort
    bent_frontal = scene.knobs["support_fppa_deg"] > 0.0
    length = reach(build.thigh, build.shank, frontal_bend if bent_frontal else sagittal_bend)
    away = np.radians(scene.knobs["other_leg_change_deg"] * effort)
    support_hip = support_ankle + column(length) * point(np.sin(away), 0.0, np.cos(away))
    pelvis = rot_x(-lifted * scene.knobs["pelvis_tilt_deg"] * effort**2)
    hips = support_hip + column(lifted) * build.hip_width / 2 * pelvis[..., :, 1]
    lean = rot_y(-scene.knobs["lean_back_deg"] * effort)
    body = Poser(build, hips, pelvis, lean)
    for side in SIDES:
        mine, _ = _lifts(scene, side)
        flexed = lerp(0.0, scene.knobs["peak_hip_flexion_deg"], mine)
        _leg(body, side, flexed, mine, lean, bent_frontal, column((lifted == SIGN[side]) & (effort > 0)))
        hanging_arm(body, side)
        if scene.level in CHAIR_LEVELS and side != scene.side:
            chair_back = np.array([0.05, SIGN[side] * 0.42, 0.95]) * build.size
            body.arm_to(side, chair_back, -FORWARD + 0.3 * SIGN[side] * LEFT)
    return body.posture()


def _leg(
    body: Poser, side: Side, flexed: Array, lift: Array, lean: Array, bent_frontal: bool, is_lifted: Array
) -> None:
    """Lift the leg from the trunk, or stand on it: IK from the hip to the foot on the floor."""
    build = body.build
    medial = -SIGN[side] * LEFT
    body.leg_to(side, stance_ankle(build, side), medial if bent_frontal else FORWARD, flat_foot())
    support = body.limbs[f"{side}_leg"]
    body.leg_by_angles(side, flexed, PEAK_KNEE_DEG * lift, trunk=lean)
    raised = body.limbs[f"{side}_leg"]
    body.leg_along(
        side,
        np.where(is_lifted, raised.upper, support.upper),
        np.where(is_lifted, raised.lower, support.lower),
        np.where(is_lifted[..., None], raised.end, support.end),
    )


def contacts(scene: Scene) -> dict[str, Array | bool]:
    planted: dict[str, Array | bool] = {}
    still = scene.knobs["other_leg_change_deg"] == 0.0 or scene.level not in LYING_LEVELS
    for side in SIDES:
        mine, others = _lifts(scene, side)
        down = (mine == 0.0) & (still | (others == 0.0))
        planted |= {f"{side}_{name}": down for name in ("ankle", "heel", "foot_index")}
        if scene.level in LYING_LEVELS:
            planted |= {f"{side}_hip": True, f"{side}_wrist": True}
    return planted


DRILL = Drill(
    exercise="hip_flexion",
    levels=("lying", "straight_legs", "wall_chair", "wall", "chair", "free"),
    targets=lambda side, progress, level: {f"lift_{side}": progress},
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=6.5,
    rest_s=2.0,
    alternates=lambda level: True,
    partial={"lying": 0.45, None: 0.2},
)
