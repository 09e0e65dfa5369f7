"""Where panels go in the picture: beside the person where there is room, and without jumping about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PATIENCE_S = 1.5
"""A panel moves only after it has been in the way for this long."""
IN_THE_WAY = 0.06
"""Share of the body under a panel from which it is in the way."""
_COLLISION = 10.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, in px."""

    x: int
    y: int
    width: int
    height: int

    def corners(self) -> NDArray[np.float64]:
        """Return the four corners, (4, 2) in px."""
        right, bottom = self.x + self.width, self.y + self.height
        return np.array([(self.x, self.y), (right, self.y), (self.x, bottom), (right, bottom)], dtype=np.float64)

    def overlaps(self, other: "Box") -> bool:
        """Return whether the two share any px."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def covers(self, points: NDArray[np.float64]) -> float:
        """Return the share of the points, (n, 2) in px, that lie in the box; 0 without points."""
        if not len(points):
            return 0.0
        inside = (points >= (self.x, self.y)) & (points < (self.x + self.width, self.y + self.height))
        return float(inside.all(axis=1).mean())


class Placement:
    """Chooses one of several places for a panel, time after time."""

    def __init__(self) -> None:
        self._chosen: int | None = None
        self._in_the_way_since_s: float | None = None

    def forget(self) -> None:
        """Take note that the panel is not shown: the next time any place will do."""
        self._chosen = None
        self._in_the_way_since_s = None

    def choose(self, time_s: float, places: Sequence[Box], body: NDArray[np.float64], taken: Sequence[Box] = ()) -> Box:
        """Return one of the places.

        Parameters
        ----------
        time_s
            Time of the frame.
        places
            Where the panel may go, best first; as many each time, in the same order.
        body
            Points of the person, (n, 2) in px; may be empty.
        taken
            Boxes of other panels.
        """
        costs = [place.covers(body) + _COLLISION * sum(place.overlaps(other) for other in taken) for place in places]
        best = min(range(len(places)), key=lambda index: (round(costs[index], 2), index))
        if self._chosen is None or self._chosen >= len(places) or costs[self._chosen] >= _COLLISION > costs[best]:
            self._chosen = best
        if costs[self._chosen] > IN_THE_WAY and costs[best] < costs[self._chosen] / 2:
            since = self._in_the_way_since_s
            self._in_the_way_since_s = time_s if since is None or time_s < since else since
            if time_s - self._in_the_way_since_s >= PATIENCE_S:
                self._chosen, self._in_the_way_since_s = best, None
        else:
            self._in_the_way_since_s = None
        return places[self._chosen]
