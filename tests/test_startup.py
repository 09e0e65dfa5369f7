"""Help, the version and what was typed wrong are told at once: nothing is loaded for them that only work needs."""

import subprocess
import sys

import pytest

HEAVY = {
    "ai_edge_litert", "arro3", "av", "cv2", "dask", "distributed", "filelock", "jinja2", "jsonschema", "mediapipe", "msgspec",
    "numpy", "packaging", "sounddevice", "sqlalchemy",
}  # fmt: skip
OF_WORK = {
    f"formcheck.{part}"
    for part in (
        "batch", "body", "capture.frame", "exercise", "fields", "history", "live", "output", "pipeline", "plan", "pose",
        "session", "writing",
    )
}  # fmt: skip
LOOK = """
import sys
from formcheck.entry import run
code = run(sys.argv[1:])
print("LOADED", *sys.modules)
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("--help", 0),
        ("--lang nl --help", 0),
        ("--version", 0),
        ("analyze --help", 0),
        ("live --help", 0),
        ("history show --help", 0),
        ("plan --help", 0),
        ("train --help", 0),
        ("export --help", 0),
        ("analyze --revs 3", 2),
    ],
)
def test_only_what_declares_the_commands_is_loaded(line: str, code: int) -> None:
    done = subprocess.run([sys.executable, "-c", LOOK, *line.split()], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "formcheck.cli" in loaded
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
    assert not loaded & OF_WORK
