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
from formcheck.language import N_, _, _n
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
UNKNOWN = N_(
    "The cause is not known. Mend what is marked FAIL above first; if there is nothing, report "
    "what FORMCHECK_DEBUG=1 formcheck doctor prints."
)
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
        mark = _("slow") if self.falls_short else _("ok") if self.works else _("FAIL") if self.essential else _("none")
        # The widest of the marks in any language.
        text = f"{mark:5} {self.what}: {self.detail}"
        return f"{text}\n      {self.remedy}" if self.remedy and (self.falls_short or not self.works) else text


def examine() -> Iterator[Finding]:
    """Yield what works and what does not, as it is found; opens the camera for a moment."""
    yield Finding(
        "Python",
        sys.version_info >= (3, 11),
        _("{version} on {system}", version=platform.python_version(), system=platform.system()),
    )
    for package, module in PACKAGES.items():
        finding = _attempt(_("Package {package}", package=package), partial(usable_version, package, module))
        yield replace(finding, essential=ONE_OF.get(package, usual_backend()) == usual_backend())
    yield _attempt(_("Rules"), _rules)
    yield _attempt(_("Video"), _video)
    yield replace(_attempt(_("History"), _history), essential=False)
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
        return Finding(what, False, f"{type(problem).__name__}: {problem}", _(UNKNOWN))


def _rules() -> str:
    from formcheck.exercise.rulebook import bundled_folder, load_rules

    if not any(bundled_folder().glob("*.py")):
        raise InstallationError(_("The exercises are missing from this installation."), _("Install formcheck again."))
    return _n("{count} exercise", "{count} exercises", len(load_rules()))


def _history() -> str:
    from formcheck.history.store import History

    history = History()
    path = readable(str(history.path))
    return _n("{count} session in {path}", "{count} sessions in {path}", len(history.numbers()), path=path)


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
            return _("loads")

        for name in MODELS:
            finding = _attempt(_("Model {name}", name=name), partial(load, name, usual_backend()))
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
        remedy = _("Only needed for --backend {other}. {remedy}", other=other, remedy=found.remedy)
        return replace(found, remedy=remedy, essential=False)
    parts = []
    for name in MODELS:
        typical_s = measured[_key(name, other)].typical_s
        part = _("{name} {typical_ms:.0f} ms a picture", name=name, typical_ms=1000 * typical_s)
        if name in measured:
            part += ", " + _("{times:.1f} times as fast", times=measured[name].typical_s / typical_s)
        parts.append(part)
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
        return Finding(_("Model {name}", name=name), False, _("loads, but sees nobody in the sample clip"))
    remedy = (
        _("Recordings can be analysed all the same.")
        if name == MODELS[-1]
        else _("Recordings can be analysed all the same; live sessions change to a faster model by themselves.")
    )
    return Finding(_("Model {name}", name=name), True, timing.as_text(), remedy, falls_short=not timing.is_smooth)


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
        remedy = _("Run: pip install --force-reinstall --only-binary av av")
        raise InstallationError(_("This build of av {version} cannot write H.264.", version=av.__version__), remedy)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.mp4"
        with AnnotatedVideo(path, (64, 48), 10.0) as video:
            for i in range(5):
                video.write(np.zeros((48, 64, 3), np.uint8), i / 10)
        frames = sum(1 for _frame in open_source(path))
    return _("writes and reads H.264 ({frames} frames)", frames=frames)


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
        remedy = _("Only needed for live sessions: connect one, close other programs that use it, allow access to it.")
        return Finding(_("Camera"), False, _("none found"), remedy, essential=False)
    finally:
        camera.close()
    size = f"{camera.info.width}x{camera.info.height}"
    detail = _("{size}, {fps:.0f} pictures a second", size=size, fps=fps)
    remedy = _("More light makes most cameras faster.")
    return Finding(_("Camera"), True, detail, remedy, essential=False, falls_short=fps < SMOOTH_FPS)


def _display() -> Finding:
    from formcheck.live.window import display_problem

    problem = display_problem()
    remedy = _("Only needed for live sessions: run them on a desktop, or with --headless.")
    return Finding(_("Display"), problem is None, problem or _("a window can be opened"), remedy, essential=False)


def _sound() -> Finding:
    from formcheck.output.sound import open_tones

    silent = _("Live sessions are silent.")
    try:
        open_tones()
    except Exception as problem:  # whatever is missing here is a finding
        if "portaudio library" not in str(problem).lower():
            return Finding(_("Sound"), False, str(problem) or type(problem).__name__, silent, essential=False)
        remedy = _("On Debian and Ubuntu: apt-get install libportaudio2")
        return Finding(_("Sound"), False, _("PortAudio is missing"), f"{silent} {remedy}", essential=False)
    return Finding(_("Sound"), True, _("a device was found"), essential=False)


def _voice() -> Finding:
    from formcheck.output.voice import open_voice

    def look() -> str:
        open_voice()
        return _("found")

    finding = _attempt(_("Voice"), look)
    remedy = " ".join(filter(None, (_("Live sessions do not speak."), finding.remedy)))
    return replace(finding, remedy=remedy, essential=False)


def _recommendation(timings: dict[str, Timing], findings: dict[str, Finding]) -> Finding:
    """Return the settings that live sessions run best with here, and how sure that is."""
    choice = choose(timings, is_busy=is_busy())
    model = "" if choice is None or choice.model == MODELS[0] else f" --model {choice.model}"
    headless = "" if findings[_("Display")].works else " --headless"
    mute = "" if findings[_("Sound")].works else " --mute"
    camera = "" if findings[_("Camera")].works else " --camera ADDRESS"
    command = f"formcheck live EXERCISE{camera}{model}{headless}{mute}"
    if choice is not None and not choice.is_sure:
        command += " " + _(
            "(not sure which model, as the computer is busy: close other programs and look again, or leave --model out)"
        )
    return Finding(_("Live"), True, command, essential=False)
