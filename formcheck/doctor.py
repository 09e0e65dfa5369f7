"""Finds out what works on this computer, and the remedy for what does not."""

import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from formcheck.doctor_models import examined_models
from formcheck.errors import FormcheckError, InstallationError
from formcheck.findings import Finding, attempt
from formcheck.installation import usable_version
from formcheck.language import _, _n
from formcheck.pose.bundles import MODELS
from formcheck.pose.opening import usual_backend
from formcheck.pose.pose import Backend
from formcheck.readable import readable
from formcheck.speed import SMOOTH_FPS, Timing, choose, is_busy

PACKAGES = {
    "mediapipe": "mediapipe", "ai-edge-litert": "ai_edge_litert.interpreter", "opencv-python": "cv2", "av": "av",
    "numpy": "numpy",
}  # fmt: skip
"""What looks at pictures, and the module that it brings."""
ONE_OF: dict[str, Backend] = {"mediapipe": "mediapipe", "ai-edge-litert": "litert"}
"""Of these one is enough."""
CAMERA_S = 2.0


def examine() -> Iterator[Finding]:
    """Yield what works and what does not, as it is found; opens the camera for a moment."""
    yield Finding(
        "Python",
        sys.version_info >= (3, 11),
        _("{version} on {system}", version=platform.python_version(), system=platform.system()),
    )
    for package, module in PACKAGES.items():
        finding = attempt(_("Package {package}", package=package), partial(usable_version, package, module))
        yield replace(finding, essential=ONE_OF.get(package, usual_backend()) == usual_backend())
    yield attempt(_("Rules"), _rules)
    yield attempt(_("Video"), _video)
    yield replace(attempt(_("History"), _history), essential=False)
    timings: dict[str, Timing] = {}
    yield from examined_models(timings)
    findings: dict[str, Finding] = {}
    for look_at in (_camera, _display, _sound, _voice):
        finding = look_at()
        findings[finding.what] = finding
        yield finding
    yield _recommendation(timings, findings)


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

    finding = attempt(_("Voice"), look)
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
