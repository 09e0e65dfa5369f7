"""Movements that are no exercise: activities, getting down to the floor, calibrating."""

from formcheck.pose.pose import Side

from ..skeleton import Build, Posture
from ..timeline import Timeline
from . import activities
from .movement import Movement, chain, from_timeline, still, way
from .stances import standing

CALIBRATION_S = 2.5


def activity(
    name: str, *, duration_s: float = 60.0, reps: int = 5, side: Side = "right", build: Build | None = None
) -> Movement:
    """Return what is none of the exercises: nothing in it counts.

    standing, sitting and lying are still for `duration_s`, walking goes on for as long; squatting, split_squat and
    knees_to_chest do `reps`; getting_down goes from standing to lying on the back.
    """
    size = build or Build()
    if name == "getting_down":
        return getting_down(size)
    line = Timeline()
    if name == "walking":
        activities.walk_timeline(line, duration_s)
        line.now_s = duration_s
    elif name in activities.STILL:
        line.rest(duration_s)
    else:
        line.rest(2.0)
        for _ in range(reps):
            line.move(1.5, {"main": 1.0})
            line.move(1.5, {"main": 0.0})
            line.rest(0.5)
        line.rest(1.5)
    return from_timeline(name, None, line, activities.POSTURES[name], lambda scene: {}, side, {}, {}, 1.0, size)


def getting_down(build: Build) -> Movement:
    """Return a person who stands, crouches, sits down on the floor and lies back."""
    lying = activity("lying", duration_s=4.0, build=build)
    upright = standing(build).posture()
    stops = [upright, activities.crouch(build), activities.floor_sit(build), lying.first()]
    return chain("getting_down", None, [still(build, upright, 3.0), *way(build, stops, [1.5, 1.5, 2.0]), lying])


def calibrated(main: Movement, facing_deg: float, stand_s: float = CALIBRATION_S) -> Movement:
    """Return the movement after standing that way for a while and 4 s of taking the start position."""
    build = main.build
    upright = standing(build).posture().turned(facing_deg)
    stops: list[Posture] = [upright, *(via(build) for via in VIA.get((main.name, main.level), ())), main.first()]
    legs = len(stops) - 1
    ways = way(build, stops, [WAY_S / legs] * legs)
    return chain(main.name, main.level, [still(build, upright, stand_s), *ways, main])


WAY_S = 4.0
_KNEELING = (activities.crouch,)
_SITTING = (activities.crouch, activities.floor_sit)
VIA = {
    ("kettlebell_shift", None): _KNEELING,
    ("hip_90_90", None): _SITTING,
    ("spiderman_lunge", None): _KNEELING,
    ("childs_pose", None): _KNEELING,
    ("hip_flexion", "lying"): _SITTING,
    ("hip_flexion", "straight_legs"): _SITTING,
    ("plank_hip_flexion", "floor"): _KNEELING,
    ("dead_bug", "basic"): _SITTING,
    ("dead_bug", "harder"): _SITTING,
}
"""Postures passed on the way from standing to the start position."""
