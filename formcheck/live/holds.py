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
    """Follows the hold of each moment; once one has lasted for long enough, slowing down on the way back is none."""

    def __init__(self) -> None:
        self._held: HoldChanged | None = None
        self._phase_done: tuple[Side | None, str | None] | None = None

    def step(self, step: Step) -> Iterator[HoldChanged]:
        """Yield what changed at a moment."""
        progress, before = step.progress, self._held
        held_s, required_s = progress.hold_s, progress.hold_required_s
        if not progress.moving or (self._phase_done is not None and self._phase_done[0] != progress.side):
            self._phase_done = None
        if held_s is None or required_s is None or held_s <= 0:
            if before is not None:
                yield HoldChanged(step.time_s, before.side, "ended", before.held_s)
            self._held = None
            return
        here = (progress.side, progress.phase)
        if before is None:
            if here == self._phase_done:
                return
            yield HoldChanged(step.time_s, progress.side, "started", held_s)
        is_enough = held_s >= required_s
        if is_enough and (before is None or before.what != "enough"):
            self._phase_done = here
            yield HoldChanged(step.time_s, progress.side, "enough", held_s)
        self._held = HoldChanged(step.time_s, progress.side, "enough" if is_enough else "started", held_s)
