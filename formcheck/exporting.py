"""What the rules see of recorded landmarks, as a table of signals."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from formcheck.body.follower import Follower
from formcheck.body.lens import USUAL_FOV_DEG
from formcheck.body.meter import Measured
from formcheck.output.signals_csv import OPTION, write_signals_csv
from formcheck.pipeline import Options
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation
from formcheck.pose.presence import Presence, nobody
from formcheck.pose.recording import Recording
from formcheck.recorded_run import options_of
from formcheck.writing import refuse_old_file


def export_signals(
    path: str | Path,
    signals: str | Path,
    *,
    options: Options | None = None,
    tell: Callable[[str], None] | None = None,
) -> None:
    """Write every signal at every moment of a recording, with its error; see `formcheck.output.signals_csv`.

    Parameters
    ----------
    path
        A ``landmarks.jsonl``.
    signals
        The file to write, a CSV.
    options
        Of the camera, where it is not as recorded.
    tell
        Told, in a sentence, what is missing of the recording or odd about it.

    Raises
    ------
    InputError, NoPersonError, OutputError
        See `formcheck.errors`. Nothing is written then.
    """
    refuse_old_file(Path(signals), OPTION)
    recording = Recording(path)
    header = recording.header
    chosen = options_of(Path(path), header, None, options)
    size_wh = (header.source.width, header.source.height)
    presence = Presence(header.source)
    follower = Follower(*size_wh, fov_deg=chosen.fov_deg or USUAL_FOV_DEG, model=header.model)
    with presence.explaining():
        write_signals_csv(_measured(presence.watching(recording), follower), Path(signals))
    if tell is not None:
        for line in filter(None, (recording.damaged, *recording.remarks)):
            tell(line)


def _measured(lines: Iterable[Observation | Command], follower: Follower) -> Iterator[Measured]:
    followed = False
    for line in lines:
        if isinstance(line, Observation):
            measured = follower.step(line).measured
            followed = followed or len(measured.measures) > 0
            yield measured
        elif line.action is Action.MODEL and line.model is not None:
            follower.look_with(line.model)
    if not followed:
        raise nobody()
