"""E3 90/90: sitting on the floor, both knees at right angles, the trunk hinges over the front shin."""

import numpy as np

from formcheck.pose.pose import SIDES, Side, other_side

from ..geometry import LEFT, UP, Array, column, frame, lerp, point, rot_x, rot_y
from ..skeleton import SIGN, Poser, Posture, flat_hand
from ..timeline import Timeline
from .drill import Drill, Knob, Scene, Turn, standard_rep
from .stances import LYING_HEIGHT_M, WRIST_HEIGHT_M

KNOBS = {
    "hinge_deg": Knob("forward inclination gained over tall sitting", "deg", 32.0, "hardly_hinging"),
    "front_knee_flexion_deg": Knob("knee flexion of the front leg, always", "deg", 90.0, "knees_not_90"),
    "rear_knee_flexion_deg": Knob("knee flexion of the rear leg, always", "deg", 90.0, "knees_not_90"),
    "neck_flexion_deg": Knob("neck flexion in the hinge: 180 - neck_line", "deg", 10.0, "rounded_back"),
    "trunk_ratio": Knob("distance hip to shoulder over its full length in the hinge", "1", 1.0, "rounded_back"),
    "side_tip_deg": Knob("shoulder tilt minus hip tilt in the hinge, towards the rear leg", "deg", 0.0,
                         "tipping_sideways"),
    "hand_height": Knob("height of both wrists over the floor in the hinge", "T", 0.08, "hand_off_floor"),
    "hold_bounces": Knob("times that the trunk comes up 8 deg and goes back within the hold", "1", 0.0, "short_hold"),
}  # fmt: skip

REST_INCLINATION_DEG = 5.0
BOUNCE_DEG = 8.0
LEG_HEIGHT_M = 0.07
"""Height of knees and ankles that lie on the floor on their sides."""
FRONT_THIGH_YAW_DEG = 10.0
REAR_THIGH_YAW_DEG = 75.0
"""How far the thighs point outward from straight ahead."""


def targets(side: Side, progress: float, level: str | None) -> dict[str, float]:
    return {"hinge": progress}


def perform(line: Timeline, turn: Turn) -> None:
    standard_rep(line, turn, DRILL, wobble="bounce", times=round(turn.knobs["hold_bounces"]))


def posture(scene: Scene) -> Posture:
    build, front = scene.build, scene.side
    rear, out = other_side(front), SIGN[front]
    hinge = scene["hinge"]
    inclination = REST_INCLINATION_DEG + scene.knobs["hinge_deg"] * hinge - BOUNCE_DEG * scene["bounce"]
    tip = np.sin(np.radians(scene.knobs["side_tip_deg"] * hinge)) / np.cos(np.radians(inclination))
    body = Poser(
        build,
        point(0.0, 0.0, LYING_HEIGHT_M),
        np.eye(3),
        rot_y(inclination) @ rot_x(out * np.degrees(np.arcsin(tip))),
        neck_flexion_deg=lerp(KNOBS["neck_flexion_deg"].textbook, scene.knobs["neck_flexion_deg"], hinge),
        trunk_ratio=scene.toward("trunk_ratio", hinge),
    )
    # The front shin lies across, the rear shin points back.
    _leg(body, front, FRONT_THIGH_YAW_DEG, -scene.knobs["front_knee_flexion_deg"])
    _leg(body, rear, REAR_THIGH_YAW_DEG, scene.knobs["rear_knee_flexion_deg"])
    _arms(body, scene)
    return body.posture()


def _leg(body: Poser, side: Side, thigh_yaw_deg: float, flexion_outward_deg: float) -> None:
    build, out = body.build, SIGN[side]
    slope = np.arcsin((LYING_HEIGHT_M - LEG_HEIGHT_M) / build.thigh)
    bend = np.degrees(np.arccos(np.clip(np.cos(np.radians(flexion_outward_deg)) / np.cos(slope), -1.0, 1.0)))
    shank_yaw = np.radians(thigh_yaw_deg + np.sign(flexion_outward_deg) * bend)
    yaw = np.radians(thigh_yaw_deg)
    thigh = np.array([np.cos(slope) * np.cos(yaw), out * np.cos(slope) * np.sin(yaw), -np.sin(slope)])
    shank = np.array([np.cos(shank_yaw), out * np.sin(shank_yaw), 0.0])
    # On its outer or inner edge, half pointed: the toes continue the shank, a little towards the knee's front.
    knee_front = thigh - (thigh @ shank) * shank
    toes = np.array([*(0.75 * shank + 0.66 * knee_front / np.linalg.norm(knee_front))[:2], 0.0])
    sole_normal = np.cross(toes, UP) * np.sign(np.cross(toes, UP) @ -shank)
    body.leg_along(side, thigh, shank, frame(sole_normal, toes))


def _arms(body: Poser, scene: Scene) -> None:
    build, hinge, front = body.build, scene["hinge"], scene.side
    size = build.size
    lift = scene.knobs["hand_height"] * build.trunk - WRIST_HEIGHT_M * size
    for side in SIDES:
        out = SIGN[side]
        rest = np.array([0.24, out * 0.16, 0.22])
        on_floor = np.array([0.44, out * (0.33 if side == front else 0.26), WRIST_HEIGHT_M])
        wrist = lerp(rest * size, on_floor * size + lift * UP, column(hinge))
        body.arm_to(side, wrist, out * LEFT - 0.4 * UP, flat_hand(np.array([1.0, 0.0, 0.0]), side))


def contacts(scene: Scene) -> dict[str, Array | bool]:
    return {f"{side}_{name}": True for side in SIDES for name in ("hip", "knee", "ankle")}


DRILL = Drill(
    exercise="hip_90_90",
    levels=(),
    targets=targets,
    perform=perform,
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=2.5,
    hold_s=6.0,
    hold_id="hinge",
    partial={None: 0.25},
)
