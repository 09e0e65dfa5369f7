import csv
import json
import math
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, ValidationError

from formcheck.body.signals import SIGNALS
from formcheck.errors import OutputError
from formcheck.exercise.results import Form, Interruption, NotAssessed
from formcheck.exercise.words import Confidence
from formcheck.output.records import session_document, session_schema, write_session_json
from formcheck.output.reps_csv import REP_COLUMNS, write_reps_csv
from tests.output.sessions import LEG_UNSEEN, NEEDS_SIDE, SOURCE, attempt, check, fault, rep, session, sessions, why


def problems(document):
    return list(Draft202012Validator(session_schema()).iter_errors(document))


def numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    return [value] if isinstance(value, float) else []


def test_schema_is_itself_valid():
    Draft202012Validator.check_schema(session_schema())


def test_schema_knows_the_unit_of_every_signal():
    units = set(session_schema()["$defs"]["unit"]["enum"])
    assert {unit for signal in SIGNALS for unit in (signal.unit, f"{signal.unit}/s")} <= units


def test_document_of_a_session():
    found = session(
        reps=(rep(1, form=Form.FAULTS, faults=(fault(),)), attempt(2, side="right"), rep(3, side="right")),
        interruptions=(Interruption("cut", 1.0, 2.0),),
        not_assessed=(NotAssessed("wrong_arm", NEEDS_SIDE, 0.0, 9.0),),
        settings={"side": "left", "end_points": (90.123456, None), "folder": Path("rules")},
    )
    document = session_document(found)
    assert not problems(document)
    assert document["schema"] == "formcheck.session/1"
    assert document["source"] == {
        "kind": "file", "path": "clips/hip [1].mp4", "width": 1280, "height": 720, "fps": 30.0, "frames": 370,
        "duration_s": 12.346,
    }  # fmt: skip
    assert document["settings"] == {"side": "left", "end_points": [90.123, None], "folder": "rules"}
    assert document["calibration"]["source"] == "running"
    assert document["calibration"]["torso_m"] == 0.512
    assert (document["view"], document["view_seen"]) == ("side", "oblique_left")
    assert document["summary"] == {
        "reps": 2, "reps_left": 1, "reps_right": 1, "clean_reps": 1, "holds_passed": 2, "held_s": 9.8,
        "tracked": 0.988,
    }  # fmt: skip
    first = document["reps"][0]
    assert first["faults"] == ["too_fast"]
    assert first["start_s"] == 1.235
    assert first["measures"] == {
        "hip_flexion_deg.left": {"min": 1.3, "max": 98.0},
        "hip_drop": {"min": None, "max": 0.123},
    }
    assert first["checks"][0]["value"] == 91.3
    assert first["checks"][0]["confidence"] == "medium"
    assert document["faults"][0]["measured"] == 4.123
    assert document["reps"][1]["not_counted_because"] == "it came to 62°"
    assert document["not_assessed"][0]["reason"] == "needs a side view, seen from the front"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], "formcheck.session/2"),
        (["extra"], 1),
        (["view"], "above"),
        (["level_source"], "guessed"),
        (["source", "kind"], "disk"),
        (["exercise"], "Dead bug"),
        (["reps", 0, "side"], "links"),
        (["reps", 0, "number"], 0),
        (["reps", 0, "not_counted_because"], "too high"),
        (["reps", 0, "checks", 0, "band"], "bad"),
        (["reps", 0, "checks", 0, "unit"], "inch"),
        (["reps", 0, "checks", 0, "value"], None),
        (["reps", 0, "holds", 0, "passed"], "yes"),
        (["reps", 1, "not_counted_because"], None),
        (["reps", 1, "clean"], True),
        (["faults", 0, "severity"], "grave"),
        (["faults", 0, "confidence"], None),
        (["summary", "tracked"], 1.5),
        (["summary", "reps"], -1),
    ],
)
def test_schema_rejects(path, value):
    document = session_document(session(reps=(rep(1, faults=(fault(),)), attempt(2))))
    assert not problems(document)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert problems(document)


def test_schema_rejects_what_is_missing():
    whole = session_document(session())
    for key in whole.keys() - {
        "answers",
        "exercise_source",
        "language",
        "offer",
        "questions",
        "rule_failures",
    }:  # came later: what was written before it is right still
        assert problems({name: value for name, value in whole.items() if name != key}), key


def test_what_is_not_assessed_needs_a_reason():
    unseen = check(band="not_assessed", value=None, error=math.nan, confidence=None, reason=LEG_UNSEEN)
    document = session_document(session(reps=(rep(checks=(unseen,)),)))
    assert not problems(document)
    assert document["reps"][0]["checks"][0]["error"] is None
    document["reps"][0]["checks"][0]["reason"] = None
    assert problems(document)


@settings(max_examples=30, deadline=None)
@given(sessions)
def test_any_session_makes_a_valid_document(found):
    document = session_document(found)
    assert not problems(document)
    assert all(math.isfinite(number) for number in numbers(document))
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_session_json_is_readable_text(tmp_path):
    write_session_json(session(), tmp_path / "session.json")
    text = (tmp_path / "session.json").read_text(encoding="utf-8")
    assert json.loads(text) == session_document(session())
    assert "62°" in text
    assert [item.name for item in tmp_path.iterdir()] == ["session.json"]


def test_a_file_name_that_is_no_unicode_stands_there_as_an_escape(tmp_path):
    odd = os.fsdecode(b"clip\xff.mp4")
    write_session_json(session(source=replace(SOURCE, path=odd)), tmp_path / "session.json")
    assert json.loads((tmp_path / "session.json").read_bytes())["source"]["path"] == r"clip\udcff.mp4"


def test_a_broken_document_is_never_written(tmp_path):
    with pytest.raises(ValidationError):
        write_session_json(session(exercise="Dead bug"), tmp_path / "session.json")
    assert not list(tmp_path.iterdir())


def test_reps_csv(tmp_path):
    found = session(
        reps=(
            rep(1, form=Form.FAULTS, faults=(fault(confidence=Confidence.LOW), fault("back_twist"))),
            attempt(2, side=None, measures={"angle_deg": (-3.04, 2.0)}, not_counted_because=why("=1+1")),
        )
    )
    write_reps_csv(found, tmp_path / "reps.csv")
    data = (tmp_path / "reps.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # without it spreadsheets misread "°"
    header, first, second = csv.reader(data.decode("utf-8-sig").splitlines())
    assert header == [
        *REP_COLUMNS, "angle_deg_min", "angle_deg_max", "hip_drop_min", "hip_drop_max", "hip_flexion_deg.left_min",
        "hip_flexion_deg.left_max",
    ]  # fmt: skip
    assert first == [
        "1", "left", "1.235", "3.5", "true", "false", "4.9", "too_fast; back_twist", "", "1", "", "", "", "0.123", "1.3",
        "98.0",
    ]  # fmt: skip
    assert second == ["2", "", "1.235", "3.5", "false", "false", "", "", "'=1+1", "1", "-3.0", "2.0", "", "", "", ""]


def test_reps_csv_without_reps_has_its_header(tmp_path):
    write_reps_csv(session(reps=()), tmp_path / "reps.csv")
    assert (tmp_path / "reps.csv").read_text(encoding="utf-8-sig").strip() == ",".join(REP_COLUMNS)


@settings(max_examples=15, deadline=None)
@given(found=sessions)
def test_any_session_makes_an_even_table(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("csv") / "reps.csv"
    write_reps_csv(found, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len(found.reps)
    assert len({len(row) for row in rows}) == 1
    assert not any(cell in ("nan", "inf", "-inf") for row in rows for cell in row[len(REP_COLUMNS) :])


def test_a_missing_folder_is_an_output_error(tmp_path):
    with pytest.raises(OutputError) as caught:
        write_session_json(session(), tmp_path / "gone" / "session.json")
    assert "the folder is gone" in caught.value.cause
    assert caught.value.exit_code == 6


def test_a_full_disk_leaves_the_old_file(tmp_path, disk_limit):
    path = tmp_path / "session.json"
    path.write_text("old", encoding="utf-8")
    with disk_limit(100), pytest.raises(OutputError) as caught:
        write_session_json(session(), path)
    assert "--out DIR" in caught.value.remedy
    assert path.read_text(encoding="utf-8") == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["session.json"]
