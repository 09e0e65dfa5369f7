"""Opens what finds the person in pictures: MediaPipe, or the same model run by LiteRT."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import InstallationError, UsageError
from formcheck.fields import did_you_mean
from formcheck.language import _, any_of
from formcheck.pose.looking import Looking
from formcheck.pose.pose import Backend, Device

BACKENDS: tuple[Backend, ...] = get_args(Backend)
DEVICES: tuple[Device, ...] = get_args(Device)
THREADS = (1, 64)
"""From so many to so many may be asked for."""


@dataclass(frozen=True, slots=True)
class Seeing:
    """What finds the person.

    Attributes
    ----------
    model
        ``heavy``, ``full``, ``lite``, or the path of a model bundle (``.task``).
    backend
        What runs it; None = the usual one.
    threads
        How many LiteRT uses; None = as many as there are cores, at most 4. MediaPipe uses one, whatever is asked for.
    skip_still
        Look less often where picture and pose stand still, as `formcheck.pose.still` does.
    device
        Where it runs: ``cpu``, or ``gpu``, the graphics processor, which only LiteRT knows.
    """

    model: str
    backend: Backend | None = None
    threads: int | None = None
    skip_still: bool = False
    device: Device = "cpu"


def usual_backend() -> Backend:
    """Return LiteRT, whose landmarks know when they are wrong; MediaPipe where there is no release of it."""
    return "mediapipe" if find_spec("ai_edge_litert") is None else "litert"


def seeing(
    model: str, backend: str | None, threads: int | None, skip_still: bool = False, device: str = "cpu"
) -> Seeing:
    """Return what is asked for by name.

    Raises
    ------
    UsageError
        There is no such backend or device, or the backend cannot have it, or so many threads.
    """
    where = _device(device)
    for known in BACKENDS:
        if (usual_backend() if backend is None else backend) == known:
            _check(threads, known, where)
            return Seeing(model, known, threads, skip_still, where)
    meant = did_you_mean(str(backend), BACKENDS)
    raise UsageError(
        _("There is no backend “{backend}”.{meant}", backend=backend, meant=meant),
        _("Choose {backends}.", backends=any_of(BACKENDS)),
    )


def open_estimator(
    model: str,
    backend: Backend | None = None,
    threads: int | None = None,
    *,
    skip_still: bool = False,
    device: Device = "cpu",
) -> Looking:
    """Return what finds one person and follows them; to be closed. Parameters as in `Seeing`.

    Raises
    ------
    UsageError
        When there is no such model, or its file is not a pose model; or threads or the device cannot be had.
    InstallationError
        When a model that comes with formcheck is missing or damaged, or the backend is not installed or does not start.
    DeviceError
        When the graphics processor cannot be used.
    """
    backend = usual_backend() if backend is None else backend
    _check(threads, backend, device)
    if backend == "mediapipe":
        from formcheck.pose.estimator import MediaPipeEstimator

        looking: Looking = MediaPipeEstimator(model)
    else:
        from formcheck.pose.following import LiteRtEstimator

        looking = LiteRtEstimator(model, threads, device=device)
    if skip_still:
        looking.skip_still()
    return looking


def check_device(asked: Seeing) -> None:
    """Find out whether what is asked for can be had, before long work.

    Raises
    ------
    DeviceError
        The graphics processor cannot be used.
    """
    if asked.device != "cpu":
        open_estimator(asked.model, asked.backend, asked.threads, device=asked.device).close()


def threads_used(backend: Backend, threads: int | None) -> int | None:
    """Return how many threads the backend takes where so many are asked for; None = that is not ours to say."""
    if backend == "mediapipe":
        return None
    from formcheck.pose.inference import usual_threads

    return usual_threads() if threads is None else threads


def size_of_small_person(model: str, pictures: Sequence[NDArray[np.uint8]]) -> float | None:
    """Return what MediaPipe's closer look finds, as `formcheck.pose.estimator` says; None also where it is missing."""
    try:
        from formcheck.pose.estimator import size_of_small_person as look_closer
    except InstallationError:
        return None
    return look_closer(model, pictures)


def _device(name: str) -> Device:
    for known in DEVICES:
        if name == known:
            return known
    meant = did_you_mean(name, DEVICES)
    raise UsageError(
        _("There is no device “{device}”.{meant}", device=name, meant=meant),
        _("Choose {devices}.", devices=any_of(DEVICES)),
    )


def _check(threads: int | None, backend: Backend, device: Device) -> None:
    if device == "gpu" and backend == "mediapipe":
        raise UsageError(
            _("In the versions that formcheck works with, MediaPipe always runs on the processor."),
            _("Add --backend litert, or leave --device out."),
        )
    if threads is None:
        return
    least, most = THREADS
    if not least <= threads <= most:
        raise UsageError(
            _("--threads {threads} is not possible.", threads=threads),
            _("Say a number from {least} to {most}.", least=least, most=most),
        )
    if backend == "mediapipe":
        raise UsageError(_("MediaPipe always uses one thread."), _("Add --backend litert, or leave --threads out."))
