"""The command line: parses, calls, prints; nothing else.

At the top of a module that declares commands stands only what declares them; a command imports what does its work.
"""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli_analyzing import analyze_and_print, demo
from formcheck.cli_exporting import EXPORT_EXAMPLES, export
from formcheck.cli_history import history
from formcheck.cli_live import LIVE_EXAMPLES, TRAIN_EXAMPLES, live, train
from formcheck.cli_options import (
    EXERCISE_HELP,
    AnswerOption,
    BackendOption,
    BlurFaceOption,
    DeviceOption,
    EndPointOption,
    ExerciseOption,
    FovOption,
    FpsOption,
    HoldOption,
    JobsOption,
    JsonOption,
    LandmarksArgument,
    LevelOption,
    ListOption,
    LocalClusterOption,
    MirroredOption,
    ModelOption,
    NoHistoryOption,
    NoReportOption,
    NoVideoOption,
    PdfOption,
    PersonOption,
    PlanOption,
    RecordedExerciseOption,
    RecordingsArgument,
    RecordingsOutOption,
    ReplayOutOption,
    RepsOption,
    ResumeOption,
    RulesOption,
    SchedulerOption,
    SideOption,
    SkipStillOption,
    ThreadsOption,
    kept_by,
    options_of,
)
from formcheck.cli_plan import analyze_plan_and_print, plans, replay_plan_and_print
from formcheck.language import _
from formcheck.terminal import say_beside

app = typer.Typer(
    help="Counts repetitions, times holds and flags form faults of hip exercises. Nothing leaves this computer.",
    epilog="Start with `formcheck demo`, then `formcheck live lateral-lunge` or `formcheck analyze my-clip.mp4 -e lateral-lunge`.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.add_typer(history, name="history")
app.add_typer(plans, name="plan")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"formcheck {version('formcheck')}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    # Read before anything is loaded that speaks, wherever in the line it stands; here so that the help tells of it.
    _lang: Annotated[
        str | None,
        typer.Option("--lang", help="Language: en, or nl for Dutch. Default: FORMCHECK_LANG, else that of the system."),
    ] = None,
) -> None:
    pass


@app.command(
    epilog="Examples:  formcheck analyze clip.mp4 -e auto   ·   formcheck analyze frames/ --fps 25 -e dead-bug   ·   "
    "formcheck analyze clips/ -e auto --resume"
)
def analyze(
    videos: RecordingsArgument = None,
    exercise: ExerciseOption = None,
    plan: PlanOption = None,
    level: LevelOption = None,
    side: SideOption = None,
    out: RecordingsOutOption = None,
    model: ModelOption = "heavy",
    backend: BackendOption = None,
    threads: ThreadsOption = None,
    skip_still: SkipStillOption = False,
    device: DeviceOption = "cpu",
    fps: FpsOption = None,
    mirrored: MirroredOption = False,
    reps: RepsOption = None,
    hold: HoldOption = None,
    end_point: EndPointOption = None,
    fov: FovOption = None,
    answer: AnswerOption = None,
    no_video: NoVideoOption = False,
    no_report: NoReportOption = False,
    pdf: PdfOption = False,
    blur_face: BlurFaceOption = False,
    person: PersonOption = None,
    no_history: NoHistoryOption = False,
    rules: RulesOption = None,
    as_json: JsonOption = False,
    listed: ListOption = None,
    jobs: JobsOption = None,
    resume: ResumeOption = False,
    scheduler: SchedulerOption = None,
    local_cluster: LocalClusterOption = None,
) -> None:
    """Analyse recordings, one or many: repetitions, holds, faults, and what could not be judged."""
    from formcheck.batch.finding import is_one
    from formcheck.cli_batch import Many, analyze_many_and_print, which_exercise
    from formcheck.output.folder_names import is_address
    from formcheck.pose.opening import seeing

    options = options_of(level, side, reps, hold, end_point, fov, answer)
    keep, given = kept_by("analyze", person, no_history), videos or []
    asked = seeing(model, backend, threads, skip_still, device)
    many = Many(given, listed, jobs, resume, scheduler, local_cluster)
    are_many = not is_one(given) or listed is not None or resume or many.is_for_cluster
    if plan is not None:
        analyze_plan_and_print(
            given, plan, options, out, asked, fps=fps, mirrored=mirrored, with_video=not no_video,
            with_report=not no_report, blur_face=blur_face, rules=rules, as_json=as_json, as_pdf=pdf, keep=keep,
            exercise=exercise, are_many=are_many,
        )  # fmt: skip
        return
    if are_many or is_address(out or ""):
        analyze_many_and_print(
            many, exercise, options, out, asked, fps=fps, mirrored=mirrored,
            with_video=not no_video, with_report=not no_report, blur_face=blur_face, person=person, rules=rules,
            as_json=as_json, as_pdf=pdf,
        )  # fmt: skip
        return
    if exercise is None:
        raise which_exercise()
    analyze_and_print(
        Path(given[0]), exercise, options, None if out is None else Path(out), asked, fps=fps,
        mirrored=mirrored, with_video=not no_video, with_report=not no_report, blur_face=blur_face, rules=rules,
        as_json=as_json, as_pdf=pdf, keep=keep, person=person,
    )  # fmt: skip


app.command(epilog=LIVE_EXAMPLES)(live)
app.command(epilog=TRAIN_EXAMPLES)(train)


@app.command(
    epilog="Examples:  formcheck replay clip.mp4.formcheck/landmarks.jsonl   ·   "
    "formcheck replay landmarks.jsonl -e lateral-lunge --side left"
)
def replay(
    landmarks: LandmarksArgument,
    exercise: RecordedExerciseOption = None,
    plan: PlanOption = None,
    level: LevelOption = None,
    side: SideOption = None,
    out: ReplayOutOption = None,
    reps: RepsOption = None,
    hold: HoldOption = None,
    end_point: EndPointOption = None,
    fov: FovOption = None,
    answer: AnswerOption = None,
    no_report: NoReportOption = False,
    pdf: PdfOption = False,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Apply the rules to recorded landmarks, without the model: the same result as analyze, within a second.

    What is not given is as it was when the landmarks were recorded.
    """
    from formcheck.cli_printing import loaded_rules, print_pdf, print_session, refuse_pdf
    from formcheck.replaying import replay as run_replay

    options = options_of(level, side, reps, hold, end_point, fov, answer)
    if plan is not None:
        replay_plan_and_print(
            landmarks, plan, options, out, with_report=not no_report, rules=rules, as_json=as_json, as_pdf=pdf,
            exercise=exercise,
        )  # fmt: skip
        return
    if pdf:
        refuse_pdf(with_report=not no_report, has_folder=out is not None)
    known = loaded_rules(rules, exercise)
    session = run_replay(
        landmarks, exercise, options=options, out=out, with_report=not no_report, rules=known, tell=say_beside
    )
    print_session(session, out, as_json)
    if pdf and out is not None:
        print_pdf(out)
    if out is None and not as_json:
        typer.echo(_("Nothing was written: --out DIR writes session.json, reps.csv and report.html to a folder."))


app.command(epilog=EXPORT_EXAMPLES)(export)


@app.command(
    epilog="Examples:  formcheck exercises dead-bug   ·   formcheck exercises --check my_rule.py   ·   "
    "formcheck exercises --signals"
)
def exercises(
    name: Annotated[str | None, typer.Argument(help=EXERCISE_HELP, show_default=False)] = None,
    check: Annotated[
        Path | None, typer.Option(help="Check this rule file, and show what it says.", show_default=False)
    ] = None,
    rules: RulesOption = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Also the numbers, for those who write rules: limits, errors, origins.")
    ] = False,
    signals: Annotated[
        bool, typer.Option("--signals", help="All signals and contexts that rules can use, with unit and error.")
    ] = False,
) -> None:
    """List the exercises, or explain one: how to do it, how to film it, what is watched and what no camera sees."""
    from formcheck.cli_printing import print_exercises

    print_exercises(name, check, rules, numbers=numbers, signals=signals)


app.command(epilog="Examples:  formcheck demo   ·   formcheck demo dead-bug --faulty")(demo)


@app.command(epilog="Example:  formcheck doctor")
def doctor() -> None:
    """Find out what works on this computer (models, video, camera, display, sound), and how to mend what does not."""
    from rich.console import Console

    from formcheck.doctor import examine

    console = Console()
    findings = []
    for finding in examine():
        console.print(finding.as_text(), soft_wrap=True, markup=False)
        findings.append(finding)
    if any(finding.essential and not finding.works for finding in findings):
        raise typer.Exit(1)
