"""Keeps the messages of C and C++ libraries, which mean nothing to a user, off stderr."""

import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

_LOCK = threading.Lock()

EVERYTHING = re.compile(b"")
"""Every line is noise."""


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
                stack.enter_context(_held_back(noise))
        yield


@contextmanager
def _held_back(noise: re.Pattern[bytes]) -> Iterator[None]:
    with tempfile.TemporaryFile() as held:
        stderr = os.dup(2)
        if sys.stderr is not None:
            sys.stderr.flush()
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
            held.seek(0)
            if rest := b"".join(line for line in held if not noise.search(line)):
                os.write(2, rest)
