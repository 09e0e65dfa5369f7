"""What is to be done with one recording of many, and what came of it; both go from process to process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from formcheck.errors import FormcheckError, NotSureError
from formcheck.interruption import INTERRUPTED
from formcheck.language import _
from formcheck.output.parquet import Cell
from formcheck.pipeline import Options
from formcheck.pose.pose import Backend, Device

Seen = Callable[[int, int], None]
"""Told how many frames there were so far, and how many there will be; raises KeyboardInterrupt where all is to end."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How all recordings are analysed.

    Attributes
    ----------
    model, backend, threads, skip_still, device, fps, mirrored, video, report, blur_face
        As for `formcheck.session.analyze`.
    pdf
        The report is printed to a PDF, too.
    rules
        Folders of further rules.
    person
        Who moves, for the history; None = no history is kept.
    resume
        What was finished in the same way before is left as it is.
    date
        When it is said to be analysed, in ISO 8601; None = when it is.
    language
        In which results and reasons are told.
    """

    model: str
    backend: Backend
    threads: int | None = None
    skip_still: bool = False
    device: Device = "cpu"
    fps: float | None = None
    mirrored: bool = False
    video: bool = True
    report: bool = True
    blur_face: bool = False
    pdf: bool = False
    rules: tuple[str, ...] = ()
    person: str | None = None
    resume: bool = False
    date: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Failure:
    """How a recording failed in an earlier run.

    Attributes
    ----------
    fingerprint
        What was asked then, and of which content.
    exit_code, reason, remedy
        As in `Outcome`.
    """

    fingerprint: str
    exit_code: int
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Job:
    """A recording, and what is to be done with it.

    Attributes
    ----------
    number
        Its place in the order of the batch, from 0.
    recording
        As the user gave it; the results call it so.
    path
        Where it is: an absolute path or an address.
    folder
        Where its results go: an absolute path or an address.
    place
        The same, seen from the folder of the batch.
    exercise, options
        As for `formcheck.session.analyze`.
    manner
        How all are analysed.
    failure
        How it failed in an earlier run that is resumed; None if it did not.
    """

    number: int
    recording: str
    path: str
    folder: str
    place: str
    exercise: str
    options: Options
    manner: Manner
    failure: Failure | None = None

    @property
    def asked_for(self) -> str:
        """What the recording is analysed for, as far as it was given: ``dead_bug``, ``hip_flexion-wall-left``."""
        return asked_for(self.exercise, self.options)


def asked_for(exercise: str, options: Options) -> str:
    """Return an exercise with the level and the side that were given, as part of a name."""
    return "-".join(part for part in (exercise, options.level, options.side) if part is not None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a recording.

    Attributes
    ----------
    number
        That of its job.
    exit_code
        As the command has them; 0 = done.
    reason
        Why it is not done, in plain sentences; empty where it is.
    figures
        What the index says of the session, by column.
    recording_sha256, fingerprint
        The content, and what was asked of it; empty where it could not be read.
    was_there
        It was finished before, or failed so before.
    remedy
        What to do where it is not done, in plain sentences; may be empty.
    notes
        What else is to be said, a sentence each.
    """

    number: int
    exit_code: int = 0
    reason: str = ""
    figures: Mapping[str, Cell] = field(default_factory=dict)
    recording_sha256: str = ""
    fingerprint: str = ""
    was_there: bool = False
    remedy: str = ""
    notes: tuple[str, ...] = ()


def failed(job: Job, error: FormcheckError) -> Outcome:
    """Return that a recording failed."""
    if isinstance(error, NotSureError):
        return _not_sure(job, error)
    return Outcome(job.number, error.exit_code, error.cause, remedy=" ".join(error.remedy.splitlines()))


def _not_sure(job: Job, error: NotSureError) -> Outcome:
    """Return that a recording of many shows nobody knows which exercise: what to do is the same for all of them."""
    nearest = [_("Most like: {nearest}.", nearest=", ".join(error.nearest))] if error.nearest else []
    remedy = _("Say in a list which exercise each shows, and give it with --list FILE.csv.")
    return Outcome(job.number, error.exit_code, " ".join([error.cause, *nearest]), remedy=remedy)


def stopped(job: Job) -> Outcome:
    """Return that a recording was not looked at to its end, as somebody ended the batch."""
    return Outcome(job.number, INTERRUPTED, _("Stopped before its end; --resume does it again."))
