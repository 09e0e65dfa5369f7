"""Bodies at rest and in the end position of an exercise, flat over how people do it: what a camera place must tell apart.

A narrow choice of postures makes every measure look good that goes with the movement in the textbook only. So besides what is
measured, everything else varies too: proportions, all other faults half of the time, and each limb by some degrees of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from formcheck.pose.pose import INDEX, LANDMARKS, SIDES

from ..figure import KNOBS, Build, movement
from ..figure.drives import DRIVES
from ..figure.geometry import Array
from .criteria import Criterion, bodies_truth
from .signal_truth import Sizes

BODY_SPREAD = 0.07
"""Standard deviation of each length of the body, as a share."""
OWN_DEG, CHANGING_DEG = 5.0, 3.0
"""How far each limb is from where the exercise has it: all the time, and anew in each position (standard deviations)."""
TURNED_DEG = 8.0
"""Nobody stands square to where they face; nor does the camera."""
OTHER_FAULT_SHARE = 0.5
"""Share of the repetitions in which each other knob is off its textbook value, up to half-way to its worst."""
TIMES_AND_SWITCHES = {
    "touch_down", "away_first", "skip_plank", "same_side", "hold_bounces", "restless", "rep_time_s", "plank_s", "wrong_arm",
    "leg_speed_deg_s",
}  # fmt: skip
FREE = {
    "knee_yaw_deg": (10.0, -40.0), "foot_yaw_deg": (75.0, 20.0), "peak_hip_flexion_deg": (95.0, 125.0),
    "extended_knee_flexion_deg": (8.0, 40.0), "front_knee_flexion_deg": (90.0, 60.0), "rear_knee_flexion_deg": (90.0, 120.0),
    "turn_toward_deg": (20.0, 8.0), "turn_away_deg": (25.0, 12.0),
}  # fmt: skip
"""Where knobs go besides, of which no fault says how far."""
PEOPLE = 260
REST_BEFORE_S = 0.1


@dataclass(frozen=True, slots=True)
class Bodies:
    """Repetitions of as many people.

    Attributes
    ----------
    points_m
        (n, 2, 33, 3) true landmarks at rest and in the end position; x forward, y left, z up.
    trunks_m
        (n,) lengths of their trunks.
    builds
        Their bodies.
    truth
        (n,) true values of the criterion.
    """

    points_m: Array
    trunks_m: Array
    builds: tuple[Build, ...]
    truth: Array


def bodies_for(criterion: Criterion, people: int = PEOPLE, seed: int = 0) -> Bodies:
    """Return repetitions of the right side in which a criterion goes from the textbook to beyond its limit."""
    rng = np.random.default_rng(seed)
    ranges = _ranges(criterion.exercise)
    points, builds = [], []
    for share in (np.arange(people) + 0.5) / people:
        for _ in range(20):
            build, knobs = build_at_random(rng), _knobs(criterion, ranges, float(share), rng)
            placed = _positions(criterion, knobs, build)
            if placed is not None:
                points.append(placed)
                builds.append(build)
                break
    points_m = _jittered(np.array(points), rng)
    trunks = np.array([build.trunk for build in builds])
    sizes = Sizes(
        torso=trunks, leg=np.array([build.leg for build in builds]), shank=np.array([build.shank for build in builds]),
        hips=np.array([build.hip_width for build in builds]), shoulders=np.array([build.shoulder_width for build in builds]),
    )  # fmt: skip
    truth = bodies_truth(criterion, points_m[:, 0], points_m[:, 1], sizes)
    known = np.isfinite(truth) & np.isfinite(points_m).all(axis=(1, 2, 3))
    beyond = criterion.limit - criterion.good
    along = (truth - criterion.good) / beyond
    # What lies far from good and limit says nothing of how well they are told apart.
    kept = known & (along > -1.0) & (along < 2.5)
    return Bodies(
        points_m[kept], trunks[kept], tuple(b for b, keep in zip(builds, kept, strict=True) if keep), truth[kept]
    )


def build_at_random(rng: np.random.Generator) -> Build:
    """Return a body of other proportions than the usual one's."""
    usual, off = Build(), np.clip(rng.normal(size=len(fields(Build))), -2.0, 2.0)
    sizes = {item.name: getattr(usual, item.name) for item in fields(Build)}
    return Build(
        **{name: size * (1.0 + BODY_SPREAD * far) for (name, size), far in zip(sizes.items(), off, strict=True)}
    )


def _ranges(exercise: str) -> dict[str, tuple[float, float]]:
    known = {name: FREE[name] for name in KNOBS[exercise] if name in FREE}
    driven = {drive.knob: drive.between for drive in DRIVES[exercise] if drive.scale == "measured"}
    return {
        name: between
        for name, between in {**known, **driven}.items()
        if name not in TIMES_AND_SWITCHES and np.isfinite(KNOBS[exercise][name].textbook)
    }


def _knobs(
    criterion: Criterion, ranges: dict[str, tuple[float, float]], share: float, rng: np.random.Generator
) -> dict[str, float]:
    knobs = dict(criterion.others)
    for name, (usual, worst) in ranges.items():
        if rng.random() < OTHER_FAULT_SHARE:
            knobs[name] = usual + 0.5 * rng.random() * (worst - usual)
    first, last = criterion.between
    return {**knobs, criterion.knob: first + share * (last - first)}


def _positions(criterion: Criterion, knobs: dict[str, float], build: Build) -> Array | None:
    """Return (2, 33, 3) at rest and in the end position; None where the figure cannot do both."""
    try:
        moving = movement(criterion.exercise, criterion.level, knobs=knobs, side="right", build=build)
        rep = moving.truth.reps[0]
        rest_s = rep.start_s - REST_BEFORE_S
        with np.errstate(all="ignore"):
            points = moving.pose_at(np.array([rest_s, rest_s if criterion.when == "rest" else rep.peak_s + 1e-6]))
    except ValueError:
        return None
    return points if np.isfinite(points).all() else None


def _rows(*names: str) -> list[int]:
    return [INDEX[name] for name in names]


_ARMS = ("shoulder", "elbow", "wrist", "pinky", "index", "thumb")
_LEGS = ("hip", "knee", "ankle", "heel", "foot_index")
_LOW = {f"{side}_{part}" for side in SIDES for part in _LEGS}
_UPPER = [k for k, name in enumerate(LANDMARKS) if name not in _LOW]


def _jittered(points: Array, rng: np.random.Generator) -> Array:
    """Return the bodies with each limb turned about its joint, bones as long as before, and the whole turned and centred."""
    turned = points.copy()
    for side in SIDES:
        for chain in (_LEGS, _ARMS):
            names = [f"{side}_{part}" for part in chain]
            for joint in (0, 1) if chain is _ARMS else (0, 1, 2):
                _turn(turned, names[joint], _rows(*names[joint + 1 :]), rng)
    _turn(turned, "mid_hip", _UPPER, rng)
    yaw = np.radians(TURNED_DEG * rng.normal(size=len(points)))
    cosine, sine = np.cos(yaw)[:, None, None], np.sin(yaw)[:, None, None]
    x, y = turned[..., 0].copy(), turned[..., 1].copy()
    turned[..., 0], turned[..., 1] = cosine * x - sine * y, sine * x + cosine * y
    low, high = turned[:, 1].min(axis=1), turned[:, 1].max(axis=1)
    middle = (low + high) / 2 * [1.0, 1.0, 0.0]
    return np.asarray(turned - middle[:, None, None, :])


def _turn(points: Array, joint: str, rows: Sequence[int], rng: np.random.Generator) -> None:
    """Turn some landmarks of (n, 2, 33, 3) about a joint: by what is a person's own, and by a little more each time."""
    n = len(points)
    own = OWN_DEG * rng.normal(size=(n, 1, 3)) + CHANGING_DEG * rng.normal(size=(n, 2, 3))
    vector = np.radians(own)[:, :, None, :]
    hips = [INDEX["left_hip"], INDEX["right_hip"]]
    root = points[:, :, hips].mean(axis=2) if joint == "mid_hip" else points[:, :, INDEX[joint]]
    offset = points[:, :, rows] - root[:, :, None, :]
    angle = np.maximum(np.linalg.norm(vector, axis=-1, keepdims=True), 1e-9)
    axis = vector / angle
    along = np.sum(offset * axis, axis=-1, keepdims=True) * axis
    moved = (
        along + np.cos(angle) * (offset - along) + np.sin(angle) * np.cross(np.broadcast_to(axis, offset.shape), offset)
    )
    points[:, :, rows] = root[:, :, None, :] + moved
