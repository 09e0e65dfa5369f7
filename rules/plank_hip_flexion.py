"""Plank hip flexion: from a plank on wall, chair or floor, one knee toward the chest while the plank stays as it is."""

from formcheck.body.quantity import all_of, between, outside
from formcheck.body.signals import (
    body_line_deg,
    body_slope_deg,
    foot_lift_t,
    foot_to_hand_t,
    hand_over_foot_t,
    hip_angle_in_picture_deg,
    hip_flexion_deg,
    hip_height_t,
    knee_to_shoulder_t,
    neck_line_deg,
    shoulder_behind_hand_t,
    torso_inclination_deg,
)
from formcheck.body.view import View
from formcheck.exercise import common
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, at_least, source, up_to, within
from formcheck.exercise.checks import REP, START, Fault, Metric, Severity
from formcheck.exercise.contexts import ON_THE_HANDS
from formcheck.exercise.movement import Movement, NotThis, falls, rises
from formcheck.exercise.quantities import change, each, near, other, peak, start_position_s, working
from formcheck.exercise.words import Dose, Exercise, Level, Start, like

slope = near(body_slope_deg)
hip_rise = change(other(hip_height_t))
lean = change(torso_inclination_deg)
rocking_back = change(near(shoulder_behind_hand_t))
hands_left_their_support = outside(change(other(hand_over_foot_t)), -0.4, 0.4)
foot_beside_the_hand = all_of(working(foot_to_hand_t) < 0.75, working(foot_lift_t) < 0.15)

UNCHANGED = f"unchanged: {ARTICLE}; limits: {JUDGEMENT}"

EXERCISE = Exercise(
    title="Plank hip flexion",
    summary="In a plank, bring one knee toward the chest without changing the plank; return slowly; other side.",
    views=(View.SIDE,),
    camera="From the side, 0.3 to 0.6 m high on the floor, 1 m at the wall; head, hands and feet in the picture.",
    context=ON_THE_HANDS,
    side_is="the lifted leg",
    start=Start("plank", each(body_line_deg) > 160),
    movement=Movement(
        position="knee_up",
        witnesses=(
            rises(working(hip_flexion_deg), by=40, to=70, views=(View.SIDE,)),
            rises(working(hip_angle_in_picture_deg), by=40),
            falls(working(knee_to_shoulder_t), by=0.45),
        ),
        not_this=(
            NotThis(hands_left_their_support, because="the hands were not on a support"),
            NotThis(foot_beside_the_hand, because="the foot was set down beside the hand: a spiderman lunge"),
        ),
    ),
    levels=(
        Level(id="wall", title="hands on a wall", recognised_by=slope > 55),
        Level(id="chair", title="hands on a chair", recognised_by=between(slope, 30, 55)),
        Level(id="floor", title="hands on the floor", recognised_by=slope < 30),
    ),
    sequels=(common.SAME_SIDE_TWICE,),
    checks=(
        Fault(
            id="plank_not_ready",
            band=at_least(start_position_s, good=30, acceptable=20, fault=20, origin=ARTICLE),
            during=START,
            severity=Severity.INFO,
            cue="First hold a good plank for 20 s; until then practise at a wall or chair.",
        ),
        Fault(
            id="hips_pike",
            band=like(common.HIPS_DO_NOT_PIKE, origin=f"{JUDGEMENT} (a common cut-off of 170° lies inside the error)"),
            during=START,
            for_s=0.7,
            severity=Severity.MINOR,
            cue="Lower the hips into one line.",
        ),
        Fault(
            id="hips_rise",
            band=(
                up_to(hip_rise, good=0.08, acceptable=0.15, fault=0.22, origin=UNCHANGED),
                within(lean, good=8, acceptable=12, fault=18, origin=UNCHANGED),
            ),
            during=REP,
            for_s=0.5,
            severity=Severity.MINOR,
            cue="Keep the hips still; move only the knee.",
        ),
        Fault(
            id="hips_sag",
            band=(
                common.SUPPORTING_HIP_DOES_NOT_SAG,
                at_least(hip_rise, good=-0.08, acceptable=-0.12, fault=-0.18, origin=UNCHANGED),
            ),
            during=REP,
            for_s=0.5,
            severity=Severity.MAJOR,
            cue="Brace your belly before you lift the foot.",
        ),
        Fault(
            id="shoulders_rock_back",
            band=up_to(
                rocking_back,
                good=0.10,
                acceptable=0.20,
                fault=0.30,
                origin=f"shoulders drift behind the wrists: {source('Coach')}; limits: {JUDGEMENT}",
            ),
            during=REP,
            for_s=0.5,
            severity=Severity.MINOR,
            cue="Keep the shoulders over the hands.",
        ),
        common.SUPPORT_KNEE_BENDS,
        Fault(
            id="head_drops",
            band=at_least(near(neck_line_deg), good=150, fault=135, origin=JUDGEMENT),
            for_s=1.5,
            severity=Severity.INFO,
            cue="Look at the floor ahead of your hands.",
        ),
        Metric(
            id="knee_height",
            band=at_least(peak(working(hip_flexion_deg)), good=100, acceptable=80, fault=None, origin=JUDGEMENT),
        ),
        like(common.TOO_FAST, cue="Slow down: two breaths or more."),
    ),
    shows=working(hip_flexion_deg),
    dose=Dose(
        reps=5,
        per_side=True,
        advice=(
            "First hold a good plank for 20 to 30 s. Start with 5 slow repetitions on each side; add more only while "
            f"form and breathing stay normal. {common.SETS_A_DAY} Too hard: hands on a wall, then on a chair, leaning "
            f"lower step by step. {common.NO_IMPROVEMENT}"
        ),
        programme=common.HIP_FLEXORS,
    ),
    questions=(common.PAIN,),
    not_visible=(
        "Sagging against rounding of the low back: landmarks hold no spine.",
        "In side view: rotation of the pelvis.",
        "How hard the belly works, and breathing.",
    ),
)
