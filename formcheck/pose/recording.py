"""Reads ``landmarks.jsonl``: all that the estimator saw, so that the rules can be applied again without it.

The first line is the header, then comes one line per frame, and at last one that says that this is the end::

    {"schema":"formcheck.landmarks/3","version":"0.1.0","source":{"kind":"file",…},"model":"heavy",
     "date":"2026-03-01T09:30:00+01:00","exercise":"dead_bug","rule_sha256":"…","options":{"level":"basic"},…,
     "backend":"mediapipe"}
    {"t":0.04,"px":[[x,y],…],"w":[[x,y,z],…],"v":[…]}
    {"t":0.08,"px":null,"w":null,"v":null,"cut":true}
    {"event":"end","t":0.08,"frames":2,"damaged":null,"interrupted":false}

`px` are px, `w` metres and `v` visibilities of the 33 landmarks, as in `formcheck.pose.pose.Pose`; null where nobody,
or a landmark, was not seen. `cut` and `unfit` stand there when they are true. Where the backend is ``litert``, `peak`,
`spread` (px) and `presence` follow, as in `formcheck.pose.pose.Evidence`, and the landmarks are those of each frame alone;
MediaPipe's are smoothed over time. Where `skip_still` is true in the header, the lines of a standstill repeat what the model
saw last (`formcheck.pose.still`); a replay takes them as all others.

A live session also notes what was asked of it, between the frames where it was asked (`formcheck.pose.command`)::

    {"t":12.4,"event":"pause"}
    {"t":31.0,"event":"end_point","side":"left","deg":96.5}
    {"t":48.2,"event":"model","model":"full"}

Files of the kind ``formcheck.landmarks/2`` say nothing of the backend: it was MediaPipe. Those of the kind
``formcheck.landmarks/1`` have no end either, and in their header nothing after the model. Both are read too.
"""

import math
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from formcheck.errors import InputError
from formcheck.language import N_, _
from formcheck.pose import recording_lines as lines
from formcheck.pose.command import Command
from formcheck.pose.pose import Observation
from formcheck.pose.recording_header import (
    ANALYSE_AGAIN,
    GIVE_A_FILE,
    WITHOUT_END,
    RecordingHeader,
    read_header,
)
from formcheck.system_errors import in_words

SHORTFALL_S = 1.0
"""What ends so much before the end of its source was cut short."""
MISSED = 0.02
"""So many of a file's frames, as a share, may be missing where their number is only an estimate."""


class Recording:
    """A recording, read one line at a time: what was seen, and what was asked of a live session.

    Iterating yields what was written, and raises InputError at a line that is broken. A last line that was cut off, as
    by a crash, is passed over.

    Parameters
    ----------
    path
        A ``landmarks.jsonl``.

    Attributes
    ----------
    header
        What the recording says of itself.
    damaged
        After iterating: what is missing of the recording or of its source, in a sentence; None = nothing.
    interrupted
        After iterating: the user stopped it before the end of the source.
    remarks
        After iterating: what is odd about the source, a sentence each.

    Raises
    ------
    InputError
        When there is no such file, or it is not a recording that this formcheck understands.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.damaged: str | None = None
        self.interrupted = False
        self.remarks: tuple[str, ...] = ()
        with self._opened() as file:
            first = file.readline(lines.LONGEST_LINE)
        self.header = read_header(self.path, first)

    def __iter__(self) -> Iterator[Observation | Command]:
        """Yield what was seen and asked, in order."""
        self.damaged, self.interrupted = None, False
        last_s, frames, end = -math.inf, 0, None
        with self._opened() as file:
            file.readline()
            for number, line in enumerate(iter(partial(file.readline, lines.LONGEST_LINE + 1), b""), start=2):
                try:
                    read = lines.content_of(line, is_raw=self.header.run.is_raw)
                    _check_order(read, last_s, end)
                except lines.LineError as error:
                    if not line.endswith(b"\n") and len(line) <= lines.LONGEST_LINE:
                        break  # cut off
                    raise InputError(
                        _("Line {number} of {path} is broken: {error}.", number=number, path=self.path, error=error),
                        _(ANALYSE_AGAIN),
                    ) from error
                if isinstance(read, lines.EndLine):
                    end = read
                    continue
                if isinstance(read, Observation):
                    last_s, frames = read.time_s, frames + 1
                yield read
        self.damaged = self._damage(frames, max(last_s, 0.0), end)
        self.interrupted = end is not None and end.interrupted
        self.remarks = () if end is None else end.remarks

    def _opened(self) -> BinaryIO:
        try:
            if not stat.S_ISREG(os.stat(self.path).st_mode):  # a pipe would be waited for, perhaps for ever
                raise InputError(_("{path} is not a file.", path=self.path), _(GIVE_A_FILE))
            return self.path.open("rb")
        except (OSError, ValueError) as error:
            raise InputError(
                _("{path} cannot be read: {why}.", path=self.path, why=in_words(error)), _(GIVE_A_FILE)
            ) from error

    def _damage(self, frames: int, last_s: float, end: lines.EndLine | None) -> str | None:
        """Return what is missing, in a sentence."""
        name = self.path.name
        if end is not None:
            if end.frames == frames:
                return end.damaged
            said = N_("{name} is not whole: it holds {frames} of {stated} frames.")
            return _(said, name=name, frames=frames, stated=end.frames)
        stated_s = self.header.source.duration_s
        is_short = stated_s > 0 and last_s < stated_s - SHORTFALL_S
        if is_short:
            said = N_("{name} is not whole: it ends after {last_s:.1f} of {stated_s:.1f} s.")
            return _(said, name=name, last_s=last_s, stated_s=stated_s)
        if self.header.schema != WITHOUT_END:
            return _("{name} is not whole: its end is missing after {last_s:.1f} s.", name=name, last_s=last_s)
        stated = self.header.source.frames
        if frames < stated - max(2, MISSED * stated):
            said = N_("{name} is not whole: it holds {frames} of about {stated} frames.")
            return _(said, name=name, frames=frames, stated=stated)
        return None


def read_landmarks(path: str | Path) -> tuple[RecordingHeader, Iterator[Observation]]:
    """Read a recording as `Recording` does, but only what was seen."""
    recording = Recording(path)
    return recording.header, (line for line in recording if isinstance(line, Observation))


def _check_order(read: Observation | Command | lines.EndLine, last_s: float, end: lines.EndLine | None) -> None:
    if end is not None:
        raise lines.LineError(_("it comes after the end"))
    if isinstance(read, lines.EndLine):
        return
    if read.time_s < last_s or (read.time_s == last_s and isinstance(read, Observation)):
        raise lines.LineError(
            _(
                "its time, {time_s:g} s, is not after that of the frame before, {last_s:g} s",
                time_s=read.time_s,
                last_s=last_s,
            )
        )
