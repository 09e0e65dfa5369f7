"""Does jobs in processes of this computer; one that dies takes nothing with it but the recording that killed it."""

import multiprocessing
import os
import threading
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event

from formcheck.batch.job import Job, Outcome, failed, stopped
from formcheck.batch.workers import Told, telling
from formcheck.errors import FormcheckError
from formcheck.interruption import deaf_children, ignore_stops
from formcheck.language import _

LOOK_EVERY_S = 0.1
"""So often the news of the processes are read, and whether all is to end."""
DEATHS = 2
"""A recording at which so many processes died is not tried again."""


class Pool:
    """Processes of this computer.

    Parameters
    ----------
    count
        How many there are.
    """

    def __init__(self, count: int) -> None:
        self.count = count

    def run(self, jobs: Sequence[Job], told: Told, stop: threading.Event) -> Iterator[Outcome]:
        """Yield what came of each job, as `formcheck.batch.workers.Workers` says."""
        waiting, suspects, deaths = deque(jobs), deque[Job](), Counter[int]()
        while (waiting or suspects) and not stop.is_set():
            # Which of several killed its process nobody can say: each of them is tried alone.
            source, count = (suspects, 1) if suspects else (waiting, self.count)
            for job in (yield from _Processes(count).work_off(source, told, stop)):
                deaths[job.number] += 1
                if stop.is_set():
                    yield stopped(job)
                elif deaths[job.number] >= DEATHS:
                    yield failed(job, _died())
                else:
                    suspects.append(job)


class _Processes:
    """Some processes, until one of them dies."""

    def __init__(self, count: int) -> None:
        # Forked processes would inherit threads of libraries in whatever state they are.
        context = multiprocessing.get_context("spawn")
        self._count = count
        self._news: SimpleQueue[tuple[int, int, int]] = context.SimpleQueue()
        self._stop = context.Event()
        self._pool = ProcessPoolExecutor(
            count, mp_context=context, initializer=_begin, initargs=(self._news, self._stop)
        )

    def work_off(self, source: deque[Job], told: Told, stop: threading.Event) -> Generator[Outcome, None, list[Job]]:
        """Take jobs from the source until it is empty; return those that were in progress when a process died."""
        with self._pool:
            try:
                return (yield from self._work_off(source, told, stop))
            finally:
                self._stop.set()  # whoever asked may be gone before the work is done

    def _work_off(self, source: deque[Job], told: Told, stop: threading.Event) -> Generator[Outcome, None, list[Job]]:
        running: dict[Future[Outcome], Job] = {}
        while True:
            while source and len(running) < self._count and not stop.is_set():
                try:
                    with deaf_children():
                        running[self._pool.submit(_work, source[0])] = source[0]
                except BrokenProcessPool:
                    break
                source.popleft()
            if not running:
                return []
            over, _running = wait(running, LOOK_EVERY_S, FIRST_COMPLETED)
            if stop.is_set():
                self._stop.set()
            while not self._news.empty():
                told(*self._news.get())
            lost: list[Job] = []
            for future in over:
                job = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(job)
            if lost:
                return [*lost, *running.values()]


@dataclass(slots=True)
class _Channel:
    """What connects a process with the one that started it."""

    news: "SimpleQueue[tuple[int, int, int]]"
    stop: Event


_channels: list[_Channel] = []


def _begin(news: "SimpleQueue[tuple[int, int, int]]", stop: Event) -> None:
    """Make a process ready for jobs: it ends when it is asked to between two frames, and with the one that started it."""
    ignore_stops()
    _channels[:] = [_Channel(news, stop)]
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(job: Job) -> Outcome:
    # Here, for the process that hands out the jobs needs neither the model nor OpenCV.
    from formcheck.batch.working import do

    (channel,) = _channels
    return do(job, telling(job.number, channel.stop.is_set, channel.news.put))


def _died() -> FormcheckError:
    return FormcheckError(
        _(
            "The process that looked at it died twice: it may need more memory than there is, or be damaged in an odd way."
        ),
        _("Try it alone, with --threads 1."),
    )
