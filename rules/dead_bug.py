"""Dead bug: on the back, both knees to 90/90 and down (basic), or from there one leg out with an arm across (harder)."""

from formcheck.body.quantity import all_of, between
from formcheck.body.signals import (
    ear_over_hip_t,
    hand_to_other_knee_t,
    hip_flexion_deg,
    hip_height_t,
    knee_flexion_deg,
    shoulder_over_hip_t,
    wrong_hand_t,
)
from formcheck.body.view import View
from formcheck.exercise.postures import SUPINE
from formcheck.exercise.quantities import at_lowest, change, duration_s, each, lowest, near, other, peak, speed, working
from formcheck.exercise.words import (
    HOLD,
    JUDGEMENT,
    REP,
    SEED,
    Band,
    Dose,
    Exercise,
    Fault,
    Hold,
    Level,
    Metric,
    Phase,
    Severity,
    Spoiler,
    source,
)

# Lying, an ankle on the floor is level with the hips; from 0.15 T above them it is in the air.
feet_up = each(hip_height_t) < -0.15
head_rise = change(near(ear_over_hip_t))
shoulder_rise = change(near(shoulder_over_hip_t))

HARDER = (
    Phase(
        "tabletop",
        # What is still no fault of 90/90, with the feet in the air.
        enter=all_of(between(each(hip_flexion_deg), 60, 125), between(each(knee_flexion_deg), 60, 120), feet_up),
        zone=change(working(knee_flexion_deg)) > -10,
    ),
    # The other leg stays up: both legs going down is no extension.
    Phase(
        "leg_out",
        enter=all_of(working(knee_flexion_deg) < 40, other(hip_flexion_deg) > 45, other(hip_height_t) < -0.15),
    ),
)

EXERCISE = Exercise(
    title="Dead bug",
    summary=(
        "On the back, low back pressed to the floor. Basic: lift both knees to 90°, hold 2 s, lower. Harder: from "
        "there extend one leg while the hand of its side goes to the other knee; return slowly; other side."
    ),
    views=(View.SIDE, View.OBLIQUE),
    camera="From the side, 0.3 to 0.6 m high, head and feet in the picture.",
    posture=SUPINE,
    side_is="the extending leg",
    phases=(
        Phase("feet_down", enter=each(hip_height_t) > -0.12, zone=change(each(hip_height_t)) > -0.08),
        Phase("feet_up", enter=feet_up),
        # From 70° on the hips are acceptable; image angles read a true 80° as 73 to 76°.
        Phase("tabletop", enter=all_of(each(hip_flexion_deg) > 70, feet_up), hold=Hold(seconds=2.0, origin=SEED)),
    ),
    levels=(
        Level(id="basic", title="both knees up and down", sided=False, recognised_by=each(hip_height_t) > -0.15),
        Level(id="harder", title="one leg out, an arm across", phases=HARDER, recognised_by=feet_up),
    ),
    # Knees bent past their limit of 120°, which reads 5° too low (source: Yue), and hips past what is acceptable: each
    # alone is an inexact 90/90.
    spoiler=Spoiler(
        condition=all_of(each(hip_flexion_deg) > 110, each(knee_flexion_deg) > 115),
        within_s=6.0,  # half of a slow repetition
        because="both knees were pulled to the chest",
    ),
    checks=(
        Fault(
            id="not_90_90",
            says="Not at 90/90",
            band=(
                Band(
                    quantity=each(hip_flexion_deg),
                    good=(80, 100),
                    acceptable=(70, 110),
                    fault=(60, 125),
                    origin=f"90°: {SEED} (named for the knees), {source('ACE-147')}; band: {JUDGEMENT}",
                ),
                Band(
                    quantity=each(knee_flexion_deg),
                    good=(80, 100),
                    acceptable=(70, 110),
                    fault=(60, 120),
                    origin=f"{SEED}; band: {JUDGEMENT}",
                ),
            ),
            during=HOLD,
            for_s=0.7,
            levels=("basic",),
            severity=Severity.MINOR,
            cue="Knees over hips, shins level.",
        ),
        # Hips that stay below the limit never reach the position, let alone its hold: an attempt, with this fault.
        Fault(
            id="not_90_90",
            says="Not at 90/90",
            band=Band(
                quantity=peak(each(hip_flexion_deg)),
                good=(80, None),
                acceptable=(70, None),
                fault=(60, None),
                origin=f"90°: {SEED} (named for the knees), {source('ACE-147')}; band: {JUDGEMENT}",
            ),
            levels=("basic",),
            severity=Severity.MINOR,
            cue="Knees over hips, shins level.",
        ),
        Metric(
            id="extended_knee",
            band=Band(
                quantity=lowest(working(knee_flexion_deg)),
                good=(None, 15),
                acceptable=(None, 25),
                fault=None,
                origin=f"{SEED}; limits: {JUDGEMENT}",
            ),
            levels=("harder",),
        ),
        Fault(
            id="bent_leg_drifts",
            band=Band(
                quantity=change(other(hip_flexion_deg)),
                good=(-10, 10),
                acceptable=(-15, 15),
                fault=(-25, 25),
                origin=JUDGEMENT,
            ),
            during=REP,
            for_s=0.7,
            levels=("harder",),
            severity=Severity.MINOR,
            cue="Keep the other leg still.",
        ),
        Fault(
            id="wrong_arm",
            band=Band(quantity=working(wrong_hand_t), good=(None, -0.4), fault=(None, 0.0), origin=SEED),
            during=("leg_out",),
            for_s=0.5,
            levels=("harder",),
            severity=Severity.INFO,
            cue="Right arm with right leg, to the left knee.",
        ),
        Fault(
            id="arm_not_to_knee",
            band=Band(
                quantity=at_lowest(working(hand_to_other_knee_t), working(knee_flexion_deg)),
                good=(None, 0.25),
                acceptable=(None, 0.50),
                fault=(None, 0.70),
                origin=f"{SEED}; limits: {JUDGEMENT}",
            ),
            during=("leg_out",),
            levels=("harder",),
            severity=Severity.INFO,
            cue="Bring the hand to the other knee.",
        ),
        Fault(
            id="too_fast",
            band=(
                Band(
                    quantity=duration_s,
                    good=(12, None),
                    acceptable=(6, None),
                    fault=(6, None),
                    origin=f"{SEED}; {source('ACE-227')}; {source('Russo')}",
                ),
                # Of the near leg only: what hides the far one lets it jump where it glides (43° in 0.4 s were seen).
                Band(quantity=speed(near(hip_flexion_deg)), good=(None, 45), fault=(None, 90), origin=JUDGEMENT),
                Band(quantity=speed(near(knee_flexion_deg)), good=(None, 45), fault=(None, 90), origin=JUDGEMENT),
            ),
            during=REP,
            for_s=0.0,  # a speed is the slope over 0.3 s already
            severity=Severity.MINOR,
            cue="Slowly out, slowly back.",
        ),
        Fault(
            id="head_lifts",
            band=(
                Band(quantity=head_rise, good=(None, 0.05), fault=(None, 0.12), origin=JUDGEMENT),
                Band(quantity=shoulder_rise, good=(None, 0.05), fault=(None, 0.12), origin=JUDGEMENT),
            ),
            during=REP,
            for_s=1.0,
            severity=Severity.MINOR,
            cue="Keep head and shoulders down.",
        ),
    ),
    shows=near(hip_flexion_deg),
    short_hold_cue="Hold two seconds.",
    dose=Dose(
        reps=5,
        per_side=False,
        advice=(
            "5 slow repetitions; harder: a side is one repetition, alternate. Add more only while form and breathing "
            "stay normal. With back or hip pain 5 to 10 every 2 to 3 hours, without 2 to 3 sets, at least daily. Rate "
            "your effort from 0 to 10 before you try the harder one. No improvement: see a physiotherapist."
        ),
    ),
    not_visible=(
        "The low back pressed to the floor: landmarks hold no spine, and the height of the legs does not tell. "
        "Press it down before you lift, and ask yourself afterwards: did it stay down?",
        "Grimacing: there is no expression among the landmarks.",
        "Breathing.",
    ),
)
