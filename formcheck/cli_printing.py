"""What several commands print."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Column
from rich.text import Text

from formcheck.errors import UsageError
from formcheck.exercise.rulebook import Rulebook, id_of, load_rules
from formcheck.exercise.session_result import Session
from formcheck.interruption import stoppable
from formcheck.language import _, _n
from formcheck.readable import readable
from formcheck.terminal import say_beside

if TYPE_CHECKING:
    from formcheck.session import Report


def loaded_rules(folders: list[Path] | None, wanted: str | None) -> Rulebook:
    """Load all rules, and say what was added to ours and what is broken; what is wanted itself is answered elsewhere."""
    book = load_rules(folders or [])
    for line in book.added:
        say_beside(readable(line))
    for name, error in book.broken.items():
        if wanted is None or name != id_of(wanted):
            say_beside(readable(" ".join([error.cause, *error.remedy.splitlines()])))
    return book


def progress_bar() -> Progress:
    """Return a bar on stderr that is gone when it is over; nothing of it is seen where that is no terminal."""
    console = Console(stderr=True)
    return Progress(
        # A name gets the room that is left: however long it is, how far it is shows.
        TextColumn("{task.description}", markup=False, table_column=Column(ratio=1, no_wrap=True)),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        expand=True,
        transient=True,
        disable=not console.is_terminal,
    )


@contextmanager
def looking_at(video: Path) -> Iterator[tuple["Report", threading.Event]]:
    """Show how far the analysis of a recording is; yield whom it tells that, and what is set where it is to be stopped."""
    with stoppable() as stop, progress_bar() as progress:
        task = progress.add_task(_("Looking at {name}", name=readable(video.name)), total=None)

        def report(done: int, _time_s: float, total: int) -> None:
            progress.update(task, completed=done, total=max(total, done) or None)
            if stop.is_set():
                raise KeyboardInterrupt

        yield report, stop


def event_printer(as_json: bool) -> Callable[[dict[str, Any]], None]:
    """Return what prints the events of a live session, as JSON lines or for people."""
    from formcheck.live.lines import as_json as json_line
    from formcheck.live.lines import as_text

    def print_event(event: dict[str, Any]) -> None:
        line = json_line(event) if as_json else as_text(event)
        if line is not None:
            typer.echo(line)

    return print_event


def print_session(session: Session, folder: Path | None, as_json: bool) -> None:
    """Print what came of a session: as a table, or as session.json."""
    for failure in session.rule_failures:
        say_beside(readable(_("{failure} What depends on it was not seen.", failure=failure)))
    if as_json:
        from formcheck.output.records import session_document

        # Escapes are the same to a program, and no encoding of the output can break them.
        typer.echo(json.dumps(session_document(session), indent=1))
        return
    from formcheck.output.table import session_table

    Console().print(session_table(session))
    if folder is not None:
        print_place(_("Results are in {folder}", folder=readable(str(folder))))


def print_place(said: str) -> None:
    """Print a sentence with a path in it, which is neither broken nor coloured."""
    Console().print(said, soft_wrap=True, markup=False, highlight=False)


def refuse_pdf(*, with_report: bool = True, has_folder: bool = True) -> None:
    """Refuse to print a report to a PDF that could not be, before the long work.

    Raises
    ------
    UsageError
        There will be no report.
    InstallationError
        There is no browser that prints it.
    """
    from formcheck.output.report.pdf import find_browser

    if not with_report:
        raise UsageError(_("--pdf prints report.html, and --no-report leaves it out."), _("Leave one out."))
    if not has_folder:
        raise UsageError(
            _("--pdf writes report.pdf, and no folder is named for it."), _("Say for example --out results.")
        )
    find_browser()


def print_pdf(folder: Path) -> None:
    """Print the report in a folder of results to a PDF beside it.

    Raises
    ------
    InstallationError, OutputError
        It cannot be printed.
    """
    from formcheck.output.report.pdf import write_pdf

    write_pdf(folder / "report.html", folder / "report.pdf")


def print_exercises(
    name: str | None, check: Path | None, folders: list[Path] | None, *, numbers: bool, signals: bool
) -> None:
    """Print the list of exercises, one of them, what a rule file says, or all signals and contexts."""
    from formcheck.exercise.rulebook import find_rule, load_rule
    from formcheck.output.exercise_numbers import exercise_numbers
    from formcheck.output.exercise_page import exercise_list, exercise_page
    from formcheck.output.signal_list import signal_list

    console = Console()
    if signals:
        console.print(signal_list())
        return
    if check is None and name is None:
        console.print(exercise_list(loaded_rules(folders, None).values()))
        return
    if check is not None:
        rule = load_rule(check)
        said = _n(
            "{file}: right. “{title}”, {count} check.",
            "{file}: right. “{title}”, {count} checks.",
            len(rule.exercise.checks),
            file=readable(str(check)),
            title=rule.exercise.title,
        )
        console.print(Text(f"{said}\n"), soft_wrap=True)
    else:
        assert name is not None
        rule = find_rule(loaded_rules(folders, name), name)
    console.print(exercise_page(rule))
    if numbers or check is not None:
        console.print(exercise_numbers(rule))
    else:
        console.print(
            Text(
                "\n" + _("formcheck exercises {id} --numbers adds limits, errors and where they come from.", id=rule.id)
            )
        )
