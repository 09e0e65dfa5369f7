"""How far each joint that was seen is from where it is in the picture, once what is a matter of definition is taken off.

A renderer's joints are the centres of its skeleton, a model's what people marked in photographs: a hip lies 5 % of the torso
beside the other, on everybody and in every posture. That is no error of who looks. So for each joint one vector is taken off,
the same in all clips of a renderer, fixed to the limb that the joint ends (hips and shoulders: to the trunk), with left and
right as mirror images.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.pose.pose import INDEX, SIDES, Observation

from ..figure import quantities as q
from ..figure.geometry import Array

HANGS_ON = {"shoulder": None, "elbow": "shoulder", "wrist": "elbow", "hip": None, "knee": "hip", "ankle": "knee"}
"""The main joints, and where the limb begins that ends in each."""
JOINTS = tuple(f"{side}_{part}" for part in HANGS_ON for side in SIDES)
ROWS = np.array([INDEX[name] for name in JOINTS])
CLEAR_PEAK = 0.75
"""Joints that are seen less clearly than this say nothing of what is meant by the joint."""
ROUNDS = 10
FAR_PAIR_M = 0.25
"""Joints nearer to each other than this say nothing of the picture's scale."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The main joints of one clip, as they are and as they were seen.

    Attributes
    ----------
    peaks
        (n, 12) of their heatmaps; NaN where nobody was seen.
    off_t
        (n, 12, 2) from where each is in the picture to where it was seen, in torso lengths.
    limb_t
        (n, 12, 2, 3) where the axes of its limb lie in the picture, in torso lengths: to the person's right, along the limb,
        and across both.
    """

    peaks: Array
    off_t: Array
    limb_t: Array


def shown(seen: Sequence[Observation], true_px: Array, true_m: Array) -> Shown:
    """Return how the main joints were seen.

    Parameters
    ----------
    seen
        n observations, with evidence.
    true_px
        (n, 33, 2) where landmarks are in the picture.
    true_m
        (n, 33, 3) where they are in space, right-handed.
    """
    points, joints = true_m[:, ROWS], true_px[:, ROWS]
    gone = np.full(len(INDEX), np.nan), np.full((len(INDEX), 2), np.nan)
    found = [
        gone if item.pose is None or item.pose.evidence is None else (item.pose.evidence.peak, item.pose.image_px)
        for item in seen
    ]
    torso_m = float(np.median(q.trunk_length(true_m)))
    torso_px = torso_m * _pixels_per_metre(points, joints)
    to_picture = _camera(points, joints) * torso_m / torso_px[:, None, None]
    axes = [_limb(true_m, name) for name in JOINTS]
    return Shown(
        peaks=np.array([peak[ROWS] for peak, _ in found]),
        off_t=(np.array([px[ROWS] for _, px in found]) - joints) / torso_px[:, None, None],
        limb_t=np.stack([to_picture @ axis for axis in axes], axis=1),
    )


def definitions(clips: Sequence[Shown]) -> Array:
    """Return (12, 3) how far each joint lies beside where it is, along the axes of its limb, in torso lengths."""
    found = np.zeros((len(JOINTS), 3))
    for left in range(0, len(JOINTS), 2):
        rows, offs, weights = [], [], []
        for clip in clips:
            for joint in (left, left + 1):
                clear = (clip.peaks[:, joint] >= CLEAR_PEAK) & np.isfinite(clip.off_t[:, joint]).all(axis=-1)
                rows.append((clip.limb_t[clear, joint] * _mirror(joint)).reshape(-1, 3))
                offs.append(clip.off_t[clear, joint].reshape(-1))
                weights.append(np.full(offs[-1].size, 1.0 / max(1, clear.sum())))
        middle = _robustly(np.concatenate(rows), np.concatenate(offs), np.concatenate(weights))
        found[left], found[left + 1] = middle * _mirror(left), middle * _mirror(left + 1)
    return found


def errors(clip: Shown, definition: Array) -> Array:
    """Return (n, 12) how far each joint is off, in torso lengths; NaN where nobody was seen."""
    meant = np.einsum("njik,jk->nji", clip.limb_t, definition)
    return np.asarray(np.linalg.norm(clip.off_t - meant, axis=-1))


def _mirror(joint: int) -> Array:
    """Return what turns an offset of the left side into one of this joint's side."""
    return np.array([1.0 if joint % 2 == 0 else -1.0, 1.0, 1.0])


def _robustly(rows: Array, offs: Array, weights: Array) -> Array:
    """Return the least squares solution in which what lies far off counts little."""
    share, solution = np.asarray(np.ones(len(offs))), np.asarray(np.zeros(rows.shape[1]))
    for _ in range(ROUNDS):
        root = np.sqrt(weights * share)
        solution = np.asarray(np.linalg.lstsq(rows * root[:, None], offs * root, rcond=None)[0])
        left = np.abs(rows @ solution - offs)
        share = 1.0 / np.maximum(1.0, left / max(2.0 * float(np.median(left)), 1e-9))
    return solution


def _pixels_per_metre(points: Array, joints: Array) -> Array:
    """Return (n,) the scale at the person: what lies square to the camera shows it best."""
    first, second = np.triu_indices(len(JOINTS), 1)
    in_space = np.linalg.norm(points[:, first] - points[:, second], axis=-1)
    in_picture = np.linalg.norm(joints[:, first] - joints[:, second], axis=-1)
    ratios = np.where(in_space > FAR_PAIR_M, in_picture / np.maximum(in_space, 1e-6), np.nan)
    return np.asarray(np.nanpercentile(ratios, 97, axis=1))


def _camera(points: Array, joints: Array) -> Array:
    """Return (n, 2, 3) what turns ways in space into ways in the picture, near the person."""
    points, joints = points - points.mean(axis=1, keepdims=True), joints - joints.mean(axis=1, keepdims=True)
    spread = np.einsum("nki,nkj->nij", points, points) + 1e-4 * np.eye(3)
    return np.asarray(np.einsum("nki,nkj->nij", joints, points) @ np.linalg.inv(spread))


def _limb(points: Array, name: str) -> Array:
    """Return (n, 3, 3) the axes of the limb that ends in a joint, as columns."""
    side, part = name.split("_")
    begins = HANGS_ON[part]
    start, end = ("mid_hip", "mid_shoulder") if begins is None else (name, f"{side}_{begins}")
    along = _unit(q.at(points, end) - q.at(points, start))
    right = q.at(points, "right_hip") - q.at(points, "left_hip")
    right = _unit(right - np.sum(right * along, axis=-1, keepdims=True) * along)
    return np.stack([right, along, np.cross(right, along)], axis=-1)


def _unit(ways: Array) -> Array:
    return np.asarray(ways / np.maximum(np.linalg.norm(ways, axis=-1, keepdims=True), 1e-9))
