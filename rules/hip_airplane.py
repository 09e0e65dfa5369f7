"""Hip airplane: hinged on one leg, turn the pelvis toward the standing leg and away from it."""

from formcheck.body.signals import (
    foot_lift_t,
    hip_flexion_deg,
    knee_flexion_deg,
    leg_inclination_deg,
    spinal_twist_deg,
    torso_inclination_deg,
    trunk_roll_deg,
)
from formcheck.body.view import View
from formcheck.exercise import common
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, Band, at_least, source, up_to, within
from formcheck.exercise.checks import REP, Fault, Severity
from formcheck.exercise.contexts import HINGED_ON_ONE_LEG
from formcheck.exercise.movement import Hold, Movement, falls, rises
from formcheck.exercise.quantities import change, other, travel, working
from formcheck.exercise.words import Dose, Exercise, Level, Start, like

# The camera's height alone makes level hips look rolled, so the square hinge is the zero.
twist = change(working(spinal_twist_deg))

SURELY_TURNED_DEG = 6
"""Nine rendered clips read 18 to 23° toward as 13 to 22, 25 to 31° away as 9 to 17 (once 27); 2°, and square hips, as up to 4.6."""
TOWARD = Movement(
    position="toward",
    witnesses=(falls(working(trunk_roll_deg), by=SURELY_TURNED_DEG),),
    hold=Hold(seconds=5.0, origin=ARTICLE),
    lasts=True,  # complete with its hold: the clip may end in it
)
AWAY = like(TOWARD, position="away", witnesses=(rises(working(trunk_roll_deg), by=SURELY_TURNED_DEG),))

EXERCISE = Exercise(
    title="Hip airplane",
    summary="Stand on one leg, hinge until the torso is level; turn the navel to the standing leg, hold 5 s; away, hold 5 s.",
    views=(View.SIDE, View.OBLIQUE, View.FRONT),
    camera="From the side, the lifted leg nearest, about 1 m high. Turn round to change legs.",
    context=HINGED_ON_ONE_LEG,
    side_is="the standing leg",
    levels=(
        Level(id="free", title="standing free"),
        Level(id="supported", title="a hand on a wall or a stable object"),
    ),
    start=Start("square", torso_inclination_deg > 60),
    movement=(TOWARD, AWAY),
    checks=(
        Fault(
            id="torso_not_parallel",
            band=Band(
                quantity=torso_inclination_deg,
                good=(75, 100),
                acceptable=(60, 105),
                fault=(50, None),
                origin=f"direction: {ARTICLE}; limits: {JUDGEMENT}",
            ),
            for_s=1.5,
            severity=Severity.MINOR,
            severity_at={"supported": Severity.INFO},
            cue="Hinge further at the hip until your chest faces the floor.",
        ),
        Fault(
            id="back_twist",
            band=within(twist, good=15, acceptable=25, fault=30, origin=JUDGEMENT),
            for_s=1.0,
            severity=Severity.MAJOR,
            cue="Turn your pelvis; let the ribs follow.",
        ),
        Fault(
            id="no_rotation",
            # From one side to the other 0.68 ± 0.09 of a turn is read, wherever square is: of 35, 22 and 16°.
            band=at_least(
                travel(working(trunk_roll_deg)),
                good=24,
                acceptable=15,
                fault=11,
                origin=f"{JUDGEMENT}; ceiling: {source('Kouyoumdjian')}",
            ),
            during=("toward", "away"),
            for_s=4.5,  # as long as a turn is held at least: who sways for less has not turned
            severity=Severity.MINOR,
            cue="Point your belly button to the standing leg, then away.",
        ),
        Fault(
            id="trailing_leg_dropped",
            band=(
                up_to(
                    other(knee_flexion_deg),
                    good=15,
                    acceptable=25,
                    fault=35,
                    origin=f"extended: {ARTICLE}; limits: {JUDGEMENT}",
                ),
                Band(
                    quantity=other(leg_inclination_deg),
                    good=(-15, 15),
                    acceptable=(-30, 30),
                    fault=(-40, None),
                    origin=JUDGEMENT,
                ),
            ),
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Reach long through the back heel.",
        ),
        Fault(
            id="standing_knee_squats",
            band=Band(
                quantity=working(knee_flexion_deg),
                good=(10, 25),
                acceptable=(0, 40),
                fault=(None, 50),
                origin=f"slight bend: {source('Squat University')}; limits: {JUDGEMENT}",
            ),
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Keep a soft knee, don't sit down.",
        ),
        Fault(
            id="foot_touches_down",
            band=at_least(other(foot_lift_t), good=0.4, fault=0.15, origin=JUDGEMENT),
            during=REP,
            for_s=0.3,
            severity=Severity.INFO,
            ends_rep=True,
            cue="Regain balance; use the wall.",
        ),
    ),
    shows=working(hip_flexion_deg),
    short_hold_cue="Hold each turn for five seconds.",
    dose=Dose(
        reps=5,
        per_side=True,
        advice=f"5 to 10 on one leg, then the other, {common.DAYS_A_WEEK}. Too hard: lightly hold a wall or a stable object.",
        programme=common.HIP_MOBILITY,
    ),
    not_visible=(
        "The roll of the pelvis is inferred from two landmarks that lie close together and partly hide each other.",
        "Bracing of the trunk, and how the foot is loaded.",
        "Drift of the standing knee to either side, in side view.",
        "A locked standing knee: below the measuring error.",
        "Whether a hand is on the wall: say so with --level supported.",
    ),
)
