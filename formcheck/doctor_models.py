"""Which pose models work here and how fast they are: for each backend, and on the graphics processor."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from formcheck.capture.frame import Frame
from formcheck.findings import Finding, attempt
from formcheck.language import _
from formcheck.pose.bundles import MODELS
from formcheck.pose.opening import DEVICES, open_estimator, usual_backend
from formcheck.pose.pose import Backend, Device
from formcheck.speed import Timing, measure

NAMES: dict[Backend, str] = {"mediapipe": "MediaPipe", "litert": "LiteRT"}
TIMED_FRAMES = 16


def examined_models(timings: dict[str, Timing]) -> Iterator[Finding]:
    """Yield which models work and how fast, by each backend, measured side by side; keep the times of the default one."""
    from formcheck.samples_folder import sample_clip

    with ExitStack() as stack:
        opened: dict[str, _Watcher] = {}
        failed: dict[str, Finding] = {}
        frames: list[Frame] = []

        def load(name: str, backend: Backend, device: Device = "cpu") -> str:
            frames[:] = frames or _sample_frames(sample_clip("lateral_lunge"))
            watcher = _Watcher(name, backend, device)
            stack.callback(watcher.close)
            watcher(frames[0])
            opened[_key(name, backend, device)] = watcher
            return _("loads")

        for name in MODELS:
            finding = attempt(_("Model {name}", name=name), partial(load, name, usual_backend()))
            if not finding.works:
                failed[name] = finding
        other: Backend = "mediapipe" if usual_backend() == "litert" else "litert"
        beside = attempt(NAMES[other], lambda: max(load(name, other) for name in MODELS))
        graphics = attempt(_("Graphics processor"), lambda: load(MODELS[0], "litert", "gpu"))
        measured = measure(opened, frames[1:])
        timings |= {name: measured[name] for name in MODELS if name in measured}
        for name in MODELS:
            yield failed[name] if name in failed else _timed(name, timings[name], opened[name])
        yield _beside(beside, other, measured)
        yield _on_graphics(graphics, measured)


def _key(name: str, backend: Backend, device: Device = "cpu") -> str:
    parts = (name, "" if backend == usual_backend() else backend, "" if device == "cpu" else device)
    return " ".join(filter(None, parts))


def _on_graphics(found: Finding, measured: dict[str, Timing]) -> Finding:
    """Return how fast the most exact model is on the graphics processor, beside the processor."""
    if not found.works:
        return replace(found, remedy=_("Only needed for --device gpu. {remedy}", remedy=found.remedy), essential=False)
    here, there = (measured[_key(MODELS[0], "litert", device)].typical_s for device in DEVICES)
    detail = _(
        "{name} {typical_ms:.0f} ms a picture, {times:.1f} times as fast as the processor (--device gpu)",
        name=MODELS[0],
        typical_ms=1000 * there,
        times=here / there,
    )
    return Finding(found.what, True, detail, essential=False)


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

    def __init__(self, name: str, backend: Backend, device: Device) -> None:
        self._estimator = open_estimator(name, backend, device=device)
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
