"""Does jobs on a cluster by Dask, which alone is imported here; it comes with the extra ``cluster``."""

import logging
import os
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from queue import Empty, Queue

from formcheck.batch.identity import differences, identity
from formcheck.batch.job import Job, Manner, Outcome, failed, stopped
from formcheck.batch.workers import Told, telling
from formcheck.batch.working import do
from formcheck.errors import FormcheckError, InstallationError
from formcheck.installation import extra_hint
from formcheck.interruption import deaf_children
from formcheck.language import _

try:
    from distributed import Client, Future, LocalCluster, get_worker
    from distributed.scheduler import KilledWorker
except ImportError as problem:
    raise InstallationError(
        _("A cluster needs the package distributed, which is not installed."), extra_hint("cluster")
    ) from problem

LOOK_EVERY_S = 0.1
ANSWER_S = 30.0
"""So long a scheduler may take to answer, and to have a worker."""
COUNT_AGAIN_S = 10.0
"""So often it is asked how many workers there are by now."""
END_S = 1.0
"""The same once all is to end."""
AHEAD = 2
"""So many jobs are handed out for each that can be in progress."""

_stopped: set[str] = set()
"""In a worker: the batches that are to end."""
_alike: set[str] = set()
"""In a worker: the batches that it is known to be fit for."""


class Cluster:
    """Workers of Dask.

    Parameters
    ----------
    address
        Of a scheduler, such as ``tcp://10.0.0.5:8786``; None = a cluster on this computer, for as long as it takes.
    count
        How many workers the one on this computer has.
    say
        Told what people should know while they wait.
    """

    def __init__(self, address: str | None, count: int = 1, say: Callable[[str], None] = lambda _text: None) -> None:
        self._address = address
        self._count = count
        self._say = say

    def run(self, jobs: Sequence[Job], told: Told, stop: threading.Event) -> Iterator[Outcome]:
        """Yield what came of each job, as `formcheck.batch.workers.Workers` says.

        Raises
        ------
        InstallationError
            There is no scheduler or no worker, or some of the workers are not like this computer.
        FormcheckError
            The scheduler was lost on the way.
        """
        if not jobs:
            return
        batch = f"formcheck-{uuid.uuid4().hex}"
        with self._client() as client:
            try:
                yield from _worked_off(client, batch, jobs, told, stop, self._say)
            except OSError as error:  # those of its connections are among them
                raise _lost() from error
            finally:
                with suppress(Exception):  # the scheduler may be gone
                    client.run(_end, batch)

    @contextmanager
    def _client(self) -> Iterator[Client]:
        if os.environ.get("FORMCHECK_DEBUG") != "1":
            for name in [one for one in logging.root.manager.loggerDict if one.startswith(("distributed", "tornado"))]:
                logging.getLogger(name).handlers[:] = [logging.NullHandler()]
        if self._address is not None:
            try:
                client = Client(self._address, timeout=ANSWER_S, set_as_default=False)
            except (OSError, ValueError) as error:
                raise InstallationError(
                    _("No scheduler answers at {address}.", address=self._address),
                    _("Start one with `dask scheduler`, or check the address."),
                ) from error
            with client:
                yield client
            return
        with deaf_children():  # also what it starts later
            cluster = LocalCluster(
                n_workers=self._count, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
            )
        with cluster, Client(cluster, timeout=ANSWER_S, set_as_default=False) as client:
            yield client


def _refuse_unlike(client: Client, manner: Manner) -> dict[str, str]:
    """Return what decides results here; refuse to work with workers where it is something else."""
    try:
        client.wait_for_workers(1, timeout=ANSWER_S)
    except TimeoutError as error:
        raise InstallationError(
            _("The cluster has no workers."), _("Start some with `dask worker ADDRESS`.")
        ) from error
    here = identity(manner)
    unlike = []
    for address, there in sorted(client.run(identity, manner, on_error="return").items()):
        if isinstance(there, BaseException):
            unlike.append(f"{address}: {' '.join(str(there).split())}")
        else:
            unlike += [f"{address}: {one}" for one in differences(there, here)]
    if unlike:
        raise _not_mixed(unlike)
    return here


def _not_mixed(unlike: Sequence[str]) -> InstallationError:
    return InstallationError(
        _("Not all workers are like this computer, and results of unlike ones are not mixed."),
        "\n".join([*unlike, _("Install the same versions, models and rules everywhere. What is done is kept.")]),
    )


def _worked_off(
    client: Client,
    batch: str,
    jobs: Sequence[Job],
    told: Told,
    stop: threading.Event,
    say: Callable[[str], None],
) -> Iterator[Outcome]:
    here = _refuse_unlike(client, jobs[0].manner)
    waiting, running = deque(jobs), dict[str, tuple[Job, Future]]()
    news: Queue[tuple[int, int, int] | str] = Queue()
    client.subscribe_topic(batch, lambda event: news.put(tuple(event[1])))
    room, there, counted_s, is_told = 0, 0, float("-inf"), False
    while (waiting and not stop.is_set()) or running:
        if time.monotonic() - counted_s > (COUNT_AGAIN_S if not is_told else END_S):
            before, there, counted_s = there, sum(client.nthreads().values()), time.monotonic()
            if before and not there and not is_told:
                say(
                    _("The cluster has no workers left. Start some with `dask worker ADDRESS`; what waits is for them.")
                )
            room = AHEAD * max(1, there)
            if is_told and not there:  # nobody is left who could end between two frames
                yield from (stopped(job) for job, _future in running.values())
                return
        while waiting and len(running) < room and not stop.is_set():
            job = waiting.popleft()
            future = client.submit(_work, job, batch, here, key=f"{batch}-{job.number}", pure=False)
            running[future.key] = job, future
            future.add_done_callback(lambda one: news.put(one.key))
        if stop.is_set() and not is_told:
            client.run(_end, batch)
            is_told = True
        with suppress(Empty):
            said = news.get(timeout=LOOK_EVERY_S)
            if not isinstance(said, str):
                told(*said)
            elif (outcome := _outcome(*running.pop(said))) is not None:
                yield outcome


def _outcome(job: Job, future: Future) -> Outcome | None:
    """Return what came of a job that is over; None where it was not begun."""
    if future.status == "finished":
        done: Outcome | None = future.result()
        return done
    error = future.exception() if future.status == "error" else None
    if isinstance(error, _UnlikeError):
        raise _not_mixed([str(error)])
    if isinstance(error, KilledWorker):
        return failed(
            job, FormcheckError(_("Each worker that looked at it died."), _("It may need more memory than they have."))
        )
    if error is None:
        return failed(job, _lost())
    return failed(job, FormcheckError(_("Something went wrong inside formcheck: {error}", error=error)))


def _lost() -> FormcheckError:
    return FormcheckError(
        _("The cluster was lost before its end."),
        _("What is done is kept; the same command with --resume does the rest."),
    )


def _end(batch: str) -> None:
    """Ask a worker to end what it does for a batch."""
    _stopped.add(batch)


class _UnlikeError(Exception):
    """A worker that came later is not like the others."""


def _work(job: Job, batch: str, here: Mapping[str, str]) -> Outcome | None:
    """Do a job in a worker that is like the computer that hands them out; None where the batch was to end before."""
    worker = get_worker()
    if batch in _stopped:
        return None
    if batch not in _alike:
        unlike = differences(identity(job.manner), here)
        if unlike:
            raise _UnlikeError(f"{worker.address}: {' '.join(unlike)}")
        _alike.add(batch)
    return do(job, telling(job.number, lambda: batch in _stopped, partial(worker.log_event, batch)))
