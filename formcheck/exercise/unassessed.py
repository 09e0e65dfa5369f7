"""What could not be judged in a session, each check and cause once, in order of time."""

import math
from collections.abc import Hashable, Iterable

from formcheck.exercise.reasons import Reason
from formcheck.exercise.results import CheckResult, NotAssessed, Rep


def not_assessed_in(reps: Iterable[Rep]) -> tuple[NotAssessed, ...]:
    """Return what could not be judged in these repetitions and attempts.

    A check that could not be judged for the same cause in several is told once, from the first to the last of them. Where
    one measure of a check found its fault, nobody misses what its other measures could not see.
    """
    found: dict[tuple[str, Hashable], NotAssessed] = {}
    for rep in reps:
        at_fault = {check.id for check in rep.checks if check.band == "fault"}
        for check in rep.checks:
            if check.band != "not_assessed" or check.reason is None or check.id in at_fault:
                continue
            key = (check.id, check.reason.cause)
            found[key] = _merged(found.get(key), check, check.reason, rep.number)
    return tuple(sorted(found.values(), key=lambda item: (item.from_s, item.to_s)))


def _merged(known: NotAssessed | None, check: CheckResult, reason: Reason, number: int) -> NotAssessed:
    start, end = (0.0 if math.isnan(time_s) else time_s for time_s in (check.start_s, check.end_s))
    if known is None:
        return NotAssessed(check.id, reason, start, end, (number,), check.title)
    reps = (*known.reps, number) if number not in known.reps else known.reps
    return NotAssessed(check.id, known.reason, min(known.from_s, start), max(known.to_s, end), reps, check.title)
