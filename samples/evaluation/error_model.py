"""How a pose model errs, as measured on the rendered set, and landmarks that err so: for movements that are not rendered.

Errors of neighbouring landmarks go together, last for a while and depend on the posture. So for each exercise and kind of
view: the mean error, the few shapes in which all landmarks err together, how long each lasts, and what is left of each landmark
by itself; of the place in the picture (x, y) and in space (x, y, z), in torso lengths. Everything is told as if the right side
were nearer the camera: bodies seen from the left are mirrored, and in views without a near side the mirror image counts as well.
What moves the whole body in the picture is taken out: no signal sees it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.body.view import View
from formcheck.pose.pose import INDEX, MIRRORED, Observation, Pose

from ..figure import quantities as q
from ..figure.geometry import Array

FILE = Path(__file__).parent / "error_model.npz"

TRUNK = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("shoulder", "hip")]
SIDED = (View.SIDE, View.OBLIQUE)
"""Views with a nearer side."""
SHAPES = 6
"""Shapes of an error of the whole body that are kept."""
LAG_S = 0.4
"""How long an error lasts is read from how alike it is to itself so much later."""
LASTS_S = np.geomspace(0.03, 10.0, 60)
TORN = 0.5
"""Errors beyond this many torso lengths are lost track of, not jitter, and are left out of the model."""
LEAST_FRAMES = 200
"""Fewer frames of an exercise in a view say nothing; those of all exercises stand in."""
ANY = "any"
"""In place of an exercise: all of them, for a view that one was never seen in."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors of one exercise in one kind of view, in torso lengths.

    Attributes
    ----------
    bias
        (33, 5) mean error of x and y in the picture and of x, y and z in space.
    shapes
        (k, 33, 5) one standard deviation of each way in which all err together.
    shapes_last_s
        (k,) how long each of these lasts (`_alike`).
    rest
        (33, 5) standard deviation of what is left of each by itself.
    rest_lasts_s
        How long that lasts.
    """

    bias: Array
    shapes: Array
    shapes_last_s: Array
    rest: Array
    rest_lasts_s: float


ErrorModel = Mapping[tuple[str, View], Errors]
"""By exercise (or `ANY`) and kind of view."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Landmarks of one clip as true and as seen, frame by frame.

    Attributes
    ----------
    exercise
        Its id.
    views
        Kind of view at each frame; None = unknown.
    mirrored
        (n,) whether the left side is nearer.
    true_px, seen_px
        (n, 33, 2); NaN where nobody was seen.
    true_m, seen_m
        (n, 33, 3) from mid-hip; x to the right of the picture, y down, z away.
    """

    exercise: str
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
    spells: dict[tuple[str, View], list[tuple[Array, float]]] = {}
    for sample in samples:
        for view, errors in _spells(sample):
            for exercise in (sample.exercise, ANY):
                spells.setdefault((exercise, view), []).append((errors, float(np.median(np.diff(sample.times_s)))))
    enough = {key: found for key, found in spells.items() if sum(len(item) for item, _ in found) >= LEAST_FRAMES}
    return {key: _fit(found) for key, found in enough.items()}


def _spells(sample: Sample) -> Iterator[tuple[View, Array]]:
    """Yield the frames of a clip in each kind of view, (n, 33, 5), NaN = not seen."""
    errors = errors_in_torsos(sample)
    errors = np.where(np.abs(errors) < TORN, errors, np.nan)
    names = np.array([str(view) for view in sample.views])
    for view in View:
        at = names == str(view)
        if at.sum() * np.median(np.diff(sample.times_s)) <= LAG_S:
            continue
        if view in SIDED:
            yield view, np.where(sample.mirrored[:, None, None], mirrored(errors), errors)[at]
        else:
            yield from ((view, errors[at]), (view, mirrored(errors)[at]))


def _fit(spells: Sequence[tuple[Array, float]]) -> Errors:
    seen = np.concatenate([errors for errors, _ in spells])
    bias = np.nansum(seen, axis=0) / np.maximum((~np.isnan(seen)).sum(axis=0), 1)
    off = [np.nan_to_num(errors - bias).reshape(len(errors), -1) for errors, _ in spells]
    every = np.concatenate(off)
    _, sizes, ways = np.linalg.svd(every, full_matrices=False)
    ways, sizes = ways[:SHAPES], sizes[:SHAPES] / np.sqrt(len(every))
    left = [errors - errors @ ways.T @ ways for errors in off]
    steps = [max(1, round(LAG_S / step_s)) for _, step_s in spells]
    lasts = [_lasting_s([errors @ way for errors in off], steps) for way in ways]
    rest = np.concatenate(left).std(axis=0)
    alone = _lasting_s([errors / np.maximum(rest, 1e-9) for errors in left], steps)
    shapes = (ways * sizes[:, None]).reshape(-1, *bias.shape)
    return Errors(bias, shapes, np.array(lasts), rest.reshape(bias.shape), alone)


def _lasting_s(series: Sequence[Array], steps: Sequence[int]) -> float:
    """Return how long errors last, from how alike they are to themselves `LAG_S` later."""
    pairs = [(values[step:], values[:-step]) for values, step in zip(series, steps, strict=True) if len(values) > step]
    power = sum(float((values**2).mean()) * len(later) for values, (later, _) in zip(series, pairs, strict=False))
    alike = sum(float((later * now).mean()) * len(later) for later, now in pairs) / max(power, 1e-12)
    return float(LASTS_S[np.argmin(np.abs(_alike(LASTS_S) - alike))])


def _alike(lasts_s: Array) -> Array:
    """Return the correlation over `LAG_S` of what drifts smoothly: a critically damped random process."""
    return np.asarray((1.0 + LAG_S / lasts_s) * np.exp(-LAG_S / lasts_s))


def write(model: ErrorModel, path: Path = FILE) -> None:
    """Write a model."""
    fields = {
        f"{exercise}/{view}/{name}": np.asarray(getattr(errors, name), dtype=np.float32)
        for (exercise, view), errors in sorted(model.items())
        for name in Errors.__slots__
    }
    np.savez_compressed(path, **fields)  # type: ignore[arg-type]


def read(path: Path = FILE) -> ErrorModel:
    """Read a model."""
    with np.load(path) as content:
        fields = {name: np.asarray(content[name], dtype=float) for name in content.files}
    keys = {tuple(name.split("/")[:2]) for name in fields}
    return {
        (exercise, View(view)): Errors(
            bias=fields[f"{exercise}/{view}/bias"],
            shapes=fields[f"{exercise}/{view}/shapes"],
            shapes_last_s=fields[f"{exercise}/{view}/shapes_last_s"],
            rest=fields[f"{exercise}/{view}/rest"],
            rest_lasts_s=float(fields[f"{exercise}/{view}/rest_lasts_s"]),
        )
        for exercise, view in keys
    }


class _Drift:
    """Random values of mean 0 and spread 1 that change smoothly: a critically damped process.

    Each is an average, over `lasts_s`, of one that forgets itself in as long.
    """

    def __init__(self, lasts_s: Array, rng: np.random.Generator) -> None:
        self._lasts_s, self._rng = lasts_s, rng
        self._driving = rng.normal(size=lasts_s.shape)
        self._driven = self._driving.copy()

    def after(self, step_s: float) -> Array:
        """Return them so much later."""
        kept = np.exp(-step_s / self._lasts_s)
        self._driving = kept * self._driving + np.sqrt(1.0 - kept**2) * self._rng.normal(size=kept.shape)
        # An average spreads less than what it is taken of, by this factor.
        gain = (1.0 - kept) * (1.0 + kept) / np.sqrt(1.0 + kept**2)
        self._driven = kept * self._driven + gain * self._driving
        return self._driven


def disturbed(
    seen: Sequence[Observation], errors: Errors, torso_px: float, torso_m: float, *, left_near: bool, seed: int
) -> list[Observation]:
    """Return exact observations with errors as a pose model makes them: bias, and what drifts about it.

    Parameters
    ----------
    seen
        Exact observations of one person.
    errors
        Of the exercise and the kind of view.
    torso_px, torso_m
        The torso's length in the picture and in space.
    left_near
        Whether the left side is nearer the camera.
    seed
        Of all that is random.
    """
    rng = np.random.default_rng(seed)
    together = _Drift(errors.shapes_last_s, rng)
    alone = _Drift(np.full(errors.bias.shape, errors.rest_lasts_s), rng)
    before_s: float | None = None
    found: list[Observation] = []
    for item in seen:
        if item.pose is None:
            found.append(item)
            continue
        step_s = 0.0 if before_s is None else item.time_s - before_s
        before_s = item.time_s
        total = errors.bias + np.tensordot(together.after(step_s), errors.shapes, 1) + errors.rest * alone.after(step_s)
        total = mirrored(total) if left_near else total
        image = (item.pose.image_px + torso_px * total[:, :2]).round(2)
        world = (item.pose.world_m + torso_m * total[:, 2:]).round(4)
        found.append(Observation(item.time_s, Pose(item.time_s, image, world, item.pose.visibility)))
    return found
