"""Standard output that takes every character, and says in one plain line when nothing can be written there."""

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from formcheck.errors import FormcheckError, OutputError
from formcheck.language import _
from formcheck.system_errors import in_words

_INSTEAD = "formcheck.plain"
_PLAIN = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "·": "-", "•": "-", "…": "...", "°": " deg",
    "±": "+/-", "×": "x", "→": "->", "✓": "ok", "≥": ">=", "≤": "<=", "µ": "u",
}  # fmt: skip


class NobodyReadsError(FormcheckError):
    """Whoever read the output has seen enough, as `head` does."""

    exit_code = 0


class Output(io.TextIOBase):
    """A stream for people: what its encoding lacks is written in plainer characters.

    Parameters
    ----------
    stream
        Where it goes.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_INSTEAD)

    @property
    def encoding(self) -> str:  # type: ignore[override]  # writable in the base class
        """The encoding of the stream."""
        return self._stream.encoding

    def write(self, text: str) -> int:
        """Write text.

        Raises
        ------
        NobodyReadsError, OutputError
            The other end is closed; it cannot be written for another reason.
        """
        with _told():
            return self._stream.write(text)

    def flush(self) -> None:
        """Write what waits; raises as `write` does."""
        with _told():
            self._stream.flush()

    def isatty(self) -> bool:
        """Return whether a person reads along."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the number of the system's stream."""
        return self._stream.fileno()


@contextmanager
def plain_output() -> Iterator[None]:
    """Make standard output an `Output` meanwhile; what waits is written at the end.

    Raises
    ------
    NobodyReadsError, OutputError
        It could not be written; what is left is thrown away, so that closing it fails no more.
    """
    stream = sys.stdout
    if stream is None:  # started without one
        yield
        return
    output = Output(stream)
    sys.stdout = output
    try:
        yield
        output.flush()
    except (NobodyReadsError, OutputError) as error:
        if isinstance(error.__cause__, OSError):
            _throw_away(stream)
        raise
    finally:
        sys.stdout = stream


def say_beside(text: str) -> None:
    """Print a line to standard error, if there is any."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()


def open_missing_streams() -> None:
    """Open what the program was started without, lest the first file that it opens gets its number and its messages."""
    while True:
        descriptor = os.open(os.devnull, os.O_RDWR)
        if descriptor > 2:
            os.close(descriptor)
            return


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise NobodyReadsError("") from error
    except OSError as error:
        raise OutputError(
            _("The output cannot be written: {strerror}.", strerror=in_words(error)),
            _("What belongs in files is written all the same."),
        ) from error


def _throw_away(stream: TextIO) -> None:
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except (OSError, ValueError):  # a stream without a number
        return


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Return plainer characters for what an encoding lacks, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_PLAIN.get(character) or _bare(character) for character in lacking), error.end


def _bare(character: str) -> str:
    return unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode() or "?"


codecs.register_error(_INSTEAD, _plainer)
