"""Kettlebell weight shift: half-kneeling, the front leg turned out, slide the hips toward the front foot and back."""

from formcheck.body.quantity import all_of
from formcheck.body.signals import (
    foot_yaw_deg,
    heel_lift_t,
    hip_toward_foot_t,
    knee_flexion_deg,
    knee_inside_t,
    seat_height_t,
    torso_inclination_deg,
    weight_shift_ratio,
)
from formcheck.body.view import View
from formcheck.exercise import common
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, Band, at_least, up_to
from formcheck.exercise.checks import START, Fault, Severity
from formcheck.exercise.contexts import HALF_KNEELING
from formcheck.exercise.movement import Hold, Movement, NotThis, falls, rises
from formcheck.exercise.quantities import change, peak, working
from formcheck.exercise.words import Exercise, Start

gain = change(working(weight_shift_ratio))

EXERCISE = Exercise(
    title="Kettlebell weight shift",
    summary="Half-kneel, the front leg turned out; slide your weight into the front leg, stay 5 to 10 s; return.",
    views=(View.OBLIQUE, View.FRONT),
    camera="At 45° or a little less (35 to 45°) on the side of the front leg, 0.7 to 1.0 m high.",
    context=HALF_KNEELING,
    side_is="the front leg",
    start=Start("centred", working(weight_shift_ratio) < 0.6),
    movement=Movement(
        position="shift",
        witnesses=(
            rises(working(weight_shift_ratio), by=0.10),
            rises(working(hip_toward_foot_t), by=0.08),
            falls(seat_height_t, by=0.08),
        ),
        hold=Hold(seconds=5.0, origin=ARTICLE),
        not_this=(
            NotThis(change(seat_height_t) > 0.15, because="you stood up"),
            # Over a knee on the floor the hips sink by 0.3 T when the thigh tips by 50°, not farther.
            NotThis(change(seat_height_t) < -0.35, because="you came down from standing: a split squat"),
            # Leaning over the front foot opens the knee too, and lowers the seat by 0.05 T at most; a knee that falls
            # inward lowers it more, at an angle that stays.
            NotThis(
                all_of(change(working(knee_flexion_deg)) < -5, change(seat_height_t) < -0.1),
                because="you sat back on the rear heel",
            ),
        ),
    ),
    checks=(
        Fault(
            id="knee_inside_foot",
            band=up_to(
                working(knee_inside_t),
                good=0.0,
                acceptable=0.11,
                fault=0.22,
                origin=f"knee over the little toe: {ARTICLE}; limits: {JUDGEMENT} (15° and 30° of a knee 0.45 T ahead of its ankle)",
            ),
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Push the knee toward your little toe.",
        ),
        Fault(
            id="weight_barely_moves",
            band=at_least(peak(gain), good=0.25, acceptable=0.15, fault=0.10, origin=JUDGEMENT),
            for_s=2.0,  # what sways for less is no shift
            severity=Severity.MINOR,
            cue="Slide your hips toward the front foot.",
        ),
        Fault(
            id="leaning_not_shifting",
            band=up_to(torso_inclination_deg, good=10, acceptable=20, fault=30, origin=JUDGEMENT),
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Stay tall.",
        ),
        Fault(
            id="front_heel_lifts",
            band=up_to(change(working(heel_lift_t)), good=0.0, acceptable=0.06, fault=0.12, origin=JUDGEMENT),
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Keep the whole foot down.",
        ),
        Fault(
            id="front_leg_not_turned_out",
            band=Band(
                quantity=working(foot_yaw_deg),
                good=(60, 90),
                acceptable=(40, 100),
                fault=(30, None),
                origin=f"{ARTICLE}; tolerance: {JUDGEMENT}",
            ),
            during=START,
            for_s=2.0,
            severity=Severity.INFO,
            cue="Open the front foot to 2 o'clock.",
        ),
    ),
    shows=working(knee_flexion_deg),
    short_hold_cue="Stay 5 seconds.",
    dose=common.ONE_SIDE_THEN_THE_OTHER,
    not_visible=(
        "The kettlebell and its weight.",
        "Whether the front knee falls inside the foot, from the front, from the side or from the rear leg's side.",
        "How far the weight goes, from more than 50° round or from the side: there the hips slide toward the camera.",
        "The load under each foot: what is measured is where the pelvis is, not a force.",
        "Rotation of the hip in its socket.",
        "The little toe: there is one landmark for all toes.",
    ),
)
