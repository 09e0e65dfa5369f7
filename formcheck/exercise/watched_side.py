"""One side of a movement: its follower, what became of its last movements, and what is known of the one under way."""

import math
from bisect import bisect_left
from dataclasses import dataclass, field

from formcheck.body.meter import Measured
from formcheck.body.quantity import Measures, Moment
from formcheck.exercise.attempt import Attempt, Rest, Span
from formcheck.exercise.claim import mostly
from formcheck.exercise.follow.carrying import carries
from formcheck.exercise.follow.dating import REST_WINDOW_S
from formcheck.exercise.follow.follower import Over, SideFollower

BEFORE_S = 0.5
"""A movement begins in the context: for most of this long before it one must have been there, or is getting into position."""


@dataclass(slots=True)
class WatchedSide:
    """One side: its follower, and what is known of its last movements.

    Attributes
    ----------
    follower
        Follows the side.
    overs
        The movements of the last while, whatever became of them.
    taken
        When those were up that were claimed.
    pending, pending_from_s
        To and fro: the movement that waits for the one to the other side, and the end of the one before it.
    ended_s
        When the last claimed one ended.
    """

    follower: SideFollower
    overs: list[Over] = field(default_factory=list)
    taken: list[Span] = field(default_factory=list)
    pending: Over | None = None
    pending_from_s: float = -math.inf
    ended_s: float = -math.inf

    def restart(self) -> None:
        """Forget what was seen: another scene or person."""
        self.follower.restart()
        self.overs.clear()
        self.taken.clear()
        self.ended_s = -math.inf

    def wait_for_the_other(self, over: Over | None, from_s: float = -math.inf) -> None:
        """Let a movement wait for the one to the other side of rest, and keep what it was made of; None = none waits."""
        self.pending, self.pending_from_s = over, from_s
        self.follower.needed_from_s = math.inf if over is None else over.turn.half_s

    def busy(self) -> list[Span]:
        """Return when complete movements were at least half-way up, lately and now."""
        turns = [over.turn for over in (*self.overs, *self.follower.opens) if over.turn.reach >= 1.0]
        return [(turn.half_s, math.inf if turn.back_s is None else turn.back_s) for turn in turns]

    def carrying(self) -> Over | None:
        """Return the movement under way that its best seen witness shows."""
        opens = sorted(self.follower.opens, key=lambda over: over.rank)
        return next((over for over in opens if carries(self.follower, over)), None)

    def reach(self) -> tuple[bool, bool, bool, int, float]:
        """Return how far a movement is under way, to be compared with that of the other side."""
        over, in_context = self.follower.open, self.follower.in_context is not False
        if over is None:
            return in_context, False, False, -len(self.follower.movements), 0.0
        turn, wanted = over.turn, over.movement.of_this_side
        of_side = True
        if wanted is not None:  # what only the whole body shows, both sides' followers see alike
            last = self.follower.samples[-1]
            now = Moment(last.measures, self.follower.side, last.near, self.rest(), self.follower.settings)
            of_side = wanted.answer(now) is not False
        return in_context, turn.full_s is not None, of_side, -over.rank, turn.rise / turn.least

    def rest(self) -> Measures:
        """Return the measures at rest before the movement under way, or so far; empty if unseen."""
        follower = self.follower
        over = follower.open
        end_s = math.inf if over is None else over.turn.half_s
        resting: list[Measured] = []
        for i in reversed(range(bisect_left(follower.times, end_s))):
            if resting and resting[0].time_s - follower.times[i] > REST_WINDOW_S:
                break
            if follower.samples[i].measures:
                resting.append(follower.samples[i])
        resting.reverse()
        return Rest(resting, resting, None) if resting else {}

    def was_in_context(self, attempt: Attempt) -> bool:
        """Return whether the person was in the context for most of a movement, and before it; seen there they must be."""
        start_s, follower = attempt.start_s, self.follower
        around = follower.between(start_s - 2 * BEFORE_S, start_s + BEFORE_S)
        before = [follower.inside[i] for i in around if -BEFORE_S <= follower.times[i] - start_s <= 0.1]
        during = [follower.inside[i] for i in follower.between(start_s, attempt.end_s)]
        return True in during and mostly(during) and mostly(before)
