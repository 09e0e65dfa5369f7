"""Recorded landmarks as others' programs read them: tables of signals and of landmarks, and files for OpenSim."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from formcheck.body.follower import Follower
from formcheck.body.lens import USUAL_FOV_DEG
from formcheck.body.meter import Measured
from formcheck.errors import UsageError
from formcheck.language import _
from formcheck.output.landmark_table import LANDMARK_COLUMNS, landmark_rows
from formcheck.output.opensim import write_mot, write_trc
from formcheck.output.signal_table import SIGNAL_COLUMNS, signal_rows
from formcheck.output.tables import TABLES, refuse_place, write_table
from formcheck.pipeline import Options
from formcheck.pose.command import Action
from formcheck.pose.pose import Observation, Pose
from formcheck.pose.presence import Presence, nobody
from formcheck.pose.recording import Recording
from formcheck.recorded_run import options_of

_SIGNALS, _LANDMARKS, _TRC, _MOT = "--signals FILE", "--landmarks FILE", "--trc FILE", "--mot FILE"


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that somebody wants of a recording; None = not wanted.

    Attributes
    ----------
    signals
        Every signal at every moment, with its error: see `formcheck.output.signal_table`. A CSV or Parquet.
    landmarks
        Every landmark at every moment, repaired and smoothed: see `formcheck.output.landmark_table`. A CSV or Parquet.
    trc, mot
        Landmarks and angles for OpenSim: see `formcheck.output.opensim`.
    """

    signals: Path | None = None
    landmarks: Path | None = None
    trc: Path | None = None
    mot: Path | None = None

    @property
    def wanted(self) -> dict[str, Path]:
        """The files by the option that names each."""
        named = {_SIGNALS: self.signals, _LANDMARKS: self.landmarks, _TRC: self.trc, _MOT: self.mot}
        return {option: path for option, path in named.items() if path is not None}


def export(
    path: str | Path,
    exported: Exported,
    *,
    options: Options | None = None,
    tell: Callable[[str], None] | None = None,
) -> None:
    """Write a recording for other programs.

    Parameters
    ----------
    path
        A ``landmarks.jsonl``.
    exported
        What to write, and where.
    options
        Of the camera, where it is not as recorded.
    tell
        Told, in a sentence, what is missing of the recording or odd about it.

    Raises
    ------
    InputError, NoPersonError, OutputError, UsageError, InstallationError
        See `formcheck.errors`. The file that could not be made is not written then.
    """
    wanted = exported.wanted
    if not wanted:
        raise UsageError(
            _("What shall be exported?"), _("Give --signals, --landmarks, --trc or --mot, each with a file.")
        )
    if len({file.absolute() for file in wanted.values()}) < len(wanted):
        raise UsageError(_("The same file is asked for twice."), _("Give each its own name."))
    for option, file in wanted.items():
        endings = {_TRC: (".trc",), _MOT: (".mot",)}.get(option, TABLES)
        refuse_place(file, option, endings)
    recording = Recording(path)
    chosen = options_of(Path(path), recording.header, None, options)
    for option, file in wanted.items():
        # Each time the recording is read anew: that takes less memory than keeping all that is seen in it.
        _write(option, file, _followed(recording, chosen))
    if tell is not None:
        for line in filter(None, (recording.damaged, *recording.remarks)):
            tell(line)


def _write(option: str, file: Path, moments: Iterator[tuple[Measured, Pose | None]]) -> None:
    if option == _SIGNALS:
        rows = chain.from_iterable(signal_rows(measured) for measured, _pose in moments)
        write_table(file, SIGNAL_COLUMNS, rows, option)
    elif option == _LANDMARKS:
        rows = chain.from_iterable(landmark_rows(measured.time_s, pose) for measured, pose in moments)
        write_table(file, LANDMARK_COLUMNS, rows, option)
    elif option == _TRC:
        write_trc(((measured.time_s, pose) for measured, pose in moments), file, option)
    else:
        write_mot((measured for measured, _pose in moments), file, option)


def _followed(recording: Recording, options: Options) -> Iterator[tuple[Measured, Pose | None]]:
    """Yield what is measured at every moment, and the body as it is believed to be.

    Raises
    ------
    NoPersonError
        At the end, if nobody was seen.
    """
    header = recording.header
    presence = Presence(header.source)
    follower = Follower(
        header.source.width, header.source.height, fov_deg=options.fov_deg or USUAL_FOV_DEG, model=header.model
    )
    found = False
    with presence.explaining():
        for line in presence.watching(recording):
            if isinstance(line, Observation):
                followed = follower.step(line)
                found = found or len(followed.measured.measures) > 0
                yield followed.measured, followed.pose
            elif line.action is Action.MODEL and line.model is not None:
                follower.look_with(line.model)
        if not found:
            raise nobody()
