"""Puts the report together and writes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from formcheck.body.signal import Signal
from formcheck.exercise.checks import in_words
from formcheck.exercise.reasons import Code
from formcheck.exercise.results import FaultResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise, Level
from formcheck.language import _, language, number
from formcheck.output.amounts import amount, ranges, unit_in_words
from formcheck.output.angles import working_angle
from formcheck.output.answers import answered
from formcheck.output.filming import how_to_film_it
from formcheck.output.records import formcheck_version
from formcheck.output.report.charts import WIDE, charts, nice_numbers
from formcheck.output.report.moved import moved_signal, range_of, signal_named
from formcheck.output.report.proof import Pictures, Proof, angle_of, picture_of, proof_of
from formcheck.output.report.rendering import part, rendered
from formcheck.output.report.sides import left_against_right
from formcheck.output.report.texts import InLanguage
from formcheck.output.report.timeline import by_cause, lanes
from formcheck.output.report.tracks import Tracks, packed_figure
from formcheck.output.sentences import how_done, how_held, next_time, why_not, why_not_assessed
from formcheck.output.table import header_rows, interruptions
from formcheck.output.verdicts import verdict, what_next, worst_first
from formcheck.readable import readable
from formcheck.writing import write_atomically

_TIME_TICKS = 8


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report is made of.

    Attributes
    ----------
    session, exercise
        What was found, and what was done.
    tracks
        The body and its signals over time.
    pictures
        Of the recording, at the moments that `proof_moments` asks for; empty = the figure alone proves.
    video
        Name of the video beside the report, None if there is none.
    video_is_annotated
        What was found is drawn in it; else it shows the recording as it came.
    """

    session: Session
    exercise: Exercise
    tracks: Tracks
    pictures: Pictures
    video: str | None
    video_is_annotated: bool = True


def proof_moments(session: Session, exercise: Exercise, tracks: Tracks) -> set[int]:
    """Return the numbers of the moments whose pictures prove the faults: one for each kind of fault."""
    proofs = (proof_of(kind[0], session, exercise, tracks) for kind in worst_first(session))
    return {proof.moment for proof in proofs if proof is not None}


def write_report(report: Report, path: Path) -> None:
    """Write report.html, whole or not at all.

    Parameters
    ----------
    report
        What it is made of.
    path
        The file.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    write_atomically(path, report_html(report).encode("utf-8", errors="replace"))


def report_html(report: Report) -> str:
    """Return the page.

    Parameters
    ----------
    report
        What it is made of.
    """
    session, texts = report.session, InLanguage()
    end_s = max(session.duration_s, 0.1)
    signal = _moved(report)
    drawn = charts(session, report.exercise, report.tracks, end_s)
    signal_name = "" if signal is None else _named(signal.name)
    head, rest = verdict(session)
    what, why = what_next(session, report.exercise)
    return rendered(
        "report.html",
        t=texts,
        language=language(),
        number=number,
        script=part("report.js"),
        title=session.title,
        verdict=(head, rest),
        next=(what, why),
        next_at=_shown_at(report, what),
        tiles=list(_tiles(report, texts)),
        file=_file_name(session),
        date=(session.date or "")[:16].replace("T", " "),
        video=report.video,
        video_is_annotated=report.video_is_annotated,
        end_s=end_s,
        figure=packed_figure(report.tracks),
        lanes=lanes(session, end_s, texts),
        ticks=[(100 * at / end_s, number(round(at, 3))) for at in nice_numbers(0.0, end_s, _TIME_TICKS)],
        charts=[
            (chart, _named(chart.signal.name), unit_in_words(chart.signal.unit), _(chart.signal.meaning))
            for chart in drawn
        ],
        two_lines=any(len(chart.curves) > 1 for chart in drawn),
        wide=WIDE,
        kinds=[_kind(kind, report, texts) for kind in worst_first(session)],
        rows=[_row(rep, report, texts) for rep in sorted(session.reps, key=lambda rep: (rep.start_s, rep.number))],
        range_of="" if signal is None else _with_unit(signal),
        has_counted=bool(session.counted),
        in_sets=len(session.sets_from_s) > 1,
        sided=any(rep.side is not None for rep in session.reps),
        has_holds=any(rep.holds for rep in session.reps),
        sides=left_against_right(session, signal, signal_name, report.tracks, texts),
        unseen=list(_unseen(report, texts)),
        invisible=session.not_visible,
        asked=answered(session),
        is_answered=bool(session.answers),
        advice=next_time(session),
        interruptions=list(interruptions(session)),
        about=[(name, value) for name, value in header_rows(session).items() if value],
        dose=report.exercise.dose.advice,
        version=formcheck_version(),
    )


def _tiles(report: Report, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    session = report.session
    wanted = session.settings.get("reps") or report.exercise.dose.reps
    per_side = report.exercise.dose.per_side and report.exercise.sided_at(_level(report))
    yield str(len(session.counted)), texts["tile_reps_side" if per_side else "tile_reps"].format(wanted=wanted)
    if session.counted:
        yield str(session.clean_reps), texts["tile_clean"]
    holds = sum(len(rep.holds) for rep in session.counted)
    if holds:
        yield str(session.holds_passed), texts["tile_holds"].format(holds=holds)
    yield f"{session.tracked:.0%}", texts["tile_tracked"]


def _kind(kind: list[FaultResult], report: Report, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return what is told of a kind of fault: its worst, with the proof, and every time that it happened."""
    worst = kind[0]
    proof = proof_of(worst, report.session, report.exercise, report.tracks)
    signal = None if proof is None or proof.target is None else proof.target.signal
    return {
        "title": worst.title,
        "severity": worst.severity,
        "cue": worst.cue,
        "measured": "" if signal is None else texts["measured_is"].format(signal=_with_unit(signal)),
        "meaning": "" if signal is None else _(signal.meaning),
        "picture": None if proof is None else _picture(worst, proof, report, texts),
        "items": [_fault(fault, texts) for fault in sorted(kind, key=lambda fault: fault.start_s)],
    }


def _picture(fault: FaultResult, proof: Proof, report: Report, texts: Mapping[str, str]) -> dict[str, Any]:
    said = _fault(fault, texts)
    side = f"{texts[fault.side]}, " if fault.side is not None else ""
    alt = texts["proof_alt"].format(
        title=fault.title, side=side, when=number(proof.time_s, ".1f"), measured=said["measured"], limit=said["limit"]
    )
    source = picture_of(fault, proof, report.session, report.tracks, report.pictures)
    return {"source": source, "alt": alt, "time_s": proof.time_s, "caption": _caption(fault, proof, report, texts)}


def _caption(fault: FaultResult, proof: Proof, report: Report, texts: Mapping[str, str]) -> str:
    angle = angle_of(fault, proof, report.session, report.tracks)
    if angle is None:
        return "" if proof.target is None else texts["proof_rings"]
    value, limit = amount(angle.value, "deg", beside=angle.limit), amount(angle.limit, "deg", beside=angle.value)
    said = texts["proof_angle"].format(value=value, limit=limit)
    if angle.rest is None:
        return said
    return f"{said} {texts['proof_change'].format(rest=amount(angle.rest, 'deg'))}"


def _fault(fault: FaultResult, texts: Mapping[str, str]) -> dict[str, Any]:
    is_amount = fault.unit != "times"  # else it happened or it did not
    return {
        "rep": fault.rep,
        "side": "" if fault.side is None else texts[fault.side],
        "start_s": fault.start_s,
        "end_s": fault.end_s,
        "measured": amount(fault.measured, fault.unit, beside=fault.limit) if is_amount else texts["happened"],
        "limit": amount(fault.limit, fault.unit, beside=fault.measured) if is_amount else "–",
        "error": f"±{amount(fault.error, fault.unit)}" if is_amount and fault.error else "–",
        "confidence": texts[f"confidence_{fault.confidence}"],
    }


def _row(rep: Rep, report: Report, texts: Mapping[str, str]) -> dict[str, Any]:
    reason, signal = rep.not_counted_because, _moved(report)
    return {
        "rep": rep,
        "set": report.session.set_of(rep),
        "side": "–" if rep.side is None else texts[rep.side],
        "holds": list(_holds(rep, texts)),
        "range": "–" if signal is None else range_of(rep, signal, texts),
        "result": how_done(rep) if reason is None else texts["not_counted"].format(why=why_not(reason)),
        "noted": [*rep.noted, *_measured_too_short(rep, texts)],
        "faults": texts["none"] if rep.counted else "–",
        "kind": str(rep.form) if rep.counted else "attempt",
    }


def _measured_too_short(rep: Rep, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield what it was that did not come far enough."""
    reason = rep.not_counted_because
    signal = None if reason is None else signal_named(reason.words.get("signal", ""))
    if reason is not None and reason.code is Code.TOO_SHORT_A_WAY and signal is not None:
        yield texts["measured_is"].format(signal=_with_unit(signal))


def _holds(rep: Rep, texts: Mapping[str, str]) -> Iterator[str]:
    for hold in rep.holds:
        facts = {"name": in_words(hold.id).lower(), "held": number(hold.duration_s, ".1f")}
        if rep.counted:
            yield texts["hold_cell"].format(**facts, required=number(hold.required_s, ".1f"), how=how_held(hold))
        elif hold.duration_s > 0:  # what does not count is not judged
            yield texts["hold_attempt"].format(**facts)


def _unseen(report: Report, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for items in by_cause(report.session.not_assessed):
        numbers = {number for item in items for number in item.reps}
        yield {
            "what": list(dict.fromkeys(item.title for item in items)),
            "why": why_not_assessed(items[0].reason),
            "reps": _in_reps(numbers, texts),
            "from_s": min(item.from_s for item in items),
            "film": how_to_film_it(items[0].reason, report.exercise) or texts["film_none"],
        }


def _in_reps(numbers: set[int], texts: Mapping[str, str]) -> str:
    return texts["in_rep" if len(numbers) == 1 else "in_reps"].format(numbers=ranges(numbers)) if numbers else ""


def _moved(report: Report) -> Signal | None:
    """Return the signal of the movement; where nothing moved, the angle that the exercise shows."""
    signal = moved_signal(report.session)
    if signal is not None:
        return signal
    angle = working_angle(report.exercise, _level(report))
    return None if angle is None else angle.signal


def _shown_at(report: Report, what: str) -> float | None:
    """Return the moment that shows why something is to be done next, None if there is none."""
    session = report.session
    kind = next((kind for kind in worst_first(session) if kind[0].cue == what), None)
    if kind is not None:
        proof = proof_of(kind[0], session, report.exercise, report.tracks)
        return kind[0].start_s if proof is None else proof.time_s
    return session.reps[0].peak_s if session.reps and not session.counted else None


def _with_unit(signal: Signal) -> str:
    """Return the name of a signal, with its unit where numbers do not show it."""
    name, unit = _named(signal.name).lower(), unit_in_words(signal.unit)
    return f"{name}, {unit.strip()}" if unit.startswith(" ") else name


def _level(report: Report) -> Level | None:
    return report.exercise.level_named(report.session.level)


def _named(signal: str) -> str:
    """Return the name of a signal as people read it, without its unit."""
    return in_words(signal.rpartition("_")[0])


def _file_name(session: Session) -> str:
    return readable(PurePath(session.source.path).name or session.source.path)
