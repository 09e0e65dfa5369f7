"""What is to be seen of each exercise: every metric and fault of the rules that a camera place may show or hide."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from formcheck.body.signals import ALONG_FLOOR, SIGNALS
from formcheck.exercise.quantities import Change, OneSide, Role, Travel
from formcheck.exercise.reading import signals_in
from formcheck.exercise.words import Band, Exercise, Level
from formcheck.pose.pose import INDEX, Side

from ..figure import DRILLS
from ..figure.drives import DRIVES, Drive
from ..figure.geometry import Array
from .signal_truth import TRUTHS, Sizes
from .staging import level_of, rule_of

LEVELS: dict[str, tuple[str, ...]] = {
    "hip_airplane": ("free",),
    "lateral_lunge": ("fixed_stance",),
    "hip_flexion": ("lying", "free"),
    "plank_hip_flexion": ("floor", "wall"),
    "dead_bug": ("basic", "harder"),
}
"""Levels that differ in how the body lies or stands."""
SEEDS = {
    "hip_airplane": ("torso_not_parallel", "no_rotation", "trailing_leg_dropped"),
    "kettlebell_shift": ("knee_inside_foot", "weight_barely_moves", "front_leg_not_turned_out"),
    "hip_90_90": ("knees_not_90", "rounded_back", "hardly_hinging"),
    "spiderman_lunge": ("foot_short_of_hand", "foot_not_outside_hand", "back_knee_bends"),
    "childs_pose": ("head_off_floor", "hips_off_heels", "arms_not_reaching"),
    "lateral_lunge": ("trailing_leg_bends", "too_shallow"),
    "hip_flexion": ("very_deep", "other_leg_moves"),
    "plank_hip_flexion": ("hips_rise", "hips_sag", "knee_height"),
    "dead_bug": ("not_90_90", "extended_knee", "arm_not_to_knee"),
}
"""What the articles themselves ask for."""
NOT_OF_A_PLACE = {
    "foot_touches_down", "too_fast", "plank_not_ready", "plank_skipped", "same_side_twice", "short_hold", "restless", "wrong_arm",
}  # fmt: skip
"""Times, orders and switches: seen wherever the movement is seen."""
FOLDED = {("free", "other_leg_moves")}
"""A standing hip that extends: its true flexion has no sign, so that neither way can be told from the other."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something true of a body in its end position that has a limit.

    Attributes
    ----------
    exercise, level, id
        Of the rule; `id` is the fault's or the metric's.
    knob, between, others
        What varies it, from the textbook's value to beyond the limit, and what is set besides.
    signal, role
        What is measured: the signal whose truth counts, and whose side it is of; "" = of the whole body.
    changes
        It counts from the person's own start.
    good, limit
        Edge of the good band and fault limit.
    unit
        Of both.
    when
        Whether it shows in the end position or at rest.
    """

    exercise: str
    level: str | None
    id: str
    knob: str
    between: tuple[float, float]
    signal: str
    role: str
    changes: bool
    good: float
    limit: float
    unit: str
    others: dict[str, float] = field(default_factory=dict, hash=False)
    when: str = "peak"

    @property
    def name(self) -> str:
        """Its id, and what of it is meant."""
        whose = "" if self.role in ("", "near") else f" of the {self.role} leg"
        return f"{self.id}: {'change of ' if self.changes else ''}{self.signal}{whose}"

    @property
    def is_seed(self) -> bool:
        """Whether an article asks for it."""
        return self.id in SEEDS[self.exercise]

    @property
    def margin(self) -> float:
        """From the good band to the limit."""
        return abs(self.limit - self.good)


KNEE_INSIDE = "knee_inside_t"

DIRECT = {
    "front_knee_flexion_deg": (45.0, 140.0),
    "rear_knee_flexion_deg": (45.0, 140.0),
    "foot_yaw_deg": (90.0, -10.0),
}
"""Knobs that are what is measured: over what they vary."""
FLOOR_SIGNALS = {signal.name for signal in ALONG_FLOOR}
"""Signals that need the camera's tilt."""
FRONT_AND_REAR = {"front_knee_flexion_deg": "working", "rear_knee_flexion_deg": "other"}


def criteria(only: str | None = None) -> Iterator[Criterion]:
    """Yield all criteria, or those of one exercise."""
    for exercise in DRILLS:
        if only in (None, exercise):
            for level in LEVELS.get(exercise, (None,)):
                yield from _of_level(exercise, level)


def _of_level(exercise: str, level: str | None) -> Iterator[Criterion]:
    for drive in DRIVES[exercise]:
        at_level = not drive.levels or level in drive.levels
        if at_level and (drive.fault not in NOT_OF_A_PLACE and (level, drive.fault) not in FOLDED):
            found = _from_drive(exercise, level, drive)
            if found is not None:
                yield found
    yield from (
        replace(item, level=level) for item in _MORE if item.exercise == exercise and item.level in (None, level)
    )


def _from_drive(exercise: str, level: str | None, drive: Drive) -> Criterion | None:
    rule = rule_of(exercise)
    band = _band(rule, level_of(exercise, level) if _has(rule, level) else None, drive)
    end = 1 if drive.over > 0 else 0
    if band is None or band.good is None or band.fault is None or drive.fault == "no_rotation":
        return None
    (signal, role), *_ = signals_in(band.quantity)
    good, limit = band.good[end], band.fault[end]
    if good is None or limit is None or signal.name not in TRUTHS:
        return None
    side = FRONT_AND_REAR.get(drive.knob) if exercise == "hip_90_90" else None
    return Criterion(
        exercise, level, drive.fault, drive.knob, DIRECT[drive.knob] if drive.scale == "direct" else drive.between,
        signal.name, side or (_role(role) if signal.sided else ""),
        changes=any(isinstance(part, Change | Travel) for part in _inside(band)), good=good, limit=limit, unit=signal.unit,
        others=dict(drive.others), when=drive.when,
    )  # fmt: skip


def _has(rule: Exercise, level: str | None) -> bool:
    return any(item.id == level for item in rule.levels)


def _role(role: Role | None) -> str:
    return "near" if role is None else role.value


def _inside(band: Band) -> Iterator[object]:
    quantity: object = band.quantity
    while quantity is not None:
        yield quantity
        quantity = None if isinstance(quantity, OneSide) else getattr(quantity, "of", None)


def _band(rule: Exercise, level: Level | None, drive: Drive) -> Band | None:
    end = 1 if drive.over > 0 else 0
    bands = [
        band
        for check in rule.checks_at(level)
        if check.id == drive.fault
        for band in check.bands
        if band.fault is not None and band.fault[end] is not None
    ]
    return bands[drive.band] if drive.band < len(bands) else None


_MORE = (
    Criterion("hip_airplane", None, "no_rotation", "turn_away_deg", (0.0, 35.0), "pelvis_roll_deg", "working", True, 20.0, 8.0, "deg"),
    Criterion("hip_airplane", None, "no_rotation", "turn_toward_deg", (0.0, 30.0), "pelvis_roll_deg", "working", True, -15.0, -8.0, "deg",
              {"away_first": 1.0}),
    Criterion("kettlebell_shift", None, "knee_inside_foot", "knee_yaw_deg", (15.0, -60.0), "knee_yaw_deg", "working", True, 0.0, -25.0,
              "deg"),
    # What 25° are of the way that the knee lies ahead of the ankle (0.45 T in the shift).
    Criterion("kettlebell_shift", None, "knee_inside_foot", "knee_yaw_deg", (15.0, -60.0), KNEE_INSIDE, "working", True, 0.0, 0.19, "T"),
    Criterion("plank_hip_flexion", None, "knee_height", "peak_hip_flexion_deg", (120.0, 60.0), "hip_flexion_deg", "working", False,
              100.0, 70.0, "deg"),
    Criterion("dead_bug", "harder", "extended_knee", "extended_knee_flexion_deg", (5.0, 70.0), "knee_flexion_deg", "working", False,
              15.0, 40.0, "deg"),
)  # fmt: skip
"""What no knob of `DRIVES` makes, or what the rule measures in a scale of its own."""


def landmarks_of(criterion: Criterion) -> tuple[str, ...]:
    """Return the landmarks, with sides for a repetition of the right side, whose places can tell of a criterion."""
    side = "left" if criterion.role == "other" else "right"
    other = "left" if side == "right" else "right"
    if criterion.signal in ("knee_yaw_deg", KNEE_INSIDE):
        return tuple(f"{side}_{part}" for part in ("hip", "knee", "ankle", "heel", "foot_index"))
    signal = next(item for item in SIGNALS if item.name == criterion.signal)
    parts = signal.landmarks
    both = not signal.sided or criterion.signal.endswith(
        ("_roll_deg", "_twist_deg", "_ratio", "_yaw_deg", "_over_other_t", "lift_t")
    )
    names = [f"{side}_{part}" for part in parts] + [f"{other}_{part}" for part in parts if both or len(parts) < 2]
    if criterion.signal == "hip_deviation_ratio":
        names = [f"{side}_{part}" for part in ("shoulder", "hip", "knee", "ankle")]
    names += [f"mid_{part}" for part in parts if part in ("hip", "shoulder") and not signal.sided]
    assert all(name.startswith("mid_") or name in INDEX for name in names)
    return tuple(dict.fromkeys(names))


def bodies_truth(criterion: Criterion, start: Array, end: Array, sizes: Sizes) -> Array:
    """Return the true values of (n, 33, 3) start and end positions."""
    truth = TRUTHS[criterion.signal]
    side: Side = "left" if criterion.role == "other" else "right"
    values = truth(end, sizes, side)
    return values - truth(start, sizes, side) if criterion.changes else values
