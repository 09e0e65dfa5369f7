"""What is done with one clip: render it, let a model look at it, run the rules and score. Each step in a process."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formcheck.capture.opening import open_source
from formcheck.pose.opening import open_estimator
from formcheck.pose.pose import Backend, Observation, looker
from formcheck.pose.recording import read_landmarks
from formcheck.pose.recording_header import Run
from formcheck.pose.recording_writer import LandmarkWriter

from ..clip import Purpose
from .catalogue import CLIPS
from .known import observed
from .score import ClipScore, score
from .signal_errors import Errors, Key, errors_of
from .staging import RECOGNISED, options_for, staged
from .store import Store
from .watching import watch, watched_by_all


@dataclass(frozen=True, slots=True)
class Result:
    """All that is known of how formcheck did on a clip.

    Attributes
    ----------
    model
        Who looked, as `formcheck.pose.pose.looker` says.
    score, level_given
        Without the level where the pose shows it, and with it; None for negatives and where it makes no difference.
    errors
        Of the signals.
    counted
        Of a negative: repetitions by rule.
    recognised
        Of a negative or a correct clip: the exercise that ``-e auto`` names, None = not sure.
    """

    name: str
    exercise: str | None
    level: str | None
    purpose: Purpose
    model: str
    minutes: float
    score: ClipScore | None = None
    level_given: ClipScore | None = None
    errors: dict[Key, Errors] | None = None
    counted: dict[str, int] | None = None
    recognised: str | None = None

    @property
    def best_view(self) -> bool:
        """Whether the clip was filmed as the exercise asks for."""
        return self.purpose in ("correct", "fault")


def leave_interrupts_to_the_parent() -> None:
    """Ignore Ctrl-C in a worker: the parent ends the work between two clips."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def render_clip(name: str, folder: Path) -> str:
    """Render a clip of the catalogue into the cache unless it is there."""
    from ..render import render

    store, clip = Store(folder), CLIPS[name]
    if not store.is_rendered(clip):
        target = store.video(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        render(staged(clip), target)
        store.note_rendered(clip)
    return name


def look_at_clip(name: str, folder: Path, model: str, backend: Backend) -> str:
    """Let a model look at a clip and keep what it saw, unless it has."""
    store = Store(folder)
    target = store.landmarks(name, looker(model, backend))
    if target.is_file():
        return name
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    source = open_source(store.video(name), None)
    with LandmarkWriter(unfinished, source.info, model, Run(backend=backend)) as writer:
        for seen in look_at(store.video(name), model, backend):
            writer.write(seen)
        writer.finish()
    unfinished.rename(target)
    return name


def look_at(video: Path, model: str, backend: Backend = "mediapipe") -> Iterator[Observation]:
    """Yield what a model sees in a recording; other clips are looked at beside it, so that it takes one core."""
    with open_estimator(model, backend, 1 if backend == "litert" else None) as estimator:
        for frame in open_source(video, None):
            yield estimator.estimate(frame)


def score_clip(name: str, folder: Path, model: str, backend: Backend = "mediapipe") -> Result:
    """Run the rules on what a model saw and compare with the truth."""
    store, clip, who = Store(folder), CLIPS[name], looker(model, backend)
    known, points = store.known(name), store.points(name)
    _, seen = read_landmarks(store.landmarks(name, who))
    if clip.exercise is None:
        counted, recognised = watched_by_all(known.size_px, seen, model)
        return Result(
            name, None, None, clip.purpose, who, known.duration_s / 60.0, counted=counted, recognised=recognised
        )
    options = options_for(clip)
    found = watch(clip.exercise, known.size_px, options, seen, model)
    exact = watch(clip.exercise, known.size_px, options_for(clip, level_given=True), observed(points, clip.camera))
    given = recognised = None
    if clip.purpose == "correct":
        _, seen = read_landmarks(store.landmarks(name, who))
        recognised = watched_by_all(known.size_px, seen, model)[1]
    if clip.level in RECOGNISED.get(clip.exercise, ()):
        _, seen = read_landmarks(store.landmarks(name, who))
        told = watch(clip.exercise, known.size_px, options_for(clip, level_given=True), seen, model)
        given = score(known, told.session, exact.session, points)
    return Result(
        name, clip.exercise, clip.level, clip.purpose, who, known.duration_s / 60.0,
        score=score(known, found.session, exact.session, points),
        level_given=given,
        errors=errors_of(clip.exercise, clip.level, found.series, points, known.reps),
        recognised=recognised,
    )  # fmt: skip
