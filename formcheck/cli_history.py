"""The commands of the history."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli_options import JsonOption, RulesOption, answers_of
from formcheck.errors import UsageError
from formcheck.language import N_, _, _n
from formcheck.readable import readable

if TYPE_CHECKING:
    from formcheck.history.store import History, Kept

history = typer.Typer(
    rich_markup_mode="rich",
    epilog="Examples:  formcheck history   ·   formcheck history --person Anna   ·   formcheck history show 12",
)

WhoseOption = Annotated[str | None, typer.Option("--person", help="Only this person's. Default: of nobody named.")]
OfAllOption = Annotated[
    str | None, typer.Option("--person", help="Only this person's. Default: everybody's.", show_default=False)
]
HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html", help="Write it as a page for a browser, with charts: the .html to write.", show_default=False
    ),
]
NumberArgument = Annotated[int, typer.Argument(help="The number of a session, as the list has it.", show_default=False)]


@history.callback(invoke_without_command=True)
def overview(
    context: typer.Context,
    person: WhoseOption = None,
    last: Annotated[int, typer.Option(min=1, help="How many sessions to list, the last ones.")] = 10,
    html: HtmlOption = None,
) -> None:
    """Look back: your sessions, how you develop, and how regularly you practise. All of it stays on this computer."""
    if context.invoked_subcommand is not None:
        misplaced = "--person" if person is not None else "--html" if html is not None else None
        command = context.invoked_subcommand
        if misplaced is not None:
            raise UsageError(
                _("{option} stands before {command}, where it has no effect.", option=misplaced, command=command),
                _("`formcheck history {command} --help` says what belongs behind it.", command=command),
            )
        return
    import shlex
    from datetime import date

    from rich.console import Console

    from formcheck.history.keeping import named

    kept = _opened()
    whose = named(person)
    sessions = kept.sessions(whose)
    if sessions:
        from formcheck.exercise.rulebook import load_rules
        from formcheck.history.overview import overview as page

        doses = {name: rule.exercise.dose for name, rule in load_rules().items()}
        programmes = {name: dose.programme for name, dose in doses.items() if dose.programme is not None}
        if html is not None:
            from formcheck.history.html import history_html

            _write_page(html, history_html(sessions, programmes, date.today(), person=readable(whose)))
            return
        Console().print(page(sessions, programmes, date.today(), person=readable(whose), last=last))
    else:
        nobody, somebody = N_("The history holds no session yet."), N_("The history holds no session of {person} yet.")
        typer.echo(_(somebody if whose else nobody, person=readable(whose)))
    others = {name: count for name, count in kept.people().items() if name != whose}
    for name, count in others.items():
        if name:
            how = f"--person {shlex.quote(readable(name))}"
            told = _n(
                "Of {person}: {count} session ({how}).",
                "Of {person}: {count} sessions ({how}).",
                count,
                person=readable(name),
                how=how,
            )
            typer.echo(told)
        else:
            told = _n(
                "Of nobody named: {count} session (without --person).",
                "Of nobody named: {count} sessions (without --person).",
                count,
            )
            typer.echo(told)


@history.command(epilog="Example:  formcheck history show 12")
def show(number: NumberArgument, as_json: JsonOption = False, html: HtmlOption = None) -> None:
    """Show what was found in a session."""
    from rich.console import Console

    if as_json and html is not None:
        raise UsageError(_("--json and --html are two ways to see a session."), _("Leave one out."))
    (session,) = _sessions(_opened(), [number])
    if as_json:
        import json

        typer.echo(json.dumps(json.loads(session.entry.document), indent=1))
        return
    if html is not None:
        from formcheck.history.html import session_html

        _write_page(html, session_html(session))
        return
    from formcheck.history.session_page import session_page

    Console().print(session_page(session))


@history.command(epilog="Example:  formcheck history compare 3 12")
def compare(one: NumberArgument, other: NumberArgument, html: HtmlOption = None) -> None:
    """Put two sessions of an exercise side by side, with what else differed between them."""
    from rich.console import Console

    if html is not None:
        from formcheck.history.html import comparison_html

        _write_page(html, comparison_html(*_sessions(_opened(), [one, other])))
        return
    from formcheck.history.comparing import comparison

    Console().print(comparison(*_sessions(_opened(), [one, other])))


@history.command(
    epilog="Examples:  formcheck history export practice.csv   ·   formcheck history export anna.json --person Anna"
)
def export(
    file: Annotated[
        Path, typer.Argument(help="The file to write: .csv has a row per session, .json all of it.", show_default=False)
    ],
    person: OfAllOption = None,
) -> None:
    """Write the history to a file, to hand on or to work with elsewhere. Nothing is overwritten."""
    from formcheck.history.exporting import export_history
    from formcheck.history.keeping import named

    sessions = _opened().sessions(None if person is None else named(person))
    export_history(sessions, file)
    told = _n(
        "{count} session of the history in {file}",
        "{count} sessions of the history in {file}",
        len(sessions),
        file=readable(str(file)),
    )
    typer.echo(told)


@history.command(epilog="Example:  formcheck history answer 12 effort=6 pain=no")
def answer(
    number: NumberArgument,
    answers: Annotated[
        list[str], typer.Argument(help="What only you know, such as effort=6 or pain=no.", metavar="QUESTION=ANSWER …")
    ],
    rules: RulesOption = None,
) -> None:
    """Answer what the exercise asks after a set, when the session is over: how hard it was, whether it hurt."""
    from formcheck.cli_printing import loaded_rules
    from formcheck.history.answering import answer as keep_answers

    kept = _opened()
    (session,) = _sessions(kept, [number])
    offered = keep_answers(kept, session, loaded_rules(rules, None), answers_of(answers) or {})
    typer.echo(_("Kept with session {number}.", number=number))
    if offered is not None:
        typer.echo(offered)


@history.command(
    epilog="Examples:  formcheck history forget 3 4   ·   formcheck history forget --person Anna   ·   "
    "formcheck history forget --all"
)
def forget(
    numbers: Annotated[
        list[int] | None, typer.Argument(help="The numbers of sessions, as the list has them.", show_default=False)
    ] = None,
    person: Annotated[str | None, typer.Option(help="Everything of this person.", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything of everybody.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete sessions from the history for good. The folders with results are not touched."""
    from formcheck.history.keeping import named

    if sum((bool(numbers), person is not None, everything)) != 1:
        raise UsageError(_("What shall be forgotten?"), _("Give the numbers of sessions, or --person NAME, or --all."))
    from formcheck.plan import memory

    kept = _opened()
    whose = None if person is None else named(person)
    known = kept.numbers(whose)
    wanted = sorted(set(numbers or known))
    _refuse_unknown(wanted, known)
    remembered = not numbers and memory.remembers(whose)
    if not wanted and not remembered:
        typer.echo(_("There is nothing to forget."))
        return
    if not yes:
        typer.confirm(_forgetting(wanted), abort=True)
    if remembered:
        memory.forget(whose)
    if wanted:
        kept.forget(wanted)
    told = _n(
        "Forgotten: {count} session. Folders with results are as they were.",
        "Forgotten: {count} sessions. Folders with results are as they were.",
        len(wanted),
    )
    typer.echo(told if wanted else _("Forgotten: end points, and where plans were left."))


def _forgetting(wanted: list[int]) -> str:
    """Return the question before something is deleted."""
    if not wanted:
        return _("Delete the end points that are remembered, and where plans were left, for good?")
    from formcheck.output.amounts import ranges

    return _n(
        "Delete {count} session ({numbers}) for good?",
        "Delete {count} sessions ({numbers}) for good?",
        len(wanted),
        numbers=ranges(wanted),
    )


def _write_page(file: Path, page: str) -> None:
    """Write a page that a browser opens; nothing is overwritten."""
    from formcheck.output.tables import refuse_place
    from formcheck.writing import make_folder, written_whole

    refuse_place(file, "--html FILE", (".html",))
    make_folder(file.parent, "--html FILE")
    with written_whole(file, "--html FILE") as opened:
        opened.write(page.encode("utf-8", errors="replace"))
    typer.echo(_("Written: {file}", file=readable(str(file))))


def _opened() -> "History":
    # Here, for SQLAlchemy takes longer to load than most commands to run.
    from formcheck.history.store import History

    return History()


def _sessions(kept: "History", numbers: list[int]) -> "list[Kept]":
    """Return sessions in the order of their numbers as given."""
    found = {session.number: session for session in kept.sessions(numbers=numbers)}
    _refuse_unknown(numbers, list(found))
    return [found[number] for number in numbers]


def _refuse_unknown(numbers: list[int], known: list[int]) -> None:
    unknown = sorted(set(numbers) - set(known))
    if unknown:
        from formcheck.output.amounts import ranges

        raise UsageError(
            _("The history holds no session {unknown}.", unknown=ranges(unknown)),
            _("`formcheck history` lists what it holds, and for whom."),
        )
