"""How large a person is: the torso in space, and the scale at which the picture shows it.

Plain floats: over the few joints that matter they are quicker than arrays, and alike on every computer.
"""

import math

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import INDEX, SIDES, Pose

Rows = NDArray[np.int_]
"""Indices of landmarks."""


def rows_of(*parts: str) -> Rows:
    """Return the indices of parts of the body, the left one before the right one."""
    return np.array([INDEX[f"{side}_{part}"] for part in parts for side in SIDES])


TRUNK = rows_of("shoulder", "hip")
MAIN = rows_of("shoulder", "hip", "knee", "ankle")


def torso_length_m(pose: Pose) -> float:
    """Return mid-shoulder to mid-hip in metres, NaN if not seen."""
    left, right, left_hip, right_hip = pose.world_m.take(TRUNK, axis=0).tolist()
    ways = [(a + b) - (c + d) for a, b, c, d in zip(left, right, left_hip, right_hip, strict=True)]
    return math.sqrt(ways[0] * ways[0] + ways[1] * ways[1] + ways[2] * ways[2]) / 2


def pixels_per_metre(pose: Pose, joints: Rows = MAIN) -> float:
    """Return the scale that best lays the world landmarks over the picture, NaN if too little is seen.

    Depth drops out: least squares of image x, y on world x, y over these joints. A foreshortened trunk therefore does
    not shrink the scale.
    """
    seen = [
        (x, y, across, down)
        for (x, y), (across, down, away) in zip(
            pose.image_px.take(joints, axis=0).tolist(), pose.world_m.take(joints, axis=0).tolist(), strict=True
        )
        if math.isfinite(x + y + across + down + away)
    ]
    if len(seen) < 4:
        return math.nan
    x_mid, y_mid, across_mid, down_mid = [math.fsum(values) / len(seen) for values in zip(*seen, strict=True)]
    together = spread = 0.0
    for x, y, across, down in seen:
        across, down = across - across_mid, down - down_mid
        together += across * (x - x_mid) + down * (y - y_mid)
        spread += across * across + down * down
    return together / spread if spread > 0 else math.nan
