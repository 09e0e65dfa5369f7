"""A person's own end points of an exercise, from one training to the next."""

from collections.abc import Mapping

from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session
from formcheck.language import _
from formcheck.live.end_point import asked_for
from formcheck.pipeline import level_of
from formcheck.plan.memory import Memory
from formcheck.pose.pose import SIDES, Side


def remembered(memory: Memory | None, rule: Rule, level: str | None) -> Mapping[Side, float]:
    """Return the end points that are remembered of a person, by side; none where the exercise has no use for them."""
    if memory is None or asked_for(rule.exercise, level_of(rule, level)) is None:
        return {}
    return memory.known().end_points.get(rule.id, {})


def remember(memory: Memory, rule: Rule, session: Session) -> None:
    """Remember the end points that a session was judged by."""
    ends = session.settings.get("end_point_deg")
    if isinstance(ends, list | tuple):
        for side, deg in zip(SIDES, ends, strict=True):
            if isinstance(deg, int | float):
                memory.remember_end_point(rule.id, side, float(deg))


def in_words(rule: Rule, ends: Mapping[Side, float]) -> str:
    """Return that end points are remembered, and what asks for them again."""
    title, left, right = rule.exercise.title, ends.get("left"), ends.get("right")
    if left is None:
        return _(
            "Your own end point of “{title}” is remembered: right {right:.0f}°. --new-end-points asks for it again.",
            title=title, right=right,
        )  # fmt: skip
    if right is None:
        return _(
            "Your own end point of “{title}” is remembered: left {left:.0f}°. --new-end-points asks for it again.",
            title=title, left=left,
        )  # fmt: skip
    return _(
        "Your own end points of “{title}” are remembered: left {left:.0f}°, right {right:.0f}°. "
        "--new-end-points asks for them again.",
        title=title, left=left, right=right,
    )  # fmt: skip


def how_to_judge_by(ends: Mapping[Side, float]) -> str | None:
    """Return how a recording is judged by end points that are remembered, None where one of them is not known."""
    left, right = ends.get("left"), ends.get("right")
    if left is None or right is None:
        return None
    typed = f"{left:g},{right:g}"
    return _(
        "Your own end points are remembered from training, and a recording is judged by what the command says only: "
        "add --end-point {typed} to judge by them.",
        typed=typed,
    )  # fmt: skip
