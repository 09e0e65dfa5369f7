"""Who does the jobs: whatever it is, it is this to the rest."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from formcheck.batch.job import Job, Outcome

Told = Callable[[int, int, int], None]
"""Told how far a job is: its number, how many frames so far, and how many there will be (0 = unknown)."""
TELL_EVERY_S = 0.25
"""So often, at most, a job says how far it is."""


class Workers(Protocol):
    """Does jobs, several at a time."""

    def run(self, jobs: Sequence[Job], told: Told, stop: threading.Event) -> Iterator[Outcome]:
        """Yield what came of each job as soon as it is over.

        A job whose worker dies is done again. Once `stop` is set no other job is begun, and those in progress end between
        two frames.

        Parameters
        ----------
        jobs
            What to do, in this order.
        told
            Told in the caller's thread how far each job is.
        stop
            Set by the caller, when all is to end.
        """
