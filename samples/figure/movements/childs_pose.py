"""E5 Child's pose: from sitting on the heels, fold forward, the arms reaching along the floor."""

import numpy as np

from formcheck.pose.pose import SIDES, Side

from ..geometry import FORWARD, LEFT, UP, Array, column, dot, flexion, lerp, point, rot_y, unit
from ..skeleton import SIGN, Build, Poser, Posture, flat_hand
from ..timeline import Timeline
from .drill import Drill, Knob, Scene, Turn
from .stances import KNEE_HEIGHT_M, WRIST_HEIGHT_M, back_of_foot

KNOBS = {
    "hips_off_heels": Knob("distance hip to ankle over the shank in the fold", "1", 0.52, "hips_off_heels"),
    "head_height": Knob("height of the ears over the floor in the fold", "T", 0.26, "head_off_floor"),
    "elbow_flexion_deg": Knob("elbow flexion in the fold", "deg", 10.0, "arms_not_reaching"),
    "arm_elevation_deg": Knob("angle hip-shoulder-elbow in the fold", "deg", 165.0, "arms_not_reaching"),
    "restless": Knob("travel of mid-hip, up and back once within the hold", "T", 0.0, "restless"),
}  # fmt: skip

ANKLE_HEIGHT_M = 0.07
SHOULDER_HEIGHT_M = 0.17
"""Height of the shoulders in the fold, the hips on the heels."""
KNEES_APART_M = 0.30
KNEE_X_M = 0.15
REST_INCLINATION_DEG = 5.0


def targets(side: Side, progress: float, level: str | None) -> dict[str, float]:
    return {"fold": progress}


def perform(line: Timeline, turn: Turn) -> None:
    counted = turn.counted if turn.hold_s >= 6.0 else False
    line.begin(None, counted)
    line.move(turn.move_s, {"fold": turn.amplitude})
    line.peak()
    line.hold("fold", turn.hold_s, "sway", 1 if turn.knobs["restless"] > 0 else 0)
    line.end()
    line.move(turn.move_s, {"fold": 0.0})


def posture(scene: Scene) -> Posture:
    build, fold = scene.build, scene["fold"]
    body = _trunk(scene, fold, scene["sway"])
    folded = _trunk(scene, np.ones(()), np.zeros(()))
    for side in SIDES:
        out = SIGN[side]
        body.leg_along(side, _knee(build, side) - body.hip(side), _shank(build), back_of_foot(build, ANKLE_HEIGHT_M))
        elbow, wrist = _reaching_arm(folded, scene, side)
        outward = elbow - (folded.shoulder(side) + wrist) / 2
        on_thigh = point(0.02, out * 0.17, 0.30) * build.size
        hand = lerp(on_thigh, wrist, column(fold))
        hint = lerp(0.3 * (out * LEFT - UP), outward, column(fold))
        body.arm_to(side, hand, hint, flat_hand(FORWARD, side))
    return body.posture()


def _knee(build: Build, side: Side) -> Array:
    return point(KNEE_X_M * build.size, SIGN[side] * KNEES_APART_M / 2 * build.size, KNEE_HEIGHT_M)


def _shank(build: Build) -> Array:
    rise = (ANKLE_HEIGHT_M - KNEE_HEIGHT_M) / build.shank
    return point(-np.sqrt(1.0 - rise**2), 0.0, rise)


def _trunk(scene: Scene, fold: Array, sway: Array) -> Poser:
    """Return the body from the knees up to the head."""
    build = scene.build
    aside = KNEES_APART_M / 2 * build.size - build.hip_width / 2
    along = float(np.sqrt(build.thigh**2 - aside**2))
    heel_gap = np.sqrt((scene.toward("hips_off_heels", fold) * build.shank) ** 2 - aside**2)
    opening = np.radians(180.0 - flexion(along, build.shank, heel_gap))
    shank_rise = np.arcsin((ANKLE_HEIGHT_M - KNEE_HEIGHT_M) / build.shank)
    rocking = 2 * np.arcsin(scene.knobs["restless"] * build.trunk / 2 / along) * sway
    thigh_rise = opening + shank_rise + rocking
    hip_height = KNEE_HEIGHT_M + along * np.sin(thigh_rise)
    hips = point(KNEE_X_M * build.size - along * np.cos(thigh_rise), 0.0, hip_height)

    # Hips that stay off the heels keep the shoulders higher too: the arms must still reach along the floor.
    shoulders = SHOULDER_HEIGHT_M + 0.5 * np.maximum(hip_height - 0.28, 0.0)
    fall = np.clip((hip_height - shoulders) / build.trunk, -0.95, 0.95)
    inclination = lerp(REST_INCLINATION_DEG, 90.0 + np.degrees(np.arcsin(fall)), fold)
    shoulder_height = hip_height + build.trunk * np.cos(np.radians(inclination))
    ear_rise = np.clip((scene.knobs["head_height"] * build.trunk - shoulder_height) / build.neck, -0.99, 0.99)
    neck = 90.0 - np.degrees(np.arcsin(ear_rise)) - inclination
    return Poser(build, hips, np.eye(3), rot_y(inclination), neck_flexion_deg=neck * fold)


def _reaching_arm(folded: Poser, scene: Scene, side: Side) -> tuple[Array, Array]:
    """Return elbow and wrist in the fold: the arm turns outward from the line shoulder-hip, the hand to the floor."""
    build, out = folded.build, SIGN[side]
    to_hip = unit(folded.hip(side) - folded.shoulder(side))
    aside = out * LEFT - 0.25 * UP
    aside = unit(aside - column(dot(aside, to_hip)) * to_hip)
    elevation = np.radians(scene.knobs["arm_elevation_deg"])
    upper = np.cos(elevation) * to_hip + np.sin(elevation) * aside
    elbow = folded.shoulder(side) + build.upper_arm * upper

    bend = np.radians(scene.knobs["elbow_flexion_deg"])
    inward = unit(np.cross(upper, UP)) * out
    upward = np.cross(inward, upper)
    upward = upward * np.sign(upward[..., 2])
    fall = np.clip((WRIST_HEIGHT_M - elbow[..., 2]) / build.forearm, -1.0, 1.0)
    rise = (fall - np.cos(bend) * upper[..., 2]) / np.maximum(np.sin(bend) * upward[..., 2], 1e-9)
    tilt = np.arcsin(np.clip(rise, -1.0, 1.0))
    fore = np.cos(bend) * upper + np.sin(bend) * (np.cos(tilt) * inward + np.sin(tilt) * upward)
    return elbow, elbow + build.forearm * fore


def contacts(scene: Scene) -> dict[str, Array | bool]:
    return {f"{side}_{name}": True for side in SIDES for name in ("knee", "ankle", "foot_index")}


DRILL = Drill(
    exercise="childs_pose",
    levels=(),
    targets=targets,
    perform=perform,
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=3.0,
    hold_s=12.0,
    hold_id="fold",
    sided=lambda level: False,
)
