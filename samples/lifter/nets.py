"""What one picture of a body tells of its angles in space: small nets that learnt it from posed figures.

From the landmarks in the picture alone. The program does not use them yet (rules/METHOD.md, chapter 1).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import INDEX, MIRRORED

from ..figure.geometry import Array

Weights = NDArray[np.float32]

FILE = Path(__file__).parent / "nets.npz"
SIDED = ("knee_flexion_deg", "hip_flexion_deg", "foot_yaw_deg", "knee_yaw_deg", "thigh_yaw_deg")
ANSWERS = (*(f"{name}.{place}" for name in SIDED for place in ("near", "far")), "torso_inclination_deg")
"""What the net says, of the side nearer the camera and of the other one."""
ROUND = np.array(["yaw" in name for name in ANSWERS])
"""Directions, which wrap at 180 degrees: the net says their cosine and sine."""
UNIT_DEG = 10.0
"""What one unit of the net is worth."""
FARTHEST = 6.0
"""Inputs that lie more standard deviations from the mean are taken to lie there."""
LEAST_ERROR, MOST_ERROR = -2.5, 2.6
"""Logarithms of errors, in `UNIT_DEG`: 0.8 to 135 degrees."""

LOOKED_AT = (
    "nose", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist",
    "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle", "left_heel",
    "right_heel", "left_foot_index", "right_foot_index",
)  # fmt: skip
ROWS = [INDEX[name] for name in LOOKED_AT]
MIRROR = [ROWS.index(MIRRORED[row]) for row in ROWS]
_AT = {name: k for k, name in enumerate(LOOKED_AT)}
_HIPS = [_AT["left_hip"], _AT["right_hip"]]
_MAIN = [_AT[f"{side}_{part}"] for part in ("shoulder", "hip", "knee", "ankle") for side in ("left", "right")]
_LIMBS = (
    ("hip", "knee"), ("knee", "ankle"), ("heel", "foot_index"), ("shoulder", "hip"), ("hip", "ankle"), ("shoulder", "elbow"),
    ("elbow", "wrist"), ("shoulder", "knee"),
)  # fmt: skip
_LINES = [(f"{side}_{first}", f"{side}_{last}") for first, last in _LIMBS for side in ("left", "right")]
_LINES += [(f"left_{part}", f"right_{part}") for part in ("hip", "shoulder", "ankle", "knee")]
_FROM, _TO = [_AT[a] for a, _ in _LINES], [_AT[b] for _, b in _LINES]


def inputs(rays: Array, tilt_deg: Array) -> Array:
    """Return what the net looks at.

    Parameters
    ----------
    rays
        (n, 19, 2) of `LOOKED_AT`: to the right and down, 1 away from the camera, the right side of the body nearer.
    tilt_deg
        (n,) how far the camera looks down, NaN = not known.
    """
    known = np.isfinite(tilt_deg)
    tilt = np.radians(np.where(known, tilt_deg, 0.0))[:, None]
    sine, cosine = np.sin(tilt), np.cos(tilt)
    x, y = rays[..., 0], rays[..., 1]
    away = cosine - y * sine
    level = np.stack([x / away, (-y * cosine - sine) / away], axis=-1)
    root = level[:, _HIPS].mean(axis=1)
    ways = level - root[:, None]
    size = np.sqrt((ways[:, _MAIN] ** 2).sum(axis=-1).mean(axis=1))[:, None]
    ways = ways / size[..., None]
    lines = ways[:, _TO] - ways[:, _FROM]
    lengths = np.log(np.sqrt((lines**2).sum(axis=-1)) + 0.03)
    where = np.concatenate([np.log(size), root, np.where(known, tilt_deg, 0.0)[:, None] / 10.0, known[:, None]], axis=1)
    return np.concatenate([ways.reshape(len(rays), -1), lengths, where], axis=1)


@dataclass(frozen=True, slots=True)
class Nets:
    """Several nets side by side, of which each says the same by itself.

    Attributes
    ----------
    mean, spread
        (inputs,) of what they were trained on.
    weights, biases
        Of each layer: (nets, from, to) and (nets, 1, to).
    """

    mean: Weights
    spread: Weights
    weights: tuple[Weights, ...]
    biases: tuple[Weights, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read them from a file that ``python -m samples.lifter.train`` wrote."""
        with np.load(path) as content:
            fields = {name: np.asarray(content[name], dtype=np.float32) for name in content.files}
        layers = range(sum(name.startswith("weights.") for name in fields))
        return cls(
            fields["mean"], fields["spread"],
            tuple(fields[f"weights.{k}"] for k in layers), tuple(fields[f"biases.{k}"] for k in layers),
        )  # fmt: skip

    def answers(self, looked_at: Array) -> tuple[Array, Array]:
        """Return (n, answers) values and errors in degrees for (n, inputs).

        The error is the one that the nets state, and how far they differ.
        """
        scaled = np.clip((looked_at.astype(np.float32) - self.mean) / self.spread, -FARTHEST, FARTHEST)
        hidden = np.maximum(scaled @ self.weights[0] + self.biases[0], 0.0)
        for weights, biases in zip(self.weights[1:-1], self.biases[1:-1], strict=True):
            hidden = hidden + np.maximum(hidden @ weights + biases, 0.0)
        out = hidden @ self.weights[-1] + self.biases[-1]
        k = len(ANSWERS)
        said = UNIT_DEG * out[..., :k]
        said[..., ROUND] = np.degrees(np.arctan2(out[..., 2 * k :], out[..., :k][..., ROUND]))
        errors = UNIT_DEG * np.exp(np.clip(out[..., k : 2 * k], LEAST_ERROR, MOST_ERROR))
        apart = turned(said - said[:1])
        mean = turned(said[0] + apart.mean(axis=0))
        return mean, np.sqrt((errors**2).mean(axis=0) + apart.var(axis=0))


def turned(angles_deg: Array) -> Array:
    """Return directions within 180 degrees, and other angles as they are."""
    return np.where(ROUND, (angles_deg + 180.0) % 360.0 - 180.0, angles_deg)
