"""Looks for the person in a thread of its own, and takes a faster model where the best one cannot keep up."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from formcheck.capture.frame import Frame
from formcheck.capture.live_source import Health, LiveSource
from formcheck.pose.pose import Observation

MODELS = ("heavy", "full", "lite")
"""From the most exact to the fastest."""
SMOOTH_FPS = 20.0
SLOW_FOR_S = 3.0
LOST_SHARE = 0.1
"""Fewer pictures left out than this share: the camera itself gives no more."""
_WAIT_S = 0.1
_MOST_WAITING = 2


class Estimator(Protocol):
    """What finds the person in a frame, and is closed in the end."""

    def estimate(self, frame: Frame) -> Observation:
        """Return what is seen in the frame."""

    def close(self) -> None:
        """Let go of the model."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A frame and what was seen in it."""

    frame: Frame
    seen: Observation


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """From here on another model looks."""

    model: str


class Pace:
    """Notices that pictures are left out because looking takes too long."""

    def __init__(self) -> None:
        self._done: deque[tuple[float, int]] = deque()
        self._begun_s: float | None = None

    def step(self, now_s: float, dropped: int) -> bool:
        """Return whether it has been too slow for long enough.

        Parameters
        ----------
        now_s
            When a frame was done.
        dropped
            How many were left out so far.
        """
        self._begun_s = now_s if self._begun_s is None else self._begun_s
        self._done.append((now_s, dropped))
        while now_s - self._done[0][0] > SLOW_FOR_S:
            self._done.popleft()
        # The first half second is the model getting ready.
        if now_s - self._begun_s < SLOW_FOR_S + 0.5:
            return False
        done, lost = len(self._done), dropped - self._done[0][1]
        return done / SLOW_FOR_S < SMOOTH_FPS and lost > LOST_SHARE * done


class Eyes:
    """Frames and what is seen in them, the newest first, in order of time.

    Parameters
    ----------
    source
        Where frames come from.
    open_model
        Opens a model by its name.
    model
        The first one.
    may_step_down
        Take a faster one where this one is too slow.
    clock
        What gives the time in seconds.
    """

    def __init__(
        self,
        source: LiveSource,
        open_model: Callable[[str], Estimator],
        model: str,
        *,
        may_step_down: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source, self._open, self._model = source, open_model, model
        self._may_step_down = may_step_down and model in MODELS
        self._clock = clock
        self._estimator = open_model(model)
        self._pace = Pace()
        self._found: queue.Queue[Looked | ModelChanged | Exception] = queue.Queue(_MOST_WAITING)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="eyes", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def next(self, timeout_s: float) -> Looked | ModelChanged | None:
        """Return what comes next, None if nothing does in time.

        Raises
        ------
        Exception
            Whatever ended the looking.
        """
        try:
            found = self._found.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if isinstance(found, Exception):
            raise found
        return found

    @property
    def has_more(self) -> bool:
        """Whether something newer waits already."""
        return not self._found.empty()

    @property
    def is_over(self) -> bool:
        """Whether nothing will come any more."""
        return not self._thread.is_alive() and self._found.empty()

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._estimator.close()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                frame = self._source.take(_WAIT_S)
                if frame is None:
                    if self._source.health is Health.ENDED:
                        return
                    continue
                self._put(Looked(frame, self._estimator.estimate(frame)))
                if self._may_step_down and self._pace.step(self._clock(), self._source.dropped):
                    self._step_down()
        except Exception as error:  # told where it can be handled
            self._put(error)

    def _step_down(self) -> None:
        faster = MODELS[MODELS.index(self._model) + 1 :]
        self._may_step_down = len(faster) > 1
        self._estimator.close()
        self._model, self._pace = faster[0], Pace()
        self._estimator = self._open(self._model)
        self._put(ModelChanged(self._model))

    def _put(self, found: Looked | ModelChanged | Exception) -> None:
        while not self._stop.is_set():
            try:
                self._found.put(found, timeout=_WAIT_S)
            except queue.Full:
                continue
            return
