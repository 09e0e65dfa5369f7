"""Follows the movements of one side: each witness through its turning points, in the context of the exercise."""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from formcheck.body.meter import Measured
from formcheck.body.quantity import Answer, Measures, Moment
from formcheck.exercise.follow.turning import Turn, Turning
from formcheck.exercise.words import Context, Movement, Witness
from formcheck.pose.pose import Side

LEFT_S = 1.0
"""Out of the context for longer than this, nothing is followed; shorter breaks are bad landmarks."""
KEPT_S = 45.0
"""How much is kept to look back on, beside what belongs to a movement under way: half of the slowest rise."""
LONGEST_S = 180.0
"""No repetition lasts longer."""
ENTERED_S = 1.0
SETTLED_S = 1.0
"""What came half-way within this time of getting into the context, and then keeps still for so long, was the way into
position: one's own low point is where one settles."""
STILL_S = 1.0
STILL_SHARE = 0.5
"""To and fro, one rests where the value kept within this share of the least travel for so long …"""
REST_EVERY_S = 0.1
RESTS = 100
"""… and the low point is the median of the last ten seconds of that, so that it does not creep along with a slow turn."""


@dataclass(frozen=True, slots=True)
class Over:
    """A turn that is over.

    Attributes
    ----------
    movement, rank
        Of which movement, seen by which of its witnesses (0 = the best).
    turn
        The turn.
    left
        It was broken off: the person left the context.
    """

    movement: Movement
    rank: int
    turn: Turn
    left: bool = False

    @property
    def witness(self) -> Witness:
        """What showed it."""
        return self.movement.witnesses[self.rank]


class SideFollower:
    """Follows one side (or the whole body) for the movements of one level.

    Parameters
    ----------
    movements
        What it may do: one, or two to and fro.
    context
        What the body must be in.
    side
        The working side; None for movements without one.
    settings
        The user's own numbers.

    Attributes
    ----------
    samples, times, inside
        What was seen lately, when, and whether each lay in the context.
    in_context
        Whether the last one did; None = not seen.
    needed_from_s
        What was seen from then on belongs to a movement that is not decided yet: it is kept.
    to_and_fro
        Whether there are two end positions, on either side of rest.
    """

    def __init__(
        self, movements: tuple[Movement, ...], context: Context, side: Side | None, settings: Measures
    ) -> None:
        self.side: Side | None = side
        self.settings = settings
        self.movements = movements
        self.context = context
        self._relaxed = context.condition.relaxed()
        self.to_and_fro = len(movements) > 1
        self._turnings = [
            (movement, rank, Turning(movement.witnesses[rank].least, from_rest=self.to_and_fro))
            for movement in movements
            for rank in range(len(movement.witnesses))
        ]
        self.samples: list[Measured] = []
        self.times = array("d")
        self.inside: list[Answer] = []
        self._watched = [witness for item in movements for witness in item.watched]
        self._heights = {id(witness): array("d") for witness in self._watched}
        self.in_context: Answer = None
        self.needed_from_s = math.inf
        self._entered_s = -math.inf
        self._out_since_s = math.nan
        self._was_in = False
        # To and fro: what each turning read in the last second, and its rests of the last ten, with their times.
        self._rests: dict[int, tuple[deque[tuple[float, float]], deque[tuple[float, float]]]] = {}

    @property
    def open(self) -> Over | None:
        """The movement under way that came farthest toward an end position; of equal ones, by its best witness."""
        turns = [Over(movement, rank, turning.turn) for movement, rank, turning in self._turnings if turning.turn]
        return max(turns, key=lambda over: (over.turn.full_s is not None, -over.rank), default=None)

    @property
    def opens(self) -> list[Over]:
        """All movements under way."""
        return [Over(movement, rank, turning.turn) for movement, rank, turning in self._turnings if turning.turn]

    @property
    def is_moving(self) -> bool:
        """Whether a movement is under way."""
        return any(turning.turn is not None for _, _, turning in self._turnings)

    def between(self, from_s: float, to_s: float) -> range:
        """Return the places of what was seen from one time to another, both included."""
        return range(bisect_left(self.times, from_s), bisect_right(self.times, to_s))

    def heights(self, witness: Witness) -> "array[float]":
        """Return how high a witness stood at each sample: + = toward the end position; NaN = not seen."""
        return self._heights[id(witness)]

    def step(self, sample: Measured) -> Iterator[Over]:
        """Take one moment in and yield the turns that it ends."""
        self._forget(sample.time_s)  # now, so that what a turn was made of is still there when it ends
        moment = Moment(sample.measures, self.side, sample.near, settings=self.settings)
        answer = self._watch_context(sample.time_s, moment)
        self.samples.append(sample)
        self.times.append(sample.time_s)
        self.inside.append(answer)
        for witness in self._watched:
            self._heights[id(witness)].append(witness.height(moment))
        if answer is False and not math.isnan(self._out_since_s):
            if sample.time_s - self._out_since_s > LEFT_S:
                yield from self.break_off(left=True)
                return
            if not self.is_moving:
                return
        for movement, rank, turning in self._turnings:
            value = self._heights[id(movement.witnesses[rank])][-1]
            if self.to_and_fro:
                self._find_rest(turning, rank, sample.time_s, value)
            elif movement.lasts and math.isnan(turning.low):
                self._begin_in(turning, movement.witnesses[rank], sample.time_s, value)
            turn = turning.step(sample.time_s, value)
            self._settle(movement, turning, sample.time_s)
            if turn is None and turning.turn is not None and sample.time_s - turning.turn.half_s > LONGEST_S:
                turn = turning.break_off()
            if turn is not None:
                turn.end_s = sample.time_s if turn.end_s is None else turn.end_s
                yield Over(movement, rank, turn)

    def break_off(self, *, left: bool = False) -> Iterator[Over]:
        """Yield what is under way and follow it no more: the scene or the clip ends, or the context is left."""
        for movement, rank, turning in self._turnings:
            turn = turning.break_off()
            if turn is not None:
                turn.end_s = self.samples[-1].time_s
                yield Over(movement, rank, turn, left)
        self._rests.clear()

    def restart(self) -> None:
        """Forget all that was seen: another scene or person."""
        self.samples.clear()
        del self.times[:]
        self.inside.clear()
        for heights in self._heights.values():
            del heights[:]
        self.in_context = None
        self._entered_s = -math.inf
        self._out_since_s = math.nan
        self._was_in = False

    def _watch_context(self, time_s: float, moment: Moment) -> Answer:
        condition = self._relaxed if self.in_context else self.context.condition
        answer = condition.answer(moment)
        if answer is False:
            self._out_since_s = time_s if math.isnan(self._out_since_s) else self._out_since_s
        elif answer is True:
            # A break of under a second is bad landmarks: nobody came in.
            if time_s - self._out_since_s > LEFT_S or (self._out_since_s == self._out_since_s and not self._was_in):
                self._entered_s = time_s
            self._was_in = True
            self._out_since_s = math.nan
        self.in_context = answer
        return answer

    def _settle(self, movement: Movement, turning: Turning, time_s: float) -> None:
        """Let a movement begin where the person settles, and not on the way into position."""
        if movement.lasts and not self.to_and_fro:
            return  # one may come into it directly
        if turning.turn is not None and turning.turn.half_s - self._entered_s < ENTERED_S:
            turning.settle(time_s, SETTLED_S)

    def _begin_in(self, turning: Turning, witness: Witness, time_s: float, value: float) -> None:
        """Let a movement that lasts begin in its end position, as where one was not seen getting into it."""
        if witness.to is not None and value > witness.sign * witness.to:
            turning.rest_at(witness.sign * witness.to - witness.by, time_s)

    def _find_rest(self, turning: Turning, rank: int, time_s: float, value: float) -> None:
        """Let a movement to and fro begin where the person rests."""
        if math.isnan(value):
            return
        recent, rests = self._rests.setdefault(id(turning), (deque(), deque(maxlen=RESTS)))
        recent.append((time_s, value))
        while time_s - recent[0][0] > STILL_S:
            recent.popleft()
        if self.is_moving or time_s - self._entered_s < ENTERED_S:
            recent.clear()
            return
        values = [height for _, height in recent]
        long_enough = time_s - recent[0][0] > 0.8 * STILL_S
        if long_enough and max(values) - min(values) < STILL_SHARE * self._turnings[0][0].witnesses[rank].by:
            if not rests or time_s - rests[-1][0] >= REST_EVERY_S:
                rests.append((time_s, median(values)))
            turning.rest_at(median(height for _, height in rests), time_s)

    def _forget(self, time_s: float) -> None:
        """Drop what is too long ago to belong to a movement under way."""
        begun = [turning.turn.half_s for _, _, turning in self._turnings if turning.turn is not None]
        from_s = min([time_s, self.needed_from_s, *begun]) - KEPT_S
        if self.times and from_s - self.times[0] > 0.25 * KEPT_S:
            count = bisect_left(self.times, from_s)
            del self.samples[:count]
            del self.times[:count]
            del self.inside[:count]
            for heights in self._heights.values():
                del heights[:count]
