"""One exercise, one source: from frames to results.

capture ──Frame──▶ pose ──Observation──▶ body ──Measured──▶ exercise ──Event──▶ output
"""

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from formcheck.capture.frame import Frame, FrameSource
from formcheck.capture.mirrored import Mirrored
from formcheck.errors import FormcheckError, NoPersonError, NotSureError, OutputError, UsageError
from formcheck.exercise.recognition import Recognition
from formcheck.exercise.rulebook import Rule, Rulebook, find_rule, load_rules
from formcheck.exercise.session_result import Session
from formcheck.interruption import finishing
from formcheck.output.folder import ResultsFolder, open_results
from formcheck.output.records import write_reps_csv, write_session_json
from formcheck.performance import Performance
from formcheck.pipeline import Options, Pipeline, Recogniser, level_of
from formcheck.pose.command import Command
from formcheck.pose.pose import Observation, PoseEstimator
from formcheck.pose.presence import Presence, nobody
from formcheck.pose.recording import LandmarkWriter, Recording, now
from formcheck.recorded_run import AUTO, exercise_of, has_changed, options_of, run_of

Report = Callable[[int, float, int], None]
"""Told of every frame: how many so far, its time in seconds, and how many there will be (0 = unknown).

Where the exercise is recognised first, each frame of an annotated video is looked at twice.
"""


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
    rules: Sequence[str | Path] | Rulebook = (),
    report: Report | None = None,
) -> Session:
    """Analyse a recording.

    Parameters
    ----------
    path
        A video file, or a folder of numbered images.
    exercise
        Id of the exercise, e.g. ``"dead_bug"``, or ``"auto"`` to recognise it.
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
        Folders of further rules, or rules that were loaded already.
    report
        Told of every frame.

    Returns
    -------
    Session
        What was found. Its `interrupted` says whether Ctrl-C stopped the analysis early; what was done is kept.

    Raises
    ------
    UsageError, InputError, NoPersonError, OutputError
        See `formcheck.errors`; NotSureError, a UsageError, where no exercise could be recognised.
    """
    from formcheck.capture.opening import open_source
    from formcheck.pose.estimator import MediaPipeEstimator, size_of_small_person

    chosen = options or Options()
    known = load_rules(rules)
    rule = _rule(known, exercise, chosen)  # what is wrong shows before the long work
    opened = open_source(Path(path), fps)
    source = Mirrored(opened) if mirrored else opened
    failures: list[OutputError] = []
    presence = Presence(source.info)
    with presence.explaining(partial(size_of_small_person, model)):
        with ExitStack() as stack:
            results = None if out is None else stack.enter_context(open_results(str(path), Path(out)))
            estimator = stack.enter_context(MediaPipeEstimator(model))
            landmarks = None
            if results is not None:
                run = run_of(rule, chosen, mirrored=mirrored, fps=fps)
                landmarks = stack.enter_context(LandmarkWriter(results.landmarks_jsonl, source.info, model, run))
            annotated = results.annotated_mp4 if results and video else None
            try:
                if rule is None:
                    session = _recognise(
                        source, estimator, known, chosen, model, landmarks, annotated, report, presence, failures
                    )
                    session = _with_failures(session, known)
                else:
                    moments = _estimated(source, estimator, landmarks, report, source.info.frames, presence)
                    pipeline = Pipeline(rule, (source.info.width, source.info.height), chosen)
                    stopped = _follow(moments, pipeline, source, annotated, failures)
                    session = pipeline.result(source.info, model, damaged=source.damaged, interrupted=stopped)
            except (NoPersonError, NotSureError, KeyboardInterrupt) as error:
                if landmarks is not None:  # they are good for a replay
                    is_interrupted = isinstance(error, KeyboardInterrupt)
                    landmarks.finish(damaged=source.damaged, interrupted=is_interrupted, remarks=source.remarks)
                raise
            session = replace(
                session,
                date=now() if landmarks is None else landmarks.date,
                advice=(*source.remarks, *presence.advice, *session.advice),
            )
            with finishing():
                if landmarks is not None:
                    landmarks.finish(damaged=session.damaged, interrupted=session.interrupted, remarks=source.remarks)
                if results is not None:
                    _write(session, results)
        if failures:
            raise failures[0]
        return session if session.interrupted else _with_person(session)


def replay(
    path: str | Path,
    exercise: str | None = None,
    *,
    options: Options | None = None,
    out: str | Path | None = None,
    rules: Sequence[str | Path] | Rulebook = (),
    tell: Callable[[str], None] | None = None,
) -> Session:
    """Apply the rules to recorded landmarks; the same result as the analysis or live session that recorded them.

    Parameters
    ----------
    path
        A ``landmarks.jsonl``.
    exercise
        As for `analyze`; None = the one that was recorded.
    options
        As for `analyze`; what is not set there is as it was recorded.
    out, rules
        As for `analyze`.
    tell
        Told, in a sentence, why the result may not be the same.

    Raises
    ------
    UsageError, InputError, NoPersonError, OutputError
        See `formcheck.errors`; NotSureError, a UsageError, where no exercise could be recognised.
    """
    known = load_rules(rules)
    recording = Recording(path)
    header = recording.header
    rule = _rule(known, exercise_of(Path(path), header) if exercise is None else exercise, options or Options())
    chosen = options_of(Path(path), header, rule, options)
    presence = Presence(header.source)
    size_wh = (header.source.width, header.source.height)
    lines: Iterable[Observation | Command] = presence.watching(recording)
    source = "given"
    with presence.explaining():
        if rule is None:
            recogniser = Recogniser(known, size_wh, chosen)
            lines = list(lines)
            for line in lines:
                if isinstance(line, Observation):
                    recogniser.step(line)
            rule, source = _recognised(recogniser, known, Path(path)), "recognised"
        if tell is not None and has_changed(rule, header):
            tell(f"The rule of {rule.id} has changed since this was recorded: the result may be another.")
        performance = Performance(rule, size_wh, chosen)
        for line in lines:
            if isinstance(line, Command):
                performance.obey(line)
            else:
                performance.step(line)
        performance.finish(header.source.kind)
        session = performance.result(
            header.source,
            header.model,
            damaged=recording.damaged,
            interrupted=recording.interrupted,
            exercise_source=source,
        )
        advice = (*recording.remarks, *presence.advice, *session.advice)
        session = replace(_with_failures(session, known), date=header.date, advice=advice)
        if out is not None:
            with finishing(), open_results(str(path), Path(out)) as results:
                _write(session, results)
        return session if session.interrupted else _with_person(session)


def _rule(known: Mapping[str, Rule], exercise: str, options: Options) -> Rule | None:
    """Return the rule that the user names, None where it is to be recognised."""
    if exercise.strip().lower() == AUTO:
        if options.level is not None:
            raise UsageError("A level belongs to an exercise.", "Say -e EXERCISE with --level, or leave out --level.")
        return None
    rule = find_rule(known, exercise)
    level_of(rule, options.level)
    return rule


def _estimated(
    source: FrameSource,
    estimator: PoseEstimator,
    landmarks: LandmarkWriter | None,
    report: Report | None,
    total: int,
    presence: Presence,
) -> Iterator[tuple[Frame, Observation]]:
    for frame in source:
        seen = estimator.estimate(frame)
        presence.watch(seen, frame)
        if landmarks is not None:
            landmarks.write(seen)
        yield frame, seen
        if report is not None:
            report(frame.index + 1, frame.time_s, total)


def _follow(
    moments: Iterable[tuple[Frame, Observation]],
    pipeline: Pipeline,
    source: FrameSource,
    annotated: Path | None,
    failures: list[OutputError],
) -> bool:
    """Take all moments in, and draw them where a video is wanted; return whether the user stopped it.

    What goes wrong with the video ends the video only, and is added to `failures`.
    """
    from formcheck.output.annotation import Annotation

    stopped = False
    with ExitStack() as stack:
        annotation = (
            stack.enter_context(Annotation(annotated, source.info, pipeline.exercise))
            if annotated is not None
            else None
        )
        try:
            for frame, seen in moments:
                step = pipeline.step(seen)
                if annotation is not None:
                    annotation.add(frame, step.pose, step.measured, step.progress, pipeline.coach.level)
        except KeyboardInterrupt:
            stopped = True  # what was done so far is a result too
        pipeline.finish()
    if annotation is not None and annotation.failure is not None:
        failures.append(annotation.failure)
    return stopped


def _recognise(
    source: FrameSource,
    estimator: PoseEstimator,
    known: Mapping[str, Rule],
    options: Options,
    model: str,
    landmarks: LandmarkWriter | None,
    annotated: Path | None,
    report: Report | None,
    presence: Presence,
    failures: list[OutputError],
) -> Session:
    """Estimate all, name the exercise, and only then follow its rule: what is drawn depends on it."""
    size_wh = (source.info.width, source.info.height)
    recogniser = Recogniser(known, size_wh, options)
    kept: list[Observation] = []
    total = source.info.frames * (1 if annotated is None else 2)
    stopped = False
    try:
        for _, seen in _estimated(source, estimator, landmarks, report, total, presence):
            kept.append(seen)
            recogniser.step(seen)
    except KeyboardInterrupt:
        stopped = True
    damaged = source.damaged
    try:
        rule = _recognised(recogniser, known, None if landmarks is None else landmarks.path)
    except FormcheckError:
        if stopped:
            raise KeyboardInterrupt from None
        raise
    pipeline = Pipeline(rule, size_wh, options)
    for seen in kept:
        pipeline.step(seen)
    pipeline.finish()
    if annotated is not None and not stopped:
        again = _shown_again(source, kept, report, total)
        stopped = _follow(again, Pipeline(rule, size_wh, options), source, annotated, failures)
    return pipeline.result(source.info, model, damaged=damaged, interrupted=stopped, exercise_source="recognised")


def _shown_again(
    source: FrameSource, kept: Sequence[Observation], report: Report | None, total: int
) -> Iterator[tuple[Frame, Observation]]:
    # Frames are decoded anew: 2 ms each, where keeping them would take gigabytes.
    for frame, seen in zip(source, kept, strict=False):
        yield frame, seen
        if report is not None:
            report(len(kept) + frame.index + 1, frame.time_s, total)


def _recognised(recogniser: Recogniser, known: Mapping[str, Rule], landmarks: Path | None) -> Rule:
    recognition = recogniser.finish()
    if not recogniser.has_seen_anybody:
        raise nobody()
    if recognition.exercise is None:
        raise _not_sure(recognition, landmarks)
    return known[recognition.exercise]


def _not_sure(recognition: Recognition, landmarks: Path | None) -> NotSureError:
    nearest = [match.exercise for match in recognition.nearest[:3]]
    remedy = (
        f"Say which it is with -e EXERCISE; most like: {', '.join(nearest)}."
        if nearest
        else ("Say which it is with -e EXERCISE; `formcheck exercises` lists them and how to film each.")
    )
    if landmarks is not None:
        name = nearest[0] if nearest else "EXERCISE"
        remedy += f"\nTo go on without looking at the recording again: formcheck replay {shlex.quote(str(landmarks))} -e {name}"
    return NotSureError("Not sure which exercise this is: none is clearly there.", remedy)


def _write(session: Session, results: ResultsFolder) -> None:
    write_session_json(session, results.session_json)
    write_reps_csv(session, results.reps_csv)


def _with_failures(session: Session, known: Mapping[str, Rule]) -> Session:
    """Return the session with what went wrong in any rule that watched: one that failed recognises nothing."""
    failures = tuple(rule.failure for rule in known.values() if rule.failure is not None)
    return replace(session, rule_failures=failures)


def _with_person(session: Session) -> Session:
    if session.tracked == 0:
        raise nobody()
    return session
