"""E6 Lateral lunge: step aside and sink over one leg, the other straight; or do so in a fixed wide stance."""

from dataclasses import replace

import numpy as np

from formcheck.pose.pose import SIDES, Side

from ..geometry import FORWARD, LEFT, Array, column, frame, joint_on_plane, lerp, point, reach, unit
from ..skeleton import SIGN, Poser, Posture
from ..timeline import Timeline
from .drill import Drill, Knob, Scene, Turn, standard_rep
from .stances import flat_foot, hands_before_chest, stepping

KNOBS = {
    "hip_drop": Knob("fall of mid-hip over the leg length at the bottom", "1", 0.22, "too_shallow"),
    "trailing_knee_flexion_deg": Knob("knee flexion of the straight leg at the bottom", "deg", 3.0,
                                      "trailing_leg_bends"),
    "knee_in": Knob("medial offset of the bent knee from its ankle over the shank", "1", -0.02, "knee_caves_in"),
    "lateral_lean_deg": Knob("trunk from vertical towards the bent leg, in the frontal plane", "deg", 4.0,
                             "trunk_tips_sideways"),
    "trunk_height": Knob("height of the trunk over its length at the bottom", "1", 0.93, "chest_collapses"),
}  # fmt: skip

SIT_BACK_M = 0.12
"""How far the hips go back."""
FOOT_OUTSIDE_M = 0.08
"""How far the bent leg's ankle stands outside its hip at the bottom."""
WIDE_M = 0.90
"""Distance between the ankles in the fixed stance."""
LANDED = 0.75
"""Progress at which the stepping foot is on the floor."""


def targets(side: Side, progress: float, level: str | None) -> dict[str, float]:
    return {f"lunge_{side}": progress, f"step_{side}": 1.0 if progress else 0.0}


def perform(line: Timeline, turn: Turn) -> None:
    # The posture scales the whole lunge with its depth, the step included.
    standard_rep(line, replace(turn, amplitude=1.0), DRILL)


def _directions(scene: Scene) -> tuple[Array, Array]:
    """Return progress and, +1 or -1, the lunge side at each time."""
    left, right = scene["lunge_left"], scene["lunge_right"]
    return left + right, np.where(left > 0, 1.0, np.where(right > 0, -1.0, SIGN[scene.side]))


def posture(scene: Scene) -> Posture:
    build = scene.build
    share, out = _directions(scene)
    fixed = scene.level == "fixed_stance"
    half_hips = build.hip_width / 2
    half_stance = WIDE_M * build.size / 2 if fixed else half_hips
    spread = half_stance - half_hips
    knee = scene.knobs["trailing_knee_flexion_deg"]
    rest_height = np.sqrt(build.leg**2 - spread**2)
    drop = scene.knobs["hip_drop"] * scene.amplitude * build.leg
    back = SIT_BACK_M * build.size * scene.amplitude
    trailing = reach(build.thigh, build.shank, knee)
    travel = np.sqrt(trailing**2 - (rest_height - drop) ** 2 - back**2) - spread
    aside = travel * share
    trailing = reach(build.thigh, build.shank, knee * share)
    height = np.sqrt(trailing**2 - (spread + aside) ** 2 - (back * share) ** 2)
    hips = point(-back * share, out * aside, build.ankle_height + height)
    body = Poser(build, hips, np.eye(3), _trunk(scene, share, out))
    deep = scene.knobs["hip_drop"] / KNOBS["hip_drop"].textbook * scene.amplitude
    outside = FOOT_OUTSIDE_M * build.size * min(deep, 1.0)
    for side in SIDES:
        here = point(0.0, SIGN[side] * half_stance, build.ankle_height)
        there = here if fixed else point(0.0, SIGN[side] * (travel + half_hips + outside), build.ankle_height)
        ankle = stepping(here, there, _step(scene[f"step_{side}"]), np.zeros(3), 0.0 if fixed else 0.07 * build.size)
        _leg(body, scene, side, ankle, share * (out == SIGN[side]))
    hands_before_chest(body)
    return body.posture()


def _step(progress: Array) -> Array:
    """Return how far the foot has come: it lands before the lunge is at its bottom."""
    return np.asarray((1.0 - np.cos(np.pi * np.minimum(progress / LANDED, 1.0))) / 2)


def _leg(body: Poser, scene: Scene, side: Side, ankle: Array, bent: Array) -> None:
    build, out = body.build, SIGN[side]
    hip = body.hip(side)
    body.leg_to(side, ankle, FORWARD, flat_foot())
    freely = (hip + build.thigh * body.limbs[f"{side}_leg"].upper - ankle)[..., 1] * out
    deep = np.clip((bent - 0.5) / 0.5, 0.0, 1.0)
    outward = lerp(freely, -scene.knobs["knee_in"] * build.shank, deep**2 * (3.0 - 2.0 * deep))
    knee = joint_on_plane(hip, ankle, build.thigh, build.shank, out * LEFT, outward, FORWARD)
    hint = np.where(column(bent > 0.5), knee - (hip + ankle) / 2, FORWARD)
    body.leg_to(side, ankle, hint, flat_foot())


def _trunk(scene: Scene, share: Array, out: Array) -> Array:
    up = np.cos(np.arccos(scene.knobs["trunk_height"]) * share)
    side = up * np.tan(np.radians(scene.knobs["lateral_lean_deg"] * share)) * out
    forward = np.sqrt(np.maximum(1.0 - up**2 - side**2, 0.0))
    return frame(unit(point(forward, side, up)), FORWARD + 0.0 * column(up))


def contacts(scene: Scene) -> dict[str, Array | bool]:
    planted: dict[str, Array | bool] = {}
    for side in SIDES:
        step = scene[f"step_{side}"]
        down = (step == 0.0) | (step >= LANDED) | (scene.level == "fixed_stance")
        planted |= {f"{side}_{name}": down for name in ("ankle", "heel", "foot_index")}
    return planted


DRILL = Drill(
    exercise="lateral_lunge",
    levels=("step_out", "fixed_stance"),
    targets=targets,
    perform=perform,
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=1.8,
    hold_s=5.2,
    hold_id="bottom",
    alternates=lambda level: True,
    partial={None: 0.27},
)
