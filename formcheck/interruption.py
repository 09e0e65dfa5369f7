"""The signals that end a program (Ctrl-C, SIGTERM, a closed terminal): when they take effect, so that nothing is lost.

The command line ends at once where nothing is at stake. Work that leaves results is `stoppable`: it is asked to end, and
ends between two frames. What must not be torn apart is `finishing`. A signal that the program was started deaf to, as a
background job is, stays unheard.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from formcheck.language import _

INTERRUPTED = 130
"""Exit code of what was ended by a signal."""
PATIENCE_S = 10.0
"""A signal that comes so long after the first ends the program whatever it does."""

Handler = Callable[[int, FrameType | None], None]


def end_at_once_on_signals() -> None:
    """From here on every signal that ends a program ends it with one word and the exit code `INTERRUPTED`."""
    for kind in _heard():
        signal.signal(kind, _end_at_once)


def ignore_signals() -> None:
    """From here on no signal ends the program: all is done, and only the interpreter is left to close."""
    for kind in _heard():
        signal.signal(kind, signal.SIG_IGN)


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Let signals only set the event, which the work looks at between two steps; further ones change nothing.

    After `PATIENCE_S` the next one ends the program at once. Outside the main thread no signal is heard.
    """
    stop = threading.Event()
    first_s: list[float] = []

    def ask(number: int, frame: FrameType | None) -> None:
        first_s.append(time.monotonic())
        if first_s[-1] - first_s[0] > PATIENCE_S:
            _end_at_once(number, frame)
        stop.set()

    with _handled(ask):
        yield stop


@contextmanager
def finishing() -> Iterator[None]:
    """Hold signals back meanwhile; then the first of them has the effect that it would have had."""
    held: list[int] = []
    with _handled(lambda number, _frame: held.append(number)):
        yield
    if held:
        signal.raise_signal(held[0])


@contextmanager
def deaf_children() -> Iterator[None]:
    """Let processes that are started meanwhile be deaf to Ctrl-C and a closed terminal, which reach all of a program's.

    A signal that comes meanwhile takes effect afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Here, for most commands start no processes.
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # where the first child starts it, it unblocks them
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_stops() -> None:
    """From here on this process leaves it to the one that started it to hear Ctrl-C and a closed terminal."""
    for name in ("SIGINT", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


@contextmanager
def _handled(handler: Handler) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {kind: signal.signal(kind, handler) for kind in _heard()}
    try:
        yield
    finally:
        for kind, old in before.items():
            signal.signal(kind, old)


def _heard() -> list[signal.Signals]:
    kinds = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    return [kind for kind in kinds if signal.getsignal(kind) is not signal.SIG_IGN]


def _end_at_once(_number: int, _frame: FrameType | None) -> None:
    # An exception could be swallowed by whatever library runs now, and its way out would be a traceback.
    if sys.stderr is not None:
        said = _("Stopped.") + "\n"
        with suppress(
            OSError, ValueError, LookupError
        ):  # not always descriptor 2, which libraries may have for themselves
            os.write(sys.stderr.fileno(), said.encode(sys.stderr.encoding or "utf-8", "replace"))
    os._exit(INTERRUPTED)
