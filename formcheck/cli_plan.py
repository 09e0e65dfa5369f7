"""The commands of plans."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli_options import PlanArgument, RulesOption
from formcheck.errors import UsageError
from formcheck.interruption import INTERRUPTED
from formcheck.language import _
from formcheck.readable import readable
from formcheck.terminal import say_beside

if TYPE_CHECKING:
    from formcheck.concluding import Keep
    from formcheck.pipeline import Options
    from formcheck.plan.opening import OpenedPlan
    from formcheck.plan.record import Done
    from formcheck.pose.opening import Seeing

plans = typer.Typer(
    rich_markup_mode="rich",
    no_args_is_help=True,
    epilog="Examples:  formcheck plan list   ·   formcheck plan show hip-mobility   ·   formcheck plan check my-plan.toml",
    help="Plans: exercises one after the other, as a physiotherapist wrote them into a TOML file.",
)


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
    from formcheck.plan.opening import open_plan
    from formcheck.plan.page import plan_page

    opened = open_plan(given, loaded_rules(rules, None))
    if as_toml:
        typer.echo(opened.text, nl=False)
        return
    Console().print(plan_page(opened))


@plans.command(epilog="Example:  formcheck plan check my-plan.toml")
def check(
    file: Annotated[Path, typer.Argument(help="A plan in a TOML file.", show_default=False)], rules: RulesOption = None
) -> None:
    """Check a plan, and show what it says: what is wrong is told with its line and with what was expected there."""
    from rich.console import Console
    from rich.text import Text

    from formcheck.cli_printing import loaded_rules
    from formcheck.plan.opening import open_plan
    from formcheck.plan.page import plan_page
    from formcheck.plan.texts import right

    opened = open_plan(str(file), loaded_rules(rules, None))
    console = Console()
    console.print(Text(readable(right(str(file), opened.plan)) + "\n"), soft_wrap=True)
    console.print(plan_page(opened))


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
    from formcheck.output.folder_names import default_folder, local_folder
    from formcheck.plan.analysing import analyze_plan
    from formcheck.plan.judging import Results

    _not_both(exercise)
    if are_many:
        raise UsageError(_("A plan is looked for in one recording at a time."), _("Give one recording with --plan."))
    plan = _opened(given, options, rules, as_pdf=as_pdf)
    video = Path(videos[0])
    folder = default_folder(str(video)) if out is None else local_folder(str(out))
    with looking_at(video) as (report, stop):
        done = analyze_plan(
            video, plan, asked, folder, fov_deg=options.fov_deg, results=Results(with_video, with_report, blur_face),
            fps=fps, mirrored=mirrored, report=report, keep=keep,
        )  # fmt: skip
    _print_filmed(plan, done, folder, as_json)
    if stop.is_set():
        say_beside(_("Stopped; what was done until then is kept."))
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

    _not_both(exercise)
    plan = _opened(given, options, rules, as_pdf=as_pdf)
    done = replay_plan(landmarks, plan, out, fov_deg=options.fov_deg, with_report=with_report)
    _print_filmed(plan, done, out, as_json)


def _opened(given: str, options: "Options", rules: list[Path] | None, *, as_pdf: bool) -> "OpenedPlan":
    from formcheck.cli_printing import loaded_rules
    from formcheck.plan.opening import open_plan

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
    return open_plan(given, loaded_rules(rules, None))


def _print_filmed(plan: "OpenedPlan", done: "tuple[Done, ...]", folder: Path | None, as_json: bool) -> None:
    if as_json:
        import json

        from formcheck.plan.record import plan_document

        typer.echo(json.dumps(plan_document(plan, done[0].date, done), indent=1))
        return
    from rich.console import Console

    from formcheck.cli_printing import print_place
    from formcheck.plan.page import filmed_page

    Console().print(filmed_page(done))
    if folder is not None:
        print_place(_("Results are in {folder}", folder=readable(str(folder))))


def _not_both(exercise: str | None) -> None:
    """Refuse an exercise beside a plan."""
    if exercise is not None:
        raise UsageError(_("A recording shows one exercise or a plan, not both."), _("Leave out -e or --plan."))
