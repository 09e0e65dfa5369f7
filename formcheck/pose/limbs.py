"""Limbs that nobody can have: not as long as this person's, or with the ankle in the hip."""

import math

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import INDEX, LANDMARKS, SIDES, Pose
from formcheck.pose.running_median import RunningMedian
from formcheck.pose.scale import rows_of, torso_length_m

LENGTH_OFF = 0.5
"""A limb that is so much longer or shorter in space (as a logarithm) than usual is implausible. Its usual length is its
own: on recordings the near limbs come out up to 30 % longer than the far ones, and vary by 25 % with the posture."""
FOLDED_T = 0.15
"""No ankle comes nearer to its hip in space: a knee fully bent, as in sitting on the heels, keeps them 0.3 T apart."""
LENGTHS_KEPT_S = 10.0
KNOWN_FROM = 20
"""A usual length rests on so many values at least."""

_ANKLES = rows_of("ankle")
_FROM = np.concatenate([rows_of("hip", "knee", "shoulder", "elbow"), rows_of("hip")])
_TO = np.concatenate([rows_of("knee", "ankle", "elbow", "wrist"), _ANKLES])
_FAR = _TO[:-2].tolist()
_HANGS_ON = np.arange(len(LANDMARKS))
for _side in SIDES:
    for _joint, _parts in (("ankle", ("heel", "foot_index")), ("wrist", ("pinky", "index", "thumb"))):
        _HANGS_ON[[INDEX[f"{_side}_{part}"] for part in _parts]] = INDEX[f"{_side}_{_joint}"]


def with_ends(gone: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return these landmarks and what hangs on them: a foot on its ankle, fingers on their wrist."""
    return np.asarray(gone | gone.take(_HANGS_ON))


class Limbs:
    """Learns how long somebody's limbs are, and says which landmarks cannot be."""

    def __init__(self) -> None:
        self._usual = [RunningMedian(LENGTHS_KEPT_S) for _ in _FAR]

    def impossible(self, pose: Pose) -> NDArray[np.bool_]:
        """Take a pose in and return which landmarks lie at the far end of a limb that it cannot have."""
        wrong = np.zeros(len(LANDMARKS), dtype=bool)
        ways = pose.world_m.take(_TO, axis=0) - pose.world_m.take(_FROM, axis=0)
        *lengths, left, right = np.sqrt((ways * ways).sum(axis=1)).tolist()
        nearest = FOLDED_T * torso_length_m(pose)
        wrong[_ANKLES] = left < nearest, right < nearest
        for far, length, usual in zip(_FAR, lengths, self._usual, strict=True):
            # What has been wrong for so long is the person's own after all.
            usual.forget(pose.time_s)
            if not length > 0:
                continue
            if usual.count >= KNOWN_FROM and abs(math.log(length / usual.median)) > LENGTH_OFF:
                wrong[far] = True
            else:
                usual.keep(pose.time_s, length)
        return with_ends(wrong)
