"""The folder of a plan's results: one folder in it for each exercise, and plan.json, which says what is where."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.exercise.session_result import Session
from formcheck.output.folder import LOCK, MARKER, PLAN_JSON, is_of, open_results
from formcheck.output.records import formcheck_version
from formcheck.plan.opening import OpenedPlan
from formcheck.plan.words import Part
from formcheck.writing import write_atomically

SCHEMA = "formcheck.plan/1"


@dataclass(frozen=True, slots=True)
class Done:
    """An exercise of a plan, as it was done.

    Attributes
    ----------
    part
        What was to be done.
    folder
        Where its results are, by the name within the folder of the plan; None = it was not done.
    session
        What was found; None = it was not done.
    is_done
        Whether all its sets were done.
    from_s, to_s
        Where it is in a recording of the whole plan, in seconds; None = it has a recording of its own.
    """

    part: Part
    folder: str | None
    session: Session | None
    is_done: bool
    from_s: float | None = None
    to_s: float | None = None

    @property
    def date(self) -> str | None:
        """When it was recorded, in ISO 8601; None if unknown."""
        return None if self.session is None else self.session.date

    @property
    def counted(self) -> int:
        """How many repetitions count."""
        return 0 if self.session is None else len(self.session.counted)

    @property
    def clean(self) -> int:
        """How many of them were clean."""
        return 0 if self.session is None else self.session.clean_reps


def plan_document(
    plan: OpenedPlan, date: str | None, done: Sequence[Done], before: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Return what plan.json says; `before` is what it said of the exercises that were done before an interruption."""
    return {
        "schema": SCHEMA,
        "version": formcheck_version(),
        "date": date,
        "plan": {"name": plan.name, "title": plan.title, "sha256": plan.sha256, "exercises": len(plan.parts)},
        "parts": [*before, *map(_part, done)],
    }


def write_plan_json(folder: Path, document: dict[str, Any]) -> None:
    """Write plan.json.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    write_atomically(folder / PLAN_JSON, text.encode(errors="backslashreplace"))


def parts_before(folder: Path) -> list[dict[str, Any]]:
    """Return what plan.json says of the exercises that were done until now; nothing if it cannot be read."""
    try:
        parts = json.loads((folder / PLAN_JSON).read_text(encoding="utf-8"))["parts"]
    except (OSError, ValueError, RecursionError, LookupError, TypeError):
        return []
    return parts if isinstance(parts, list) else []


def forget_results(folder: Path, source: str) -> None:
    """Remove the results of a source, and their folder if nothing else is in it; another's are left alone.

    Raises
    ------
    OutputError
        Somebody is at work in the folder, or it cannot be changed.
    """
    if not is_of(folder, source):
        return
    with open_results(source, folder):
        pass
    if not {item.name for item in folder.iterdir()} - {MARKER, LOCK}:
        for name in (MARKER, LOCK):
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def folder_name(part: Part, is_taken: Callable[[str], bool]) -> str:
    """Return the name of a folder for the results of an exercise; another one if it was done before."""
    name = f"{part.number}-{part.rule.id}"
    number, chosen = 1, name
    while is_taken(chosen):
        number += 1
        chosen = f"{name}-{number}"
    return chosen


def _part(done: Done) -> dict[str, Any]:
    part = done.part
    return {
        "number": part.number,
        "exercise": part.rule.id,
        "level": part.task.level,
        "side": part.task.side,
        "folder": done.folder,
        "done": done.is_done,
        "sets": part.task.sets,
        "reps_of_a_set": part.reps,
        "sides": list(part.sides),
        "counted": done.counted,
        "clean": done.clean,
        "from_s": done.from_s,
        "to_s": done.to_s,
    }
