"""What people do that is none of the nine exercises: stand, sit, lie, walk, squat, get down."""

from collections.abc import Callable

import numpy as np

from formcheck.pose.pose import SIDES, other_side

from ..geometry import FORWARD, LEFT, UP, Array, apply, lerp, point, rot_y, rot_z
from ..skeleton import SIGN, Build, Poser, Posture, flat_hand
from ..timeline import Timeline
from .drill import Scene
from .stances import (
    LYING_HEIGHT_M,
    WRIST_HEIGHT_M,
    flat_foot,
    hands_before_chest,
    hanging_arm,
    hook_lying_angles,
    lying_arm,
    stance_ankle,
    standing,
    straight_lying_angles,
    supine,
)  # fmt: skip

STEP_M = 0.55
STEP_S = 0.55
STEPS_A_WAY = 5


def stand(scene: Scene) -> Posture:
    """Stand still."""
    return standing(scene.build).posture()


def sit(scene: Scene) -> Posture:
    """Sit still on a chair, hands on the thighs."""
    build = scene.build
    body = Poser(build, point(0.0, 0.0, build.ankle_height + build.shank), np.eye(3), rot_y(4.0))
    for side in SIDES:
        body.leg_to(side, stance_ankle(build, side, build.thigh), FORWARD + UP, flat_foot())
        hand = point(0.25, SIGN[side] * 0.13, build.ankle_height + build.shank + 0.06)
        body.arm_to(side, hand, SIGN[side] * LEFT - FORWARD - UP)
    return body.posture()


def lie(scene: Scene) -> Posture:
    """Lie still on the back with straight legs."""
    return _knees_to_chest(scene, *straight_lying_angles(scene.build), 0.0, np.zeros(scene.shape))


def knees_to_chest(scene: Scene) -> Posture:
    """Lie on the back, feet flat, and pull both knees to the chest together."""
    knee, toes = hook_lying_angles(scene.build, 50.0)
    return _knees_to_chest(scene, 50.0, knee, toes, scene["main"])


def _knees_to_chest(scene: Scene, hip_deg: float, knee_deg: float, toes_deg: float, share: Array) -> Posture:
    body = supine(scene.build)
    for side in SIDES:
        body.leg_by_angles(
            side, lerp(hip_deg, 115.0, share), lerp(knee_deg, 125.0, share),
            plantarflexion_deg=lerp(toes_deg, 0.0, share), abduction_deg=0.0 * share,
        )  # fmt: skip
        lying_arm(body, side)
    return body.posture()


def squat(scene: Scene) -> Posture:
    """Squat on both legs, arms before the chest, the trunk leaning forward."""
    return _squat(scene.build, scene["main"])


def _squat(build: Build, share: Array) -> Posture:
    low = build.ankle_height + 0.38 * build.size
    high = build.ankle_height + build.leg
    hips = point(-0.20 * build.size * share, 0.0, lerp(high, low, share))
    body = Poser(build, hips, np.eye(3), rot_y(42.0 * share))
    for side in SIDES:
        body.leg_to(side, stance_ankle(build, side), FORWARD + 0.2 * SIGN[side] * LEFT, flat_foot())
    hands_before_chest(body, forward_m=0.3)
    return body.posture()


def split_squat(scene: Scene) -> Posture:
    """Lunge on the spot: one foot in front, the rear one on its toes."""
    build, share = scene.build, scene["main"]
    height = lerp(0.80, 0.55, share) * build.size
    body = Poser(build, point(0.0, 0.0, height), np.eye(3), rot_y(6.0))
    front, rear = scene.side, other_side(scene.side)
    body.leg_to(front, stance_ankle(build, front, 0.38 * build.size), FORWARD, flat_foot())
    on_toes = flat_foot(0.0, 55.0)
    toes = point(-0.25 * build.size, SIGN[rear] * build.hip_width / 2, 0.0)
    ankle = toes - apply(on_toes, [build.toe_forward, 0.0, -build.ankle_height])
    body.leg_to(rear, ankle, FORWARD, on_toes)
    for side in SIDES:
        hanging_arm(body, side)
    return body.posture()


def walk(scene: Scene) -> Posture:
    """Walk to and fro along the forward axis, turning round at the ends."""
    build = scene.build
    heading = rot_z(scene["heading"])
    middle = (scene["left_x"] + scene["right_x"]) / 2
    body = Poser(build, point(middle, 0.0, build.ankle_height + build.leg - 0.05 * build.size), heading)
    swing = (scene["left_x"] - scene["right_x"]) * np.cos(np.radians(scene["heading"]))
    for side in SIDES:
        out = SIGN[side]
        ankle = point(scene[f"{side}_x"], 0.0, build.ankle_height + 0.09 * build.size * scene[f"{side}_up"])
        ankle = ankle + apply(heading, [0.0, out * 0.09, 0.0])
        body.leg_to(side, ankle, heading[..., :, 0], heading)
        body.arm_by_angles(side, -out * 40.0 * swing, 20.0, abduction_deg=8.0)
    return body.posture()


def walk_timeline(line: Timeline, duration_s: float) -> None:
    """Write footfall after footfall; one foot always stands."""
    line.move(0.0, {"left_x": -STEP_M * STEPS_A_WAY / 2, "right_x": -STEP_M * STEPS_A_WAY / 2})
    ahead = 1.0
    while line.now_s < duration_s:
        for step in range(STEPS_A_WAY + 1):
            foot, other = ("left", "right") if step % 2 == 0 else ("right", "left")
            last = step == STEPS_A_WAY
            goal = line.level(f"{other}_x") + (0.0 if last else ahead * STEP_M)
            _footfall(line, foot, goal)
        line.move(1.2, {"heading": line.level("heading") + 180.0})
        ahead = -ahead


def _footfall(line: Timeline, foot: str, goal: float) -> None:
    start_s = line.now_s
    line.move(STEP_S, {f"{foot}_x": goal}, easing="linear")
    line.now_s = start_s
    line.move(STEP_S / 2, {f"{foot}_up": 1.0})
    line.move(STEP_S / 2, {f"{foot}_up": 0.0})


def floor_sit(build: Build) -> Posture:
    """Sit on the floor, knees bent, hands behind the hips."""
    body = Poser(build, point(0.0, 0.0, LYING_HEIGHT_M), np.eye(3), rot_y(-25.0))
    for side in SIDES:
        body.leg_to(side, stance_ankle(build, side, 0.50 * build.size), UP, flat_foot())
        hand = point(-0.42 * build.size, SIGN[side] * 0.28 * build.size, WRIST_HEIGHT_M)
        body.arm_to(side, hand, -FORWARD, flat_hand(-FORWARD, side))
    return body.posture()


def crouch(build: Build) -> Posture:
    """Crouch, half-way between standing and the floor."""
    return _squat(build, np.asarray(1.0))


POSTURES: dict[str, Callable[[Scene], Posture]] = {
    "standing": stand,
    "sitting": sit,
    "lying": lie,
    "walking": walk,
    "squatting": squat,
    "split_squat": split_squat,
    "knees_to_chest": knees_to_chest,
}
"""By activity; getting_down is made of several of these."""

STILL = ("standing", "sitting", "lying")
