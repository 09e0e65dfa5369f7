"""Makes a repetition of a movement: its holds, checks, faults, its form, and what it says of the one before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from formcheck.exercise.attempt import Attempt, view_of
from formcheck.exercise.checks import START, Confidence, Fault, Metric, Severity
from formcheck.exercise.found import FoundFault, Key, faults_in, worst_of
from formcheck.exercise.held import holds_of
from formcheck.exercise.judge import Judge, judged_in, measures_of, needs_setting
from formcheck.exercise.quantities import TIME_ERROR_S, OneSide
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import CheckResult, FaultResult, Form, HoldResult, Rep
from formcheck.exercise.words import HOLD_PASSES_FROM, Attribute, Exercise, Level, Sequel
from formcheck.pose.pose import Side

SHORT_HOLD = "short_hold"
SAME_SIDE_TWICE = "same_side_twice"
PLANK_SKIPPED = "plank_skipped"
UNJUDGED = frozenset({Code.BOTH_SIDES, Code.SOMETHING_ELSE, Code.NOT_KEPT, Code.CAME_TO_NOTHING})
"""What is no movement of one side, or none of the exercise: nothing more is judged than was told meanwhile."""


class Reporter:
    """Numbers and reports the movements of one exercise."""

    def __init__(self, exercise: Exercise, judge: Judge) -> None:
        self._exercise = exercise
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

    def report(self, attempt: Attempt, because: Reason | None, level: Level | None, told: Sequence[FoundFault]) -> Rep:
        """Return the repetition that a movement makes, or the attempt.

        Parameters
        ----------
        attempt
            The movement.
        because
            Why it does not count, None if it was complete.
        level
            The level that it was done at.
        told
            Faults that were told while it was under way: they stay found.
        """
        self._number += 1
        holds = holds_of(attempt)
        judged = because is None or because.code not in UNJUDGED
        results = list(self._judge.checks_of(attempt, holds)) if judged else []
        found = worst_of(told, faults_in(results, attempt, level))
        checks = _with(found, results)
        faults = list(self._faults(attempt, found.values()))
        because = because or self._held_too_little(attempt, holds) or self._ended(faults)
        counted = because is None
        if counted:
            faults += self._short_holds(attempt, holds)
            faults += self._sequel_faults(attempt)
        faults = _one_each(faults)
        form, unseen, share = self._form(attempt, checks, faults, holds)
        attributes = self._attributes(attempt)
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
            attributes={attribute.id: holds for attribute, holds in attributes.items()},
            holds=holds,
            measures=measures_of(attempt, self._judge),
            checks=(*checks, *_unseen_holds(holds)),
            faults=tuple(faults),
            noted=tuple(attribute.in_words(holds) for attribute, holds in attributes.items()),
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
        checks: list[CheckResult],
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
        wanted = {
            check.id
            for check in self._judge.checks
            if check.id in serious and judged_in(check, view, nearer=attempt.nearer, model=attempt.model)
        }
        seen = {result.id for result in checks if result.band != "not_assessed"}
        impossible = {
            result.id for result in checks if result.reason is not None and result.reason.code is Code.UNMEASURABLE
        }
        share = len(serious & seen) / len(serious) if serious else 1.0
        if any(fault.severity is not Severity.INFO for fault in faults):
            return Form.FAULTS, (), share
        unseen = sorted(wanted - seen - impossible)
        if any(hold.not_assessed_because is not None for hold in holds):
            unseen.append(SHORT_HOLD)
        return (Form.NOT_JUDGED if unseen else Form.CLEAN), tuple(unseen), share

    def _attributes(self, attempt: Attempt) -> Mapping[Attribute, bool]:
        return {
            attribute: any(attribute.condition.answer(attempt.moment(item)) is True for item in attempt.samples)
            for attribute in self._exercise.attributes
        }

    def _faults(self, attempt: Attempt, found: Iterable[FoundFault]) -> Iterator[FaultResult]:
        for item in found:
            check, result = item.check, item.result
            if START in check.watched:
                # A set-up is one for each side where it is that of a leg or an arm, else one for both.
                of_a_side = any(isinstance(part, OneSide) for band in check.bands for part in band.quantity.parts())
                key = (check.id, attempt.side if of_a_side else None)
                if key in self._set_faults:
                    continue
                self._set_faults.add(key)
            assert result.value is not None  # a fault has all three
            assert result.limit is not None
            assert result.confidence is not None
            yield FaultResult(
                id=check.id,
                severity=item.severity,
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


def _with(found: Mapping[Key, FoundFault], results: list[tuple[Metric, CheckResult]]) -> list[CheckResult]:
    """Return what the checks came to, with the faults that were told though the end does not show them."""
    kept = {(check.id, result.measure): result for check, result in results}
    return list((kept | {key: item.result for key, item in found.items()}).values())


def _one_each(faults: list[FaultResult]) -> list[FaultResult]:
    """Keep the worst of each kind: the most severe one, and of these the one farthest beyond its limit, in errors."""
    worst: dict[str, FaultResult] = {}
    for fault in faults:
        kept = worst.get(fault.id)
        if kept is None or _badness(fault) > _badness(kept):
            worst[fault.id] = fault
    return list(worst.values())


def _badness(fault: FaultResult) -> tuple[int, float]:
    return fault.severity.rank, abs(fault.measured - fault.limit) / (fault.error or 1.0)
