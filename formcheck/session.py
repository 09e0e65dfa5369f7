"""One exercise, one source: from frames to results.

capture ──Frame──▶ pose ──Observation──▶ body ──Measured──▶ exercise ──Event──▶ output
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from formcheck.capture.altered import Mirrored, Named
from formcheck.capture.frame import Frame, FrameSource
from formcheck.choosing import rule_named, rule_recognised
from formcheck.concluding import Keep, with_failures, with_person, write_results
from formcheck.dates import now
from formcheck.drawing import draw_video
from formcheck.errors import FormcheckError, NoPersonError, NotSureError, OutputError
from formcheck.exercise.rulebook import Rule, Rulebook, load_rules
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise
from formcheck.interruption import finishing
from formcheck.output.folder import ResultsFolder, open_results
from formcheck.output.folder_names import is_address
from formcheck.overlap import ahead
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.looking import Looking
from formcheck.pose.opening import open_estimator, size_of_small_person
from formcheck.pose.pose import Backend, Device, Observation
from formcheck.pose.presence import Presence
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.pose.seen import Seen
from formcheck.recognising import Recogniser
from formcheck.recorded_run import run_of
from formcheck.reporting import Reporter, performance_maker

Report = Callable[[int, float, int], None]
"""Told of every frame: how many so far, its time in seconds, and how many there will be (0 = unknown).

Each frame of an annotated video comes twice: once to be judged, and once to be drawn as it was judged. While pictures are taken for the
report, it is told again and again that all frames were there. It may raise KeyboardInterrupt, to end the analysis.
"""


def analyze(
    path: str | Path,
    exercise: str,
    *,
    options: Options | None = None,
    out: str | Path | None = None,
    model: str = "heavy",
    backend: Backend | None = None,
    threads: int | None = None,
    skip_still: bool = False,
    device: Device = "cpu",
    fps: float | None = None,
    mirrored: bool = False,
    video: bool = False,
    with_report: bool = False,
    blur_face: bool = False,
    rules: Sequence[str | Path] | Rulebook = (),
    report: Report | None = None,
    keep: Keep | None = None,
    name: str | None = None,
    date: str | None = None,
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
    backend
        What runs it: ``mediapipe`` or ``litert``; None = LiteRT, where there is a release of it.
    threads
        How many LiteRT uses; None = as many as there are cores, at most 4.
    skip_still
        Look at 5 frames a second only where picture and pose stand still; see `formcheck.pose.still`.
    device
        Where the model runs: ``cpu``, or ``gpu``, the graphics processor, which takes LiteRT.
    fps
        Frame rate of a folder of images; for a file, at most this many frames a second are looked at; None = 30.
    mirrored
        The recording is mirrored, as selfie cameras do: it is turned back first.
    video
        Also write ``annotated.mp4`` to `out`.
    with_report
        Also write ``report.html`` to `out`.
    blur_face
        Make the face unrecognisable in the annotated video and the report.
    rules
        Folders of further rules, or rules that were loaded already.
    report
        Told of every frame.
    keep
        Told of the session that is over, and of its rule.
    name
        What the results call the recording, such as the address that it was brought from; None = its path.
    date
        When it is said to be analysed, in ISO 8601; None = now.

    Returns
    -------
    Session
        What was found. Its `interrupted` says whether Ctrl-C stopped the analysis early; what was done is kept.

    Raises
    ------
    UsageError, InputError, NoPersonError, DeviceError, OutputError
        See `formcheck.errors`; NotSureError, a UsageError, where no exercise could be recognised.
    """
    from formcheck.capture.opening import open_source

    chosen = options or Options()
    known = load_rules(rules)
    rule = rule_named(known, exercise, chosen)  # what is wrong shows before the long work
    opened: FrameSource = open_source(Path(path), fps)
    opened = opened if name is None else Named(opened, name)
    source = Mirrored(opened) if mirrored else opened
    owner = name if name is not None and is_address(name) else str(path)
    failures: list[OutputError] = []
    presence = Presence(source.info)
    with presence.explaining(partial(size_of_small_person, model)):
        with ExitStack() as stack:
            # First, as earlier results are removed only once new ones can be made.
            estimator = stack.enter_context(
                open_estimator(model, backend, threads, skip_still=skip_still, device=device)
            )
            results = None if out is None else stack.enter_context(open_results(owner, Path(out)))
            landmarks = None
            if results is not None:
                run = run_of(
                    rule, chosen, mirrored=mirrored, fps=fps, backend=estimator.backend, threads=estimator.threads,
                    skip_still=skip_still, device=estimator.device,
                )  # fmt: skip
                landmarks = stack.enter_context(LandmarkWriter(results.landmarks_jsonl, source.info, model, run, date))
            annotated = results.annotated_mp4 if results and video else None
            total = source.info.frames * (1 if annotated is None else 2)
            size_wh = (source.info.width, source.info.height)
            reporter = Reporter() if results is not None and with_report else None
            performing = performance_maker(reporter, size_wh, chosen, model)
            watching = Recogniser(known, size_wh, chosen, model) if rule is None else performing(rule)
            kept = Seen(None if landmarks is None else landmarks.path)
            moments = looked_at(source, estimator, landmarks, report, total, presence)
            stopped = _watch(moments, watching, kept)
            # Of the whole recording: later it is read anew, up to a picture.
            damaged, odd = source.damaged, source.remarks
            try:
                performance, how = _performed(watching, kept, known, performing, landmarks, stopped=stopped)
                session = performance.result(
                    source.info, model, damaged=damaged, interrupted=stopped, exercise_source=how
                )
                session = with_failures(session, known if rule is None else {})
                if annotated is not None and not stopped:
                    failures, stopped = draw_video(
                        annotated, source, kept, performance.exercise, session, report, blur_face=blur_face
                    )
                if reporter is not None and not stopped:
                    stopped = reporter.take_pictures(
                        source, kept, performance.exercise, session, report, blur_face=blur_face
                    )
                session = replace(session, interrupted=stopped)
            except (NoPersonError, NotSureError, KeyboardInterrupt) as error:
                if landmarks is not None:  # they are good for a replay
                    is_interrupted = isinstance(error, KeyboardInterrupt)
                    landmarks.finish(damaged=damaged, interrupted=is_interrupted, remarks=odd)
                raise
            session = replace(
                session,
                date=(date or now()) if landmarks is None else landmarks.date,
                remarks=(*odd, *presence.advice),
                backend=estimator.backend,
                threads=estimator.threads,
                device=estimator.device,
            )
            with finishing():
                if landmarks is not None:
                    landmarks.finish(damaged=damaged, interrupted=session.interrupted, remarks=odd)
                try:
                    if results is not None:
                        _write(session, results, reporter, performance.exercise)
                finally:
                    if keep is not None:
                        keep(session, known[session.exercise])
        if failures:
            raise failures[0]
        return session if session.interrupted else with_person(session)


def _write(session: Session, results: ResultsFolder, reporter: Reporter | None, exercise: Exercise) -> None:
    write_results(session, results)
    if reporter is not None:
        reporter.write(session, exercise, results)


def looked_at(
    source: FrameSource,
    estimator: Looking,
    landmarks: LandmarkWriter | None,
    report: Report | None,
    total: int,
    presence: Presence,
) -> Iterator[tuple[Frame, Observation]]:
    """Yield every picture with what the model sees in it, recorded and told of; with one thread for all, if that was asked for."""
    for frame in source if estimator.threads == 1 else ahead(source):
        seen = estimator.estimate(frame)
        presence.watch(seen, frame)
        if landmarks is not None:
            landmarks.write(seen)
        yield frame, seen
        if report is not None:
            report(frame.index + 1, frame.time_s, total)


def _watch(moments: Iterable[tuple[Frame, Observation]], watching: Performance | Recogniser, kept: Seen) -> bool:
    """Take all moments in and keep what was seen; return whether the user stopped it."""
    try:
        for _, seen in moments:
            kept.append(seen)
            watching.step(seen)
    except KeyboardInterrupt:
        return True  # what was done so far is a result too
    return False


def _performed(
    watching: Performance | Recogniser,
    kept: Seen,
    known: Mapping[str, Rule],
    performing: Callable[[Rule], Performance],
    landmarks: LandmarkWriter | None,
    *,
    stopped: bool,
) -> tuple[Performance, str]:
    """Return the performance, finished, and whether its exercise was ``given`` or ``recognised``."""
    if isinstance(watching, Performance):
        watching.finish("file")
        return watching, "given"
    try:
        rule = rule_recognised(watching, known, None if landmarks is None else landmarks.path)
    except FormcheckError:
        if stopped:
            raise KeyboardInterrupt from None
        raise
    performance = performing(rule)
    for seen in kept:
        performance.step(seen)
    performance.finish("file")
    return performance, "recognised"
