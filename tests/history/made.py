"""Sessions for the history: of figures, whose results are known, and of nobody in particular."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from formcheck.history.store import Entry
from formcheck.output.records import session_document
from formcheck.replaying import replay
from tests.recordings import recorded_figure

RULE = "ab" * 32


@cache
def _document(exercise: str, reps: int) -> str:
    with TemporaryDirectory() as folder:
        recording = recorded_figure(Path(folder) / "landmarks.jsonl", exercise, reps)
        return json.dumps(session_document(replay(recording)))


def document(exercise: str = "lateral_lunge", reps: int = 2, **changes: object) -> dict[str, Any]:
    """Return the session.json of a figure that does an exercise well."""
    made: dict[str, Any] = json.loads(_document(exercise, reps))
    return made | changes


def entry(of: Mapping[str, Any] | None = None, *, date: str = "2026-11-28T10:03:00+01:00", **changes: Any) -> Entry:
    """Return a session to keep, of a document or of a lateral lunge."""
    whole = document() if of is None else of
    made = Entry("", date, "live", whole["exercise"], whole["model"], RULE, None, json.dumps(whole))
    return replace(made, **changes)
