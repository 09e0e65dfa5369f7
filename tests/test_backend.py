"""What runs the pose model is the user's choice, and is recorded."""

import subprocess
import sys
from pathlib import Path

import pytest

import formcheck
from formcheck.entry import run
from formcheck.errors import UsageError
from formcheck.language import choose
from formcheck.live.options import LiveOptions
from formcheck.live.session import live
from formcheck.output.records import session_document
from formcheck.pose.opening import BACKENDS, open_estimator, seeing
from formcheck.pose.pose import Observation
from formcheck.pose.recording import Recording
from formcheck.samples_folder import sample_clip
from tests.capture.clips import recoded

CLIP = sample_clip("lateral_lunge")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The beginning of a clip."""
    return recoded(CLIP, tmp_path_factory.mktemp("clip") / "clip", "h264", 2.0)


def analysed(clip: Path, folder: Path, threads: int | None) -> formcheck.Session:
    return formcheck.analyze(clip, "lateral_lunge", out=folder, model="lite", backend="litert", threads=threads)


def ran(session: formcheck.Session) -> tuple[object, object]:
    """What session.json says of what ran the model."""
    document = session_document(session)
    return document["backend"], document["threads"]


def test_litert_is_recorded_and_replayed_exactly(clip: Path, tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert")
    session = analysed(clip, tmp_path / "one", 1)
    recording = Recording(tmp_path / "one" / "landmarks.jsonl")
    seen = [line for line in recording if isinstance(line, Observation)]
    poses = [one.pose for one in seen if one.pose is not None]
    assert recording.header.run.backend == "litert"
    assert len(poses) > 0.9 * len(seen)
    assert all(pose.is_raw and pose.evidence is not None for pose in poses)
    replayed = formcheck.replay(tmp_path / "one" / "landmarks.jsonl")
    assert session_document(replayed) == session_document(session)
    assert ran(session) == ran(replayed) == ("litert", 1)
    analysed(clip, tmp_path / "two", 2)
    one, two = ((tmp_path / name / "landmarks.jsonl").read_bytes().splitlines()[1:] for name in ("one", "two"))
    assert one == two


def test_live_takes_it_too(clip: Path, tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert")
    wanted = LiveOptions(camera=str(clip), model="lite", headless=True, muted=True, backend="litert", threads=2)
    lived = live("lateral_lunge", wanted, out=tmp_path / "results")
    recording = Recording(lived.folder / "landmarks.jsonl")
    assert recording.header.run.backend == "litert"
    assert ran(lived.session) == ("litert", 2)
    assert any(one.pose is not None and one.pose.is_raw for one in recording if isinstance(one, Observation))
    assert session_document(formcheck.replay(lived.folder / "landmarks.jsonl")) == session_document(lived.session)


def test_mediapipe_is_recorded_as_smoothed(clip: Path, tmp_path: Path) -> None:
    session = formcheck.analyze(clip, "lateral_lunge", out=tmp_path / "out", model="lite", backend="mediapipe")
    assert ran(session) == ("mediapipe", None)
    recording = Recording(tmp_path / "out" / "landmarks.jsonl")
    poses = [one.pose for one in recording if isinstance(one, Observation) and one.pose is not None]
    assert recording.header.run.backend == "mediapipe"
    assert not any(pose.is_raw or pose.evidence is not None for pose in poses)


@pytest.mark.parametrize("command", [("analyze", str(CLIP), "-e", "lateral-lunge"), ("demo",), ("live", "dead-bug")])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--backend", "lite"), "There is no backend “lite”. Did you mean litert?"),
        (("--backend", "litert", "--threads", "0"), "--threads 0 is not possible"),
        (("--backend", "litert", "--threads", "1000"), "from 1 to 64"),
        (("--backend", "mediapipe", "--threads", "2"), "MediaPipe always uses one thread"),
    ],
)
def test_what_cannot_be_had_is_told(
    command: tuple[str, ...], arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run((*command, *arguments))
    said = capsys.readouterr().err
    assert (code, words in said) == (2, True), said
    assert len(said.strip().splitlines()) == 2


@pytest.mark.parametrize(("backend", "device"), [("other", "cpu"), (None, "other")])
def test_what_can_be_had_is_listed_in_the_language(backend: str | None, device: str) -> None:
    choose("nl")
    with pytest.raises(UsageError) as caught:
        seeing("lite", backend, None, device=device)
    assert caught.value.remedy in ("Kies mediapipe of litert.", "Kies cpu of gpu.")


WITHOUT_MEDIAPIPE = """
import platform, sys
sys.modules["mediapipe"] = None
platform.machine = lambda: "aarch64"
from formcheck.entry import main
main()
"""


def test_where_there_is_no_mediapipe_litert_does_all(clip: Path, tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert")

    def run_without(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", WITHOUT_MEDIAPIPE, *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    found = run_without("analyze", clip, "-e", "lateral-lunge", "--model", "lite", "--no-video", "--out", "out")
    assert (found.returncode, found.stderr) == (0, "")
    assert Recording(tmp_path / "out" / "landmarks.jsonl").header.run.backend == "litert"
    refused = run_without("analyze", clip, "-e", "lateral-lunge", "--backend", "mediapipe")
    assert (refused.returncode, "Use --backend litert here." in refused.stderr) == (1, True)
    examined = run_without("doctor")
    assert examined.returncode == 0, examined.stdout
    assert "none  Package mediapipe" in examined.stdout


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_unknown_model_is_told_alike(backend: str) -> None:
    if backend == "litert":
        pytest.importorskip("ai_edge_litert")
    with pytest.raises(UsageError, match="There is no model “medium”"):
        open_estimator("medium", backend)  # type: ignore[arg-type]
