"""Opens what finds the person in pictures: MediaPipe, or the same model run by LiteRT."""

from dataclasses import dataclass
from typing import get_args

from formcheck.errors import UsageError
from formcheck.fields import did_you_mean
from formcheck.pose.looking import Looking
from formcheck.pose.pose import Backend

BACKENDS: tuple[Backend, ...] = get_args(Backend)
DEFAULT_BACKEND: Backend = "mediapipe"
"""The limits of the rules were found on its smoothed landmarks."""
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
        What runs it.
    threads
        How many LiteRT uses; None = as many as there are cores, at most 4.
    """

    model: str
    backend: Backend = DEFAULT_BACKEND
    threads: int | None = None


def seeing(model: str, backend: str, threads: int | None) -> Seeing:
    """Return what is asked for by name.

    Raises
    ------
    UsageError
        There is no such backend, or it cannot have so many threads.
    """
    for known in BACKENDS:
        if backend == known:
            _check(threads, known)
            return Seeing(model, known, threads)
    meant = did_you_mean(backend, BACKENDS)
    raise UsageError(f"There is no backend “{backend}”.{meant}", f"Choose {' or '.join(BACKENDS)}.")


def open_estimator(model: str, backend: Backend = DEFAULT_BACKEND, threads: int | None = None) -> Looking:
    """Return what finds one person and follows them; to be closed.

    Parameters
    ----------
    model
        ``heavy``, ``full``, ``lite``, or the path of a model bundle (``.task``).
    backend
        What runs it.
    threads
        How many LiteRT uses; None = as many as there are cores, at most 4. MediaPipe uses one, whatever is asked for.

    Raises
    ------
    UsageError
        When there is no such model, or its file is not a pose model; or threads cannot be had.
    InstallationError
        When a model that comes with formcheck is missing or damaged, or the backend is not installed or does not start.
    """
    _check(threads, backend)
    from formcheck.pose.estimator import MediaPipeEstimator, MediaPipeFinder

    if backend == "mediapipe":
        return MediaPipeEstimator(model)
    from formcheck.pose.following import LiteRtEstimator

    return LiteRtEstimator(model, MediaPipeFinder(), threads)


def _check(threads: int | None, backend: Backend) -> None:
    if threads is None:
        return
    least, most = THREADS
    if not least <= threads <= most:
        raise UsageError(f"--threads {threads} is not possible.", f"Say a number from {least} to {most}.")
    if backend == "mediapipe":
        raise UsageError("MediaPipe always uses one thread.", "Add --backend litert, or leave --threads out.")
