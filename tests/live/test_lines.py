import json

import jsonschema
import pytest

from formcheck.exercise.events import (
    FaultSeen,
    Interrupted,
    LevelRecognised,
    PhaseEntered,
    RepDropped,
    RepFinished,
    RepTakenBack,
)
from formcheck.exercise.results import Form, HoldResult, Interruption
from formcheck.exercise.words import Severity
from formcheck.live.cues import Cue
from formcheck.live.guide import Guidance, Step
from formcheck.live.holds import HoldChanged
from formcheck.live.lines import as_json, as_text, ended, event_of, events_schema, started
from formcheck.live.shown import Happening
from formcheck.pose.command import Action, Command
from tests.output.sessions import attempt, fault, rep, session

WITH_DETAILS = (Action.NEXT_SIDE, Action.END_POINT, Action.MODEL, Action.ANSWER)
HAPPENINGS: list[Happening] = [
    *(Command(1.0, action) for action in Action if action not in WITH_DETAILS),
    Command(1.0, Action.NEXT_SIDE, side="left"),
    Command(1.0, Action.END_POINT, side="right", deg=95.5),
    Command(1.0, Action.MODEL, model="full"),
    Command(1.0, Action.ANSWER, question="effort", value=6),
    Guidance(Step.FRAME, "Step back.", "It is dark."),
    Cue(1.0, "Knee out.", Severity.MAJOR),
    Cue(1.0, "Well corrected!"),
    HoldChanged(1.0, "left", "started", 0.2, 5.0),
    HoldChanged(1.0, "left", "enough", 5.3, 5.0),
    HoldChanged(1.0, "left", "ended", 4.6, 5.0, passed=True, result=HoldResult("bottom", 6.0, 4.6, 5.0, True)),
    PhaseEntered(1.0, None, "bottom"),
    FaultSeen(1.0, "left", "knee_caves_in", Severity.MAJOR, "Knee out."),
    RepFinished(rep(faults=(fault(),), form=Form.FAULTS)),
    RepDropped(attempt()),
    RepTakenBack(attempt()),
    Interrupted(Interruption("lost", 1.0, 2.0)),
    LevelRecognised(1.0, "basic"),
]


def check(event: dict[str, object]) -> None:
    line = as_json(event)
    assert "\n" not in line
    jsonschema.validate(json.loads(line), events_schema())


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_lines_are_as_the_schema_says(happening: Happening) -> None:
    event = event_of(happening, 12.34567)
    assert event["t"] == 12.346
    check(event)
    text = as_text(event)
    assert text is None or "{" not in text


def test_the_first_and_the_last_line() -> None:
    check(started({"exercise": "dead_bug", "level": None, "source": {}, "model": "heavy"}))
    check(ended(session(), "results", 3))
    check({"event": "camera", "t": 1.0, "health": "lost"})
    check({"event": "note", "t": 1.0, "text": "No sound here."})


def test_the_schema_refuses_other_lines() -> None:
    for wrong in ({}, {"event": "rep", "t": 1.0}, {"event": "jump", "t": 1.0}, {"event": "go", "t": -1.0}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, events_schema())


def test_lines_for_people() -> None:
    said = [as_text(event_of(item, 2.0)) for item in HAPPENINGS]
    assert "    2.0 s  End point right: 96°." in said or "    2.0 s  End point right: 95°." in said
    assert "    2.0 s  Repetition 1 left: too fast." in said
    assert "    2.0 s  Attempt 2 left does not count: it came to 62°." in said
    assert "    2.0 s  Hold left: begins." in said
    assert "    2.0 s  Hold left: 5.0 s are done." in said


def test_the_line_of_a_hold_that_is_over_says_when_it_was_and_what_the_table_says() -> None:
    hold = HoldResult("bottom", 6.0, 4.6, 5.0, True)
    over = HoldChanged(14.0, "left", "ended", hold.duration_s, hold.required_s, hold.passed, result=hold)
    assert as_text(event_of(over, 14.0)) == "   14.0 s  Hold left: 4.6 of 5.0 s, enough (6.0 to 10.6 s)."


@pytest.mark.parametrize(
    ("health", "line"),
    [
        ("lost", "The camera gives no pictures: waiting for it."),
        ("live", "The camera is back."),
        ("ended", "No more pictures come."),
    ],
)
def test_what_becomes_of_the_camera_is_told_in_a_sentence(health: str, line: str) -> None:
    assert as_text({"event": "camera", "t": 1.0, "health": health}) == f"    1.0 s  {line}"
