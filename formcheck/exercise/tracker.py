"""Follows one side through the phases of an exercise: when it leaves the start, what it reaches, when it is back.

Zones decide whether, motion decides when: see rules/METHOD.md, chapter 2.
"""

from collections.abc import Iterator
from enum import Enum, auto

from formcheck.body.meter import Measured
from formcheck.body.quantity import Answer, Measures, Moment, negate
from formcheck.exercise.attempt import HALF_WAY, Attempt, Closed
from formcheck.exercise.dating import (
    date,
    far,
    first_reached,
    left_rest_s,
    rests_again,
    turned_back,
    turned_round,
    why_not,
)
from formcheck.exercise.end_positions import EndPositions
from formcheck.exercise.rest import SETTLED_S
from formcheck.exercise.results import FIRST_FRAME, PhaseEntered
from formcheck.exercise.seeking import Seeker, under_way
from formcheck.exercise.start_position import KEPT_S, StartPosition
from formcheck.exercise.timer import Timer
from formcheck.exercise.words import Ending, Exercise, Fault, Level
from formcheck.pose.pose import Side

GAP_S = 0.5
"""Longer than this unseen, nobody can say when a movement left rest or came back (rules/METHOD.md, chapter 2)."""
GATE_LOST_S = 0.5
"""Out of the posture for this long ends an attempt; shorter breaks are bridged, as gaps are."""
CLOSE_AFTER_S = 5.0
"""A movement that came back and never rests is closed after this long; a slow return spends 3 s in the start zone."""
LONGEST_REP_S = 180.0
RETURN_SETTLE_S = 0.5
"""Coming back is believed after this long, however long the start position must be kept at first."""
JITTER_S = 0.1
"""Falling out of the start zone for so long, on the way back into it, is jitter."""


class _State(Enum):
    SEEKING = auto()
    REST = auto()
    AWAY = auto()
    RETURNING = auto()


Outcome = Closed | PhaseEntered


class Tracker:
    """Follows one side (or none) through the phases of one level."""

    def __init__(self, exercise: Exercise, level: Level | None, side: Side | None, settings: Measures) -> None:
        self._phases = exercise.phases_at(level)
        self._start, self._ends = self._phases[0], self._phases[1:]
        self.side: Side | None = side
        self._exercise = exercise
        self._posture = exercise.posture_at(level)
        self._settings = settings
        self._enders = tuple(c for c in exercise.checks_at(level) if isinstance(c, Fault) and c.ends_rep)
        self._seeker = Seeker(self._phases, self._posture)
        self.in_posture: Answer = None
        self._attempt: Attempt | None = None
        self._last: Measured | None = None
        self._restart(0.0, from_first_frame=True)

    # -- what others may ask ------------------------------------------------------------------------------------

    @property
    def attempt(self) -> Attempt | None:
        """The movement under way, None at rest."""
        return self._attempt

    @property
    def phase(self) -> str | None:
        """The phase that the side is in, None between two."""
        return self._start.id if self._state in (_State.REST, _State.RETURNING) else self._positions.phase

    @property
    def rest(self) -> Measures:
        """Measures at rest: before the movement under way, or so far."""
        return self._attempt.rest if self._attempt is not None else self._at_start.rest

    @property
    def resting(self) -> bool:
        """Whether the side is in its start position."""
        return self._state is _State.REST

    @property
    def complete(self) -> bool:
        """Whether the movement under way has reached every end position."""
        return self._attempt is not None and all(phase.id in self._attempt.reached for phase in self._ends)

    def step(self, sample: Measured) -> Iterator[Outcome]:
        """Take one moment in and yield what it decides."""
        self._last = sample
        yield from self._watch_posture(sample)
        if self._state in (_State.AWAY, _State.RETURNING):
            yield from self._move(sample)
        elif self._state is _State.REST:
            self._wait(sample)
        else:
            yield from self._seek(sample)
        if self._untold and (self._state is not _State.REST or sample.time_s - self._untold[-1].time_s > SETTLED_S):
            yield from self._list_first_frame()

    def finish(self, because: str) -> Iterator[Outcome]:
        """Close what is open: the clip or the scene ends, for this reason."""
        if self._untold:
            yield from self._list_first_frame()
        yield from self._break_off(because)
        self._restart(self._last.time_s if self._last is not None else 0.0, from_first_frame=True)
        self._last = None

    def began_s(self) -> float:
        """Return when the movement under way began."""
        assert self._attempt is not None  # asked of a side that moves
        return left_rest_s(self._attempt, first_reached(self._attempt, self._ends), len(self._attempt.samples))

    def skip_start(self, at_s: float) -> Iterator[Outcome]:
        """Close a complete movement: the other side moved on at this time, without the start position in between."""
        if self._attempt is not None and self.complete:
            self._attempt.skipped_start, self._attempt.end_s = True, at_s
            yield from self._close(None)
            self._attempt, self._state, self._passing = None, _State.REST, True

    # -- states ---------------------------------------------------------------------------------------------------

    def _restart(self, time_s: float, *, from_first_frame: bool) -> None:
        self._state = _State.SEEKING
        self._attempt = None
        self._seeker.restart(from_first_frame=from_first_frame)
        self._at_start = StartPosition(self._phases, self.side, self._settings)
        self._positions = EndPositions(self._ends, self._enders)
        self._gate_timer, self._return_timer = Timer(), Timer(JITTER_S)
        self._returned_s = 0.0
        self._ended_s = 0.0
        self._told_s = time_s
        self._untold: list[Measured] = []
        self._passing = False
        self._passed_s: float | None = None

    def _moment(self, sample: Measured) -> Moment:
        return Moment(sample.measures, self.side, sample.near, self.rest, self._settings)

    def _watch_posture(self, sample: Measured) -> Iterator[Outcome]:
        gate = self._posture.gate if self._state is _State.SEEKING else self._posture.gate.relaxed()
        answer = gate.answer(self._moment(sample))
        self.in_posture = answer
        lost = self._gate_timer.update(sample.time_s, answer is False)
        if lost >= GATE_LOST_S and self._state is not _State.SEEKING:
            yield from self._break_off(f"left the position ({self._posture.name})")
            self._restart(sample.time_s, from_first_frame=False)

    def _seek(self, sample: Measured) -> Iterator[Outcome]:
        if self.in_posture is not True:
            self._seeker.out_of_posture(sample.time_s, self.in_posture)
            return
        moment = self._moment(sample)
        at_start = self._start.enter is None or self._start.enter.answer(moment)
        if self._exercise.start_optional and not at_start:
            since_s = self._positions.entered_since(sample.time_s, moment)
            if since_s is not None:  # begin in an end position
                self._begin(None, from_s=since_s)
                for item in [*self._seeker.seen, sample]:
                    yield from self._move(item)
                return
        found = self._seeker.step(sample, at_start, self._at_start)
        if found is not None:
            self._at_start.settle(found.since)
            self._state = _State.REST
            self._told_s = sample.time_s
            self._untold = found.before
            yield PhaseEntered(sample.time_s, self.side, self._start.id)

    def _list_first_frame(self) -> Iterator[Outcome]:
        before, self._untold = self._untold, []
        attempt = under_way(before, self.side, self.rest, self._settings, self._ends)
        if attempt is not None:
            yield Closed(attempt, FIRST_FRAME)

    def _wait(self, sample: Measured) -> None:
        self._at_start.see(sample)
        moment = self._moment(sample)
        zone, leave = self._start.zone, self._start.leave
        if self._passing:
            # On the way back from a movement that the other side has cut short: no movement of its own.
            self._passing = zone is not None and zone.answer(moment) is not True
            return
        here = True if self._start.enter is None else self._start.enter.relaxed().answer(moment)
        own = [] if zone is None else [zone.relaxed().answer(moment)]
        own += [] if leave is None else [negate(leave).answer(moment)]
        if False in own or (here is False and not own):
            if zone is not None and self._at_start.went_below(moment):
                # Deeper into rest than what was taken for rest: that is the rest.
                self._at_start.forget()
                self._at_start.keep(sample)
                return
            self._begin(sample, from_s=sample.time_s).start_unseen = sample.time_s - self._told_s > GAP_S
            return
        if here is not None and None not in own:
            self._told_s = sample.time_s
        # Out of the start position without having moved: the other side moves, which is neither rest nor a movement.
        if here is True and None not in own:
            self._at_start.keep(sample)

    def _begin(self, sample: Measured | None, from_s: float) -> Attempt:
        self._attempt = self._at_start.leave(from_s, whole=sample is not None)
        self._state = _State.AWAY
        self._positions.begin()
        self._passed_s = None
        self._return_timer.since_s = None
        if sample is not None:
            self._attempt.add(sample, self._positions.inside)
        return self._attempt

    def _move(self, sample: Measured) -> Iterator[Outcome]:
        attempt = self._attempt
        assert attempt is not None  # the state says so
        moment = self._moment(sample)
        left = yield from self._positions.follow(sample.time_s, moment, attempt)
        first_s = attempt.reached.get(self._positions.phase or "", sample.time_s)
        if self._passed_s is not None and first_s < self._passed_s and not self.complete:
            yield from self._turn_again(sample, self._passed_s)
            return
        attempt.add(sample, self._positions.inside)
        reason = self._positions.ended_by(sample.time_s, moment)
        if reason is None and left and self.complete and self._exercise.ending is Ending.LAST_HOLD:
            yield from self._close(None)
            self._begin(None, from_s=attempt.end_s).continued = True
            return
        if reason is None and sample.time_s - attempt.start_s > LONGEST_REP_S:
            reason = f"took over {LONGEST_REP_S:.0f} s"
        if reason is not None:
            yield from self._close(reason)
            self._restart(sample.time_s, from_first_frame=False)
        else:
            yield from self._return(sample, moment, attempt)

    def _return(self, sample: Measured, moment: Moment, attempt: Attempt) -> Iterator[Outcome]:
        parts = [part for part in (self._start.enter, self._start.zone) if part is not None]
        # A start that is left early, to see attempts, is regained as late by those that reached nothing.
        early = [negate(self._start.leave)] if self._start.leave is not None and not attempt.reached else []
        if self._state is _State.RETURNING:
            if False in [part.answer(moment) for part in (*(part.relaxed() for part in parts), *early)]:
                if not self.complete and not turned_back(attempt, self._ends, self._returned_s):
                    self._state, self._return_timer.since_s = _State.AWAY, None
                    return
                yield from self._close(None if self.complete else why_not(attempt, self._ends))
                self._begin_again(sample)
            elif sample.time_s - self._returned_s >= CLOSE_AFTER_S or rests_again(
                attempt, self._ends[0], self._returned_s
            ):
                yield from self._close(None if self.complete else why_not(attempt, self._ends))
                self._settle(sample)
            return
        if self._return_timer.since_s is not None:
            parts = [part.relaxed() for part in parts]  # as any zone: easier to stay in than to enter
        answers = [part.answer(moment) for part in (*parts, *early)]
        back = self._return_timer.update(
            sample.time_s, False if False in answers else None if None in answers else True
        )
        if back == 0.0:
            attempt.return_unseen = sample.time_s - self._told_s > GAP_S
        if False in answers or None not in answers:
            self._told_s = sample.time_s
        if back < min(self._start.settle_s, RETURN_SETTLE_S) - 1e-6:
            return
        if self._exercise.ending is Ending.LAST_HOLD and attempt.reached:
            self._passed_s = sample.time_s
            return  # the start may be passed between two holds
        self._state = _State.RETURNING
        self._returned_s = self._return_timer.since_s or sample.time_s
        yield PhaseEntered(sample.time_s, self.side, self._start.id)

    # -- closing --------------------------------------------------------------------------------------------------

    def _break_off(self, because: str) -> Iterator[Outcome]:
        """Close the movement under way before its end; what is complete counts."""
        if self._attempt is not None:
            done = self._state is _State.RETURNING or self._exercise.ending is Ending.LAST_HOLD
            yield from self._close(None if done and self.complete else because)

    def _close(self, because: str | None) -> Iterator[Outcome]:
        attempt = self._attempt
        assert attempt is not None  # the callers looked
        if not attempt.samples:
            return
        returned_s = self._returned_s if self._state is _State.RETURNING else None
        # Once it is back, what comes is the next movement.
        reach = max(far(attempt, phase, returned_s) for phase in self._ends)
        if not attempt.reached and (reach < HALF_WAY or (attempt.continued and len(self._ends) > 1)):
            return  # a small movement in place is nothing, nor is swinging back past the start
        date(attempt, self._ends, self._exercise.ending, not_before_s=self._ended_s, returned_s=returned_s)
        if not attempt.reached and turned_round(attempt):
            return  # nor is turning to another side, which changes what every angle is measured from
        self._ended_s = attempt.end_s
        if because is None and (attempt.start_unseen or attempt.return_unseen):
            because = f"its {'start' if attempt.start_unseen else 'return'} was not seen"
        yield Closed(attempt, because, reach)

    def _turn_again(self, sample: Measured, passed_s: float) -> Iterator[Outcome]:
        """Close a movement that makes its first turn again: it ended when the start was last passed, uncounted."""
        attempt = self._attempt
        assert attempt is not None  # the caller moves
        later = [*attempt.cut(passed_s), sample]
        yield from self._close(why_not(attempt, self._ends))
        self._attempt, self._state = None, _State.REST
        self._at_start.forget()
        self._at_start.settle(item for item in attempt.samples if item.time_s > passed_s - KEPT_S)
        for item in later:
            if self._state is _State.REST:
                self._wait(item)
            else:
                yield from self._move(item)

    def _settle(self, sample: Measured) -> None:
        """Go on from rest: what was seen after the movement's end is the new rest."""
        attempt = self._attempt
        assert attempt is not None
        since_s = self._returned_s
        if attempt.reached:
            since_s = min(attempt.end_s, sample.time_s)
            self._at_start.forget()
        # After a mere attempt the old rest goes on.
        self._attempt, self._state = None, _State.REST
        self._at_start.settle(item for item in attempt.samples if item.time_s >= since_s)

    def _begin_again(self, sample: Measured) -> None:
        """Leave at once for the next repetition: rest was only touched."""
        self._settle(sample)
        self._begin(sample, from_s=sample.time_s)
