"""When a movement left rest, was farthest and came back, from what its witness showed."""

import math
from bisect import bisect_left

import numpy as np

from formcheck.body.meter import Measured
from formcheck.exercise.attempt import Attempt, Excursion, Rest, Span, other_of, zone
from formcheck.exercise.follow.follower import Over, SideFollower
from formcheck.exercise.follow.turning import HALF_WAY
from formcheck.exercise.motion import Values, median_of, movement_end_s, movement_start_s, slopes, steps_of

TOP_SHARE = 0.95
"""The peak is the middle of what lies above this share of the rise."""
START_KEPT_S = 5.0
"""How much of the start position before a movement is looked at."""
REST_WINDOW_S = 1.0
"""Rest is the median of the last second before a movement; less where it was shorter."""
VALLEY_S = 0.15
"""Without any rest between two movements, rest is what was seen so near to the valley between them."""
FIRST_S = 0.15
UNDER_WAY_SHARE = 0.35
"""A movement whose speed is this share of its fastest within this long of the first picture was under way there."""
FEWEST_S = 0.3
"""A shorter rest shows nothing of the other leg."""
BUSY_MARGIN_S = 0.3
"""The other leg has settled so long after its own movement."""


def attempt_of(
    follower: SideFollower,
    overs: list[Over],
    *,
    not_before_s: float,
    start_time_s: float,
    other_busy: tuple[Span, ...],
    is_start: "list[bool | None]",
) -> Attempt:
    """Return the attempt that one turn makes, or two to and fro.

    Parameters
    ----------
    follower
        Whose samples are looked at.
    overs
        The turns, in order.
    not_before_s
        End of the movement before.
    start_time_s
        How long the start position was kept well so far.
    other_busy
        When the other leg moved.
    is_start
        For each sample of the follower, whether it lies in the start position; None = not seen.
    """
    samples = follower.samples
    times = np.array(follower.times)
    first, last = overs[0], overs[-1]
    heights = {id(over): np.array(follower.heights(over.witness)) for over in overs}
    start_s = _start_s(first, times, _dating(follower, first, heights), not_before_s)
    paired = len(overs) > 1
    end_s = _end_s(last, times, _dating(follower, last, heights), _limit(last, paired=paired))
    end_s = max(end_s, start_s)
    during = follower.between(start_s - 1e-9, end_s + 1e-9)
    keep = slice(during.start, during.stop)
    excursions = tuple(
        _excursion(over, times[keep], heights[id(over)][keep], _limit(over, paired=paired)) for over in overs
    )
    farthest = max(range(len(overs)), key=lambda i: excursions[i].reach)
    earlier = _before(follower, start_s, not_before_s, is_start)
    starting, resting = _at_rest(follower, first, times, start_s, earlier, other_busy)
    turn = last.turn
    from_first = _from_first(first, times, heights[id(first)], start_s)
    return Attempt(
        side=follower.side,
        samples=tuple(samples[keep]),
        excursions=excursions,
        start_s=start_s,
        peak_s=_peak_s(overs[farthest], times, heights[id(overs[farthest])]),
        end_s=end_s,
        start_samples=tuple(starting),
        start_seen_s=next(
            (follower.times[i] for i in reversed(follower.between(-math.inf, start_s)) if is_start[i] is not False),
            -math.inf,
        ),
        rest=Rest(resting, _free(resting, earlier, other_busy), other_of(follower.side)),
        start_time_s=start_time_s,
        settings=follower.settings,
        other_busy=other_busy,
        from_first=from_first,
        whole=not (first.turn.start_unseen or from_first or turn.return_unseen or turn.back_s is None)
        and (paired or first.turn.reach >= 1.0),
    )


def _before(
    follower: SideFollower, start_s: float, not_before_s: float, is_start: "list[bool | None]"
) -> "list[tuple[Measured, bool | None]]":
    """Return what was seen in the last seconds before a movement, and whether each lies in the start position."""
    kept_s = max(not_before_s, start_s - START_KEPT_S)
    earlier = slice(bisect_left(follower.times, kept_s), bisect_left(follower.times, start_s))
    return list(zip(follower.samples[earlier], is_start[earlier], strict=True))


def _at_rest(
    follower: SideFollower,
    first: Over,
    times: Values,
    start_s: float,
    earlier: "list[tuple[Measured, bool | None]]",
    other_busy: tuple[Span, ...],
) -> tuple[list[Measured], list[Measured]]:
    """Return what was seen in the start position before a movement, and what was seen at rest."""
    samples = follower.samples
    starting = [item for item, at_start in earlier if at_start is not False and not _within(item.time_s, other_busy)]
    resting = [item for item, _ in earlier if item.time_s >= start_s - REST_WINDOW_S]
    if follower.to_and_fro:
        # One may go from the one side to the other: rest is where it was last seen, not what came just before.
        since_low = times - first.turn.low_s
        resting = [samples[i] for i in np.flatnonzero((since_low >= -REST_WINDOW_S) & (since_low <= 0.0))]
    if len(resting) < 2:
        resting = [samples[i] for i in np.flatnonzero(np.abs(times - start_s) <= VALLEY_S)]
    # Who was never in the start position is judged by how they rested: it is never required.
    return starting or [item for item in resting if item.time_s < start_s], resting


def _free(
    resting: list[Measured], earlier: "list[tuple[Measured, bool | None]]", other_busy: tuple[Span, ...]
) -> list[Measured]:
    """Return what was seen at rest while the other leg rested as well: just before, or a little earlier."""
    free = [item for item in resting if not _within(item.time_s, other_busy)]
    free = free or [item for item, _ in earlier if not _within(item.time_s, other_busy)]
    return free if free and free[-1].time_s - free[0].time_s >= FEWEST_S - 1e-6 else []


def _within(time_s: float, spans: tuple[Span, ...]) -> bool:
    return bool(spans) and any(first_s <= time_s <= last_s + BUSY_MARGIN_S for first_s, last_s in spans)


def _dating(follower: SideFollower, over: Over, heights: dict[int, Values]) -> Values:
    """Return the heights that tell when a movement left rest and was back."""
    dated_by = over.movement.dated_by
    if dated_by is None:
        return heights[id(over)]
    told = np.array(follower.heights(dated_by))
    return told if np.isfinite(told).sum() > 2 else heights[id(over)]


def _start_s(over: Over, times: Values, heights: Values, not_before_s: float) -> float:
    turn = over.turn
    keep = (times >= not_before_s - 1e-9) & (times <= max(turn.high_s, turn.half_s))
    if over.movement.lasts:
        keep &= times <= turn.half_s
    if keep.sum() < 3:
        return max(turn.low_s, not_before_s)
    return max(movement_start_s(times[keep], heights[keep], turn.half_s), not_before_s)


def _from_first(over: Over, times: Values, heights: Values, start_s: float) -> bool:
    """Return whether a movement was under way at the first sample: it did not leave a low point that was seen."""
    if start_s > times[0] + FIRST_S:
        return False
    rising = (times >= start_s) & (times <= over.turn.high_s) & ~np.isnan(heights)
    if rising.sum() < 3:
        return True
    # A window holds three samples at least, also at 10 frames a second.
    window_s = max(FIRST_S, 2.2 * median_of(steps_of(times[rising])))
    speeds = slopes(times[rising], heights[rising], window_s)
    return bool(speeds[0] > UNDER_WAY_SHARE * np.fmax.reduce(speeds))


def _limit(over: Over, *, paired: bool) -> float:
    """Return where the end position begins: of two to and fro half-way, where neither rest nor the other one can be."""
    return over.turn.low + (HALF_WAY if paired else 1.0) * over.turn.least


def _end_s(over: Over, times: Values, heights: Values, limit: float) -> float:
    turn = over.turn
    end_s = turn.end_s if turn.end_s is not None else float(times[-1])
    if over.movement.lasts:
        inside = zone(times, heights, limit, over.witness.slack) & (times >= turn.half_s) & (times <= end_s)
        last = np.flatnonzero(inside)
        if not last.size:
            return end_s
        if last[-1] == times.size - 1:
            return float(times[-1])
        keep = (times >= turn.half_s) & (times <= end_s)
        return max(min(_left_s(times[keep], heights[keep], float(times[last[-1]])), end_s), turn.half_s)
    if turn.back_s is None:
        return end_s
    keep = (times >= turn.high_s) & (times <= end_s)
    if keep.sum() < 3:
        return turn.valley_s
    return movement_end_s(times[keep], heights[keep], turn.back_s)


def _left_s(times: Values, heights: Values, out_s: float) -> float:
    """Return when the movement out of a position began that had left it at a time."""
    middle = times >= (times[0] + out_s) / 2
    if middle.sum() < 3:
        return out_s
    return movement_start_s(times[middle], heights[middle], out_s)


def _peak_s(over: Over, times: Values, heights: Values) -> float:
    turn = over.turn
    end_s = turn.end_s if turn.end_s is not None else float(times[-1])
    top = times[(heights >= turn.low + TOP_SHARE * turn.rise) & (times >= turn.half_s) & (times <= end_s)]
    return float(top[0] + top[-1]) / 2 if top.size else turn.high_s


def _excursion(over: Over, times: Values, heights: Values, limit: float) -> Excursion:
    turn = over.turn
    return Excursion(
        movement=over.movement,
        witness=over.witness,
        values=heights,
        inside=zone(times, heights, limit, over.witness.slack),
        well_inside=zone(times, heights, turn.low + turn.least, over.witness.slack),
        reach=turn.reach,
        low=turn.low,
        limit=limit,
        high=turn.high,
    )
