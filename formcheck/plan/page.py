"""Plans for the terminal: the list of those that come with formcheck, and one with all that is to be done."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.exercise.checks import in_words
from formcheck.language import _, number
from formcheck.output.listing import facts, heading, listed, plain_table
from formcheck.plan import texts
from formcheck.plan.opening import OpenedPlan
from formcheck.plan.record import Done
from formcheck.plan.words import Plan


def plan_list(plans: Iterable[tuple[str, Plan]]) -> RenderableType:
    """Return one line for each plan: its name, its title and how many exercises it has."""
    table = plain_table(_("plan"), _("what"), _("exercises"))
    for name, plan in plans:
        table.add_row(Text(name), Text(_(plan.title)), Text(", ".join(task.name for task in plan.exercise)))
    return Group(table, Text("\n" + _("formcheck plan show NAME shows one; formcheck train NAME walks through it.")))


def plan_page(opened: OpenedPlan) -> RenderableType:
    """Return a plan in words: each exercise with how much of it, and what its author wrote."""
    return Group(*_page(opened))


def trained_page(done: Sequence[Done]) -> RenderableType:
    """Return what the exercises of a plan came to."""
    return listed([texts.with_why(texts.of_part(item), item) for item in done] or [_(texts.NOTHING_DONE)])


def filmed_page(done: Sequence[Done]) -> RenderableType:
    """Return which exercises of a plan a recording shows, where, and what each came to."""
    return listed(texts.with_why(texts.found_at(item), item) for item in done)


def _page(opened: OpenedPlan) -> Iterator[RenderableType]:
    plan = opened.plan
    yield Text(_(plan.title), style="bold")
    about = [
        text
        for text in (
            _(plan.notes) if plan.notes else None,
            _("By {author}.", author=plan.author) if plan.author else None,
        )
        if text
    ]
    if about:
        yield listed(about)
    for part in opened.parts:
        yield heading(f"{part.number}. {texts.title_of(part)} ({part.rule.id})")
        task = part.task
        ends = task.end_point_deg or {}
        yield facts([
            (_("how much"), f"{texts.how_much(part)}."),
            (_("rest"), "" if part.rest_s == plan.rest_s else _("{seconds:g} s after each set.", seconds=part.rest_s)),
            (_("your end point"), ", ".join(f"{_(side)} {number(deg)}°" for side, deg in ends.items())),
            (_("not told"), ", ".join(in_words(name).lower() for name in task.muted_cues)),
            (_("note"), _(task.notes) if task.notes else ""),
            (_("camera"), part.exercise.camera),
        ])  # fmt: skip
    yield Text(
        "\n" + texts.rest(plan.rest_s) + " " + _("What a plan leaves out is as `formcheck exercises NAME` has it.")
    )
