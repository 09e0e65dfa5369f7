"""Spiderman lunge: from a plank one foot steps outside the hand of its side, stays, and steps back."""

from formcheck.body.signals import (
    body_line_deg,
    foot_lift_t,
    foot_outside_hand_t,
    foot_to_hand_t,
    hip_deviation_ratio,
    hip_flexion_deg,
    hip_over_shoulder_t,
    knee_flexion_deg,
)
from formcheck.body.view import View
from formcheck.exercise.contexts import ON_THE_FLOOR_ON_THE_HANDS
from formcheck.exercise.quantities import each, near, other, working
from formcheck.exercise.words import (
    JUDGEMENT,
    SEED,
    START,
    Band,
    Confidence,
    Dose,
    Exercise,
    Fault,
    Hold,
    Movement,
    NotThis,
    Sequel,
    Severity,
    Start,
    falls,
    rises,
    source,
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
            falls(working(foot_to_hand_t), by=1.0, share=0.6, views=(View.SIDE, View.OBLIQUE)),
            rises(working(hip_flexion_deg), by=50),
        ),
        hold=Hold(seconds=3.0, origin=SEED),
        stays_s=0.4,
        not_this=(NotThis(working(foot_lift_t) > 0.6, because="the foot was not set down: a knee drive"),),
    ),
    sequels=(
        Sequel(id="plank_skipped", severity=Severity.MINOR, cue="Come back to a full plank."),
        Sequel(id="same_side_twice", severity=Severity.INFO, cue="Switch sides every time."),
    ),
    checks=(
        Fault(
            id="foot_short_of_hand",
            band=(
                Band(
                    quantity=working(foot_to_hand_t),
                    good=(None, 0.25),
                    acceptable=(None, 0.50),
                    fault=(None, 0.70),
                    origin=f"direction: {SEED}; limits: {JUDGEMENT} (beginners stop half-way: {source('Best Health')})",
                ),
                Band(
                    quantity=working(knee_flexion_deg),
                    good=(80, 110),
                    acceptable=(65, 130),
                    fault=(55, None),
                    origin=f"90°: {source('Train Fitness')}; limits: {JUDGEMENT}",
                ),
            ),
            during="hold",
            severity=Severity.MINOR,
            cue="Step up level with your hand.",
        ),
        Fault(
            id="foot_not_outside_hand",
            band=Band(
                quantity=working(foot_outside_hand_t),
                good=(0.2, None),
                acceptable=(0.1, None),
                fault=(0.0, None),
                origin=SEED,
            ),
            for_s=1.0,
            views=(View.FRONT, View.OBLIQUE),
            at_most=Confidence.LOW,
            severity=Severity.INFO,
            cue="Place the foot outside the hand.",
        ),
        Fault(
            id="back_knee_bends",
            band=Band(
                quantity=other(knee_flexion_deg),
                good=(None, 15),
                acceptable=(None, 25),
                fault=(None, 40),
                origin=f"straight: {source('Train Fitness')}; limits: {JUDGEMENT}",
            ),
            for_s=1.0,
            # From the front a straight knee reads up to 40°.
            views=(View.SIDE, View.OBLIQUE),
            severity=Severity.MINOR,
            cue="Straighten the back leg.",
        ),
        Fault(
            id="hips_sag",
            band=Band(
                quantity=near(hip_deviation_ratio),
                good=(-0.04, 0.04),
                acceptable=(-0.065, 0.065),
                fault=(-0.085, None),
                origin=JUDGEMENT,
            ),
            during=START,
            for_s=0.7,
            severity=Severity.MAJOR,
            cue="Brace; line up shoulders, hips and heels.",
        ),
        Fault(
            id="hips_pike",
            band=Band(
                quantity=near(hip_deviation_ratio),
                good=(-0.04, 0.04),
                acceptable=(-0.065, 0.065),
                fault=(None, 0.12),
                origin=JUDGEMENT,
            ),
            during=START,
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Lower the hips.",
        ),
        Fault(
            id="hips_pike",
            band=Band(quantity=hip_over_shoulder_t, good=(None, 0.1), fault=(None, 0.25), origin=JUDGEMENT),
            during=("lunge",),
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Lower the hips.",
        ),
    ),
    shows=working(knee_flexion_deg),
    short_hold_cue="Stay three seconds.",
    dose=Dose(reps=5, per_side=True, advice="5 to 10 on each side, alternating; 3 to 5 days a week."),
    not_visible=(
        "In side view: the front knee falling inward.",
        "Twisting of the pelvis.",
        "The stretch in the groin.",
    ),
)
