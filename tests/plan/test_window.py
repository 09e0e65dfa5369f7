"""`train` in a real window on a virtual display, driven with real key presses."""

import json
import time
from pathlib import Path

from tests.live.test_window import Running, display, pytestmark  # noqa: F401  # a fixture, and what it needs

PLAN = """
title = "Two"
[[exercise]]
name = "hip_airplane"
[[exercise]]
name = "dead_bug"
"""


def test_a_plan_is_walked_through_by_keys(display: str, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "two.toml").write_text(PLAN, encoding="utf-8")
    running = Running(display, tmp_path, "train", "two.toml", clip="hip_airplane", begins="plan")
    running.focus()
    running.press("n")
    running.until("hold", what="started")
    running.press("space")
    running.until("pause")
    running.press("e")
    running.until("skipped", exercise="hip_airplane")
    running.until("part", exercise="dead_bug")
    running.press("s")
    running.until("note", text="Snapshot: snapshot-1.png")
    running.press("b")
    running.until("note", text="The last exercise once more.")
    running.press("e")
    running.until("skipped", exercise="hip_airplane")
    time.sleep(0.5)
    running.press("e")
    running.until("plan_ended", through=True)
    running.press("x")  # any key closes the summary
    assert running.end() == (0, "")
    document = json.loads((running.folder / "plan.json").read_text(encoding="utf-8"))
    assert [(part["exercise"], part["done"]) for part in document["parts"]] == [("hip_airplane", False)]
    assert (running.folder / "1-hip_airplane" / "session.json").exists()
    assert (running.folder / "snapshot-1.png").stat().st_size > 10_000


def test_what_only_the_person_knows_is_asked_when_a_live_session_ends(display: str, tmp_path: Path) -> None:  # noqa: F811
    running = Running(display, tmp_path, "live", "dead-bug", clip="dead_bug")
    running.focus()
    running.until("rep")
    running.press("q")
    running.until("question", question="effort")
    running.press("3")
    running.until("answer", question="effort", value=3)
    running.press("q")  # no more answers
    running.until("ended")
    running.press("x")
    assert running.end() == (0, "")
    document = json.loads((running.folder / "session.json").read_text(encoding="utf-8"))
    assert [(item["id"], item["value"]) for item in document["answers"]] == [("effort", 3)]
