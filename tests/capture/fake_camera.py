"""A camera in place of a real one, that fails as it is told to."""

import threading
from collections.abc import Callable, Iterator
from itertools import count

import numpy as np

from formcheck.capture.camera import Image
from formcheck.capture.frame import SourceInfo
from formcheck.errors import DeviceError

SIZE_WH = (64, 48)


def noise(index: int, size_wh: tuple[int, int] = SIZE_WH) -> Image:
    """Return a picture that differs from every other one."""
    return np.random.default_rng(index).integers(0, 255, (size_wh[1], size_wh[0], 3), dtype=np.uint8)


class FakeCamera:
    """Gives one picture each time it is let go on; faults are what `script` returns instead of a picture.

    `script` is told which reading this is and returns a picture, "gone" (unplugged until it was opened
    `reopens` times) or "end".
    """

    origin_s = 0.0

    def __init__(
        self, script: Callable[[int], Image | str], *, ends: bool = False, fps: float = 30.0, failures: int = 0
    ) -> None:
        self.info = SourceInfo("camera", "camera:0", *SIZE_WH, fps, 0, 0.0)
        self.ends = ends
        self._script = script
        self._count: Iterator[int] = count()
        self._failures = failures
        self.opened = self.closed = 0
        self.allowed = threading.Semaphore(0)
        self.time_s = 0.0

    def let(self, readings: int) -> None:
        """Let so many readings go on."""
        for _ in range(readings):
            self.allowed.release()

    def open(self) -> None:
        self.opened += 1
        if 1 < self.opened <= 1 + self._failures:
            raise DeviceError("It gives no picture.", "Connect it.")

    def read(self) -> tuple[float, Image] | None:
        self.allowed.acquire()
        self.time_s += 1 / self.info.fps
        answer = self._script(next(self._count))
        return None if isinstance(answer, str) else (self.time_s, answer)

    def close(self) -> None:
        self.closed += 1
