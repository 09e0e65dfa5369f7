"""The lines of a ``landmarks.jsonl`` as they stand in the file: their shape, and the ranges of what they hold.

Whatever does not fit is refused with the place and what was expected there, so nothing behind this module meets a text
where a number belongs, or a number that no camera gives.
"""

import re
from typing import Annotated, Any, Literal, TypeVar

import msgspec
import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

from formcheck.language import N_, _
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import LANDMARKS, Backend, Device, Evidence, Observation, Pose, Side

T = TypeVar("T")

_WORDS = {
    "float": N_("number"),
    "int": N_("whole number"),
    "str": N_("text"),
    "bool": N_("true or false"),
    "array": N_("list"),
}

LONGEST_LINE = 65_536
"""Longer lines, in bytes, are none of ours."""

Time = Annotated[float, Meta(ge=0.0, le=1e9)]
Pixel = Annotated[float, Meta(ge=-1e6, le=1e6)] | None
Metre = Annotated[float, Meta(ge=-1e3, le=1e3)] | None
Share = Annotated[float, Meta(ge=0.0, le=1.0)] | None
Length = Annotated[float, Meta(ge=0.0, le=1e6)] | None

_ALL = Meta(min_length=len(LANDMARKS), max_length=len(LANDMARKS))


class SourceLine(Struct):
    """What was recorded, as the header says it."""

    kind: Literal["file", "images", "camera"]
    path: str
    width: Annotated[int, Meta(ge=1, le=100_000)]
    height: Annotated[int, Meta(ge=1, le=100_000)]
    fps: Annotated[float, Meta(ge=0.0, le=1e6)]
    frames: Annotated[int, Meta(ge=0, le=10**12)]
    duration_s: Time


class HeaderLine(Struct):
    """The first line; what stands below `model` is missing in files of the first kind, and what stands below `fps` in the second."""

    schema: str
    version: str
    source: SourceLine
    model: str
    date: str | None = None
    exercise: str | None = None
    rule_sha256: str | None = None
    options: dict[str, Any] = {}
    mirrored: bool = False
    fps: Annotated[float, Meta(gt=0.0, le=1e6)] | None = None
    backend: Backend = "mediapipe"
    threads: Annotated[int, Meta(ge=1, le=1000)] | None = None
    skip_still: bool = False
    device: Device = "cpu"


class FrameLine(Struct):
    """A frame; what is null was not seen. What the heatmaps say may be missing altogether."""

    t: Time
    px: Annotated[list[tuple[Pixel, Pixel]], _ALL] | None
    w: Annotated[list[tuple[Metre, Metre, Metre]], _ALL] | None
    v: Annotated[list[Share], _ALL] | None
    peak: Annotated[list[Share], _ALL] | None = None
    spread: Annotated[list[Length], _ALL] | None = None
    presence: Annotated[list[Share], _ALL] | None = None
    cut: bool = False
    unfit: bool = False

    def observation(self, *, is_raw: bool) -> Observation:
        """Return what was seen; `is_raw` as in `Pose`.

        Raises
        ------
        ValueError
            A part of the person is missing.
        """
        pose = None
        if self.px is not None:
            if self.w is None or self.v is None:
                raise ValueError(_("w and v must be there where px is"))
            pose = Pose(self.t, _array(self.px), _array(self.w), _array(self.v), self._evidence(), is_raw)
        return Observation(self.t, pose, cut=self.cut, unfit=self.unfit)

    def _evidence(self) -> Evidence | None:
        said = self.peak, self.spread, self.presence
        if self.peak is None or self.spread is None or self.presence is None:
            if said != (None, None, None):
                raise ValueError(_("peak, spread and presence must be there together"))
            return None
        return Evidence(_array(self.peak), _array(self.spread), _array(self.presence))


class CommandLine(Struct, omit_defaults=True):
    """What was asked of a live session."""

    t: Time
    event: Action
    side: Side | None = None
    deg: Annotated[float, Meta(ge=0.0, le=180.0)] | None = None
    model: str | None = None
    question: str | None = None
    value: bool | Annotated[int, Meta(ge=0, le=10)] | None = None

    def command(self) -> Command:
        """Return what was asked."""
        return Command(self.t, self.event, self.side, self.deg, self.model, self.question, self.value)


class EndLine(Struct, tag="end", tag_field="event"):
    """The last line: a recording without it was cut short."""

    t: Time
    frames: Annotated[int, Meta(ge=0)]
    damaged: str | None
    interrupted: bool
    remarks: tuple[str, ...] = ()


class _Kind(Struct):
    schema: str


class _Event(Struct):
    event: str | None = None


encode = msgspec.json.encode
"""Give anything of this module, to become a line; what is not a number becomes null."""

_kind = msgspec.json.Decoder(_Kind)
_header = msgspec.json.Decoder(HeaderLine)
_frame = msgspec.json.Decoder(FrameLine)
_event = msgspec.json.Decoder(_Event)
_command = msgspec.json.Decoder(CommandLine)
_end = msgspec.json.Decoder(EndLine)


class LineError(ValueError):
    """A line does not have the shape that it should; the text says where and why."""


def schema_of(line: bytes) -> str:
    """Return what kind of file begins with this line.

    Raises
    ------
    LineError
        It says nothing of the kind.
    """
    return _decoded(_kind, line).schema


def header_of(line: bytes) -> HeaderLine:
    """Return the header.

    Raises
    ------
    LineError
        It is broken.
    """
    return _decoded(_header, line)


def content_of(line: bytes, *, is_raw: bool = False) -> Observation | Command | EndLine:
    """Return what a line after the header says; `is_raw` as in `Pose`.

    Raises
    ------
    LineError
        It is broken.
    """
    if b'"event"' not in line:
        try:
            return _decoded(_frame, line).observation(is_raw=is_raw)
        except ValueError as error:
            raise LineError(str(error)) from error
    if _decoded(_event, line).event == "end":
        return _decoded(_end, line)
    return _decoded(_command, line).command()


def plain(error: Exception) -> str:
    """Return what the decoder says, as a person would: ``source.fps: expected float, got str``."""
    if isinstance(error, RecursionError):
        return _("it is nested too deeply")
    if isinstance(error, UnicodeDecodeError):
        return _("it is not UTF-8")
    text = str(error).replace("`", "").removeprefix("JSON is malformed: ")
    what, _sign, where = text.partition(" - at ")
    what = re.sub(r"\b(float|int|str|bool|array)\b", lambda word: _(_WORDS[word[1]]), what[:1].lower() + what[1:])
    return f"{where.removeprefix('$.')}: {what}" if where not in ("", "$") else what


def _decoded(decoder: msgspec.json.Decoder[T], line: bytes) -> T:
    if len(line) > LONGEST_LINE:
        raise LineError(_("it is longer than any line of landmarks"))
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise LineError(plain(error)) from error


def _array(values: list[Any]) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array
