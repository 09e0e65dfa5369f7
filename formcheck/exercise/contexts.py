"""The contexts of exercises: what the body must be in for most of a movement.

They are wide: they keep out what is clearly something else, and no fault of an exercise's own table. They use heights and
directions that every view shows; limits are judgement.
"""

from formcheck.body.quantity import all_of, any_of, between, negate
from formcheck.body.signals.joints import arm_elevation_deg, knee_ahead_t, knee_flexion_deg
from formcheck.body.signals.places import (
    foot_lift_t,
    hand_over_foot_t,
    hip_drop_l,
    hip_height_t,
    seat_height_t,
    shank_rise_t,
)
from formcheck.body.signals.trunk import chest_up_ratio, trunk_height_ratio
from formcheck.exercise.quantities import each, near, other, working
from formcheck.exercise.words import Context

STANDING = Context("standing", all_of(trunk_height_ratio > 0.4, hip_drop_l < 0.6))
"""Trunk up, hips higher than kneeling."""

ON_THE_FEET = Context("on the feet", all_of(trunk_height_ratio > 0.2, hip_drop_l < 0.75))
"""The hips may go down to knee height, the trunk may lean far."""

HINGED_ON_ONE_LEG = Context(
    "hinged on one leg",
    all_of(trunk_height_ratio < 0.93, chest_up_ratio < -0.1, working(hip_height_t) > 1.1, other(foot_lift_t) > 0.20),
)
"""The working leg stands, the trunk leans by more than 20°, the other foot is off the floor."""

LYING_ON_THE_BACK = Context("lying on the back", all_of(between(trunk_height_ratio, -0.5, 0.6), chest_up_ratio > 0.25))

ON_THE_HANDS = Context(
    "on the hands, belly down",
    all_of(
        trunk_height_ratio > -0.75,
        chest_up_ratio < 0.15,
        between(near(arm_elevation_deg), 15, 165),
        # At a wall the arms reach forward; arms that swing beside an upright trunk carry nothing. Over a high support the
        # trunk leans by 28° or more, and the arms hang.
        any_of(trunk_height_ratio < 0.88, near(arm_elevation_deg) > 65),
    ),
)
"""On the floor, a chair or a wall. Only the nearer arm is asked: a lifted knee hides the far one."""

ON_THE_FLOOR_ON_THE_HANDS = Context(
    "on the hands and feet, belly down",
    all_of(
        between(trunk_height_ratio, -0.75, 0.85),
        chest_up_ratio < -0.1,
        between(near(arm_elevation_deg), 15, 165),
        near(hand_over_foot_t) < 0.6,
    ),
)

KNEELING = Context(
    "kneeling with the shins on the floor",
    all_of(
        between(each(shank_rise_t), -0.45, 0.45),
        each(knee_flexion_deg) > 50,
        each(knee_ahead_t) < 0.5,  # one knee before the other: sitting or half-kneeling
        negate(chest_up_ratio > 0.4),
    ),
)

HALF_KNEELING = Context(
    "half-kneeling",
    all_of(
        trunk_height_ratio > 0.5,
        working(shank_rise_t) > 0.4,
        between(other(shank_rise_t), -0.45, 0.4),
        seat_height_t > 0.45,
    ),
)
"""The working leg in front with its foot on the floor, the other knee and shin on the floor."""

FLOOR_SITTING = Context(
    "sitting on the floor",
    all_of(
        trunk_height_ratio > -0.1,
        # A rounded back makes the trunk seem short, and the seat high in its measure.
        any_of(seat_height_t < 0.8, all_of(seat_height_t < 1.05, trunk_height_ratio < 0.8)),
        each(shank_rise_t) < 0.65,
        negate(chest_up_ratio > 0.5),
    ),
)
"""A chair is 1 T high, and shins are upright before it; a camera that looks down reads up to 0.72 for 0.18 on the floor."""

__all__ = [
    "FLOOR_SITTING", "HALF_KNEELING", "HINGED_ON_ONE_LEG", "KNEELING", "LYING_ON_THE_BACK", "ON_THE_FEET",
    "ON_THE_FLOOR_ON_THE_HANDS", "ON_THE_HANDS", "STANDING",
]  # fmt: skip
