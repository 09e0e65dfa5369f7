"""How far knees are bent in space, told from the picture of one moment by small nets that learnt it from posed bodies.

They are sure of some postures and not of others, and state by how much they may be off (rules/METHOD.md, chapter 1). What they are
not sure of is not seen. They were trained by ``python -m samples.lifter.train`` and need nothing but numpy.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from formcheck.body.lens import Lens
from formcheck.pose.pose import INDEX, MIRRORED, Side

Array = NDArray[np.float64]
Weights = NDArray[np.float32]

FILE = "lifted_knees.npz"
UNIT_DEG = 10.0
"""What one unit of the nets is worth."""
FARTHEST = 6.0
"""Inputs that lie more standard deviations from the mean are taken to lie there."""
LEAST_ERROR, MOST_ERROR = -2.5, 2.6
"""Logarithms of errors, in `UNIT_DEG`: 0.8 to 135 degrees."""
SURE_DEG = 15.0
"""Who may be farther off says nothing."""
STRANGE = 2.0
"""Inputs that are farther from what the nets have learnt on (rms, in standard deviations) are none that they know."""

LOOKED_AT = (
    "nose", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist",
    "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle", "left_heel",
    "right_heel", "left_foot_index", "right_foot_index",
)  # fmt: skip
ROWS = np.array([INDEX[name] for name in LOOKED_AT])
MIRROR_ROWS = np.array([MIRRORED[row] for row in ROWS])
"""The same landmarks of the mirror image."""
_MIRRORED = np.array([-1.0, 1.0])
_AT = {name: k for k, name in enumerate(LOOKED_AT)}
_HIPS = [_AT["left_hip"], _AT["right_hip"]]
_MAIN = [_AT[f"{side}_{part}"] for part in ("shoulder", "hip", "knee", "ankle") for side in ("left", "right")]
_LIMBS = (
    ("hip", "knee"), ("knee", "ankle"), ("heel", "foot_index"), ("shoulder", "hip"), ("hip", "ankle"), ("shoulder", "elbow"),
    ("elbow", "wrist"), ("shoulder", "knee"),
)  # fmt: skip
_LINES = [(f"{side}_{first}", f"{side}_{last}") for first, last in _LIMBS for side in ("left", "right")]
_LINES += [(f"left_{part}", f"right_{part}") for part in ("hip", "shoulder", "ankle", "knee")]
_FROM, _TO = np.array([_AT[a] for a, _ in _LINES]), np.array([_AT[b] for _, b in _LINES])


def inputs(rays: Array, tilt_deg: Array) -> Array:
    """Return what the nets look at.

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
        (nets, 1, inputs) of what each was trained on.
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

    def scaled(self, looked_at: Array) -> Weights:
        """Return (nets, n, inputs) inputs in standard deviations of what was learnt on."""
        scaled = (looked_at.astype(np.float32) - self.mean) / self.spread
        return np.asarray(np.minimum(np.maximum(scaled, -FARTHEST), FARTHEST))

    def outputs(self, scaled: Weights) -> Weights:
        """Return (nets, n, outputs) of `scaled` inputs."""
        hidden = np.maximum(scaled @ self.weights[0] + self.biases[0], 0.0)
        for weights, biases in zip(self.weights[1:-1], self.biases[1:-1], strict=True):
            hidden += np.maximum(hidden @ weights + biases, 0.0)
        return np.asarray(hidden @ self.weights[-1] + self.biases[-1])


@cache
def shipped() -> Nets:
    """Return the nets that come with formcheck: they say a value and the logarithm of its error of each knee."""
    with as_file(files("formcheck.body").joinpath(FILE)) as path:
        return Nets.read(path)


class Lifted:
    """What the nets make of the picture of one moment.

    Parameters
    ----------
    image_px
        (33, 2) landmarks.
    lens, tilt_deg
        Of the camera; + = it looks down, None = not known.
    near
        The side of the body nearer the camera.
    """

    def __init__(self, image_px: Array, lens: Lens, tilt_deg: float | None, near: Side) -> None:
        self._image_px, self._lens, self._near = image_px, lens, near
        self._tilt_deg = np.nan if tilt_deg is None else tilt_deg

    @property
    def near_knee_flexion_deg(self) -> float:
        """How far the nearer knee is bent in space, 0 = straight; NaN where the nets are not sure of it."""
        values, errors = self._said
        return float(values[0]) if errors[0] <= SURE_DEG else np.nan

    @cached_property
    def _said(self) -> tuple[Array, Array]:
        rays = self._lens.rays(self._image_px[ROWS if self._near == "right" else MIRROR_ROWS])[:, :2]
        if self._near == "left":
            rays = rays * _MIRRORED
        if not np.isfinite(rays).all():
            return np.full(2, np.nan), np.full(2, np.inf)
        nets = shipped()
        scaled = nets.scaled(inputs(rays[None], np.array([self._tilt_deg])))
        if (scaled**2).mean() > STRANGE**2:
            return np.full(2, np.nan), np.full(2, np.inf)
        said = nets.outputs(scaled)[:, 0].astype(float)
        return knees(said)


def knees(said: Array) -> tuple[Array, Array]:
    """Return (..., 2) values and errors in degrees of (nets, ..., 4) outputs; the error holds how far the nets differ."""
    values = UNIT_DEG * said[..., :2]
    errors = UNIT_DEG * np.exp(np.minimum(np.maximum(said[..., 2:], LEAST_ERROR), MOST_ERROR))
    value = values.sum(axis=0) / len(said)
    error = np.sqrt((errors**2 + (values - value) ** 2).sum(axis=0) / len(said))
    return np.maximum(value, 0.0), error
