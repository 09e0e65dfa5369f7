"""Lateral lunge: step or sit to one side, the other leg straight, hold, come back."""

from formcheck.body.quantity import all_of
from formcheck.body.signals import (
    ankle_spacing_t,
    drop_toward_foot_l,
    feet_sideways_ratio,
    foot_lift_t,
    hip_drop_l,
    hip_shift_ratio,
    knee_bend_difference_deg,
    knee_flexion_deg,
    knee_inward_shank,
    lateral_lean_deg,
    standing_knee_flexion_deg,
    trunk_height_ratio,
    visible_leg_l,
)
from formcheck.body.view import View
from formcheck.exercise import common
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, at_least, source, up_to, within
from formcheck.exercise.checks import Fault, Severity
from formcheck.exercise.contexts import ON_THE_FEET
from formcheck.exercise.movement import Hold, Movement, NotThis, rises
from formcheck.exercise.quantities import change, other, peak, working
from formcheck.exercise.words import Attribute, Dose, Exercise, Start

drop = change(hip_drop_l)
# A little under the least travel of 0.08 L; who stays deep from side to side is lower than 0.20 L all the time.
hips_stayed_up = all_of(drop < 0.07, hip_drop_l < 0.20)
LEAST_TRUNK_HEIGHT = 0.60
"""Under it, a lean of 53°, the chest collapses; a trunk that hangs forward seems to tip sideways more than it does."""

EXERCISE = Exercise(
    title="Lateral lunge",
    summary="Feet hip-width. Step to one side, bend that knee, keep the other leg straight; hold 5 s; return.",
    views=(View.FRONT, View.OBLIQUE),
    camera="From the front, about 1 m high, with room for a step to both sides. Whether the other leg stays straight shows from 45° on its own side.",
    context=ON_THE_FEET,
    side_is="the bent leg",
    start=Start("standing", hip_drop_l < 0.30),
    movement=Movement(
        position="bottom",
        witnesses=(rises(working(drop_toward_foot_l), by=0.08), rises(working(knee_bend_difference_deg), by=30)),
        dated_by=rises(hip_drop_l, by=0.08),
        of_this_side=working(hip_shift_ratio) > 0.05,
        hold=Hold(seconds=5.0, origin=ARTICLE),
        not_this=(
            NotThis(feet_sideways_ratio < 0.6, because="one foot was before the other: a forward or split lunge"),
            NotThis(working(hip_shift_ratio) > 1.0, because="the feet were together"),
            NotThis(working(knee_bend_difference_deg) < 10, because="both knees bent alike: a squat"),
            # A step toward the camera lowers the foot in the picture by up to 0.33 T.
            NotThis(change(working(foot_lift_t)) > 0.4, because="the foot left the floor"),
            NotThis(hips_stayed_up, because="the hips did not go down"),
        ),
    ),
    attributes=(
        Attribute(
            "stepped",
            change(ankle_spacing_t) > 0.6,
            says="with a step to the side",
            says_not="without a step: the feet stayed apart",
        ),
    ),
    checks=(
        Fault(
            id="trailing_leg_bends",
            band=up_to(
                other(standing_knee_flexion_deg),
                good=15,
                acceptable=30,
                fault=40,
                origin=f"straight: {ARTICLE}; limits: {JUDGEMENT}",
            ),
            only_if=other(visible_leg_l) < 0.95,
            for_s=1.0,
            # From the front it bends toward the camera: knees bent by 3 to 50° read 23 to 32°.
            views=(View.OBLIQUE,),
            severity=Severity.MINOR,
            cue="Keep the other leg straight.",
        ),
        Fault(
            id="knee_caves_in",
            band=up_to(
                working(knee_inward_shank),
                good=0.0,
                acceptable=0.08,
                fault=0.15,
                origin=f"knee over ankle: {source('U Calgary')}; limits: {JUDGEMENT}",
            ),
            # In a wide stance a straight leg slants: before the hips are over to its side the knee lies inside the ankle.
            only_if=working(hip_shift_ratio) > 0.2,
            for_s=0.7,
            severity=Severity.MAJOR,
            cue="Push the knee out over your foot.",
        ),
        Fault(
            id="too_shallow",
            band=at_least(
                peak(drop),
                good=0.20,
                acceptable=0.12,
                fault=0.08,
                origin=f"{JUDGEMENT} (trailing leg 37°, 28°, 23° from vertical)",
            ),
            # Half of the least travel: who draws the foot back in bends a knee too, and does not go down.
            only_if=drop > 0.04,
            severity=Severity.INFO,
            cue="Sit back and bend the knee more.",
        ),
        Fault(
            id="trunk_tips_sideways",
            band=within(lateral_lean_deg, good=10, acceptable=15, fault=25, origin=JUDGEMENT),
            only_if=trunk_height_ratio > LEAST_TRUNK_HEIGHT,
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Keep your chest facing forward and tall.",
        ),
        Fault(
            id="chest_collapses",
            band=at_least(
                trunk_height_ratio,
                good=0.80,
                acceptable=0.70,
                fault=LEAST_TRUNK_HEIGHT,
                origin=f"{JUDGEMENT} (0.60 is a lean of 53°)",
            ),
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Lift your chest; sit back.",
        ),
    ),
    short_hold_cue="Hold five seconds.",
    shows=working(knee_flexion_deg),
    dose=Dose(
        reps=10,
        per_side=False,
        advice=f"10 in total, alternating sides, {common.DAYS_A_WEEK}.",
        programme=common.HIP_MOBILITY,
    ),
    not_visible=(
        "From the front, whether the trailing knee bends: it bends toward the camera, and 40° shorten the leg by 6 % only.",
        "From 45°, whether the trailing knee bends where the other leg is nearer the camera.",
        "Where the toes point.",
        "Rounding of the low back.",
    ),
)
