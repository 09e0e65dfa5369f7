"""The shipped sample clips: for each exercise a correct one and one with its typical faults, a fault a repetition."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from formcheck.pose.pose import Side

from .clip import Body, Camera, Clip, Fault, Outfit, Part
from .figure import DRILLS
from .figure.sizing import knobs_for

ANNA = Body(), Outfit()
BEN = (
    Body(gender=0.0, age=0.67, muscle=0.65, weight=0.5, height=0.6, proportions=0.6),
    Outfit(
        skin=(0.36, 0.20, 0.12), lips=(0.24, 0.10, 0.08), hair=(0.02, 0.015, 0.012),
        shirt=(0.36, 0.09, 0.07), trousers=(0.06, 0.065, 0.07), shoes=(0.45, 0.45, 0.46),
    ),
)  # fmt: skip
CARLA = (
    Body(gender=1.0, age=0.82, muscle=0.5, weight=0.55, height=0.42, proportions=0.6),
    Outfit(
        skin=(0.68, 0.44, 0.34), hair=(0.42, 0.40, 0.38), shirt=(0.30, 0.13, 0.30), trousers=(0.05, 0.07, 0.13),
        shoes=(0.30, 0.07, 0.12), cuff_above_ankle_m=0.10,
    ),
)  # fmt: skip
DAN = (
    Body(gender=0.0, age=0.6, muscle=0.5, weight=0.4, height=0.5, proportions=0.8),
    Outfit(
        skin=(0.58, 0.34, 0.22), hair=(0.10, 0.055, 0.025), shirt=(0.50, 0.49, 0.45), trousers=(0.10, 0.12, 0.10),
        shoes=(0.04, 0.05, 0.09), sleeve_m=0.10,
    ),
)  # fmt: skip
"""Who is seen: a body and what it wears."""

STANDING = Camera(distance_m=3.4, height_m=1.0, aim_height_m=0.86)
FLOOR = Camera(distance_m=3.0, height_m=0.5, aim_height_m=0.38)
RAISED = Camera(distance_m=3.0, height_m=1.0, aim_height_m=0.38)
TALL = Camera(distance_m=3.1, height_m=1.1, aim_height_m=0.74, fov_deg=44.0)
"""High enough to see where the floor is, and wide enough for someone who stands first."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """How an exercise is shown.

    Attributes
    ----------
    exercise, level
        What is done.
    camera, azimuth_deg
        From where, for repetitions that begin with the right side.
    who, other
        Person and room number of the correct and of the faulty clip.
    times
        As `Part` takes them.
    faults
        Fault and its size, one a repetition.
    stands_first_s
        Seconds of standing before the camera, where what is judged needs the camera's tilt.
    """

    exercise: str
    level: str | None
    camera: Camera
    azimuth_deg: float
    who: tuple[tuple[Body, Outfit], int]
    other: tuple[tuple[Body, Outfit], int]
    times: dict[str, float]
    faults: tuple[tuple[str, float], ...]
    stands_first_s: float = 0.0


SAMPLES = (
    _Sample("hip_airplane", "free", STANDING, 90.0, (BEN, 2), (ANNA, 0), {"hold_s": 5.1, "move_s": 1.7},
            (("standing_knee_squats", 1.6), ("back_twist", 1.6))),
    _Sample("kettlebell_shift", None, TALL, -45.0, (ANNA, 1), (DAN, 3), {"hold_s": 5.3},
            (("leaning_not_shifting", 1.8), ("front_heel_lifts", 1.8)), stands_first_s=2.5),
    _Sample("hip_90_90", None, TALL, 45.0, (CARLA, 3), (ANNA, 2), {"hold_s": 5.4},
            (("rounded_back", 1.6), ("tipping_sideways", 1.6)), stands_first_s=2.5),
    _Sample("spiderman_lunge", None, RAISED, -70.0, (DAN, 0), (BEN, 1), {"hold_s": 3.6},
            (("foot_short_of_hand", 1.5), ("back_knee_bends", 1.8))),
    _Sample("childs_pose", None, FLOOR, -90.0, (CARLA, 1), (DAN, 2), {"hold_s": 10.6},
            (("head_off_floor", 1.5),)),
    _Sample("lateral_lunge", "step_out", STANDING, 0.0, (ANNA, 0), (CARLA, 1), {"hold_s": 5.3},
            (("knee_caves_in", 1.6), ("trunk_tips_sideways", 1.6))),
    _Sample("hip_flexion", "lying", FLOOR, -90.0, (BEN, 3), (CARLA, 0), {"move_s": 4.0},
            (("head_lifts", 1.7), ("other_leg_moves", 2.0))),
    _Sample("plank_hip_flexion", "floor", FLOOR, -90.0, (ANNA, 2), (BEN, 3), {"move_s": 4.0, "lead_s": 4.0},
            (("hips_rise", 1.6), ("support_knee_bends", 1.8))),
    _Sample("dead_bug", "harder", FLOOR, -90.0, (DAN, 1), (ANNA, 3), {"move_s": 4.0},
            (("bent_leg_drifts", 1.6), ("head_lifts", 1.7))),
)  # fmt: skip


def _clips(sample: _Sample) -> Iterator[Clip]:
    drill = DRILLS[sample.exercise]
    camera = replace(sample.camera, azimuth_deg=sample.azimuth_deg)
    (body, outfit), room = sample.who
    reps = 1 if sample.exercise == "childs_pose" else 2
    correct = Part(sample.exercise, sample.level, reps=reps, **{"lead_s": 2.5, **sample.times})  # type: ignore[arg-type]
    yield Clip(
        sample.exercise, sample.exercise, sample.level, (correct,), camera, body, outfit,
        room=room, fps=15, face_camera_s=sample.stands_first_s,
    )  # fmt: skip
    (body, outfit), room = sample.other
    parts: list[Part] = []
    side: Side = "right"
    for number, (fault, size) in enumerate(sample.faults):
        if number and drill.alternates(sample.level):
            side = "left"
        knobs = knobs_for(sample.exercise, sample.level, fault, size, side)
        times = {"lead_s": 2.5 if number == 0 else 1.0, **sample.times}
        parts.append(Part(sample.exercise, sample.level, side, 1, knobs, (Fault(fault, size),), tail_s=1.5, **times))
    yield Clip(
        f"{sample.exercise}_faulty", sample.exercise, sample.level, tuple(parts), camera, body, outfit,
        room=room, fps=15, face_camera_s=sample.stands_first_s, purpose="fault",
    )  # fmt: skip


CLIPS: dict[str, Clip] = {clip.name: clip for sample in SAMPLES for clip in _clips(sample)}
"""The shipped clips by name."""
