"""The page that `formcheck history` prints: the sessions, how they developed, and how regular the practice is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from formcheck.exercise.words import Programme
from formcheck.history.figures import figures_of
from formcheck.history.store import Kept
from formcheck.history.trends import Adherence, Trend, adherence, counting_once, trends
from formcheck.history.wording import (
    apart_of,
    clean_of,
    exercise_of,
    held_of,
    how_exact,
    moment,
    reach_of,
    reps_by_side,
    reps_of,
    sessions_of,
)
from formcheck.language import _, _n, _p
from formcheck.output.listing import heading, listed, plain_table

Row = tuple[str, ...]

LAST = 10
"""So many sessions are listed unless more are asked for."""


def overview(
    sessions: Sequence[Kept], programmes: Mapping[str, Programme], today: date, *, person: str = "", last: int = LAST
) -> RenderableType:
    """Return the page.

    Parameters
    ----------
    sessions
        One person's, the oldest first; at least one.
    programmes
        The programme of each exercise that belongs to one.
    today
        The day on which somebody asks.
    person
        Whose it is; empty = nobody in particular.
    last
        How many sessions are listed, the last ones.
    """
    return Group(*_parts(sessions, programmes, today, person, last))


def _parts(
    sessions: Sequence[Kept], programmes: Mapping[str, Programme], today: date, person: str, last: int
) -> Iterator[RenderableType]:
    yield Text(head_of(sessions, person), style="bold")
    yield Padding(_table(*session_rows(sessions, last), fixed=2), (1, 0, 0, 0))
    if len(sessions) > last:
        yield Text(
            _("The last {last} of {sessions}; --last N lists more.", last=last, sessions=len(sessions)), style="dim"
        )
    for trend in trends(sessions):
        yield heading(exercise_of(trend.title, trend.level))
        yield _table(*trend_rows(trend), fixed=1)
        yield from (Text(line, style="dim") for line in remarks_on(trend))
    done = adherence(sessions, programmes, today)
    if done:
        yield heading(_("How regularly"))
        yield listed(map(practised, done))


def _table(headings: Row, rows: Sequence[Row], fixed: int) -> RenderableType:
    """Return a table whose first columns are never broken."""
    made = plain_table(*headings)
    for column in made.columns[:fixed]:
        column.no_wrap = True
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def head_of(sessions: Sequence[Kept], person: str) -> str:
    """Return how many sessions there are, and since when."""
    days = {kept.day for kept in sessions}
    whose = f"{person}: " if person else ""
    return whose + _n(
        "{sessions} on {count} day, since {first}.",
        "{sessions} on {count} days, since {first}.",
        len(days),
        sessions=sessions_of(len(sessions)),
        first=min(days),
    )


def session_rows(sessions: Sequence[Kept], last: int) -> tuple[Row, list[Row]]:
    """Return the list of the last sessions: its headings, and a row for each."""
    headings = ("#", _("when"), _("exercise"), _("repetitions"), _("clean"), _p("heading", "held"), "")
    rows: list[Row] = []
    counted = {kept.number for kept in counting_once(sessions)}
    for kept in sessions[-last:]:
        figures = figures_of([kept])
        remarks = [
            _("stopped early") * kept.document.interrupted,
            _("analysed again later") * (kept.number not in counted),
        ]
        row = (
            str(kept.number),
            moment(kept),
            exercise_of(kept.document.title, kept.document.level),
            reps_of(figures),
            clean_of(figures),
            held_of(figures),
            ", ".join(filter(None, remarks)),
        )
        rows.append(row)
    return headings, rows


def trend_rows(trend: Trend) -> tuple[Row, list[Row]]:
    """Return what was done on each day or in each week: the headings, and a row for each."""
    is_daily = all(span.first == span.last for span in trend.spans)
    sided = any(span.figures.left or span.figures.right for span in trend.spans)
    # Broken here, so that all of it fits into a terminal of 80 columns.
    reach = (_("range\nleft / right"), _("apart")) if sided else (_("range"),)
    reps = _("repetitions\nleft / right") if sided else _("repetitions")
    headings = (_("day") if is_daily else _("week of"), reps, _("clean"), _p("heading", "held"), *reach)
    rows: list[Row] = []
    for span in trend.spans:
        figures = span.figures
        apart = [apart_of(figures.reach)] if sided else []
        rows.append(
            (
                str(span.first),
                reps_by_side(figures),
                clean_of(figures),
                held_of(figures),
                reach_of(figures.reach),
                *apart,
            )
        )
    return headings, rows


def remarks_on(trend: Trend) -> Iterator[str]:
    """Yield what is to be known beside the figures of a trend."""
    exact = how_exact(trend.spans[-1].figures.reach)
    if exact is not None:
        yield exact
    if len(trend.models) > 1:
        yield _(
            "Seen by different models ({models}): part of a change in range may be theirs.",
            models=", ".join(trend.models),
        )


def practised(item: Adherence) -> str:
    """Return on how many days a programme was done, in a sentence or two."""
    fewest, most = item.programme.days_a_week
    asked = _("daily") if fewest == most == 7 else _("{fewest} to {most} days a week", fewest=fewest, most=most)
    text = _n(
        "{programme}, asked for {asked}: {count} day since Monday.",
        "{programme}, asked for {asked}: {count} days since Monday.",
        item.this_week,
        programme=item.programme.title,
        asked=asked,
    )
    if item.before:
        text += " " + _n(
            "In the week before: {days}; enough in {done} of {count} week.",
            "In the {count} weeks before, the latest first: {days}; enough in {done} of them.",
            len(item.before),
            days=", ".join(map(str, item.before)),
            done=sum(days >= fewest for days in item.before),
        )
    return text
