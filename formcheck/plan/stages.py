"""Where in a plan one is while it is walked through, and who records it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from formcheck.exercise.results import Rep
from formcheck.live.shown import Happening
from formcheck.live.training import Training
from formcheck.plan.words import Part
from formcheck.pose.command import Command


class Stage(StrEnum):
    """What one is at."""

    SHOW = "show"
    TRAIN = "train"
    REST = "rest"
    ASK = "ask"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a plan one is.

    Attributes
    ----------
    part
        Index of the exercise, from 0; as many as there are = all are done.
    sets
        How many of its sets are done.
    """

    part: int = 0
    sets: int = 0


class Host(Protocol):
    """Where the exercises of a plan are recorded and written."""

    def begin(self, part: Part) -> Training:
        """Begin an exercise."""

    def end(self, part: Part, training: Training, sets: int, *, is_done: bool) -> Iterable[Happening]:
        """Write what an exercise came to, and return what its end led to."""

    def reached(self, place: Place) -> None:
        """Remember where one is."""

    def obeyed(self, part: Part, command: Command) -> None:
        """Remember what was found of the person, such as an end point."""


def is_set_done(part: Part, reps: Sequence[Rep]) -> bool:
    """Return whether the repetitions of a set are done: on each side where that is asked for, else all together."""
    return _is_done(part, reps, part.reps)


def is_enough(part: Part, reps: Sequence[Rep]) -> bool:
    """Return whether the repetitions of all sets are done."""
    return _is_done(part, reps, part.reps * part.task.sets)


def _is_done(part: Part, reps: Sequence[Rep], wanted: int) -> bool:
    counted = [rep for rep in reps if rep.counted]
    if not part.sides:
        return len(counted) >= wanted
    return all(sum(rep.side == side for rep in counted) >= wanted for side in part.sides)
