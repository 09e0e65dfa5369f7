"""One hostile run: what is run, in which surroundings, and how it may end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

HANG_S = 20.0
"""A run that takes longer hangs."""

DONE, USAGE, INPUT, NOBODY, DEVICE, OUTPUT, STOPPED = 0, 2, 3, 4, 5, 6, 130
FINE = frozenset({DONE, NOBODY})
"""The input could be read; whether a person is found depends on what is left of it."""


@dataclass(frozen=True)
class Case:
    """A run of the command line.

    Attributes
    ----------
    what
        What was done to the input, in a few words.
    arguments
        What follows the program's name; the current folder is the case's own.
    codes
        The exit codes that are right.
    says
        What must stand somewhere in the output, if it ends with 0.
    environment
        Variables beside the usual ones; a case that has any runs as a process of its own.
    shell
        Where the output goes, in words of a shell.
    signals
        After how many seconds since the one before which signal is sent.
    """

    what: str
    arguments: tuple[str, ...]
    codes: frozenset[int]
    says: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    shell: str = ""
    signals: tuple[tuple[float, int], ...] = ()

    @property
    def needs_a_process(self) -> bool:
        """Whether its surroundings are special: the others run in a process that is kept."""
        return bool(self.environment or self.shell or self.signals)


@dataclass(frozen=True)
class Ended:
    """How a run ended; no code means that it hung."""

    code: int | None
    output: str
    seconds: float

    def fault_of(self, case: Case) -> str | None:
        """Return what is wrong with it: ``hang``, ``crash`` or ``exit code``; None if nothing is."""
        if self.code is None:
            return "hang"
        if "Traceback (most recent call last)" in self.output or "went wrong inside" in self.output:
            return "crash"
        if self.code not in case.codes or (self.code == DONE and case.says not in self.output):
            return "exit code"
        return None


@dataclass(frozen=True)
class Stock:
    """What the inputs are made of.

    Attributes
    ----------
    recordings
        Whole recordings of landmarks, by exercise.
    clips
        Short videos.
    """

    recordings: Mapping[str, Path]
    clips: tuple[Path, ...]

    def recording(self, rng: Random) -> tuple[str, Path]:
        """Return any exercise and its recording."""
        name = rng.choice(sorted(self.recordings))
        return name, self.recordings[name]
