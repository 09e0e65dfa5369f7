"""What one moment of a live session shows, and what is new in it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from formcheck.exercise.results import Event
from formcheck.live.cues import Cue
from formcheck.live.framing import Arrow
from formcheck.live.guide import Guidance
from formcheck.live.holds import HoldChanged
from formcheck.live.meter import Reach
from formcheck.live.presence import Remark
from formcheck.output.overlay import AngleMark
from formcheck.performance import State
from formcheck.pose.command import Command
from formcheck.pose.pose import Pose, Side

Happening = Event | Command | HoldChanged | Cue | Guidance | Remark
"""Something new: what the rules found, what was asked, and what is told."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the screen shows of one moment.

    Attributes
    ----------
    time_s
        Time of the frame in seconds.
    pose
        The person, in px of the frame.
    state
        Whether repetitions count.
    counts
        By ``left`` and ``right``, or ``reps``.
    clean
        Repetitions without fault.
    next_side
        Whose turn is next, None where the exercise has no sides.
    hold_s, hold_required_s
        The hold that is running; required is known before the first one.
    reach
        How far the movement has come.
    angle
        The working angle.
    cue
        What is told now.
    guidance
        What the guide wants, before the first repetition.
    hand_up
        How much of the signal to pause or resume is given, 0..1.
    note
        A remark on the picture.
    counted_s
        How long repetitions have counted.
    arrow
        Which way leads back into the picture.
    """

    time_s: float
    pose: Pose | None
    state: State
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    clean: int = 0
    side: Side | None = None
    next_side: Side | None = None
    hold_s: float | None = None
    hold_required_s: float | None = None
    reach: Reach | None = None
    angle: AngleMark | None = None
    cue: Cue | None = None
    guidance: Guidance | None = None
    torso_px: float = math.nan
    hand_up: float = 0.0
    note: str | None = None
    counted_s: float = 0.0
    arrow: Arrow | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """What one moment led to.

    Attributes
    ----------
    shown
        For the screen.
    happened
        Events, commands, cues and guidance that are new, in order.
    """

    shown: Shown
    happened: tuple[Happening, ...]
