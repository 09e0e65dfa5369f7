"""A folder of short recordings, and whole runs over it."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from formcheck.samples_folder import sample_clip
from tests.capture.clips import recoded

NAMES = ("day 1/lunge", "day 1/bug", "day 2/lunge", "day 2/pose")
EXERCISES = ("lateral_lunge", "dead_bug", "lateral_lunge", "childs_pose")
LIST = """file,exercise
clips/day 1/bug.mp4,dead-bug
clips/day 1/lunge.mp4,lateral-lunge
clips/day 2/bad.mp4,dead-bug
clips/day 2/lunge.mp4,auto
clips/day 2/pose.mp4,childs-pose
"""
"""Too little of the fourth is there for anybody to be sure."""
WITH_ALL = ("--model", "lite", "--fps", "5", "--threads", "1")
SHORT = (*WITH_ALL, "--no-report", "--no-video")
DATE = {"SOURCE_DATE_EPOCH": "1700000000"}


def make_clips(folder: Path, *, seconds: float = 1.5, copies: int = 1) -> Path:
    """Make recordings of which no two are alike, and one that is damaged; return their folder."""
    for index in range(copies * len(NAMES)):
        name, exercise = NAMES[index % len(NAMES)], EXERCISES[index % len(NAMES)]
        path = folder / f"{name}{index // len(NAMES) or ''}"
        path.parent.mkdir(parents=True, exist_ok=True)
        recoded(sample_clip(exercise), path, "h264", seconds + index / 10)
    (folder / "day 2" / "bad.mp4").write_bytes(b"no video")
    (folder.parent / "list.csv").write_text(LIST, encoding="utf-8")
    return folder


def started(*arguments: object, cwd: Path) -> "subprocess.Popen[str]":
    """Start the command line, with what it starts in a group of its own."""
    command = [sys.executable, "-m", "formcheck", *map(str, arguments)]
    environment = {**os.environ, **DATE, "COLUMNS": "100", "FORMCHECK_DEBUG": "0"}
    return subprocess.Popen(
        command,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )


def run(*arguments: object, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command line to its end."""
    process = started(*arguments, cwd=cwd)
    output, errors = process.communicate(timeout=300)
    return subprocess.CompletedProcess(["formcheck"], process.returncode, output, errors)


def rows_of(out: Path) -> list[dict[str, str]]:
    """Return the index of a batch."""
    with (out / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def results_in(out: Path) -> dict[str, bytes]:
    """Return all files of results by their place, without what notes who made them and when, and the index."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.stem != "index"
    }
