"""E1 Hip airplane: hinged on one leg, the pelvis turns towards the standing leg, then away."""

import numpy as np

from formcheck.pose.pose import Side, other_side

from ..geometry import FORWARD, LEFT, UP, Array, apply, column, frame, lerp, point, reach, rot_y, rot_z, unit
from ..skeleton import SIGN, Poser, Posture
from ..timeline import Timeline
from .drill import Drill, Knob, Scene, Turn
from .stances import flat_foot

KNOBS = {
    "torso_inclination_deg": Knob("inclination of the trunk in the hinge", "deg", 85.0, "torso_not_parallel"),
    "back_twist_deg": Knob("shoulder roll minus pelvis roll at either end", "deg", 0.0, "back_twist"),
    "turn_toward_deg": Knob("pelvis roll towards the standing leg (0 = none)", "deg", 20.0, "no_rotation"),
    "turn_away_deg": Knob("pelvis roll away from the standing leg", "deg", 25.0, "no_rotation"),
    "trailing_knee_flexion_deg": Knob("knee flexion of the free leg", "deg", 5.0, "trailing_leg_dropped"),
    "trailing_leg_drop_deg": Knob("free hip to ankle, below horizontal", "deg", 0.0, "trailing_leg_dropped"),
    "stance_knee_flexion_deg": Knob("knee flexion of the standing leg", "deg", 15.0, "standing_knee_squats"),
    "touch_down": Knob("share of the way to the floor that the free foot falls between the holds", "1", 0.0,
                       "foot_touches_down"),
    "away_first": Knob("1 = turns away before it turns towards", "1", 0.0),
}  # fmt: skip

TOUCH_ANKLE_M = 0.085
"""Height of the free ankle when its foot touches the floor."""


def targets(side: Side, progress: float, level: str | None) -> dict[str, float]:
    return {"turn": -progress}


def perform(line: Timeline, turn: Turn) -> None:
    first = 1.0 if turn.knobs["away_first"] >= 0.5 else -1.0
    names = {-1.0: "toward", 1.0: "away"}
    touches = turn.knobs["touch_down"] > 0.0
    line.begin(turn.side, False if touches else turn.counted)
    line.move(turn.move_s, {"turn": first * turn.amplitude})
    line.hold(names[first], turn.hold_s)
    if touches:
        line.move(turn.move_s, {"turn": 0.0})
        line.move(0.6, {"touch": 1.0})
        line.peak()
        line.rest(1.0)
        line.end()
        line.move(0.8, {"touch": 0.0})
        return
    line.move(2 * turn.move_s, {"turn": -first * turn.amplitude})
    line.peak()
    line.hold(names[-first], turn.hold_s)
    line.end()
    line.move(turn.move_s, {"turn": 0.0})


def posture(scene: Scene) -> Posture:
    build, stance = scene.build, scene.side
    free = other_side(stance)
    out, free_out = SIGN[stance], SIGN[free]
    turn, hinge = scene["turn"], 1.0 - scene["upright"]
    incline = rot_y(scene.knobs["torso_inclination_deg"] * hinge)
    roll = np.where(turn < 0, turn * scene.knobs["turn_toward_deg"], turn * scene.knobs["turn_away_deg"])
    pelvis = incline @ rot_z(free_out * roll)
    chest = incline @ rot_z(free_out * (roll + turn * scene.knobs["back_twist_deg"]))

    ankle = point(0.0, out * build.hip_width / 2, build.ankle_height)
    length = reach(build.thigh, build.shank, scene.knobs["stance_knee_flexion_deg"] * hinge)
    up_the_leg = unit(point(-0.1 * hinge, 0.06 * out * hinge, 1.0))
    stance_hip = ankle + column(length) * up_the_leg
    body = Poser(build, stance_hip - out * build.hip_width / 2 * pelvis[..., :, 1], pelvis, chest)
    body.leg_to(stance, ankle, FORWARD, flat_foot())
    _free_leg(body, scene, free, hinge)
    for side in (stance, free):
        body.arm_by_angles(side, 0.0, 12.0, abduction_deg=lerp(10.0, 80.0, hinge))
    if scene.level == "supported":
        hanging = body.shoulder(stance) - 0.97 * build.arm * apply(incline, UP)
        support = np.array([0.85, out * 0.25, 0.95]) * build.size
        body.arm_to(stance, lerp(hanging, support, column(hinge)), -UP + 0.5 * out * LEFT)
    return body.posture()


def _free_leg(body: Poser, scene: Scene, free: Side, hinge: Array) -> None:
    build = body.build
    touch = scene["touch"] * scene.knobs["touch_down"]
    knee = scene.knobs["trailing_knee_flexion_deg"] * hinge
    length = reach(build.thigh, build.shank, knee)
    hip = body.hip(free)
    down = np.degrees(np.arcsin(np.clip((hip[..., 2] - TOUCH_ANKLE_M) / length, -1.0, 1.0)))
    drop = lerp(90.0, scene.knobs["trailing_leg_drop_deg"], hinge)
    below = np.radians(lerp(drop, down, touch))
    ankle = hip + column(length) * point(-np.cos(below), 0.0, -np.sin(below))
    ventral = body.pelvis[..., :, 0]
    body.leg_to(free, ankle, ventral, np.eye(3))
    leg = body.limbs[f"{free}_leg"]
    body.leg_along(free, leg.upper, leg.lower, frame(lerp(-leg.lower, UP, column(touch)), ventral))


def contacts(scene: Scene) -> dict[str, Array | bool]:
    return {f"{scene.side}_{name}": True for name in ("ankle", "heel", "foot_index")}


DRILL = Drill(
    exercise="hip_airplane",
    levels=("free", "supported"),
    targets=targets,
    perform=perform,
    posture=posture,
    contacts=contacts,
    knobs=KNOBS,
    move_s=2.0,
    hold_s=5.2,
    partial={None: 0.3},
    approach={"free": "upright", "supported": "upright"},
)
