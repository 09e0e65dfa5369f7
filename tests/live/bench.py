"""How fast the live session is here: pictures shown a second, delay from capture to picture, time beside inference.

``python -m tests.live.bench [litert litert:1 mediapipe …] [--seconds 60] [--rounds 1] [--model heavy] [--headless]``: a 720p
camera that gives 30 pictures a second, with the sample's person in them. Several ways are measured in turn, so that how
loaded the computer is touches all alike. Needs a display unless headless; `xvfb-run` will do.
"""

import argparse
import resource
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.capture.camera import Image
from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.video_file import VideoFile
from formcheck.live.options import LiveOptions
from formcheck.live.outlets import Outlets
from formcheck.live.session import live
from formcheck.live.shown import Update
from formcheck.live.training import Training
from formcheck.pose.opening import seeing, usual_backend
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


@dataclass
class Measured:
    """What one session took."""

    model: str = ""
    delays_ms: list[float] = field(default_factory=list)
    beside_ms: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)


def measure(seconds: float, wanted: LiveOptions) -> Measured:
    """Run one session."""
    camera, measured = BenchCamera(seconds), Measured()
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
        measured.beside_ms.append(1000 * (time.perf_counter() - began))
        measured.delays_ms.append(1000 * (time.monotonic() - camera.origin_s - frame.time_s))
        if len(measured.delays_ms) % 300 == 0:
            measured.memory_mb.append(resident_mb())

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(Training, "see", timed_see)
        patch.setattr(Outlets, "update", timed_update)
        measured.model = live("lateral_lunge", wanted, out=Path(folder) / "results", camera=camera).session.model
    return measured


def main() -> None:
    """Run each way in turn and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ways", nargs="*", default=[usual_backend()], help="BACKEND or BACKEND:THREADS.")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--model", default="heavy", help="The model, or auto: may step down.")
    parser.add_argument("--headless", action="store_true")
    given = parser.parse_args()
    ways: dict[str, list[Measured]] = {way: [] for way in given.ways}
    print(f"{given.rounds} x {given.seconds:.0f} s of {SIZE_WH[0]}x{SIZE_WH[1]} at {FPS:.0f} a second", flush=True)
    for _ in range(given.rounds):
        for way, runs in ways.items():
            name, _, threads = way.partition(":")
            asked = seeing(given.model, name, int(threads) if threads else None)
            model = None if given.model == "auto" else given.model
            wanted = LiveOptions(
                headless=given.headless, muted=True, guided=False, model=model, backend=asked.backend, threads=asked.threads
            )  # fmt: skip
            runs.append(measure(given.seconds, wanted))
            print(f"{way:14} {_told(runs[-1:], given.seconds)}", flush=True)
    if given.rounds > 1:
        for way, runs in ways.items():
            print(f"{way:14} all: {_told(runs, given.seconds)}")
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _told(runs: list[Measured], seconds: float) -> str:
    warm = round(2 * FPS)
    delays_ms = [value for run in runs for value in run.delays_ms[warm:]]
    beside_ms = [value for run in runs for value in run.beside_ms[warm:]]
    shown = sum(len(run.delays_ms) for run in runs) / (seconds * len(runs))
    memory = " ".join(f"{value:.0f}" for run in runs for value in run.memory_mb)
    return (
        f"{runs[-1].model}: shown {shown:.1f} a second; delay from capture to picture: median "
        f"{statistics.median(delays_ms):.0f} ms, p95 {np.percentile(delays_ms, 95):.0f} ms; beside inference: median "
        f"{statistics.median(beside_ms):.1f} ms, p95 {np.percentile(beside_ms, 95):.1f} ms; memory every 300 pictures: {memory} MB"
    )


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
