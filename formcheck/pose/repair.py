"""Repairs or drops landmarks that no body can have, before any rule sees them.

The estimator can swap left and right, put an ankle on the hip or jump to another person, always with confidence.
Each landmark is compared with where it was last believed to be; one that jumps faster than a body moves is unseen
until it comes back or has stayed for `CONFIRM_S`, which is longer than such bursts last.
"""

import math
from collections import deque
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import INDEX, LANDMARKS, MIRRORED, Observation, Pose
from formcheck.pose.running_median import RunningMedian

FASTEST_T_PER_S = 15.0
"""No joint moves faster (rules/METHOD.md, chapter 1), in torso lengths a second relative to the trunk: the knees of brisk
people reach 12.6 (99th percentile)."""
FASTEST_TRUNK_T_PER_S = 4.0
"""Nor a trunk (judgement: a sprinter's start is 8 m/s, a person exercising in front of a camera under 2 m/s)."""
JITTER_T = 0.10
"""Allowance for the estimator's jitter on top of any speed, twice the worst seen without tracking (rules/METHOD.md)."""
COMEBACK_T_PER_S = 2.0
"""How fast a landmark may have moved while it was not believed, to be taken for the same when it comes back."""
GOES_ON_S = 0.2
"""For so long a landmark is expected to go on as it was going."""
CONFIRM_S = 0.3
"""A jump that stays this long is real: longer than bursts of bad landmarks last (rules/METHOD.md: up to 0.2 s)."""
SWAP_FROM_T = 0.12
"""Legs closer together than this can't be told from a swap, nor does one matter."""
LENGTH_OFF = 0.5
"""A limb that is so much longer or shorter in space (as a logarithm) than usual is implausible. Its usual length is its
own: on recordings the near limbs come out up to 30 % longer than the far ones, and vary by 25 % with the posture."""
FOLDED_T = 0.15
"""No ankle comes nearer to its hip in space: a knee fully bent, as in sitting on the heels, keeps them 0.3 T apart."""
LENGTHS_KEPT_S = 10.0
OTHER_SIZE = 0.35
"""A body so much larger or smaller (as a logarithm) from one moment to the next is another one."""
LOST_S = 0.5
"""A gap longer than this breaks the thread (rules/METHOD.md, chapter 2)."""

_TRUNK = [INDEX[name] for name in ("left_shoulder", "right_shoulder", "left_hip", "right_hip")]
_JOINTS = [
    INDEX[f"{side}_{part}"]
    for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for side in ("left", "right")
]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]
_LEGS = [i for i, name in enumerate(LANDMARKS) if name.endswith(("knee", "ankle", "heel", "foot_index"))]
_LEG_JOINTS = [INDEX[f"{side}_{part}"] for part in ("knee", "ankle") for side in ("left", "right")]
_FOLLOWS = {
    INDEX[f"{side}_{joint}"]: [INDEX[f"{side}_{part}"] for part in parts]
    for side in ("left", "right")
    for joint, parts in {
        "ankle": ("heel", "foot_index"),
        "wrist": ("pinky", "index", "thumb"),
    }.items()
}
_LIMBS = np.array(
    [
        (INDEX[f"{side}_{a}"], INDEX[f"{side}_{b}"])
        for side in ("left", "right")
        for a, b in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist"))
    ]
)
_FOLDED = np.array([(INDEX[f"{side}_hip"], INDEX[f"{side}_ankle"]) for side in ("left", "right")])

Kind = Literal["cut", "hand_over", "lost"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A moment after repair.

    Attributes
    ----------
    time_s
        Presentation time.
    pose
        What may be believed, NaN for what may not; None where nobody is seen.
    broken
        The thread broke before this moment: kind, and from when to when.
    """

    time_s: float
    pose: Pose | None
    broken: tuple[Kind, float, float] | None = None


class LandmarkRepair:
    """Repairs a stream of observations.

    Parameters
    ----------
    width, height
        Size of the picture in px: what lies outside it is not seen, whatever the model believes.
    """

    def __init__(self, width: int, height: int) -> None:
        self._size = np.array([width, height], dtype=float)
        self._forget()
        self._last_seen_s: float | None = None

    def _forget(self) -> None:
        self._trusted = np.full((len(LANDMARKS), 2), np.nan)
        self._trusted_s = np.full(len(LANDMARKS), -math.inf)
        self._velocity = np.zeros((len(LANDMARKS), 2))
        self._raw: NDArray[np.float64] | None = None
        self._raw_s = -math.inf
        self._doubt_since = np.full(len(LANDMARKS), np.nan)
        self._jumped_since: float | None = None
        self._swapped_since: float | None = None
        self._lengths = [RunningMedian(LENGTHS_KEPT_S) for _ in _LIMBS]
        self._torsos: deque[tuple[float, float]] = deque()

    def repair(self, seen: Observation) -> Repaired:
        """Return what may be believed of an observation; they must come in order of time."""
        time_s = seen.time_s
        if seen.cut:
            since = self._last_seen_s if self._last_seen_s is not None else time_s
            self._forget()
            self._last_seen_s = time_s
            return self._accept(seen, ("cut", since, time_s))
        if seen.pose is None or seen.unfit:
            return Repaired(time_s, None)
        broken: tuple[Kind, float, float] | None = None
        if self._last_seen_s is not None and time_s - self._last_seen_s > LOST_S:
            broken = ("lost", self._last_seen_s, time_s)
        return self._accept(seen, broken)

    def _accept(self, seen: Observation, broken: tuple[Kind, float, float] | None) -> Repaired:
        if seen.pose is None or seen.unfit:
            return Repaired(seen.time_s, None, broken)
        pose = self._inside(seen.pose)
        torso_px = self._torso_px(pose)
        if not torso_px > 0:
            return Repaired(seen.time_s, None, broken)
        pose = self._unswap(pose, torso_px)
        if self._trunk_jumped(pose, torso_px):
            since = self._jumped_since = self._jumped_since if self._jumped_since is not None else pose.time_s
            if pose.time_s - since < CONFIRM_S - 1e-6:
                return Repaired(seen.time_s, None, broken)
            # It stays there: another person, or the same one elsewhere. Nothing is followed across that.
            before = self._last_seen_s if self._last_seen_s is not None else since
            self._forget()
            broken = ("hand_over", before, pose.time_s)
        self._jumped_since = None
        pose = self._drop_jumps(pose, torso_px)
        pose = self._drop_impossible_limbs(pose)
        self._last_seen_s = seen.time_s
        return Repaired(seen.time_s, pose, broken)

    def _inside(self, pose: Pose) -> Pose:
        outside = np.asarray((pose.image_px < 0).any(axis=1) | (pose.image_px > self._size).any(axis=1))
        return _without(pose, outside)

    def _torso_px(self, pose: Pose) -> float:
        """Return the torso in px if it were square on: the picture's scale times the torso in space."""
        image, world = pose.image_px[_JOINTS], pose.world_m[_JOINTS, :2]
        seen = np.isfinite(image).all(axis=1) & np.isfinite(world).all(axis=1)
        if seen.sum() < 4 or not np.isfinite(pose.world_m[_TRUNK]).all():
            return math.nan
        image = image[seen] - image[seen].mean(axis=0)
        world = world[seen] - world[seen].mean(axis=0)
        scale = float((image * world).sum() / (world * world).sum())
        return scale * _torso_m(pose)

    def _unswap(self, pose: Pose, torso_px: float) -> Pose:
        """Give the legs back their sides when exchanging them makes the movement far smoother."""
        recent = pose.time_s - float(np.max(self._trusted_s[_LEG_JOINTS])) < CONFIRM_S
        if not (recent and self._exchanged(_LEG_JOINTS, pose, torso_px)):
            self._swapped_since = None
            return pose
        self._swapped_since = self._swapped_since if self._swapped_since is not None else pose.time_s
        if pose.time_s - self._swapped_since > LOST_S:
            # It stays exchanged: the sides were wrong before, or are now. Start afresh with what is seen.
            self._forget()
            return pose
        # The hips are not always exchanged together with the legs.
        parts = _LEGS + _HIPS if self._exchanged(_HIPS, pose, torso_px) else _LEGS
        mirror = np.arange(len(LANDMARKS))
        mirror[parts] = np.array(MIRRORED)[parts]
        return pose.rearranged(mirror)

    def _exchanged(self, joints: list[int], pose: Pose, torso_px: float) -> bool:
        """Return whether these joints lie far nearer to where those of the other side were, and were going.

        Where they were alone would exchange legs that cross, where they were going alone legs after a burst.
        """
        return all(
            self._nearer_exchanged(pose.image_px, before, joints, torso_px)
            for before in (self._trusted, self._expected(pose.time_s))
        )

    def _nearer_exchanged(
        self, now: NDArray[np.float64], before: NDArray[np.float64], joints: list[int], torso_px: float
    ) -> bool:
        as_is = _mean_distance(now[joints], before[joints])
        exchanged = _mean_distance(now[list(MIRRORED)][joints], before[joints])
        return as_is > SWAP_FROM_T * torso_px and exchanged < 0.5 * as_is

    def _expected(self, time_s: float) -> NDArray[np.float64]:
        """Return where each landmark would be if it went on as it was going; legs that cross go on.

        What was not believed for longer is expected where it was.
        """
        elapsed = time_s - self._trusted_s
        elapsed = np.where(elapsed <= GOES_ON_S, elapsed, 0.0)
        return np.asarray(self._trusted + self._velocity * elapsed[:, None])

    def _trunk_jumped(self, pose: Pose, torso_px: float) -> bool:
        """Return whether the whole body is elsewhere, or of another size, than a moving body can be."""
        known = np.isfinite(self._trusted[_TRUNK]).all()
        if not known or not np.isfinite(pose.image_px[_TRUNK]).all():
            return False
        since = pose.time_s - float(self._trusted_s[_TRUNK].max())
        moved = float(np.linalg.norm(pose.image_px[_TRUNK].mean(axis=0) - self._trusted[_TRUNK].mean(axis=0)))
        speed = FASTEST_TRUNK_T_PER_S if self._jumped_since is None else COMEBACK_T_PER_S
        sizes = [size for _, size in self._torsos]
        other_size = bool(sizes) and abs(math.log(torso_px / median(sizes))) > OTHER_SIZE
        if not other_size:
            self._torsos.append((pose.time_s, torso_px))
            while pose.time_s - self._torsos[0][0] > 1.0:
                self._torsos.popleft()
        return other_size or moved / torso_px > JITTER_T + speed * since

    def _drop_jumps(self, pose: Pose, torso_px: float) -> Pose:
        """Drop landmarks that jumped relative to the trunk, until they are back or stay."""
        now = pose.time_s
        centre, before = _centre(pose.image_px), _centre(self._trusted)
        shift = centre - before if np.isfinite(before).all() else np.zeros(2)
        moved = np.linalg.norm(pose.image_px - shift - self._trusted, axis=1) / torso_px
        moved = np.fmin(moved, np.linalg.norm(pose.image_px - self._expected(now), axis=1) / torso_px)
        elapsed = np.minimum(now - self._trusted_s, 1e6)
        doubted = ~np.isnan(self._doubt_since)
        reach = JITTER_T + np.where(doubted, COMEBACK_T_PER_S, FASTEST_T_PER_S) * elapsed
        jumped = np.isfinite(moved) & (moved > reach) & (elapsed < LOST_S + CONFIRM_S)
        # A doubted landmark that goes on jumping has not stayed anywhere.
        if self._raw is not None:
            step = np.linalg.norm(pose.image_px - self._raw, axis=1) / torso_px
            restless = jumped & (step > JITTER_T + FASTEST_T_PER_S * (now - self._raw_s))
            self._doubt_since = np.where(restless, now, self._doubt_since)
        self._doubt_since = np.where(jumped & np.isnan(self._doubt_since), now, self._doubt_since)
        dropped = jumped & (now - self._doubt_since < CONFIRM_S - 1e-6)
        for joint, parts in _FOLLOWS.items():
            dropped[parts] |= dropped[joint]
        self._doubt_since = np.where(dropped, self._doubt_since, np.nan)
        self._raw, self._raw_s = pose.image_px, now
        believed = ~dropped & np.isfinite(pose.image_px).all(axis=1)
        with np.errstate(invalid="ignore"):
            velocity = (pose.image_px - self._trusted) / np.maximum(now - self._trusted_s, 1e-3)[:, None]
        goes_on = believed & (now - self._trusted_s <= GOES_ON_S)
        self._velocity = np.where(goes_on[:, None], np.nan_to_num(velocity), 0.0)
        self._trusted = np.where(believed[:, None], pose.image_px, self._trusted + shift)
        self._trusted_s = np.where(believed, now, self._trusted_s)
        return _without(pose, dropped)

    def _drop_impossible_limbs(self, pose: Pose) -> Pose:
        """Drop the far end of limbs whose length in space is not the person's, and ankles that lie in their hip."""
        wrong = np.zeros(len(LANDMARKS), dtype=bool)
        torso_m = _torso_m(pose)
        wrong[_FOLDED[:, 1]] = _lengths_m(pose, _FOLDED) < FOLDED_T * torso_m
        for far, length, usual in zip(_LIMBS[:, 1], _lengths_m(pose, _LIMBS).tolist(), self._lengths, strict=True):
            # What has been wrong for so long is the person's own after all.
            usual.forget(pose.time_s)
            if not length > 0:
                continue
            if usual.count >= 20 and abs(math.log(length / usual.median)) > LENGTH_OFF:
                wrong[far] = True
            else:
                usual.keep(pose.time_s, length)
        for joint, parts in _FOLLOWS.items():
            wrong[parts] |= wrong[joint]
        return _without(pose, wrong)


def _without(pose: Pose, gone: NDArray[np.bool_]) -> Pose:
    if not gone.any():
        return pose
    hide = gone[:, None]
    return replace(pose, image_px=np.where(hide, np.nan, pose.image_px), world_m=np.where(hide, np.nan, pose.world_m))


def _lengths_m(pose: Pose, limbs: NDArray[np.int_]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.norm(pose.world_m[limbs[:, 0]] - pose.world_m[limbs[:, 1]], axis=1))


def _torso_m(pose: Pose) -> float:
    shoulders, hips = pose.world_m[_TRUNK[:2]].mean(axis=0), pose.world_m[_TRUNK[2:]].mean(axis=0)
    return float(np.linalg.norm(shoulders - hips))


def _centre(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(points[_TRUNK].mean(axis=0))


def _mean_distance(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    distances = np.linalg.norm(a - b, axis=1)
    return float(np.mean(distances)) if np.isfinite(distances).all() else math.nan
