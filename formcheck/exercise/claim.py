"""Does a movement count, whose is it, and if it does not count: why. Pure functions of what was followed."""

from collections.abc import Sequence
from enum import Enum, auto

from formcheck.body.quantity import Answer, Condition
from formcheck.exercise.attempt import Attempt, Span
from formcheck.exercise.follow.follower import Over
from formcheck.exercise.follow.turning import Turn
from formcheck.exercise.quantities import OneSide
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.words import Movement, Witness

MOSTLY = 0.5
"""What holds for more than this share of the time holds."""
TOGETHER_FROM = 0.45
"""Legs that are up at the same time for about half of the shorter lift move together (less a picture or two of either end)."""
TOP_SHARE = 0.8
"""What a movement is shows above this share of its rise."""
TOGETHER_SHARE = 0.6
"""A leg that rises by this share of the other's rise moves with it; one that rises less is only dragged along by the
estimator, or sways (judgement; a far leg read up to 0.5 of the near one's rise on recordings)."""
GLIMPSE_SHARE = 0.1
"""Legs that move together are up for about equally long. Of one that is up for less than this share of the other's time,
bad landmarks showed it, or it twitched (judgement)."""


class Not(Enum):
    """Not a movement of this side or exercise at all: there is nothing to list."""

    OURS = auto()


def share(answers: Sequence[Answer]) -> float | None:
    """Return the share of "yes" among the answers that were seen, None if none was."""
    seen = [answer for answer in answers if answer is not None]
    return sum(seen) / len(seen) if seen else None


def is_of_one_leg(witness: Witness) -> bool:
    """Return whether a witness looks at one leg, so that the other one may move at the same time."""
    return any(isinstance(part, OneSide) for part in witness.quantity.parts())


def overlap(one: Span, other: Span) -> float:
    """Return which part of the shorter span lies in the other one."""
    shorter = min(one[1] - one[0], other[1] - other[0])
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / shorter if shorter > 0 else float(common >= 0)


def against_other_leg(over: Over, others: Sequence[Over]) -> Reason | Not | None:
    """Return what the other leg's movements make of one: both moved together, or only the other one did.

    Parameters
    ----------
    over
        The movement.
    others
        Those of the other leg by the same witness, finished lately or under way.
    """
    for other in others:
        if overlap(over.turn.up_s, other.turn.up_s) <= TOGETHER_FROM or _is_glimpse(other, beside=over):
            continue
        if _is_glimpse(over, beside=other):
            return Not.OURS
        smaller, larger = sorted((over.turn.rise, other.turn.rise))
        if smaller >= TOGETHER_SHARE * larger and min(over.turn.reach, other.turn.reach) >= 1.0:
            return Reason(Code.BOTH_SIDES)
        if other.turn.rise > over.turn.rise:
            return Not.OURS
    return None


def _is_glimpse(one: Over, *, beside: Over) -> bool:
    """Return whether one leg was up for too short a time, beside the other one, to have moved with it."""
    (from_s, to_s), (first_s, last_s) = one.turn.up_s, beside.turn.up_s
    return to_s - from_s < GLIMPSE_SHARE * (last_s - first_s)


def other_leg_moved(over: Over, others: Sequence[Over], now_s: float) -> tuple[Span, ...]:
    """Return when the other leg made complete movements of its own."""
    spans = []
    for other in others:
        own = overlap(over.turn.up_s, other.turn.up_s) <= TOGETHER_FROM
        if own and other.turn.reach >= 1.0:
            end_s = other.turn.valley_s if other.turn.back_s is not None else now_s
            spans.append((_rise_began_s(other.turn), end_s))
    return tuple(spans)


def _rise_began_s(turn: Turn) -> float:
    """Return about when a rise began: as long before it was half-way as it then took to its turning point, at most."""
    return max(turn.low_s, turn.half_s - max(turn.high_s - turn.half_s, 0.3))


def mostly(answers: Sequence[Answer]) -> bool:
    """Return whether something held for most of the time, as far as it was seen; where nothing was, it did."""
    seen = share(answers)
    return seen is None or seen > MOSTLY


def is_of_side(attempt: Attempt, movement: Movement) -> bool | None:
    """Return whether a movement of the whole body was to the attempt's side; None = not seen."""
    if movement.of_this_side is None:
        return True
    answers = share(_at_its_top(attempt, movement, movement.of_this_side))
    return None if answers is None else answers > MOSTLY


def not_this(attempt: Attempt) -> Reason | None:
    """Return what makes a movement another exercise, None if nothing does."""
    for excursion in attempt.excursions:
        if excursion.movement.stays_s > 0 and excursion.reach >= 1.0:
            inside = attempt.times[excursion.inside]
            if not inside.size or inside[-1] - inside[0] < excursion.movement.stays_s:
                return Reason(Code.NOT_KEPT, words={"position": excursion.position})
        for item in excursion.movement.not_this:
            true = share(_at_its_top(attempt, excursion.movement, item.condition))
            if true is not None and true > MOSTLY:
                return Reason(Code.SOMETHING_ELSE, words={"because": item.because})
    return None


def edges(attempt: Attempt, over: Over, broken_off: Code | None) -> Reason | None:
    """Return what was not seen of a movement, None if it was seen whole."""
    turn = over.turn
    if over.left and turn.back_s is None and not over.movement.lasts:
        return Reason(Code.LEFT_CONTEXT)
    if attempt.from_first and not over.movement.lasts:
        return Reason(Code.FIRST_FRAME)
    if turn.start_unseen:
        return Reason(Code.START_UNSEEN)
    if turn.return_unseen and not over.movement.lasts:
        return Reason(Code.RETURN_UNSEEN)
    if turn.back_s is None and not over.movement.lasts and (broken_off is not None or turn.reach >= 1.0):
        return Reason(broken_off or Code.RETURN_UNSEEN)
    return None


def way(attempt: Attempt, over: Over) -> Reason | None:
    """Return how far a movement came that did not come far enough, None if it did."""
    turn, witness = over.turn, over.witness
    if turn.reach >= 1.0:
        return None
    if witness.to is not None and turn.low + turn.least > witness.sign * witness.to - 1e-9:
        value, needed = witness.sign * turn.high, witness.sign * (turn.low + turn.least)
    else:
        value, needed = turn.rise, turn.least
    name = next((part.signal.name for part in witness.quantity.parts() if hasattr(part, "signal")), None)
    name = name or str(getattr(witness.quantity, "name", witness.quantity.unit))
    return Reason(
        Code.TOO_SHORT_A_WAY,
        {"value": value, "needed": needed},
        {"signal": name, "unit": witness.quantity.unit},
    )


def _at_its_top(attempt: Attempt, movement: Movement, condition: Condition) -> list[Answer]:
    """Return a condition's answers in the upper part of a movement, where it shows what it is."""
    excursion = attempt.excursion(movement.position)
    if excursion is None:
        return []
    top = excursion.values >= excursion.low + TOP_SHARE * (excursion.high - excursion.low)
    return [condition.answer(attempt.moment(item)) for item, kept in zip(attempt.samples, top, strict=True) if kept]
