"""Draws each frame of a recording with what was found in it in the end, and writes the annotated video."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.body.meter import Measured
from formcheck.body.quantity import Measures
from formcheck.capture.frame import Frame, SourceInfo
from formcheck.errors import OutputError
from formcheck.exercise.checks import in_words
from formcheck.exercise.events import Progress
from formcheck.exercise.results import Form, HoldResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise, Level
from formcheck.language import N_, _, _n
from formcheck.output.angles import side_of, working_angle
from formcheck.output.annotated_video import AnnotatedVideo
from formcheck.output.canvas import Canvas, longest_hold_s
from formcheck.output.layout import LARGEST_CANVAS_PX
from formcheck.output.sentences import how_done, why_not
from formcheck.output.shown import READ_S, Freshness, HoldOver, Kind, Notice, Shown, of_severity
from formcheck.overlap import Behind
from formcheck.pose.pose import Pose, Side

DEFAULT_FPS = 25.0


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
    session
        What was found: all that is told on the video is told as it was judged in the end.

    Attributes
    ----------
    failure
        Why the video was not written to its end, None if it was; the analysis goes on without it.
    """

    def __init__(self, path: Path, source: SourceInfo, exercise: Exercise, session: Session) -> None:
        self._exercise, self._session = exercise, session
        self._level = exercise.level_named(session.level)
        self.failure: OutputError | None = None
        self._canvas = Canvas(exercise, (source.width, source.height))
        self._freshness = Freshness()
        self._rest: Measures = {}
        self._video = AnnotatedVideo(path, self._canvas.size_wh, source.fps or DEFAULT_FPS, LARGEST_CANVAS_PX)
        self._encoding = Behind()

    def __enter__(self) -> Self:
        self._video.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._encoding:
            self._write(self._encoding.wait)
        self._write(lambda: self._video.__exit__(kind, error, trace))

    def add(self, frame: Frame, pose: Pose | None, measured: Measured) -> None:
        """Draw a frame, and have it written while the next one is drawn, unless writing has failed before."""
        if self.failure is not None:
            return
        image = self._canvas.draw(frame.image_bgr, pose, self.shown(pose, measured))
        self._write(lambda: self._encoding.do(lambda: self._video.write(image, frame.time_s)))

    def shown(self, pose: Pose | None, measured: Measured) -> Shown:
        """Return what is to be shown of a moment, as it was judged in the end; moments must come in order of time."""
        time_s, level = measured.time_s, self._level
        rep = next((item for item in self._session.reps if item.start_s <= time_s <= item.end_s), None)
        if rep is None and measured.measures:
            self._rest = measured.measures
        hold = None if rep is None else next((item for item in rep.holds if _lies_in(time_s, item)), None)
        done = Counter(item.side for item in self._session.counted if item.end_s <= time_s)
        counts = counts_of(self._exercise, level, done)
        side = None if rep is None else rep.side
        progress = Progress(side=side, rest=self._rest, moving=rep is not None)
        angle = working_angle(self._exercise, level)
        angle_side = side_of(self._exercise, level, measured, progress, None)
        return Shown(
            time_s=time_s,
            clock_s=time_s,
            level=None if level is None else in_words(level.id).lower(),
            phase=None if hold is None else in_words(hold.id).lower(),
            counts=counts,
            fresh=self._freshness.update(time_s, counts),
            side=side,
            hold_s=None if hold is None else time_s - hold.start_s,
            hold_required_s=longest_hold_s(self._exercise, level) if hold is None else hold.required_s,
            hold_over=self._hold_over(time_s) if hold is None else None,
            angle=None if angle is None else angle.mark(measured, progress, angle_side),
            notices=self._notices(pose, rep, time_s),
        )

    def _hold_over(self, time_s: float) -> HoldOver | None:
        """Return what the hold came to that has just ended, if one has."""
        ended = [
            hold
            for rep in self._session.reps
            for hold in rep.holds
            if hold.duration_s > 0 and 0 <= time_s - (hold.start_s + hold.duration_s) < READ_S
        ]
        return hold_over(max(ended, key=lambda hold: hold.start_s)) if ended else None

    def _write(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OutputError as error:
            self.failure = self.failure or error
            with suppress(OutputError):
                self._video.close()  # plays up to here, if there is room for its end

    def _notices(self, pose: Pose | None, rep: Rep | None, time_s: float) -> tuple[Notice, ...]:
        if pose is None:
            return (Notice(_("Nobody is seen."), Kind.REMARK),)
        told = [*self._faults(time_s), *self._outcome(time_s)]
        return tuple(told) or self._not_assessed(rep)

    def _faults(self, time_s: float) -> list[Notice]:
        """Return the faults of this moment, the worst first; each is kept long enough to be read."""
        now = [
            item for item in self._session.faults if item.start_s <= time_s <= max(item.end_s, item.start_s + READ_S)
        ]
        worst_first = sorted(now, key=lambda fault: -fault.severity.rank)
        cues = {fault.cue: of_severity(fault.severity) for fault in reversed(worst_first)}
        return [Notice(cue, kind) for cue, kind in reversed(cues.items())]

    def _outcome(self, time_s: float) -> list[Notice]:
        """Return what came of the movement that has just ended, as the report has it; its faults speak for themselves."""
        over = [rep for rep in self._session.reps if 0 <= time_s - rep.end_s < READ_S]
        if not over or over[-1].form is Form.FAULTS:
            return []
        rep = over[-1]
        if rep.not_counted_because is not None:
            return [
                Notice(
                    _("Not counted: {why}.", why=why_not(rep.not_counted_because)),
                    Kind.REMARK,
                )
            ]
        return [Notice(f"{how_done(rep).capitalize()}.", Kind.PRAISE if rep.clean else Kind.REMARK)]

    def _not_assessed(self, rep: Rep | None) -> tuple[Notice, ...]:
        """Return by the way how many checks of a movement were not assessed; the report has the list."""
        if rep is None:
            return ()
        unassessed = {item.id for item in self._session.not_assessed if rep.number in item.reps}
        known = unassessed | {check.id for check in self._exercise.checks_at(self._level)}
        text = _n(
            "Not assessed: {unassessed} of {count} check.",
            "Not assessed: {unassessed} of {count} checks.",
            len(known),
            unassessed=len(unassessed),
        )
        return (Notice(text, Kind.ASIDE),) if unassessed else ()


def counts_of(exercise: Exercise, level: Level | None, counted: Mapping[Side | None, int]) -> dict[str, int]:
    """Return the repetitions so far by ``left`` and ``right``, or ``reps`` where the exercise has no sides."""
    if not exercise.sided_at(level):
        return {N_("reps"): counted.get(None, 0)}
    return {"left": counted.get("left", 0), "right": counted.get("right", 0)}


def hold_over(hold: HoldResult) -> HoldOver:
    """Return what is shown of a hold that is over."""
    is_short = not hold.passed and hold.not_assessed_because is None
    return HoldOver(hold.duration_s, hold.required_s, hold.passed, is_short)


def _lies_in(time_s: float, hold: HoldResult) -> bool:
    return hold.start_s <= time_s <= hold.start_s + hold.duration_s
