"""`analyze --plan` and `replay --plan`: a recording of a whole plan is split by what is done in it, and each part is judged."""

from contextlib import ExitStack
from functools import partial
from pathlib import Path

from formcheck.capture.altered import Mirrored
from formcheck.capture.frame import FrameSource
from formcheck.capture.opening import open_source
from formcheck.concluding import Keep
from formcheck.errors import NoPersonError, NotSureError
from formcheck.language import _
from formcheck.output.folder import open_results
from formcheck.pipeline import Options
from formcheck.plan import texts
from formcheck.plan.judging import Judging, Results, Whole
from formcheck.plan.opening import OpenedPlan
from formcheck.plan.record import Done, forget_results, parts_before, plan_document, write_plan_json
from formcheck.plan.splitting import split, watchers_of
from formcheck.pose.opening import Seeing, open_estimator, size_of_small_person
from formcheck.pose.pose import Observation
from formcheck.pose.presence import Presence, nobody
from formcheck.pose.recording import Recording
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.pose.seen import Seen
from formcheck.recognising import Watchers
from formcheck.recorded_run import run_of
from formcheck.session import Report, looked_at


def analyze_plan(
    path: Path,
    plan: OpenedPlan,
    seeing: Seeing,
    out: Path,
    *,
    fov_deg: float | None = None,
    results: Results | None = None,
    fps: float | None = None,
    mirrored: bool = False,
    report: Report | None = None,
    keep: Keep | None = None,
) -> tuple[Done, ...]:
    """Analyse a recording of a whole plan.

    Parameters
    ----------
    path, fps, mirrored, report, keep
        As for `formcheck.session.analyze`.
    plan
        The plan.
    seeing
        The pose model, and what runs it.
    out
        Folder for the results, with one in it for each exercise.
    fov_deg
        Angle of view of the camera.
    results
        Which of them are written; None = all.

    Returns
    -------
    tuple of Done
        The exercises in order of time, then those of the plan that were not found.

    Raises
    ------
    InputError, NoPersonError, OutputError
        See `formcheck.errors`; NotSureError, a UsageError, where no exercise of the plan was found.
    """
    opened = open_source(path, fps)
    source: FrameSource = Mirrored(opened) if mirrored else opened
    presence, size_wh = Presence(source.info), (source.info.width, source.info.height)
    with presence.explaining(partial(size_of_small_person, seeing.model)), ExitStack() as stack:
        # First, as earlier results are removed only once new ones can be made.
        estimator = stack.enter_context(
            open_estimator(
                seeing.model, seeing.backend, seeing.threads, skip_still=seeing.skip_still, device=seeing.device
            )
        )
        _forget_parts(out, str(path))
        folder = stack.enter_context(open_results(str(path), out))
        run = run_of(
            None, Options(fov_deg=fov_deg), mirrored=mirrored, fps=fps, backend=estimator.backend,
            threads=estimator.threads, skip_still=seeing.skip_still, device=estimator.device,
        )  # fmt: skip
        writer = stack.enter_context(LandmarkWriter(folder.landmarks_jsonl, source.info, seeing.model, run))
        watchers = watchers_of(plan.parts, size_wh, fov_deg, seeing.model)
        kept, stopped = Seen(writer.path), False
        try:
            for _frame, seen in looked_at(source, estimator, writer, report, source.info.frames, presence):
                kept.append(seen)
                watchers.step(seen)
        except KeyboardInterrupt:
            stopped = True  # what was done so far is a result too
        writer.finish(damaged=source.damaged, interrupted=stopped, remarks=source.remarks)
        whole = Whole(
            str(path), source.info, seeing.model, run, writer.date, kept, source, fov_deg,
            (*source.remarks, *presence.advice), stopped,
        )  # fmt: skip
        try:
            return _judged(whole, plan, watchers, folder.path, results or Results(), keep, report)
        except (NoPersonError, NotSureError):
            if stopped:  # it may well have come later
                raise KeyboardInterrupt from None
            raise


def replay_plan(
    path: Path, plan: OpenedPlan, out: Path | None = None, *, fov_deg: float | None = None, with_report: bool = True
) -> tuple[Done, ...]:
    """Split recorded landmarks of a whole plan, and judge each part; without the model.

    Parameters
    ----------
    path
        A ``landmarks.jsonl``.
    plan
        The plan.
    out
        Folder for the results; None = nothing is written.
    fov_deg
        Angle of view of the camera; None = as it was recorded.
    with_report
        Write a report for each part.

    Raises
    ------
    InputError, NoPersonError, OutputError, NotSureError
        As for `analyze_plan`.
    """
    recording = Recording(path)
    header = recording.header
    presence, size_wh = Presence(header.source), (header.source.width, header.source.height)
    with presence.explaining(), ExitStack() as stack:
        recorded = header.run.options.get("fov_deg")
        if fov_deg is None and isinstance(recorded, int | float):
            fov_deg = float(recorded)
        watchers = watchers_of(plan.parts, size_wh, fov_deg, header.model)
        kept = Seen(path)
        for line in presence.watching(recording):
            if isinstance(line, Observation):
                kept.append(line)
                watchers.step(line)
        folder = None
        if out is not None:
            _forget_parts(out, str(path))
            folder = stack.enter_context(open_results(str(path), out)).path
        whole = Whole(
            str(path), header.source, header.model, header.run, header.date, kept, None, fov_deg,
            (*recording.remarks, *presence.advice), recording.interrupted,
        )  # fmt: skip
        return _judged(whole, plan, watchers, folder, Results(video=False, report=with_report), None)


def _judged(
    whole: Whole,
    plan: OpenedPlan,
    watchers: Watchers[int],
    folder: Path | None,
    results: Results,
    keep: Keep | None,
    report: Report | None = None,
) -> tuple[Done, ...]:
    if not watchers.has_seen_anybody:
        raise nobody()
    watchers.close()
    parts = plan.parts
    spans = split(parts, watchers.reps, whole.seen)
    if not spans:
        raise NotSureError(_(texts.NONE_FOUND), _(texts.NONE_FOUND_REMEDY))
    judging = Judging(whole, folder, results, report)
    done = [judging.judge(span, keep) for span in spans]
    shown = [span.part.number for span in spans]
    found = (*done, *(Done(part, None, None, False) for part in parts if part.number not in shown))
    if folder is not None:
        write_plan_json(folder, plan_document(plan, whole.date, found))
    if judging.failures:
        raise judging.failures[0]
    return found


def _forget_parts(out: Path, source: str) -> None:
    """Remove the parts of an earlier analysis of the same recording: by another plan they would be others."""
    for part in parts_before(out):
        name = part.get("folder")
        if isinstance(name, str):
            forget_results(out / name, source)
