"""The commands of plans."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli_options import (
    BackendOption,
    CameraOption,
    FovOption,
    GuideOption,
    HeadlessOption,
    JsonEventsOption,
    LiveModelOption,
    MuteOption,
    NewEndPointsOption,
    NoHistoryOption,
    NoReportOption,
    PersonOption,
    PlanOutOption,
    RulesOption,
    ThreadsOption,
    kept_by,
    not_both,
    options_of,
)
from formcheck.errors import UsageError
from formcheck.interruption import INTERRUPTED
from formcheck.language import _
from formcheck.readable import readable
from formcheck.terminal import say_beside

if TYPE_CHECKING:
    from formcheck.concluding import Keep
    from formcheck.pipeline import Options
    from formcheck.plan.analysing import Wanted
    from formcheck.plan.record import Done
    from formcheck.pose.opening import Seeing

plans = typer.Typer(
    rich_markup_mode="rich",
    no_args_is_help=True,
    epilog="Examples:  formcheck plan list   ·   formcheck plan show hip-mobility   ·   formcheck plan check my-plan.toml",
    help="Plans: exercises one after the other, as a physiotherapist wrote them into a TOML file.",
)

PLAN_HELP = "A plan: a TOML file, or the name of one that comes with formcheck, as `formcheck plan list` has them."
PlanArgument = Annotated[str, typer.Argument(help=PLAN_HELP, metavar="PLAN", show_default=False)]


@plans.command(name="list")
def list_plans(rules: RulesOption = None) -> None:
    """List the plans that come with formcheck."""
    from rich.console import Console

    from formcheck.cli_printing import loaded_rules
    from formcheck.plan.page import plan_list
    from formcheck.plan.reading import bundled_plans, read_plan

    known = loaded_rules(rules, None)
    plans = [(name, read_plan(text, name, known)) for name, text in bundled_plans().items()]
    Console().print(plan_list(plans))


@plans.command(
    epilog="Examples:  formcheck plan show hip-flexors   ·   formcheck plan show hip-flexors --toml > mine.toml"
)
def show(
    given: PlanArgument,
    as_toml: Annotated[
        bool, typer.Option("--toml", help="Print the file itself, to begin one of your own with.")
    ] = False,
    rules: RulesOption = None,
) -> None:
    """Show a plan: each exercise, how much of it, and where the camera stands."""
    from rich.console import Console

    from formcheck.cli_printing import loaded_rules
    from formcheck.plan.page import plan_page
    from formcheck.plan.reading import plan_text, read_plan
    from formcheck.plan.words import parts_of

    _name, text = plan_text(given)
    known = loaded_rules(rules, None)
    read = read_plan(text, given, known)
    if as_toml:
        typer.echo(text, nl=False)
        return
    Console().print(plan_page(read, parts_of(read, known)))


@plans.command(epilog="Example:  formcheck plan check my-plan.toml")
def check(
    file: Annotated[Path, typer.Argument(help="A plan in a TOML file.", show_default=False)], rules: RulesOption = None
) -> None:
    """Check a plan, and show what it says: what is wrong is told with its line and with what was expected there."""
    from rich.console import Console
    from rich.text import Text

    from formcheck.cli_printing import loaded_rules
    from formcheck.plan.page import plan_page
    from formcheck.plan.reading import plan_text, read_plan
    from formcheck.plan.texts import right
    from formcheck.plan.words import parts_of

    _name, text = plan_text(str(file))
    known = loaded_rules(rules, None)
    read = read_plan(text, str(file), known)
    console = Console()
    console.print(Text(readable(right(str(file), read)) + "\n"), soft_wrap=True)
    console.print(plan_page(read, parts_of(read, known)))


def analyze_plan_and_print(
    videos: Sequence[str],
    given: str,
    options: "Options",
    out: str | Path | None,
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
    exercise: str | None = None,
    are_many: bool = False,
) -> None:
    """Analyse a recording of a whole plan, show how far it is, and print what came of it."""
    from formcheck.cli_printing import looking_at
    from formcheck.output.folder_names import default_folder
    from formcheck.plan.analysing import analyze_plan
    from formcheck.plan.judging import Results

    not_both(exercise)
    if are_many:
        raise UsageError(_("A plan is looked for in one recording at a time."), _("Give one recording with --plan."))
    wanted = _wanted(given, options, rules, as_pdf=as_pdf)
    video = Path(videos[0])
    folder = Path(out) if out is not None else default_folder(str(video))
    with looking_at(video) as (report, stop):
        done = analyze_plan(
            video, wanted, asked, folder, results=Results(with_video, with_report, blur_face), fps=fps, mirrored=mirrored,
            report=report, keep=keep,
        )  # fmt: skip
    _print_filmed(wanted, done, folder, as_json)
    if stop.is_set():
        raise typer.Exit(INTERRUPTED)


def replay_plan_and_print(
    landmarks: Path,
    given: str,
    options: "Options",
    out: Path | None,
    *,
    with_report: bool = True,
    rules: list[Path] | None = None,
    as_json: bool = False,
    as_pdf: bool = False,
    exercise: str | None = None,
) -> None:
    """Split recorded landmarks of a whole plan, and print what came of it."""
    from formcheck.plan.analysing import replay_plan

    not_both(exercise)
    wanted = _wanted(given, options, rules, as_pdf=as_pdf)
    _print_filmed(wanted, replay_plan(landmarks, wanted, out, with_report=with_report), out, as_json)


def _wanted(given: str, options: "Options", rules: list[Path] | None, *, as_pdf: bool) -> "Wanted":
    from formcheck.cli_printing import loaded_rules
    from formcheck.plan.analysing import Wanted
    from formcheck.plan.reading import fingerprint, plan_text, read_plan

    if as_pdf:
        raise UsageError(_("A plan has several reports, and --pdf makes one."), _("Leave out --pdf."))
    set_here = [name for name in options.as_settings() if name != "fov_deg"]
    if set_here:
        raise UsageError(
            _(
                "Level, side, repetitions, holds, end points and answers belong to one exercise, and a plan has several."
            ),
            _("Write them into the plan, or give -e EXERCISE in place of --plan."),
        )
    name, text = plan_text(given)
    known = loaded_rules(rules, None)
    return Wanted(read_plan(text, given, known), name, fingerprint(text), known, options.fov_deg)


def _print_filmed(wanted: "Wanted", done: "tuple[Done, ...]", folder: Path | None, as_json: bool) -> None:
    if as_json:
        from formcheck.plan.record import plan_document

        document = plan_document(wanted.plan, wanted.name, wanted.sha256, done[0].date, done)
        typer.echo(json.dumps(document, indent=1))
        return
    from rich.console import Console

    from formcheck.cli_printing import print_place
    from formcheck.plan.page import filmed_page

    Console().print(filmed_page(done))
    if folder is not None:
        print_place(_("Results are in {folder}", folder=readable(str(folder))))


def train(
    given: PlanArgument,
    camera: CameraOption = "0",
    fov: FovOption = None,
    out: PlanOutOption = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin with the first exercise, though the plan was left in its midst.")
    ] = False,
    new_end_points: NewEndPointsOption = False,
    headless: HeadlessOption = False,
    as_json: JsonEventsOption = False,
    model: LiveModelOption = None,
    backend: BackendOption = None,
    threads: ThreadsOption = None,
    guide: GuideOption = None,
    mute: MuteOption = False,
    no_report: NoReportOption = False,
    person: PersonOption = None,
    no_history: NoHistoryOption = False,
    rules: RulesOption = None,
) -> None:
    """Walk through a plan in front of a camera: each exercise is shown, counted and rested from, then comes the next.

    Who stops goes on from there the next time. Press h in the window for its keys.
    """
    from rich.console import Console

    from formcheck.cli_printing import event_printer, loaded_rules, print_place
    from formcheck.history.keeping import named
    from formcheck.live.session import Wanted
    from formcheck.plan.memory import Memory
    from formcheck.plan.page import trained_page
    from formcheck.plan.reading import fingerprint, plan_text, read_plan
    from formcheck.plan.training import Asked
    from formcheck.plan.training import train as run_training
    from formcheck.pose.opening import seeing

    name, text = plan_text(given)
    known = loaded_rules(rules, None)
    fov_deg = options_of(None, None, None, None, None, fov).fov_deg
    asked = seeing(model or "", backend, threads)
    keep = kept_by("train", person, no_history)
    trained = run_training(
        Asked(read_plan(text, given, known), name, fingerprint(text), fov_deg, restart, new_end_points),
        Wanted(camera, model, guide, False, headless, mute, asked.backend, asked.threads, not no_report),
        known,
        out=out,
        memory=None if no_history else Memory(named(person), lambda said: say_beside(readable(said))),
        print_event=event_printer(as_json) if headless or as_json else None,
        keep=keep,
        tell=lambda said: say_beside(readable(said)),
    )
    if not as_json:
        Console().print(trained_page(trained.done))
        print_place(_("Results are in {folder}", folder=readable(str(trained.folder))))
    if trained.failure is not None:
        raise trained.failure
    if trained.stopped:
        raise typer.Exit(INTERRUPTED)
