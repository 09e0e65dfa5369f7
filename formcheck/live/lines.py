"""What happens in a live session as lines: for people, or as JSON for other programs.

The JSON lines are described by ``formcheck/live/events.schema.json`` (schema ``formcheck.live/1``): a line an event, each
with ``event`` and ``t``, seconds of the session. New events and new fields may be added; what is there stays.
"""

import json
from collections.abc import Mapping
from functools import cache, singledispatch
from importlib.resources import files
from typing import Any

from formcheck.exercise.events import (
    FaultSeen,
    Interrupted,
    LevelRecognised,
    PhaseEntered,
    RepDropped,
    RepFinished,
    RepTakenBack,
    RuleFailed,
)
from formcheck.exercise.results import Form, Rep
from formcheck.exercise.session_result import Session
from formcheck.language import N_, _, number
from formcheck.live.cues import Cue
from formcheck.live.guide import Guidance
from formcheck.live.holds import HoldChanged
from formcheck.live.interlude import Announced
from formcheck.live.presence import Remark
from formcheck.live.shown import Happening
from formcheck.output.records import session_document
from formcheck.output.sentences import how_done, how_held, why_not
from formcheck.pose.command import Command

SCHEMA = "formcheck.live/1"
Json = dict[str, Any]


def event_of(happening: Happening, time_s: float) -> Json:
    """Return the event that says what happened, as JSON has it.

    Parameters
    ----------
    happening
        What happened.
    time_s
        Time of the frame that it was noticed in.
    """
    return {"event": "", "t": round(time_s, 3)} | _details(happening)


def started(session: Mapping[str, Any]) -> Json:
    """Return the first event: what begins, and the schema of all that follow."""
    return {"event": "started", "t": 0.0, "schema": SCHEMA, **session}


def ended(session: Session, out: str | None, dropped_frames: int) -> Json:
    """Return the last event: the summary of session.json, where the results are, and how many pictures came too fast."""
    document = session_document(session)
    return {
        "event": "ended", "t": document["source"]["duration_s"], "summary": document["summary"], "out": out,
        "dropped_frames": dropped_frames,
    }  # fmt: skip


def as_json(event: Json) -> str:
    """Return an event as one line of JSON, in ASCII: no encoding of the output can break it."""
    return json.dumps(event, separators=(",", ":"))


def as_text(event: Json) -> str | None:
    """Return an event as a line for people; None for those that are of no use to them."""
    of_what = event.get(_SORTED_BY.get(event["event"], ""))
    text = _TEXTS.get(event["event"] if of_what is None else f"{event['event']} {of_what}")
    if text is None:
        return None
    values = {"side": "", **{name: "" if value is None else value for name, value in event.items()}}
    values["side"] = _(values["side"])
    return f"{number(event['t'], '7.1f')} s  {' '.join(_(text, **values).split()).replace(' :', ':')}"


_TEXTS = {
    "guide": "{say}",
    "part": "{say}",
    "rest": "{say}",
    "skipped": "{say}",
    "question": "{say}",
    "answer": N_("Answer to {question}: {value}."),
    "go": N_("Go!"),
    "pause": N_("Paused."),
    "resume": N_("Going on."),
    "restart": N_("Another set begins."),
    "undo": N_("The last repetition is taken back."),
    "next_side": N_("Next: {side}."),
    "end_point": N_("End point {side}: {deg:.0f}°."),
    "level": N_("Level: {level}."),
    "hold started": N_("Hold {side}: begins."),
    "hold enough": N_("Hold {side}: {required_s:.1f} s are done."),
    "hold ended": N_("Hold {side}: {held_s:.1f} of {required_s:.1f} s, {verdict} ({from_s:.1f} to {to_s:.1f} s)."),
    "rep": N_("Repetition {number} {side}: {verdict}."),
    "attempt": N_("Attempt {number} {side} does not count: {reason}."),
    "cue": "{text}",
    "camera live": N_("The camera is back."),
    "camera lost": N_("The camera gives no pictures: waiting for it."),
    "camera ended": N_("No more pictures come."),
    "note": "{text}",
}

_SORTED_BY = {"hold": "what", "camera": "health"}
"""Events whose lines depend on one of their fields."""


@cache
def events_schema() -> Json:
    """Return the JSON Schema (2020-12) of the lines, which comes with the package."""
    text = files("formcheck.live").joinpath("events.schema.json").read_text(encoding="utf-8")
    schema: Json = json.loads(text)
    return schema


@singledispatch
def _details(happening: Happening) -> Json:
    raise TypeError(f"{type(happening).__name__} is no event")


@_details.register
def _details_of_command(happening: Command) -> Json:
    details = {
        "side": happening.side, "deg": happening.deg, "model": happening.model, "question": happening.question,
        "value": happening.value,
    }  # fmt: skip
    return {"event": str(happening.action)} | {name: value for name, value in details.items() if value is not None}


@_details.register
def _details_of_guidance(happening: Guidance) -> Json:
    return {"event": "guide", "step": str(happening.step), "say": happening.say, "hint": happening.hint}


@_details.register
def _details_of_announced(happening: Announced) -> Json:
    return {"event": happening.event, **happening.facts, "say": happening.say}


@_details.register
def _details_of_cue(happening: Cue) -> Json:
    severity = None if happening.severity is None else str(happening.severity)
    return {"event": "cue", "text": happening.text, "severity": severity}


@_details.register
def _details_of_remark(happening: Remark) -> Json:
    return {"event": "note", "text": happening.text}


@_details.register
def _details_of_hold_changed(happening: HoldChanged) -> Json:
    event = {
        "event": "hold", "what": happening.what, "side": happening.side, "held_s": round(happening.held_s, 2),
        "required_s": round(happening.required_s, 2), "passed": happening.passed,
    }  # fmt: skip
    hold = happening.result
    if hold is None:
        return event
    return event | {
        "from_s": round(hold.start_s, 3),
        "to_s": round(hold.start_s + hold.duration_s, 3),
        "verdict": how_held(hold),
    }


@_details.register
def _details_of_phase_entered(happening: PhaseEntered) -> Json:
    return {"event": "phase", "side": happening.side, "phase": happening.phase}


@_details.register
def _details_of_fault_seen(happening: FaultSeen) -> Json:
    return {
        "event": "fault", "side": happening.side, "id": happening.id, "severity": str(happening.severity),
        "cue": happening.cue,
    }  # fmt: skip


@_details.register
def _details_of_rep_finished(happening: RepFinished) -> Json:
    return {"event": "rep", **_rep(happening.rep), "verdict": _verdict(happening.rep)}


@_details.register
def _details_of_rep_dropped(happening: RepDropped) -> Json:
    return {"event": "attempt", **_rep(happening.rep), "reason": _reason(happening.rep)}


@_details.register
def _details_of_rep_taken_back(happening: RepTakenBack) -> Json:
    return {"event": "taken_back", **_rep(happening.rep)}


@_details.register
def _details_of_rule_failed(happening: RuleFailed) -> Json:
    return {"event": "note", "text": happening.text}


@_details.register
def _details_of_interrupted(happening: Interrupted) -> Json:
    item = happening.interruption
    return {"event": "interruption", "kind": item.kind, "from_s": round(item.from_s, 3), "to_s": round(item.to_s, 3)}


@_details.register
def _details_of_level_recognised(happening: LevelRecognised) -> Json:
    return {"event": "level", "level": happening.level}


def _rep(rep: Rep) -> Json:
    return {
        "number": rep.number, "side": rep.side, "start_s": round(rep.start_s, 3), "end_s": round(rep.end_s, 3),
        "clean": rep.clean, "faults": [fault.id for fault in rep.faults],
        "holds": [{"id": hold.id, "duration_s": round(hold.duration_s, 2), "passed": hold.passed} for hold in rep.holds],
    }  # fmt: skip


def _verdict(rep: Rep) -> str:
    return ", ".join(fault.title.lower() for fault in rep.faults) if rep.form is Form.FAULTS else how_done(rep)


def _reason(rep: Rep) -> str | None:
    return None if rep.not_counted_because is None else why_not(rep.not_counted_because)
