"""Who does the jobs: whatever it is, it is this to the rest."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from formcheck.batch.job import Job, Outcome, Seen

Told = Callable[[int, int, int], None]
"""Told how far a job is: its number, how many frames so far, and how many there will be (0 = unknown)."""
TELL_EVERY_S = 0.25
"""So often, at most, a job says how far it is."""


def telling(number: int, is_to_end: Callable[[], bool], told: Callable[[tuple[int, int, int]], None]) -> Seen:
    """Return what a worker tells of each frame of a job: it passes it on now and then, and ends the job when it is to end.

    Parameters
    ----------
    number
        Of the job.
    is_to_end
        Asked at each frame.
    told
        Told the number of the job, how many frames there were so far, and how many there will be.
    """
    told_s = 0.0

    def seen(done: int, total: int) -> None:
        nonlocal told_s
        if is_to_end():
            raise KeyboardInterrupt
        now_s = time.monotonic()
        if now_s - told_s >= TELL_EVERY_S:
            told((number, done, total))
            told_s = now_s

    return seen


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
