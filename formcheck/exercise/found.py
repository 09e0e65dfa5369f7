"""The faults of a movement and how much each matters; the same while it is under way and in its result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formcheck.body.view import View
from formcheck.exercise.attempt import Attempt, view_of
from formcheck.exercise.checks import Confidence, Fault, Metric, Severity
from formcheck.exercise.results import CheckResult
from formcheck.exercise.words import Level

Key = tuple[str, str]
"""A check, and which of its measures."""


@dataclass(frozen=True, slots=True)
class FoundFault:
    """A fault, as one measure of its check shows it."""

    check: Fault
    result: CheckResult
    severity: Severity

    @property
    def key(self) -> Key:
        """The check and the measure."""
        return self.check.id, self.result.measure


def faults_in(
    checks: Iterable[tuple[Metric, CheckResult]], attempt: Attempt, level: Level | None
) -> Iterable[FoundFault]:
    """Yield the faults among what checks of a movement came to."""
    view = view_of(attempt).kind
    for check, result in checks:
        if isinstance(check, Fault) and result.band == "fault" and result.confidence is not None:
            yield FoundFault(check, result, severity_of(check, level, view, result.confidence))


def severity_of(check: Fault, level: Level | None, view: View | None, confidence: Confidence) -> Severity:
    """Return the severity of a fault: by level, by view, and never major at low confidence."""
    severity = check.severity
    if level is not None:
        severity = check.severity_at.get(level.id, severity)
    if view is not None:
        severity = check.severity_in.get(view, severity)
    return Severity.MINOR if severity is Severity.MAJOR and confidence is Confidence.LOW else severity


def worst_of(told: Iterable[FoundFault], later: Iterable[FoundFault]) -> dict[Key, FoundFault]:
    """Return what was found of each measure: what was told stays, and what is found later may be worse, never better."""
    worst = {item.key: item for item in told}
    for item in later:
        before = worst.get(item.key)
        if before is None or item.severity.rank >= before.severity.rank:
            worst[item.key] = item
    return worst


def told_as(found: Iterable[FoundFault]) -> Mapping[str, Severity]:
    """Return the severity with which each check's fault is told: that of its worst measure."""
    told: dict[str, Severity] = {}
    for item in found:
        told[item.check.id] = max(item.severity, told.get(item.check.id, item.severity), key=lambda each: each.rank)
    return told
