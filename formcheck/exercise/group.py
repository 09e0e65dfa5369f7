"""Watches one movement on both sides: which of what was followed are repetitions, attempts, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from formcheck.body.meter import Measured
from formcheck.body.quantity import Answer, Measures
from formcheck.exercise.attempt import Attempt, Span
from formcheck.exercise.claim import (
    TOGETHER_FROM,
    Not,
    against_other_leg,
    edges,
    is_of_one_leg,
    is_of_side,
    not_this,
    other_leg_moved,
    overlap,
    way,
)
from formcheck.exercise.follow.carrying import carries, seen_share
from formcheck.exercise.follow.dating import attempt_of
from formcheck.exercise.follow.follower import LEFT_S, Over, SideFollower
from formcheck.exercise.notes import notes_for
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.starting import StartWatch
from formcheck.exercise.watched_side import WatchedSide
from formcheck.exercise.words import Exercise, Level
from formcheck.pose.pose import SIDES, Side

GLIMPSE_S = 0.3
"""What took less than this, or was seen for less and then no more, may be bad landmarks (rules/METHOD.md, chapter 1): two
phases of a movement take 0.4 s at least."""
LEAVING_S = 1.0
"""A movement that lasts and came half-way less than this before one left the context is the way out of it."""
HARDLY_SEEN = 0.6
"""A movement whose witness was seen for less than this share of its time counts nothing: what went there and what came back
may have been two different things (rules/METHOD.md, chapter 2)."""
KEPT_S = 30.0
"""How long the movements of a side are kept, to be compared with those of the other one."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A movement and what was decided of it.

    Attributes
    ----------
    attempt
        The movement; its side is None where both legs moved together.
    because
        Why it does not count, None if it does.
    """

    attempt: Attempt
    because: Reason | None


class Group:
    """The levels of an exercise that share movement, context and start position.

    Parameters
    ----------
    exercise, levels
        What is watched; without levels, None.
    side
        Only this side, if given.
    settings
        The user's own numbers.
    """

    def __init__(
        self, exercise: Exercise, levels: tuple[Level | None, ...], side: Side | None, settings: Measures
    ) -> None:
        level = levels[0]
        self.levels = levels
        self.movements = exercise.movements_at(level)
        self.start = exercise.start_at(level)
        self.context = exercise.context_at(level)
        self.notes = notes_for(self.context, self.movements)
        sides: tuple[Side | None, ...] = (None,)
        if exercise.sided_at(level):
            sides = SIDES if side is None else (side,)
        # The other leg is followed too where only one counts: what it does decides what is whose.
        followed: tuple[Side | None, ...] = SIDES if exercise.sided_at(level) else (None,)
        self._wanted = sides
        self._settings = settings
        self._sides = {
            item: WatchedSide(SideFollower(self.movements, self.context, item, settings)) for item in followed
        }
        self._start_watch = StartWatch(self.start, sided=exercise.sided_at(level))

    @property
    def followers(self) -> Mapping[Side | None, SideFollower]:
        """What follows each side."""
        return {side: item.follower for side, item in self._sides.items()}

    @property
    def in_context(self) -> Answer:
        """Whether the person is in the context, with either side."""
        answers = [item.follower.in_context for item in self._sides.values()]
        return True if True in answers else None if None in answers else False

    @property
    def is_moving(self) -> bool:
        """Whether a movement of any side is under way."""
        return any(item.follower.is_moving for item in self._sides.values())

    @property
    def in_start(self) -> Answer:
        """Whether the person is in the start position."""
        return self._start_watch.now

    def step(self, sample: Measured) -> list[Claimed]:
        """Take one moment in and return what it decides."""
        self._start_watch.see(sample, self._settings, moving=self.is_moving)
        found = [(side, over) for side, item in self._sides.items() for over in item.follower.step(sample)]
        self._note(sample)
        return self._claim_all(found, None)

    def break_off(self, because: Code) -> list[Claimed]:
        """Close what is under way and forget what was seen: the scene or the clip ends."""
        found = [(side, over) for side, item in self._sides.items() for over in item.follower.break_off()]
        claimed = self._claim_all(found, because)
        for item in self._sides.values():
            claimed += self._alone(item)
            item.restart()
        self._start_watch.forget()
        return claimed

    def under_way(self, side: Side | None) -> tuple[Over, Attempt] | None:
        """Return the movement of a side that is under way and complete so far, as an attempt that ends now.

        None for what is none of the exercise or side so far: nothing is said of what would not even be listed.
        """
        item = self._sides[side]
        over = item.carrying()
        if over is None or over.turn.full_s is None or item.follower.in_context is False:
            return None
        if is_of_one_leg(over.witness) and against_other_leg(over, self._others(item, over)) is not None:
            return None
        attempt = self._attempt(item, [over], item.ended_s)
        if not item.was_in_context(attempt) or is_of_side(attempt, over.movement) is False:
            return None
        if item.pending is None:
            return over, attempt
        return over, self._attempt(item, [item.pending, over], item.pending_from_s)

    def leading(self) -> Side | None:
        """Return the side whose movement is farthest under way, by the best witness; of none, the first side."""
        return max(self._sides, key=lambda side: self._sides[side].reach())

    def rest_of(self, side: Side | None) -> Measures:
        """Return the measures at rest before the movement of a side that is under way, or so far; empty if unseen."""
        return self._sides[side].rest()

    def _note(self, sample: Measured) -> None:
        self._start_watch.keep(max(len(item.follower.samples) for item in self._sides.values()))
        self.notes.see(sample, in_context=self.in_context is True)

    # -- what it is -----------------------------------------------------------------------------------------------

    def _claim_all(self, found: Iterable[tuple[Side | None, Over]], broken_off: Code | None) -> list[Claimed]:
        found = list(found)
        for side, over in found:
            self._sides[side].overs.append(over)
        claimed: list[Claimed] = []
        for side, over in found:
            if side in self._wanted:
                claimed += self._claim(self._sides[side], over, broken_off)
        return claimed

    def _claim(self, item: WatchedSide, over: Over, broken_off: Code | None) -> list[Claimed]:
        self.notes.reach = max(self.notes.reach, over.turn.reach)
        now_s = item.follower.samples[-1].time_s
        del item.overs[: sum(now_s - old.turn.over_s > KEPT_S for old in item.overs)]
        span = over.turn.up_s
        if not carries(item.follower, over) or any(overlap(span, taken) > TOGETHER_FROM for taken in item.taken):
            return []
        if is_of_one_leg(over.witness):
            verdict = against_other_leg(over, self._others(item, over))
            if verdict is Not.OURS:
                return []
            if isinstance(verdict, Reason):
                return self._both(item, over, verdict)
        attempt = self._attempt(item, [over], item.ended_s)
        if attempt.end_s - attempt.start_s < GLIMPSE_S and over.turn.back_s is not None:
            return []
        if over.movement.lasts and over.left and over.turn.over_s - over.turn.half_s < LEFT_S + LEAVING_S:
            return []
        if not self._is_ours(item, attempt, over):
            return []
        because = self._why_not(item, attempt, over, broken_off)
        if because is not None and not self._is_listed(item, over):
            return []
        from_s = item.ended_s
        self._take(item, span, attempt)
        if len(self.movements) == 1 or because is not None:
            return [Claimed(attempt, because)]
        return self._pair(item, over, from_s)

    def _why_not(self, item: WatchedSide, attempt: Attempt, over: Over, broken_off: Code | None) -> Reason | None:
        because = not_this(attempt) if over.turn.reach >= 1.0 else None
        because = because or edges(attempt, over, broken_off) or way(attempt, over)
        if because is None and seen_share(item.follower, over) < HARDLY_SEEN:
            return Reason(Code.HARDLY_SEEN)
        return because

    def _others(self, item: WatchedSide, over: Over) -> list[Over]:
        """Return the movements of the other leg by the same witness, finished lately or under way."""
        return [
            other
            for beside in self._sides.values()
            if beside is not item
            for other in [*beside.overs, *beside.follower.opens]
            if other.movement is over.movement and other.rank == over.rank
        ]

    def _attempt(self, item: WatchedSide, overs: list[Over], not_before_s: float) -> Attempt:
        now_s = item.follower.samples[-1].time_s
        busy: tuple[Span, ...] = ()
        if is_of_one_leg(overs[0].witness):
            busy = other_leg_moved(overs[0], self._others(item, overs[0]), now_s)
        return attempt_of(
            item.follower,
            overs,
            not_before_s=not_before_s,
            start_time_s=self._start_watch.kept_s,
            other_busy=busy,
            is_start=self._start_watch.last(len(item.follower.samples)),
        )

    def _is_ours(self, item: WatchedSide, attempt: Attempt, over: Over) -> bool:
        if not item.was_in_context(attempt):
            self.notes.elsewhere += over.turn.reach >= 1.0
            return False
        return is_of_side(attempt, over.movement) is not False

    def _is_listed(self, item: WatchedSide, over: Over) -> bool:
        """Return whether what does not count is worth telling.

        Not what the working leg made of it meanwhile, nor what was only glimpsed before the picture changed.
        """
        if over.turn.back_s is None and over.turn.over_s - over.turn.half_s < GLIMPSE_S:
            return False
        if over.turn.reach >= 1.0:
            return True
        span = over.turn.up_s
        return not any(
            overlap(span, busy) > 0.0 for beside in self._sides.values() if beside is not item for busy in beside.busy()
        )

    def _both(self, item: WatchedSide, over: Over, because: Reason) -> list[Claimed]:
        """List once what both legs did together."""
        attempt = self._attempt(item, [over], item.ended_s)
        if not self._is_ours(item, attempt, over):
            return []
        for beside in self._sides.values():
            beside.taken.append(over.turn.up_s)
        item.ended_s = attempt.end_s
        return [Claimed(replace(attempt, side=None), because)]

    def _take(self, item: WatchedSide, span: Span, attempt: Attempt) -> None:
        item.taken.append(span)
        del item.taken[:-8]
        item.ended_s = attempt.end_s
        if not is_of_one_leg(attempt.excursions[0].witness):
            for beside in self._sides.values():
                if beside is not item:
                    beside.taken.append(span)
                    beside.ended_s = attempt.end_s

    # -- to and fro -----------------------------------------------------------------------------------------------

    def _pair(self, item: WatchedSide, over: Over, from_s: float) -> list[Claimed]:
        """Wait for the movement to the other side of rest; two to the same side are two attempts."""
        before = item.pending
        if before is not None and before.movement is not over.movement:
            attempt = self._attempt(item, [before, over], item.pending_from_s)
            item.ended_s = attempt.end_s
            item.wait_for_the_other(None)
            return [Claimed(attempt, not_this(attempt))]
        alone = self._alone(item)
        item.wait_for_the_other(over, from_s)
        return alone

    def _alone(self, item: WatchedSide) -> list[Claimed]:
        """List a movement that waits in vain for the one to the other side."""
        over, from_s = item.pending, item.pending_from_s
        item.wait_for_the_other(None)
        if over is None or not item.follower.times or item.follower.times[-1] < over.turn.half_s:
            return []
        attempt = self._attempt(item, [over], from_s)
        words = {"position": over.movement.position}
        return [Claimed(attempt, Reason(Code.ONE_DIRECTION, words=words))]
