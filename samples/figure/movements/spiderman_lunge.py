"""E4 Spiderman lunge: from a plank one foot steps outside the hand of its side, stays, and steps back."""

import numpy as np

from formcheck.pose.pose import SIDES, Side

from ..geometry import LEFT, Array, column, lerp, point, rot_y
from ..skeleton import SIGN, Poser, Posture
from ..timeline import Timeline
from .drill import Drill, Knob, Scene, Turn
from .plank import Plank
from .stances import flat_foot, stepping

KNOBS = {
    "foot_short": Knob("front ankle behind the wrist, along the floor", "T", 0.10, "foot_short_of_hand"),
    "front_knee_flexion_deg": Knob("front knee flexion, by stepping beyond the hand; NaN = follows from the foot",
                                   "deg", np.nan, "foot_short_of_hand"),
    "foot_outside": Knob("front ankle outside the wrist, - = medial", "T", 0.24, "foot_not_outside_hand"),
    "rear_knee_flexion_deg": Knob("rear knee flexion in the lunge", "deg", 0.0, "back_knee_bends"),
    "plank_hip_dev": Knob("hip_dev of the plank: + = piked, - = sagging", "1", 0.0, "hips_pike / hips_sag"),
    "hips_over_shoulders": Knob("hips above shoulders in the lunge; NaN = as in the plank (about -0.33)", "T", np.nan,
                                "hips_pike"),
    "skip_plank": Knob("1 = changes sides without coming back to the plank", "1", 0.0, "plank_skipped"),
    "same_side": Knob("1 = the same foot every time", "1", 0.0, "same_side_twice"),
}  # fmt: skip

HIPS_SHARE = 0.35
"""Of hips that go above the shoulders, the share by rising; the rest by the chest sinking."""


def targets(side: Side, progress: float, level: str | None) -> dict[str, float]:
    return {f"step_{side}": progress}


def perform(line: Timeline, turn: Turn) -> None:
    skips = turn.knobs["skip_plank"] >= 0.5
    goal = targets(turn.side, turn.amplitude, turn.level)
    if skips and turn.previous_side is not None and turn.previous_side != turn.side:
        goal |= targets(turn.previous_side, 0.0, turn.level)
    line.begin(turn.side, turn.counted)
    line.move(turn.move_s, goal)
    line.peak()
    line.hold("lunge", turn.hold_s)
    if skips and not turn.last:
        line.end()
        return
    line.move(turn.move_s, targets(turn.side, 0.0, turn.level))
    line.end()


def posture(scene: Scene) -> Posture:
    build = scene.build
    plank = Plank.of(build, "floor")
    lunge = np.maximum(scene["step_left"], scene["step_right"])
    knee = scene.knobs["rear_knee_flexion_deg"] * lunge
    dev = scene.knobs["plank_hip_dev"] * (1.0 - lunge)
    over = scene.knobs["hips_over_shoulders"]
    ankle, hip, shoulder = plank.solve(dev, knee)
    if not np.isnan(over):
        _, flat_hip, flat_shoulder = plank.solve(0.0)
        needed = over * build.trunk - (flat_hip - flat_shoulder)[1]
        rise = plank.hip_dev_at_height(flat_hip[1] + HIPS_SHARE * needed * lunge)
        ankle, hip, shoulder = plank.solve(dev + rise, knee)
        now = (shoulder - hip)[..., 1]
        fall = np.degrees(np.arcsin(now / build.trunk) - np.arcsin(lerp(now, -over * build.trunk, lunge) / build.trunk))
        shoulder = hip + (rot_y(fall)[..., ::2, ::2] @ (shoulder - hip)[..., None])[..., 0]
    body = plank.poser(hip, shoulder, 5.0)
    for side in SIDES:
        _leg(body, plank, scene, side, ankle)
    return body.posture()


def _leg(body: Poser, plank: Plank, scene: Scene, side: Side, ankle: Array) -> None:
    build, out, share = body.build, SIGN[side], scene[f"step_{side}"]
    here = point(ankle[..., 0], out * build.hip_width / 2, ankle[..., 1])
    there = _front_ankle(body, plank, scene, side)
    way = share**2 * (2.0 - share)  # leaves the floor gently even where the progress does not
    foot_at = stepping(here, there, way, 0.12 * out * build.size * LEFT, 0.14 * build.size)
    up = np.radians(lerp(-30.0, 60.0, share))
    stepping_hint = point(0.6 * share, out * np.cos(up), np.sin(up))
    hint = np.where(column(share > 0), stepping_hint, body.pelvis[..., :, 0])
    body.leg_to(side, foot_at, hint, flat_foot(6.0 * out * share, plank.heel_up_deg * (1.0 - share)))


def _front_ankle(body: Poser, plank: Plank, scene: Scene, side: Side) -> Array:
    """Return the ankle beside the hand, or so far beyond it that the knee flexion is met."""
    build, out = body.build, SIGN[side]
    wrist = plank.wrist_point(side)
    place = wrist + np.array([-scene.knobs["foot_short"], out * scene.knobs["foot_outside"], 0.0]) * build.trunk
    place[2] = build.ankle_height
    flexion_deg = scene.knobs["front_knee_flexion_deg"]
    if np.isnan(flexion_deg):
        return place
    hip = body.hip(side)
    cosine = np.cos(np.radians(flexion_deg))
    length_squared = build.thigh**2 + build.shank**2 + 2 * build.thigh * build.shank * cosine
    aside_squared = (place[1] - hip[..., 1]) ** 2 + (place[2] - hip[..., 2]) ** 2
    return point(hip[..., 0] + np.sqrt(np.maximum(length_squared - aside_squared, 0.0)), place[1], place[2])


def contacts(scene: Scene) -> dict[str, Array | bool]:
    planted: dict[str, Array | bool] = {f"{side}_wrist": True for side in SIDES}
    for side in SIDES:
        share = scene[f"step_{side}"]
        planted |= {f"{side}_{name}": (share == 0.0) | (share == 1.0) for name in ("ankle", "foot_index")}
    return planted


DRILL = Drill(
    exercise="spiderman_lunge",
    levels=(),
    targets=targets,
    perform=perform,
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=1.6,
    hold_s=4.0,
    hold_id="lunge",
    alternates=lambda level: True,
    partial={None: 0.55},
)
