"""The timeline of the report: what lies when, in lanes of things to choose."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from formcheck.exercise.checks import in_words
from formcheck.exercise.results import Form, NotAssessed, Rep
from formcheck.exercise.session_result import Session
from formcheck.language import number
from formcheck.output.sentences import how_done, why_not, why_not_assessed

_LEAST_SHARE = 1.2
"""Least width of what is chosen, in per cent of the timeline, so that a finger hits it."""


_SAME = 0.01
"""What ends so little after another one begins, in per cent, only looks so because both are rounded."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something on the timeline.

    Attributes
    ----------
    kind
        For its colour.
    label, text
        What a screen reader says, and what is written on it.
    at_s
        Where the picture goes.
    left, width
        In per cent.
    row
        Its row in the lane, from 0: nothing covers anything.
    """

    kind: str
    label: str
    text: str
    at_s: float
    left: float
    width: float
    row: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its title, how many rows it has, and what lies in it."""

    title: str
    rows: int
    spans: tuple[Span, ...]


def lanes(session: Session, end_s: float, texts: Mapping[str, str]) -> list[Lane]:
    """Return the lanes of a session that hold something: repetitions, phases, faults, what was not assessed."""

    def span(kind: str, label: str, text: str, start_s: float, stop_s: float, least: float = _LEAST_SHARE) -> Span:
        when = texts["from_to"].format(start=number(start_s, ".1f"), end=number(stop_s, ".1f"))
        left = 100 * min(max(start_s, 0.0), end_s) / end_s
        width = max(100 * (min(stop_s, end_s) - max(start_s, 0.0)) / end_s, least)
        left = min(left, 100 - width)
        return Span(kind, f"{label}, {when}", text, start_s, round(left, 3), round(width, 3))

    found = {
        "lane_reps": [
            span(_kind(rep), _named(rep, texts), str(rep.number), rep.start_s, rep.end_s) for rep in session.reps
        ],
        "lane_phases": [span(*phase, least=0.0) for rep in session.reps for phase in _phases(rep, texts)],
        "lane_faults": [
            span(f"severity-{fault.severity}", fault.title, "", fault.start_s, fault.end_s) for fault in session.faults
        ],
        "lane_unseen": [
            span(
                "unseen",
                f"{', '.join(dict.fromkeys(item.title for item in items))}: {why_not_assessed(items[0].reason)}",
                "",
                min(item.from_s for item in items),
                max(item.to_s for item in items),
            )
            for items in by_cause(session.not_assessed)
        ],
    }
    return [_stacked(texts[name], spans) for name, spans in found.items() if spans]


def by_cause(items: Sequence[NotAssessed]) -> list[list[NotAssessed]]:
    """Return what was not assessed, together with what has the same cause, in order of time."""
    groups: dict[Hashable, list[NotAssessed]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.from_s):
        groups[item.reason.cause].append(item)
    return list(groups.values())


def _kind(rep: Rep) -> str:
    kinds = {Form.CLEAN: "clean", Form.FAULTS: "faults", Form.NOT_JUDGED: "unjudged", None: "attempt"}
    return kinds[rep.form] if rep.counted else "attempt"


def _named(rep: Rep, texts: Mapping[str, str]) -> str:
    name = texts["rep" if rep.counted else "attempt"].format(number=rep.number)
    side = f", {texts[rep.side]}" if rep.side is not None else ""
    how = why_not(rep.not_counted_because) if rep.not_counted_because is not None else how_done(rep)
    return f"{name}{side}: {how}"


def _phases(rep: Rep, texts: Mapping[str, str]) -> Iterator[tuple[str, str, str, float, float]]:
    """Yield the way out, the holds and the way back of a repetition or attempt."""
    name = texts["rep"].format(number=rep.number)
    holds = sorted((hold for hold in rep.holds if hold.duration_s > 0), key=lambda hold: hold.start_s)
    out_s = holds[0].start_s if holds else rep.peak_s
    back_s = holds[-1].start_s + holds[-1].duration_s if holds else rep.peak_s
    if out_s > rep.start_s:
        yield "out", f"{name}, {texts['phase_out']}", "", rep.start_s, out_s
    for hold in holds:
        held = texts["phase_hold"].format(name=in_words(hold.id).lower())
        yield "hold", f"{name}, {held}", f"{hold.duration_s:.0f} s", hold.start_s, hold.start_s + hold.duration_s
    if rep.end_s > back_s:
        yield "back", f"{name}, {texts['phase_back']}", "", back_s, rep.end_s


def _stacked(title: str, spans: Sequence[Span]) -> Lane:
    """Return a lane in which each span has the first row that is free."""
    ends: list[float] = []
    placed = []
    for item in sorted(spans, key=lambda item: item.left):
        row = next((index for index, end in enumerate(ends) if end <= item.left + _SAME), len(ends))
        ends[row : row + 1] = [item.left + item.width]
        placed.append(replace(item, row=row))
    return Lane(title, len(ends), tuple(placed))
