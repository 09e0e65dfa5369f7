"""What raised hands ask for while no exercise is watched: one goes on, both go on to the next exercise."""

from typing import Literal

from formcheck.body.follower import Follower
from formcheck.exercise.events import Progress
from formcheck.live.gesture import HandUp
from formcheck.live.glimpse import Glimpse
from formcheck.pose.pose import Observation


class Hands:
    """Watches the hands of whoever is in the picture.

    Parameters
    ----------
    size_wh
        Width and height of the picture in px.

    Attributes
    ----------
    share
        How much of a signal is given, 0..1.
    """

    def __init__(self, size_wh: tuple[int, int]) -> None:
        self._follower = Follower(*size_wh)
        self._one, self._both = HandUp(), HandUp(both=True)
        self.share = 0.0

    @property
    def is_up(self) -> bool:
        """Whether one hand is up now."""
        return self._one.is_up

    def step(self, seen: Observation) -> Literal["one", "both"] | None:
        """Take a moment in; return a signal once when it is given."""
        followed = self._follower.step(seen)
        glimpse = Glimpse(seen, followed.pose, followed.measured, Progress())
        one, both = self._one.step(glimpse), self._both.step(glimpse)
        self.share = max(self._one.share, self._both.share)
        return "both" if both else "one" if one else None
