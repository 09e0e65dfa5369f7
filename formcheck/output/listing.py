"""Tables, headings and lists for the terminal, which read as well without colour and in a pipe."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text


def plain_table(*headings: str) -> Table:
    """Return an empty table with these columns."""
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def heading(text: str) -> Text:
    """Return the heading of a part of a page."""
    return Text(f"\n{text}", style="bold")


def listed(items: Iterable[str]) -> Table:
    """Return sentences as a list."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for item in items:
        table.add_row(Text("-"), Text(item, overflow="fold"))
    return table


def facts(rows: Iterable[tuple[str, str]]) -> Table:
    """Return facts with their names, without those that are empty."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for name, value in rows:
        if value:
            table.add_row(Text(name), Text(value))
    return table
