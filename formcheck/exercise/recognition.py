"""Names the exercise from what the rules of all exercises made of the same recording; or says that it is not sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck.exercise.reasons import NOT_SEEN_WHOLE
from formcheck.exercise.results import Rep

ENOUGH = 0.6
"""A recording shows an exercise from this score on: one clean repetition, or two with faults (judgement)."""
LEAD = 2.0
"""The exercise must score so many times what any other one does (judgement)."""
BETTER = 1.25
"""Of two rules that count the same movement it belongs to the one that it fits so many times better (judgement)."""
UNCLEAN = 0.5
"""What a counted repetition is worth that was not clean: other movements may pass for one, rarely for two (judgement)."""
ATTEMPT_COSTS = 0.25
"""What an attempt that does not count takes off the score; getting into position makes one or two (judgement). Nothing
where only a part of it was filmed: that speaks for no other exercise."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a recording fits one exercise.

    Attributes
    ----------
    exercise
        Its id.
    score
        About how many of its repetitions the recording shows; attempts lower it.
    """

    exercise: str
    score: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a recording may show.

    Attributes
    ----------
    exercise
        Id of the exercise; None = not sure.
    nearest
        The exercises of which something was seen, the best match first.
    """

    exercise: str | None
    nearest: tuple[Match, ...]


def recognise(reps: Mapping[str, Sequence[Rep]]) -> Recognition:
    """Return which exercise was done.

    Parameters
    ----------
    reps
        By exercise, the repetitions and attempts that its rule saw in the recording.
    """
    matches = [Match(exercise, _score(seen)) for exercise, seen in reps.items() if seen]
    nearest = tuple(sorted(matches, key=lambda match: -match.score))
    if not nearest or nearest[0].score < ENOUGH:
        return Recognition(None, nearest)
    best = nearest[0]
    rivals = [_not_better_seen(reps[match.exercise], reps[best.exercise]) for match in nearest[1:]]
    is_clear = all(best.score >= LEAD * _score(seen) for seen in rivals)
    return Recognition(best.exercise if is_clear else None, nearest)


def _not_better_seen(reps: Sequence[Rep], others: Sequence[Rep]) -> list[Rep]:
    """Return the repetitions and attempts of one exercise without those that count clearly better for another."""
    better = [other for other in others if other.counted]
    return [
        rep
        for rep in reps
        if not any(at_once(rep, other) and fit(other) >= BETTER * fit(rep) for other in better if rep.counted)
    ]


def at_once(rep: Rep, other: Rep) -> bool:
    """Return whether one movement had its end in the midst of the other."""
    return other.start_s < rep.peak_s < other.end_s


def _score(reps: Sequence[Rep]) -> float:
    return sum(worth(rep) for rep in apart(reps))


def apart(reps: Sequence[Rep]) -> list[Rep]:
    """Return repetitions and attempts, the better one of those that both sides seem to make at once: one movement, likely of both."""
    taken: list[Rep] = []
    for rep in sorted((rep for rep in reps if rep.counted), key=fit, reverse=True):
        if not any(at_once(rep, other) for other in taken):
            taken.append(rep)
    return [*taken, *(rep for rep in reps if not rep.counted)]


def worth(rep: Rep) -> float:
    """Return how much a repetition or attempt speaks for its exercise."""
    if rep.counted:
        return fit(rep)
    seen_whole = rep.not_counted_because is not None and rep.not_counted_because.code not in NOT_SEEN_WHOLE
    return -ATTEMPT_COSTS if seen_whole else 0.0


def fit(rep: Rep) -> float:
    """Return how much a counted repetition looks like the exercise: 1 = clean, and no check found anything.

    The movement itself, which was complete, weighs as much as one check.
    """
    met = [hold.passed for hold in rep.holds]
    met += [check.band != "fault" for check in rep.checks if check.band != "not_assessed"]
    return (1.0 if rep.clean else UNCLEAN) * (1 + sum(met)) / (1 + len(met))
