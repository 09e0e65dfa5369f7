"""The practice over weeks: what the sessions of an exercise came to, and on how many days somebody practised."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from formcheck.exercise.words import Programme
from formcheck.history.figures import Figures, figures_of
from formcheck.history.store import Kept

MOST_ROWS = 8
"""So many days or weeks of an exercise are shown, the last ones."""
WEEKS_BACK = 4
"""So many whole weeks before this one are shown of a programme."""

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Span:
    """A day or a week, and what its sessions came to."""

    first: date
    last: date
    figures: Figures


@dataclass(frozen=True, slots=True)
class Trend:
    """An exercise at a level over time, in days or, where there are too many, in weeks."""

    exercise: str
    title: str
    level: str | None
    spans: tuple[Span, ...]
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adherence:
    """On how many days a programme was done.

    Attributes
    ----------
    programme
        What is asked for.
    this_week
        Days since Monday.
    before
        Days in each of the whole weeks before, the latest first, as far back as there were sessions.
    days
        All days on which it was done.
    """

    programme: Programme
    this_week: int
    before: tuple[int, ...]
    days: frozenset[date]


def counting_once(sessions: Iterable[Kept]) -> list[Kept]:
    """Return the sessions in order of time; of a recording that was analysed again the latest one, on the day of the first."""
    known: dict[tuple[str, object, str, str | None], Kept] = {}
    for kept in sorted(sessions, key=_when):
        recording = kept.number if kept.entry.recording is None else kept.entry.recording
        key = (kept.entry.person, recording, kept.entry.exercise, kept.document.side)
        known[key] = replace(kept, day=known[key].day) if key in known else kept
    return list(known.values())


def trends(sessions: Sequence[Kept], most: int = MOST_ROWS) -> list[Trend]:
    """Return the trend of every exercise and level that was done on several days, what was done last first.

    Parameters
    ----------
    sessions
        One person's.
    most
        So many days or weeks at most, the last ones.
    """
    result = []
    for (exercise, level), group in _grouped((_exercise(kept), kept) for kept in counting_once(sessions)).items():
        with_reps = [kept for kept in group if kept.document.counted]
        by_day = _grouped((kept.day, kept) for kept in with_reps)
        if len(by_day) < 2:
            continue
        if len(by_day) <= most:
            spans = [Span(day, day, figures_of(kept)) for day, kept in by_day.items()]
        else:
            by_week = list(_grouped((_monday(kept.day), kept) for kept in with_reps).items())
            spans = [Span(monday, monday + timedelta(6), figures_of(kept)) for monday, kept in by_week[-most:]]
        models = tuple(sorted({kept.entry.model for kept in with_reps}))
        result.append((_when(group[-1]), Trend(exercise, group[-1].document.title, level, tuple(spans), models)))
    return [trend for _, trend in sorted(result, key=lambda item: item[0], reverse=True)]


def adherence(sessions: Sequence[Kept], programmes: Mapping[str, Programme], today: date) -> list[Adherence]:
    """Return on how many days each programme was done.

    Parameters
    ----------
    sessions
        One person's.
    programmes
        Each exercise's.
    today
        The day on which somebody asks.
    """
    days: dict[Programme, set[date]] = {}
    for kept in counting_once(sessions):
        programme = programmes.get(kept.entry.exercise)
        if programme is not None and kept.document.counted:
            days.setdefault(programme, set()).add(kept.day)
    monday = _monday(today)
    result = []
    for programme, done in sorted(days.items(), key=lambda item: item[0].title):
        mondays = [monday - timedelta(weeks=back) for back in range(1, WEEKS_BACK + 1)]
        before = tuple(_within(done, first) for first in mondays if first >= _monday(min(done)))
        result.append(Adherence(programme, _within(done, monday), before, frozenset(done)))
    return result


def _within(days: set[date], monday: date) -> int:
    return sum(_monday(day) == monday for day in days)


def _exercise(kept: Kept) -> tuple[str, str | None]:
    return kept.entry.exercise, kept.document.level


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _when(kept: Kept) -> tuple[str, int]:
    return kept.entry.date, kept.number


def _grouped(pairs: Iterable[tuple[_Key, Kept]]) -> dict[_Key, list[Kept]]:
    groups: dict[_Key, list[Kept]] = {}
    for key, kept in pairs:
        groups.setdefault(key, []).append(kept)
    return groups
