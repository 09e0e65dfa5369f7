"""Child's pose: kneel, sit back on the heels, fold forward with the arms reaching, and stay."""

from formcheck.body.quantity import all_of
from formcheck.body.signals import (
    arm_elevation_deg,
    elbow_flexion_deg,
    head_height_t,
    hip_position_x_t,
    hip_position_y_t,
    hip_to_heel_shank,
    knee_flexion_deg,
    shoulder_position_x_t,
    shoulder_position_y_t,
    torso_inclination_deg,
    trunk_height_ratio,
)
from formcheck.body.view import View
from formcheck.exercise import common
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, at_least, up_to
from formcheck.exercise.checks import HOLD, Confidence, Fault, Severity
from formcheck.exercise.contexts import KNEELING
from formcheck.exercise.movement import Hold, Movement, NotThis, rises
from formcheck.exercise.quantities import each, near, travel
from formcheck.exercise.words import Dose, Exercise, Start

on_all_fours = all_of(each(hip_to_heel_shank) > 1.15, near(head_height_t) > 0.75)
hips_wander = travel(hip_position_x_t, hip_position_y_t)
shoulders_wander = travel(shoulder_position_x_t, shoulder_position_y_t)

ARMS_EXTENDED = f"arms extended: {ARTICLE}; limits: {JUDGEMENT}"

EXERCISE = Exercise(
    title="Child's pose",
    summary="Kneel and sit back on the heels; lean forward, forehead on the floor, arms extended; stay at least 10 s.",
    views=(View.SIDE, View.OBLIQUE, View.FRONT),
    camera="From the side, 0.3 to 0.6 m high. Start upright with the face visible.",
    context=KNEELING,
    start=Start("kneel_sit", trunk_height_ratio > 0.75),
    movement=Movement(
        position="fold",
        witnesses=(rises(torso_inclination_deg, by=20, to=60),),
        hold=Hold(seconds=10.0, origin=ARTICLE, attempt_under_s=6.0),
        not_this=(NotThis(on_all_fours, because="that is on all fours"),),
        lasts=True,  # complete with its hold: the clip may begin or end in it
    ),
    checks=(
        Fault(
            id="head_off_floor",
            band=up_to(
                near(head_height_t),
                good=0.30,
                acceptable=0.45,
                fault=0.55,
                origin=f"forehead down: {ARTICLE}; limits: {JUDGEMENT}",
            ),
            during=HOLD,
            for_s=2.0,
            severity=Severity.MINOR,
            cue="Rest your forehead on the floor or a cushion.",
        ),
        Fault(
            id="hips_off_heels",
            band=up_to(
                near(hip_to_heel_shank),
                good=0.60,
                acceptable=0.85,
                fault=1.0,
                origin=f"direction: {ARTICLE}; limits: {JUDGEMENT} (1.0 is a knee at 120°)",
            ),
            during=HOLD,
            for_s=2.0,
            severity=Severity.INFO,
            cue="Sit back toward your heels as far as is comfortable.",
        ),
        Fault(
            id="arms_not_reaching",
            band=(
                up_to(near(elbow_flexion_deg), good=25, acceptable=40, fault=60, origin=ARMS_EXTENDED),
                at_least(near(arm_elevation_deg), good=140, acceptable=120, fault=100, origin=ARMS_EXTENDED),
            ),
            during=HOLD,
            for_s=2.0,
            severity=Severity.INFO,
            cue="Reach the arms forward.",
        ),
        Fault(
            id="restless",
            band=(
                up_to(hips_wander, good=0.0, acceptable=0.06, fault=0.10, origin=JUDGEMENT),
                up_to(shoulders_wander, good=0.0, acceptable=0.06, fault=0.10, origin=JUDGEMENT),
            ),
            during=HOLD,
            severity=Severity.INFO,
            cue="Settle and breathe.",
        ),
    ),
    # The hidden face is outside what the pose model is made for.
    at_most=Confidence.MEDIUM,
    shows=near(knee_flexion_deg),
    short_hold_cue="Stay at least ten seconds.",
    dose=Dose(
        reps=1,
        per_side=False,
        advice=f"At least 10 s, longer with 5 to 10 slow breaths (30 to 60 s), {common.DAYS_A_WEEK}.",
        programme=common.HIP_MOBILITY,
    ),
    not_visible=(
        "Whether the forehead touches: the ear's height stands in for it, and a cushion looks like a lifted head.",
        "The width of the knees, from the side.",
        "Relaxation.",
    ),
)
