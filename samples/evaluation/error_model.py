"""How a pose model errs, as measured on the rendered set, and landmarks that err so: for movements that are not rendered.

Errors of neighbouring landmarks go together, last for a while, hang on the posture, and differ from one person and camera to
the next. So for each exercise and kind of view: of some clips, by how much they err all through and what follows from the
posture, and so comes again in each repetition; and what drifts: the shapes in which all landmarks err together, how long each
lasts, and what is left of each landmark by itself. All of the place in the picture (x, y) and in
space (x, y, z), in torso lengths. Everything is told as if the right side were nearer the camera: bodies seen from the left
are mirrored, and in views without a near side the mirror image counts as well. What moves the whole body in the picture is
taken out: no signal sees it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.body.view import View
from formcheck.pose.pose import MIRRORED, Observation, Pose

from ..figure.geometry import Array

FILE = Path(__file__).parent / "error_model.npz"

REACH = 2.5
"""Farther than so many standard deviations from the mean, a posture's errors are those at this distance."""
ANY = "any"
"""In place of an exercise: all of them, for a view that one was never seen in."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors of one exercise in one kind of view, in torso lengths.

    Attributes
    ----------
    postures
        (k, 33, 3) what a posture's difference from its clip's mean is multiplied with: how far it goes each way, in standard
        deviations.
    offsets
        (clips, 33, 5) mean error of x and y in the picture and of x, y and z in space.
    by_posture
        (clips, k, 33, 5) what one standard deviation each way adds to it.
    shapes
        (k, 33, 5) one standard deviation of each way in which the error drifts.
    shapes_last_s
        (k,) how long each of these lasts (`error_fit`).
    rest
        (33, 5) standard deviation of what is left of each by itself.
    rest_lasts_s
        How long that lasts.
    """

    postures: Array
    offsets: Array
    by_posture: Array
    shapes: Array
    shapes_last_s: Array
    rest: Array
    rest_lasts_s: float


ErrorModel = Mapping[tuple[str, View], Errors]
"""By exercise (or `ANY`) and kind of view."""


def mirrored(errors: Array) -> Array:
    """Return the errors of the mirror image: left and right change places, x changes its sign."""
    turned = errors[..., MIRRORED, :].copy()
    turned[..., [0, 2]] *= -1.0
    return turned


def mirrored_posture(postures: Array) -> Array:
    """Return the postures of the mirror image: left and right change places, x changes its sign."""
    return np.asarray(postures[..., MIRRORED, :] * [-1.0, 1.0, 1.0])


def flat(values: Array) -> Array:
    """Return (n, m) values: whatever is told of a moment in a row."""
    return values.reshape(len(values), -1)


def about_mean(series: Sequence[Array]) -> list[Array]:
    """Return how far each series is from its mean."""
    return [values - values.mean(axis=0) for values in series]


def reaching(far: Array) -> Array:
    """Return how far postures go each way, none farther than errors are known."""
    return np.asarray(np.clip(far, -REACH, REACH))


def write(model: ErrorModel, path: Path = FILE) -> None:
    """Write a model."""
    fields = {
        f"{exercise}/{view}/{name}": np.asarray(getattr(errors, name), dtype=np.float16)
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
            rest_lasts_s=float(fields[f"{exercise}/{view}/rest_lasts_s"]),
            **{name: fields[f"{exercise}/{view}/{name}"] for name in Errors.__slots__ if name != "rest_lasts_s"},
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
    """Return exact observations with errors as a pose model makes them: those of one of the clips, and what drifts.

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
    clip = rng.integers(len(errors.offsets))
    together = _Drift(errors.shapes_last_s, rng)
    alone = _Drift(np.full(errors.rest.shape, errors.rest_lasts_s), rng)
    world_m = np.array([item.pose.world_m for item in seen if item.pose is not None])
    posture = about_mean([world_m / torso_m])[0]
    far = reaching(flat(mirrored_posture(posture) if left_near else posture) @ flat(errors.postures).T)
    lasting = iter(errors.offsets[clip] + np.tensordot(far, errors.by_posture[clip], 1))
    before_s: float | None = None
    found: list[Observation] = []
    for item in seen:
        if item.pose is None:
            found.append(item)
            continue
        step_s = 0.0 if before_s is None else item.time_s - before_s
        before_s = item.time_s
        drift = np.tensordot(together.after(step_s), errors.shapes, 1) + errors.rest * alone.after(step_s)
        total = next(lasting) + drift
        total = mirrored(total) if left_near else total
        image = (item.pose.image_px + torso_px * total[:, :2]).round(2)
        world = (item.pose.world_m + torso_m * total[:, 2:]).round(4)
        found.append(Observation(item.time_s, Pose(item.time_s, image, world, item.pose.visibility)))
    return found
