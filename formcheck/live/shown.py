"""What one moment of a live session shows, and what is new in it."""

import math
from dataclasses import dataclass

from formcheck.exercise.events import Event
from formcheck.live.cues import Cue
from formcheck.live.framing import Arrow
from formcheck.live.guide import Guidance
from formcheck.live.holds import HoldChanged
from formcheck.live.interlude import Announced, Interlude
from formcheck.live.presence import Remark
from formcheck.output.shown import Shown
from formcheck.performance import State
from formcheck.pose.command import Command
from formcheck.pose.pose import Pose

Happening = Event | Command | HoldChanged | Cue | Guidance | Remark | Announced
"""Something new: what the rules found, what was asked, and what is told."""


@dataclass(frozen=True, slots=True)
class LiveShown(Shown):
    """Everything that the screen shows of one moment of a live session.

    Attributes
    ----------
    pose
        The person, in px of the frame.
    state
        Whether repetitions count.
    clean
        Repetitions without fault.
    cue
        What is told now.
    guidance
        What the guide wants, before the first repetition.
    torso_px
        Length of the person's torso in the frame.
    hand_up
        How much of the signal to pause or resume is given, 0..1.
    note
        A remark on the picture.
    arrow
        Which way leads back into the picture.
    interlude
        What fills the screen instead, between two sets or exercises.
    """

    pose: Pose | None = None
    state: State = State.COUNTING
    clean: int = 0
    cue: Cue | None = None
    guidance: Guidance | None = None
    torso_px: float = math.nan
    hand_up: float = 0.0
    note: str | None = None
    arrow: Arrow | None = None
    interlude: Interlude | None = None


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

    shown: LiveShown
    happened: tuple[Happening, ...]
