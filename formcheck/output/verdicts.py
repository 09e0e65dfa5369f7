"""What a session came to in a sentence, and the one thing to do next."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from formcheck.exercise.reasons import Code
from formcheck.exercise.results import FaultResult, Form, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise, Severity
from formcheck.output.amounts import many
from formcheck.output.filming import how_to_film_it
from formcheck.output.sentences import MOSTLY, how_many_clean, next_time, why_not, why_nothing


def verdict(session: Session) -> tuple[str, str]:
    """Return what a session came to: the exercise with its repetitions, and how they were done."""
    counted = len(session.counted)
    head = f"{session.title}: {many(counted, 'repetition')}"
    sides = [f"{count} {side}" for side in ("left", "right") if (count := session.reps_of(side))]
    rest = f" ({', '.join(sides)})" if sides else ""
    if counted:
        rest += f", {how_many_clean(session.counted)}"
    attempts = len(session.reps) - counted
    if attempts:
        rest += f"; {many(attempts, 'attempt')} not counted"
    rest += "."
    holds = sum(len(rep.holds) for rep in session.counted)
    if holds:
        rest += f" {session.holds_passed} of {many(holds, 'hold')} long enough, {session.held_s:.1f} s in all."
    return head, rest


def what_next(session: Session, exercise: Exercise) -> tuple[str, str]:
    """Return the one thing that helps most, and why it is that one.

    Parameters
    ----------
    session
        What was found.
    exercise
        What was done.
    """
    counted = session.counted
    if not counted:
        return _where_nothing_counts(session, exercise)
    faults = worst_first(session)
    if faults and faults[0][0].severity is not Severity.INFO:
        return faults[0][0].cue, _why(faults[0], counted)
    unjudged = [rep for rep in counted if rep.form is Form.NOT_JUDGED or rep.form_share < MOSTLY]
    if 2 * len(unjudged) > len(counted):
        return _film_better(session, exercise, unjudged)
    attempts = [rep for rep in session.reps if rep.not_counted_because is not None]
    if len(attempts) > len(counted):
        reason = attempts[0].not_counted_because
        assert reason is not None
        return exercise.summary, f"{many(len(attempts), 'movement')} did not count: {why_not(reason)}."
    if faults:
        return faults[0][0].cue, _why(faults[0], counted)
    if unjudged:
        return _film_better(session, exercise, unjudged)
    return exercise.dose.advice, "Nothing that was seen needs to change."


def _film_better(session: Session, exercise: Exercise, unjudged: Sequence[Rep]) -> tuple[str, str]:
    """Return what lets the form of repetitions be judged, and why that matters."""
    seen = f"Of {len(unjudged)} of {many(len(session.counted), 'repetition')} most of the form could not be seen."
    numbers = {rep.number for rep in unjudged}
    causes = [item.reason for item in session.not_assessed if numbers & set(item.reps)]
    ways = Counter(way for cause in causes if (way := how_to_film_it(cause, exercise)) is not None)
    advice = next_time(session)
    return (ways.most_common(1)[0][0] if ways else advice[0] if advice else exercise.camera), seen


def _where_nothing_counts(session: Session, exercise: Exercise) -> tuple[str, str]:
    reason = session.nothing_counted_because
    if session.tracked == 0:
        return f"Place the camera so that all of you is in the picture. {exercise.camera}", "Nobody was seen."
    if reason is None:
        return exercise.summary, "Nothing was counted."
    if reason.code is Code.NEVER_BEGAN:
        return why_nothing(reason), "Nothing was counted."
    if reason.names:  # parts of the body that were not seen
        return f"Place the camera so that all of you is in the picture. {exercise.camera}", why_nothing(reason)
    return exercise.summary, why_nothing(reason)


def worst_first(session: Session) -> list[list[FaultResult]]:
    """Return the faults, those of a kind together with the worst first: what matters most and happens most comes first."""
    kinds: dict[str, list[FaultResult]] = defaultdict(list)
    for fault in session.faults:
        kinds[fault.id].append(fault)
    groups = [sorted(kind, key=lambda item: (-item.severity.rank, -excess(item))) for kind in kinds.values()]
    return sorted(groups, key=lambda kind: (-kind[0].severity.rank, -len({item.rep for item in kind})))


def excess(fault: FaultResult) -> float:
    """Return how far a fault is beyond its limit, in errors."""
    return abs(fault.measured - fault.limit) / (fault.error or 1.0)


def _why(kind: list[FaultResult], counted: tuple[Rep, ...]) -> str:
    numbers = {rep.number for rep in counted}
    among = {fault.rep for fault in kind} & numbers
    if not among:
        return f"{kind[0].title}."
    return f"{kind[0].title}: in {len(among)} of {many(len(counted), 'repetition')}."
