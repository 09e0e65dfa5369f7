"""The angle that is shown while an exercise is done: one quantity, at its joint and in the range bar, with its target."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from formcheck.body.meter import Measured
from formcheck.body.quantity import Quantity
from formcheck.body.signal import Signal
from formcheck.exercise.bands import Limits
from formcheck.exercise.checks import REP, START
from formcheck.exercise.events import Progress
from formcheck.exercise.quantities import Change, EachSide, OneSide, Peak, Role
from formcheck.exercise.reading import signals_in
from formcheck.exercise.words import Exercise, Level
from formcheck.language import N_
from formcheck.output.skeleton import AngleMark
from formcheck.pose.pose import Side


@dataclass(frozen=True, slots=True)
class _Drawn:
    """How an angle is drawn: its name, its joint and the ends of its limbs."""

    name: str
    joint: str
    neighbours: tuple[str, str]
    is_flexion: bool = True


_DRAWN: Mapping[str, _Drawn] = {
    "knee_flexion_deg": _Drawn(N_("knee"), "knee", ("hip", "ankle")),
    "hip_flexion_deg": _Drawn(N_("hip"), "hip", ("shoulder", "knee")),
    "torso_inclination_deg": _Drawn(N_("trunk"), "mid_hip", ("up", "mid_shoulder"), is_flexion=False),
}

_PROVES: Mapping[str, _Drawn] = {
    **_DRAWN,
    "lateral_lean_deg": _Drawn(N_("trunk"), "mid_hip", ("up", "mid_shoulder"), is_flexion=False),
}
"""What shows in a picture that something was wrong, though nobody trains by it."""


@dataclass(frozen=True, slots=True)
class WorkingAngle:
    """The angle of an exercise at a level.

    Attributes
    ----------
    signal
        What is measured.
    target
        Lowest and highest value that are right; None = no such limit.
    from_rest
        The target is a change from rest.
    """

    signal: Signal
    target: Limits = (None, None)
    from_rest: bool = False

    @property
    def edges(self) -> int:
        """How many limits the target has; 0 = there is none."""
        return sum(edge is not None for edge in self.target)

    def mark(self, measured: Measured, progress: Progress, side: Side | None) -> AngleMark:
        """Return the angle as it is measured at a moment, so that what is read is what is judged.

        Parameters
        ----------
        measured, progress
            The moment.
        side
            Whose angle it is, where the signal has sides; None = not known, so only the target shows.
        """
        key = f"{self.signal.name}.{side}" if self.signal.sided else self.signal.name  # of no side: nothing is seen
        rest = progress.rest.get(key, math.nan) if self.from_rest else 0.0
        low, high = (None if edge is None or math.isnan(rest) else edge + rest for edge in self.target)
        return replace(self.at(side, measured.measures.get(key, math.nan)), target=(low, high))

    def at(self, side: Side | None, value_deg: float) -> AngleMark:
        """Return the angle of a side with this value, without a target."""
        drawn = _PROVES[self.signal.name]
        ends = (drawn.joint, *drawn.neighbours)
        joint, first, second = (f"{side}_{end}" for end in ends) if self.signal.sided else ends
        return AngleMark(joint, (first, second), value_deg, drawn.is_flexion, drawn.name)


def working_angle(exercise: Exercise, level: Level | None) -> WorkingAngle | None:
    """Return the angle to show: the one that the rule names if it has a target, else one that has, else the former."""
    named = None if exercise.shows is None else next((item for item, _ in signals_in(exercise.shows)), None)
    targets: dict[str, WorkingAngle] = {}
    for angle in _targets(exercise, level):
        known = targets.get(angle.signal.name)
        if known is None or angle.edges >= known.edges:
            targets[angle.signal.name] = angle
    if named is not None and named.name in targets:
        return targets[named.name]
    if targets:
        return next(iter(targets.values()))
    return WorkingAngle(named) if named is not None and named.name in _DRAWN else None


def side_of(
    exercise: Exercise, level: Level | None, measured: Measured, progress: Progress, turn: Side | None
) -> Side | None:
    """Return whose angle to show: of the side that works, else that whose turn is next; never of one that rests."""
    return progress.side or turn if exercise.sided_at(level) else measured.near


def is_drawn(signal: Signal) -> bool:
    """Return whether a signal is an angle that can be drawn at its joint."""
    return signal.name in _PROVES


def has_target(exercise: Exercise) -> bool:
    """Return whether an exercise shows an angle with a target, at any of its levels."""
    angles = [working_angle(exercise, level) for level in (None, *exercise.levels)]
    return any(angle is not None and angle.edges for angle in angles)


def _targets(exercise: Exercise, level: Level | None) -> Iterator[WorkingAngle]:
    """Yield targets of signals that can be drawn: first those of positions, then those of checks."""
    found: list[tuple[Quantity, Limits]] = []
    for movement in exercise.movements_at(level):
        for witness in movement.witnesses:
            if witness.to is not None:
                found.append((witness.quantity, (witness.to, None) if witness.rises else (None, witness.to)))
    for check in exercise.checks_at(level):
        whole = check.during in (REP, START)
        for band in check.bands:
            # What must hold all the time is no target to move to, unless it is the extreme that matters.
            if isinstance(band.quantity, Peak) or not whole:
                found.append((band.quantity, band.good))
    for quantity, limits in found:
        inner = quantity.of if isinstance(quantity, Peak) else quantity
        from_rest = isinstance(inner, Change)
        inner = inner.of if isinstance(inner, Change) else inner
        signal = _signal_of(inner)
        if signal is not None and signal.name in _DRAWN:
            yield WorkingAngle(signal, limits, from_rest)


def _signal_of(quantity: Quantity) -> Signal | None:
    """Return the signal that a quantity is of the working side or the body, None if it is of something else."""
    if isinstance(quantity, Signal):
        return quantity
    if isinstance(quantity, EachSide) or (isinstance(quantity, OneSide) and quantity.role is not Role.OTHER):
        return quantity.signal
    return None
