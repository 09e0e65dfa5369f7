"""How a pose model errs, as measured on the rendered set, and landmarks that err so: for movements that are not rendered.

For each kind of view and landmark: mean error, its spread and how long it lasts, of the place in the picture (x, y) and in
space (x, y, z), in torso lengths. Everything is told as if the right side were nearer the camera: bodies seen from the left are
mirrored, and in views without a near side the mirror image counts as well. What moves the whole body in the picture is taken
out: no signal sees it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.body.view import View
from formcheck.pose.pose import INDEX, LANDMARKS, MIRRORED, Observation, Pose

from ..figure import quantities as q
from ..figure.geometry import Array

FILE = Path(__file__).parent / "error_model.json"

TRUNK = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("shoulder", "hip")]
SIDED = (View.SIDE, View.OBLIQUE)
"""Views with a nearer side."""
LONGEST_S, SHORTEST_S = 10.0, 0.05
"""Bounds of how long an error is taken to last."""
TORN = 1.0
"""Errors beyond this many torso lengths are lost track of, not jitter, and are left out of the model."""
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class ViewErrors:
    """Errors in one kind of view, in torso lengths.

    Attributes
    ----------
    bias, spread
        (33, 5) mean and standard deviation of x and y in the picture and of x, y and z in space.
    lasting_s
        (33, 5) time after which an error is down to 1/e.
    """

    bias: Array
    spread: Array
    lasting_s: Array


ErrorModel = dict[View, ViewErrors]


@dataclass(frozen=True, slots=True)
class Sample:
    """Landmarks of one clip as true and as seen, frame by frame.

    Attributes
    ----------
    views
        Kind of view at each frame; None = unknown.
    mirrored
        (n,) whether the left side is nearer.
    true_px, seen_px
        (n, 33, 2); NaN where nobody was seen.
    true_m, seen_m
        (n, 33, 3) from mid-hip; x to the right of the picture, y down, z away.
    """

    times_s: Array
    views: tuple[View | None, ...]
    mirrored: Array
    true_px: Array
    seen_px: Array
    true_m: Array
    seen_m: Array


def errors_in_torsos(sample: Sample) -> Array:
    """Return (n, 33, 5) errors of a clip in torso lengths, those of the whole body in the picture taken out."""
    torso_m = float(np.percentile(np.linalg.norm(_trunk(sample.true_m), axis=-1), 95))
    torso_px = float(np.percentile(np.linalg.norm(_trunk(sample.true_px), axis=-1), 95))
    picture = (sample.seen_px - sample.true_px) / torso_px
    picture = picture - picture[:, TRUNK].mean(axis=1, keepdims=True)
    return np.concatenate([picture, (sample.seen_m - sample.true_m) / torso_m], axis=-1)


def _trunk(points: Array) -> Array:
    return np.asarray(q.at(points, "mid_shoulder") - q.at(points, "mid_hip"))


def mirrored(errors: Array) -> Array:
    """Return the errors of the mirror image: left and right change places, x changes its sign."""
    turned = errors[..., MIRRORED, :].copy()
    turned[..., [0, 2]] *= -1.0
    return turned


def fit(samples: Iterable[Sample]) -> ErrorModel:
    """Return the error model of a set of clips."""
    spells: dict[View, list[tuple[Array, float]]] = {view: [] for view in View}
    for sample in samples:
        errors = errors_in_torsos(sample)
        step_s = float(np.median(np.diff(sample.times_s)))
        names = np.array([str(view) for view in sample.views])
        for view in View:
            at = names == str(view)
            if at.sum() < 2:
                continue
            if view in SIDED:
                turned = np.where(sample.mirrored[:, None, None], mirrored(errors), errors)
                spells[view].append((turned[at], step_s))
            else:
                spells[view] += [(errors[at], step_s), (mirrored(errors)[at], step_s)]
    return {view: _fit(found) for view, found in spells.items() if found}


def _fit(spells: Sequence[tuple[Array, float]]) -> ViewErrors:
    kept = [(np.where(np.abs(errors) < TORN, errors, np.nan), step_s) for errors, step_s in spells]
    every = np.concatenate([errors for errors, _ in kept])
    bias, spread = np.nanmean(every, axis=0), np.nanstd(every, axis=0)
    step_s = float(np.median([step for _, step in kept]))
    pairs = [((errors[1:] - bias) * (errors[:-1] - bias)) for errors, _ in kept]
    alike = np.nanmean(np.concatenate(pairs), axis=0) / np.maximum(spread**2, 1e-12)
    lasting = -step_s / np.log(np.clip(alike, np.exp(-step_s / SHORTEST_S), np.exp(-step_s / LONGEST_S)))
    return ViewErrors(bias, spread, lasting)


def write(model: ErrorModel, path: Path = FILE) -> None:
    """Write a model, a line a landmark."""
    content = {
        str(view): {
            name: {
                field: [round(float(value), DECIMALS) for value in getattr(errors, field)[index]]
                for field in ("bias", "spread", "lasting_s")
            }
            for index, name in enumerate(LANDMARKS)
        }
        for view, errors in sorted(model.items())
    }
    lines = json.dumps(content, indent=1)
    path.write_text(_rows(lines) + "\n", encoding="utf-8")


def _rows(text: str) -> str:
    """Put each list of numbers on one line."""
    rows: list[str] = []
    inside = False
    for line in text.splitlines():
        if inside:
            rows[-1] += line.strip() + (" " if line.endswith(",") and "]" not in line else "")
        else:
            rows.append(line)
        inside = (inside or line.endswith("[")) and "]" not in line
    return "\n".join(rows)


def read(path: Path = FILE) -> ErrorModel:
    """Read a model."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return {
        View(view): ViewErrors(
            *(np.array([marks[name][field] for name in LANDMARKS]) for field in ("bias", "spread", "lasting_s"))
        )
        for view, marks in content.items()
    }


def disturbed(
    seen: Sequence[Observation], errors: ViewErrors, torso_px: float, torso_m: float, *, left_near: bool, seed: int
) -> list[Observation]:
    """Return exact observations with errors as a pose model makes them: bias, and what drifts about it (AR(1)).

    Parameters
    ----------
    seen
        Exact observations of one person.
    errors
        Of the kind of view.
    torso_px, torso_m
        The torso's length in the picture and in space.
    left_near
        Whether the left side is nearer the camera.
    seed
        Of all that is random.
    """
    rng = np.random.default_rng(seed)
    drift = rng.normal(size=(33, 5)) * errors.spread
    before_s: float | None = None
    found: list[Observation] = []
    for item in seen:
        if item.pose is None:
            found.append(item)
            continue
        if before_s is not None:
            kept = np.exp(-(item.time_s - before_s) / errors.lasting_s)
            drift = kept * drift + np.sqrt(1.0 - kept**2) * rng.normal(size=(33, 5)) * errors.spread
        before_s = item.time_s
        total = errors.bias + drift
        total = mirrored(total) if left_near else total
        image = (item.pose.image_px + torso_px * total[:, :2]).round(2)
        world = (item.pose.world_m + torso_m * total[:, 2:]).round(4)
        found.append(Observation(item.time_s, Pose(item.time_s, image, world, item.pose.visibility)))
    return found
