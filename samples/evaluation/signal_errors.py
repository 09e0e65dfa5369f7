"""How far each signal is off, by exercise, view and side: measured value minus true value, at every frame of a repetition."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from formcheck.body.quantity import Condition
from formcheck.body.signals import SIGNALS
from formcheck.body.view import View
from formcheck.exercise.quantities import Role
from formcheck.exercise.reading import signals_in
from formcheck.exercise.words import Exercise, Level
from formcheck.pose.pose import SIDES, Side

from ..figure.geometry import Array
from .known import Points, TrueRep
from .signal_truth import ROUND, true_values
from .staging import level_of, rule_of
from .watching import Series

ALWAYS = ("knee_flexion_deg", "hip_flexion_deg", "torso_inclination_deg")
"""Measured whether the exercise's rule uses them or not."""
REST_S = 1.0
"""The rest before a repetition from which changes are counted."""


class Key(NamedTuple):
    """What an error belongs to; `place` is "near" or "far" from the camera, "" for unsided signals."""

    exercise: str
    signal: str
    view: str
    place: str


@dataclass(frozen=True, slots=True)
class Errors:
    """Sums over frames of one or more clips: of the errors, and of the errors of the change from rest."""

    frames: int = 0
    total: float = 0.0
    absolute: float = 0.0
    squares: float = 0.0
    changes: int = 0
    change_squares: float = 0.0
    clips: int = 0

    def __add__(self, other: "Errors") -> "Errors":
        """Return the sums of both."""
        return Errors(
            self.frames + other.frames,
            self.total + other.total,
            self.absolute + other.absolute,
            self.squares + other.squares,
            self.changes + other.changes,
            self.change_squares + other.change_squares,
            self.clips + other.clips,
        )

    @property
    def bias(self) -> float:
        """Mean error."""
        return self.total / self.frames

    @property
    def mae(self) -> float:
        """Mean absolute error."""
        return self.absolute / self.frames

    @property
    def rms(self) -> float:
        """Root of the mean squared error, bias included."""
        return sqrt(self.squares / self.frames)

    @property
    def change_rms(self) -> float:
        """The same of the change from the rest before the repetition; NaN where no rest was seen."""
        return sqrt(self.change_squares / self.changes) if self.changes else float("nan")


def used_by(rule: Exercise, level: Level | None) -> dict[str, set[Role | None]]:
    """Return the names of the signals that a rule looks at, at a level, and whose side it means (None = both)."""
    conditions: list[Condition | None] = [item.recognised_by for item in rule.levels]
    conditions += [rule.context_at(level).condition, rule.start_at(level).condition]
    movements = rule.movements_at(level)
    conditions += [item.condition for movement in movements for item in movement.not_this]
    quantities = [witness.quantity for movement in movements for witness in movement.witnesses]
    quantities += [item.quantity for each in conditions if each is not None for item in each.comparisons()]
    quantities += [band.quantity for check in rule.checks_at(level) for band in check.bands]
    used: dict[str, set[Role | None]] = {name: {None} for name in ALWAYS}
    for quantity in quantities:
        for item, role in signals_in(quantity):
            used.setdefault(item.name, set()).add(role)
    return used


def _means(roles: set[Role | None], side: Side, working: Side | None) -> bool:
    """Return whether one of these roles may be this side's in a repetition of that working side."""
    if working is None or None in roles or Role.NEAR in roles:
        return True
    return (Role.WORKING if side == working else Role.OTHER) in roles


def errors_of(
    exercise: str, level: str | None, series: Series, points: Points, reps: Iterable[TrueRep]
) -> dict[Key, Errors]:
    """Return the errors of one clip's signals, frame by frame during its true repetitions."""
    if not series.values or series.times_s.size != points.times_s.size:
        return {}
    truth, true = true_values(points.points_m), list(reps)
    used = used_by(rule_of(exercise), level_of(exercise, level))
    spans = [(series.times_s >= rep.start_s) & (series.times_s <= rep.end_s) for rep in true]
    rests = [(series.times_s >= rep.start_s - REST_S) & (series.times_s < rep.start_s) for rep in true]
    found: dict[Key, Errors] = {}
    views = np.array([str(view) if view is not None else "" for view in series.views])
    near = np.array([str(side) for side in series.near])
    for item in SIGNALS:
        if item.name not in used:
            continue
        for key in item.keys():  # noqa: SIM118  # a signal is no mapping
            if key not in truth:
                continue
            error = series.values[key] - truth[key]
            if item.name in ROUND:
                error = (error + 180.0) % 360.0 - 180.0
            place = np.where(near == key.rpartition(".")[2], "near", "far") if item.sided else np.full(near.shape, "")
            mine = [
                k
                for k, rep in enumerate(true)
                for side in SIDES
                if not item.sided or (key.endswith(f".{side}") and _means(used[item.name], side, rep.side))
            ]
            chosen = sorted(set(mine))
            for where, sums in _by_view(error, views, place, [spans[k] for k in chosen], [rests[k] for k in chosen]):
                whole = Key(exercise, item.name, *where)
                found[whole] = found.get(whole, Errors()) + sums
    return {key: Errors(*(*_sums(value), 1)) for key, value in found.items()}


def _sums(value: Errors) -> tuple[int, float, float, float, int, float]:
    return value.frames, value.total, value.absolute, value.squares, value.changes, value.change_squares


def _by_view(
    error: Array, views: Array, place: Array, spans: list[NDArray[np.bool_]], rests: list[NDArray[np.bool_]]
) -> Iterator[tuple[tuple[str, str], Errors]]:
    for span, rest in zip(spans, rests, strict=True):
        resting = error[rest]
        zero = float(np.nanmedian(resting)) if np.isfinite(resting).any() else float("nan")
        for view in View:
            for side in ("near", "far", ""):
                values = error[span & (views == str(view)) & (place == side)]
                values = values[np.isfinite(values)]
                if not values.size:
                    continue
                change = values - zero
                known = np.isfinite(change)
                yield (str(view), side), Errors(
                    int(values.size), float(values.sum()), float(np.abs(values).sum()), float((values**2).sum()),
                    int(known.sum()), float((change[known] ** 2).sum()),
                )  # fmt: skip
