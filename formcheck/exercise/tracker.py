"""Follows one side through the phases of an exercise: when it leaves the start, what it reaches, when it is back.

Zones decide whether, motion decides when: see rules/METHOD.md, chapter 2.
"""

from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from formcheck.body.meter import Measured
from formcheck.body.quantity import Answer, Condition, Measures, Moment, negate
from formcheck.exercise.attempt import HALF_WAY, Attempt, primary
from formcheck.exercise.dating import date, far, first_reached, kept_level, left_rest_s, rests_again, why_not
from formcheck.exercise.motion import STILL_BELOW, movement_start_s, slopes, sustained
from formcheck.exercise.quantities import Change, series
from formcheck.exercise.reading import keys_of
from formcheck.exercise.rest import SETTLED_S, rest_of
from formcheck.exercise.results import PhaseEntered
from formcheck.exercise.words import Ending, Exercise, Fault, Level, Phase, Posture, changes_in
from formcheck.pose.pose import Side

REST_LAG_S = 2.0
"""While one rests, a movement shows against what was rest so long ago."""
REST_KEPT_S = 5.0
"""How much of the start position is kept to look back on: for set-up checks and for dating the start."""
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
UNSEEN_S = 0.3
"""Unseen up to this long neither adds nor resets; longer resets (rules/METHOD.md, chapter 2)."""


class _State(Enum):
    SEEKING = auto()
    REST = auto()
    AWAY = auto()
    RETURNING = auto()


@dataclass(frozen=True, slots=True)
class Closed:
    """A movement is over.

    Attributes
    ----------
    because
        Why it does not count, None if it was complete.
    reach
        How far it came: 1 = the limit of an end position.
    """

    attempt: Attempt
    because: str | None
    reach: float = 0.0


Outcome = Closed | PhaseEntered


class Timer:
    """How long an answer has been the same, in media time; not seen for a moment, it neither goes on nor starts anew.

    Parameters
    ----------
    patience_s
        A "no" up to this long is taken for jitter.
    """

    def __init__(self, patience_s: float = 0.0) -> None:
        self.since_s: float | None = None
        self._told_s = 0.0
        self._patience_s = patience_s

    def update(self, time_s: float, holds: Answer) -> float:
        """Return for how long it has held, -1 if it does not."""
        patience_s = UNSEEN_S if holds is None else self._patience_s
        bridged = self.since_s is not None and time_s - self._told_s <= patience_s + 1e-6
        if not holds and not bridged:
            self.since_s = None
            return -1.0
        if self.since_s is None:
            self.since_s = time_s
        if holds:
            self._told_s = time_s
        return self._told_s - self.since_s


class Tracker:
    """Follows one side (or none) through the phases of one level."""

    def __init__(self, exercise: Exercise, level: Level | None, side: Side | None, settings: Measures) -> None:
        phases = exercise.phases_at(level)
        self.side: Side | None = side
        self._exercise = exercise
        self._posture: Posture = exercise.posture_at(level)
        self._start, self._ends = phases[0], phases[1:]
        self._settings = settings
        self._zone_changes = _unique_changes(phases)
        self._enders = [check for check in exercise.checks_at(level) if isinstance(check, Fault) and check.ends_rep]
        self.in_posture: Answer = None
        self.phase: str | None = None
        self._state = _State.SEEKING
        self._attempt: Attempt | None = None
        self._last: Measured | None = None
        self._restart(0.0)

    # -- what others may ask ------------------------------------------------------------------------------------

    @property
    def attempt(self) -> Attempt | None:
        """The movement under way, None at rest."""
        return self._attempt

    @property
    def rest(self) -> Measures:
        """Measures at rest: before the movement under way, or so far."""
        return self._attempt.rest if self._attempt is not None else self._rest

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
        if self._attempt is not None:
            done = self._state is _State.RETURNING or self._exercise.ending is Ending.LAST_HOLD
            yield from self._close(None if done and self.complete else because)
        self._restart(self._last.time_s if self._last is not None else 0.0)

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

    def _restart(self, time_s: float) -> None:
        self._state = _State.SEEKING
        self._attempt = None
        self._rest_moments: deque[Measured] = deque()
        self._before: deque[Measured] = deque()
        self._rest: dict[str, float] = {}
        self._start_time_s = 0.0
        self._sought: list[Measured] = []
        self._from_first_frame = True
        self._start_timer, self._gate_timer, self._return_timer = Timer(), Timer(), Timer(JITTER_S)
        self._enter_timers = {phase.id: Timer() for phase in self._ends}
        self._ender_timers = {check.id: Timer() for check in self._enders}
        self._inside = dict.fromkeys(self._enter_timers, False)
        self._gate_lost_at: float | None = None
        self._returned_s = 0.0
        self._ended_s = 0.0
        self._told_s = time_s
        self._untold: list[Measured] = []
        self._passing = False
        self._last = None
        self.phase = None

    def _moment(self, sample: Measured) -> Moment:
        rest = self._attempt.rest if self._attempt is not None else self._rest
        return Moment(sample.measures, self.side, sample.near, rest, self._settings)

    def _watch_posture(self, sample: Measured) -> Iterator[Outcome]:
        gate = self._posture.gate if self._state is _State.SEEKING else self._posture.gate.relaxed()
        answer = gate.answer(self._moment(sample))
        self.in_posture = answer
        lost = self._gate_timer.update(sample.time_s, answer is False)
        if lost >= GATE_LOST_S and self._state is not _State.SEEKING:
            if self._attempt is not None:
                done = self._state is _State.RETURNING or self._exercise.ending is Ending.LAST_HOLD
                yield from self._close(None if done and self.complete else f"left the position ({self._posture.name})")
            self._restart(sample.time_s)
            self._from_first_frame = False

    def _seek(self, sample: Measured) -> Iterator[Outcome]:
        moment = self._moment(sample)
        if self.in_posture is not True:
            self._start_timer.update(sample.time_s, self.in_posture)
            if self.in_posture is False:
                self._sought.clear()
                self._from_first_frame = False
            return
        at_start = self._start.enter is None or self._start.enter.answer(moment)
        if self._exercise.start_optional and not at_start:
            yield from self._seek_end(sample, moment)
            if self._state is not _State.SEEKING:
                return
        self._sought.append(sample)
        if len(self._sought) > 2 and sample.time_s - self._sought[0].time_s > LONGEST_REP_S:
            del self._sought[0]
        kept = self._start_timer.update(sample.time_s, at_start)
        if kept >= self._start.settle_s - 1e-6 and not (self._start.still and self._is_moving(sample.time_s)):
            since = self._start_timer.since_s or 0.0
            if self._start.still:
                since = sample.time_s - self._start.settle_s
            before = [item for item in self._sought if item.time_s < since]
            self._before = deque(item for item in self._sought if item.time_s >= since)
            for item in self._before:
                self._keep_rest(item)
            self._state, self.phase = _State.REST, self._start.id
            yield PhaseEntered(sample.time_s, self.side, self._start.id)
            self._told_s = sample.time_s
            self._untold = before if self._from_first_frame else []
            self._sought.clear()
            self._from_first_frame = False

    def _is_moving(self, now_s: float) -> bool:
        """Return whether the posture, or what the end positions are read from, changed lately faster than a hold may."""
        recent = [item for item in self._sought if now_s - item.time_s <= self._start.settle_s + 1e-6]
        times = np.array([item.time_s for item in recent])
        watched = [next(self._posture.gate.comparisons()).quantity]
        watched += [primary(phase).quantity for phase in self._ends]
        for quantity in watched:
            of = quantity.of if isinstance(quantity, Change) else quantity
            slope = slopes(times, series(of, times.tolist(), [self._moment(item) for item in recent]), 1e3)[-1]
            if abs(slope) >= STILL_BELOW.get(of.unit, np.inf):
                return True
        return False

    def _seek_end(self, sample: Measured, moment: Moment) -> Iterator[Outcome]:
        """Begin in an end position, for an exercise whose start is optional."""
        for phase in self._ends:
            kept = self._enter_timers[phase.id].update(sample.time_s, _answer(phase.enter, moment) is True)
            if kept >= phase.settle_s - 1e-6:
                self._begin(None, from_s=self._enter_timers[phase.id].since_s or sample.time_s)
                for item in [*self._sought, sample]:
                    yield from self._move(item)
                return

    def _list_first_frame(self) -> Iterator[Outcome]:
        """List a movement that was under way at the first frame: its end positions were seen, its start was not."""
        before, self._untold = self._untold, []
        attempt = Attempt(self.side, dict(self.rest), [], [], 0.0, self._settings)
        for item in before:
            moment = attempt.moment(item)
            inside = {phase.id: _answer(phase.enter, moment) is True for phase in self._ends}
            attempt.add(item, inside)
        for phase in self._ends:
            flags = np.array(attempt.inside.get(phase.id, []), dtype=float)
            if flags.size and sustained(attempt.times(), flags, phase.settle_s) == 1.0:
                attempt.reached[phase.id] = before[int(np.argmax(flags))].time_s
        if attempt.reached:
            attempt.start_s, attempt.end_s = before[0].time_s, before[-1].time_s
            attempt.peak_s = min(attempt.reached.values())
            yield Closed(attempt, "already moving at the first frame")

    def _wait(self, sample: Measured) -> None:
        self._before.append(sample)
        while sample.time_s - self._before[0].time_s > REST_KEPT_S:
            self._before.popleft()
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
            if self._start.zone is not None and self._went_below(moment):
                # Deeper into rest than what was taken for rest: that is the rest.
                self._rest_moments.clear()
                self._keep_rest(sample)
                return
            self._begin(sample, from_s=sample.time_s).start_unseen = sample.time_s - self._told_s > GAP_S
            return
        if here is not None and None not in own:
            self._told_s = sample.time_s
        # Out of the start position without having moved: the other side moves, which is neither rest nor a movement.
        if here is True and None not in own:
            self._keep_rest(sample)

    def _went_below(self, moment: Moment) -> bool:
        """Return whether the movement went away from every end position, beyond the start zone."""
        progress = []
        for phase in self._ends:
            comparison = primary(phase)
            if not isinstance(comparison.quantity, Change):
                return False
            value = comparison.value(moment)
            progress.append(value if comparison.operator == ">" else -value)
        assert self._start.zone is not None  # the caller looked
        # Only the zone on the moved quantity matters here; the rest of the start position must still hold.
        absolute = self._start.enter is None or self._start.enter.relaxed().answer(moment) is not False
        return absolute and all(value < 0 for value in progress)

    def _keep_rest(self, sample: Measured) -> None:
        good = self._start.good is None or self._start.good.answer(self._moment(sample)) is True
        if self._rest_moments and good:
            step = sample.time_s - self._rest_moments[-1].time_s
            self._start_time_s += step if step <= GATE_LOST_S else 0.0
        self._rest_moments.append(sample)
        while sample.time_s - self._rest_moments[0].time_s > REST_KEPT_S:
            self._rest_moments.popleft()
        keys = {key for change in self._zone_changes for key in keys_of(change, self.side)}
        # Rest lags behind, or it would follow a slow movement; until enough is known, all of it is rest.
        before_s = sample.time_s - REST_LAG_S
        lagging = [item for item in self._rest_moments if item.time_s <= before_s]
        self._rest = rest_of(lagging if len(lagging) > 2 else list(self._rest_moments), keys)

    def _begin(self, sample: Measured | None, from_s: float) -> Attempt:
        kept = [item for item in self._rest_moments if item.time_s < from_s or sample is not None]
        rest = rest_of(self._before_moving(kept), None) if kept else dict(self._rest)
        before = [item for item in self._before if item.time_s < from_s]
        self._attempt = Attempt(self.side, rest, kept, before, self._start_time_s, self._settings, start_s=from_s)
        self._state, self.phase = _State.AWAY, None
        self._inside = dict.fromkeys(self._inside, False)
        for timer in (*self._enter_timers.values(), *self._ender_timers.values(), self._return_timer):
            timer.since_s = None
        if sample is not None:
            self._attempt.add(sample, self._inside)
        return self._attempt

    def _before_moving(self, kept: list[Measured]) -> list[Measured]:
        """Return what was seen at rest before the movement began that has just left the start zone."""
        times = np.array([item.time_s for item in kept])
        began_s = float(times[-1])
        for phase in self._ends:
            comparison = primary(phase)
            values = np.array([comparison.value(self._moment(item)) for item in kept])
            if np.isfinite(values).sum() > 2:
                began_s = min(began_s, movement_start_s(times, values, float(times[-1])))
        return [item for item in kept if item.time_s <= began_s]

    def _move(self, sample: Measured) -> Iterator[Outcome]:
        attempt = self._attempt
        assert attempt is not None  # the state says so
        moment = self._moment(sample)
        left = yield from self._follow_ends(sample, moment)
        attempt.add(sample, dict(self._inside))
        if (reason := self._ended_by(sample, moment)) is not None:
            yield from self._close(reason)
            self._restart(sample.time_s)
            self._from_first_frame = False
        elif left and self.complete and self._exercise.ending is Ending.LAST_HOLD:
            yield from self._close(None)
            self._begin(None, from_s=attempt.end_s).continued = True
        elif sample.time_s - attempt.start_s > LONGEST_REP_S:
            yield from self._close(f"took over {LONGEST_REP_S:.0f} s")
            self._restart(sample.time_s)
            self._from_first_frame = False
        else:
            yield from self._return(sample, moment, attempt)

    def _follow_ends(self, sample: Measured, moment: Moment) -> Generator[Outcome, None, bool]:
        """Enter and leave end positions; return whether one was left."""
        assert self._attempt is not None
        left = False
        for phase in self._ends:
            if self._inside[phase.id]:
                stays = (
                    _answer(phase.leave, moment) is not True
                    if phase.leave is not None
                    else (_answer(phase.enter.relaxed() if phase.enter is not None else None, moment) is not False)
                )
                if not stays:
                    self._inside[phase.id] = False
                    self._enter_timers[phase.id].since_s = None
                    self.phase = None
                    left = True
                continue
            timer = self._enter_timers[phase.id]
            answer = _answer(phase.enter, moment)
            if answer is None and timer.since_s is not None:
                continue  # unseen neither adds nor resets
            if timer.update(sample.time_s, answer is True) >= phase.settle_s - 1e-6:
                self._inside[phase.id] = True
                self.phase = phase.id
                since = timer.since_s if timer.since_s is not None else sample.time_s
                self._attempt.reached.setdefault(phase.id, since)
                # The position was reached when its condition first held, not when that was believed.
                flags = self._attempt.inside.setdefault(phase.id, [])
                for i, item in enumerate(self._attempt.samples):
                    if item.time_s >= since and i < len(flags):
                        flags[i] = True
                yield PhaseEntered(sample.time_s, self.side, phase.id)
        return left

    def _ended_by(self, sample: Measured, moment: Moment) -> str | None:
        for check in self._enders:
            beyond = any(
                _beyond(band.quantity.value(moment), band.fault) for band in check.bands if band.fault is not None
            )
            if self._ender_timers[check.id].update(sample.time_s, beyond) >= (check.for_s or 0.0) - 1e-6:
                return check.id.replace("_", " ")
        return None

    def _return(self, sample: Measured, moment: Moment, attempt: Attempt) -> Iterator[Outcome]:
        parts = [part for part in (self._start.enter, self._start.zone) if part is not None]
        # A start that is left early, to see attempts, is regained as late by those that reached nothing.
        early = [negate(self._start.leave)] if self._start.leave is not None and not attempt.reached else []
        if self._state is _State.RETURNING:
            if False in [part.answer(moment) for part in (*(part.relaxed() for part in parts), *early)]:
                if not self.complete and not self._turned_back(attempt):
                    self._state, self.phase, self._return_timer.since_s = _State.AWAY, None, None
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
            return  # the start may be passed between two holds
        self._state, self.phase = _State.RETURNING, self._start.id
        self._returned_s = self._return_timer.since_s or sample.time_s
        yield PhaseEntered(sample.time_s, self.side, self._start.id)

    def _turned_back(self, attempt: Attempt) -> bool:
        """Return whether it went back by half of its way; less than that at the edge of the start zone is unrest."""
        since = attempt.times() >= self._returned_s
        for phase in self._ends:
            progress = attempt.progress(phase, whole=False)
            if kept_level(attempt.times()[since], -progress[since]) > -HALF_WAY * kept_level(attempt.times(), progress):
                return True
        return False

    # -- closing --------------------------------------------------------------------------------------------------

    def _close(self, because: str | None) -> Iterator[Outcome]:
        attempt = self._attempt
        assert attempt is not None  # the callers looked
        if not attempt.samples:
            return
        returned_s = self._returned_s if self._state is _State.RETURNING else None
        # Once it is back, what comes is the next movement.
        reach = max(far(attempt, phase, returned_s) for phase in self._ends)
        if not attempt.reached and reach < HALF_WAY:
            return  # a small movement in place is nothing
        date(attempt, self._ends, self._exercise.ending, not_before_s=self._ended_s, returned_s=returned_s)
        self._ended_s = attempt.end_s
        if because is None and (attempt.start_unseen or attempt.return_unseen):
            because = f"its {'start' if attempt.start_unseen else 'return'} was not seen"
        yield Closed(attempt, because, reach)

    def _settle(self, sample: Measured) -> None:
        """Go on from rest: what was seen after the movement's end is the new rest."""
        attempt = self._attempt
        assert attempt is not None
        if attempt.reached:
            after = [item for item in attempt.samples if item.time_s >= min(attempt.end_s, sample.time_s)]
            self._rest_moments.clear()
        else:  # an attempt, or nothing: the old rest goes on
            after = [item for item in attempt.samples if item.time_s >= self._returned_s]
        self._attempt = None
        self._state, self.phase = _State.REST, self._start.id
        self._before = deque(after)
        for item in after:
            self._keep_rest(item)

    def _begin_again(self, sample: Measured) -> None:
        """Leave at once for the next repetition: rest was only touched."""
        self._settle(sample)
        self._begin(sample, from_s=sample.time_s)


def _unique_changes(phases: tuple[Phase, ...]) -> list[Change]:
    conditions = [part for phase in phases for part in (phase.enter, phase.zone, phase.leave)]
    return [change for condition in conditions for change in changes_in(condition)]


def _answer(condition: Condition | None, moment: Moment) -> Answer:
    return None if condition is None else condition.answer(moment)


def _beyond(value: float, limits: tuple[float | None, float | None]) -> bool:
    low, high = limits
    return (low is not None and value < low) or (high is not None and value > high)
