"""The pages of the history as files for a browser, which stand alone as the report does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from formcheck.exercise.words import Programme
from formcheck.history.comparing import differences_of, faults_of, refuse_others, rows_of
from formcheck.history.figures import figures_of
from formcheck.history.overview import head_of, practised, remarks_on, session_rows, trend_rows
from formcheck.history.session_page import answers_of, header_of, result_of, times_of
from formcheck.history.store import Kept
from formcheck.history.trend_charts import trend_charts
from formcheck.history.trends import WEEKS_BACK, Adherence, adherence, trends
from formcheck.history.wording import NOTHING, exercise_of, how_exact, moment
from formcheck.language import _, language
from formcheck.output.amounts import ranges
from formcheck.output.records import formcheck_version
from formcheck.output.report.charts import WIDE
from formcheck.output.report.rendering import rendered
from formcheck.output.report.texts import InLanguage

MOST_SPANS = 30
"""So many days or weeks of an exercise are drawn, the last ones."""
MOST_SESSIONS = 200
"""So many sessions are listed, the last ones."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    date: date
    done: bool
    is_to_come: bool


def history_html(
    sessions: Sequence[Kept], programmes: Mapping[str, Programme], today: date, *, person: str = ""
) -> str:
    """Return the page of all sessions of somebody; the parameters are those of `formcheck.history.overview.overview`."""
    texts = InLanguage()
    made = [
        {
            "title": exercise_of(trend.title, trend.level),
            "charts": trend_charts(trend, texts),
            "remarks": list(remarks_on(trend)),
            "table": trend_rows(trend),
        }
        for trend in trends(sessions, MOST_SPANS)
    ]
    headings, rows = session_rows(sessions, MOST_SESSIONS)
    return _page(
        "history.html",
        above=texts["history_of"].format(person=person) if person else texts["history"],
        head=head_of(sessions, person),
        practised=[_calendar(item, today, texts) for item in adherence(sessions, programmes, today)],
        trends=made,
        wide=WIDE,
        headings=headings,
        rows=list(reversed(rows)),
        left_out=""
        if len(sessions) <= MOST_SESSIONS
        else texts["history_left_out"].format(shown=MOST_SESSIONS, all=len(sessions)),
    )


def session_html(kept: Kept) -> str:
    """Return the page of one session."""
    document = kept.document
    return _page(
        "session.html",
        above=moment(kept),
        head=exercise_of(document.title, document.level),
        facts=[(name, value) for name, value in header_of(kept).items() if name],
        exact=how_exact(figures_of([kept]).reach),
        nothing_counted=document.nothing_counted_because,
        faults=list(_faults(kept)),
        headings=("#", _("side"), _("time (s)"), _("result"), _("faults")),
        rows=list(_reps(kept)),
        answers=answers_of(document),
        not_assessed=list(dict.fromkeys(f"{item.title}: {item.reason}" for item in document.not_assessed)),
        advice=document.advice,
    )


def comparison_html(one: Kept, other: Kept) -> str:
    """Return the page that compares two sessions.

    Raises
    ------
    UsageError
        They show different exercises.
    """
    refuse_others(one, other)
    return _page(
        "comparison.html",
        above=InLanguage()["history_compared"].format(one=one.number, other=other.number),
        head=exercise_of(other.document.title, None),
        headings=("", moment(one), moment(other), _("change")),
        rows=list(rows_of(figures_of([one]), figures_of([other]))),
        exact=how_exact(figures_of([other]).reach),
        faults=list(faults_of(one.document, other.document)),
        differences=list(differences_of(one, other)),
    )


def _page(template: str, *, head: str, above: str, **content: object) -> str:
    title = f"{above}: {head}"
    texts, version = InLanguage(), formcheck_version()
    return rendered(
        template, t=texts, language=language(), head=head, above=above, title=title, version=version, **content
    )


def _calendar(item: Adherence, today: date, texts: Mapping[str, str]) -> tuple[str, str, list[list[Day]]]:
    """Return how regularly a programme was done: the sentence, its days in words, and the last weeks day by day."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS_BACK)
    days = [first + timedelta(days=count) for count in range(7 * (WEEKS_BACK + 1))]
    drawn = [Day(day, day in item.days, day > today) for day in days]
    done = ", ".join(str(day.date) for day in drawn if day.done) or NOTHING
    said = texts["history_days"].format(programme=item.programme.title, days=done)
    return practised(item), said, [drawn[start : start + 7] for start in range(0, len(drawn), 7)]


def _reps(kept: Kept) -> Iterator[tuple[str, ...]]:
    titles = {fault.id: fault.title for fault in kept.document.faults}
    for rep in kept.document.reps:
        faults = ", ".join(titles.get(name, name) for name in rep.faults) or NOTHING
        yield (
            str(rep.number),
            NOTHING if rep.side is None else _(rep.side),
            times_of(rep),
            result_of(rep).replace("\n", "; "),
            faults,
        )


def _faults(kept: Kept) -> Iterator[dict[str, Any]]:
    found = {fault.id: fault for fault in kept.document.faults}
    for name, fault in found.items():
        reps = {other.rep for other in kept.document.faults if other.id == name}
        where = InLanguage()["history_in_reps"].format(numbers=ranges(reps))
        yield {"title": fault.title, "severity": fault.severity, "cue": fault.cue, "where": where}
