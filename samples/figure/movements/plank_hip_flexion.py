"""E8 Plank hip flexion: from a plank on floor, chair or wall, one knee to the chest while the plank stays as it is."""

import numpy as np

from formcheck.pose.pose import SIDES, Side, other_side

from ..geometry import Array, lerp, point, rot_y
from ..skeleton import SIGN, Poser, Posture
from .drill import Drill, Knob, Scene
from .plank import Plank

KNOBS = {
    "plank_s": Knob("time in the plank before the first rep", "s", 21.0, "plank_not_ready"),
    "rep_time_s": Knob("time from start to end of a rep", "s", 13.0, "too_fast"),
    "plank_hip_dev": Knob("hip_dev of the plank, always: + = piked, - = sagging", "1", 0.0, "hips_pike / hips_sag"),
    "hips_rise": Knob("hip-height change at the peak, + = up (wall: to 0.14), - = down", "T", 0.0,
                      "hips_rise / hips_sag"),
    "torso_change_deg": Knob("trunk tips down at the peak, by bending the elbows", "deg", 0.0, "hips_rise"),
    "shoulder_rock": Knob("shoulders back along the floor at the peak, rolling on the toes (to about 0.35)", "T", 0.0,
                          "shoulders_rock_back"),
    "support_knee_flexion_deg": Knob("knee flexion of the support leg at the peak", "deg", 0.0, "support_knee_bends"),
    "neck_flexion_deg": Knob("neck flexion, always: 180 - neck_line", "deg", 5.0, "head_drops"),
    "peak_hip_flexion_deg": Knob("thigh on trunk of the moving leg at the peak", "deg", 106.0, None),
    "same_side": Knob("1 = the same leg every time", "1", 0.0, "same_side_twice"),
}  # fmt: skip

PEAK_KNEE_DEG = 145.0
ABDUCTION_DEG = 14.0
"""The moving knee passes a little outside, and so far that it clears the floor."""
KNEE_CLEARANCE_M = 0.03
POINTED_DEG = 50.0
"""Plantarflexion of the moving foot at the peak."""


def targets(side: Side, progress: float, level: str | None) -> dict[str, float]:
    return {f"lift_{side}": progress}


def posture(scene: Scene) -> Posture:
    build = scene.build
    plank = Plank.of(build, scene.level or "floor")
    effort = np.maximum(scene["lift_left"], scene["lift_right"])
    dev = scene.knobs["plank_hip_dev"] * np.ones_like(effort)
    if scene.knobs["hips_rise"]:
        _, hip, _ = plank.solve(scene.knobs["plank_hip_dev"])
        dev = plank.hip_dev_at_height(hip[..., 1] + scene.knobs["hips_rise"] * build.trunk * effort)
    knee = scene.knobs["support_knee_flexion_deg"] * effort
    heel_up = plank.heel_up_deg * np.ones_like(effort)
    if scene.knobs["shoulder_rock"]:
        heel_up = plank.heel_up_at_shift(scene.knobs["shoulder_rock"] * build.trunk * effort)
    ankle, hip, shoulder = plank.solve(dev, knee, heel_up)
    chest_down = rot_y(scene.knobs["torso_change_deg"] * effort)[..., ::2, ::2]
    shoulder = hip + (chest_down @ (shoulder - hip)[..., None])[..., 0]
    body = plank.poser(hip, shoulder, scene.knobs["neck_flexion_deg"])
    for side in SIDES:
        _leg(body, scene, side, ankle, hip, heel_up)
    return body.posture()


def _leg(body: Poser, scene: Scene, side: Side, ankle: Array, hip: Array, heel_up: Array) -> None:
    """Stand on the toes; then, from just that posture, bring the knee to the chest."""
    build, lift = body.build, scene[f"lift_{side}"]
    toes_at = point(ankle[..., 0], SIGN[side] * build.hip_width / 2, ankle[..., 1])
    support = body.pelvis[..., :, 0]
    body.leg_to(side, toes_at, support, rot_y(heel_up))
    limb = body.limbs[f"{side}_leg"]

    trunk_deg = np.degrees(np.arctan2(body.pelvis[..., 0, 2], body.pelvis[..., 2, 2]))
    thigh_deg = np.degrees(np.arctan2(-limb.upper[..., 0], -limb.upper[..., 2]))
    shank_deg = np.degrees(np.arctan2(-limb.lower[..., 0], -limb.lower[..., 2]))
    early = 1.0 - (1.0 - lift) ** 2.2
    flexed = lerp(trunk_deg - thigh_deg, scene.knobs["peak_hip_flexion_deg"], lift)
    bent = lerp(shank_deg - thigh_deg, PEAK_KNEE_DEG, early)
    shank_now_deg = trunk_deg - flexed + bent
    sole_deg = lerp(heel_up, shank_now_deg + POINTED_DEG * early, np.clip(lift / 0.6 - 0.2, 0.0, 1.0))
    room = np.clip((hip[..., 1] - KNEE_CLEARANCE_M) / build.thigh, 0.0, 1.0)
    outside = np.maximum(ABDUCTION_DEG, np.degrees(np.arccos(room))) * (1.0 - (1.0 - lift) ** 5)
    body.leg_by_angles(side, flexed, bent, abduction_deg=outside, plantarflexion_deg=sole_deg - shank_now_deg)


def contacts(scene: Scene) -> dict[str, Array | bool]:
    planted: dict[str, Array | bool] = {f"{side}_wrist": True for side in SIDES}
    rocks = scene.knobs["shoulder_rock"] != 0.0
    for side in SIDES:
        down = scene[f"lift_{side}"] == 0.0
        planted[f"{side}_foot_index"] = down
        planted[f"{side}_ankle"] = down & ((scene[f"lift_{other_side(side)}"] == 0.0) | (not rocks))
    return planted


DRILL = Drill(
    exercise="plank_hip_flexion",
    levels=("wall", "chair", "floor"),
    targets=targets,
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=6.5,
    rest_s=2.5,
    alternates=lambda level: True,
    lead_s=lambda knobs: knobs["plank_s"],
)
