"""Which landmarks are doubted: what their heatmaps say of them, calibrated on people whose joints are known exactly.

The promise: of all knees and ankles that are called seen, 95 of 100 lie within 10 % of the torso of where they are. Elbows,
wrists, shoulders and hips are believed as far as legs of the same probability. Only the peak of a landmark's heatmap tells:
with the spread, the presence, the visibility or its neighbours as well, wrong joints of other people were told no better.
``python -m samples.evaluation.trust`` calibrates.
"""

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.limbs import with_ends
from formcheck.pose.pose import INDEX, LANDMARKS, SIDES, Evidence, Observation, Pose
from formcheck.pose.refinement import logistic

FILE = "trust.json"
WITHIN_T = 0.10
"""A joint that is no farther off than this, in torso lengths, is where it should be."""
PROMISE = 0.95
"""So many of those that are called seen are."""
LEAST_PEAK = 1e-3
"""A lower peak says no more than this one, nor a higher one more than its counterpart near 1."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far landmarks are to be believed that one model saw.

    Attributes
    ----------
    offset, slope
        (33,) of the logistic function that turns the logit of a peak into the probability that the landmark is within
        `WITHIN_T` of the truth.
    limit
        A landmark that is less probable is doubted.
    """

    offset: NDArray[np.float64]
    slope: NDArray[np.float64]
    limit: float

    def of(self, pose: Pose, evidence: Evidence) -> Pose:
        """Return the pose with what is doubted, its visibility being how probable each landmark is.

        Only of the main joints that is known; what hangs on one that is doubted is doubted, too.
        """
        belief = logistic(self.offset + self.slope * logit(evidence.peak))
        doubted = with_ends(belief < self.limit)
        visibility = np.where(np.isfinite(belief), belief, pose.visibility)
        return replace(pose, visibility=visibility, doubted=doubted if doubted.any() else None)


def trusted(seen: Observation, model: str | None) -> Observation:
    """Return what a model saw with what is doubted of it; nothing is where nobody measured how far it is to be believed."""
    trust = trust_in(model)
    if seen.pose is None or seen.pose.evidence is None or trust is None:
        return seen
    return replace(seen, pose=trust.of(seen.pose, seen.pose.evidence))


def logit(peak: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logit of peaks."""
    kept = np.clip(peak, LEAST_PEAK, 1.0 - LEAST_PEAK)
    return np.log(kept / (1.0 - kept))


@cache
def trust_in(model: str | None) -> Trust | None:
    """Return how far a model's landmarks are to be believed, None where nobody measured it: then all are."""
    known = _table().get(model or "")
    if known is None:
        return None
    lines = np.full((2, len(LANDMARKS)), np.nan)
    for part, (offset, slope) in known["joints"].items():
        for side in SIDES:
            lines[:, INDEX[f"{side}_{part}"]] = offset, slope
    lines.flags.writeable = False
    return Trust(lines[0], lines[1], known["limit"])


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(files("formcheck.pose").joinpath(FILE).read_text(encoding="utf-8"))
    return table
