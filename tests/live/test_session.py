"""Whole live sessions without a window: a fake camera and model, faults, signals, and files in real time."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from formcheck import analyze
from formcheck.capture.camera import Image
from formcheck.capture.frame import Frame
from formcheck.capture.video_file import VideoFile
from formcheck.live.lines import Json, events_schema
from formcheck.live.options import LiveOptions
from formcheck.live.session import LiveResult, live
from formcheck.output.records import session_document
from formcheck.pose.pose import Observation
from formcheck.pose.recording import read_landmarks
from formcheck.replaying import replay
from formcheck.samples_folder import sample_clip
from samples.figure import best_view, movement, observe
from tests.capture.fake_camera import FakeCamera, noise
from tests.output.conftest import disk_limit  # noqa: F401  # a fixture

FPS = 10.0


class Scene:
    """A camera and a model that see a posed figure, a picture at a time; what the script says goes wrong."""

    def __init__(self, film: Sequence[Observation], faults: dict[int, Image | str] | None = None, **camera) -> None:
        self._film = film
        faults = faults or {}
        self.camera = FakeCamera(lambda i: faults.get(i, noise(i) if i < len(film) else "end"), **camera)
        self.camera.ends = True
        self.camera.info = type(self.camera.info)("camera", "camera:0", 1280, 720, FPS, 0, 0.0)
        self._times: list[float] = []

    def open_model(self, _name: str) -> "Scene":
        self.camera.let(1)
        return self

    def go_on_from(self, before: object) -> None:
        pass

    def estimate(self, frame: Frame) -> Observation:
        self.camera.let(1)
        # What the figure does at the time of the picture: what was left out is lost.
        seen = self._film[min(len(self._film) - 1, round(frame.time_s * FPS) - 1)]
        pose = (
            None
            if seen.pose is None
            else type(seen.pose)(frame.time_s, seen.pose.image_px, seen.pose.world_m, seen.pose.visibility)
        )
        return Observation(frame.time_s, pose)

    def close(self) -> None:
        self.camera.let(2)


def film(exercise: str = "lateral_lunge", **moves) -> list[Observation]:
    return observe(movement(exercise, **moves), best_view(exercise), FPS)


def run(scene: Scene, tmp_path: Path, exercise: str = "lateral_lunge", **wanted) -> tuple[LiveResult, list[Json]]:
    events: list[Json] = []
    lived = live(
        exercise,
        LiveOptions(headless=True, muted=True, guided=False, model="heavy", backend="mediapipe", **wanted),
        out=tmp_path / "results",
        print_event=events.append,
        camera=scene.camera,
        open_model=scene.open_model,
    )
    for event in events:
        jsonschema.validate(json.loads(json.dumps(event)), events_schema())
    return lived, events


def test_a_session_leaves_complete_results(tmp_path: Path) -> None:
    lived, events = run(Scene(film(reps=2)), tmp_path, record=True, with_report=True)
    assert len(lived.session.counted) == 2
    assert (lived.stopped, lived.failure) == (False, None)
    kinds = [event["event"] for event in events]
    assert (kinds[0], kinds[-1], kinds.count("rep"), kinds.count("hold")) == ("started", "ended", 2, 6)
    for name in ("session.json", "reps.csv", "landmarks.jsonl", "recording.mp4", "report.html"):
        assert (lived.folder / name).stat().st_size > 0
    assert '<video id="video" src="recording.mp4"' in (lived.folder / "report.html").read_text(encoding="utf-8")
    document = json.loads((lived.folder / "session.json").read_text(encoding="utf-8"))
    assert document["source"]["kind"] == "camera"
    assert document == session_document(replay(lived.folder / "landmarks.jsonl", "lateral_lunge"))


def test_a_file_gives_live_what_it_gives_analysed(tmp_path: Path) -> None:
    clip = sample_clip("lateral_lunge")
    events: list[Json] = []
    wanted = LiveOptions(camera=str(clip), model="lite", headless=True, muted=True)
    lived = live("lateral_lunge", wanted, out=tmp_path / "results", print_event=events.append)
    analysed = analyze(clip, "lateral_lunge", out=tmp_path / "analysed", model="lite")
    assert analysed.counted
    assert len(lived.session.reps) == len(analysed.reps)
    # In real time a picture may be left out: times may differ by a few, and nothing else.
    for one, other in zip(lived.session.reps, analysed.reps, strict=True):
        assert (one.start_s, one.end_s) == pytest.approx((other.start_s, other.end_s), abs=0.3)
        assert (one.side, one.counted, one.form, one.not_counted_because) == (
            other.side, other.counted, other.form, other.not_counted_because,
        )  # fmt: skip
        assert {fault.id for fault in one.faults} == {fault.id for fault in other.faults}
        assert [hold.passed for hold in one.holds] == [hold.passed for hold in other.holds]
    told = [event for event in events if event["event"] == "rep"]
    assert [event["number"] for event in told] == [rep.number for rep in lived.session.counted]


@pytest.mark.parametrize(
    ("kind", "address", "guided"),
    [("camera", "camera:0", True), ("camera", "http://192.168.0.7:8080/video", True), ("file", "clip.mp4", False)],
)
def test_every_camera_gets_the_guide_and_no_file_does(kind: str, address: str, guided: bool, tmp_path: Path) -> None:
    scene = Scene(film(reps=1)[:10])
    scene.camera.info = replace(scene.camera.info, kind=kind, path=address)
    events: list[Json] = []
    live(
        "lateral_lunge",
        LiveOptions(headless=True, muted=True, model="heavy"),
        out=tmp_path / "results",
        print_event=events.append,
        camera=scene.camera,
        open_model=scene.open_model,
    )
    assert any(event["event"] == "guide" for event in events) is guided


@pytest.mark.parametrize("gone_at", [5, 40, 75, 110])
def test_a_camera_that_goes_at_any_moment_counts_nothing_wrong(gone_at: int, tmp_path: Path) -> None:
    scene = Scene(film(reps=2), {i: "gone" for i in range(gone_at, gone_at + 3)}, failures=2)
    scene.camera.ends = False

    def read() -> object:
        got = FakeCamera.read(scene.camera)
        if got is None:
            scene.camera.ends = scene.camera.time_s * FPS > len(film(reps=2))
            scene.camera.let(1)
        return got

    scene.camera.read = read  # type: ignore[method-assign, assignment]
    lived, events = run(scene, tmp_path)
    assert [rep.counted for rep in lived.session.reps] == [True, True]
    healths = [event["health"] for event in events if event["event"] == "camera"]
    assert "lost" in healths


def test_black_pictures_and_odd_sizes_end_nothing(tmp_path: Path) -> None:
    faults: dict[int, Image | str] = {i: np.zeros((48, 64, 3), np.uint8) for i in range(20, 24)}
    faults |= {i: np.random.default_rng(i).integers(0, 255, (90, 50, 3), dtype=np.uint8) for i in range(60, 70)}
    lived, _ = run(Scene(film(reps=1), faults), tmp_path)
    assert len(lived.session.counted) == 1


def test_a_full_disk_loses_no_repetition(
    tmp_path: Path,
    disk_limit: Callable[[int], AbstractContextManager[None]],  # noqa: F811
) -> None:
    with disk_limit(100_000):
        lived, events = run(Scene(film(reps=2)), tmp_path)
    assert len(lived.session.counted) == 2
    assert lived.failure is not None
    assert "landmarks.jsonl" in lived.failure.cause
    assert sum(event["event"] == "note" and "goes on" in event["text"] for event in events) == 1
    _, read = read_landmarks(lived.folder / "landmarks.jsonl")
    assert len(list(read)) > 10


def test_what_breaks_inside_leaves_results_all_the_same(tmp_path: Path) -> None:
    scene = Scene(film(reps=1))
    look = scene.estimate

    def breaks(frame: Frame) -> Observation:
        if frame.index == 50:
            raise RuntimeError("the model is broken")
        return look(frame)

    scene.estimate = breaks  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="broken"):
        run(scene, tmp_path)
    document = json.loads((tmp_path / "results" / "session.json").read_text(encoding="utf-8"))
    assert document["source"]["frames"] == 50


def playing(tmp_path: Path, *more: str) -> subprocess.Popen[str]:
    """Start a session of the sample clip in real time, and wait until it is well under way."""
    command = [
        sys.executable, "-m", "formcheck", "live", "lateral-lunge", "--camera", str(sample_clip("lateral_lunge")),
        "--model", "lite", "--headless", "--mute", "--out", "results", *more,
    ]  # fmt: skip
    environment = {**os.environ, "FORMCHECK_DEBUG": "0"}
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        # A job in the background is started deaf to it.
        preexec_fn=None if sys.platform == "win32" else partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    landmarks = tmp_path / "results" / "landmarks.jsonl"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (landmarks.exists() and landmarks.read_bytes().count(b"\n") > 20):
        time.sleep(0.05)
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ on Windows")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130)])
def test_signals_end_it_with_complete_results(number: signal.Signals, code: int, tmp_path: Path) -> None:
    process = playing(tmp_path, "--json")
    process.send_signal(number)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (code, "")
    for line in output.splitlines():
        jsonschema.validate(json.loads(line), events_schema())
    assert json.loads(output.splitlines()[-1])["event"] == "ended"
    document = json.loads((tmp_path / "results" / "session.json").read_text(encoding="utf-8"))
    assert document["source"]["frames"] > 10
    assert document == session_document(replay(tmp_path / "results" / "landmarks.jsonl", "lateral_lunge"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ on Windows")
def test_killed_its_landmarks_and_recording_are_readable_to_the_end(tmp_path: Path) -> None:
    process = playing(tmp_path, "--record")
    process.kill()
    process.communicate(timeout=60)
    recording = [frame.time_s for frame in VideoFile(tmp_path / "results" / "recording.mp4")]
    landmarks = tmp_path / "results" / "landmarks.jsonl"
    _, read = read_landmarks(landmarks)
    assert len(list(read)) >= landmarks.read_bytes().count(b"\n") - 1 > 10
    session = replay(landmarks)
    assert session.frames > 10
    assert "its end is missing" in (session.damaged or "") or "ends after" in (session.damaged or "")
    assert recording[-1] > session.duration_s - 1.0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is always a display")
@pytest.mark.parametrize(
    ("more", "words"),
    [(("--camera", str(sample_clip("lateral_lunge"))), "--headless"), (("--camera", "97", "--headless"), "doctor")],
)
def test_without_display_or_camera_it_says_what_to_do(more: tuple[str, ...], words: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "formcheck", "live", "lateral-lunge", "--mute", *more]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 5
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert not list(tmp_path.iterdir())
