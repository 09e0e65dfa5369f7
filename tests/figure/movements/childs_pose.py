"""E5 Child's pose: from sitting on the heels, fold forward, the arms reaching along the floor."""

import numpy as np

from formcheck.pose.pose import SIDES, Side

from ..geometry import LEFT, UP, Array, column, flexion, lerp, point, rot_y, turn_between, two_bones, unit
from ..skeleton import SIGN, Poser, Posture
from ..timeline import Timeline
from .drill import Drill, Knob, Scene, Turn
from .stances import KNEE_HEIGHT_M, WRIST_HEIGHT_M, back_of_foot

KNOBS = {
    "hips_off_heels": Knob("distance hip to ankle over the shank in the fold", "1", 0.52, "hips_off_heels"),
    "head_height": Knob("height of the ears over the floor in the fold", "T", 0.26, "head_off_floor"),
    "elbow_flexion_deg": Knob("elbow flexion in the fold", "deg", 10.0, "arms_not_reaching"),
    "arm_elevation_deg": Knob("angle hip-shoulder-elbow in the fold", "deg", 165.0, "arms_not_reaching"),
    "restless": Knob("travel of the shoulders, and of the hips, there and back once within the hold", "T", 0.0,
                     "restless"),
}  # fmt: skip

ANKLE_HEIGHT_M = 0.07
SHOULDER_HEIGHT_M = 0.17
"""Height of the shoulders in the fold."""
KNEES_APART_M = 0.30
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
    travel = scene.knobs["restless"] * build.trunk * scene["sway"]
    ratio = scene.toward("hips_off_heels", fold)
    bend = 180.0 - flexion(build.thigh, build.shank, ratio * build.shank)
    drop = np.degrees(np.arcsin((ANKLE_HEIGHT_M - KNEE_HEIGHT_M) / build.shank))
    thigh_rise = np.radians(bend + drop + np.degrees(travel / build.thigh))
    along = np.sqrt(build.thigh**2 - (KNEES_APART_M / 2 - build.hip_width / 2) ** 2)
    knee_x = 0.15
    hip_height = KNEE_HEIGHT_M + along * np.sin(thigh_rise)
    hips = point(knee_x - along * np.cos(thigh_rise), 0.0, hip_height)

    folded = 90.0 + np.degrees(np.arcsin(np.clip((hip_height - SHOULDER_HEIGHT_M) / build.trunk, -0.95, 0.95)))
    inclination = lerp(REST_INCLINATION_DEG, folded, fold)
    shoulder_height = hip_height + build.trunk * np.cos(np.radians(inclination))
    ear_rise = np.clip((scene.knobs["head_height"] * build.trunk - shoulder_height) / build.neck, -0.99, 0.99)
    level_neck = 90.0 - np.degrees(np.arcsin(ear_rise)) - inclination
    body = Poser(build, hips, np.eye(3), rot_y(inclination), neck_flexion_deg=level_neck * fold)
    for side in SIDES:
        knee = point(knee_x, SIGN[side] * KNEES_APART_M / 2, KNEE_HEIGHT_M)
        shank = unit(np.array([-np.cos(np.radians(drop)), 0.0, np.sin(np.radians(drop))]))
        body.leg_along(side, knee - body.hip(side), shank, back_of_foot(build, ANKLE_HEIGHT_M))
        _arm(body, scene, side)
    return body.posture()


def _arm(body: Poser, scene: Scene, side: Side) -> None:
    """Rest the hand on the thigh, then reach: the arm turns outward from the line shoulder to hip."""
    build, out, fold = body.build, SIGN[side], scene["fold"]
    on_thigh = point(0.02, out * 0.17, 0.30) * build.size
    rest = two_bones(body.shoulder(side), on_thigh, build.upper_arm, build.forearm, out * LEFT - UP)

    to_hip = -body.chest[..., :, 2]
    across = unit(np.cross(out * LEFT, to_hip)) * out  # square to the trunk, in the sagittal plane
    downward = np.where(column(across[..., 2]) > 0, -across, across)
    aside = np.sqrt(1 - 0.25**2) * out * LEFT + 0.25 * downward
    elevation = np.radians(scene.knobs["arm_elevation_deg"])
    upper = np.cos(elevation) * to_hip + np.sin(elevation) * aside
    elbow = body.shoulder(side) + build.upper_arm * upper
    fore = _forearm(build.forearm, upper, elbow[..., 2], scene.knobs["elbow_flexion_deg"], out)

    reaching = turn_between(rest[0], upper, fold)
    body.arm_along(side, reaching, turn_between(rest[1], fore, fold), -out * LEFT + 0.2 * UP)


def _forearm(length: float, upper: Array, elbow_height: Array, elbow_flexion_deg: float, out: float) -> Array:
    """Return the forearm's direction: flexed by this angle, the wrist as near to the floor as that allows, bent inward."""
    bend = np.radians(elbow_flexion_deg)
    fall = np.clip((WRIST_HEIGHT_M - elbow_height) / length, -1.0, 1.0)
    inward = unit(np.cross(upper, UP)) * out
    upward = np.cross(inward, upper) * out
    upward = upward * np.sign(column(upward[..., 2]))
    rise = (fall - np.cos(bend) * upper[..., 2]) / np.maximum(np.sin(bend) * upward[..., 2], 1e-9)
    tilt = np.arcsin(np.clip(rise, -1.0, 1.0))
    return np.cos(bend) * upper + np.sin(bend) * (column(np.cos(tilt)) * inward + column(np.sin(tilt)) * upward)


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
