"""The postures that gate an exercise: outside its posture nothing counts.

They use heights and the direction of the chest only, which every view shows; limits are judgement.
"""

from formcheck.body.quantity import all_of, any_of, between, negate
from formcheck.body.signals.joints import arm_elevation_deg, hip_flexion_deg, knee_ahead_t, knee_flexion_deg
from formcheck.body.signals.places import (
    foot_lift_t,
    hip_drop_l,
    hip_height_t,
    knee_height_t,
    seat_height_t,
    shank_rise_t,
)
from formcheck.body.signals.trunk import chest_up_ratio, trunk_height_ratio
from formcheck.exercise.quantities import each, near, other, working
from formcheck.exercise.words import Posture

STANDING = Posture("standing", all_of(trunk_height_ratio > 0.4, hip_drop_l < 0.6))
"""Trunk up, hips higher than kneeling."""

STANDING_LEG_FREE = Posture(
    "standing, a bent leg off the floor",
    all_of(STANDING.gate, any_of(working(hip_flexion_deg) < 35, working(foot_lift_t) > 0.05)),
)
"""Standing where the working leg does not carry: a foot that is set down under a bent hip is a step or a lunge."""

HINGED_ON_ONE_LEG = Posture(
    "hinged on one leg",
    all_of(
        trunk_height_ratio < 0.87,
        chest_up_ratio < -0.2,
        working(hip_height_t) > 1.1,
        other(foot_lift_t) > 0.20,
    ),
)
"""The working leg stands, the trunk is over 30° from the vertical, the other foot is off the floor.

A hinge to 37°, well short of what is judged (50°), was measured as 33° on a rendered person.
"""

SUPINE = Posture("lying on the back", all_of(between(trunk_height_ratio, -0.5, 0.5), chest_up_ratio > 0.4))

LEANING_ON_HANDS = Posture(
    "leaning on the hands in a plank",
    all_of(trunk_height_ratio > -0.6, chest_up_ratio < 0.1, between(near(arm_elevation_deg), 20, 150)),
)
"""On the floor, a chair or a wall: arms in front of the chest, which may be upright where the hips sag at a wall.

Only the nearer arm is asked: behind a lifted knee the far one was put along the trunk (0 to 13°) on three clips of six.

What tells it from standing is the slope of the straight body, which the exercise asks of its start position.
"""

PRONE_ON_HANDS = Posture(
    "on the hands, chest down",
    all_of(between(trunk_height_ratio, -0.6, 0.75), chest_up_ratio < -0.3, between(each(arm_elevation_deg), 20, 150)),
)

KNEELING = Posture(
    "kneeling with the shins on the floor",
    all_of(
        between(each(shank_rise_t), -0.35, 0.35),
        each(knee_flexion_deg) > 60,
        each(knee_ahead_t) < 0.35,  # one knee before the other: sitting or half-kneeling
        negate(chest_up_ratio > 0.4),
    ),
)

HALF_KNEELING = Posture(
    "half-kneeling",
    all_of(
        trunk_height_ratio > 0.6,
        working(shank_rise_t) > 0.4,
        between(other(shank_rise_t), -0.4, 0.35),
        other(knee_height_t) < 0.60,
        seat_height_t > 0.45,
    ),
)
"""The working leg in front with its foot on the floor, the other knee and shin on the floor.

A camera that looks down sees the rear knee higher over the front foot than it is: 0.54 was measured for 0.12.
"""

FLOOR_SITTING = Posture(
    "sitting on the floor",
    all_of(
        trunk_height_ratio > 0.1,
        seat_height_t < 0.75,
        each(shank_rise_t) < 0.6,
        negate(chest_up_ratio > 0.5),
    ),
)
"""A chair is 1 T high, and shins are upright before it; a camera that looks down reads up to 0.72 for 0.18 on the floor."""

__all__ = [
    "FLOOR_SITTING", "HALF_KNEELING", "HINGED_ON_ONE_LEG", "KNEELING", "LEANING_ON_HANDS", "PRONE_ON_HANDS", "STANDING",
    "STANDING_LEG_FREE", "SUPINE",
]  # fmt: skip
