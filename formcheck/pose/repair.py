"""Repairs or drops landmarks that no body can have, before any rule sees them.

The estimator can swap left and right, put an ankle on the hip or jump to another person, always with confidence.
Each landmark is compared with where it was last believed to be; one that jumps faster than a body moves is unseen
until it comes back or has stayed for `CONFIRM_S`, which is longer than such bursts last.
"""

import cmath
import math
from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.limbs import Limbs, with_ends
from formcheck.pose.pose import LANDMARKS, MIRRORED, Observation, Pose
from formcheck.pose.scale import TRUNK, Rows, pixels_per_metre, rows_of, torso_length_m

FASTEST_T_PER_S = 15.0
"""No joint moves faster (rules/METHOD.md, chapter 1), in torso lengths a second relative to the trunk: the knees of brisk
people reach 12.6 (99th percentile)."""
FASTEST_TRUNK_T_PER_S = 4.0
"""Nor a trunk (judgement: a sprinter's start is 8 m/s, a person exercising in front of a camera under 2 m/s)."""
JITTER_T = 0.10
"""Allowance for the estimator's jitter on top of any speed, twice the worst seen without tracking (rules/METHOD.md)."""
SAME_T = 0.2
"""Knees, or ankles, nearer to each other than this in the picture are at the same place."""
COMEBACK_T_PER_S = 2.0
"""How fast a landmark may have moved while it was not believed, to be taken for the same when it comes back."""
GOES_ON_S = 0.2
"""For so long a landmark is expected to go on as it was going."""
CONFIRM_S = 0.3
"""A jump that stays this long is real: longer than bursts of bad landmarks last (rules/METHOD.md: up to 0.2 s)."""
SWAP_FROM_T = 0.12
"""Legs closer together than this can't be told from a swap, nor does one matter."""
OTHER_SIZE = 0.35
"""A body so much larger or smaller (as a logarithm) from one moment to the next is another one."""
LOST_S = 0.5
"""A gap longer than this breaks the thread (rules/METHOD.md, chapter 2)."""

_JOINTS = rows_of("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
_HIPS = rows_of("hip")
_LEG_JOINTS = rows_of("knee", "ankle")
_LEGS = rows_of("knee", "ankle", "heel", "foot_index")
_MIRRORED = np.array(MIRRORED)
_NEVER = np.full(len(LANDMARKS), np.nan)

Places = NDArray[np.complex128]
"""Points of the picture in px, x + iy."""
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
        self._trusted: Places = np.full(len(LANDMARKS), complex(math.nan, math.nan))
        self._trusted_s = np.full(len(LANDMARKS), -math.inf)
        self._velocity: Places = np.zeros(len(LANDMARKS), dtype=complex)
        self._raw: Places | None = None
        self._raw_s = -math.inf
        self._doubt_since = _NEVER
        self._jumped_since: float | None = None
        self._swapped_since: float | None = None
        self._limbs = Limbs()
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
        torso_px = pixels_per_metre(pose, _JOINTS) * torso_length_m(pose)  # as if it were square on
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
        pose = pose.without(self._limbs.impossible(pose))
        self._last_seen_s = seen.time_s
        return Repaired(seen.time_s, pose, broken)

    def _inside(self, pose: Pose) -> Pose:
        outside = (pose.image_px < 0) | (pose.image_px > self._size)
        return pose.without(np.asarray(outside.any(axis=1))) if outside.any() else pose

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
        parts = np.append(_LEGS, _HIPS) if self._exchanged(_HIPS, pose, torso_px) else _LEGS
        mirror = np.arange(len(LANDMARKS))
        mirror[parts] = _MIRRORED[parts]
        return pose.rearranged(mirror)

    def _exchanged(self, joints: Rows, pose: Pose, torso_px: float) -> bool:
        """Return whether these joints lie far nearer to where those of the other side were, and were going.

        Where they were alone would exchange legs that cross, where they were going alone legs after a burst. Just after an
        exchange, how fast they went says nothing: what was exchanged stays so while it lies where it was.
        """
        places = _places(pose)
        now, other = places.take(joints), places.take(_MIRRORED.take(joints))

        def is_nearer(before: Places) -> bool:
            as_is = _mean_distance(now, before.take(joints))
            return as_is > SWAP_FROM_T * torso_px and _mean_distance(other, before.take(joints)) < 0.5 * as_is

        just_exchanged = self._swapped_since is not None
        return is_nearer(self._trusted) and (just_exchanged or is_nearer(self._expected(pose.time_s)))

    def _expected(self, time_s: float) -> Places:
        """Return where each landmark would be if it went on as it was going; legs that cross go on.

        What was not believed for longer is expected where it was.
        """
        elapsed = time_s - self._trusted_s
        return np.asarray(self._trusted + self._velocity * np.where(elapsed <= GOES_ON_S, elapsed, 0.0))

    def _trunk_jumped(self, pose: Pose, torso_px: float) -> bool:
        """Return whether the whole body is elsewhere, or of another size, than a moving body can be."""
        moved = abs(_centre(_places(pose)) - _centre(self._trusted))
        if math.isnan(moved):
            return False
        since = pose.time_s - float(self._trusted_s[TRUNK].max())
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
        now_s, places = pose.time_s, _places(pose)
        before = _centre(self._trusted)
        shift = 0j if cmath.isnan(before) else _centre(places) - before
        elapsed = now_s - self._trusted_s
        stayed = self._trusted + shift
        moved = np.fmin(np.abs(places - stayed), np.abs(places - self._expected(now_s))) / torso_px
        reach = JITTER_T + np.where(self._suspected(pose, torso_px), COMEBACK_T_PER_S, FASTEST_T_PER_S) * elapsed
        jumped = (moved > reach) & (elapsed < LOST_S + CONFIRM_S)
        dropped = self._doubt(jumped, places, torso_px, now_s) if jumped.any() else jumped
        self._doubt_since = np.where(dropped, self._doubt_since, np.nan)
        self._raw, self._raw_s = places, now_s
        believed = np.isfinite(places) & ~dropped
        way = places - self._trusted
        goes_on = believed & (elapsed <= GOES_ON_S) & ~np.isnan(way)
        took_s = np.where(goes_on, np.maximum(elapsed, 1e-3), 1.0)
        self._velocity = np.asarray(np.where(goes_on, way, 0.0) / took_s, dtype=np.complex128)
        self._trusted = np.where(believed, places, stayed)
        self._trusted_s = np.where(believed, now_s, self._trusted_s)
        return pose.without(dropped)

    def _suspected(self, pose: Pose, torso_px: float) -> NDArray[np.bool_]:
        """Return which landmarks are believed only near where they were.

        Those that the heatmaps doubt, and legs at the same place in the picture: where one hides the other, the model at
        times takes it for both. Without a word of the heatmaps, those that jumped a moment ago.
        """
        if pose.evidence is None:
            return np.asarray(~np.isnan(self._doubt_since))
        doubted = np.zeros(len(LANDMARKS), dtype=bool) if pose.doubted is None else pose.doubted
        joints = _places(pose).take(_LEG_JOINTS).reshape(-1, 2)
        suspected: NDArray[np.bool_] = np.array(doubted)
        suspected[_LEG_JOINTS] |= np.repeat(np.abs(joints[:, 0] - joints[:, 1]) < SAME_T * torso_px, 2)
        return suspected

    def _doubt(self, jumped: NDArray[np.bool_], places: Places, torso_px: float, now_s: float) -> NDArray[np.bool_]:
        """Return which of the landmarks that jumped have not stayed for long enough, and what hangs on them."""
        since = self._doubt_since
        # A doubted landmark that goes on jumping has not stayed anywhere.
        if self._raw is not None:
            step = np.abs(places - self._raw) / torso_px
            restless = jumped & (step > JITTER_T + FASTEST_T_PER_S * (now_s - self._raw_s))
            since = np.where(restless, now_s, since)
        self._doubt_since = since = np.where(jumped & np.isnan(since), now_s, since)
        return with_ends(jumped & (now_s - since < CONFIRM_S - 1e-6))


def _places(pose: Pose) -> Places:
    return np.ascontiguousarray(pose.image_px, dtype=np.float64).view(np.complex128)[:, 0]


def _centre(places: Places) -> complex:
    """Return the middle of the trunk."""
    return complex(sum(places.take(TRUNK).tolist())) / len(TRUNK)


def _mean_distance(a: Places, b: Places) -> float:
    return float(sum(map(abs, (a - b).tolist()))) / a.size
