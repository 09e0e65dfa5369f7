"""Says of each analysed frame what is to be shown, draws it, and writes it to the annotated video."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.body.meter import Measured
from formcheck.body.view import View
from formcheck.capture.frame import Frame, SourceInfo
from formcheck.errors import OutputError
from formcheck.exercise.judge import judged_in
from formcheck.exercise.results import Progress
from formcheck.exercise.words import Exercise, Fault, Level, Severity
from formcheck.output.angles import side_of, working_angle
from formcheck.output.annotated_video import AnnotatedVideo
from formcheck.output.canvas import Canvas, longest_hold_s
from formcheck.output.layout import LARGEST_CANVAS_PX
from formcheck.output.shown import Freshness, Kind, Notice, Shown, of_severity
from formcheck.pose.pose import Pose, Side

DEFAULT_FPS = 25.0
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
        self._exercise = exercise
        self.failure: OutputError | None = None
        self._canvas = Canvas(exercise, (source.width, source.height))
        self._freshness = Freshness()
        self._video = AnnotatedVideo(path, self._canvas.size_wh, source.fps or DEFAULT_FPS, LARGEST_CANVAS_PX)

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
        shown = self.shown(frame.time_s, pose, measured, progress, level)
        image = self._canvas.draw(frame.image_bgr, pose, shown)
        self._write(lambda: self._video.write(image, frame.time_s))

    def shown(
        self, time_s: float, pose: Pose | None, measured: Measured, progress: Progress, level: Level | None
    ) -> Shown:
        """Return what is to be shown of a moment."""
        counts = counts_of(self._exercise, level, progress.counted)
        angle = working_angle(self._exercise, level)
        side = side_of(self._exercise, level, measured, progress, None)
        return Shown(
            time_s=time_s,
            clock_s=time_s,
            level=None if level is None else in_words(level.id),
            phase=None if progress.phase is None else in_words(progress.phase),
            counts=counts,
            fresh=self._freshness.update(time_s, counts),
            side=progress.side,
            hold_s=progress.hold_s,
            hold_required_s=progress.hold_required_s or longest_hold_s(self._exercise, level),
            angle=None if angle is None else angle.mark(measured, progress, side),
            notices=self._notices(pose, progress, level, measured.view.kind),
        )

    def _write(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OutputError as error:
            self.failure = self.failure or error
            with suppress(OutputError):
                self._video.close()  # plays up to here, if there is room for its end

    def _notices(
        self, pose: Pose | None, progress: Progress, level: Level | None, view: View | None
    ) -> tuple[Notice, ...]:
        if pose is None:
            return (Notice("Nobody is seen.", Kind.REMARK),)
        remark = [] if progress.in_posture is not False else [Notice("Not in the exercise's position.", Kind.REMARK)]
        return (*self._faults(progress, level), *remark) or self._not_judged_in(level, view)

    def _faults(self, progress: Progress, level: Level | None) -> list[Notice]:
        def severity(fault: Fault) -> Severity:
            return fault.severity if level is None else fault.severity_at.get(level.id, fault.severity)

        worst_first = sorted(progress.faults, key=lambda fault: -_SEVERITIES.index(severity(fault)))
        cues = {fault.cue: of_severity(severity(fault)) for fault in reversed(worst_first)}
        return [Notice(cue, kind) for cue, kind in reversed(cues.items())]

    def _not_judged_in(self, level: Level | None, view: View | None) -> tuple[Notice, ...]:
        """Return by the way how much of the form this view does not show; the report has the list."""
        checks = {item.id: item for item in self._exercise.checks_at(level)}.values()
        hidden = sum(not judged_in(item, view) for item in checks) if view is not None else 0
        text = f"{hidden} of {len(checks)} checks cannot be made from this side."
        return (Notice(text, Kind.ASIDE),) if hidden else ()


def counts_of(exercise: Exercise, level: Level | None, counted: Mapping[Side | None, int]) -> dict[str, int]:
    """Return the repetitions so far by ``left`` and ``right``, or ``reps`` where the exercise has no sides."""
    if not exercise.sided_at(level):
        return {"reps": counted.get(None, 0)}
    return {"left": counted.get("left", 0), "right": counted.get("right", 0)}


def in_words(name: str) -> str:
    """Return the name of a position or level as people read it."""
    return name.replace("_", " ")
