"""The results as plain files: session.json for programs, reps.csv for spreadsheets."""

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from formcheck.exercise.results import CheckResult, FaultResult, HoldResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.output.sentences import why_not, why_nothing
from formcheck.readable import as_unicode
from formcheck.writing import write_atomically

SCHEMA = "formcheck.session/1"
"""Name and version of the shape of session.json."""

REP_COLUMNS = ("number", "side", "start_s", "end_s", "counted", "clean", "held_s", "faults", "reason", "set")
"""Columns of reps.csv before those of the measures."""

_TIME_DIGITS, _RATIO_DIGITS, _ANGLE_DIGITS = 3, 3, 1

Json = dict[str, Any]


def session_document(session: Session) -> Json:
    """Return what session.json says.

    Times are rounded to 1 ms, angles to 0.1°, everything else to 0.001; what was not seen is None, never NaN.

    Parameters
    ----------
    session
        The result of one analysis.

    Returns
    -------
    dict
        A document that `session_schema` describes.
    """
    source = session.source
    return {
        "schema": SCHEMA,
        "version": _version(),
        "date": session.date,
        "source": {
            "kind": source.kind,
            "path": as_unicode(source.path),
            "width": source.width,
            "height": source.height,
            "fps": _rounded(source.fps, _RATIO_DIGITS),
            "frames": session.frames,
            "duration_s": _time(session.duration_s),
        },
        "model": as_unicode(session.model),
        "settings": _plain(session.settings),
        "calibration": {
            "source": session.calibration.source,
            **{
                name: _rounded(getattr(session.calibration, name), _RATIO_DIGITS)
                for name in ("torso_m", "thigh", "shank", "hip_width", "shoulder_width")
            },
        },
        "exercise": session.exercise,
        "exercise_source": session.exercise_source,
        "title": session.title,
        "level": session.level,
        "level_source": session.level_source,
        "view": str(session.view_wanted),
        "view_seen": str(session.view_seen),
        "camera_roll_deg": _rounded(session.camera_roll_deg, _ANGLE_DIGITS),
        "damaged": None if session.damaged is None else as_unicode(session.damaged),
        "interrupted": session.interrupted,
        "interruptions": [
            {"kind": item.kind, "from_s": _time(item.from_s), "to_s": _time(item.to_s)}
            for item in session.interruptions
        ],
        "reps": [{**_rep(rep), "set": session.set_of(rep)} for rep in session.reps],
        "faults": [_fault(fault) for fault in session.faults],
        "not_assessed": [
            {
                "id": item.id,
                "title": item.title,
                "reason": item.reason,
                "from_s": _time(item.from_s),
                "to_s": _time(item.to_s),
                "reps": list(item.reps),
            }
            for item in session.not_assessed
        ],
        "rule_failures": [as_unicode(failure) for failure in session.rule_failures],
        "not_visible": list(session.not_visible),
        "nothing_counted_because": (
            None if session.nothing_counted_because is None else why_nothing(session.nothing_counted_because)
        ),
        "advice": list(session.advice),
        "summary": {
            "reps": len(session.counted),
            "reps_left": session.reps_of("left"),
            "reps_right": session.reps_of("right"),
            "clean_reps": session.clean_reps,
            "holds_passed": session.holds_passed,
            "held_s": _time(session.held_s),
            "tracked": _rounded(session.tracked, _RATIO_DIGITS),
        },
    }


@cache
def session_schema() -> Json:
    """Return the JSON Schema (2020-12) of session.json, which comes with the package."""
    text = files("formcheck.output").joinpath("session.schema.json").read_text(encoding="utf-8")
    schema: Json = json.loads(text)
    return schema


def write_session_json(session: Session, path: Path) -> None:
    """Write session.json, whole or not at all.

    Parameters
    ----------
    session
        The result of one analysis.
    path
        The file.

    Raises
    ------
    OutputError
        The file cannot be written.
    jsonschema.ValidationError
        The document breaks its own schema: a mistake in this program.
    """
    document = session_document(session)
    Draft202012Validator(session_schema()).validate(document)
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    write_atomically(path, f"{text}\n".encode(errors="backslashreplace"))


def write_reps_csv(session: Session, path: Path) -> None:
    """Write reps.csv: one row per repetition or attempt, each measure's lowest and highest value as two columns.

    The columns are `REP_COLUMNS`, then the measures in alphabetical order. Text is UTF-8 with a byte order mark,
    without which spreadsheets misread "°"; what was not seen is empty; faults are joined by ``"; "``.

    Parameters
    ----------
    session
        The result of one analysis.
    path
        The file.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    measures = sorted({name for rep in session.reps for name in rep.measures})
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*REP_COLUMNS, *(f"{name}_{end}" for name in measures for end in ("min", "max"))])
    for rep in session.reps:
        writer.writerow([*_row(rep), str(session.set_of(rep)), *_ends(rep, measures)])
    write_atomically(path, text.getvalue().encode("utf-8-sig", errors="backslashreplace"))


def _rep(rep: Rep) -> Json:
    return {
        "number": rep.number,
        "side": rep.side,
        "start_s": _time(rep.start_s),
        "peak_s": _time(rep.peak_s),
        "end_s": _time(rep.end_s),
        "counted": rep.counted,
        "clean": rep.clean,
        "form": rep.form,
        "form_not_seen": list(rep.form_unseen),
        "not_counted_because": None if rep.not_counted_because is None else why_not(rep.not_counted_because),
        "view_seen": str(rep.view_seen),
        "attributes": dict(rep.attributes),
        "holds": [_hold(hold) for hold in rep.holds],
        "measures": {
            name: {"min": _rounded(low, _digits_of(name)), "max": _rounded(high, _digits_of(name))}
            for name, (low, high) in rep.measures.items()
        },
        "checks": [_check(check) for check in rep.checks],
        "faults": [fault.id for fault in rep.faults],
    }


def _hold(hold: HoldResult) -> Json:
    return {
        "id": hold.id,
        "start_s": _time(hold.start_s),
        "duration_s": _time(hold.duration_s),
        "required_s": _time(hold.required_s),
        "passed": hold.passed,
    }


def _check(check: CheckResult) -> Json:
    digits = _unit_digits(check.unit)
    return {
        "id": check.id,
        "title": check.title,
        "measure": check.measure,
        "band": check.band,
        "value": _rounded(check.value, digits),
        "limit": _rounded(check.limit, digits),
        "unit": check.unit,
        "error": _rounded(check.error, digits),
        "confidence": None if check.confidence is None else str(check.confidence),
        "reason": check.reason,
        "start_s": _time(check.start_s),
        "end_s": _time(check.end_s),
    }


def _fault(fault: FaultResult) -> Json:
    digits = _unit_digits(fault.unit)
    return {
        "id": fault.id,
        "title": fault.title,
        "severity": str(fault.severity),
        "rep": fault.rep,
        "side": fault.side,
        "start_s": _time(fault.start_s),
        "end_s": _time(fault.end_s),
        "measured": _rounded(fault.measured, digits),
        "limit": _rounded(fault.limit, digits),
        "unit": fault.unit,
        "error": _rounded(fault.error, digits),
        "confidence": str(fault.confidence),
        "cue": fault.cue,
    }


def _row(rep: Rep) -> Iterator[str]:
    yield str(rep.number)
    yield rep.side or ""
    yield _cell(_time(rep.start_s))
    yield _cell(_time(rep.end_s))
    yield str(rep.counted).lower()
    yield str(rep.clean).lower()
    yield _cell(_time(math.fsum(hold.duration_s for hold in rep.holds))) if rep.holds else ""
    yield "; ".join(fault.id for fault in rep.faults)
    reason = "" if rep.not_counted_because is None else why_not(rep.not_counted_because)
    # A spreadsheet runs what starts like a formula.
    yield f"'{reason}" if reason.startswith(("=", "+", "-", "@")) else reason


def _ends(rep: Rep, measures: list[str]) -> Iterator[str]:
    for name in measures:
        for value in rep.measures.get(name, (math.nan, math.nan)):
            yield _cell(_rounded(value, _digits_of(name)))


def _cell(value: float | None) -> str:
    return "" if value is None else str(value)


def _digits_of(measure: str) -> int:
    """Return the digits of a measure, by the unit that ends its name (before the side)."""
    return _ANGLE_DIGITS if measure.partition(".")[0].endswith("_deg") else _RATIO_DIGITS


def _unit_digits(unit: str) -> int:
    return _ANGLE_DIGITS if unit.startswith("deg") else _RATIO_DIGITS


def _time(time_s: float) -> float | None:
    return _rounded(time_s, _TIME_DIGITS)


def _rounded(value: float | None, digits: int) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits) + 0.0  # + 0.0 turns -0.0 into 0.0


def _plain(value: object) -> object:
    """Return a setting as JSON knows it."""
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, float):
        return _rounded(value, _RATIO_DIGITS)
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _version() -> str:
    try:
        return version("formcheck")
    except PackageNotFoundError:
        return "unknown"  # a checkout that was never installed
