"""Two sessions of an exercise side by side, with what else differed between them."""

from collections.abc import Iterator
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from formcheck.errors import UsageError
from formcheck.history.documents import Document
from formcheck.history.figures import Figures, Reach, figures_of
from formcheck.history.store import Kept
from formcheck.history.wording import (
    NOTHING,
    SAME,
    apart_of,
    changed_of,
    clean_of,
    exercise_of,
    held_of,
    how_exact,
    level_in_words,
    moment,
    more_or_less,
    reach_of,
    reps_of,
)
from formcheck.language import _, _n, number
from formcheck.output.amounts import amount
from formcheck.output.listing import heading, listed, plain_table
from formcheck.output.table import view_in_words


def comparison(one: Kept, other: Kept) -> RenderableType:
    """Return a page that compares two sessions.

    Raises
    ------
    UsageError
        They show different exercises.
    """
    refuse_others(one, other)
    return Group(*_parts(one, other))


def refuse_others(one: Kept, other: Kept) -> None:
    """Refuse to compare sessions of different exercises.

    Raises
    ------
    UsageError
        They are.
    """
    if one.entry.exercise != other.entry.exercise:
        raise UsageError(
            _(
                "Session {number} shows {title}, session {other_number} shows {other_title}.",
                number=one.number,
                title=one.document.title,
                other_number=other.number,
                other_title=other.document.title,
            ),
            _("Compare two sessions of one exercise; `formcheck history` lists them."),
        )


def _parts(one: Kept, other: Kept) -> Iterator[RenderableType]:
    yield Text(
        _(
            "{exercise}: session {one} and session {other}",
            exercise=exercise_of(one.document.title, None),
            one=one.number,
            other=other.number,
        ),
        style="bold",
    )
    made = plain_table("", moment(one), moment(other), _("change"))
    for row in rows_of(figures_of([one]), figures_of([other])):
        made.add_row(*map(Text, row))
    yield Padding(made, (1, 0, 0, 0))
    exact = how_exact(figures_of([other]).reach)
    if exact is not None:
        yield Text(exact, style="dim")
    if faults := list(faults_of(one.document, other.document)):
        yield heading(_("Faults"))
        yield listed(faults)
    if differences := list(differences_of(one, other)):
        yield heading(_("What else differed"))
        yield listed(differences)


def rows_of(one: Figures, other: Figures) -> Iterator[tuple[str, str, str, str]]:
    """Yield what both sessions came to: what it is, both figures, and the change."""
    yield _("repetitions"), reps_of(one), reps_of(other), _more(one.reps, other.reps, "")
    share = (one.clean_share, other.clean_share)
    yield _("clean"), clean_of(one), clean_of(other), _points(*share)
    if one.held_s is not None or other.held_s is not None:
        yield _("held"), held_of(one), held_of(other), _more(one.held_s, other.held_s, "s")
    for name, first, second in _ranges(one.reach, other.reach):
        yield name, reach_of(first), reach_of(second), _farther(first, second)
    if one.reach is not None and one.reach.difference is not None:
        yield _("apart"), apart_of(one.reach), apart_of(other.reach), ""


def _ranges(one: Reach | None, other: Reach | None) -> Iterator[tuple[str, Reach | None, Reach | None]]:
    """Yield the ranges of each side, and of what has none, that either session has."""
    for name, side in ((_("range left"), "left"), (_("range right"), "right"), (_("range"), "whole")):
        first, second = (None if reach is None else _only(reach, side) for reach in (one, other))
        if first is not None or second is not None:
            yield name, first, second


def _only(reach: Reach, side: str) -> Reach | None:
    """Return the range of one side as if it had none; None where it was not measured."""
    value = getattr(reach, side)
    return None if value is None else replace(reach, left=None, right=None, whole=value)


def _more(one: float | None, other: float | None, unit: str) -> str:
    if one is None or other is None:
        return NOTHING
    if one == other:
        return _(SAME)
    difference = amount(abs(other - one), unit) if unit else number(abs(other - one))
    return more_or_less(difference, is_more=other > one)


def _points(one: float | None, other: float | None) -> str:
    if one is None or other is None:
        return NOTHING
    points = round(100 * (other - one))
    if points == 0:
        return _(SAME)
    return more_or_less(_n("{count} point", "{count} points", abs(points)), is_more=points > 0)


def _farther(one: Reach | None, other: Reach | None) -> str:
    if one is None or other is None or one.whole is None or other.whole is None or one.signal != other.signal:
        return NOTHING
    return changed_of(one.whole, other.whole, one, other)


def faults_of(one: Document, other: Document) -> Iterator[str]:
    """Yield what each session had that the other had not, and what both had."""
    first, second = ({fault.id: fault.title for fault in document.faults} for document in (one, other))
    groups = {
        _("gone"): [title for name, title in first.items() if name not in second],
        _("new"): [title for name, title in second.items() if name not in first],
        _("in both"): [title for name, title in second.items() if name in first],
    }
    for what, titles in groups.items():
        if titles:
            yield f"{what}: {', '.join(titles)}"


def differences_of(one: Kept, other: Kept) -> Iterator[str]:
    """Yield what may make the figures differ beside the person."""
    if one.entry.person != other.entry.person:
        yield _(
            "the person: {one}, {other}",
            one=one.entry.person or _("nobody named"),
            other=other.entry.person or _("nobody named"),
        )
    pairs = {
        _("the level"): (level_in_words(one.document.level), level_in_words(other.document.level)),
        _("the view"): (view_in_words(one.document.view_seen), view_in_words(other.document.view_seen)),
        _("the model"): (one.entry.model, other.entry.model),
        _("what ran the model"): (one.document.backend, other.document.backend),
        _("the version of formcheck"): (one.document.version, other.document.version),
    }
    for what, (first, second) in pairs.items():
        if first != second:
            none = _("none")
            yield f"{what}: {first or none}, {second or none}"
    if one.entry.rule_sha256 != other.entry.rule_sha256:
        yield _("the rule of the exercise: its limits may not be the same")
