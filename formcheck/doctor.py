"""Finds out what works on this computer, and the remedy for what does not."""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from formcheck.capture.frame import Frame
from formcheck.errors import FormcheckError, InstallationError
from formcheck.installation import usable_version
from formcheck.output.amounts import many
from formcheck.pose.opening import open_estimator, usual_backend
from formcheck.pose.pose import Backend
from formcheck.readable import readable
from formcheck.speed import SMOOTH_FPS, Timing, choose, is_busy, measure

PACKAGES = {
    "mediapipe": "mediapipe", "ai-edge-litert": "ai_edge_litert.interpreter", "opencv-python": "cv2", "av": "av",
    "numpy": "numpy",
}  # fmt: skip
"""What looks at pictures, and the module that it brings."""
NAMES: dict[Backend, str] = {"mediapipe": "MediaPipe", "litert": "LiteRT"}
ONE_OF: dict[str, Backend] = {"mediapipe": "mediapipe", "ai-edge-litert": "litert"}
"""Of these one is enough."""
UNKNOWN = "The cause is not known. Mend what is marked FAIL above first; if there is nothing, report what FORMCHECK_DEBUG=1 formcheck doctor prints."
MODELS = ("heavy", "full", "lite")
"""From the most exact to the fastest."""
TIMED_FRAMES = 16
CAMERA_S = 2.0


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
    falls_short
        It works, but not well enough for a live session; the remedy says what then.
    """

    what: str
    works: bool
    detail: str
    remedy: str = ""
    essential: bool = True
    falls_short: bool = False

    def as_text(self) -> str:
        """Return the finding as a line or two."""
        mark = "slow" if self.falls_short else "ok  " if self.works else "FAIL" if self.essential else "none"
        text = f"{mark}  {self.what}: {self.detail}"
        return f"{text}\n      {self.remedy}" if self.remedy and (self.falls_short or not self.works) else text


def examine() -> Iterator[Finding]:
    """Yield what works and what does not, as it is found; opens the camera for a moment."""
    yield Finding("Python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.system()}")
    for package, module in PACKAGES.items():
        finding = _attempt(f"Package {package}", partial(usable_version, package, module))
        yield replace(finding, essential=ONE_OF.get(package, usual_backend()) == usual_backend())
    yield _attempt("Rules", _rules)
    yield _attempt("Video", _video)
    yield replace(_attempt("History", _history), essential=False)
    timings: dict[str, Timing] = {}
    yield from _models(timings)
    findings: dict[str, Finding] = {}
    for look_at in (_camera, _display, _sound, _voice):
        finding = look_at()
        findings[finding.what] = finding
        yield finding
    yield _recommendation(timings, findings)


def _attempt(what: str, look: Callable[[], str]) -> Finding:
    """Return what a look found; only a problem that knows its cause names a remedy."""
    try:
        return Finding(what, True, look())
    except FormcheckError as problem:
        return Finding(what, False, problem.cause, problem.remedy)
    except Exception as problem:  # whatever is broken here is a finding, not a crash
        if os.environ.get("FORMCHECK_DEBUG") == "1":
            raise
        return Finding(what, False, f"{type(problem).__name__}: {problem}", UNKNOWN)


def _rules() -> str:
    from formcheck.exercise.rulebook import bundled_folder, load_rules

    if not any(bundled_folder().glob("*.py")):
        raise InstallationError("The exercises are missing from this installation.", "Install formcheck again.")
    return f"{len(load_rules())} exercises"


def _history() -> str:
    from formcheck.history.store import History

    history = History()
    return f"{many(len(history.numbers()), 'session')} in {readable(str(history.path))}"


def _models(timings: dict[str, Timing]) -> Iterator[Finding]:
    """Yield which models work and how fast, by each backend, measured side by side; keep the times of the default one."""
    from formcheck.samples_folder import sample_clip

    with ExitStack() as stack:
        opened: dict[str, _Watcher] = {}
        failed: dict[str, Finding] = {}
        frames: list[Frame] = []

        def load(name: str, backend: Backend) -> str:
            frames[:] = frames or _sample_frames(sample_clip("lateral_lunge"))
            watcher = _Watcher(name, backend)
            stack.callback(watcher.close)
            watcher(frames[0])
            opened[_key(name, backend)] = watcher
            return "loads"

        for name in MODELS:
            finding = _attempt(f"Model {name}", partial(load, name, usual_backend()))
            if not finding.works:
                failed[name] = finding
        other: Backend = "mediapipe" if usual_backend() == "litert" else "litert"
        beside = _attempt(NAMES[other], lambda: max(load(name, other) for name in MODELS))
        measured = measure(opened, frames[1:])
        timings |= {name: measured[name] for name in MODELS if name in measured}
        for name in MODELS:
            yield failed[name] if name in failed else _timed(name, timings[name], opened[name])
        yield _beside(beside, other, measured)


def _key(name: str, backend: Backend) -> str:
    return name if backend == usual_backend() else f"{name} {backend}"


def _beside(found: Finding, other: Backend, measured: dict[str, Timing]) -> Finding:
    """Return how fast the other backend is beside the default one."""
    if not found.works:
        return replace(found, remedy=f"Only needed for --backend {other}. {found.remedy}", essential=False)
    parts = []
    for name in MODELS:
        typical_s = measured[_key(name, other)].typical_s
        factor = f", {measured[name].typical_s / typical_s:.1f} times as fast" if name in measured else ""
        parts.append(f"{name} {1000 * typical_s:.0f} ms a picture{factor}")
    return Finding(found.what, True, f"{'; '.join(parts)} (--backend {other})", essential=False)


class _Watcher:
    """A model that remembers whether it saw somebody."""

    def __init__(self, name: str, backend: Backend) -> None:
        self._estimator = open_estimator(name, backend)
        self.sees = False

    def __call__(self, frame: Frame) -> None:
        self.sees |= self._estimator.estimate(frame).pose is not None

    def close(self) -> None:
        self._estimator.close()


def _timed(name: str, timing: Timing, watcher: _Watcher) -> Finding:
    if not watcher.sees:
        return Finding(f"Model {name}", False, "loads, but sees nobody in the sample clip")
    remedy = "Recordings can be analysed all the same"
    remedy += "." if name == MODELS[-1] else "; live sessions change to a faster model by themselves."
    return Finding(f"Model {name}", True, timing.as_text(), remedy, falls_short=not timing.is_smooth)


def _sample_frames(clip: Path) -> list[Frame]:
    from formcheck.capture.opening import open_source

    frames = []
    for frame in open_source(clip):
        frames.append(frame)
        if len(frames) == TIMED_FRAMES:
            break
    return frames


def _video() -> str:
    import av

    from formcheck.capture.opening import open_source
    from formcheck.output.annotated_video import AnnotatedVideo

    if "libx264" not in av.codecs_available:
        remedy = "Run: pip install --force-reinstall --only-binary av av"
        raise InstallationError(f"This build of av {av.__version__} cannot write H.264.", remedy)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.mp4"
        with AnnotatedVideo(path, (64, 48), 10.0) as video:
            for i in range(5):
                video.write(np.zeros((48, 64, 3), np.uint8), i / 10)
        frames = sum(1 for _ in open_source(path))
    return f"writes and reads H.264 ({frames} frames)"


def _camera() -> Finding:
    from formcheck.capture.camera import OpenCvCamera

    camera = OpenCvCamera(0)
    try:
        camera.open()
        start_s = time.monotonic()
        frames = 0
        while time.monotonic() - start_s < CAMERA_S and camera.read() is not None:
            frames += 1
        fps = frames / (time.monotonic() - start_s)
    except FormcheckError:
        remedy = "Only needed for live sessions: connect one, close other programs that use it, allow access to it."
        return Finding("Camera", False, "none found", remedy, essential=False)
    finally:
        camera.close()
    detail = f"{camera.info.width}x{camera.info.height}, {fps:.0f} pictures a second"
    remedy = "More light makes most cameras faster."
    return Finding("Camera", True, detail, remedy, essential=False, falls_short=fps < SMOOTH_FPS)


def _display() -> Finding:
    from formcheck.live.window import display_problem

    problem = display_problem()
    remedy = "Only needed for live sessions: run them on a desktop, or with --headless."
    return Finding("Display", problem is None, problem or "a window can be opened", remedy, essential=False)


def _sound() -> Finding:
    from formcheck.output.sound import open_tones

    remedies = {"portaudio library": "On Debian and Ubuntu: apt-get install libportaudio2"}
    return _optional("Sound", lambda: open_tones() and "a device was found", "Live sessions are silent.", remedies)


def _voice() -> Finding:
    from formcheck.output.sound import open_voice

    remedies = {"pyttsx3": "Run: pip install pyttsx3", "espeak": "On Debian and Ubuntu: apt-get install espeak-ng"}
    return _optional("Voice", lambda: open_voice() and "found", "Live sessions do not speak.", remedies)


def _optional(what: str, look: Callable[[], object], without: str, remedies: dict[str, str]) -> Finding:
    """Return what a look found; `remedies` holds a word of each known problem, and what to do about it."""
    try:
        return Finding(what, True, str(look()), essential=False)
    except Exception as problem:  # whatever is missing here is a finding
        text = str(problem) or type(problem).__name__
        known = [remedy for word, remedy in remedies.items() if word in text.lower()]
        return Finding(what, False, text, " ".join([without, *known]), essential=False)


def _recommendation(timings: dict[str, Timing], findings: dict[str, Finding]) -> Finding:
    """Return the settings that live sessions run best with here, and how sure that is."""
    choice = choose(timings, is_busy=is_busy())
    model = "" if choice is None or choice.model == MODELS[0] else f" --model {choice.model}"
    headless = "" if findings["Display"].works else " --headless"
    mute = "" if findings["Sound"].works else " --mute"
    camera = "" if findings["Camera"].works else " --camera ADDRESS"
    command = f"formcheck live EXERCISE{camera}{model}{headless}{mute}"
    if choice is None or choice.is_sure:
        return Finding("Live", True, command, essential=False)
    doubt = "not sure which model, as the computer is busy: close other programs and look again, or leave --model out"
    return Finding("Live", True, f"{command} ({doubt})", essential=False)
