"""90/90 hip stretch: sitting with both knees at right angles, hinge forward over the front shin and stay."""

from formcheck.body.signals import (
    floor_knee_flexion_deg,
    hip_flexion_deg,
    knee_ahead_t,
    lower_wrist_height_t,
    neck_line_deg,
    side_bend_deg,
    torso_inclination_deg,
    trunk_height_ratio,
    trunk_length_ratio,
)
from formcheck.body.view import View
from formcheck.exercise.contexts import FLOOR_SITTING
from formcheck.exercise.quantities import change, near, peak, turns, working
from formcheck.exercise.words import (
    HOLD,
    JUDGEMENT,
    REP,
    SEED,
    START,
    Band,
    Confidence,
    Dose,
    Exercise,
    Fault,
    Hold,
    Movement,
    Severity,
    Start,
    falls,
    rises,
    source,
)

hinge = change(torso_inclination_deg)

RIGHT_ANGLES = Band(
    quantity=near(floor_knee_flexion_deg),
    good=(75, 105),
    acceptable=(65, 115),
    fault=(55, 125),
    origin=f"90°: {SEED}; band: {JUDGEMENT}",
)
KNEES_SHOW = (View.OBLIQUE,)
"""The legs lie on the floor: the picture from the side sees them end on, and from the front it was not measured."""

EXERCISE = Exercise(
    title="90/90 hip stretch",
    summary="Sit with one leg in front and one behind, both knees at 90°; hinge forward with a straight back, stay 5 to 10 s.",
    views=(View.OBLIQUE, View.SIDE, View.FRONT),
    camera="At 45° on the side that the rear knee points to, 1.0 to 1.2 m high and 3 m away; stand upright for 2 s first.",
    context=FLOOR_SITTING,
    side_is="the front leg",
    start=Start("tall", trunk_height_ratio > 0.8),
    movement=Movement(
        position="hinge",
        witnesses=(rises(torso_inclination_deg, by=10), falls(trunk_height_ratio, by=0.12)),
        # The front knee points forward, the rear one to the side.
        of_this_side=working(knee_ahead_t) > 0.1,
        hold=Hold(seconds=5.0, origin=SEED),
    ),
    checks=(
        Fault(
            id="knees_not_90",
            says="Knees not at 90°",
            band=RIGHT_ANGLES,
            during=START,
            for_s=2.0,
            views=KNEES_SHOW,
            severity=Severity.MINOR,
            cue="Set both knees to a right angle.",
        ),
        Fault(
            id="knees_not_90",
            band=RIGHT_ANGLES,
            during=HOLD,
            for_s=2.0,
            views=KNEES_SHOW,
            severity=Severity.MINOR,
            cue="Set both knees to a right angle.",
        ),
        Fault(
            id="rounded_back",
            band=Band(
                quantity=near(neck_line_deg),
                good=(150, None),
                acceptable=(140, None),
                fault=(125, None),
                origin=f"{SEED}; {source('Prehab Guys')}; limits: {JUDGEMENT}",
            ),
            for_s=1.5,
            severity=Severity.MINOR,
            at_most=Confidence.MEDIUM,
            cue="Long back, chest forward.",
        ),
        Fault(
            id="rounded_back",
            band=Band(
                quantity=trunk_length_ratio,
                good=(0.95, None),
                acceptable=(0.90, None),
                fault=(0.82, None),
                origin=f"{SEED}; {source('Prehab Guys')}; limits: {JUDGEMENT}",
            ),
            for_s=1.5,
            views=(View.SIDE,),
            severity=Severity.MINOR,
            at_most=Confidence.MEDIUM,
            cue="Long back, chest forward.",
        ),
        Fault(
            id="hardly_hinging",
            band=Band(
                quantity=peak(hinge),
                good=(25, None),
                acceptable=(15, None),
                fault=(10, None),
                origin=JUDGEMENT,
            ),
            during=REP,
            severity=Severity.INFO,
            cue="Tip your pelvis forward over the front shin.",
        ),
        Fault(
            id="tipping_sideways",
            band=Band(quantity=side_bend_deg, good=(-10, 10), acceptable=(-15, 15), fault=(-25, 25), origin=JUDGEMENT),
            for_s=1.5,
            severity=Severity.MINOR,
            cue="Keep both sides of the waist equally long.",
        ),
        Fault(
            id="hand_off_floor",
            band=Band(
                quantity=lower_wrist_height_t,
                good=(None, 0.10),
                acceptable=(None, 0.25),
                fault=(None, 0.35),
                origin=JUDGEMENT,
            ),
            during=HOLD,
            for_s=2.0,
            severity=Severity.INFO,
            cue="Rest a hand beside the front leg or on a block.",
        ),
        Fault(
            id="short_hold",
            band=Band(quantity=turns(torso_inclination_deg, 5), good=(None, 1), fault=(None, 2), origin=JUDGEMENT),
            during=HOLD,
            severity=Severity.MINOR,
            cue="Settle and breathe.",
        ),
    ),
    shows=near(hip_flexion_deg),
    short_hold_cue="Settle and breathe.",
    dose=Dose(reps=5, per_side=True, advice="5 to 10 on one side, then the other, 3 to 5 days a week."),
    not_visible=(
        "The knee that is farther from the camera: from 45° it is 14° off on average, and now and then by 60°.",
        "The curve of the spine: a line from shoulder to hip is straight by construction.",
        "Whether both sit bones touch the floor.",
        "Rotation of the hips.",
        "Cushions and blocks, so that a raised knee or hand is never a major fault.",
    ),
)
