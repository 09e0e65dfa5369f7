"""Looks for the person in a thread of its own, with the best model that keeps up with the camera."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from formcheck.capture.frame import Frame
from formcheck.capture.live_source import Health, LiveSource
from formcheck.live.pace import MODELS, Pace
from formcheck.pose.pose import Observation

_WAIT_S = 0.1
_MOST_WAITING = 2


class Estimator(Protocol):
    """What finds the person in a frame, and is closed in the end."""

    def estimate(self, frame: Frame) -> Observation:
        """Return what is seen in the frame."""

    def go_on_from(self, before: object) -> None:
        """Follow whom another one followed until now."""

    def close(self) -> None:
        """Let go of the model."""


@dataclass(frozen=True, slots=True)
class SeenFrame:
    """A frame and what was seen in it."""

    frame: Frame
    seen: Observation


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """From here on another model looks.

    Attributes
    ----------
    model
        Its name.
    is_better
        There is room for a better one; False = a faster one was needed.
    """

    model: str
    is_better: bool


class EstimatorThread:
    """A thread that looks for the person in the newest frame; gives each frame with what was seen in it, in order of time.

    Parameters
    ----------
    source
        Where frames come from.
    open_model
        Opens a model by its name.
    model
        The first one.
    may_change
        Take a faster one where this one is too slow, and a better one again once there is room.
    clock
        What gives the time in seconds.
    """

    def __init__(
        self,
        source: LiveSource,
        open_model: Callable[[str], Estimator],
        model: str,
        *,
        may_change: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source, self._open = source, open_model
        self._clock = clock
        self._estimator = open_model(model)
        self._pace = Pace(model) if may_change and model in MODELS else None
        self._found: queue.Queue[SeenFrame | ModelChanged | Exception] = queue.Queue(_MOST_WAITING)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="estimator", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def next(self, timeout_s: float) -> SeenFrame | ModelChanged | None:
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
                begun_s = self._clock()
                seen = self._estimator.estimate(frame)
                done_s = self._clock()
                self._put(SeenFrame(frame, seen))
                if self._pace is not None:
                    self._keep_up(self._pace, done_s, done_s - begun_s)
        except Exception as error:  # told where it can be handled
            self._put(error)

    def _keep_up(self, pace: Pace, now_s: float, took_s: float) -> None:
        before = pace.model
        model = pace.step(now_s, took_s, self._source.fps)
        if model is None:
            return
        seeing = self._open(model)
        seeing.go_on_from(self._estimator)
        self._estimator.close()
        self._estimator = seeing
        self._put(ModelChanged(model, is_better=MODELS.index(model) < MODELS.index(before)))

    def _put(self, found: SeenFrame | ModelChanged | Exception) -> None:
        while not self._stop.is_set():
            try:
                self._found.put(found, timeout=_WAIT_S)
            except queue.Full:
                continue
            return
