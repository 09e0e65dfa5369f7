"""Which witness carries a movement: the best one that the view shows and that was seen."""

import math

from formcheck.body.view import View
from formcheck.exercise.follow.follower import Over, SideFollower
from formcheck.exercise.follow.turning import GAP_S
from formcheck.exercise.reading import error_of
from formcheck.exercise.words import Movement, Witness

SEEN_SHARE = 0.8
"""A witness that was seen for this share of a movement, without a long gap, carries it."""
LOOK_BACK_S = 2.0
"""How long before it was half-way a witness must have been seen."""


def seen_share(follower: SideFollower, over: Over) -> float:
    """Return the share of a movement, from half-way up to its end, in which its witness was seen."""
    heights = follower.heights(over.witness)
    seen = [heights[i] == heights[i] for i in follower.between(over.turn.half_s, over.turn.over_s)]
    return sum(seen) / len(seen) if seen else 1.0


def carries(follower: SideFollower, over: Over) -> bool:
    """Return whether a witness is the best one that this view shows and that was seen over the movement."""
    from_s, end_s = max(over.turn.low_s, over.turn.half_s - LOOK_BACK_S), over.turn.over_s
    kept = follower.between(from_s, end_s) or range(len(follower.samples) - 1, len(follower.samples))
    view = follower.samples[kept[len(kept) // 2]].view.kind
    ranks = [rank for rank in range(len(over.movement.witnesses)) if shown(over.movement, rank, view)]
    seen = next((rank for rank in ranks if _is_seen(follower, over.movement.witnesses[rank], kept)), None)
    return over.rank in ranks if seen is None else over.rank == seen


def _is_seen(follower: SideFollower, witness: Witness, kept: range) -> bool:
    """Return whether a witness was seen at most of these samples, without a long gap."""
    heights = follower.heights(witness)
    first_s, last_s = follower.times[kept[0]], follower.times[kept[-1]]
    times = [follower.times[i] for i in kept if heights[i] == heights[i]]
    gaps = [b - a for a, b in zip([first_s, *times], [*times, last_s], strict=True)]
    return len(times) >= SEEN_SHARE * len(kept) and max(gaps) <= GAP_S


def shown(movement: Movement, rank: int, view: View | None) -> bool:
    """Return whether a view shows a witness; in an unknown view, all are."""
    witness = movement.witnesses[rank]
    return view is None or (view in witness.views and not math.isnan(error_of(witness.quantity, view, of_change=True)))
