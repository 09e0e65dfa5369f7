"""What several exercises have in common: each of these numbers stands here once, with its origin.

A rule takes them as they are, or with changes of its own: ``like(common.TOO_FAST, cue="Slow down.")``.
"""

from formcheck.body.quantity import all_of, any_of
from formcheck.body.signals import (
    arm_elevation_deg,
    ear_over_hip_t,
    hip_deviation_ratio,
    hip_flexion_deg,
    knee_flexion_deg,
    shoulder_over_hip_t,
    torso_inclination_deg,
)
from formcheck.body.view import View
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, Band, at_least, source, up_to, within
from formcheck.exercise.checks import REP, Fault, Severity
from formcheck.exercise.quantities import change, duration_s, near, other
from formcheck.exercise.words import Dose, Programme, Question, Sequel, like

NOT_FROM_THE_FRONT = (View.SIDE, View.OBLIQUE)
"""For what points at a camera in front: a thigh that is lifted, or a straight knee, which reads up to 40° there."""

# -- how fast and how often: the strength exercises (hip flexion, plank hip flexion, dead bug) ----------------------------

LASTS_TWO_BREATHS = at_least(
    duration_s, good=12, acceptable=6, fault=6, origin=f"{ARTICLE}; {source('ACE-227', 'Russo')}"
)
"""A repetition lasts two to three deep breaths of 6 s; two quick ones take 6 s (rules/METHOD.md, chapter 2, “Tempo”)."""

TOO_FAST = Fault(
    id="too_fast",
    band=LASTS_TWO_BREATHS,
    severity=Severity.MINOR,
    cue="Take two or three deep breaths per repetition.",
)

SETS_A_DAY = "With back or hip pain 5 to 10 every 2 to 3 hours, without 2 to 3 sets, at least daily."
"""How often, by the description of the strength exercises."""
HIP_FLEXORS = Programme("Hip flexors", days_a_week=(7, 7), origin=ARTICLE)
"""The strength exercises belong together."""
NO_IMPROVEMENT = "No improvement: see a physiotherapist."
"""What that description ends with."""

PAIN = Question(id="pain", ask="Did your back or hip hurt?")
"""How much of the strength exercises is right depends on it."""

# -- how often: the mobility exercises (the other six) ---------------------------------------------------------------------

DAYS_A_WEEK = "3 to 5 days a week"
"""How often, by the description of the mobility exercises."""

HIP_MOBILITY = Programme("Hip mobility", days_a_week=(3, 5), origin=ARTICLE)
"""The mobility exercises belong together."""
ONE_SIDE_THEN_THE_OTHER = Dose(
    reps=5, per_side=True, advice=f"5 to 10 on one side, then the other, {DAYS_A_WEEK}.", programme=HIP_MOBILITY
)

# -- which side ------------------------------------------------------------------------------------------------------------

SAME_SIDE_TWICE = Sequel(id="same_side_twice", severity=Severity.INFO, cue="Switch sides every time.")

# -- positions -------------------------------------------------------------------------------------------------------------

HEAD_LIFTS = Fault(
    id="head_lifts",
    band=(
        up_to(change(near(ear_over_hip_t)), good=0.05, fault=0.12, origin=JUDGEMENT),
        up_to(change(near(shoulder_over_hip_t)), good=0.05, fault=0.12, origin=JUDGEMENT),
    ),
    during=REP,
    for_s=1.0,
    severity=Severity.MINOR,
    cue="Keep head and shoulders down.",
)
"""Of somebody who lies on the back."""

OTHER_LEG_MOVES = Fault(
    id="other_leg_moves",
    band=within(change(other(hip_flexion_deg)), good=5, acceptable=10, fault=15, origin=JUDGEMENT),
    during=REP,
    for_s=0.7,
    severity=Severity.MINOR,
    cue="Keep the other leg still.",
)
"""The leg that is to rest, lying or standing, while the other one moves."""

SUPPORT_KNEE_BENDS = Fault(
    id="support_knee_bends",
    band=up_to(other(knee_flexion_deg), good=10, acceptable=20, fault=30, origin=JUDGEMENT),
    for_s=0.7,
    views=NOT_FROM_THE_FRONT,
    severity=Severity.MINOR,
    cue="Keep the standing leg straight.",
)
"""The knee of the leg that carries, while the other one moves."""

LEANING_ON_THE_HANDS = any_of(
    all_of(near(arm_elevation_deg) > 60, torso_inclination_deg > 15),
    all_of(near(arm_elevation_deg) > 30, torso_inclination_deg > 35),
)
"""At a wall or a chair: the farther one leans, the lower are the arms that carry."""

_IN_LINE, _NEARLY_IN_LINE, _SAGS, _PIKES = 0.04, 0.065, 0.085, 0.12
"""How far the hips are off the line from shoulder to ankle: about 170°, 165°, 160° and 152° of body line; judgement."""

HIPS_DO_NOT_SAG = Band(
    quantity=near(hip_deviation_ratio),
    good=(-_IN_LINE, _IN_LINE),
    acceptable=(-_NEARLY_IN_LINE, _NEARLY_IN_LINE),
    fault=(-_SAGS, None),
    origin=JUDGEMENT,
)
"""The hips of a plank."""
HIPS_DO_NOT_PIKE = like(HIPS_DO_NOT_SAG, fault=(None, _PIKES))
"""The hips of a plank."""
SUPPORTING_HIP_DOES_NOT_SAG = at_least(
    other(hip_deviation_ratio), good=-_IN_LINE, acceptable=-_NEARLY_IN_LINE, fault=-_SAGS, origin=JUDGEMENT
)
"""The hip of the leg that carries a plank, while the other one moves: a lifted thigh shifts the landmarks of its own hip."""
