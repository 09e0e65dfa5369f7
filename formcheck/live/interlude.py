"""What is between two sets or exercises: what comes next, how it is done, and how long the rest still is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from formcheck.live.demonstration import Demonstration
from formcheck.output.shown import Notice


@dataclass(frozen=True, slots=True)
class Interlude:
    """A page that fills the screen.

    Attributes
    ----------
    over, title
        Where in the plan this is, and what comes next.
    notices
        What is said of it, the most important first.
    keys
        What goes on, in one line.
    demonstration, at_s
        How it is done, and which moment of that to show; None = there is no picture of it.
    phase
        The position that it shows, in words.
    left_s, of_s
        How long it still lasts, and how long it lasts in all; None = until somebody goes on.
    """

    over: str
    title: str
    notices: tuple[Notice, ...] = ()
    keys: str = ""
    demonstration: Demonstration | None = None
    at_s: float = 0.0
    phase: str = ""
    left_s: float | None = None
    of_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Announced:
    """Something that is said once: the next exercise, a rest.

    Attributes
    ----------
    event
        What it is, as the JSON lines call it.
    say
        In words.
    facts
        What else the JSON lines say of it.
    """

    event: str
    say: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
