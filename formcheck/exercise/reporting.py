"""Makes a repetition of a movement: its holds, checks, faults, its form, and what it says of the one before."""

from collections.abc import Iterator, Mapping, Sequence

from formcheck.body.view import View
from formcheck.exercise.attempt import Attempt
from formcheck.exercise.checks import START, Confidence, Fault, Metric, Severity
from formcheck.exercise.judge import Judge, judged_in, measures_of, needs_setting, view_of
from formcheck.exercise.quantities import TIME_ERROR_S, OneSide
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import CheckResult, FaultResult, Form, HoldResult, Rep
from formcheck.exercise.words import HOLD_PASSES_FROM, Exercise, Level, Sequel
from formcheck.pose.pose import Side

SHORT_HOLD = "short_hold"
SAME_SIDE_TWICE = "same_side_twice"
PLANK_SKIPPED = "plank_skipped"


class Reporter:
    """Numbers and reports the movements of one exercise and level."""

    def __init__(self, exercise: Exercise, level: Level | None, judge: Judge) -> None:
        self._exercise = exercise
        self.level = level
        self._judge = judge
        self._sequels = {sequel.id: sequel for sequel in exercise.sequels}
        self._number = 0
        self.new_set()

    def new_set(self) -> None:
        """Forget what went before: another scene or person."""
        self._last_counted: Rep | None = None
        self._set_faults: set[tuple[str, Side | None]] = set()

    def _held_too_little(self, attempt: Attempt, holds: tuple[HoldResult, ...]) -> Reason | None:
        for hold in holds:
            excursion = attempt.excursion(hold.id)
            wanted = None if excursion is None else excursion.movement.hold
            if wanted is not None and hold.duration_s < wanted.attempt_under_s:
                return Reason(Code.HELD_TOO_LITTLE, {"value": hold.duration_s, "needed": wanted.attempt_under_s})
        return None

    def report(self, attempt: Attempt, because: Reason | None, found: Sequence[tuple[Metric, CheckResult]] = ()) -> Rep:
        """Return the repetition that a movement makes, or the attempt.

        Parameters
        ----------
        attempt
            The movement.
        because
            Why it does not count, None if it was complete.
        found
            Faults that were found in it while it was under way.
        """
        self._number += 1
        holds = self._judge.holds(attempt)
        # What both legs did together is no movement of one side: nothing more is judged than was told meanwhile.
        judged = because is None or because.code is not Code.BOTH_SIDES
        checks = _with(found, list(self._judge.checks_of(attempt, holds)) if judged else [])
        faults = list(self._faults(attempt, checks))
        because = because or self._held_too_little(attempt, holds) or self._ended(faults)
        counted = because is None
        if counted:
            faults += self._short_holds(attempt, holds)
            faults += self._sequel_faults(attempt)
        faults = _one_each(faults)
        form, unseen, share = self._form(attempt, checks, faults, holds)
        rep = Rep(
            number=self._number,
            side=attempt.side,
            start_s=attempt.start_s,
            peak_s=attempt.peak_s,
            end_s=attempt.end_s,
            counted=counted,
            form=form if counted else None,
            form_unseen=unseen if counted else (),
            form_share=share,
            not_counted_because=because,
            view_seen=view_of(attempt),
            attributes=self._attributes(attempt),
            holds=holds,
            measures=measures_of(attempt, self._judge),
            checks=(*(result for _, result in checks), *_unseen_holds(holds)),
            faults=tuple(faults),
        )
        if counted:
            self._last_counted = rep
        return rep

    def _ended(self, faults: list[FaultResult]) -> Reason | None:
        """Return the fault that ends a repetition, if there was one."""
        enders = {check.id for check in self._judge.checks if isinstance(check, Fault) and check.ends_rep}
        ended = next((fault.id for fault in faults if fault.id in enders), None)
        return None if ended is None else Reason(Code.ENDED_BY_FAULT, words={"fault": ended})

    def _form(
        self,
        attempt: Attempt,
        checks: list[tuple[Metric, CheckResult]],
        faults: list[FaultResult],
        holds: tuple[HoldResult, ...],
    ) -> tuple[Form, tuple[str, ...], float]:
        """Return how a repetition's form was, what its view shows of it but was not seen, and which share was judged.

        Of the minor and major checks only.
        """
        view = view_of(attempt).kind
        serious = {
            check.id
            for check in self._judge.checks
            if isinstance(check, Fault)
            and check.severity is not Severity.INFO
            and not (needs_setting(check) and not attempt.settings)
        }
        wanted = {check.id for check in self._judge.checks if check.id in serious and judged_in(check, view)}
        seen = {check.id for check, result in checks if result.band != "not_assessed"}
        impossible = {
            check.id
            for check, result in checks
            if result.reason is not None and result.reason.code is Code.UNMEASURABLE
        }
        share = len(serious & seen) / len(serious) if serious else 1.0
        if any(fault.severity is not Severity.INFO for fault in faults):
            return Form.FAULTS, (), share
        unseen = sorted(wanted - seen - impossible)
        if any(hold.not_assessed_because is not None for hold in holds):
            unseen.append(SHORT_HOLD)
        return (Form.NOT_JUDGED if unseen else Form.CLEAN), tuple(unseen), share

    def _attributes(self, attempt: Attempt) -> Mapping[str, bool]:
        return {
            attribute.id: any(attribute.condition.answer(attempt.moment(item)) is True for item in attempt.samples)
            for attribute in self._exercise.attributes
        }

    def _faults(self, attempt: Attempt, checks: list[tuple[Metric, CheckResult]]) -> Iterator[FaultResult]:
        for check, result in checks:
            if not isinstance(check, Fault) or result.band != "fault" or result.confidence is None:
                continue
            if START in check.during:
                # A set-up is one for each side where it is that of a leg or an arm, else one for both.
                of_a_side = any(isinstance(part, OneSide) for band in check.bands for part in band.quantity.parts())
                key = (check.id, attempt.side if of_a_side else None)
                if key in self._set_faults:
                    continue
                self._set_faults.add(key)
            assert result.value is not None  # a fault has a value
            assert result.limit is not None
            yield FaultResult(
                id=check.id,
                severity=severity_of(check, self.level, view_of(attempt).kind, result.confidence),
                rep=self._number,
                side=attempt.side,
                start_s=result.start_s,
                end_s=result.end_s,
                measured=result.value,
                limit=result.limit,
                unit=result.unit,
                error=result.error or 0.0,
                confidence=result.confidence,
                cue=check.cue,
                title=check.title,
            )

    def _short_holds(self, attempt: Attempt, holds: tuple[HoldResult, ...]) -> Iterator[FaultResult]:
        for hold in holds:
            if hold.passed or hold.not_assessed_because is not None:
                continue
            limit_s = hold.required_s * HOLD_PASSES_FROM
            shortage = (limit_s - hold.duration_s) / TIME_ERROR_S
            confidence = Confidence.LOW if shortage < 1.5 else Confidence.MEDIUM if shortage < 2.5 else Confidence.HIGH
            yield FaultResult(
                id=SHORT_HOLD,
                severity=Severity.MINOR,
                rep=self._number,
                side=attempt.side,
                start_s=hold.start_s,
                end_s=hold.start_s + hold.duration_s,
                measured=hold.duration_s,
                limit=limit_s,
                unit="s",
                error=TIME_ERROR_S,
                confidence=confidence,
                cue=self._exercise.short_hold_cue,
            )

    def _sequel_faults(self, attempt: Attempt) -> Iterator[FaultResult]:
        before = self._last_counted
        happened = {
            SAME_SIDE_TWICE: before is not None and attempt.side is not None and before.side == attempt.side,
            PLANK_SKIPPED: before is not None and attempt.start_seen_s < before.end_s,
        }
        for name, sequel in self._sequels.items():
            if happened.get(name):
                yield _sequel_fault(sequel, attempt, self._number)


def severity_of(check: Fault, level: Level | None, view: View | None, confidence: Confidence) -> Severity:
    """Return the severity of a fault: by level, by view, and never major at low confidence."""
    severity = check.severity
    if level is not None:
        severity = check.severity_at.get(level.id, severity)
    if view is not None:
        severity = check.severity_in.get(view, severity)
    return Severity.MINOR if severity is Severity.MAJOR and confidence is Confidence.LOW else severity


def _sequel_fault(sequel: Sequel, attempt: Attempt, number: int) -> FaultResult:
    return FaultResult(
        id=sequel.id, severity=sequel.severity, rep=number, side=attempt.side, start_s=attempt.start_s,
        end_s=attempt.end_s, measured=1.0, limit=0.0, unit="times", error=0.0, confidence=Confidence.HIGH,
        cue=sequel.cue,
    )  # fmt: skip


def _unseen_holds(holds: tuple[HoldResult, ...]) -> Iterator[CheckResult]:
    for hold in holds:
        if hold.not_assessed_because is not None:
            yield CheckResult(
                SHORT_HOLD, f"hold of {hold.id}", "not_assessed", None, None, "s", TIME_ERROR_S, None,
                hold.not_assessed_because, hold.start_s, hold.start_s + hold.duration_s,
            )  # fmt: skip


def _with(
    found: Sequence[tuple[Metric, CheckResult]], checks: list[tuple[Metric, CheckResult]]
) -> list[tuple[Metric, CheckResult]]:
    """Return what was judged, with the faults that were told while it was under way: they stay found."""
    told = {(check.id, result.measure): (check, result) for check, result in found}
    kept = [
        told.get((check.id, result.measure), (check, result)) if result.band != "fault" else (check, result)
        for check, result in checks
    ]
    known = {(check.id, result.measure) for check, result in kept}
    return [*kept, *(item for key, item in told.items() if key not in known)]


def _one_each(faults: list[FaultResult]) -> list[FaultResult]:
    """Keep the worst of each kind: the one farthest beyond its limit, in errors."""
    worst: dict[str, FaultResult] = {}
    for fault in faults:
        kept = worst.get(fault.id)
        if kept is None or _excess(fault) > _excess(kept):
            worst[fault.id] = fault
    return list(worst.values())


def _excess(fault: FaultResult) -> float:
    return abs(fault.measured - fault.limit) / (fault.error or 1.0)
