"""Writes ``landmarks.jsonl``, frame by frame; what is in it, `formcheck.pose.recording` says."""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from formcheck.capture.frame import SourceInfo
from formcheck.dates import now
from formcheck.pose import recording_lines as lines
from formcheck.pose.command import Command
from formcheck.pose.pose import Observation
from formcheck.pose.recording_header import Run, header_line
from formcheck.readable import as_unicode
from formcheck.writing import cannot_write, create


class LandmarkWriter:
    """Writes observations as they come; a crash loses at most the last one.

    Parameters
    ----------
    path
        The file; an old one is replaced.
    source, model, run
        For the header.
    date
        When the recording began, in ISO 8601; None = now.

    Attributes
    ----------
    date
        When the recording began, in ISO 8601.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """

    def __init__(
        self, path: str | Path, source: SourceInfo, model: str, run: Run | None = None, date: str | None = None
    ) -> None:
        self.path = Path(path)
        self.date = now() if date is None else date
        self._frames, self._last_s = 0, 0.0
        try:
            self._file: BinaryIO = create(self.path)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        try:
            self._write(header_line(source, model, self.date, run or Run()))
        except BaseException:
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
        """Close the file; harmless when done twice. Without `finish` before, it counts as cut short.

        Raises
        ------
        OutputError
            When the disk refuses the last of it.
        """
        try:
            self._file.close()
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def write(self, seen: Observation) -> None:
        """Append an observation.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        pose = seen.pose
        line: dict[str, object] = {"t": seen.time_s, "px": None, "w": None, "v": None}
        if pose is not None:
            line |= {"px": pose.image_px.tolist(), "w": pose.world_m.tolist(), "v": pose.visibility.tolist()}
            if (said := pose.evidence) is not None:
                named = {"peak": said.peak, "spread": said.spread_px, "presence": said.presence}
                line |= {name: values.tolist() for name, values in named.items()}
        line |= {name: True for name in ("cut", "unfit") if getattr(seen, name)}
        self._write(lines.encode(line))
        self._frames, self._last_s = self._frames + 1, seen.time_s

    def note(self, command: Command) -> None:
        """Append what was asked of the session.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        line = lines.CommandLine(
            command.time_s, command.action, command.side, command.deg, command.model, command.question, command.value
        )
        self._write(lines.encode(line))

    def finish(self, *, damaged: str | None = None, interrupted: bool = False, remarks: tuple[str, ...] = ()) -> None:
        """Append the end: nothing follows.

        Parameters
        ----------
        damaged
            Why the source could not be read to its end; None = it could.
        interrupted
            The user stopped before the end of the source.
        remarks
            What is odd about the source, a sentence each.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        told = None if damaged is None else as_unicode(damaged)
        odd = tuple(as_unicode(remark) for remark in remarks)
        self._write(lines.encode(lines.EndLine(self._last_s, self._frames, told, interrupted, odd)))

    def _write(self, line: bytes) -> None:
        data = line + b"\n"
        try:
            while data:
                data = data[self._file.write(data) :]
        except OSError as error:
            raise cannot_write(self.path, error) from error
