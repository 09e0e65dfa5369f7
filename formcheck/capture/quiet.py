"""Keeps the messages of C and C++ libraries, which mean nothing to a user, off stderr."""

import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TextIO

_LOCK = threading.Lock()

EVERYTHING = re.compile(b"")
"""Every line is noise."""
_MESSAGE = re.compile(rb"^(VERBOSE|INFO|WARNING|ERROR): ")


@contextmanager
def quiet_stderr(noise: re.Pattern[bytes]) -> Iterator[None]:
    """Hold back what is written to file descriptor 2 meanwhile; then pass on all but the noise.

    Such libraries write to the descriptor itself, so that replacing `sys.stderr` would not do. Python is blocked in the
    library's call; what another thread says is passed on. With ``FORMCHECK_DEBUG=1`` nothing is held back.

    Parameters
    ----------
    noise
        Lines in which this is found are dropped.
    """
    with _LOCK, ExitStack() as stack:
        if os.environ.get("FORMCHECK_DEBUG") != "1":
            # Without a stderr, or a place to hold it back, there is nothing to be done.
            with suppress(OSError):
                stack.enter_context(_held_back(noise, 2, sys.stderr))
        yield


@contextmanager
def silence() -> Iterator[None]:
    """Keep all that is written to file descriptor 2 meanwhile off it, and the messages of libraries off descriptor 1, too.

    What others write to descriptor 1 is passed on. With ``FORMCHECK_DEBUG=1`` nothing is held back.
    """
    with quiet_stderr(EVERYTHING), ExitStack() as stack:
        if os.environ.get("FORMCHECK_DEBUG") != "1":
            with suppress(OSError):
                stack.enter_context(_held_back(_MESSAGE, 1, sys.stdout))
        yield


def say_no_more() -> None:
    """From here on, let nothing be written to file descriptor 2: libraries speak while the interpreter closes, too.

    With ``FORMCHECK_DEBUG=1`` nothing changes.
    """
    if os.environ.get("FORMCHECK_DEBUG") != "1":
        with suppress(OSError), open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)


@contextmanager
def only_our_words() -> Iterator[None]:
    """Keep stderr for what this program itself says, for as long as it runs.

    Libraries that decode, draw or play speak at any time, from threads of their own, and so do the programs that they
    start: whatever is written to file descriptor 2 goes nowhere meanwhile, and `sys.stderr` gets a way of its own. With
    ``FORMCHECK_DEBUG=1``, or where `sys.stderr` leads elsewhere already, nothing changes.
    """
    ours = sys.stderr
    kept = None if os.environ.get("FORMCHECK_DEBUG") == "1" else _second_way(ours)
    if kept is None:
        yield
        return
    ours.flush()
    with (
        open(os.devnull, "wb") as nowhere,
        open(kept, "w", buffering=1, encoding=ours.encoding, errors=ours.errors, closefd=False) as way,
    ):
        os.dup2(nowhere.fileno(), 2)
        sys.stderr = way
        try:
            yield
        finally:
            sys.stderr = ours
            way.flush()
            os.dup2(kept, 2)
    os.close(kept)


def _second_way(stream: TextIO | None) -> int | None:
    """Return another descriptor of where descriptor 2 leads, None if the stream is not that one."""
    try:
        return os.dup(2) if stream is not None and stream.fileno() == 2 else None
    except (OSError, ValueError):
        return None


@contextmanager
def _held_back(noise: re.Pattern[bytes], descriptor: int, stream: TextIO | None) -> Iterator[None]:
    with tempfile.TemporaryFile() as held:
        way = os.dup(descriptor)
        if stream is not None:
            stream.flush()
        os.dup2(held.fileno(), descriptor)
        try:
            yield
        finally:
            os.dup2(way, descriptor)
            os.close(way)
            held.seek(0)
            if rest := b"".join(line for line in held if not noise.search(line)):
                os.write(descriptor, rest)
