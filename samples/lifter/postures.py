"""Postures to learn from: what the figure does, with every part turned far beyond any fault, and what stood on the floor still does.

Textbook postures teach what people should do, and such a net then sees it in whoever does not (rules/METHOD.md, chapter 1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
from scipy.spatial.transform import Rotation

from formcheck.pose.pose import SIDES

from ..evaluation.postures import FREE, TIMES_AND_SWITCHES
from ..figure import DRILLS, KNOBS, Build, activity, landmark, movement
from ..figure.drives import DRIVES
from ..figure.geometry import Array, apply, column, two_bones, unit
from ..figure.skeleton import SIGN, Limb, Posture, landmarks, spread

ANY = "any"
WEIGHTS = {
    "hip_airplane": 1.2, "kettlebell_shift": 2.0, "hip_90_90": 2.0, "spiderman_lunge": 1.0, "childs_pose": 0.6,
    "lateral_lunge": 1.5, "hip_flexion": 1.2, "plank_hip_flexion": 0.8, "dead_bug": 0.8, ANY: 1.2,
}  # fmt: skip
"""How often each exercise is drawn; those whose depth matters more often."""
ACTIVITIES = ("standing", "sitting", "lying", "walking", "squatting", "split_squat", "knees_to_chest")
MOMENTS = 48
"""Moments taken of one movement."""
SPREAD_DEG, NARROW_DEG = (12.0, 42.0), (2.0, 12.0)
"""How far parts are turned: a movement's own spread lies in the first range, that of a few of them in the second."""
NARROW_SHARE = 0.15
METRES_A_DEGREE = 0.01
KNOB_SHARE, KNOB_REACH_DEG = 0.45, 55.0
BODY_SPREAD = 0.08


@dataclass(frozen=True, slots=True)
class Group:
    """Moments of one body in one exercise.

    Attributes
    ----------
    exercise
        Whose errors of landmarks it is seen with.
    points_m
        (n, 33, 3) landmarks.
    trunk_m
        Length of the trunk.
    """

    exercise: str
    points_m: Array
    trunk_m: float


def groups(rng: np.random.Generator) -> Iterator[Group]:
    """Yield random bodies without end."""
    names, weights = list(WEIGHTS), np.array(list(WEIGHTS.values()))
    while True:
        exercise = str(rng.choice(names, p=weights / weights.sum()))
        build = _build(rng)
        try:
            with np.errstate(all="ignore"):
                points = _points(exercise, build, rng)
        except ValueError:
            continue
        seen = np.isfinite(points).all(axis=(1, 2)) & (np.abs(points).max(axis=(1, 2)) < 4.0)
        if seen.any():
            yield Group(exercise, points[seen], build.trunk)


def _build(rng: np.random.Generator) -> Build:
    usual = Build()
    return Build(
        **{
            item.name: getattr(usual, item.name)
            * (1.0 if item.name == "trunk" else float(np.exp(BODY_SPREAD * rng.normal())))
            for item in fields(Build)
        }
    )


def _points(exercise: str, build: Build, rng: np.random.Generator) -> Array:
    side = SIDES[int(rng.integers(2))]
    if exercise == ANY:
        moving = activity(
            ACTIVITIES[int(rng.integers(len(ACTIVITIES)))], duration_s=6.0, reps=1, side=side, build=build
        )
    else:
        levels = DRILLS[exercise].levels
        level = levels[int(rng.integers(len(levels)))] if levels else None
        moving = movement(
            exercise, level, side=side, reps=1, move_s=rng.uniform(0.8, 3.0), hold_s=rng.uniform(0.5, 2.0), lead_s=1.0,
            tail_s=1.0, knobs=_knobs(exercise, level, rng), build=build,
        )  # fmt: skip
    times = np.sort(rng.uniform(0.0, moving.duration_s, MOMENTS))
    posture = spread(moving.posture_at(times), MOMENTS)
    spread_deg = rng.uniform(*(NARROW_DEG if rng.random() < NARROW_SHARE else SPREAD_DEG))
    jittered = _moved if rng.random() < 0.6 else _turned
    return landmarks(build, jittered(posture, build, rng, spread_deg))


def _knobs(exercise: str, level: str | None, rng: np.random.Generator) -> dict[str, float]:
    found = {}
    for name, knob in KNOBS[exercise].items():
        if name in TIMES_AND_SWITCHES or not np.isfinite(knob.textbook) or rng.random() > KNOB_SHARE:
            continue
        if name.endswith("_deg"):
            found[name] = knob.textbook + rng.uniform(-1.0, 1.0) * (KNOB_REACH_DEG if name in FREE else 25.0)
        else:
            drives = [
                item for item in DRIVES[exercise] if item.knob == name and (not item.levels or level in item.levels)
            ]
            if drives and drives[0].scale == "measured":
                first, last = drives[0].between
                found[name] = first + (last - first) * rng.uniform(-0.15, 1.0)
    return found


class _Chance:
    """Random turns of one spread for each moment."""

    def __init__(self, n: int, spread_deg: float, rng: np.random.Generator) -> None:
        self._n, self._rng = n, rng
        self.deg = spread_deg * rng.uniform(0.35, 1.4, n)

    def normal(self, *shape: int) -> Array:
        return self._rng.normal(size=(self._n, *shape))

    def degrees(self, share: float = 1.0) -> Array:
        return np.asarray(share * self.deg * self.normal())

    def turns(self, share: float = 1.0) -> Array:
        axis = unit(self.normal(3))
        return turned_about(axis, self.degrees(share))


def turned_about(axis: Array, angle_deg: Array) -> Array:
    """Return (n, 3, 3) rotations about (n, 3) axes."""
    return np.asarray(Rotation.from_rotvec(unit(axis) * column(np.radians(angle_deg))).as_matrix())


def _turned(posture: Posture, build: Build, rng: np.random.Generator, spread_deg: float) -> Posture:
    """Return the postures with trunk, head and each limb turned by itself."""
    n = len(posture.mid_hip)
    chance = _Chance(n, spread_deg, rng)
    lowest = landmarks(build, posture)[..., 2].min(axis=-1)
    whole = np.where((rng.random(n) < 0.3)[:, None, None], chance.turns(0.6), np.eye(3))
    limbs = {}
    for side in SIDES:
        for part in ("leg", "arm"):
            limb: Limb = getattr(posture, f"{side}_{part}")
            turn = chance.turns()
            upper, lower, end = apply(turn, limb.upper), apply(turn, limb.lower), turn @ limb.end
            hinge = np.cross(upper, lower)
            bend = np.degrees(np.arctan2(np.linalg.norm(hinge, axis=-1), np.sum(upper * lower, axis=-1)))
            # The knee swings the shank backward, the elbow the forearm forward: about the end's left axis.
            usual = end[..., :, 1] * (1.0 if part == "leg" else -1.0)
            hinge = np.where(column(bend < 6.0), usual, hinge)
            goal = np.clip(bend + chance.degrees(1.3), 0.0, 155.0)
            bent = turned_about(upper, chance.degrees()) @ turned_about(hinge, goal - bend)
            limbs[f"{side}_{part}"] = Limb(
                apply(whole, upper), apply(whole @ bent, lower), whole @ bent @ end @ chance.turns(0.7)
            )
    trunk = chance.turns(0.7)
    moved = Posture(
        posture.mid_hip, whole @ chance.turns(0.6) @ posture.pelvis, whole @ trunk @ posture.chest,
        whole @ trunk @ posture.head @ chance.turns(), _rounded(posture, chance), **limbs,
    )  # fmt: skip
    sunk = lowest - landmarks(build, moved)[..., 2].min(axis=-1)
    return replace(moved, mid_hip=moved.mid_hip + column(sunk) * [0.0, 0.0, 1.0])


def _moved(posture: Posture, build: Build, rng: np.random.Generator, spread_deg: float) -> Posture:
    """Return the postures with hips, trunk, feet and hands moved; limbs follow, and what was on the floor stays there."""
    n = len(posture.mid_hip)
    chance = _Chance(n, spread_deg, rng)
    metres = column(METRES_A_DEGREE * chance.deg)
    before = landmarks(build, posture)
    lowest = before[..., 2].min(axis=-1)
    mid_hip = posture.mid_hip + metres * chance.normal(3) * [0.7, 0.7, 0.6]
    pelvis, chest = chance.turns(0.6) @ posture.pelvis, chance.turns(0.7) @ posture.chest
    ratio = _rounded(posture, chance)
    limbs = {}
    for side in SIDES:
        shoulder = mid_hip + column(build.trunk * ratio) * chest[..., :, 2]
        roots = {
            "leg": mid_hip + SIGN[side] * build.hip_width / 2 * pelvis[..., :, 1],
            "arm": shoulder + SIGN[side] * build.shoulder_width / 2 * chest[..., :, 1],
        }
        for part, (first, middle, last), (upper_m, lower_m) in (
            ("leg", ("hip", "knee", "ankle"), (build.thigh, build.shank)),
            ("arm", ("shoulder", "elbow", "wrist"), (build.upper_arm, build.forearm)),
        ):
            limb: Limb = getattr(posture, f"{side}_{part}")
            end = landmark(before, f"{side}_{last}")
            high = column(end[:, 2] - lowest > 0.2)
            root = roots[part]
            goal = end + metres * chance.normal(3) * np.where(high, [1.5, 1.5, 1.0], [1.5, 1.5, 0.0])
            away = np.linalg.norm(goal - root, axis=-1, keepdims=True)
            goal = root + (goal - root) * np.minimum(1.0, 0.9995 * (upper_m + lower_m) / away)
            start = landmark(before, f"{side}_{first}")
            hint = landmark(before, f"{side}_{middle}") - (start + end) / 2
            axis = unit(end - start)
            hint = hint - column(np.sum(hint * axis, axis=-1)) * axis
            straight = np.linalg.norm(hint, axis=-1, keepdims=True) < 0.02
            hint = np.where(straight, limb.end[..., :, 0] * (1.0 if part == "leg" else -1.0), hint)
            hint = apply(turned_about(axis, chance.degrees(1.2)), hint)
            upright = np.broadcast_to([0.0, 0.0, 1.0], (n, 3))
            foot = np.where(high[..., None], chance.turns(), turned_about(upright, chance.degrees(1.5)))
            limbs[f"{side}_{part}"] = Limb(*two_bones(root, goal, upper_m, lower_m, hint), foot @ limb.end)
    moved = Posture(mid_hip, pelvis, chest, chance.turns(0.7) @ posture.head, ratio, **limbs)
    sunk = np.maximum(lowest - landmarks(build, moved)[..., 2].min(axis=-1), 0.0)
    return replace(moved, mid_hip=moved.mid_hip + column(sunk) * [0.0, 0.0, 1.0])


def _rounded(posture: Posture, chance: _Chance) -> Array:
    return np.asarray(posture.trunk_ratio * np.clip(1.0 + chance.degrees(0.004), 0.6, 1.1))
