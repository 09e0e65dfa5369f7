"""Fits the error model to what is known and what was seen of the rendered clips."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.body.view import View
from formcheck.pose.pose import INDEX

from ..figure import quantities as q
from ..figure.geometry import Array
from .error_model import ANY, ErrorModel, Errors, about_mean, flat, mirrored, mirrored_posture, reaching

TRUNK = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("shoulder", "hip")]
SIDED = (View.SIDE, View.OBLIQUE)
"""Views with a nearer side."""
POSTURES, SHAPES = 6, 24
"""Ways in which the posture varies, and in which errors drift, that are kept."""
MOST_CLIPS = 8
"""So many clips are kept by themselves, the longest."""
SHRUNK = 0.03
"""By about this share the part of the errors that follows from the posture is taken for less."""
LAG_S = 0.4
"""How long an error lasts is read from how alike it is to itself so much later."""
LASTS_S = np.geomspace(0.03, 10.0, 60)
TORN = 0.5
"""Errors beyond this many torso lengths are lost track of, not jitter, and are left out of the model."""
LEAST_FRAMES = 200
"""Fewer frames of an exercise in a view say nothing; those of all exercises stand in."""
LEAST_POSTURE = 0.02
"""Ways in which the posture varies by less, in torso lengths over the whole body, hardly do so."""


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
    torso_px = float(np.percentile(np.linalg.norm(_trunk(sample.true_px), axis=-1), 95))
    picture = (sample.seen_px - sample.true_px) / torso_px
    picture = picture - picture[:, TRUNK].mean(axis=1, keepdims=True)
    return np.concatenate([picture, (sample.seen_m - sample.true_m) / _torso_m(sample)], axis=-1)


def _torso_m(sample: Sample) -> float:
    return float(np.percentile(np.linalg.norm(_trunk(sample.true_m), axis=-1), 95))


def _trunk(points: Array) -> Array:
    return np.asarray(q.at(points, "mid_shoulder") - q.at(points, "mid_hip"))


@dataclass(frozen=True, slots=True)
class _Spell:
    """The frames of a clip in one kind of view: (n, 33, 5) errors, NaN = not seen, and (n, 33, 3) true postures."""

    errors: Array
    postures: Array
    step_s: float

    def mirrored(self) -> "_Spell":
        return _Spell(mirrored(self.errors), mirrored_posture(self.postures), self.step_s)

    def at(self, chosen: Array) -> "_Spell":
        return _Spell(self.errors[chosen], self.postures[chosen], self.step_s)


def fit(samples: Iterable[Sample]) -> ErrorModel:
    """Return the error model of a set of clips."""
    spells: dict[tuple[str, View], list[_Spell]] = {}
    for sample in samples:
        for view, spell in _spells(sample):
            for exercise in (sample.exercise, ANY):
                spells.setdefault((exercise, view), []).append(spell)
    enough = {key: found for key, found in spells.items() if sum(len(item.errors) for item in found) >= LEAST_FRAMES}
    return {key: _fit(found) for key, found in enough.items()}


def _spells(sample: Sample) -> Iterator[tuple[View, _Spell]]:
    """Yield the frames of a clip in each kind of view."""
    errors = errors_in_torsos(sample)
    errors = np.where(np.abs(errors) < TORN, errors, np.nan)
    step_s = float(np.median(np.diff(sample.times_s)))
    whole = _Spell(errors, sample.true_m / _torso_m(sample), step_s)
    names, left = np.array([str(view) for view in sample.views]), np.asarray(sample.mirrored, dtype=bool)
    for view in View:
        at = names == str(view)
        if at.sum() * step_s <= LAG_S:
            continue
        if view not in SIDED:
            yield from ((view, whole.at(at)), (view, whole.at(at).mirrored()))
        for near in (at & ~left, at & left) if view in SIDED else ():
            if near.sum() * step_s > LAG_S:
                yield view, whole.at(near).mirrored() if left[near].all() else whole.at(near)


def _fit(spells: Sequence[_Spell]) -> Errors:
    errors = [flat(np.nan_to_num(spell.errors)) for spell in spells]
    moving = about_mean([flat(spell.postures) for spell in spells])
    ways, sizes = _main_ways(moving, POSTURES)
    postures = ways / np.maximum(sizes, LEAST_POSTURE)[:, None]
    going = [reaching(moved @ postures.T) for moved in moving]
    # A clip at a time: what differs between people and cameras is neither a matter of the posture nor drifts.
    by_posture = [_following(far, error) for far, error in zip(about_mean(going), about_mean(errors), strict=True)]
    left = [error - far @ by for error, far, by in zip(errors, going, by_posture, strict=True)]
    drift = about_mean(left)
    ways, sizes = _main_ways(drift, SHAPES)
    steps = [max(1, round(LAG_S / spell.step_s)) for spell in spells]
    lasts = [_lasting_s([error @ way for error in drift], steps) for way in ways]
    alone = [error - error @ ways.T @ ways for error in drift]
    rest = np.concatenate(alone).std(axis=0)
    chosen = _longest(spells)
    return Errors(
        postures.reshape(-1, 33, 3),
        offsets=np.array([left[k].mean(axis=0) for k in chosen]).reshape(-1, 33, 5),
        by_posture=np.array([by_posture[k] for k in chosen]).reshape(len(chosen), -1, 33, 5),
        shapes=(ways * sizes[:, None]).reshape(-1, 33, 5), shapes_last_s=np.array(lasts),
        rest=rest.reshape(33, 5), rest_lasts_s=_lasting_s([error / np.maximum(rest, 1e-9) for error in alone], steps),
    )  # fmt: skip


def _following(far: Array, errors: Array) -> Array:
    """Return what of errors follows from postures; shrunk, since few repetitions show it among all that drifts."""
    return np.asarray(np.linalg.solve(far.T @ far + SHRUNK * len(far) * np.eye(far.shape[1]), far.T @ errors))


def _longest(spells: Sequence[_Spell]) -> list[int]:
    """Return which spells show a clip best."""
    return sorted(np.argsort([-len(spell.errors) for spell in spells], kind="stable")[:MOST_CLIPS].tolist())


def _main_ways(series: Sequence[Array], most: int) -> tuple[Array, Array]:
    """Return the directions (k, m) in which all rows vary most, and the standard deviation along each."""
    every = np.concatenate(series)
    variances, ways = np.linalg.eigh(every.T @ every / len(every))
    return ways.T[::-1][:most], np.sqrt(np.maximum(variances[::-1][:most], 0.0))


def _lasting_s(series: Sequence[Array], steps: Sequence[int]) -> float:
    """Return how long errors last, from how alike they are to themselves `LAG_S` later."""
    pairs = [(values[step:], values[:-step]) for values, step in zip(series, steps, strict=True) if len(values) > step]
    power = sum(float((values**2).mean()) * len(later) for values, (later, _) in zip(series, pairs, strict=False))
    alike = sum(float((later * now).mean()) * len(later) for later, now in pairs) / max(power, 1e-12)
    return float(LASTS_S[np.argmin(np.abs(_alike(LASTS_S) - alike))])


def _alike(lasts_s: Array) -> Array:
    """Return the correlation over `LAG_S` of what drifts smoothly: a critically damped random process."""
    return np.asarray((1.0 + LAG_S / lasts_s) * np.exp(-LAG_S / lasts_s))
