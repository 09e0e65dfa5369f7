"""The results for programs: session.json."""

import json
from collections.abc import Mapping
from enum import Enum
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from formcheck.exercise.results import CheckResult, FaultResult, HoldResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.language import language
from formcheck.output.rounding import ANGLE_DIGITS, digits_of, digits_of_unit, rounded, rounded_s
from formcheck.output.sentences import next_time, why_not, why_not_assessed, why_nothing
from formcheck.readable import as_unicode
from formcheck.writing import write_atomically

SCHEMA = "formcheck.session/1"
"""Name and version of the shape of session.json."""

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
        "version": formcheck_version(),
        "date": session.date,
        "language": language(),
        "source": {
            "kind": source.kind,
            "path": as_unicode(source.path),
            "width": source.width,
            "height": source.height,
            "fps": rounded(source.fps),
            "frames": session.frames,
            "duration_s": rounded_s(session.duration_s),
        },
        "model": as_unicode(session.model),
        "backend": session.backend,
        "threads": session.threads,
        "device": session.device,
        "settings": _plain(session.settings),
        "calibration": {
            "source": session.calibration.source,
            **{
                name: rounded(getattr(session.calibration, name))
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
        "camera_roll_deg": rounded(session.camera_roll_deg, ANGLE_DIGITS),
        "damaged": None if session.damaged is None else as_unicode(session.damaged),
        "interrupted": session.interrupted,
        "interruptions": [
            {"kind": item.kind, "from_s": rounded_s(item.from_s), "to_s": rounded_s(item.to_s)}
            for item in session.interruptions
        ],
        "reps": [{**_rep(rep), "set": session.set_of(rep)} for rep in session.reps],
        "faults": [_fault(fault) for fault in session.faults],
        "not_assessed": [
            {
                "id": item.id,
                "title": item.title,
                "reason": why_not_assessed(item.reason),
                "from_s": rounded_s(item.from_s),
                "to_s": rounded_s(item.to_s),
                "reps": list(item.reps),
            }
            for item in session.not_assessed
        ],
        "rule_failures": [as_unicode(failure) for failure in session.rule_failures],
        "not_visible": list(session.not_visible),
        "nothing_counted_because": (
            None if session.nothing_counted_because is None else why_nothing(session.nothing_counted_because)
        ),
        "advice": next_time(session),
        "questions": [{"id": item.id, "ask": item.ask, "kind": str(item.kind)} for item in session.questions],
        "answers": [{"id": item.question, "value": item.value, "set": item.of_set} for item in session.answers],
        "offer": None if session.offer is None else {"level": session.offer.level, "says": session.offer.says},
        "summary": {
            "reps": len(session.counted),
            "reps_left": session.reps_of("left"),
            "reps_right": session.reps_of("right"),
            "clean_reps": session.clean_reps,
            "holds_passed": session.holds_passed,
            "held_s": rounded_s(session.held_s),
            "tracked": rounded(session.tracked),
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


def _rep(rep: Rep) -> Json:
    return {
        "number": rep.number,
        "side": rep.side,
        "start_s": rounded_s(rep.start_s),
        "peak_s": rounded_s(rep.peak_s),
        "end_s": rounded_s(rep.end_s),
        "counted": rep.counted,
        "clean": rep.clean,
        "form": rep.form,
        "form_not_seen": list(rep.form_unseen),
        "not_counted_because": None if rep.not_counted_because is None else why_not(rep.not_counted_because),
        "view_seen": str(rep.view_seen),
        "attributes": dict(rep.attributes),
        "holds": [_hold(hold) for hold in rep.holds],
        "measures": {
            name: {"min": rounded(low, digits_of(name)), "max": rounded(high, digits_of(name))}
            for name, (low, high) in rep.measures.items()
        },
        "checks": [_check(check) for check in rep.checks],
        "faults": [fault.id for fault in rep.faults],
    }


def _hold(hold: HoldResult) -> Json:
    return {
        "id": hold.id,
        "start_s": rounded_s(hold.start_s),
        "duration_s": rounded_s(hold.duration_s),
        "required_s": rounded_s(hold.required_s),
        "passed": hold.passed,
    }


def _check(check: CheckResult) -> Json:
    digits = digits_of_unit(check.unit)
    return {
        "id": check.id,
        "title": check.title,
        "measure": check.measure,
        "band": check.band,
        "value": rounded(check.value, digits),
        "limit": rounded(check.limit, digits),
        "unit": check.unit,
        "error": rounded(check.error, digits),
        "confidence": None if check.confidence is None else str(check.confidence),
        "reason": None if check.reason is None else why_not_assessed(check.reason),
        "start_s": rounded_s(check.start_s),
        "end_s": rounded_s(check.end_s),
    }


def _fault(fault: FaultResult) -> Json:
    digits = digits_of_unit(fault.unit)
    return {
        "id": fault.id,
        "title": fault.title,
        "severity": str(fault.severity),
        "rep": fault.rep,
        "side": fault.side,
        "start_s": rounded_s(fault.start_s),
        "end_s": rounded_s(fault.end_s),
        "measured": rounded(fault.measured, digits),
        "limit": rounded(fault.limit, digits),
        "unit": fault.unit,
        "error": rounded(fault.error, digits),
        "confidence": str(fault.confidence),
        "cue": fault.cue,
    }


def _plain(value: object) -> object:
    """Return a setting as JSON knows it."""
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, float):
        return rounded(value)
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def formcheck_version() -> str:
    """Return the version of this program."""
    try:
        return version("formcheck")
    except PackageNotFoundError:
        return "unknown"  # a checkout that was never installed
