"""E2 Kettlebell weight shift: half-kneeling, the front leg turned out, the hips slide towards the front foot."""

import numpy as np

from formcheck.pose.pose import Side, other_side

from ..geometry import UP, Array, apply, column, joint_on_plane, lerp, point, rot_y, rot_z
from ..skeleton import SIGN, Poser, Posture
from .drill import Drill, Knob, Scene
from .stances import KNEE_HEIGHT_M, back_of_foot, flat_foot, hands_before_chest

KNOBS = {
    "shift_gain": Knob("gain of the weight-shift index", "1", 0.28, "weight_barely_moves"),
    "knee_yaw_deg": Knob("front knee from the foot's axis, + = to the little toe", "deg", 10.0, "knee_inside_foot"),
    "torso_lean_deg": Knob("forward inclination of the trunk in the shift", "deg", 4.0, "leaning_not_shifting"),
    "heel_lift": Knob("rise of the front heel in the shift", "T", 0.0, "front_heel_lifts"),
    "foot_yaw_deg": Knob("front foot turned out from straight ahead, set-up", "deg", 75.0, "front_leg_not_turned_out"),
}

REST_LEAN_DEG = 4.0
FRONT_STEP_M = 0.36
"""Front hip to front ankle, along the floor, at rest."""
ANKLE_HEIGHT_M = 0.07
"""Height of the rear ankle on the floor."""


def targets(side: Side, progress: float, level: str | None) -> dict[str, float]:
    return {"shift": progress}


def posture(scene: Scene) -> Posture:
    build, front = scene.build, scene.side
    rear, out = other_side(front), SIGN[front]
    shift = scene["shift"]
    yaw = np.radians(scene.knobs["foot_yaw_deg"])
    rear_knee = point(0.0, -out * build.hip_width / 2, KNEE_HEIGHT_M)
    step = FRONT_STEP_M * build.size * np.array([np.cos(yaw), out * np.sin(yaw), 0.0])
    flat_ankle = point(0.0, out * build.hip_width / 2, build.ankle_height) + step

    line = (flat_ankle - rear_knee) * [1.0, 1.0, 0.0]
    slide = column(scene.knobs["shift_gain"] * shift) * line
    height = KNEE_HEIGHT_M + np.sqrt(build.thigh**2 - np.sum(slide**2, axis=-1))
    lean = lerp(REST_LEAN_DEG, scene.knobs["torso_lean_deg"], shift)
    body = Poser(build, slide + column(height) * UP, np.eye(3), rot_y(lean))

    drop = (KNEE_HEIGHT_M - ANKLE_HEIGHT_M) / build.shank
    shank = np.array([-np.sqrt(1.0 - drop**2), 0.0, -drop])
    body.leg_along(rear, rear_knee - body.hip(rear), shank, back_of_foot(build, ANKLE_HEIGHT_M))
    _front_leg(body, scene, flat_ankle)
    hands_before_chest(body)
    return body.posture()


def _front_leg(body: Poser, scene: Scene, flat_ankle: Array) -> None:
    build, front = body.build, scene.side
    out, shift = SIGN[front], scene["shift"]
    foot_yaw = scene.knobs["foot_yaw_deg"]
    long = build.heel_back + build.toe_forward
    tipped = np.degrees(np.arcsin(scene.knobs["heel_lift"] * build.trunk * shift / long))
    foot = flat_foot(out * foot_yaw, tipped)
    toe_from_ankle = [build.toe_forward, 0.0, -build.ankle_height]
    ankle = flat_ankle + apply(flat_foot(out * foot_yaw), toe_from_ankle) - apply(foot, toe_from_ankle)
    direction = rot_z(out * (foot_yaw + scene.toward("knee_yaw_deg", shift)))
    hip = body.hip(front)
    knee = joint_on_plane(hip, ankle, build.thigh, build.shank, direction[..., :, 1], 0.0, direction[..., :, 0])
    body.leg_to(front, ankle, knee - (hip + ankle) / 2, foot)


def contacts(scene: Scene) -> dict[str, Array | bool]:
    front, rear = scene.side, other_side(scene.side)
    planted = {f"{front}_foot_index": True, f"{rear}_knee": True, f"{rear}_ankle": True, f"{rear}_foot_index": True}
    if scene.knobs["heel_lift"] == 0.0:
        planted[f"{front}_heel"] = True
    return dict(planted)


DRILL = Drill(
    exercise="kettlebell_shift",
    levels=(),
    targets=targets,
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=2.0,
    hold_s=6.0,
    hold_id="shift",
    partial={None: 0.27},
)
