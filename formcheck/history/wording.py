"""The words that the pages of the history share."""

import math

from formcheck.exercise.checks import in_words
from formcheck.history.figures import Figures, Reach
from formcheck.history.store import Kept
from formcheck.language import N_, _, _n
from formcheck.output.amounts import amount
from formcheck.readable import readable

NOTHING = "-"
SAME = N_("no change seen")


def moment(kept: Kept) -> str:
    """Return when a session was: ``2026-11-28 10:03``."""
    return kept.entry.date[:16].replace("T", " ")


def exercise_of(title: str, level: str | None) -> str:
    """Return an exercise and its level."""
    return readable(title if level is None else f"{title}, {level_in_words(level)}")


def level_in_words(level: str | None) -> str:
    """Return a level as people read it; empty for none."""
    return "" if level is None else in_words(level).lower()


def reps_of(figures: Figures) -> str:
    """Return how many repetitions count, of each side where they have sides."""
    sides = [f"{count} {_(side)}" for side, count in (("left", figures.left), ("right", figures.right)) if count]
    return ", ".join(sides) or str(figures.reps)


def reps_by_side(figures: Figures) -> str:
    """Return how many repetitions count, where a heading says that the left ones come first: ``3 / 4``."""
    return f"{figures.left} / {figures.right}" if figures.left or figures.right else str(figures.reps)


def clean_of(figures: Figures) -> str:
    """Return the share of the repetitions that could be judged which were clean."""
    return NOTHING if figures.clean_share is None else f"{figures.clean_share:.0%}"


def held_of(figures: Figures) -> str:
    """Return how long was held, in the mean."""
    return NOTHING if figures.held_s is None else amount(figures.held_s, "s")


def reach_of(reach: Reach | None) -> str:
    """Return how far a movement went, to the left and the right where it has sides; `how_exact` says the unit."""
    if reach is None:
        return NOTHING
    if reach.whole is not None:
        return _number(reach.whole, reach)
    return " / ".join(NOTHING if value is None else _number(value, reach) for value in (reach.left, reach.right))


def apart_of(reach: Reach | None) -> str:
    """Return how much farther one side went than the other, where that is more than the error of measurement."""
    if reach is None or reach.difference is None or reach.least_difference is None:
        return NOTHING
    if abs(reach.difference) <= reach.least_difference:
        return _("none seen")
    apart = _number(abs(reach.difference), reach)
    if reach.difference > 0:
        return _("{apart} more right", apart=apart)
    return _("{apart} more left", apart=apart)


def changed_of(first: float, second: float, one: Reach, other: Reach) -> str:
    """Return how a range changed, where that is more than the error of measurement."""
    if one.error is None or other.error is None:
        return _("not exact enough to say")
    if abs(second - first) <= math.hypot(one.error, other.error):
        return _(SAME)
    return more_or_less(_number(abs(second - first), other), is_more=second > first)


def more_or_less(difference: str, *, is_more: bool) -> str:
    """Return by how much something grew or fell."""
    if is_more:
        return _("{difference} more", difference=difference)
    return _("{difference} less", difference=difference)


def how_exact(reach: Reach | None) -> str | None:
    """Return what the range is, and how exact; None where none was measured."""
    if reach is None:
        return None
    unit, title = amount(0, reach.unit).partition(" ")[2], reach.title
    if reach.least_difference is None:
        if not unit:
            return _(
                "Range: how far “{title}” moved, the mean of the counted repetitions; how exact that is from this view "
                "is not known.",
                title=title,
            )
        return _(
            "Range (in {unit}): how far “{title}” moved, the mean of the counted repetitions; how exact that is from "
            "this view is not known.",
            unit=unit, title=title,
        )  # fmt: skip
    least = _number(reach.least_difference, reach)
    if not unit:
        return _(
            "Range: how far “{title}” moved, the mean of the counted repetitions; differences up to {least_difference} "
            "are within the error of measurement.",
            title=title, least_difference=least,
        )  # fmt: skip
    return _(
        "Range (in {unit}): how far “{title}” moved, the mean of the counted repetitions; differences up to "
        "{least_difference} are within the error of measurement.",
        unit=unit, title=title, least_difference=least,
    )  # fmt: skip


def sessions_of(count: int) -> str:
    """Return how many sessions."""
    return _n("{count} session", "{count} sessions", count)


def _number(value: float, reach: Reach) -> str:
    """Return a value without the longer units, which a note says once."""
    text = amount(value, reach.unit)
    return text.partition(" ")[0]
