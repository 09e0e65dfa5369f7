"""The language changes what is told, and nothing of what was found."""

import csv
import io
import json
from pathlib import Path

import pytest

from formcheck.entry import run
from formcheck.pose.recording_header import Run
from samples.figure import best_view, chain, movement, observe
from tests.recordings import recorded

FOR_PEOPLE = {"title", "cue", "reason", "not_counted_because", "not_visible", "nothing_counted_because", "advice", "language",
              "damaged", "rule_failures"}  # fmt: skip
"""What is in the language of the run, as README says."""


def without_texts(part: object) -> object:
    if isinstance(part, dict):
        return {name: without_texts(item) for name, item in part.items() if name not in FOR_PEOPLE}
    return [without_texts(item) for item in part] if isinstance(part, list) else part


def texts(part: object, name: str = "") -> list[str]:
    if isinstance(part, dict):
        return [text for key, item in part.items() for text in texts(item, key)]
    if isinstance(part, list):
        return [text for item in part for text in texts(item, name)]
    return [part] if isinstance(part, str) and name in FOR_PEOPLE else []


@pytest.mark.parametrize("exercise", ["lateral_lunge", "hip_airplane"])
def test_files_differ_only_in_what_is_meant_for_people(exercise: str, tmp_path: Path) -> None:
    moves = chain(exercise, None, (movement(exercise, reps=2), movement(exercise, depth=0.45)))
    path = recorded(tmp_path / "landmarks.jsonl", observe(moves, best_view(exercise), 10.0), Run(exercise))
    for code in ("en", "nl"):
        assert run(["replay", str(path), "--out", str(tmp_path / code), "--lang", code]) == 0
    english, dutch = (
        json.loads((tmp_path / code / "session.json").read_text(encoding="utf-8")) for code in ("en", "nl")
    )
    assert (english["language"], dutch["language"]) == ("en", "nl")
    assert without_texts(dutch) == without_texts(english)
    assert len(texts(dutch)) == len(texts(english)) > 3
    same = {one for one, other in zip(texts(english), texts(dutch), strict=True) if one == other}
    assert same <= {"Hip airplane"}
    tables = [list(csv.DictReader(io.StringIO((tmp_path / code / "reps.csv").read_text(encoding="utf-8-sig")))) for code in ("en", "nl")]  # fmt: skip
    bare = [[{name: cell for name, cell in row.items() if name != "reason"} for row in table] for table in tables]
    assert bare[0] == bare[1]
