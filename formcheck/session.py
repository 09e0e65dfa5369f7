"""One exercise, one source: from frames to results.

capture ──Frame──▶ pose ──Observation──▶ body ──Measured──▶ exercise ──Event──▶ output
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from formcheck.capture.frame import FrameSource
from formcheck.capture.mirrored import Mirrored
from formcheck.errors import NoPersonError
from formcheck.exercise.rulebook import Rule, find_rule, load_rules
from formcheck.exercise.session_result import Session
from formcheck.output.folder import ResultsFolder, open_results
from formcheck.output.records import write_reps_csv, write_session_json
from formcheck.pipeline import Options, Pipeline, level_of
from formcheck.pose.pose import PoseEstimator
from formcheck.pose.recording import LandmarkWriter, read_landmarks

Report = Callable[[int, float, int], None]
"""Told of every frame: how many so far, its time in seconds, and how many there will be (0 = unknown)."""


def analyze(
    path: str | Path,
    exercise: str,
    *,
    options: Options | None = None,
    out: str | Path | None = None,
    model: str = "heavy",
    fps: float | None = None,
    mirrored: bool = False,
    video: bool = False,
    rules: Sequence[str | Path] = (),
    report: Report | None = None,
) -> Session:
    """Analyse a recording.

    Parameters
    ----------
    path
        A video file, or a folder of numbered images.
    exercise
        Id of the exercise, e.g. ``"dead_bug"``.
    options
        Level, side, dose, holds and end points.
    out
        Folder for the results; None = write nothing.
    model
        ``heavy``, ``full``, ``lite`` or the path of a model bundle.
    fps
        Frame rate of a folder of images; for a file, at most this many frames a second are looked at.
    mirrored
        The recording is mirrored, as selfie cameras do: it is turned back first.
    video
        Also write ``annotated.mp4`` to `out`.
    rules
        Folders of further rules.
    report
        Told of every frame.

    Returns
    -------
    Session
        What was found. Its `interrupted` says whether Ctrl-C stopped the analysis early; what was done is kept.

    Raises
    ------
    UsageError, InputError, NoPersonError, OutputError
        See `formcheck.errors`.
    """
    from formcheck.capture import open_source
    from formcheck.pose.estimator import MediaPipeEstimator

    rule = find_rule(load_rules([Path(folder) for folder in rules]), exercise)
    chosen = options or Options()
    level_of(rule, chosen.level)  # a wrong level shows before the long work
    opened = open_source(Path(path), fps)
    source = Mirrored(opened) if mirrored else opened
    results = open_results(str(path), Path(out)) if out is not None else None
    with MediaPipeEstimator(model) as estimator:
        return _run(source, estimator, rule, chosen, model, results, video=video, report=report)


def replay(
    path: str | Path,
    exercise: str,
    *,
    options: Options | None = None,
    out: str | Path | None = None,
    rules: Sequence[str | Path] = (),
) -> Session:
    """Apply the rules to recorded landmarks; the same result as the analysis that recorded them.

    Parameters
    ----------
    path
        A ``landmarks.jsonl``.
    exercise, options, out, rules
        As for `analyze`.

    Raises
    ------
    UsageError, InputError, NoPersonError, OutputError
        See `formcheck.errors`.
    """
    rule = find_rule(load_rules([Path(folder) for folder in rules]), exercise)
    header, observations = read_landmarks(Path(path))
    pipeline = Pipeline(rule, (header.source.width, header.source.height), options or Options())
    for seen in observations:
        pipeline.step(seen)
    pipeline.finish()
    session = pipeline.result(header.source, header.model, damaged=None, interrupted=False)
    if out is not None:
        _write(session, open_results(str(path), Path(out)))
    return _with_person(session)


def _run(
    source: FrameSource,
    estimator: PoseEstimator,
    rule: Rule,
    options: Options,
    model: str,
    results: ResultsFolder | None,
    *,
    video: bool,
    report: Report | None,
) -> Session:
    from formcheck.output.annotation import Annotation

    pipeline = Pipeline(rule, (source.info.width, source.info.height), options)
    stopped = False
    with ExitStack() as stack:
        landmarks = (
            stack.enter_context(LandmarkWriter(results.landmarks_jsonl, source.info, model)) if results else None
        )
        annotation = (
            stack.enter_context(Annotation(results.annotated_mp4, source.info, pipeline.exercise))
            if results and video
            else None
        )
        try:
            for frame in source:
                seen = estimator.estimate(frame)
                if landmarks is not None:
                    landmarks.write(seen)
                step = pipeline.step(seen)
                if annotation is not None:
                    annotation.add(frame, step.pose, step.measured, step.progress, pipeline.coach.level)
                if report is not None:
                    report(frame.index + 1, frame.time_s, source.info.frames)
        except KeyboardInterrupt:
            stopped = True  # what was done so far is a result too
        pipeline.finish()
    session = pipeline.result(source.info, model, damaged=source.damaged, interrupted=stopped)
    if results is not None:
        _write(session, results)
    return session if stopped else _with_person(session)


def _write(session: Session, results: ResultsFolder) -> None:
    write_session_json(session, results.session_json)
    write_reps_csv(session, results.reps_csv)


def _with_person(session: Session) -> Session:
    if session.tracked == 0:
        raise NoPersonError(
            "No person was found in the recording.",
            "Film the whole body from 2 to 3.5 m, with light on it and a level, fixed camera.",
        )
    return session
