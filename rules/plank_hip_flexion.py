"""Plank hip flexion: from a plank on wall, chair or floor, one knee toward the chest while the plank stays as it is."""

from formcheck.body.quantity import all_of, between, outside
from formcheck.body.signals import (
    body_line_deg,
    body_slope_deg,
    foot_lift_t,
    foot_to_hand_t,
    hand_height_t,
    hip_angle_in_picture_deg,
    hip_deviation_ratio,
    hip_flexion_deg,
    hip_height_t,
    knee_flexion_deg,
    knee_to_shoulder_t,
    neck_line_deg,
    shoulder_behind_hand_t,
    torso_inclination_deg,
)
from formcheck.body.view import View
from formcheck.exercise.contexts import ON_THE_HANDS
from formcheck.exercise.quantities import change, duration_s, each, near, other, peak, start_position_s, working
from formcheck.exercise.words import (
    JUDGEMENT,
    REP,
    SEED,
    START,
    Band,
    Dose,
    Exercise,
    Fault,
    Level,
    Metric,
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
            NotThis(outside(change(hand_height_t), -0.4, 0.4), because="the hands were not on a support"),
            NotThis(
                all_of(working(foot_to_hand_t) < 0.75, working(foot_lift_t) < 0.15),
                because="the foot was set down beside the hand: a spiderman lunge",
            ),
        ),
    ),
    levels=(
        Level(id="wall", title="hands on a wall", recognised_by=near(body_slope_deg) > 55),
        Level(id="chair", title="hands on a chair", recognised_by=between(near(body_slope_deg), 30, 55)),
        Level(id="floor", title="hands on the floor", recognised_by=near(body_slope_deg) < 30),
    ),
    sequels=(Sequel(id="same_side_twice", severity=Severity.INFO, cue="Switch sides every time."),),
    checks=(
        Fault(
            id="plank_not_ready",
            band=Band(quantity=start_position_s, good=(30, None), acceptable=(20, None), fault=(20, None), origin=SEED),
            during=START,
            severity=Severity.INFO,
            cue="First hold a good plank for 20 s; until then practise at a wall or chair.",
        ),
        Fault(
            id="hips_pike",
            band=Band(
                quantity=near(hip_deviation_ratio),
                good=(-0.04, 0.04),
                acceptable=(-0.065, 0.065),
                fault=(None, 0.12),
                origin=f"{JUDGEMENT} (a common cut-off of 170° lies inside the error)",
            ),
            during=START,
            for_s=0.7,
            severity=Severity.MINOR,
            cue="Lower the hips into one line.",
        ),
        Fault(
            id="hips_rise",
            band=(
                Band(
                    quantity=change(other(hip_height_t)),
                    good=(None, 0.08),
                    acceptable=(None, 0.15),
                    fault=(None, 0.22),
                    origin=f"unchanged: {SEED}; limits: {JUDGEMENT}",
                ),
                Band(
                    quantity=change(torso_inclination_deg),
                    good=(-8, 8),
                    acceptable=(-12, 12),
                    fault=(-18, 18),
                    origin=f"unchanged: {SEED}; limits: {JUDGEMENT}",
                ),
            ),
            during=REP,
            for_s=0.5,
            severity=Severity.MINOR,
            cue="Keep the hips still; move only the knee.",
        ),
        Fault(
            id="hips_sag",
            band=(
                Band(
                    quantity=other(hip_deviation_ratio),
                    good=(-0.04, None),
                    acceptable=(-0.065, None),
                    fault=(-0.085, None),
                    origin=JUDGEMENT,
                ),
                Band(
                    quantity=change(other(hip_height_t)),
                    good=(-0.08, None),
                    acceptable=(-0.12, None),
                    fault=(-0.18, None),
                    origin=f"unchanged: {SEED}; limits: {JUDGEMENT}",
                ),
            ),
            during=REP,
            for_s=0.5,
            severity=Severity.MAJOR,
            cue="Brace your belly before you lift the foot.",
        ),
        Fault(
            id="shoulders_rock_back",
            band=Band(
                quantity=change(near(shoulder_behind_hand_t)),
                good=(None, 0.10),
                acceptable=(None, 0.20),
                fault=(None, 0.30),
                origin=f"shoulders drift behind the wrists: {source('Coach')}; limits: {JUDGEMENT}",
            ),
            during=REP,
            for_s=0.5,
            severity=Severity.MINOR,
            cue="Keep the shoulders over the hands.",
        ),
        Fault(
            id="support_knee_bends",
            band=Band(
                quantity=other(knee_flexion_deg),
                good=(None, 10),
                acceptable=(None, 20),
                fault=(None, 30),
                origin=JUDGEMENT,
            ),
            for_s=0.7,
            # From the front a straight knee reads up to 40°.
            views=(View.SIDE, View.OBLIQUE),
            severity=Severity.MINOR,
            cue="Keep the standing leg straight.",
        ),
        Fault(
            id="head_drops",
            band=Band(quantity=near(neck_line_deg), good=(150, None), fault=(135, None), origin=JUDGEMENT),
            for_s=1.5,
            severity=Severity.INFO,
            cue="Look at the floor ahead of your hands.",
        ),
        Metric(
            id="knee_height",
            band=Band(
                quantity=peak(working(hip_flexion_deg)),
                good=(100, None),
                acceptable=(80, None),
                fault=None,
                origin=JUDGEMENT,
            ),
        ),
        Fault(
            id="too_fast",
            band=Band(
                quantity=duration_s,
                good=(12, None),
                acceptable=(6, None),
                fault=(6, None),
                origin=f"{SEED}; {source('ACE-227')}; {source('Russo')}",
            ),
            severity=Severity.MINOR,
            cue="Slow down: two breaths or more.",
        ),
    ),
    shows=working(hip_flexion_deg),
    dose=Dose(
        reps=5,
        per_side=True,
        advice=(
            "First hold a good plank for 20 to 30 s. Start with 5 slow repetitions on each side; add more only while "
            "form and breathing stay normal. With back or hip pain 5 to 10 every 2 to 3 hours, without 2 to 3 sets, at "
            "least daily. Too hard: hands on a wall, then on a chair, leaning lower step by step. No improvement: see "
            "a physiotherapist."
        ),
    ),
    not_visible=(
        "Sagging against rounding of the low back: landmarks hold no spine.",
        "In side view: rotation of the pelvis.",
        "How hard the belly works, and breathing.",
    ),
)
