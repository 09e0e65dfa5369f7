"""The command line: parses, calls, prints; nothing else."""

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from formcheck.errors import FormcheckError, UsageError
from formcheck.exercise.rulebook import find_rule, load_rule, load_rules
from formcheck.exercise.session_result import Session
from formcheck.pipeline import Options
from formcheck.session import analyze as run_analysis
from formcheck.session import replay as run_replay

INTERRUPTED = 130
EXERCISE_HELP = "Exercise, e.g. dead-bug; see `formcheck exercises`."
EXERCISE_OR_AUTO_HELP = f"{EXERCISE_HELP} Or auto: recognised from the movement."

app = typer.Typer(
    help="Counts repetitions, times holds and flags form faults of hip exercises. Nothing leaves this computer.",
    epilog="Start with `formcheck demo`, then `formcheck analyze my-clip.mp4 -e lateral-lunge`.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

ExerciseOption = Annotated[str, typer.Option("--exercise", "-e", help=EXERCISE_OR_AUTO_HELP, show_default=False)]
LevelOption = Annotated[str | None, typer.Option(help="Level, e.g. harder; recognised from the pose if left out.")]
SideOption = Annotated[str | None, typer.Option(help="Watch only this side: left or right.")]
RepsOption = Annotated[int | None, typer.Option(min=1, help="Repetitions that you set out to do.")]
HoldOption = Annotated[float | None, typer.Option(min=0.5, help="Seconds that each hold should last.")]
EndPointOption = Annotated[
    str | None, typer.Option(metavar="L,R", help="Your own end point of hip flexion in degrees, left,right.")
]
FovOption = Annotated[
    float | None,
    typer.Option(
        "--fov", min=20, max=130, help="Angle of view over the longer side of the picture, in degrees; usual: 60."
    ),
]
RulesOption = Annotated[list[Path] | None, typer.Option(help="A folder of further rule files; may be repeated.")]
OutOption = Annotated[Path | None, typer.Option(help="Folder for the results; default: <file name>.formcheck here.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print session.json instead of the table.")]
ModelOption = Annotated[str, typer.Option(help="Pose model: heavy, full, lite, or the path of a .task bundle.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formcheck {version('formcheck')}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command(
    epilog="Examples:  formcheck analyze clip.mp4 -e auto   ·   formcheck analyze frames/ --fps 25 -e dead-bug"
)
def analyze(
    video: Annotated[Path, typer.Argument(help="A video file, or a folder of numbered images.", show_default=False)],
    exercise: ExerciseOption,
    level: LevelOption = None,
    side: SideOption = None,
    out: OutOption = None,
    model: ModelOption = "heavy",
    fps: Annotated[
        float | None,
        typer.Option(min=0.1, help="Frame rate of a folder of images; for a file, frames to look at."),
    ] = None,
    mirrored: Annotated[bool, typer.Option("--mirrored", help="The recording is mirrored, as selfies are.")] = False,
    reps: RepsOption = None,
    hold: HoldOption = None,
    end_point: EndPointOption = None,
    fov: FovOption = None,
    no_video: Annotated[bool, typer.Option("--no-video", help="Do not write annotated.mp4.")] = False,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Analyse a recording: repetitions, holds, faults, and what could not be judged."""
    options = _options(level, side, reps, hold, end_point, fov)
    _analyze_and_print(video, exercise, options, out, model, fps, mirrored, not no_video, rules or [], as_json)


@app.command(epilog="Example:  formcheck replay clip.mp4.formcheck/landmarks.jsonl -e lateral-lunge")
def replay(
    landmarks: Annotated[Path, typer.Argument(help="A landmarks.jsonl of an earlier analysis.", show_default=False)],
    exercise: ExerciseOption,
    level: LevelOption = None,
    side: SideOption = None,
    out: OutOption = None,
    reps: RepsOption = None,
    hold: HoldOption = None,
    end_point: EndPointOption = None,
    fov: FovOption = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Apply the rules to recorded landmarks, without the model: the same result as analyze, in a second."""
    options = _options(level, side, reps, hold, end_point, fov)
    session = run_replay(landmarks, exercise, options=options, out=out, rules=rules or [])
    _print_session(session, out, as_json)


@app.command(epilog="Examples:  formcheck exercises dead-bug   ·   formcheck exercises --check my_rule.py")
def exercises(
    name: Annotated[str | None, typer.Argument(help=EXERCISE_HELP, show_default=False)] = None,
    check: Annotated[Path | None, typer.Option(help="Check a rule file instead.", show_default=False)] = None,
    rules: RulesOption = None,
) -> None:
    """List the exercises; or show one whole: set-up, phases, dose, every check with its limit and origin."""
    from formcheck.output.exercise_page import exercise_list, exercise_page

    console = Console()
    if check is not None:
        rule = load_rule(check)
        console.print(f"{check}: right. “{rule.exercise.title}”, {len(rule.exercise.checks)} checks.", soft_wrap=True)
        console.print(exercise_page(rule))
        return
    known = load_rules(rules or [])
    console.print(exercise_list(known.values()) if name is None else exercise_page(find_rule(known, name)))


@app.command(epilog="Examples:  formcheck demo   ·   formcheck demo dead-bug --faulty")
def demo(
    exercise: Annotated[str, typer.Argument(help="Exercise of a bundled clip.")] = "lateral-lunge",
    faulty: Annotated[bool, typer.Option("--faulty", help="The clip with typical faults of the exercise.")] = False,
    out: OutOption = None,
    model: ModelOption = "heavy",
) -> None:
    """Analyse a bundled clip from start to end, offline; says where the results are."""
    from formcheck.samples_folder import sample_clip

    clip = sample_clip(exercise, faulty=faulty)
    _analyze_and_print(clip, exercise, Options(), out, model, None, False, True, [], False)


@app.command(epilog="Example:  formcheck doctor")
def doctor() -> None:
    """Find out what works on this computer: models, video, camera, display; and the remedy for what does not."""
    from formcheck.doctor import examine

    console = Console()
    findings = []
    for finding in examine():
        console.print(finding.as_text(), soft_wrap=True)
        findings.append(finding)
    if any(finding.essential and not finding.works for finding in findings):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; every error becomes a line or two and its exit code."""
    try:
        code = app(standalone_mode=False)
    except FormcheckError as error:
        _fail(error)
    except typer.Abort:
        sys.exit(INTERRUPTED)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the last resort: people get a line, developers the rest
        if os.environ.get("FORMCHECK_DEBUG") == "1":
            raise
        _show_usage_error(error)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _show_usage_error(error: Exception) -> None:
    show = getattr(error, "show", None)
    if show is not None:  # wrong options: the parser has the words for it
        show()
        sys.exit(getattr(error, "exit_code", UsageError.exit_code))
    typer.echo(
        f"Something went wrong inside formcheck: {error}\nRun it with FORMCHECK_DEBUG=1 and report what it prints.",
        err=True,
    )
    sys.exit(1)


def _fail(error: FormcheckError) -> None:
    if os.environ.get("FORMCHECK_DEBUG") == "1":
        raise error
    typer.echo(error.cause, err=True)
    if error.remedy:
        typer.echo(error.remedy, err=True)
    sys.exit(error.exit_code)


def _options(
    level: str | None,
    side: str | None,
    reps: int | None,
    hold: float | None,
    end_point: str | None,
    fov_deg: float | None,
) -> Options:
    if side not in (None, "left", "right"):
        raise UsageError(f"There is no side “{side}”.", "Say --side left or --side right.")
    ends: tuple[float, float] | None = None
    if end_point is not None:
        try:
            left, right = (float(part) for part in end_point.split(","))
        except ValueError:
            raise UsageError(f"“{end_point}” is no pair of end points.", "Say for example --end-point 95,90.") from None
        ends = (left, right)
    return Options(level=level, side=side, reps=reps, hold_s=hold, end_point_deg=ends, fov_deg=fov_deg)  # type: ignore[arg-type]


def _analyze_and_print(
    video: Path,
    exercise: str,
    options: Options,
    out: Path | None,
    model: str,
    fps: float | None,
    mirrored: bool,
    with_video: bool,
    rules: list[Path],
    as_json: bool,
) -> None:
    from formcheck.output.folder import default_folder

    folder = out if out is not None else default_folder(str(video))
    console = Console(stderr=True)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with progress:
        task = progress.add_task(f"Looking at {video.name}", total=None)

        def report(done: int, _time_s: float, total: int) -> None:
            progress.update(task, completed=done, total=max(total, done) or None)

        session = run_analysis(
            video, exercise, options=options, out=folder, model=model, fps=fps, mirrored=mirrored, video=with_video,
            rules=rules, report=report,
        )  # fmt: skip
    _print_session(session, folder, as_json)
    if session.interrupted:
        typer.echo(f"Stopped at {session.duration_s:.1f} s; what was done until then is kept.", err=True)
        raise typer.Exit(INTERRUPTED)


def _print_session(session: Session, folder: Path | None, as_json: bool) -> None:
    if as_json:
        from formcheck.output.records import session_document

        typer.echo(json.dumps(session_document(session), ensure_ascii=False, indent=1))
        return
    from formcheck.output.table import session_table

    console = Console()
    console.print(session_table(session))
    if folder is not None:
        console.print(f"Results are in {folder}", soft_wrap=True)
