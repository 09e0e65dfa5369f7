"""Writes and reads ``landmarks.jsonl``: all that the estimator saw, so that the rules can be applied again without it.

The first line is the header, then comes a line a frame::

    {"schema":"formcheck.landmarks/1","version":"0.1.0","source":{"kind":"file",…},"model":"heavy"}
    {"t":0.04,"px":[[x,y],…],"w":[[x,y,z],…],"v":[…]}
    {"t":0.08,"px":null,"w":null,"v":null,"cut":true}

`px` are px, `w` metres and `v` visibilities of the 33 landmarks, as in `formcheck.pose.pose.Pose`; null where nobody,
or a landmark, was not seen. `cut` and `unfit` stand there when they are true.

A live session also notes what was asked of it, between the frames where it was asked (`formcheck.pose.command`)::

    {"t":12.4,"event":"pause"}
    {"t":31.0,"event":"end_point","side":"left","deg":96.5}
    {"t":48.2,"event":"model","model":"full"}
"""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import SourceInfo
from formcheck.errors import InputError, OutputError
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import LANDMARKS, Observation, Pose

SCHEMA = "formcheck.landmarks/1"

_ANALYSE_AGAIN = "Analyse the video again to make it anew."
_GIVE = "Give the path of a landmarks.jsonl file."
_LONGEST_HEADER = 65536


@dataclass(frozen=True, slots=True)
class RecordingHeader:
    """What a recording says of itself.

    Attributes
    ----------
    version
        The formcheck that wrote it.
    source
        What was recorded.
    model
        The pose model that was used.
    """

    version: str
    source: SourceInfo
    model: str


class LandmarkWriter:
    """Writes observations as they come; a crash loses at most the last one.

    Parameters
    ----------
    path
        The file; an old one is replaced.
    source, model
        For the header.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """

    def __init__(self, path: str | Path, source: SourceInfo, model: str) -> None:
        self.path = Path(path)
        try:
            self._file: BinaryIO = self.path.open("wb", buffering=0)
        except OSError as error:
            raise self._failure(error) from error
        header = {"schema": SCHEMA, "version": _version(), "source": asdict(source), "model": model}
        try:
            self._write_line(header)
        except OutputError:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; harmless when done twice.

        Raises
        ------
        OutputError
            When the disk refuses the last of it.
        """
        try:
            self._file.close()
        except OSError as error:
            raise self._failure(error) from error

    def write(self, seen: Observation) -> None:
        """Append an observation.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        line: dict[str, Any] = {"t": seen.time_s, "px": None, "w": None, "v": None}
        if seen.pose is not None:
            line["px"] = _plain(seen.pose.image_px)
            line["w"] = _plain(seen.pose.world_m)
            line["v"] = _plain(seen.pose.visibility)
        line |= {name: True for name in ("cut", "unfit") if getattr(seen, name)}
        self._write_line(line)

    def note(self, command: Command) -> None:
        """Append what was asked of the session.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        line: dict[str, Any] = {"t": command.time_s, "event": str(command.action)}
        details = {"side": command.side, "deg": command.deg, "model": command.model}
        self._write_line(line | {name: value for name, value in details.items() if value is not None})

    def _write_line(self, content: dict[str, Any]) -> None:
        data = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode() + b"\n"
        try:
            while data:
                data = data[self._file.write(data) :]
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> OutputError:
        return OutputError(
            f"{self.path} cannot be written: {error.strerror or error}.",
            "Free some disk space, or choose a folder of yours with --out DIR.",
        )


def read_recording(path: str | Path) -> tuple[RecordingHeader, Iterator[Observation | Command]]:
    """Read a recording, a line at a time: what was seen, and what was asked of a live session.

    A last line that was cut off, as by a crash, is passed over.

    Parameters
    ----------
    path
        A ``landmarks.jsonl``.

    Returns
    -------
    header
        What the recording says of itself.
    lines
        What was seen and asked, equal to what was written. Iterating raises InputError at a line that is broken.

    Raises
    ------
    InputError
        When there is no such file, or it is not a recording that this formcheck understands.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            first = file.readline(_LONGEST_HEADER)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.", _GIVE) from error
    return _header(path, first), _lines(path)


def read_landmarks(path: str | Path) -> tuple[RecordingHeader, Iterator[Observation]]:
    """Read a recording as `read_recording` does, but only what was seen."""
    header, lines = read_recording(path)
    return header, (line for line in lines if isinstance(line, Observation))


def _header(path: Path, line: bytes) -> RecordingHeader:
    if not line:
        raise InputError(f"{path} is empty.", _ANALYSE_AGAIN)
    try:
        content = json.loads(line)
        if content["schema"] == SCHEMA:
            source = SourceInfo(**content["source"])
            if not all(isinstance(size, int) and size > 0 for size in (source.width, source.height)):
                raise ValueError("the frame has no size")
            return RecordingHeader(str(content["version"]), source, str(content["model"]))
        schema = str(content["schema"])
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{path} is not a recording of landmarks: its first line is no header.", _GIVE) from error
    raise InputError(f"{path} is of the kind {schema}, and this formcheck reads {SCHEMA}.", "Update formcheck.")


def _lines(path: Path) -> Iterator[Observation | Command]:
    last_s = -math.inf
    with path.open("rb") as file:
        file.readline()
        for number, line in enumerate(file, start=2):
            try:
                content = json.loads(line)
                read = _command(content) if "event" in content else _observation(content)
                if not last_s <= read.time_s < math.inf or (read.time_s == last_s and isinstance(read, Observation)):
                    raise ValueError("times must increase")
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                if not line.endswith(b"\n"):
                    return
                raise InputError(f"Line {number} of {path} is broken.", _ANALYSE_AGAIN) from error
            if isinstance(read, Observation):
                last_s = read.time_s
            yield read


def _command(line: dict[str, Any]) -> Command:
    side = line.get("side")
    if side not in ("left", "right", None):
        raise ValueError(f"there is no side {side}")
    deg, model = line.get("deg"), line.get("model")
    return Command(
        float(line["t"]),
        Action(line["event"]),
        side=side,
        deg=None if deg is None else float(deg),
        model=None if model is None else str(model),
    )


def _observation(line: dict[str, Any]) -> Observation:
    time_s = float(line["t"])
    pose = None
    if line["px"] is not None:
        pose = Pose(time_s, _array(line["px"], 2), _array(line["w"], 3), _array(line["v"], 0))
    return Observation(time_s, pose, cut=bool(line.get("cut", False)), unfit=bool(line.get("unfit", False)))


def _plain(values: NDArray[np.float64]) -> Any:  # noqa: ANN401  # lists of lists or of numbers
    """Return the values as lists, None where one is not a number."""
    plain = values.astype(object)
    plain[~np.isfinite(values)] = None
    return plain.tolist()


def _array(values: Any, columns: int) -> NDArray[np.float64]:  # noqa: ANN401  # anything may stand in a file
    array = np.array(values, dtype=np.float64)
    shape = (len(LANDMARKS), columns) if columns else (len(LANDMARKS),)
    if array.shape != shape:
        raise ValueError(f"{shape} numbers are needed, {array.shape} are there")
    array.flags.writeable = False
    return array


def _version() -> str:
    try:
        return version("formcheck")
    except PackageNotFoundError:
        return "unknown"
