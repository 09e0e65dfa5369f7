"""What was seen of an exercise of which nothing counted, so that nobody is left without a word."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from formcheck.body.meter import Measured
from formcheck.exercise.reading import signals_in
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.unseen import UNSEEN_SHARE
from formcheck.exercise.words import Context, Movement

HARDLY_S = 1.0
"""Who was in the context for less than this was not in it."""
MOST_NAMED = 4
STEP_S = 0.5
"""Longer steps between pictures are gaps, which do not count."""


@dataclass(slots=True)
class Notes:
    """What was seen where nothing counted.

    Attributes
    ----------
    context
        Name of the context.
    parts
        The parts of the body that the movement is read from.
    context_s
        How long somebody was in the context.
    elsewhere
        Movements that were complete, but outside the context.
    reach
        How far any movement came: 1 = complete.
    unseen
        How often each part of the body was not seen in the context.
    """

    context: str
    parts: frozenset[str]
    context_s: float = 0.0
    elsewhere: int = 0
    reach: float = 0.0
    unseen: Counter[str] = field(default_factory=Counter)
    _pictures: int = 0
    _last_s: float | None = None

    def see(self, sample: Measured, *, in_context: bool) -> None:
        """Take a moment in."""
        step_s = 0.0 if self._last_s is None else min(sample.time_s - self._last_s, STEP_S)
        self._last_s = sample.time_s
        if not sample.measures:
            return
        if in_context:
            self.context_s += step_s
            self._pictures += 1
            self.unseen.update(name for name in sample.unseen if _part(name) in self.parts)

    def why_nothing(self, reasons: Sequence[Reason]) -> Reason:
        """Return why nothing counted.

        Parameters
        ----------
        reasons
            Of the movements that were listed.
        """
        numbers = {"context_s": round(self.context_s, 1), "share": round(self.reach, 2)}
        words = {"context": self.context}
        often = [name for name, count in self.unseen.most_common() if count > UNSEEN_SHARE * self._pictures]
        hidden = tuple(often[:MOST_NAMED])
        if reasons:
            reason, count = Counter(item.code for item in reasons).most_common(1)[0]
            last = next(item for item in reversed(reasons) if item.code is reason)
            numbers |= {"attempts": len(reasons), "alike": count}
            return Reason(Code.ONLY_ATTEMPTS, numbers, words, hidden, because=last)
        if self.context_s < HARDLY_S:
            return Reason(Code.NEVER_IN_CONTEXT, {**numbers, "elsewhere": self.elsewhere}, words, hidden)
        return Reason(Code.NOTHING_MOVED, numbers, words, hidden)


def notes_for(context: Context, movements: Iterable[Movement]) -> Notes:
    """Return empty notes for what is read in a context."""
    parts = {
        part
        for movement in movements
        for witness in movement.witnesses
        for signal, _ in signals_in(witness.quantity)
        for part in signal.landmarks
    }
    return Notes(context.name, frozenset(parts))


def _part(name: str) -> str:
    return name.removeprefix("left_").removeprefix("right_")
