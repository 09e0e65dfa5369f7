"""Draws each analysed frame and writes it to the annotated video."""

import math
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.body.geometry import angle_at, angle_between, midpoint, subtract
from formcheck.body.meter import Measured
from formcheck.body.quantity import Moment
from formcheck.body.view import View
from formcheck.capture.frame import Frame, SourceInfo
from formcheck.errors import OutputError
from formcheck.exercise.now import assessable
from formcheck.exercise.quantities import OneSide
from formcheck.exercise.reading import signals_in
from formcheck.exercise.results import Progress
from formcheck.exercise.words import Exercise, Fault, Level, Severity
from formcheck.output.annotated_video import AnnotatedVideo
from formcheck.output.overlay import AngleMark, Overlay, OverlayState
from formcheck.pose.pose import INDEX, SIDES, Pose, Side

DEFAULT_FPS = 25.0

_NEIGHBOURS = {
    "knee_flexion_deg": ("knee", "hip", "ankle"),
    "hip_flexion_deg": ("hip", "shoulder", "knee"),
}
_SEVERITIES = list(Severity)


class Annotation:
    """Writes the annotated video of a session; a context manager.

    Parameters
    ----------
    path
        Where to write.
    source
        Size and frame rate of the frames.
    exercise
        What is done.

    Attributes
    ----------
    failure
        Why the video was not written to its end, None if it was; the analysis goes on without it.
    """

    def __init__(self, path: Path, source: SourceInfo, exercise: Exercise) -> None:
        self._size = (source.width, source.height)
        self._exercise = exercise
        self.failure: OutputError | None = None
        self._overlays: dict[str | None, Overlay] = {}
        self._hidden: dict[tuple[str | None, View | None], tuple[str, ...]] = {}
        self._video = AnnotatedVideo(path, self._size, source.fps or DEFAULT_FPS)

    def __enter__(self) -> Self:
        self._video.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write(lambda: self._video.__exit__(kind, error, trace))

    def add(self, frame: Frame, pose: Pose | None, measured: Measured, progress: Progress, level: Level | None) -> None:
        """Draw a frame and write it, unless writing has failed before."""
        if self.failure is not None:
            return
        state = OverlayState(
            time_s=frame.time_s,
            phase=progress.phase,
            side=progress.side,
            counts=self._counts(progress, level),
            hold_s=progress.hold_s,
            hold_required_s=progress.hold_required_s,
            angle=working_angle(self._exercise, pose, measured, progress),
            faults=self._faults(progress, level),
            not_assessed=self._not_assessed(level, measured.view.kind) if pose is not None else (),
            note=_note(pose, progress),
        )
        image = self._overlay(level).draw(frame.image_bgr, pose, state)
        self._write(lambda: self._video.write(image, frame.time_s))

    def _write(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OutputError as error:
            self.failure = self.failure or error
            with suppress(OutputError):
                self._video.close()  # plays up to here, if there is room for its end

    def _overlay(self, level: Level | None) -> Overlay:
        key = None if level is None else level.id
        if key not in self._overlays:
            self._overlays[key] = Overlay(self._size, self._exercise.title, None if level is None else level.title)
        return self._overlays[key]

    def _counts(self, progress: Progress, level: Level | None) -> dict[str, int]:
        if not self._exercise.sided_at(level):
            return {"reps": progress.counted.get(None, 0)}
        return {"left": progress.counted.get("left", 0), "right": progress.counted.get("right", 0)}

    def _faults(self, progress: Progress, level: Level | None) -> tuple[tuple[str, Severity], ...]:
        def severity(fault: Fault) -> Severity:
            return fault.severity if level is None else fault.severity_at.get(level.id, fault.severity)

        worst_first = sorted(progress.faults, key=lambda fault: -_SEVERITIES.index(severity(fault)))
        return tuple((fault.cue, severity(fault)) for fault in worst_first)

    def _not_assessed(self, level: Level | None, view: View | None) -> tuple[str, ...]:
        key = (None if level is None else level.id, view)
        if key not in self._hidden:
            checks = self._exercise.checks_at(level)
            self._hidden[key] = tuple(item.id.replace("_", " ") for item in checks if not assessable(item, view))
        return self._hidden[key]


def working_angle(exercise: Exercise, pose: Pose | None, measured: Measured, progress: Progress) -> AngleMark | None:
    """Return the working angle as it is in the picture, where it can be checked by eye."""
    shown = exercise.shows
    if shown is None or pose is None:
        return None
    side: Side | None = progress.side or measured.near
    if isinstance(shown, OneSide):
        side = shown.side(Moment({}, side, measured.near))
    name = next((item.name for item, _ in signals_in(shown)), "")
    if name not in _NEIGHBOURS or side is None:
        return _inclination(pose) if name == "torso_inclination_deg" else None
    joint, first, second = (f"{side}_{part}" for part in _NEIGHBOURS[name])
    at, a, b = (tuple(pose.image_px[INDEX[part]].tolist()) for part in (joint, first, second))
    flexion_deg = 180.0 - angle_at(at, a, b)
    return None if math.isnan(flexion_deg) else AngleMark(joint, (first, second), flexion_deg)


def _inclination(pose: Pose) -> AngleMark | None:
    shoulder, hip = (
        midpoint([pose.image_px[INDEX[f"{side}_{part}"]] for side in SIDES]) for part in ("shoulder", "hip")
    )
    degrees = angle_between((0.0, -1.0), subtract(shoulder, hip))
    return None if math.isnan(degrees) else AngleMark("mid_hip", ("up", "mid_shoulder"), degrees, is_flexion=False)


def _note(pose: Pose | None, progress: Progress) -> str | None:
    if pose is None:
        return "nobody seen"
    return "not in position" if progress.in_posture is False else None
