"""Compares what formcheck found in a clip with what is true: repetitions, sides, holds and faults."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.body.view import View
from formcheck.exercise.found import severity_of
from formcheck.exercise.reporting import PLANK_SKIPPED, SAME_SIDE_TWICE, SHORT_HOLD
from formcheck.exercise.results import CheckResult, FaultResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import START, Confidence, Fault, Severity
from formcheck.output.sentences import why_not_assessed
from formcheck.pose.pose import INDEX, SIDES, Side

from .known import Known, Points, TrueRep
from .staging import level_of, rule_of

Outcome = Literal["hit", "miss", "abstained", "unmade", "brought_along", "false_alarm", "silent"]
"""hit, miss, abstained: of a declared fault; unmade: declared, but on this body the true landmarks do not show it;
brought_along: not declared, but there; false_alarm: not there; silent: a declared fault below its limit that was
rightly not reported."""

OVERLAP = 0.25
"""A found repetition is a true one when it covers this share of it, or the other way round."""
HIDDEN_SHARE = 0.4
"""A landmark that is outside the picture for this share of a repetition could not be judged."""


@dataclass(frozen=True, slots=True)
class FaultScore:
    """One fault of one repetition.

    Attributes
    ----------
    size
        As declared; None = not declared.
    confidence
        Of the fault that was found, or of the check that found none; None if not assessed.
    rightly
        Of an abstention: whether even a perfect observer could not have judged it, or its landmarks were out of sight.
    said
        What formcheck said, in words.
    """

    rep: int
    id: str
    outcome: Outcome
    severity: Severity
    confidence: Confidence | None
    size: float | None = None
    rightly: bool | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class HoldScore:
    """A hold's true and found length; NaN = not found."""

    id: str
    true_s: float
    found_s: float


@dataclass(frozen=True, slots=True)
class ClipScore:
    """How formcheck did on one clip.

    Attributes
    ----------
    expected, counted
        Repetitions that should count and that did.
    sides
        For each true repetition that was found: whether its side was right; none where there is no side.
    level_right
        Whether the level was recognised rightly; None where it was given or there is none.
    extra
        Counted repetitions that overlap with no true one.
    tracked
        Share of the frames in which the person was seen.
    """

    expected: int
    counted: int
    sides: tuple[bool, ...]
    holds: tuple[HoldScore, ...]
    faults: tuple[FaultScore, ...]
    level_right: bool | None
    extra: int
    view_seen: str
    tracked: float = 1.0


def score(known: Known, found: Session, exact: Session | None, points: Points | None = None) -> ClipScore:
    """Return how well a session fits what is known.

    Parameters
    ----------
    known
        The truth.
    found
        What formcheck made of the clip.
    exact
        What the same rules make of the true landmarks; None = not known, then no fault is brought along.
    points
        The true landmarks, to see which are outside the picture.
    """
    pairs = match(known.reps, found.reps)
    exact_pairs = match(known.reps, exact.reps) if exact is not None else {}
    matched = {id(rep) for rep in pairs.values()}
    sides = tuple(pairs[k].side == rep.side for k, rep in enumerate(known.reps) if rep.side is not None and k in pairs)
    faults = [item for k in range(len(known.reps)) for item in _faults_of(k, known, found, pairs, exact_pairs, points)]
    for rep in found.reps:
        if id(rep) not in matched:
            faults += [_alarm(-1, fault) for fault in rep.faults]
    recognised = found.level_source != "given" and known.level is not None
    return ClipScore(
        expected=sum(_should_count(k, rep, exact_pairs, exact is not None) for k, rep in enumerate(known.reps)),
        counted=len(found.counted),
        sides=sides,
        holds=tuple(_holds(known.reps, pairs)),
        faults=tuple(faults),
        level_right=found.level == known.level if recognised else None,
        extra=sum(rep.counted and id(rep) not in matched for rep in found.reps),
        view_seen=str(found.view_seen),
        tracked=found.tracked,
    )


def match(true: Sequence[TrueRep], found: Sequence[Rep]) -> dict[int, Rep]:
    """Return for each true repetition the found one that it shares most time with; each found one is used once."""
    overlaps = []
    for k, rep in enumerate(true):
        for other in found:
            shared = min(rep.end_s, other.end_s) - max(rep.start_s, other.start_s)
            shorter = min(rep.end_s - rep.start_s, other.end_s - other.start_s)
            if shared > OVERLAP * max(shorter, 1e-6):
                overlaps.append((shared, k, other))
    pairs: dict[int, Rep] = {}
    used: set[int] = set()
    for _, k, other in sorted(overlaps, key=lambda item: -item[0]):
        if k not in pairs and id(other) not in used:
            pairs[k] = other
            used.add(id(other))
    return pairs


def _should_count(k: int, rep: TrueRep, exact: Mapping[int, Rep], known: bool) -> bool:
    """Return whether a repetition must count: by its depth, and with a fault in it by what the rules say of the truth."""
    if rep.faults and known:
        return k in exact and exact[k].counted
    return rep.counted


def _holds(true: Sequence[TrueRep], pairs: Mapping[int, Rep]) -> Iterator[HoldScore]:
    for k, rep in enumerate(true):
        found = {hold.id: hold.duration_s for hold in pairs[k].holds} if k in pairs else {}
        for hold in rep.holds:
            yield HoldScore(hold.id, hold.duration_s, found.get(hold.id, float("nan")))


def _faults_of(
    k: int, known: Known, found: Session, pairs: Mapping[int, Rep], exact: Mapping[int, Rep], points: Points | None
) -> Iterator[FaultScore]:
    assert known.exercise is not None
    rep, seen = known.reps[k], pairs.get(k)
    reported = {fault.id: fault for fault in seen.faults} if seen is not None else {}
    brought = {fault.id for fault in exact[k].faults} if k in exact and rep.faults else set()
    declared = {fault.id: fault.size for fault in rep.faults if _due(fault.id, k, known)}
    for name, size in declared.items():
        alarm = reported.pop(name, None)
        if alarm is not None:
            there = size >= 1.0 or name in brought
            yield _alarm(k, alarm, "hit" if size >= 1.0 else "brought_along" if there else "false_alarm", size)
        elif size < 1.0:
            yield FaultScore(k, name, "silent", declared_severity(known, name), None, size)
        else:
            yield _unreported(k, name, size, known, seen, exact.get(k), points)
    # What is declared for the whole clip but was reported elsewhere is no false alarm there.
    meant = {
        fault.id for other in known.reps for fault in other.faults if fault.size >= 1.0 and once_a_set(known, fault.id)
    }
    for name, alarm in reported.items():
        yield _alarm(k, alarm, "brought_along" if name in brought or name in meant else "false_alarm")


def _alarm(k: int, alarm: FaultResult, outcome: Outcome = "false_alarm", size: float | None = None) -> FaultScore:
    said = f"{alarm.measured:.2f} {alarm.unit}, limit {alarm.limit:.2f}, ±{alarm.error:.2f}"
    return FaultScore(k, alarm.id, outcome, alarm.severity, alarm.confidence, size, said=said)


def _unreported(
    k: int, name: str, size: float, known: Known, seen: Rep | None, exact: Rep | None, points: Points | None
) -> FaultScore:
    if seen is None:
        return FaultScore(
            k, name, "miss", declared_severity(known, name), Confidence.HIGH, size, said="no repetition seen"
        )
    if name == SHORT_HOLD and exact is not None and exact.holds and all(hold.passed for hold in exact.holds):
        said = ", ".join(f"held {hold.duration_s:.1f} of {hold.required_s:.1f} s" for hold in exact.holds)
        return FaultScore(k, name, "unmade", Severity.MINOR, Confidence.HIGH, size, said=said)
    truly = [check for check in exact.checks if check.id == name] if exact is not None else []
    if any(check.confidence is not None for check in truly) and not any(check.band == "fault" for check in truly):
        said = "; ".join(_as_said(check) for check in truly)
        return FaultScore(k, name, "unmade", declared_severity(known, name), Confidence.HIGH, size, said=said)
    view = seen.view_seen.kind
    results = [check for check in seen.checks if check.id == name]
    assessed = [check for check in results if check.confidence is not None]
    if results and not assessed:
        severity = declared_severity(known, name, view)
        judged = exact is not None and any(c.confidence is not None for c in exact.checks if c.id == name)
        rightly = not judged or _out_of_sight(known, known.reps[k], name, points)
        return FaultScore(k, name, "abstained", severity, None, size, rightly, _why(results[0]))
    best = max((_sure(check) for check in assessed), key=lambda item: item.rank, default=Confidence.HIGH)
    said = "; ".join(_as_said(check) for check in assessed)
    return FaultScore(
        k, name, "miss", declared_severity(known, name, view, best), best, size, said=said or "not looked at"
    )


def _as_said(check: CheckResult) -> str:
    if check.value is None or check.limit is None:
        return _why(check)
    return f"{check.measure}: {check.value:.2f}, limit {check.limit:.2f}"


def _why(check: CheckResult) -> str:
    return "" if check.reason is None else why_not_assessed(check.reason)


def _sure(check: CheckResult) -> Confidence:
    assert check.confidence is not None
    return check.confidence


def _checks(known: Known, name: str) -> list[Fault]:
    assert known.exercise is not None
    level = level_of(known.exercise, known.level)
    checks = rule_of(known.exercise).checks_at(level)
    return [check for check in checks if isinstance(check, Fault) and check.id == name]


def declared_severity(
    known: Known, name: str, view: View | None = None, confidence: Confidence | None = None
) -> Severity:
    """Return how much a fault of this id matters by the rule, in a view and at a confidence (default: high)."""
    assert known.exercise is not None
    checks = _checks(known, name)
    if checks:
        level = level_of(known.exercise, known.level)
        sure = Confidence.HIGH if confidence is None else confidence
        return severity_of(checks[0], level, view, sure)
    sequels = {sequel.id: sequel.severity for sequel in rule_of(known.exercise).sequels}
    return sequels.get(name, Severity.MINOR)


def once_a_set(known: Known, name: str) -> bool:
    """Return whether a fault is one of the set-up only, which is reported once a set."""
    checks = _checks(known, name)
    return name != SHORT_HOLD and bool(checks) and all(START in check.watched for check in checks)


def _due(name: str, k: int, known: Known) -> bool:
    """Return whether a declared fault is to be reported in this repetition."""
    if once_a_set(known, name):
        return not any(fault.id == name for rep in known.reps[:k] for fault in rep.faults)
    if name == SAME_SIDE_TWICE:
        return k > 0 and known.reps[k - 1].side == known.reps[k].side
    if name == PLANK_SKIPPED:
        return k + 1 < len(known.reps)
    return True


def _out_of_sight(known: Known, rep: TrueRep, name: str, points: Points | None) -> bool:
    """Return whether a landmark that the fault is measured on lay outside the picture for too long."""
    if points is None:
        return False
    during = (points.times_s >= rep.start_s) & (points.times_s <= rep.end_s)
    pixels = points.image_px[during]
    outside = ((pixels < 0) | (pixels >= np.array(known.size_px))).any(axis=-1).mean(axis=0)
    return any(outside[index] > HIDDEN_SHARE for index in _landmarks(known, name))


def _landmarks(known: Known, name: str) -> set[int]:
    from formcheck.exercise.reading import signals_in

    sides: tuple[Side, ...] = SIDES
    names = {
        part if part in INDEX else f"{side}_{part}"
        for check in _checks(known, name)
        for band in check.bands
        for item, _ in signals_in(band.quantity)
        for part in item.landmarks
        for side in sides
    }
    return {INDEX[part] for part in names if part in INDEX}
