"""Reads a camera in a thread of its own: the newest picture wins, and a camera that is lost is opened again."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum

from formcheck.capture.camera import Camera, Image
from formcheck.capture.fitting import fitted
from formcheck.capture.frame import Frame
from formcheck.errors import FormcheckError

LOST_AFTER_S = 2.0
"""No new picture for this long: the camera is frozen or gone."""
RETRY_S = 1.0
RATE_OVER_S = 5.0
"""The rate of pictures is that of so long."""
BLANK_LEVELS = 6
"""A picture with fewer grey levels than this between its darkest and brightest spot shows nothing that could freeze."""
_COARSE = 16


class Health(StrEnum):
    """How a camera is."""

    LIVE = "live"
    LOST = "lost"
    ENDED = "ended"


class LiveSource:
    """The pictures of a camera, as they happen.

    Parameters
    ----------
    camera
        Where they come from.
    clock
        What gives the time in seconds.
    retry_s
        How long to wait before a lost camera is opened again.

    Attributes
    ----------
    arrived, dropped
        How many pictures came, and how many of them nobody took before the next one came.
    """

    def __init__(
        self, camera: Camera, *, clock: Callable[[], float] = time.monotonic, retry_s: float = RETRY_S
    ) -> None:
        self.camera = camera
        self._clock = clock
        self._retry_s = retry_s
        self._news = threading.Condition()
        self._slot: Frame | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._health = Health.LIVE
        self._heard_s = 0.0
        self._seen: bytes | None = None
        self._arrivals: deque[float] = deque()
        self.arrived = self.dropped = 0

    def start(self) -> None:
        """Open the camera and begin.

        Raises
        ------
        FormcheckError
            The camera cannot be opened.
        """
        self.camera.open()
        self._heard_s = self._clock()
        self._thread.start()

    def take(self, timeout_s: float) -> Frame | None:
        """Return the newest picture once there is one that was not taken yet; None after the timeout or the end."""
        with self._news:
            self._news.wait_for(lambda: self._slot is not None or self._health is Health.ENDED, timeout_s)
            frame, self._slot = self._slot, None
            return frame

    @property
    def health(self) -> Health:
        """How the camera is now."""
        with self._news:
            if self._health is Health.LIVE and self._clock() - self._heard_s > LOST_AFTER_S:
                return Health.LOST
            return Health.LIVE if self._slot is not None else self._health

    @property
    def fps(self) -> float:
        """How many pictures a second came of late, NaN before that is known."""
        with self._news:
            span_s = self._arrivals[-1] - self._arrivals[0] if self._arrivals else 0.0
            return (len(self._arrivals) - 1) / span_s if span_s > RATE_OVER_S / 2 else math.nan

    def close(self) -> None:
        """Stop; a camera that hangs is left alone."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(LOST_AFTER_S)
        if not self._thread.is_alive():
            self.camera.close()

    def _run(self) -> None:
        last_s = -1.0
        while not self._stop.is_set():
            got = self.camera.read()
            if got is None:
                if self.camera.ends:
                    self._become(Health.ENDED)
                    return
                self._reopen()
                continue
            time_s, image = got
            if time_s <= last_s:
                continue
            if not self.camera.ends and self._is_frozen(image):
                if self._clock() - self._heard_s > LOST_AFTER_S:
                    self._reopen()
                continue
            last_s = time_s
            self._put(time_s, fitted(image, (self.camera.info.width, self.camera.info.height)))

    def _put(self, time_s: float, image: Image) -> None:
        image.flags.writeable = False
        with self._news:
            self.dropped += self._slot is not None
            self._slot = Frame(self.arrived, time_s, image)
            self.arrived += 1
            self._heard_s, self._health = self._clock(), Health.LIVE
            self._arrivals.append(self._heard_s)
            while self._heard_s - self._arrivals[0] > RATE_OVER_S:
                self._arrivals.popleft()
            self._news.notify_all()

    def _become(self, health: Health) -> None:
        with self._news:
            self._health = health
            self._news.notify_all()

    def _reopen(self) -> None:
        self._become(Health.LOST)
        self.camera.close()
        while not self._stop.wait(self._retry_s):
            try:
                self.camera.open()
            except FormcheckError:
                continue
            self._heard_s, self._seen = self._clock(), None
            return

    def _is_frozen(self, image: Image) -> bool:
        """Return whether this is the same picture again: a sensor's noise makes every new one differ."""
        coarse = image[::_COARSE, ::_COARSE]
        before, self._seen = self._seen, coarse.tobytes()
        return self._seen == before and int(coarse.max()) - int(coarse.min()) >= BLANK_LEVELS
