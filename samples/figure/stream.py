"""Landmark streams as an estimator would give them, from a moving figure and a view; the same for the same seed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.pose.pose import INDEX, LANDMARKS, MIRRORED, Observation, Pose, Side, other_side

from .camera import View
from .geometry import Array
from .movements.movement import Movement

BurstKind = Literal["leg_swap", "ankle_at_hip", "all_shifted"]

DRIFT_PERIODS_S = (16.0, 24.0)
SHIFT_TORSOS = 0.6
"""How far "all_shifted" moves the person in the picture."""

_LEGS = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("knee", "ankle", "heel", "foot_index")]


@dataclass(frozen=True, slots=True)
class Bursts:
    """Short spells of bad landmarks.

    Attributes
    ----------
    kind
        leg_swap: knees, ankles and feet change sides; ankle_at_hip: one ankle with its foot sits at its hip;
        all_shifted: the whole person jumps aside in the picture.
    duration_s
        Length of each spell, such as 0.033, 0.1 or 0.2.
    share
        Of the time.
    """

    kind: BurstKind
    duration_s: float = 0.1
    share: float = 0.02


_NEAR = {"left": 90.0, "right": -90.0}
_OBLIQUE = {"left": 45.0, "right": -45.0}


def best_view(exercise: str, side: Side = "right") -> View:
    """Return the view that rules/METHOD.md asks for, for reps of this side."""
    return BEST_VIEW[exercise][other_side(side) if exercise in _OTHER_SIDE_NEAREST else side]


_OTHER_SIDE_NEAREST = ("hip_airplane", "hip_90_90")
"""Where the best view has the other side nearest: the lifted leg, not the standing; the rear knee, not the front."""


def _views(azimuths: Mapping[str, float]) -> dict[str, View]:
    return {side: View(azimuth_deg=azimuth) for side, azimuth in azimuths.items()}


BEST_VIEW: dict[str, dict[str, View]] = {
    "hip_airplane": _views(_NEAR),
    "kettlebell_shift": _views(_OBLIQUE),
    "hip_90_90": _views(_OBLIQUE),
    "spiderman_lunge": _views(_NEAR),
    "childs_pose": _views(_NEAR),
    "lateral_lunge": _views({"left": 0.0, "right": 0.0}),
    "hip_flexion": _views(_NEAR),
    "plank_hip_flexion": _views(_NEAR),
    "dead_bug": _views(_NEAR),
}
"""By exercise and by the side nearest the camera."""


def observe(
    movement: Movement,
    view: View,
    fps: float = 30.0,
    *,
    noise: float = 0.0,
    drift: float = 0.0,
    bursts: Bursts | None = None,
    hidden: Collection[str] = (),
    visibility: Mapping[str, float] | None = None,
    seed: int = 0,
    rounded: bool = True,
) -> list[Observation]:
    """Return what an estimator that makes only these errors would see.

    Parameters
    ----------
    movement, view, fps
        What moves, from where, how often.
    noise
        Standard deviation of white noise in torso lengths, on image and world points alike.
    drift
        Amplitude in torso lengths of each landmark's own slow wandering, with a period of about 20 s.
    bursts
        Spells of bad landmarks.
    hidden
        Landmarks that are not seen: NaN.
    visibility
        By landmark, where it is not 1.
    seed
        Of all that is random; errors depend on seed and time alone, so that fewer fps show the same errors.
    rounded
        As a recording is: 2 decimals of a px, 4 of a metre, 3 of visibility.
    """
    times = np.arange(int(np.floor(movement.duration_s * fps + 1e-9)) + 1) / fps
    points = movement.pose_at(times)
    image, world = view.image_px(points), view.world_m(points)
    torso_m = movement.build.trunk
    torso_px = torso_m * view.px_per_m
    errors = _drifts(times, drift, seed) + _white(times, noise, seed)
    image = image + torso_px * errors[..., :2]
    world = world + torso_m * errors[..., 2:]
    if bursts is not None:
        for start, end, rng in _spells(bursts, movement.duration_s, seed):
            during = slice(*np.searchsorted(times, [start, end]))
            _spoil(image, world, during, bursts.kind, rng, torso_px)
    unseen = [INDEX[name] for name in hidden]
    image[:, unseen] = world[:, unseen] = np.nan
    belief = np.array([(visibility or {}).get(name, 1.0) for name in LANDMARKS])
    belief[unseen] = 0.0
    if rounded:
        image, world, belief = image.round(2), world.round(4), belief.round(3)
    for array in (image, world, belief):
        array.setflags(write=False)
    return [
        Observation(float(time), Pose(float(time), px, m, belief))
        for time, px, m in zip(times, image, world, strict=True)
    ]


def _white(times: Array, noise: float, seed: int) -> Array:
    if noise == 0.0:
        return np.zeros((1, 33, 5))
    ticks = np.round(times * 1e6).astype(np.uint64)
    streams = (np.random.Philox(key=seed, counter=[0, 0, tick, 1]) for tick in ticks)
    return noise * np.array([np.random.Generator(stream).normal(size=(33, 5)) for stream in streams])


def _drifts(times: Array, drift: float, seed: int) -> Array:
    if drift == 0.0:
        return np.zeros((1, 33, 5))
    rng = np.random.default_rng([seed, 2])
    period = rng.uniform(*DRIFT_PERIODS_S, (33, 5))
    phase = rng.uniform(0.0, 2 * np.pi, (33, 5))
    return drift * np.sin(2 * np.pi * times[:, None, None] / period + phase)


def _spells(bursts: Bursts, duration_s: float, seed: int) -> Iterator[tuple[float, float, np.random.Generator]]:
    """Yield start and end of each spell, spread evenly at random, one in each of equal stretches of time."""
    rng = np.random.default_rng([seed, 3])
    stretch = bursts.duration_s / bursts.share
    for k in range(int(np.ceil(duration_s / stretch))):
        start = (k + rng.uniform(0.0, 1.0 - bursts.share)) * stretch
        yield start, start + bursts.duration_s, np.random.default_rng([seed, 4, k])


def _spoil(
    image: Array, world: Array, during: slice, kind: BurstKind, rng: np.random.Generator, torso_px: float
) -> None:
    if kind == "leg_swap":
        swapped = [MIRRORED[index] for index in _LEGS]
        for points in (image, world):
            points[during, _LEGS] = points[during, swapped]
    elif kind == "ankle_at_hip":
        side = ("left", "right")[int(rng.integers(2))]
        foot = [INDEX[f"{side}_{name}"] for name in ("ankle", "heel", "foot_index")]
        for points in (image, world):
            points[during, foot] = points[during, [INDEX[f"{side}_hip"]]]
    else:
        angle = rng.uniform(0.0, 2 * np.pi)
        image[during] += SHIFT_TORSOS * torso_px * np.array([np.cos(angle), np.sin(angle)])
