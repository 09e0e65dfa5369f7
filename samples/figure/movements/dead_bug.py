"""E9 Dead bug: on the back; both knees to 90/90 and down (basic), or one leg out with an arm across (harder)."""

import numpy as np

from formcheck.pose.pose import SIDES, Side, other_side

from ..geometry import LEFT, UP, Array, column, lerp, unit
from ..skeleton import SIGN, Poser, Posture
from ..timeline import Timeline
from .drill import Drill, Knob, Scene, Turn, standard_rep
from .stances import hook_lying_angles, lying_arm, lying_wrist, supine

KNOBS = {
    "hip_flexion_deg": Knob("hip flexion in 90/90", "deg", 92.0, "not_90_90"),
    "knee_flexion_deg": Knob("knee flexion in 90/90", "deg", 90.0, "not_90_90"),
    "rep_time_s": Knob("time from start to end of a rep", "s", 13.0, "too_fast"),
    "leg_speed_deg_s": Knob("hip (harder: knee) speed of an even outward move; NaN = eased, as the rep time asks",
                            "deg/s", np.nan, "too_fast"),
    "extended_knee_flexion_deg": Knob("knee flexion of the extended leg (harder)", "deg", 8.0, None),
    "bent_leg_drift_deg": Knob("loss of hip flexion of the bent leg while the other extends (harder)", "deg", 0.0,
                               "bent_leg_drifts"),
    "arm_distance": Knob("wrist to opposite knee at full extension (harder)", "T", 0.23, "arm_not_to_knee"),
    "wrong_arm": Knob("share of the arm's way that the arm opposite to the extending leg does instead (harder)",
                      "1", 0.0, "wrong_arm"),
    "head_lift": Knob("rise of the ears at the end position", "T", 0.0, "head_lifts"),
    "shoulder_lift": Knob("rise of the shoulders at the end position", "T", 0.0, "head_lifts"),
}  # fmt: skip

FEET_DOWN_HIP_DEG = 48.0
EXTENDED_HIP_DEG = 35.0
TUCK_DEG = 6.0
"""The bent knee turns inward by so much, to meet the hand."""


def targets(side: Side, progress: float, level: str | None) -> dict[str, float]:
    return {"lift": progress} if level == "basic" else {f"extend_{side}": progress}


def perform(line: Timeline, turn: Turn) -> None:
    speed = turn.knobs["leg_speed_deg_s"]
    if np.isnan(speed):
        standard_rep(line, turn, DRILL)
        return
    basic = turn.level == "basic"
    swing_deg = (
        turn.knobs["hip_flexion_deg"] - FEET_DOWN_HIP_DEG
        if basic
        else turn.knobs["knee_flexion_deg"] - turn.knobs["extended_knee_flexion_deg"]
    )
    out_s = swing_deg * turn.amplitude / speed
    channels = targets(turn.side, turn.amplitude, turn.level)
    line.begin(None if basic else turn.side, turn.counted)
    line.move(out_s, channels, easing="linear")
    line.peak()
    line.hold(DRILL.hold_id if basic else None, turn.hold_s)
    line.move(max(2 * turn.move_s - out_s, out_s), dict.fromkeys(channels, 0.0))
    line.end()


def posture(scene: Scene) -> Posture:
    build = scene.build
    reach = np.maximum(scene["extend_left"], scene["extend_right"])
    lift = scene["lift"] if scene.level == "basic" else 1.0 - scene["feet_down"]
    effort = lift if scene.level == "basic" else reach
    body = supine(build, scene.knobs["shoulder_lift"] * effort, scene.knobs["head_lift"] * effort)
    knee_down, point_down = hook_lying_angles(build, FEET_DOWN_HIP_DEG)
    for side in SIDES:
        mine, others = scene[f"extend_{side}"], scene[f"extend_{other_side(side)}"]
        hip = lerp(FEET_DOWN_HIP_DEG, scene.knobs["hip_flexion_deg"], lift)
        hip = hip - scene.knobs["bent_leg_drift_deg"] * others
        hip = lerp(hip, EXTENDED_HIP_DEG, mine)
        knee = lerp(knee_down, scene.knobs["knee_flexion_deg"], lift)
        knee = lerp(knee, scene.knobs["extended_knee_flexion_deg"], mine)
        toes = lerp(point_down, 0.0, lift) + 20.0 * mine
        body.leg_by_angles(
            side, hip, knee, abduction_deg=-TUCK_DEG * others, plantarflexion_deg=toes, trunk=body.pelvis
        )
    wrong = scene.knobs["wrong_arm"]
    for side in SIDES:
        lying_arm(body, side)
        mine, others = scene[f"extend_{side}"], scene[f"extend_{other_side(side)}"]
        bent_knee = {s: body.hip(s) + build.thigh * body.limbs[f"{s}_leg"].upper for s in SIDES}
        goal = np.where(column(mine) > 0, bent_knee[other_side(side)], bent_knee[side])
        _reach(body, scene, side, goal, (1.0 - wrong) * mine + wrong * others)
    return body.posture()


def _reach(body: Poser, scene: Scene, side: Side, knee: Array, share: Array) -> None:
    """Bring the hand from the floor to its distance from a knee."""
    short = scene.knobs["arm_distance"] * body.build.trunk
    goal = knee - short * unit(knee - body.shoulder(side))
    wrist = lerp(lying_wrist(body, side), goal, column(share)) + 0.06 * column(np.sin(np.pi * share)) * UP
    body.arm_to(side, wrist, SIGN[side] * LEFT + 0.3 * UP)


def contacts(scene: Scene) -> dict[str, Array | bool]:
    down = scene["lift"] == 0.0 if scene.level == "basic" else scene["feet_down"] == 1.0
    planted: dict[str, Array | bool] = {f"{side}_hip": True for side in SIDES}
    for side in SIDES:
        planted |= {f"{side}_{name}": down for name in ("ankle", "heel", "foot_index")}
    return planted


DRILL = Drill(
    exercise="dead_bug",
    levels=("basic", "harder"),
    targets=targets,
    perform=perform,
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=6.5,
    hold_s=2.2,
    rest_s=2.0,
    hold_id="tabletop",
    unheld=("harder",),
    approach={"harder": "feet_down"},
    alternates=lambda level: level == "harder",
    sided=lambda level: level == "harder",
)
