import hashlib
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mediapipe.tasks.python.vision import PoseLandmarker

from formcheck.capture.frame import Frame
from formcheck.capture.video_file import VideoFile
from formcheck.errors import InstallationError, UsageError
from formcheck.pose.bundles import MODELS
from formcheck.pose.estimator import MediaPipeEstimator
from formcheck.pose.pose import Observation
from formcheck.pose.recording import read_landmarks
from formcheck.pose.recording_writer import LandmarkWriter
from tests.capture.clips import Picture
from tests.capture.test_scene import room
from tests.pose.test_recording import SOURCE, same

DARK = np.zeros((180, 320, 3), np.uint8)


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    z: float = 0.0
    visibility: float = 0.5


@dataclass(frozen=True)
class Found:
    pose_landmarks: list[list[Mark]]
    pose_world_landmarks: list[list[Mark]]


PERSON = Found(
    [[Mark(0.123456789, 0.987654321, visibility=0.98765)] * 33], [[Mark(0.123456, -0.00000001, float("nan"))] * 33]
)
NOBODY = Found([], [])


@dataclass
class FakeLandmarker:
    """Finds what it is told to find, and remembers how it was asked."""

    found: Found = PERSON
    times_ms: list[int] = field(default_factory=list)
    images: list[Picture] = field(default_factory=list)
    closed: bool = False

    def detect_for_video(self, image: Any, time_ms: int) -> Found:
        self.times_ms.append(time_ms)
        self.images.append(image.numpy_view().copy())
        return self.found

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def made(monkeypatch) -> list[FakeLandmarker]:
    """The landmarkers that were made, all of them fake."""
    made: list[FakeLandmarker] = []

    def make(_: object) -> FakeLandmarker:
        made.append(FakeLandmarker())
        return made[-1]

    monkeypatch.setattr(PoseLandmarker, "create_from_options", make)
    return made


def frame(time_s: float, picture: Picture | None = None) -> Frame:
    return Frame(round(time_s * 30), time_s, room(1) if picture is None else picture)


# What is handed to MediaPipe, and what comes back


def test_the_picture_is_handed_over_in_rgb(made):
    picture = room(1).copy()
    picture[0, 0] = (255, 0, 0)
    MediaPipeEstimator("lite").estimate(frame(0, picture))
    assert made[0].images[0][0, 0].tolist() == [0, 0, 255]
    assert np.array_equal(made[0].images[0], picture[..., ::-1])


def test_times_are_whole_milliseconds_that_increase(made):
    estimator = MediaPipeEstimator("lite")
    for time_s in (0.0, 0.0001, 0.0002, 0.04, 0.0404, 1.0):
        estimator.estimate(frame(time_s))
    assert made[0].times_ms == [0, 1, 2, 40, 41, 1000]


def test_landmarks_are_px_rounded_and_read_only(made):
    seen = MediaPipeEstimator("lite").estimate(frame(0.5))
    assert seen.time_s == 0.5
    assert seen.pose is not None
    assert seen.pose.image_px.tolist() == [[39.51, 177.78]] * 33
    assert seen.pose.world_m[0, :2].tolist() == [0.1235, 0.0]
    assert np.isnan(seen.pose.world_m[:, 2]).all()
    assert not np.signbit(seen.pose.world_m[0, 1])
    assert seen.pose.visibility.tolist() == [0.988] * 33
    for array in (seen.pose.image_px, seen.pose.world_m, seen.pose.visibility):
        assert array.dtype == np.float64
        assert not array.flags.writeable


def test_what_is_seen_is_what_replay_reads(made, tmp_path):
    estimator = MediaPipeEstimator("lite")
    seen = [estimator.estimate(frame(i / 30, room(1 + i // 5))) for i in range(12)]
    with LandmarkWriter(tmp_path / "landmarks.jsonl", SOURCE, estimator.model) as writer:
        for one in seen:
            writer.write(one)
    back = list(read_landmarks(tmp_path / "landmarks.jsonl")[1])
    assert all(same(one, other) for one, other in zip(seen, back, strict=True))


def test_nobody(made):
    estimator = MediaPipeEstimator("lite")
    made[0].found = NOBODY
    assert estimator.estimate(frame(0)) == Observation(0, None)


# Scenes


def test_no_track_crosses_a_cut(made):
    estimator = MediaPipeEstimator("lite")
    cuts = [estimator.estimate(frame(i / 10, room(1 if i < 5 else 2))).cut for i in range(10)]
    assert cuts == [i == 5 for i in range(10)]
    assert [len(one.times_ms) for one in made] == [5, 5]
    assert [one.closed for one in made] == [True, False]


def test_where_nobody_is_followed_a_cut_costs_nothing(made):
    estimator = MediaPipeEstimator("lite")
    made[0].found = NOBODY
    cuts = [estimator.estimate(frame(i / 10, room(1 if i < 5 else 2))).cut for i in range(10)]
    assert sum(cuts) == 1
    assert len(made) == 1


def test_nobody_is_looked_for_in_the_dark_and_no_track_crosses_it(made):
    estimator = MediaPipeEstimator("lite")
    seen = [estimator.estimate(frame(i / 10, DARK if 5 <= i < 10 else room(1))) for i in range(15)]
    assert [one.unfit for one in seen] == [5 <= i < 10 for i in range(15)]
    assert [one.pose is None for one in seen] == [5 <= i < 10 for i in range(15)]
    assert [one.cut for one in seen] == [i == 10 for i in range(15)]
    assert [len(one.times_ms) for one in made] == [5, 5]


def test_frames_must_come_in_order(made):
    estimator = MediaPipeEstimator("lite")
    estimator.estimate(frame(1))
    with pytest.raises(ValueError, match="does not come after"):
        estimator.estimate(frame(1))


# Opening and closing


def test_it_closes_what_it_opened(made):
    with MediaPipeEstimator("lite") as estimator:
        assert not made[0].closed
    assert made[0].closed
    estimator.close()


def test_it_closes_after_an_error(made):
    with pytest.raises(RuntimeError, match="x"), MediaPipeEstimator("lite"):
        raise RuntimeError("x")
    assert made[0].closed


@pytest.mark.parametrize("model", MODELS)
def test_the_models_work(model):
    with MediaPipeEstimator(model) as estimator:
        assert estimator.model == model
        assert estimator.estimate(frame(0)) == Observation(0, None)


def test_a_model_of_ones_own(tmp_path):
    own = tmp_path / "mine é.task"
    own.write_bytes((Path(__file__).parents[2] / "formcheck/pose/models/pose_landmarker_lite.task").read_bytes())
    with MediaPipeEstimator(own) as estimator:
        assert estimator.estimate(frame(0)).pose is None


@pytest.mark.parametrize("model", ["medium", "", "Heavy", "none.task", "folder/none"])
def test_an_unknown_model_lists_the_choices(model):
    with pytest.raises(UsageError, match="heavy, full, lite") as caught:
        MediaPipeEstimator(model)
    assert model in caught.value.cause


@pytest.mark.parametrize("content", [b"", b"hello\n" * 1000, b"PK\x03\x04" + bytes(5000)])
def test_a_broken_model(tmp_path, content, capfd):
    path = tmp_path / "own.task"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="is not a pose model") as caught:
        MediaPipeEstimator(path)
    assert "heavy, full or lite" in caught.value.remedy
    assert capfd.readouterr() == ("", "")


def test_a_model_that_the_installation_lacks(tmp_path, monkeypatch):
    monkeypatch.setattr("formcheck.pose.bundles.MODELS_FOLDER", tmp_path)
    with pytest.raises(InstallationError, match="missing from this installation"):
        MediaPipeEstimator("heavy")


def test_a_model_of_ours_that_is_damaged(tmp_path, monkeypatch):
    monkeypatch.setattr("formcheck.pose.bundles.MODELS_FOLDER", tmp_path)
    (tmp_path / "pose_landmarker_heavy.task").write_bytes(b"hello" * 100)
    with pytest.raises(InstallationError, match="damaged"):
        MediaPipeEstimator("heavy")


def test_a_missing_system_library_is_not_called_a_broken_model(monkeypatch):
    def start(_: object) -> None:
        raise OSError("libGLESv2.so.2: cannot open shared object file: No such file or directory")

    monkeypatch.setattr("formcheck.pose.estimator.PoseLandmarker.create_from_options", start)
    with pytest.raises(InstallationError, match=r"libGLESv2\.so\.2 is missing") as caught:
        MediaPipeEstimator("heavy")
    assert "libgles2" in caught.value.remedy


# The library underneath

RUN = """
import numpy as np
from formcheck.capture.frame import Frame
from formcheck.pose.estimator import MediaPipeEstimator
rng = np.random.default_rng(0)
with MediaPipeEstimator("lite") as estimator:
    for index in range(3):
        estimator.estimate(Frame(index, index / 30, rng.integers(0, 255, (90, 160, 3), dtype=np.uint8)))
print("done")
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)


def test_a_run_says_nothing_on_stderr():
    result = run(RUN)
    assert (result.stdout, result.stderr) == ("done\n", "")


def test_tracebacks_are_still_seen():
    result = run(RUN.replace('print("done")', 'raise ValueError("seen")'))
    assert result.stderr.startswith("Traceback")
    assert "ValueError: seen" in result.stderr


# Allows everything but opening a socket: whoever tries dies. Telling the processor's numbering by its name is enough.
NO_SOCKETS = """
import ctypes, platform, struct
socket_call = {"x86_64": 41, "aarch64": 198}[platform.machine()]
code = b"".join(
    struct.pack("HBBI", *step)
    for step in ((0x20, 0, 0, 0), (0x15, 0, 1, socket_call), (0x06, 0, 0, 0x80000000), (0x06, 0, 0, 0x7FFF0000))
)
steps = ctypes.create_string_buffer(code)
program = ctypes.create_string_buffer(struct.pack("HP", 4, ctypes.addressof(steps)))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, program, 0, 0):
    print("no guard")
    raise SystemExit
"""


def run_without_sockets(code: str) -> subprocess.CompletedProcess[str]:
    if not sys.platform.startswith("linux"):
        pytest.skip("needs Linux to forbid sockets")
    result = run(NO_SOCKETS + code)
    if "no guard" in result.stdout or "KeyError" in result.stderr:
        pytest.skip("this machine cannot forbid sockets")
    return result


def test_a_run_opens_no_connection():
    assert run_without_sockets("import socket; socket.socket()").returncode != 0, "the guard does not bite"
    result = run_without_sockets(RUN)
    assert (result.returncode, result.stdout, result.stderr) == (0, "done\n", "")


# Real clips


def digest(clip: Path, frames: int) -> str:
    total = hashlib.sha256()
    with MediaPipeEstimator("lite") as estimator:
        for one in VideoFile(clip):
            if one.index == frames:
                break
            pose = estimator.estimate(one).pose
            assert pose is not None
            total.update(pose.image_px.tobytes() + pose.world_m.tobytes() + pose.visibility.tobytes())
    return total.hexdigest()


def test_the_same_clip_gives_the_same_landmarks(footage):
    clip = footage / "side_lunge_front.mp4"
    assert digest(clip, 40) == digest(clip, 40)


def test_a_person_is_found_where_it_is(footage, capfd):
    with MediaPipeEstimator("heavy") as estimator:
        seen = [estimator.estimate(one).pose for one in VideoFile(footage / "side_lunge_front.mp4", fps=1)]
    found = [pose for pose in seen if pose is not None]
    assert len(found) == len(seen)
    nose = np.median([pose.image_px[0] for pose in found], axis=0)
    ankles = np.median([pose.image_px[27:29].mean(0) for pose in found], axis=0)
    assert nose == pytest.approx([665, 200], abs=60)
    assert ankles == pytest.approx([655, 630], abs=60)
    assert capfd.readouterr() == ("", "")


def test_nobody_is_seen_in_a_title_card_nor_in_the_black(footage):
    with MediaPipeEstimator("heavy") as estimator:
        for one in VideoFile(footage / "knee_to_chest_side.mp4", fps=3):
            if one.time_s < 5.9 or one.time_s > 37.95:
                assert estimator.estimate(one).pose is None
