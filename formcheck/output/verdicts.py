"""What a session came to in a sentence, and the one thing to do next."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from formcheck.exercise.reasons import Code
from formcheck.exercise.results import FaultResult, Form, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise, Severity
from formcheck.language import _, _n
from formcheck.output.filming import how_to_film_it
from formcheck.output.sentences import MOSTLY, how_many_clean, next_time, why_not, why_nothing


def verdict(session: Session) -> tuple[str, str]:
    """Return what a session came to: the exercise with its repetitions, and how they were done."""
    counted = len(session.counted)
    head = _n("{title}: {count} repetition", "{title}: {count} repetitions", counted, title=session.title)
    sides = [f"{count} {_(side)}" for side in ("left", "right") if (count := session.reps_of(side))]
    rest = f" ({', '.join(sides)})" if sides else ""
    if counted:
        rest += f", {how_many_clean(session.counted)}"
    attempts = len(session.reps) - counted
    if attempts:
        rest += "; " + _n("{count} attempt not counted", "{count} attempts not counted", attempts)
    rest += "."
    holds = sum(len(rep.holds) for rep in session.counted)
    if holds:
        rest += " " + _n(
            "{passed} of {count} hold long enough, {held_s:.1f} s in all.",
            "{passed} of {count} holds long enough, {held_s:.1f} s in all.",
            holds,
            passed=session.holds_passed,
            held_s=session.held_s,
        )
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
        told = _n(
            "{count} movement did not count: {why}.",
            "{count} movements did not count: {why}.",
            len(attempts),
            why=why_not(reason),
        )
        return exercise.summary, told
    if faults:
        return faults[0][0].cue, _why(faults[0], counted)
    if unjudged:
        return _film_better(session, exercise, unjudged)
    return exercise.dose.advice, _("Nothing that was seen needs to change.")


def _film_better(session: Session, exercise: Exercise, unjudged: Sequence[Rep]) -> tuple[str, str]:
    """Return what lets the form of repetitions be judged, and why that matters."""
    seen = _n(
        "Of {unjudged} of {count} repetition most of the form could not be seen.",
        "Of {unjudged} of {count} repetitions most of the form could not be seen.",
        len(session.counted),
        unjudged=len(unjudged),
    )
    numbers = {rep.number for rep in unjudged}
    causes = [item.reason for item in session.not_assessed if numbers & set(item.reps)]
    ways = Counter(way for cause in causes if (way := how_to_film_it(cause, exercise)) is not None)
    advice = next_time(session)
    return (ways.most_common(1)[0][0] if ways else advice[0] if advice else exercise.camera), seen


def _where_nothing_counts(session: Session, exercise: Exercise) -> tuple[str, str]:
    reason = session.nothing_counted_because
    if session.tracked == 0:
        return _("Place the camera so that all of you is in the picture. {camera}", camera=exercise.camera), _(
            "Nobody was seen."
        )
    if reason is None:
        return exercise.summary, _("Nothing was counted.")
    if reason.code is Code.NEVER_BEGAN:
        return why_nothing(reason), _("Nothing was counted.")
    if reason.names:  # parts of the body that were not seen
        return _(
            "Place the camera so that all of you is in the picture. {camera}", camera=exercise.camera
        ), why_nothing(reason)
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
    return _n(
        "{title}: in {among} of {count} repetition.",
        "{title}: in {among} of {count} repetitions.",
        len(counted),
        title=kind[0].title,
        among=len(among),
    )
