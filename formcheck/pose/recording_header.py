"""The first line of a ``landmarks.jsonl``: what was recorded, when, and all that a replay needs to be the same run."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import structs

from formcheck.capture.frame import SourceInfo
from formcheck.errors import InputError
from formcheck.language import N_, _
from formcheck.pose import recording_lines as lines
from formcheck.pose.pose import Backend, Device
from formcheck.readable import as_unicode

SCHEMA = "formcheck.landmarks/3"
WITHOUT_BACKEND = "formcheck.landmarks/2"
"""Files of this kind were all made by MediaPipe."""
WITHOUT_END = "formcheck.landmarks/1"
"""Files of this kind say nowhere that they are whole."""

ANALYSE_AGAIN = N_("Analyse the video again to make it anew.")
"""The remedy for a broken recording."""
GIVE_A_FILE = N_("Give the path of a landmarks.jsonl file.")
"""The remedy for what is no recording."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a recording was made: what a replay needs to be the same run.

    Attributes
    ----------
    exercise
        Id of the exercise, or ``auto``; None if unknown.
    rule_sha256
        Fingerprint of its rule; None where the exercise was to be recognised.
    options
        What the user set, by name.
    mirrored
        The pictures were turned back, left to right.
    fps
        How many pictures a second were looked at, at most; None = all.
    backend
        What ran the pose model.
    threads
        How many it used; None = not known, or MediaPipe, which always takes one.
    skip_still
        Where picture and pose stood still, the model looked less often: the lines between repeat what it saw.
    device
        Where the model ran: ``cpu``, or ``gpu``, the graphics processor.
    """

    exercise: str | None = None
    rule_sha256: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    mirrored: bool = False
    fps: float | None = None
    backend: Backend = "mediapipe"
    threads: int | None = None
    skip_still: bool = False
    device: Device = "cpu"

    @property
    def is_raw(self) -> bool:
        """Whether the landmarks are those of each frame alone; MediaPipe smooths them over time."""
        return self.backend == "litert"


@dataclass(frozen=True, slots=True)
class RecordingHeader:
    """What a recording says of itself.

    Attributes
    ----------
    schema, version
        The kind of file, and the formcheck that wrote it.
    source
        What was recorded.
    model
        The pose model that was used.
    date
        When the recording began, in ISO 8601; None if unknown.
    run
        How it was made.
    """

    schema: str
    version: str
    source: SourceInfo
    model: str
    date: str | None
    run: Run


def header_line(source: SourceInfo, model: str, date: str, run: Run) -> bytes:
    """Return the line that says this."""
    return lines.encode({
        "schema": SCHEMA, "version": _version(), "source": asdict(source) | {"path": as_unicode(source.path)},
        "model": as_unicode(model), "date": date, **asdict(run),
    })  # fmt: skip


def read_header(path: Path, line: bytes) -> RecordingHeader:
    """Return what the first line of a file says.

    Raises
    ------
    InputError
        It is no recording, or one that this formcheck does not understand.
    """
    if not line:
        raise InputError(_("{path} is empty.", path=path), _(ANALYSE_AGAIN))
    try:
        schema = lines.schema_of(line)
    except lines.LineError as error:
        raise InputError(
            _("{path} is not a recording of landmarks: its first line is no header ({error}).", path=path, error=error),
            _(GIVE_A_FILE),
        ) from error
    if schema not in (SCHEMA, WITHOUT_BACKEND, WITHOUT_END):
        raise InputError(
            _(
                "{path} is of the kind {schema}, and this formcheck reads {known}.",
                path=path,
                schema=schema,
                known=SCHEMA,
            ),
            _("Update formcheck."),
        )
    try:
        read = lines.header_of(line)
    except lines.LineError as error:
        raise InputError(_("Line 1 of {path} is broken: {error}.", path=path, error=error), _(ANALYSE_AGAIN)) from error
    run = Run(
        read.exercise,
        read.rule_sha256,
        read.options,
        read.mirrored,
        read.fps,
        read.backend,
        read.threads,
        read.skip_still,
        read.device,
    )
    return RecordingHeader(schema, read.version, SourceInfo(**structs.asdict(read.source)), read.model, read.date, run)


def _version() -> str:
    try:
        return version("formcheck")
    except PackageNotFoundError:
        return "unknown"
