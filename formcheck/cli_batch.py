"""Many recordings from the command line, for `analyze`."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import TaskID
from rich.text import Text

from formcheck.batch.finding import find
from formcheck.batch.fingerprint import model_sha256
from formcheck.batch.index import record_of
from formcheck.batch.job import Job, Manner, Outcome
from formcheck.batch.list_file import read_list
from formcheck.batch.pool import Pool
from formcheck.batch.running import Wanted, jobs_of, run_batch
from formcheck.batch.texts import line_of, summary
from formcheck.batch.workers import Workers
from formcheck.capture.opening import check_fps
from formcheck.cli_printing import loaded_rules, print_place, progress_bar, refuse_pdf
from formcheck.dates import fixed_date
from formcheck.errors import UsageError
from formcheck.exercise.rulebook import Rulebook
from formcheck.history.keeping import named
from formcheck.installation import usable_cores
from formcheck.interruption import INTERRUPTED, stoppable
from formcheck.language import _, language
from formcheck.output.folder_names import RESULTS_SUFFIX, default_folder, here, is_address
from formcheck.pipeline import Options
from formcheck.pose.bundles import MODELS
from formcheck.pose.opening import Seeing, check_device, threads_used, usual_backend
from formcheck.readable import readable
from formcheck.terminal import say_beside

SEVERAL = "recordings"
"""What the folder of results is called where several things were given, or what has no name of its own for one."""


@dataclass(frozen=True, slots=True)
class Many:
    """What is asked of many recordings beyond what is asked of one.

    Attributes
    ----------
    videos
        Files, folders, patterns and addresses.
    listed
        A CSV that lists recordings instead.
    jobs
        How many are looked at at once; None = as many as there are cores for.
    resume
        What was finished before is left as it is.
    scheduler
        Address of a Dask scheduler whose workers do it.
    local_cluster
        How many Dask workers of this computer do it.
    """

    videos: Sequence[str]
    listed: Path | None = None
    jobs: int | None = None
    resume: bool = False
    scheduler: str | None = None
    local_cluster: int | None = None

    @property
    def is_for_cluster(self) -> bool:
        """Whether Dask does it."""
        return self.scheduler is not None or self.local_cluster is not None


def analyze_many_and_print(
    many: Many,
    exercise: str | None,
    options: Options,
    out: str | None,
    asked: Seeing,
    *,
    fps: float | None,
    mirrored: bool,
    with_video: bool,
    with_report: bool,
    blur_face: bool,
    person: str | None,
    rules: list[Path] | None,
    as_json: bool,
    as_pdf: bool,
) -> None:
    """Analyse recordings, show how far they are, and print what came of them; the options are those of the command."""
    if as_pdf:
        refuse_pdf(with_report=with_report)
    check_fps(fps)
    model_sha256(asked.model)
    named(person)
    _check_cluster(many, person, asked)
    check_device(asked)
    known = loaded_rules(rules, exercise)
    wanted = _wanted(many, exercise, options, fps, known)
    count, threads = _shared_out(len(wanted), many, asked)
    manner = Manner(
        model=asked.model if asked.model in MODELS else os.path.abspath(asked.model), backend=asked.backend or usual_backend(),
        threads=threads, skip_still=asked.skip_still, device=asked.device, fps=fps, mirrored=mirrored, video=with_video, report=with_report,
        blur_face=blur_face, pdf=as_pdf,
        rules=tuple(os.path.abspath(folder) for folder in rules or ()), person=person, resume=many.resume,
        date=fixed_date(), language=language(),
    )  # fmt: skip
    folder = _folder(many, out)
    jobs = jobs_of(wanted, folder, manner, known)
    outcomes, is_stopped = _run(jobs, folder, _workers(many, count))
    _print(jobs, outcomes, folder, as_json=as_json)
    if is_stopped:
        say_beside(_("Stopped; what was done until then is kept. The same command with --resume does the rest."))
        raise typer.Exit(INTERRUPTED)
    worst = max((outcome.exit_code for outcome in outcomes), default=0)
    if worst:
        raise typer.Exit(worst)


def _wanted(many: Many, exercise: str | None, options: Options, fps: float | None, known: Rulebook) -> list[Wanted]:
    if many.listed is not None:
        if many.videos:
            raise UsageError(
                _("--list says which recordings there are."), _("Leave the others out, or add them to the list.")
            )
        return read_list(many.listed, exercise, options, known)
    if not many.videos:
        raise UsageError(_("Which recordings?"), _("Name files or folders, or a list of them with --list FILE.csv."))
    if exercise is None:
        raise which_exercise()
    found = find(many.videos, fps)
    if not found:
        raise UsageError(_("These are folders of results, not recordings."), _("Name the recordings themselves."))
    return [Wanted(one, exercise, options) for one in found]


def which_exercise() -> UsageError:
    """Return the error that no exercise is named."""
    return UsageError(
        _("Which exercise do the recordings show?"),
        _("Say -e EXERCISE, or -e auto to have it recognised; `formcheck exercises` lists them."),
    )


def _check_cluster(many: Many, person: str | None, asked: Seeing) -> None:
    """Refuse what does not go together with a cluster."""
    if not many.is_for_cluster:
        return
    if many.scheduler is not None and many.local_cluster is not None:
        raise UsageError(_("--scheduler names a cluster, and --local-cluster makes one."), _("Leave one out."))
    if many.jobs is not None:
        raise UsageError(
            _("On a cluster each worker has a recording at a time."), _("Leave --jobs out, or start more workers.")
        )
    if person is not None:
        raise UsageError(
            _("--person names who it is in the history, which a cluster does not keep."), _("Leave it out.")
        )
    if asked.device == "gpu":
        raise UsageError(
            _("The workers of a cluster look by their processors, for graphics processors are not alike."),
            _("Leave --device out, or use --jobs on this computer."),
        )


def _shared_out(recordings: int, many: Many, asked: Seeing) -> tuple[int, int | None]:
    """Return how many processes there are to be, and how many threads in each: many with one thread do most."""
    cores = usable_cores()
    count = max(1, cores // (asked.threads or 1)) if many.jobs is None else many.jobs
    count = min(count, recordings)
    usual = threads_used(asked.backend or usual_backend(), asked.threads)
    if usual is None or asked.threads is not None:
        return count, usual
    return count, 1 if many.is_for_cluster else max(1, min(usual, cores // count))


def _workers(many: Many, count: int) -> Workers:
    if not many.is_for_cluster:
        return Pool(count)
    # Here, for nobody else needs Dask.
    from formcheck.batch.cluster import Cluster

    return Cluster(many.scheduler, many.local_cluster or 1, say_beside)


def _folder(many: Many, out: str | None) -> str:
    if out is not None:
        return out.rstrip("/") if is_address(out) else os.path.abspath(out)
    if many.listed is not None:
        return str(default_folder(str(many.listed)))
    if len(many.videos) == 1 and _names_a_folder(many.videos[0]):
        return str(default_folder(many.videos[0]))
    return str(here() / f"{SEVERAL}{RESULTS_SUFFIX}")


def _names_a_folder(given: str) -> bool:
    """Return whether results may be called after it: not after a pattern, nor after a file, whose own results lie there."""
    return os.path.isdir(given) or (is_address(given) and not has_magic(given))


def _run(jobs: Sequence[Job], folder: str, workers: Workers) -> tuple[list[Outcome], bool]:
    """Do the jobs and show how far they are; return what came of them, and whether they were stopped."""
    with stoppable() as stop, progress_bar() as progress:
        whole = progress.add_task(_("All recordings"), total=len(jobs))
        shown: dict[int, TaskID] = {}
        shares: dict[int, float] = {}
        over: list[Outcome] = []

        def told(number: int, done: int, total: int) -> None:
            if number not in shown:
                shown[number] = progress.add_task(readable(Path(jobs[number].recording).name), total=None)
            progress.update(shown[number], completed=done, total=max(total, done) or None)
            shares[number] = done / max(total, done, 1)
            progress.update(whole, completed=len(over) + sum(shares.values()))

        def is_over(outcome: Outcome) -> None:
            over.append(outcome)
            if outcome.number in shown:
                progress.remove_task(shown.pop(outcome.number))
            shares.pop(outcome.number, None)
            progress.update(whole, completed=len(over) + sum(shares.values()))
            lines = [line_of(jobs[outcome.number], outcome, len(over), len(jobs)), *map(readable, outcome.notes)]
            for line in lines:
                if progress.disable:
                    say_beside(line)
                else:
                    progress.console.print(Text(line), soft_wrap=True)

        return run_batch(jobs, folder, workers, told, is_over, stop), stop.is_set()


def _print(jobs: Sequence[Job], outcomes: Sequence[Outcome], folder: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([record_of(jobs[one.number], one) for one in outcomes], indent=1))
        return
    Console().print(summary(jobs, outcomes))
    print_place(_("Results and their index are in {folder}", folder=readable(folder)))
