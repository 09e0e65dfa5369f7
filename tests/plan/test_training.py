"""`train` from the first picture to the files: a fake camera and model, left and gone on with, and what is remembered."""

import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from formcheck.cli import app
from formcheck.live.lines import Json, events_schema
from formcheck.live.options import LiveOptions
from formcheck.output.sentences import why_nothing
from formcheck.plan import memory as remembering
from formcheck.plan.memory import Left, Memory
from formcheck.plan.page import trained_page
from formcheck.plan.reading import fingerprint
from formcheck.plan.training import Asked, TrainingResult, train
from formcheck.pose.pose import Observation
from formcheck.replaying import replay
from tests.live.test_session import Scene
from tests.output.test_exercise_page import printed
from tests.plan.walking import FPS, doing, opened, standing

PLAN = """
title = "Lunge and kneel"
rest_s = 0
[[exercise]]
name = "lateral_lunge"
reps = 2
[[exercise]]
name = "childs_pose"
"""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def film(*parts: Sequence[Observation]) -> list[Observation]:
    return [type(seen)((i + 1) / FPS, seen.pose) for i, seen in enumerate(one for part in parts for one in part)]


def run(
    scene: list[Observation], *, memory: Memory | None = None, keep=None, text: str = PLAN, **asked
) -> tuple[TrainingResult, list[Json]]:
    events: list[Json] = []
    played = Scene(scene)
    trained = train(
        Asked(opened(text), **asked),
        LiveOptions(headless=True, muted=True, guided=False, model="heavy", backend="mediapipe", with_report=True),
        memory=memory,
        print_event=events.append,
        keep=keep,
        tell=told.append,
        camera=played.camera,
        open_model=played.open_model,
    )
    for event in events:
        jsonschema.validate(json.loads(json.dumps(event)), events_schema())
    return trained, events


told: list[str] = []


def someone() -> Memory:
    told.clear()
    return Memory("Anna", told.append)


LUNGES = film(standing(14), doing("lateral_lunge", reps=2, tail_s=4))
KNEELING = film(standing(20), doing("childs_pose", tail_s=6))


def test_a_plan_leaves_a_folder_with_one_folder_for_each_exercise() -> None:
    kept: list[str] = []
    trained, events = run(film(LUNGES, KNEELING), keep=lambda session, rule: kept.append(rule.id))
    assert (events[-1]["through"], trained.stopped, trained.failure) == (True, False, None)
    assert [(item.folder, item.counted, item.is_done) for item in trained.done] == [
        ("1-lateral_lunge", 2, True),
        ("2-childs_pose", 1, True),
    ]
    assert kept == ["lateral_lunge", "childs_pose"]
    document = json.loads((trained.folder / "plan.json").read_text(encoding="utf-8"))
    assert [(part["exercise"], part["counted"], part["done"]) for part in document["parts"]] == [
        ("lateral_lunge", 2, True),
        ("childs_pose", 1, True),
    ]
    for item in trained.done:
        assert item.folder is not None
        folder = trained.folder / item.folder
        for name in ("session.json", "reps.csv", "landmarks.jsonl", "report.html"):
            assert (folder / name).stat().st_size > 0
        said = json.loads((folder / "session.json").read_text(encoding="utf-8"))
        assert said["summary"]["reps"] == item.counted == len(replay(folder / "landmarks.jsonl").counted)
    kinds = [event["event"] for event in events]
    assert (kinds[0], kinds[-1], kinds.count("part"), kinds.count("rep")) == ("plan", "plan_ended", 3, 3)


def test_who_stops_goes_on_there_the_next_time() -> None:
    memory = someone()
    first, events = run(film(LUNGES), memory=memory)
    assert events[-1]["through"] is False
    assert memory.known().left[fingerprint(PLAN)].part == 1
    assert Memory("Piet", pytest.fail).known().left == {}
    again, events = run(film(KNEELING), memory=memory)
    assert told == ["“Lunge and kneel” goes on with exercise 2 of 2, where you left it; --restart begins anew."]
    assert (events[-1]["through"], again.folder, events[0]["begins_with"]) == (True, first.folder, 2)
    document = json.loads((again.folder / "plan.json").read_text(encoding="utf-8"))
    assert [part["exercise"] for part in document["parts"]] == ["lateral_lunge", "childs_pose"]
    assert (again.folder / "1-lateral_lunge" / "session.json").exists()
    assert memory.known().left == {}


def test_a_plan_can_be_begun_anew() -> None:
    memory = someone()
    first, _ = run(film(LUNGES), memory=memory)
    again, events = run(film(LUNGES)[:20], memory=memory, restart=True)
    assert events[0]["begins_with"] == 1
    assert again.folder != first.folder or not again.done


ENDS = """
title = "Ends"
[[exercise]]
name = "hip_flexion"
level = "lying"
reps = 1
"""


def test_end_points_are_remembered_for_each_person() -> None:
    memory = someone()
    memory.remember_end_point("hip_flexion", "left", 88.0)
    memory.remember_end_point("hip_flexion", "right", 90.5)
    lying = film(standing(18), doing("hip_flexion", level="lying", reps=2, tail_s=4))
    trained, _ = run(lying, memory=memory, text=ENDS)
    assert trained.done[0].session is not None
    assert trained.done[0].session.settings["end_point_deg"] == [88.0, 90.5]
    assert [said for said in told if "88°" in said and "90°" in said] != []
    anew, _ = run(lying, memory=memory, text=ENDS, new_end_points=True, restart=True)
    assert anew.done[0].session is not None
    assert "end_point_deg" not in anew.done[0].session.settings
    assert Memory("", pytest.fail).known().end_points == {}


def test_what_cannot_be_remembered_costs_nothing(data: Path) -> None:
    data.mkdir()
    path = data / remembering.FILE
    path.write_text("{ this is no JSON", encoding="utf-8")
    memory = someone()
    assert memory.known().left == {}
    memory.remember_end_point("hip_flexion", "left", 88.0)
    assert (memory.known().end_points, told) == ({"hip_flexion": {"left": 88.0}}, [])
    newer = '{"schema": "formcheck.practice/99", "people": []}'
    path.write_text(newer, encoding="utf-8")
    memory.leave(Left("a", "2026-01-01", 1, 0, "there"))
    assert path.read_text(encoding="utf-8") == newer
    assert "newer formcheck" in told[0]
    path.unlink()
    path.mkdir()
    memory.finish("a")
    assert "Where you are in the plan is not remembered." in told[-2]


def test_forgetting_a_person_forgets_what_is_remembered_of_them(data: Path) -> None:
    for name in ("Anna", "Piet"):
        Memory(name, pytest.fail).remember_end_point("hip_flexion", "left", 88.0)
    remembering.forget("Anna")
    assert Memory("Anna", pytest.fail).known().end_points == {}
    assert Memory("Piet", pytest.fail).known().end_points != {}
    remembering.forget(None)
    assert Memory("Piet", pytest.fail).known().end_points == {}
    assert (data / remembering.FILE).stat().st_mode & 0o077 == 0


def test_the_history_forgets_them_too_and_asks_first() -> None:
    forget = ["history", "forget", "--person", "Anna"]
    Memory("Anna", pytest.fail).remember_end_point("hip_flexion", "left", 88.0)
    assert CliRunner().invoke(app, forget, input="n\n").exit_code != 0
    assert Memory("Anna", pytest.fail).known().end_points != {}
    told = CliRunner().invoke(app, forget, input="y\n")
    assert told.exit_code == 0
    assert "Forgotten: end points, and where plans were left." in told.output
    assert Memory("Anna", pytest.fail).known().end_points == {}
    assert "nothing to forget" in CliRunner().invoke(app, forget).output


def test_where_nothing_counted_the_end_says_why() -> None:
    trained, _ = run(film(standing(25)), memory=someone())
    (done,) = trained.done
    assert done.session is not None
    assert done.session.nothing_counted_because is not None
    said = printed(trained_page(trained.done), 300)
    assert "Lateral lunge: nothing counted; not done to the end." in said
    assert why_nothing(done.session.nothing_counted_because) in said
