"""What is left to do with a session once it is judged: write it, and say what went wrong."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session
from formcheck.output.folder import ResultsFolder
from formcheck.output.records import write_session_json
from formcheck.output.reps_csv import write_reps_csv
from formcheck.pose.presence import nobody

Keep = Callable[[Session, Rule], None]
"""Told of a session that is over, and of its rule, whatever else fails; must not fail itself."""


def write_results(session: Session, results: ResultsFolder) -> None:
    """Write session.json and reps.csv."""
    write_session_json(session, results.session_json)
    write_reps_csv(session, results.reps_csv)


def with_failures(session: Session, known: Mapping[str, Rule]) -> Session:
    """Return the session with what went wrong in any rule that watched: one that failed recognises nothing."""
    failures = tuple(rule.failure for rule in known.values() if rule.failure is not None)
    return replace(session, rule_failures=failures)


def with_person(session: Session) -> Session:
    """Return the session; raise NoPersonError if nobody was followed in it."""
    if session.tracked == 0:
        raise nobody()
    return session
