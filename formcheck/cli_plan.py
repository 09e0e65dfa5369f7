"""The commands of plans."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli_options import RulesOption
from formcheck.readable import readable

plan = typer.Typer(
    rich_markup_mode="rich",
    no_args_is_help=True,
    epilog="Examples:  formcheck plan list   ·   formcheck plan show hip-mobility   ·   formcheck plan check my-plan.toml",
    help="Plans: exercises one after the other, as a physiotherapist wrote them into a TOML file.",
)

PLAN_HELP = "A plan: a TOML file, or the name of one that comes with formcheck, as `formcheck plan list` has them."
PlanArgument = Annotated[str, typer.Argument(help=PLAN_HELP, metavar="PLAN", show_default=False)]


@plan.command(name="list")
def list_plans(rules: RulesOption = None) -> None:
    """List the plans that come with formcheck."""
    from rich.console import Console

    from formcheck.cli_printing import loaded_rules
    from formcheck.plan.page import plan_list
    from formcheck.plan.reading import bundled_plans, read_plan

    known = loaded_rules(rules, None)
    plans = [(name, read_plan(text, name, known)) for name, text in bundled_plans().items()]
    Console().print(plan_list(plans))


@plan.command(
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

    _, text = plan_text(given)
    known = loaded_rules(rules, None)
    read = read_plan(text, given, known)
    if as_toml:
        typer.echo(text, nl=False)
        return
    Console().print(plan_page(read, parts_of(read, known)))


@plan.command(epilog="Example:  formcheck plan check my-plan.toml")
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

    _, text = plan_text(str(file))
    known = loaded_rules(rules, None)
    read = read_plan(text, str(file), known)
    console = Console()
    console.print(Text(readable(right(str(file), read)) + "\n"), soft_wrap=True)
    console.print(plan_page(read, parts_of(read, known)))
