"""Tells when a hold begins, has lasted for what is prescribed, and ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from formcheck.pipeline import Step
from formcheck.pose.pose import Side


@dataclass(frozen=True, slots=True)
class HoldChanged:
    """A hold began, lasted for what is prescribed, or ended.

    Attributes
    ----------
    what
        ``started``, ``enough`` or ``ended``.
    held_s
        How long it has lasted.
    """

    time_s: float
    side: Side | None
    what: Literal["started", "enough", "ended"]
    held_s: float


class HoldWatch:
    """Follows the hold of each moment."""

    def __init__(self) -> None:
        self._held: HoldChanged | None = None

    def step(self, step: Step) -> Iterator[HoldChanged]:
        """Yield what changed at a moment."""
        held_s, required_s = step.progress.hold_s, step.progress.hold_required_s
        before = self._held
        if held_s is None or required_s is None or held_s <= 0:
            if before is not None:
                yield HoldChanged(step.time_s, before.side, "ended", before.held_s)
            self._held = None
            return
        side = step.progress.side
        if before is None:
            yield HoldChanged(step.time_s, side, "started", held_s)
        is_enough = held_s >= required_s
        if is_enough and (before is None or before.what != "enough"):
            yield HoldChanged(step.time_s, side, "enough", held_s)
        self._held = HoldChanged(step.time_s, side, "enough" if is_enough else "started", held_s)
