"""How fast the live session is here: pictures shown a second, delay from capture to picture, time beside inference.

``python -m tests.live.bench [--seconds 60] [--model heavy] [--headless]``: a 720p camera that gives 30 pictures a second, with
the sample's person in them. Needs a display unless headless; `xvfb-run` will do.
"""

import argparse
import resource
import statistics
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

from formcheck.capture.camera import Image
from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.video_file import VideoFile
from formcheck.live.outlets import Outlets
from formcheck.live.session import Wanted, live
from formcheck.live.shown import Update
from formcheck.live.training import Training
from formcheck.samples_folder import sample_clip

SIZE_WH, FPS = (1280, 720), 30.0
KEPT = 90


class BenchCamera:
    """Plays a few seconds of the sample to and fro, each picture when its time has come."""

    ends = True

    def __init__(self, seconds: float) -> None:
        self.info = SourceInfo("camera", "camera:bench", *SIZE_WH, FPS, 0, 0.0)
        self._seconds = seconds
        self._index = 0
        self.origin_s = 0.0
        self._pictures: list[Image] = []

    def open(self) -> None:
        for frame in VideoFile(sample_clip("lateral_lunge")):
            if frame.time_s >= 2.0:
                self._pictures.append(np.asarray(cv2.resize(frame.image_bgr, SIZE_WH), np.uint8))
            if len(self._pictures) == KEPT:
                break
        self.origin_s = time.monotonic()

    def read(self) -> tuple[float, Image] | None:
        due_s = self._index / FPS
        if due_s > self._seconds:
            return None
        time.sleep(max(0.0, self.origin_s + due_s - time.monotonic()))
        place = self._index % (2 * KEPT - 2)
        self._index += 1
        return due_s, self._pictures[min(place, 2 * KEPT - 2 - place)].copy()

    def close(self) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--model", default="heavy")
    parser.add_argument("--headless", action="store_true")
    given = parser.parse_args()
    camera = BenchCamera(given.seconds)
    delays_ms: list[float] = []
    beside_ms: list[float] = []
    memory_mb: list[float] = []
    see, update = Training.see, Outlets.update
    began = 0.0

    def timed_see(self: Training, *arguments: object) -> Update:
        nonlocal began
        began = time.perf_counter()
        return see(self, *arguments)  # type: ignore[arg-type]

    def timed_update(self: Outlets, frame: Frame, news: Update, *, is_newest: bool) -> None:
        update(self, frame, news, is_newest=is_newest)
        if not is_newest:
            return
        beside_ms.append(1000 * (time.perf_counter() - began))
        delays_ms.append(1000 * (time.monotonic() - camera.origin_s - frame.time_s))
        if len(delays_ms) % 300 == 0:
            memory_mb.append(_resident_mb())

    Training.see, Outlets.update = timed_see, timed_update  # type: ignore[method-assign, assignment]
    with tempfile.TemporaryDirectory() as folder:
        lived = live(
            "lateral_lunge", Wanted(headless=given.headless, muted=True, guided=False, model=given.model),
            out=Path(folder) / "results", camera=camera,
        )  # fmt: skip
    warm = slice(round(2 * FPS), None)
    print(f"model {lived.session.model}, {given.seconds:.0f} s of {SIZE_WH[0]}x{SIZE_WH[1]} at {FPS:.0f} a second")
    print(f"shown: {len(delays_ms) / given.seconds:.1f} pictures a second")
    print(
        f"delay from capture to picture: median {statistics.median(delays_ms[warm]):.0f} ms, p95 {np.percentile(delays_ms[warm], 95):.0f} ms"
    )
    print(
        f"beside inference: median {statistics.median(beside_ms[warm]):.1f} ms, p95 {np.percentile(beside_ms[warm], 95):.1f} ms a picture"
    )
    print(
        f"memory every 10 s: {', '.join(f'{value:.0f}' for value in memory_mb)} MB; most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
