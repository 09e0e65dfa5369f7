"""Spiderman lunge: from a plank one foot steps outside the hand of its side, stays, and steps back."""

from formcheck.body.signals import (
    body_line_deg,
    foot_lift_t,
    foot_outside_hand_t,
    foot_to_hand_t,
    hip_flexion_deg,
    hip_over_shoulder_t,
    knee_flexion_deg,
)
from formcheck.body.view import View
from formcheck.exercise import common
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, Band, at_least, source, up_to
from formcheck.exercise.checks import HOLD, START, Confidence, Fault, Severity
from formcheck.exercise.contexts import ON_THE_FLOOR_ON_THE_HANDS
from formcheck.exercise.movement import Hold, Movement, NotThis, falls, rises
from formcheck.exercise.quantities import each, other, working
from formcheck.exercise.words import Dose, Exercise, Sequel, Start, like

HIPS_PIKE_IN_PLANK = Fault(
    id="hips_pike",
    band=common.HIPS_DO_NOT_PIKE,
    during=START,
    for_s=1.0,
    severity=Severity.MINOR,
    cue="Lower the hips.",
)
HIPS_PIKE_IN_LUNGE = like(
    HIPS_PIKE_IN_PLANK,
    band=up_to(hip_over_shoulder_t, good=0.1, fault=0.25, origin=JUDGEMENT),
    during="lunge",
)

EXERCISE = Exercise(
    title="Spiderman lunge",
    summary="From a plank, step one foot outside the hand of its side; hold 3 to 5 s; back to the plank; other side.",
    views=(View.SIDE, View.FRONT, View.OBLIQUE),
    camera="From the side, 0.3 to 0.6 m high, head, hands and both feet in the picture for the whole set.",
    context=ON_THE_FLOOR_ON_THE_HANDS,
    side_is="the stepping foot",
    start=Start("plank", each(body_line_deg) > 140),
    movement=Movement(
        position="lunge",
        witnesses=(
            falls(working(foot_to_hand_t), by=1.0, share=0.6),
            rises(working(hip_flexion_deg), by=50),
        ),
        hold=Hold(seconds=3.0, origin=ARTICLE),
        stays_s=0.4,
        not_this=(NotThis(working(foot_lift_t) > 0.6, because="the foot was not set down: a knee drive"),),
    ),
    sequels=(
        Sequel(id="plank_skipped", severity=Severity.MINOR, cue="Come back to a full plank."),
        common.SAME_SIDE_TWICE,
    ),
    checks=(
        Fault(
            id="foot_short_of_hand",
            band=(
                up_to(
                    working(foot_to_hand_t),
                    good=0.25,
                    acceptable=0.50,
                    fault=0.70,
                    origin=f"direction: {ARTICLE}; limits: {JUDGEMENT} (beginners stop half-way: {source('Best Health')})",
                ),
                Band(
                    quantity=working(knee_flexion_deg),
                    good=(80, 110),
                    acceptable=(65, 130),
                    fault=(55, None),
                    origin=f"90°: {source('Train Fitness')}; limits: {JUDGEMENT}",
                ),
            ),
            during=HOLD,
            severity=Severity.MINOR,
            cue="Step up level with your hand.",
        ),
        Fault(
            id="foot_not_outside_hand",
            band=at_least(working(foot_outside_hand_t), good=0.2, acceptable=0.1, fault=0.0, origin=ARTICLE),
            for_s=1.0,
            views=(View.FRONT, View.OBLIQUE),
            at_most=Confidence.LOW,
            severity=Severity.INFO,
            cue="Place the foot outside the hand.",
        ),
        Fault(
            id="back_knee_bends",
            band=up_to(
                other(knee_flexion_deg),
                good=15,
                acceptable=25,
                fault=40,
                origin=f"straight: {source('Train Fitness')}; limits: {JUDGEMENT}",
            ),
            for_s=1.0,
            views=common.NOT_FROM_THE_FRONT,
            severity=Severity.MINOR,
            cue="Straighten the back leg.",
        ),
        Fault(
            id="hips_sag",
            band=common.HIPS_DO_NOT_SAG,
            during=START,
            for_s=0.7,
            severity=Severity.MAJOR,
            cue="Brace; line up shoulders, hips and heels.",
        ),
        HIPS_PIKE_IN_PLANK,
        HIPS_PIKE_IN_LUNGE,
    ),
    shows=working(knee_flexion_deg),
    short_hold_cue="Stay three seconds.",
    dose=Dose(
        reps=5,
        per_side=True,
        advice=f"5 to 10 on each side, alternating; {common.DAYS_A_WEEK}.",
        programme=common.HIP_MOBILITY,
    ),
    not_visible=(
        "In side view: the front knee falling inward.",
        "Twisting of the pelvis.",
        "The stretch in the groin.",
    ),
)
