"""Analysing from the command line, for `analyze` and `demo`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli_options import (
    BackendOption,
    DeviceOption,
    ModelOption,
    OutOption,
    PdfOption,
    SkipStillOption,
    ThreadsOption,
)
from formcheck.interruption import INTERRUPTED
from formcheck.language import _
from formcheck.terminal import say_beside

if TYPE_CHECKING:
    from formcheck.concluding import Keep
    from formcheck.exercise.rulebook import Rule
    from formcheck.pipeline import Options
    from formcheck.pose.opening import Seeing


def analyze_and_print(
    video: Path,
    exercise: str,
    options: "Options",
    out: Path | None,
    asked: "Seeing",
    *,
    fps: float | None = None,
    mirrored: bool = False,
    with_video: bool = True,
    with_report: bool = True,
    blur_face: bool = False,
    rules: list[Path] | None = None,
    as_json: bool = False,
    as_pdf: bool = False,
    keep: "Keep | None" = None,
    person: str | None = None,
) -> None:
    """Analyse a recording, show how far it is, and print what came of it; the options are those of the command."""
    from formcheck.cli_printing import loaded_rules, looking_at, print_pdf, print_session, refuse_pdf
    from formcheck.output.folder_names import default_folder
    from formcheck.session import analyze as run_analysis

    if as_pdf:
        refuse_pdf(with_report=with_report)
    folder = out if out is not None else default_folder(str(video))
    known = loaded_rules(rules, exercise)
    with looking_at(video) as (report, stop):
        session = run_analysis(
            video, exercise, options=options, out=folder, model=asked.model, backend=asked.backend,
            threads=asked.threads, skip_still=asked.skip_still, device=asked.device, fps=fps, mirrored=mirrored, video=with_video,
            with_report=with_report, blur_face=blur_face, rules=known, report=report, keep=keep,
        )  # fmt: skip
    print_session(session, folder, as_json)
    if as_pdf:
        print_pdf(folder)
    if person is not None and options.end_point_deg is None:
        _tell_of_end_points(known[session.exercise], session.level, person)
    if session.interrupted:
        say_beside(_("Stopped at {duration_s:.1f} s; what was done until then is kept.", duration_s=session.duration_s))
    if stop.is_set():
        raise typer.Exit(INTERRUPTED)


def _tell_of_end_points(rule: "Rule", level: str | None, person: str) -> None:
    """Say what is remembered of somebody's end points: a recording is judged by what the command says, on every computer alike."""
    from formcheck.history.keeping import named
    from formcheck.plan import end_points
    from formcheck.plan.memory import Memory

    said = end_points.how_to_judge_by(end_points.remembered(Memory(named(person), say_beside), rule, level))
    if said is not None:
        say_beside(said)


def demo(
    exercise: Annotated[str, typer.Argument(help="The exercise that the clip shows.")] = "lateral-lunge",
    faulty: Annotated[
        bool, typer.Option("--faulty", help="Play the clip that shows typical faults of the exercise.")
    ] = False,
    out: OutOption = None,
    pdf: PdfOption = False,
    model: ModelOption = "heavy",
    backend: BackendOption = None,
    threads: ThreadsOption = None,
    skip_still: SkipStillOption = False,
    device: DeviceOption = "cpu",
) -> None:
    """Analyse a bundled clip from start to end, offline, and say where the results are."""
    from formcheck.pipeline import Options
    from formcheck.pose.opening import seeing
    from formcheck.samples_folder import sample_clip

    clip = sample_clip(exercise, faulty=faulty)
    asked = seeing(model, backend, threads, skip_still, device)
    analyze_and_print(clip, exercise, Options(), out, asked, as_pdf=pdf)
