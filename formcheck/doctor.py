"""Finds out what works on this computer, and the remedy for what does not."""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from formcheck.capture.frame import Frame
from formcheck.errors import FormcheckError

MODELS = ("lite", "full", "heavy")
SMOOTH_FPS = 20.0
TIMED_FRAMES = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what
        The thing.
    works
        Whether it works.
    detail
        What was found.
    remedy
        What to do where it does not.
    essential
        Whether analysing a recording needs it.
    """

    what: str
    works: bool
    detail: str
    remedy: str = ""
    essential: bool = True

    def as_text(self) -> str:
        """Return the finding as a line or two."""
        mark = "ok  " if self.works else "FAIL" if self.essential else "none"
        text = f"{mark}  {self.what}: {self.detail}"
        return f"{text}\n      {self.remedy}" if self.remedy and not self.works else text


def examine() -> Iterator[Finding]:
    """Yield what works and what does not, as it is found; opens the camera for a moment."""
    yield Finding("Python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.system()}")
    yield from _packages()
    yield _attempt("Rules", _rules, "Reinstall formcheck: its rules are missing or broken.")
    for model in MODELS:
        yield _attempt(f"Model {model}", partial(_model, model), "Reinstall formcheck: its model is missing.")
    yield _attempt("Video", _video, "Reinstall the package av: it must be able to write H.264.")
    yield _camera()
    yield _display()


def _packages() -> Iterator[Finding]:
    for name in ("mediapipe", "opencv-python", "av", "numpy"):
        try:
            yield Finding(f"Package {name}", True, version(name))
        except PackageNotFoundError:
            yield Finding(f"Package {name}", False, "not installed", f"pip install {name}")


def _attempt(what: str, look: Callable[[], str], remedy: str) -> Finding:
    try:
        return Finding(what, True, look())
    except FormcheckError as problem:
        return Finding(what, False, problem.cause, problem.remedy or remedy)
    except Exception as problem:  # whatever is broken here is a finding, not a crash
        return Finding(what, False, str(problem) or type(problem).__name__, remedy)


def _rules() -> str:
    from formcheck.exercise.rulebook import load_rules

    return f"{len(load_rules())} exercises"


def _model(name: str) -> str:
    from formcheck.pose.estimator import MediaPipeEstimator
    from formcheck.samples_folder import sample_clip

    frames = _sample_frames(sample_clip("lateral_lunge"))
    times: list[float] = []
    found = 0
    with MediaPipeEstimator(name) as estimator:
        for frame in frames:
            start = time.perf_counter()
            found += estimator.estimate(frame).pose is not None
            times.append(time.perf_counter() - start)
    typical_s = statistics.median(times[2:])  # the first frames load and detect
    fps = 1.0 / typical_s
    live = "fast enough for a live session" if fps >= SMOOTH_FPS else "too slow for a live session, fine for recordings"
    if not found:
        return f"loads, {1000 * typical_s:.0f} ms a frame, but sees nobody in the sample clip"
    return f"{1000 * typical_s:.0f} ms a frame ({fps:.0f} a second): {live}"


def _sample_frames(clip: Path) -> list[Frame]:
    from formcheck.capture import open_source

    frames = []
    for frame in open_source(clip):
        frames.append(frame)
        if len(frames) == TIMED_FRAMES:
            break
    return frames


def _video() -> str:
    from formcheck.capture import open_source
    from formcheck.output.annotated_video import AnnotatedVideo

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.mp4"
        with AnnotatedVideo(path, (64, 48), 10.0) as video:
            for i in range(5):
                video.write(np.zeros((48, 64, 3), np.uint8), i / 10)
        frames = sum(1 for _ in open_source(path))
    return f"writes and reads H.264 ({frames} frames)"


def _camera() -> Finding:
    import cv2

    level = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        camera = cv2.VideoCapture(0)
        try:
            read, image = camera.read() if camera.isOpened() else (False, None)
        finally:
            camera.release()
    finally:
        cv2.utils.logging.setLogLevel(level)
    if not read or image is None:
        remedy = "Only needed for live sessions: connect one, close other programs that use it, allow access to it."
        return Finding("Camera", False, "none found", remedy, essential=False)
    return Finding("Camera", True, f"{image.shape[1]}x{image.shape[0]}", essential=False)


def _display() -> Finding:
    has = sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    remedy = "Only needed for live sessions: run it on a desktop."
    return Finding("Display", has, "found" if has else "none found", remedy, essential=False)
