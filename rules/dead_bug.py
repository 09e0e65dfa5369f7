"""Dead bug: on the back, both knees to 90/90 and down (basic), or from there one leg out with an arm across (harder)."""

from formcheck.body.quantity import all_of, between
from formcheck.body.signals import (
    ear_over_hip_t,
    hand_to_other_knee_t,
    hip_flexion_deg,
    hip_height_t,
    hip_to_heel_shank,
    knee_flexion_deg,
    knee_over_hip_t,
    shoulder_over_hip_t,
    wrong_hand_t,
)
from formcheck.body.view import View
from formcheck.exercise.contexts import LYING_ON_THE_BACK
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
    Movement,
    NotThis,
    Severity,
    Start,
    falls,
    rises,
    source,
)

# Lying, an ankle on the floor is level with the hips; from 0.15 T above them it is in the air.
feet_up = each(hip_height_t) < -0.15
head_rise = change(near(ear_over_hip_t))
shoulder_rise = change(near(shoulder_over_hip_t))

HARDER = Movement(
    position="leg_out",
    witnesses=(
        falls(working(knee_flexion_deg), by=40, views=(View.SIDE,)),
        rises(working(hip_to_heel_shank), by=0.5),
    ),
    not_this=(
        NotThis(other(hip_height_t) > -0.15, because="both legs were lowered together"),
        NotThis(
            all_of(each(hip_flexion_deg) > 110, each(knee_flexion_deg) > 115),
            because="both knees were pulled to the chest",
        ),
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
    context=LYING_ON_THE_BACK,
    side_is="the extending leg",
    start=Start("feet_down", each(hip_height_t) > -0.12),
    movement=Movement(
        position="tabletop",
        # Image angles read a true 80° as 73 to 76°.
        witnesses=(rises(each(hip_flexion_deg), by=30, to=70), rises(each(knee_over_hip_t), by=0.4)),
        hold=Hold(seconds=2.0, origin=SEED),
        not_this=(
            NotThis(each(hip_height_t) > -0.12, because="the feet stayed down"),
            # The higher of both legs did not rise: it was up before.
            NotThis(change(each(hip_flexion_deg)) < 15, because="one leg stayed up: only the other one moved"),
            NotThis(
                all_of(each(hip_flexion_deg) > 110, each(knee_flexion_deg) > 115),
                because="both knees were pulled to the chest",
            ),
            NotThis(each(knee_flexion_deg) < 35, because="the legs were straight: a leg raise"),
        ),
    ),
    levels=(
        Level(id="basic", title="both knees up and down", sided=False, recognised_by=each(hip_height_t) > -0.15),
        Level(
            id="harder",
            title="one leg out, an arm across",
            movement=HARDER,
            start=Start("tabletop", all_of(between(each(hip_flexion_deg), 60, 125), feet_up)),
            recognised_by=feet_up,
        ),
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
