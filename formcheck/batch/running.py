"""A batch from start to end: jobs made of what the user means, done by whoever does them, and written down in the index."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.batch.finding import Found
from formcheck.batch.index import Index
from formcheck.batch.job import Job, Manner, Outcome, asked_for
from formcheck.batch.places import places_for
from formcheck.batch.workers import Told, Workers
from formcheck.choosing import rule_named
from formcheck.errors import OutputError
from formcheck.exercise.rulebook import Rule, id_of
from formcheck.language import _
from formcheck.output.folder import MARKER, at_work_in
from formcheck.output.folder_names import is_address
from formcheck.pipeline import Options
from formcheck.recorded_run import AUTO


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be looked for in a recording.

    Attributes
    ----------
    found
        The recording.
    exercise, options
        As for `formcheck.session.analyze`.
    """

    found: Found
    exercise: str
    options: Options

    @property
    def kind(self) -> str:
        """What the recording is analysed for, as part of a name."""
        return asked_for(id_of(self.exercise), self.options)


def jobs_of(wanted: Sequence[Wanted], out: str, manner: Manner, known: Mapping[str, Rule]) -> list[Job]:
    """Return what is to be done.

    Parameters
    ----------
    wanted
        What is to be looked for in which recording.
    out
        The folder of the batch: an absolute path or an address.
    manner
        How all are analysed.
    known
        All rules.

    Raises
    ------
    UsageError
        There is no such exercise or level.
    """
    # What is wrong shows before the long work.
    rules = {(one.exercise, one.options.level): rule_named(known, one.exercise, one.options) for one in _unlike(wanted)}
    named = [AUTO if (rule := rules[one.exercise, one.options.level]) is None else rule.id for one in wanted]
    places = places_for([one.found for one in wanted], [one.kind for one in wanted])
    return [
        Job(
            number, one.found.recording, one.found.path, f"{out}/{place}" if is_address(out) else str(Path(out) / place),
            place, exercise, one.options, manner,
        )
        for number, (one, exercise, place) in enumerate(zip(wanted, named, places, strict=True))
    ]  # fmt: skip


def _unlike(wanted: Sequence[Wanted]) -> Iterable[Wanted]:
    """Return one for each exercise and level that is wanted."""
    return {(one.exercise, one.options.level): one for one in wanted}.values()


def run_batch(
    jobs: Sequence[Job], out: str, workers: Workers, told: Told, over: Callable[[Outcome], None], stop: threading.Event
) -> list[Outcome]:
    """Do all jobs and keep the index of the batch; return what came of those that were begun, in their order.

    Parameters
    ----------
    jobs
        What to do.
    out
        The folder of the batch: an absolute path or an address.
    workers
        Who does it.
    told, stop
        As for `Workers`.
    over
        Told of each recording that is over.

    Raises
    ------
    OutputError
        The index cannot be written, or somebody is at work in the folder.
    """
    if not is_address(out):
        if (Path(out) / MARKER).exists():
            raise OutputError(
                _("{path} holds the results of one recording.", path=out), _("Choose another folder with --out DIR.")
            )
        with at_work_in(Path(out)):
            return list(_run(jobs, out, workers, told, over, stop))
    return list(_run(jobs, out, workers, told, over, stop))


def _run(
    jobs: Sequence[Job], out: str, workers: Workers, told: Told, over: Callable[[Outcome], None], stop: threading.Event
) -> Iterator[Outcome]:
    index = Index(out, jobs)
    earlier = index.earlier()
    index.begin()
    outcomes: list[Outcome] = []
    try:
        for outcome in workers.run([replace(job, failure=earlier.get(job.place)) for job in jobs], told, stop):
            index.add(outcome)
            outcomes.append(outcome)
            over(outcome)
    finally:
        index.finish()
    yield from sorted(outcomes, key=lambda outcome: outcome.number)
