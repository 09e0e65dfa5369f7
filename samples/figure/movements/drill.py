"""What every exercise file of this folder declares, and what it is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from formcheck.pose.pose import Side

from ..geometry import Array, lerp
from ..skeleton import Build, Posture
from ..timeline import Timeline


@dataclass(frozen=True, slots=True)
class Knob:
    """One continuous parameter of an exercise.

    Attributes
    ----------
    sets
        What it is.
    unit
        deg, T (torso lengths), s, or 1 for shares and yes/no.
    textbook
        Its value in a correct repetition; NaN = follows from the rest.
    fault
        Id of the fault that it drives; None for a plain choice.
    """

    sets: str
    unit: str
    textbook: float
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a posture is computed from: sizes, level, side, the channels' values over time, and the knobs."""

    build: Build
    level: str | None
    side: Side
    channels: Mapping[str, Array]
    knobs: Mapping[str, float]
    textbook: Mapping[str, float]
    amplitude: float
    shape: tuple[int, ...]

    def __getitem__(self, channel: str) -> Array:
        return self.channels.get(channel, np.zeros(self.shape))

    def toward(self, knob: str, share: Array) -> Array:
        """Return the knob's value, grown with `share` from the textbook's (share 0) to the one set (share 1)."""
        return lerp(self.textbook[knob], self.knobs[knob], share)


@dataclass(frozen=True, slots=True)
class Turn:
    """One repetition to perform."""

    side: Side
    previous_side: Side | None
    last: bool
    level: str | None
    amplitude: float
    move_s: float
    hold_s: float
    counted: bool | None
    knobs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Drill:
    """An exercise that the figure can do.

    Attributes
    ----------
    levels
        The first is the default; () = none.
    targets
        (side, progress, level) -> channel values at that progress from rest (0) to the end position (1).
    posture
        Scene -> Posture.
    contacts
        Scene -> for each landmark that rests on the floor or a wall, when (bool array or True).
    move_s, hold_s, rest_s
        Default times out (and the same back), in the end position, and between reps.
    knobs
        By name.
    perform
        Writes one rep on the timeline; None = out, hold, back, as `standard_rep` does.
    partial
        By level: the progress at which depth 0.45 ends, more than half-way to the end zone but not in it.
    hold_id, unheld
        Id of its hold; levels without one.
    alternates, sided
        By level: whether sides alternate; whether reps have a side.
    approach
        By level: the channel that is 1 before the person takes the start position.
    lead_s
        Knobs -> seconds in the start position before the first rep.
    """

    exercise: str
    levels: tuple[str, ...]
    targets: Callable[[Side, float, str | None], dict[str, float]]
    posture: Callable[[Scene], Posture]
    contacts: Callable[[Scene], dict[str, Array | bool]]
    knobs: dict[str, Knob]
    move_s: float
    hold_s: float = 0.0
    rest_s: float = 1.5
    perform: Callable[[Timeline, Turn], None] | None = None
    partial: Mapping[str | None, float] = field(default_factory=dict)
    hold_id: str | None = None
    unheld: tuple[str, ...] = ()
    alternates: Callable[[str | None], bool] = lambda level: False
    sided: Callable[[str | None], bool] = lambda level: True
    approach: Mapping[str | None, str] = field(default_factory=dict)
    lead_s: Callable[[Mapping[str, float]], float] = lambda knobs: 3.0

    def amplitude(self, depth: float, level: str | None) -> float:
        """Return the progress at which a movement of this depth ends."""
        partial = self.partial.get(level, self.partial.get(None, 0.45))
        return float(np.interp(depth, [0.0, 0.45, 1.0], [0.0, partial, 1.0])) + max(depth - 1.0, 0.0)


def standard_rep(line: Timeline, turn: Turn, drill: Drill, wobble: str | None = None, times: int = 0) -> None:
    """Write: out to the end position, hold, back."""
    channels = drill.targets(turn.side, turn.amplitude, turn.level)
    line.begin(turn.side if drill.sided(turn.level) else None, turn.counted)
    line.move(turn.move_s, channels)
    line.peak()
    line.hold(None if turn.level in drill.unheld else drill.hold_id, turn.hold_s, wobble, times)
    line.move(turn.move_s, dict.fromkeys(channels, 0.0))
    line.end()
