"""Whole runs of the command line: results, exit codes, and errors that people can read."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.output.records import session_schema
from formcheck.samples_folder import sample_clip
from tests.recordings import recorded_figure

pytestmark = pytest.mark.xdist_group("command line")
"""One process: the demo runs once."""

CLIP = sample_clip("lateral_lunge")


def run(*arguments: object, cwd: Path, timeout_s: float = 300) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "formcheck", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": "100", "FORMCHECK_DEBUG": "0"}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=timeout_s, env=environment, check=False
    )


def grey_video(path: Path, frames: int = 20) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for i in range(frames):
            image = np.full((120, 160, 3), 120, np.uint8)
            image[20:40, 20 + i : 40 + i] = 200
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode())
    return path


def beginning(clip: Path, path: Path, seconds: float = 2.0) -> Path:
    """Write the first seconds of a clip: somebody stands."""
    with av.open(str(clip)) as whole, av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=15)
        source = whole.streams.video[0]
        stream.width, stream.height, stream.pix_fmt = source.width, source.height, "yuv420p"
        for frame in whole.decode(source):
            if frame.time is None or frame.time > seconds:
                break
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame.to_ndarray(format="bgr24"), format="bgr24")))
        container.mux(stream.encode())
    return path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("demo")
    return run("demo", "--model", "lite", cwd=folder), folder / f"{CLIP.name}.formcheck"


def test_the_demo_counts_and_says_where_the_results_are(
    demo: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    result, folder = demo
    assert result.returncode == 0, result.stderr
    assert folder.name in result.stdout
    document = json.loads((folder / "session.json").read_text(encoding="utf-8"))
    assert document["summary"]["reps"] == 2
    for name in ("reps.csv", "landmarks.jsonl", "annotated.mp4", "report.html"):
        assert (folder / name).stat().st_size > 0
    assert "Traceback" not in result.stderr
    assert "W0000" not in result.stderr


def test_replay_equals_analyze(demo: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path) -> None:
    _, folder = demo
    result = run("replay", folder / "landmarks.jsonl", "-e", "lateral-lunge", "--json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == json.loads((folder / "session.json").read_text(encoding="utf-8"))


WITHOUT_ANY = """
import platform, sys
sys.modules["mediapipe"] = sys.modules["ai_edge_litert"] = None
platform.machine = lambda: "riscv64"
from formcheck.entry import main
main()
"""


def test_a_computer_without_mediapipe_is_told_and_can_replay(
    demo: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    def run_without(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", WITHOUT_ANY, *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    refused = run_without("analyze", CLIP, "-e", "lateral-lunge")
    assert refused.returncode == 1
    assert "MediaPipe, which finds the person in a picture, has no release" in refused.stderr
    assert "Traceback" not in refused.stderr
    replayed = run_without("replay", demo[1] / "landmarks.jsonl", "-e", "lateral-lunge", "--json")
    assert replayed.returncode == 0, replayed.stderr
    assert json.loads(replayed.stdout)["summary"]["reps"] == 2


def test_the_exercise_is_recognised(demo: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path) -> None:
    result = run("replay", demo[1] / "landmarks.jsonl", "-e", "auto", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "lateral_lunge (recognised)" in result.stdout


def test_a_replay_says_where_its_results_are_or_that_there_are_none(tmp_path: Path) -> None:
    landmarks = recorded_figure(tmp_path / "landmarks.jsonl")
    before = set(tmp_path.iterdir())
    told = run("replay", landmarks, cwd=tmp_path)
    assert "Nothing was written: --out DIR" in told.stdout
    assert set(tmp_path.iterdir()) == before
    json.loads(run("replay", landmarks, "--json", cwd=tmp_path).stdout)
    written = run("replay", landmarks, "--out", "results", cwd=tmp_path)
    assert "Results are in results" in written.stdout
    assert (tmp_path / "results" / "session.json").exists()
    assert (tmp_path / "results" / "report.html").exists()
    run("replay", landmarks, "--out", "results", "--no-report", cwd=tmp_path)
    assert (tmp_path / "results" / "session.json").exists()
    assert not (tmp_path / "results" / "report.html").exists()


def test_not_being_sure_keeps_the_landmarks_for_a_replay(tmp_path: Path) -> None:
    clip = beginning(CLIP, tmp_path / "standing.mp4")
    result = run("analyze", clip, "-e", "auto", "--model", "lite", cwd=tmp_path)
    assert result.returncode == 2, result.stdout + result.stderr
    landmarks = tmp_path / "standing.mp4.formcheck" / "landmarks.jsonl"
    assert "Not sure" in result.stderr
    assert f"formcheck replay {landmarks} -e" in result.stderr
    assert run("replay", landmarks, "-e", "lateral-lunge", cwd=tmp_path).returncode == 0


def test_json_validates(demo: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    import jsonschema

    document = json.loads((demo[1] / "session.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, session_schema())


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("analyze", "clip.mp4", "-e", "jumping"), 2, "no exercise"),
        (("analyze", "clip.mp4", "-e", "dead-bug", "--level", "mad"), 2, "no level"),
        (("analyze", "clip.mp4", "-e", "dead-bug", "--side", "up"), 2, "left or right"),
        (("analyze", "clip.mp4", "-e", "auto", "--level", "harder"), 2, "level"),
        (("analyze", "clip.mp4", "-e", "dead-bug", "--model", "huge"), 2, "huge"),
        (("analyze", "clip.mp4"), 2, "exercise"),
        (("analyze", "missing.mp4", "-e", "dead-bug"), 3, "missing.mp4"),
        (("analyze", "text.mp4", "-e", "dead-bug"), 3, "text.mp4"),
        (("analyze", "nothing", "-e", "auto"), 3, "a folder of videos"),
        (("analyse", "clip.mp4"), 2, "Did you mean analyze?"),
        (("history", "forgt", "1"), 2, "Did you mean forget?"),
        (("analyze", "grey.mp4", "-e", "dead-bug"), 4, "No person"),
        (("analyze", "clip.mp4", "-e", "dead-bug", "--out", "taken"), 6, "--out"),
        (("replay", "text.mp4", "-e", "dead-bug"), 3, "text.mp4"),
        (("exercises", "jumping"), 2, "no exercise"),
        (("exercises", "--check", "broken_rule.py"), 2, "line 2"),
        (("analyze", "clip.mp4", "-e", "dead-bug", "--rules", "nowhere"), 2, "nowhere"),
        (("demo", "jumping"), 2, "sample clip"),
    ],
)
def test_errors_are_for_people(arguments: tuple[str, ...], code: int, words: str, tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(CLIP.read_bytes())
    (tmp_path / "text.mp4").write_text("this is no video\n")
    (tmp_path / "broken_rule.py").write_text("\nEXERCISE = Exercise(\n")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("mine")
    grey_video(tmp_path / "grey.mp4")
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == code, result.stdout + result.stderr
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert (tmp_path / "taken" / "thesis.txt").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ on Windows")
def test_interrupting_keeps_what_was_done(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [
            sys.executable, "-m", "formcheck", "analyze", str(CLIP), "-e", "lateral-lunge", "--model", "lite",
            "--out", "results",
        ],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A job in the background is started deaf to it.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    landmarks = tmp_path / "results" / "landmarks.jsonl"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (landmarks.exists() and landmarks.read_bytes().count(b"\n") > 20):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "kept" in errors
    assert "Traceback" not in errors
    document = json.loads((tmp_path / "results" / "session.json").read_text(encoding="utf-8"))
    assert document["source"]["frames"] > 10
    # It is drawn once all is judged: who stops before that gets the results, and no video.
    assert not (tmp_path / "results" / "annotated.mp4").exists()
    assert (tmp_path / "results" / "report.html").exists()


@pytest.mark.parametrize(
    "command",
    [(), ("analyze",), ("replay",), ("exercises",), ("demo",), ("doctor",), ("history",), ("history", "forget")],
)
def test_help(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*command, "--help", cwd=tmp_path)
    assert result.returncode == 0
    assert "formcheck" in result.stdout


def test_exercises_lists_all_nine_and_shows_one_whole(tmp_path: Path) -> None:
    listed = run("exercises", cwd=tmp_path).stdout
    for name in ("hip_airplane", "kettlebell_shift", "hip_90_90", "spiderman_lunge", "childs_pose", "dead_bug"):
        assert name in listed
    page = run("exercises", "dead-bug", cwd=tmp_path).stdout
    for words in ("Not at 90/90", "Knees over hips", "What no camera sees"):
        assert words in page


def test_doctor_finds_the_models(tmp_path: Path) -> None:
    result = run("doctor", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    for model in ("lite", "full", "heavy"):
        assert f"Model {model}" in result.stdout
    assert "Camera" in result.stdout
    assert not [line for line in result.stdout.splitlines() if line.startswith("ok") and "too slow" in line]
    assert result.stderr == ""
