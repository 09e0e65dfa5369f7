"""One session of the history, as `formcheck history show` prints it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from formcheck.exercise.checks import in_words
from formcheck.history.documents import Document, Hold, Rep
from formcheck.history.figures import figures_of
from formcheck.history.store import Kept
from formcheck.history.wording import (
    NOTHING,
    clean_of,
    exercise_of,
    held_of,
    how_exact,
    moment,
    reach_of,
    reps_of,
)
from formcheck.language import N_, _, number
from formcheck.output.amounts import amount, ranges
from formcheck.output.answers import answer_in_words
from formcheck.output.listing import facts, heading, listed, plain_table
from formcheck.readable import readable

_FORMS = {"clean": N_("clean"), "faults": N_("with faults"), "not_judged": N_("form not judged")}
_SHORT_HASH = 12


def session_page(kept: Kept) -> RenderableType:
    """Return what was found in a session of the history."""
    return Group(*_parts(kept))


def _parts(kept: Kept) -> Iterator[RenderableType]:
    document = kept.document
    yield Text(
        _(
            "Session {number}: {exercise}, {moment}",
            number=kept.number,
            exercise=exercise_of(document.title, document.level),
            moment=moment(kept),
        ),
        style="bold",
    )
    yield Padding(facts(header_of(kept).items()), (1, 0))
    if document.nothing_counted_because is not None:
        yield Padding(Text(document.nothing_counted_because), (0, 0, 1, 0))
    if document.reps:
        yield _reps(kept)
    if document.faults:
        yield heading(_("Faults"))
        yield _faults(kept)
    if said := answers_of(document):
        yield heading(_("What only you know"))
        yield listed(said)
    if document.not_assessed:
        yield heading(_("Not assessed"))
        yield listed(dict.fromkeys(f"{item.title}: {item.reason}" for item in document.not_assessed))
    if document.advice:
        yield heading(_("For the next recording"))
        yield listed(document.advice)


def answers_of(document: Document) -> list[str]:
    """Return what was asked and answered last, and what was offered on that."""
    asks = {item.id: item.ask for item in document.questions}
    last = {item.id: item.value for item in document.answers}
    said = [f"{asks.get(name, name)} {answer_in_words(value)}." for name, value in last.items()]
    return said if document.offer is None else [*said, document.offer.says]


def header_of(kept: Kept) -> dict[str, str]:
    """Return the facts of a session with their names."""
    entry, document, figures = kept.entry, kept.document, figures_of([kept])
    reach = figures.reach
    went = "" if reach is None else reach_of(reach)
    if reach is not None and reach.whole is None:
        went = _("{left_and_right} (left / right)", left_and_right=went)
    rows = {
        _("person"): entry.person,
        _("source"): f"{readable(document.source.path)} ({entry.command})",
        _("model"): _(
            "{model}, run by {backend}, formcheck {version}",
            model=readable(entry.model),
            backend=document.backend,
            version=document.version,
        ),
        _("rule"): NOTHING
        if entry.rule_sha256 is None
        else f"{document.exercise}, SHA-256 {entry.rule_sha256[:_SHORT_HASH]}",
        _("repetitions"): reps_of(figures),
        _("clean"): clean_of(figures),
        _("held"): held_of(figures),
        _("range"): went,
        "": how_exact(reach) or "",
        _("stopped"): _("before its end") if document.interrupted else "",
    }
    return {name: value for name, value in rows.items() if value}


def _reps(kept: Kept) -> Table:
    made = plain_table("#", _("side"), _("time (s)"), _("result"), _("faults"))
    for column in made.columns[:3]:
        column.no_wrap = True
    titles = {fault.id: fault.title for fault in kept.document.faults}
    for rep in kept.document.reps:
        faults = ", ".join(titles.get(name, name) for name in rep.faults) or _("none")
        side = NOTHING if rep.side is None else _(rep.side)
        made.add_row(str(rep.number), side, times_of(rep), Text(result_of(rep)), Text(faults))
    return made


def times_of(rep: Rep) -> str:
    """Return from when to when a repetition was."""
    if rep.start_s is None or rep.end_s is None:
        return NOTHING
    return f"{number(rep.start_s, '.1f')} - {number(rep.end_s, '.1f')}"


def result_of(rep: Rep) -> str:
    """Return how a repetition was done, and its holds, a line each."""
    if not rep.counted:
        return _("not counted: {why}", why=rep.not_counted_because or _("no reason is known"))
    holds = [_hold(hold) for hold in rep.holds if hold.duration_s is not None and hold.required_s is not None]
    return "\n".join([_(_FORMS.get(rep.form or "", NOTHING)), *holds])


def _hold(hold: Hold) -> str:
    held, required = amount(hold.duration_s or 0.0, "s"), amount(hold.required_s or 0.0, "s")
    name = in_words(hold.id).lower()
    if hold.passed:
        return _("{name} {held} of {required}, passed", name=name, held=held, required=required)
    return _("{name} {held} of {required}, not passed", name=name, held=held, required=required)


def _faults(kept: Kept) -> Table:
    made = plain_table(_("fault"), _("repetitions"), _("what to do"))
    known: dict[str, tuple[str, str, set[int]]] = {}
    for fault in kept.document.faults:
        known.setdefault(fault.id, (fault.title, fault.cue, set()))[2].add(fault.rep)
    for title, cue, reps in known.values():
        made.add_row(Text(title), ranges(reps), Text(cue))
    return made
