"""Brings a movement of the figure to just over or just under a limit, as the body layer measures it."""

from collections.abc import Mapping

from formcheck.body.quantity import Quantity
from samples.figure import View, movement, observe
from samples.figure.sizing import knob_at

from .runner import Watched, watch

FPS = 10.0

JUST = 0.02
"""How far over or under: 2 % of the limit."""


def around(limit: float, over: float) -> tuple[float, float]:
    """Return a value just over and one just under a limit; `over` is +1 or -1, where the fault lies."""
    step = JUST * abs(limit) if limit else JUST
    return limit + over * step, limit - over * step


def watched_around(
    exercise: str,
    knob: str,
    between: tuple[float, float],
    quantity: Quantity,
    limit: float,
    over: float,
    view: View,
    level: str | None = None,
    others: Mapping[str, float] | None = None,
    *,
    at_rest: bool = False,
    **how: float,
) -> tuple[Watched, Watched]:
    """Return what the rule makes of a movement just over a limit, and of one just under it."""

    def watched(goal: float) -> Watched:
        setting = knob_at(
            exercise, level, knob, between, quantity, goal, view, others, when="rest" if at_rest else "peak"
        )
        moving = movement(exercise, level, knobs={**(others or {}), knob: setting}, **how)  # type: ignore[arg-type]
        return watch(observe(moving, view, FPS), exercise, level)

    beyond, within = around(limit, over)
    return watched(beyond), watched(within)
