"""Commands: what each does, what makes no sense, and that a recording brings them back."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.signals import trunk_height_ratio
from formcheck.body.view import View
from formcheck.capture.frame import SourceInfo
from formcheck.errors import InputError
from formcheck.exercise.events import Event, RepDropped, RepFinished, RepTakenBack
from formcheck.exercise.reasons import Code
from formcheck.exercise.results import Rep
from formcheck.exercise.rulebook import load_rules
from formcheck.output.records import session_document
from formcheck.performance import Performance, State
from formcheck.pipeline import Options
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation
from formcheck.pose.recording import Recording, read_landmarks
from formcheck.pose.recording_writer import LandmarkWriter
from samples.figure import best_view, movement, observe

SOURCE = SourceInfo("camera", "camera:0", 1280, 720, 30.0, 0, 0.0)
MOVING = movement("lateral_lunge", reps=2, hold_s=5.5)
FILM = observe(MOVING, best_view("lateral_lunge"), 10)
END_S = [rep.end_s for rep in MOVING.truth.reps]


def code_of(rep: Rep) -> Code | None:
    return None if rep.not_counted_because is None else rep.not_counted_because.code


def performance(exercise: str = "lateral_lunge", options: Options | None = None) -> Performance:
    return Performance(load_rules([])[exercise], (1280, 720), options or Options())


def perform(doing: Performance, *commands: Command, until_s: float = math.inf) -> list[Event]:
    """Give each command at its time, and return all events."""
    left = list(commands)
    events: list[Event] = []
    for seen in FILM:
        if seen.time_s > until_s:
            break
        while left and left[0].time_s <= seen.time_s:
            events += doing.obey(left.pop(0))
        events += doing.step(seen).events
    return events + doing.finish("camera")


def counted(doing: Performance) -> int:
    return len(doing.result(SOURCE, "heavy").counted)


def test_without_commands_it_counts_from_the_first_frame() -> None:
    doing = performance()
    perform(doing)
    assert counted(doing) == 2
    assert doing.result(SOURCE, "heavy").source.frames == len(FILM)


def test_waiting_measures_the_body_and_counts_nothing() -> None:
    doing = performance()
    perform(doing, Command(0.0, Action.WAIT))
    result = doing.result(SOURCE, "heavy")
    assert (result.reps, result.interruptions) == ((), ())
    assert result.calibration.source == "standing"
    assert result.tracked == 1.0
    assert doing.state is State.WAITING


def test_go_counts_what_comes_after() -> None:
    doing = performance()
    perform(doing, Command(0.0, Action.WAIT), Command(END_S[0] + 0.5, Action.GO))
    assert counted(doing) == 1


def test_pausing_within_a_movement_lists_it() -> None:
    doing = performance()
    events = perform(doing, Command(END_S[0] - 4.0, Action.PAUSE), Command(END_S[0] + 0.5, Action.RESUME))
    reps = doing.result(SOURCE, "heavy").reps
    assert [(rep.counted, code_of(rep)) for rep in reps] == [(False, Code.PAUSED), (True, None)]
    assert [type(event) for event in events if isinstance(event, RepFinished | RepDropped)] == [RepDropped, RepFinished]


def test_undo_takes_one_repetition_back_and_then_the_one_before() -> None:
    doing = performance()
    events = perform(doing)
    events += doing.obey(Command(99.0, Action.UNDO))
    assert counted(doing) == 1
    events += doing.obey(Command(99.0, Action.UNDO))
    assert counted(doing) == 0
    assert doing.obey(Command(99.0, Action.UNDO)) == []
    assert [event.rep.number for event in events if isinstance(event, RepTakenBack)] == [2, 1]
    result = doing.result(SOURCE, "heavy")
    assert {code_of(rep) for rep in result.reps} == {Code.TAKEN_BACK}
    assert result.faults == ()


@pytest.mark.parametrize("level", [None, "basic"])
def test_undo_where_the_level_is_not_known_yet(level: str | None) -> None:
    doing = performance("dead_bug", Options(level=level))
    for seen in observe(movement("dead_bug", "basic", reps=1), best_view("dead_bug"), 10):
        doing.step(seen)
    doing.obey(Command(99.0, Action.UNDO))
    doing.finish("camera")
    assert counted(doing) == 0


def test_restarting_keeps_what_was_done_as_an_earlier_set() -> None:
    doing = performance()
    perform(doing, Command(END_S[0] + 1.0, Action.PAUSE), Command(END_S[0] + 1.2, Action.RESTART))
    result = doing.result(SOURCE, "heavy")
    assert [(rep.number, result.set_of(rep), rep.counted) for rep in result.reps] == [(1, 1, True), (2, 2, True)]
    assert [rep["set"] for rep in session_document(result)["reps"]] == [1, 2]
    assert result.source.frames == len(FILM)


def test_restarting_within_a_movement_lists_it_in_the_earlier_set() -> None:
    doing = performance()
    perform(doing, Command(END_S[0] - 4.0, Action.RESTART))
    result = doing.result(SOURCE, "heavy")
    assert [(result.set_of(rep), code_of(rep)) for rep in result.reps] == [(1, Code.RESTARTED), (2, None)]


def test_undo_takes_nothing_back_from_an_earlier_set() -> None:
    doing = performance()
    perform(doing, Command(END_S[0] + 1.0, Action.RESTART), Command(END_S[0] + 1.2, Action.UNDO))
    assert counted(doing) == 2


def test_end_points_hold_from_now_on_and_survive_a_restart() -> None:
    doing = performance("hip_flexion", Options(level="lying"))
    doing.obey(Command(0.0, Action.END_POINT, side="right", deg=60.0))
    doing.obey(Command(0.0, Action.RESTART))
    film = observe(movement("hip_flexion", "lying", reps=1), best_view("hip_flexion"), 10)
    for seen in film:
        doing.step(seen)
    doing.finish("camera")
    result = doing.result(SOURCE, "heavy")
    assert "past_end_point" in [fault.id for fault in result.faults]
    assert result.settings["end_point_deg"] == [None, 60.0]


@pytest.mark.parametrize("action", [Action.GO, Action.RESUME, Action.END_POINT, Action.MODEL, Action.NEXT_SIDE])
def test_what_makes_no_sense_changes_nothing(action: Action) -> None:
    plain, doing = performance(), performance()
    perform(plain)
    perform(doing, Command(1.0, action), Command(END_S[0] - 4.0, action))
    assert doing.result(SOURCE, "heavy") == plain.result(SOURCE, "heavy")


def test_each_movement_is_judged_with_the_errors_of_the_model_that_saw_it() -> None:
    doing = Performance(load_rules([])["lateral_lunge"], (1280, 720), Options(), "heavy")
    perform(doing, Command((END_S[0] + END_S[1]) / 2 - 3.0, Action.MODEL, model="lite"))
    errors = [
        {check.id: check.error for check in rep.checks}["chest_collapses"] for rep in doing.result(SOURCE, "heavy").reps
    ]
    assert errors == [trunk_height_ratio.error_in(View.FRONT, model=model) for model in ("heavy", "lite")]


def test_the_end_has_its_reason() -> None:
    doing = performance()
    perform(doing, until_s=END_S[0] - 4.0)
    assert [code_of(rep) for rep in doing.result(SOURCE, "heavy").reps] == [Code.SESSION_ENDED]


commands = st.builds(
    Command,
    time_s=st.floats(0, 1e4),
    action=st.sampled_from(Action),
    side=st.sampled_from(["left", "right", None]),
    deg=st.none() | st.floats(0, 180),
    model=st.none() | st.text(max_size=9),
)


@given(given=st.lists(commands, max_size=5))
def test_commands_come_back_from_a_recording(given: list[Command], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("recording") / "landmarks.jsonl"
    given.sort(key=lambda command: command.time_s)
    with LandmarkWriter(path, SOURCE, "heavy") as writer:
        for command in given:
            writer.note(command)
        writer.write(Observation(1e4, None))
    assert list(Recording(path)) == [*given, Observation(1e4, None)]
    assert len(list(read_landmarks(path)[1])) == 1


@pytest.mark.parametrize(
    "line",
    ['{"t":1,"event":"jump"}', '{"t":"x","event":"go"}', '{"event":"go"}', '{"t":1,"event":"end_point","side":"up"}'],
)
def test_broken_commands(line: str, tmp_path: Path) -> None:
    path = tmp_path / "landmarks.jsonl"
    with LandmarkWriter(path, SOURCE, "heavy"):
        pass
    whole = path.read_text()
    path.write_text(f"{whole}{line}\n")
    with pytest.raises(InputError, match="Line 2"):
        list(Recording(path))
    path.write_text(whole + line[:-3])  # cut off, as by a crash
    assert list(Recording(path)) == []


def test_a_command_before_the_frame_it_follows_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "landmarks.jsonl"
    with LandmarkWriter(path, SOURCE, "heavy") as writer:
        writer.write(Observation(2.0, None))
        writer.note(Command(1.0, Action.GO))
    with pytest.raises(InputError, match="Line 3"):
        list(Recording(path))
    assert json.loads(path.read_text().splitlines()[2]) == {"t": 1.0, "event": "go"}
