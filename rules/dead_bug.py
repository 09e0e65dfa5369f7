"""Dead bug: on the back, both knees to 90/90 and down (basic), or from there one leg out with an arm across (harder)."""

from formcheck.body.quantity import all_of, between
from formcheck.body.signals import (
    hand_to_other_knee_t,
    hip_flexion_deg,
    hip_height_t,
    hip_to_heel_shank,
    knee_flexion_deg,
    knee_over_hip_t,
    wrong_hand_t,
)
from formcheck.body.view import View
from formcheck.exercise import common
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, Band, at_least, source, up_to, within
from formcheck.exercise.checks import HOLD, Fault, Metric, Severity
from formcheck.exercise.contexts import LYING_ON_THE_BACK
from formcheck.exercise.movement import Hold, Movement, NotThis, falls, rises
from formcheck.exercise.quantities import at_lowest, change, each, lowest, near, other, peak, speed, working
from formcheck.exercise.words import Dose, Exercise, Kind, Level, Offer, Question, Start, like

# How high the hips are over the ankle. Lying, both are level with the feet down; 0.15 T lower, the foot is in the air.
feet_up = each(hip_height_t) < -0.15
feet_not_up = each(hip_height_t) > -0.15
other_foot_not_up = other(hip_height_t) > -0.15
feet_down = each(hip_height_t) > -0.12
KNEES_TO_THE_CHEST = NotThis(
    # As read: 125° at the hips, where 90/90 ends, and a knee that is pulled in.
    all_of(each(hip_flexion_deg) > 104, each(knee_flexion_deg) > 110),
    because="both knees were pulled to the chest",
)
hand_at_full_reach = at_lowest(working(hand_to_other_knee_t), working(knee_flexion_deg))

LIMITS_JUDGED = f"{ARTICLE}; limits: {JUDGEMENT}"
KNEE_OUT_STRAIGHT = up_to(lowest(working(knee_flexion_deg)), good=15, acceptable=25, fault=None, origin=LIMITS_JUDGED)
WHY_90 = f"90°: {ARTICLE} (named for the knees), {source('ACE-147')}; band: {JUDGEMENT}"
HIPS_AT_90 = Band(quantity=each(hip_flexion_deg), good=(80, 100), acceptable=(70, 110), fault=(60, 125), origin=WHY_90)
KNEES_AT_90 = like(HIPS_AT_90, quantity=each(knee_flexion_deg), fault=(60, 120), origin=f"{ARTICLE}; band: {JUDGEMENT}")
# Hips that stay below the limit never reach the position, let alone its hold: an attempt, with this fault.
HIPS_NEVER_AT_90 = Fault(
    id="not_90_90",
    says="Not at 90/90",
    band=at_least(peak(each(hip_flexion_deg)), good=80, acceptable=70, fault=60, origin=WHY_90),
    levels=("basic",),
    severity=Severity.MINOR,
    cue="Knees over hips, shins level.",
)
NOT_HELD_AT_90_90 = like(HIPS_NEVER_AT_90, band=(HIPS_AT_90, KNEES_AT_90), during=HOLD, for_s=0.7)
ARM_NOT_TO_KNEE = Fault(
    id="arm_not_to_knee",
    band=up_to(hand_at_full_reach, good=0.25, acceptable=0.50, fault=0.70, origin=LIMITS_JUDGED),
    during="leg_out",
    levels=("harder",),
    severity=Severity.INFO,
    cue="Bring the hand to the other knee.",
)

BASIC = Level(id="basic", title="both knees up and down", sided=False, recognised_by=feet_not_up)
HARDER = Level(
    id="harder",
    title="one leg out, an arm across",
    recognised_by=feet_up,
    start=Start("tabletop", all_of(between(each(hip_flexion_deg), 60, 125), feet_up)),
    movement=Movement(
        position="leg_out",
        witnesses=(
            falls(working(knee_flexion_deg), by=40, views=(View.SIDE,)),
            rises(working(hip_to_heel_shank), by=0.5),
        ),
        not_this=(
            NotThis(all_of(other_foot_not_up, other(knee_flexion_deg) < 60), because="both legs were lowered together"),
            KNEES_TO_THE_CHEST,
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
    start=Start("feet_down", feet_down),
    movement=Movement(
        position="tabletop",
        # Image angles read a true 80° as 73 to 76°.
        witnesses=(rises(each(hip_flexion_deg), by=30, to=70), rises(each(knee_over_hip_t), by=0.4)),
        hold=Hold(seconds=2.0, origin=ARTICLE),
        not_this=(
            NotThis(feet_down, because="the feet stayed down"),
            # The higher of both legs did not rise: it was up before.
            NotThis(change(each(hip_flexion_deg)) < 15, because="only one leg moved, which is level harder"),
            KNEES_TO_THE_CHEST,
            NotThis(each(knee_flexion_deg) < 35, because="the legs were straight: a leg raise"),
        ),
    ),
    levels=(BASIC, HARDER),
    checks=(
        NOT_HELD_AT_90_90,
        HIPS_NEVER_AT_90,
        Metric(id="extended_knee", band=KNEE_OUT_STRAIGHT, levels=("harder",)),
        like(
            common.OTHER_LEG_MOVES,
            id="bent_leg_drifts",
            band=within(change(other(hip_flexion_deg)), good=10, acceptable=15, fault=25, origin=JUDGEMENT),
            levels=("harder",),
        ),
        like(
            ARM_NOT_TO_KNEE,
            id="wrong_arm",
            band=up_to(working(wrong_hand_t), good=-0.4, fault=0.0, origin=ARTICLE),
            for_s=0.5,
            cue="Right arm with right leg, to the left knee.",
        ),
        ARM_NOT_TO_KNEE,
        like(
            common.TOO_FAST,
            band=(
                common.LASTS_TWO_BREATHS,
                # Of the near leg only: what hides the far one lets it jump where it glides (43° in 0.4 s were seen).
                up_to(speed(near(hip_flexion_deg)), good=45, fault=90, origin=JUDGEMENT),
                up_to(speed(near(knee_flexion_deg)), good=45, fault=90, origin=JUDGEMENT),
            ),
            for_s=0.0,  # a speed is the slope over 0.3 s already
            cue="Slowly out, slowly back.",
        ),
        common.HEAD_LIFTS,
    ),
    shows=near(hip_flexion_deg),
    short_hold_cue="Hold two seconds.",
    dose=Dose(
        reps=5,
        per_side=False,
        advice=(
            "5 slow repetitions; harder: a side is one repetition, alternate. Add more only while form and breathing "
            f"stay normal. {common.SETS_A_DAY} Rate your effort from 0 to 10 before you try the harder one. {common.NO_IMPROVEMENT}"
        ),
        programme=common.HIP_FLEXORS,
    ),
    questions=(
        Question(
            id="effort",
            ask="How hard was it, from 0, no effort, to 10, the most you can do?",
            kind=Kind.ZERO_TO_TEN,
        ),
        Question(id="back_lifted", ask="Did the small of your back come off the floor?"),
        common.PAIN,
    ),
    offers=(
        Offer(
            level="harder",
            question="effort",
            at_most=3,
            says="That was easy for you: try the level harder next time.",
            origin=f"asking: {ARTICLE}; the number: {JUDGEMENT}",
        ),
    ),
    not_visible=(
        "The low back pressed to the floor: landmarks hold no spine, and the height of the legs does not tell. "
        "Press it down before you lift, and ask yourself afterwards: did it stay down?",
        "Grimacing: there is no expression among the landmarks.",
        "Breathing.",
    ),
)
