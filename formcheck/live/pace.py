"""Says which pose model keeps up with the camera: a faster one where the present one does not, a better one where there is room."""

import math

from formcheck.speed import SMOOTH_FPS

MODELS = ("heavy", "full", "lite")
"""From the most exact to the fastest."""
SLOW_FOR_S = 4.0
"""In each second of so long the looks take too long: anything shorter is a hiccup, whatever else the computer did."""
ROOM_FOR_S = 10.0
"""There is room for a better model in each second of so long. Twice as long after each time that it proved too slow again."""
ROOM = 0.9
"""There is room where the better model would take at most this share of the time that a look may take."""
DEARER = {"heavy": 3.0, "full": 2.0}
"""A model takes so many times as long as the next faster one, at most. How many times it is here shows when it makes room."""

_SETTLE_S = 0.5
"""So long a model gets ready."""


class Pace:
    """Keeps the time of all looks, and chooses the model by it.

    Parameters
    ----------
    model
        The first one, of `MODELS`.

    Attributes
    ----------
    model
        The one that is to look.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        self._dearer = dict(DEARER)
        self._room_for_s = dict.fromkeys(MODELS, ROOM_FOR_S)
        self._tried: set[str] = set()
        self._left_s: float | None = None
        self._since_s: float | None = None
        self._looks_s: list[float] = []
        self._slow_s = self._room_s = 0.0

    def step(self, now_s: float, took_s: float, camera_fps: float) -> str | None:
        """Take a look's time in; return the model that is to look from here on, None if the present one goes on.

        Parameters
        ----------
        now_s
            When the look was over.
        took_s
            How long it took.
        camera_fps
            How many pictures the camera gives a second; NaN if that is not known.
        """
        if self._since_s is None:
            self._since_s = now_s + _SETTLE_S
        if now_s < self._since_s:
            return None
        self._looks_s.append(took_s)
        span_s = now_s - self._since_s
        if span_s < 1.0:
            return None
        mean_s = math.fsum(self._looks_s) / len(self._looks_s)
        self._since_s, self._looks_s = now_s, []
        may_take_s = 1.0 / (SMOOTH_FPS if math.isnan(camera_fps) else min(SMOOTH_FPS, camera_fps))
        better = _beside(self.model, -1)
        if better is not None and self._left_s is not None:  # the same load slowed both
            self._dearer[better] = max(1.0, min(self._left_s / mean_s, DEARER[better]))
        self._left_s = None
        better_s = math.inf if better is None else self._dearer[better] * mean_s
        # A look that took seconds is one hiccup.
        self._slow_s = self._slow_s + min(span_s, 1.0) if mean_s > may_take_s else 0.0
        self._room_s = self._room_s + min(span_s, 1.0) if better_s <= ROOM * may_take_s else 0.0
        return self._changed(mean_s)

    def _changed(self, mean_s: float) -> str | None:
        faster, better = _beside(self.model, 1), _beside(self.model, -1)
        if faster is not None and self._slow_s >= SLOW_FOR_S:
            if self.model in self._tried:
                self._room_for_s[self.model] *= 2
            self._left_s = mean_s
            return self._take(faster)
        if better is not None and self._room_s >= self._room_for_s[better]:
            self._tried.add(better)
            return self._take(better)
        return None

    def _take(self, model: str) -> str:
        self.model, self._since_s = model, None
        self._looks_s = []
        self._slow_s = self._room_s = 0.0
        return model


def _beside(model: str, steps: int) -> str | None:
    """Return the model that is so many steps faster, None if there is none."""
    place = MODELS.index(model) + steps
    return MODELS[place] if 0 <= place < len(MODELS) else None
