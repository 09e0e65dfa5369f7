"""The parts of a recording of a whole plan, each judged by its rule as if it were a recording of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path

from formcheck.capture.frame import Frame, FrameSource, SourceInfo
from formcheck.concluding import Keep, write_results
from formcheck.drawing import draw_video
from formcheck.errors import OutputError
from formcheck.exercise.session_result import Session
from formcheck.output.folder import ResultsFolder, open_results
from formcheck.performance import Performance
from formcheck.plan import texts
from formcheck.plan.record import Done, folder_name
from formcheck.plan.splitting import Span
from formcheck.plan.stages import is_enough
from formcheck.plan.words import Part
from formcheck.pose.pose import Observation, later
from formcheck.pose.recording_header import Run
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.pose.seen import Seen
from formcheck.recorded_run import run_of
from formcheck.reporting import Reporter, performance_maker
from formcheck.session import Report


@dataclass(frozen=True, slots=True)
class Results:
    """Which results are written: the annotated videos, the reports, and whether faces are blurred in them."""

    video: bool = True
    report: bool = True
    blur_face: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A recording of a whole plan, as it was seen.

    Attributes
    ----------
    path
        The file that was given.
    info, model, run, date
        What was recorded, the pose model, how, and when, as its header says it.
    seen
        What the model saw of it.
    source
        Its pictures; None = only what was seen of them is there.
    fov_deg
        Angle of view of the camera.
    remarks
        What is odd about it.
    interrupted
        The user stopped before its end.
    """

    path: str
    info: SourceInfo
    model: str
    run: Run
    date: str | None
    seen: Seen
    source: FrameSource | None = None
    fov_deg: float | None = None
    remarks: tuple[str, ...] = ()
    interrupted: bool = False


@dataclass(slots=True)
class Judging:
    """Judges one part after the other.

    Attributes
    ----------
    whole
        The recording.
    folder
        Where the results go, into a folder for each part; None = nowhere.
    results
        Which of them are written.
    report
        Told of every picture that is drawn.
    failures
        What could not be written.
    stopped
        The user stopped it: no more pictures are looked at.
    """

    whole: Whole
    folder: Path | None
    results: Results
    report: Report | None = None
    failures: list[OutputError] = field(default_factory=list)
    stopped: bool = field(init=False)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.stopped = self.whole.interrupted

    def judge(self, span: Span, keep: Keep | None = None) -> Done:
        """Judge a part, write what it came to, and keep it in the history."""
        whole, part = self.whole, span.part
        until = takewhile(lambda item: item[1].time_s < span.to_s, enumerate(whole.seen))
        within = [(i, seen) for i, seen in until if span.from_s <= seen.time_s]
        first, first_s, last_s = within[0][0], within[0][1].time_s, within[-1][1].time_s
        seen = [later(moment, -first_s) for _, moment in within]
        seen[0] = replace(seen[0], cut=False)  # it begins there
        clip = _Clip(whole.source, first, len(within), first_s, whole.info, last_s - first_s)
        options = part.options(fov_deg=whole.fov_deg)
        results = self._opened(part)
        reporter = Reporter() if results is not None and self.results.report else None
        size_wh = (whole.info.width, whole.info.height)
        performance = performance_maker(reporter, size_wh, options, whole.model)(part.rule)
        for moment in seen:
            performance.step(moment)
        performance.finish(whole.info.kind)
        session = performance.result(
            clip.info, whole.model, interrupted=whole.interrupted, exercise_source="recognised"
        )
        told = texts.part_of(Path(whole.info.path).name, first_s, last_s)
        session = replace(
            session,
            date=whole.date,
            remarks=(told, *whole.remarks),
            backend=whole.run.backend,
            threads=whole.run.threads,
            device=whole.run.device,
        )
        if results is not None:
            with results:
                run = run_of(
                    part.rule, options, mirrored=whole.run.mirrored, fps=whole.run.fps,
                    backend=whole.run.backend, threads=whole.run.threads, skip_still=whole.run.skip_still,
                    device=whole.run.device,
                )  # fmt: skip
                with LandmarkWriter(results.landmarks_jsonl, clip.info, whole.model, run) as writer:
                    for moment in seen:
                        writer.write(moment)
                    writer.finish(interrupted=whole.interrupted, remarks=session.remarks)
                self._write(session, performance, clip, seen, results, reporter)
        if keep is not None and session.reps:
            keep(session, part.rule)
        name = None if results is None else results.path.name
        return Done(part, name, session, is_enough(part, session.counted), round(first_s, 3), round(last_s, 3))

    def _opened(self, part: Part) -> ResultsFolder | None:
        if self.folder is None:
            return None
        name = folder_name(part, self._names.__contains__)  # it may have been done in two places
        self._names.add(name)
        return open_results(self.whole.path, self.folder / name)

    def _write(
        self,
        session: Session,
        performance: Performance,
        clip: "_Clip",
        seen: Sequence[Observation],
        results: ResultsFolder,
        reporter: Reporter | None,
    ) -> None:
        exercise, blur_face = performance.exercise, self.results.blur_face
        has_pictures = self.whole.source is not None and not self.stopped
        if has_pictures and self.results.video:
            failures, stopped = draw_video(
                results.annotated_mp4, clip, seen, exercise, session, self.report, blur_face=blur_face
            )
            self.failures += failures
            self.stopped |= stopped
        if reporter is not None and has_pictures and not self.stopped:
            self.stopped |= reporter.take_pictures(clip, seen, exercise, session, self.report, blur_face=blur_face)
        write_results(session, results)
        if reporter is not None:
            reporter.write(session, exercise, results)


@dataclass(frozen=True, slots=True)
class _Clip:
    """The pictures of a part, with times of their own; those before it are passed over."""

    source: FrameSource | None
    first: int
    count: int
    from_s: float
    whole: SourceInfo
    duration_s: float

    @property
    def info(self) -> SourceInfo:
        """What is known of it."""
        return replace(self.whole, frames=self.count, duration_s=self.duration_s)

    @property
    def damaged(self) -> str | None:
        """Nothing that is known of the part alone."""
        return None

    @property
    def remarks(self) -> tuple[str, ...]:
        """Nothing that is known of the part alone."""
        return ()

    def __iter__(self) -> Iterator[Frame]:
        """Yield its pictures."""
        if self.source is None:
            return
        for index, frame in enumerate(self.source):
            if index >= self.first + self.count:
                return
            if index >= self.first:
                yield replace(frame, index=index - self.first, time_s=frame.time_s - self.from_s)
