"""Passes on what the guide asks for once it has lasted for a moment: words that flicker can neither be read nor heard."""

from formcheck.live.guide import Guidance

SETTLED_S = 0.4
"""Words of the same step must last for so long."""


class Asking:
    """Decides which of the guide's wishes are told."""

    def __init__(self) -> None:
        self._told: Guidance | None = None
        self._new: tuple[str, float] = ("", 0.0)

    def step(self, time_s: float, guidance: Guidance) -> Guidance | None:
        """Take in what the guide wants at a moment; return it when it is to be told from now on."""
        told = self._told
        if told is not None and guidance.say == told.say:
            self._new = (told.say, time_s)
            return None
        if guidance.say != self._new[0]:
            self._new = (guidance.say, time_s)
        if told is not None and guidance.step is told.step and time_s - self._new[1] < SETTLED_S:
            return None
        self._told = guidance
        return guidance
