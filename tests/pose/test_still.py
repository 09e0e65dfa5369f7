"""Where picture and pose stand still the model looks at 5 frames a second; wherever anything moves, at each."""

from pathlib import Path

import numpy as np
import pytest

import formcheck
from formcheck.capture.frame import Frame
from formcheck.exercise.session_result import Session
from formcheck.output.records import session_document
from formcheck.pose.looking import Looking
from formcheck.pose.pose import Pose
from formcheck.pose.recording import Recording
from formcheck.samples_folder import sample_clip
from samples.figure import best_view, movement, observe
from tests.capture.clips import recoded

FPS = 30.0


class Counting(Looking):
    """Sees a figure that moves as it is told, and counts how often it is asked."""

    backend = "mediapipe"

    def __init__(self) -> None:
        super().__init__()
        self.pose = next(
            o.pose for o in observe(movement("childs_pose", reps=1), best_view("childs_pose"), FPS) if o.pose
        )
        self.shift_px, self.asked_s = 0.0, list[float]()

    def close(self) -> None: ...

    def forget(self) -> None: ...

    def find_person(self, frame: Frame) -> Pose | None:
        self.asked_s.append(frame.time_s)
        px = self.pose.image_px + self.shift_px * len(self.asked_s)
        return Pose(frame.time_s, px, self.pose.world_m, self.pose.visibility)


def room(seed: int = 0) -> np.ndarray:
    """A picture with something in it, and the noise of a camera."""
    picture = np.random.default_rng(7).integers(40, 220, (36, 64, 3)).repeat(10, axis=0).repeat(10, axis=1)
    return np.clip(picture + np.random.default_rng(seed).normal(0, 6, picture.shape), 0, 255).astype(np.uint8)


def looked(looking: Counting, seconds: float, picture_at) -> list[Pose | None]:
    return [
        looking.estimate(Frame(index, index / FPS, picture_at(index))).pose for index in range(round(seconds * FPS))
    ]


def test_five_frames_a_second_are_looked_at_where_all_stands_still() -> None:
    looking = Counting()
    looking.skip_still()
    poses = looked(looking, 4.0, room)
    assert len(looking.asked_s) == pytest.approx(4.0 * 5, abs=2)
    assert np.diff(looking.asked_s).max() <= 0.2 + 1e-6
    assert [pose.time_s for pose in poses if pose is not None] == [index / FPS for index in range(len(poses))]


def test_each_frame_is_looked_at_where_the_picture_changes() -> None:
    def picture(index: int) -> np.ndarray:
        shown = room(index)
        shown[100:140, 3 * index : 3 * index + 60] = 255
        return shown

    looking = Counting()
    looking.skip_still()
    poses = looked(looking, 4.0, picture)
    assert len(looking.asked_s) == len(poses)


def test_each_frame_is_looked_at_where_the_pose_moves() -> None:
    looking = Counting()
    looking.shift_px = 30.0
    looking.skip_still()
    poses = looked(looking, 2.0, room)
    assert len(looking.asked_s) == len(poses)


def test_nothing_is_skipped_unless_it_is_asked_for() -> None:
    looking = Counting()
    poses = looked(looking, 1.0, room)
    assert len(looking.asked_s) == len(poses)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A child's pose that comes and is held for a while."""
    return recoded(sample_clip("childs_pose"), tmp_path_factory.mktemp("film") / "clip", "h264", 8.0)


def test_what_is_found_is_the_same_within_two_looks_and_is_replayed_exactly(film: Path, tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert")

    def analysed(name: str, skip_still: bool) -> Session:
        return formcheck.analyze(
            film, "childs_pose", out=tmp_path / name, model="lite", threads=1, skip_still=skip_still
        )

    usual, quick = analysed("usual", False), analysed("quick", True)
    assert len(usual.reps) == len(quick.reps)
    for one, other in zip(usual.reps, quick.reps, strict=True):
        assert other.counted == one.counted
        assert (other.start_s, other.end_s) == pytest.approx((one.start_s, one.end_s), abs=0.4)
    assert {fault.id for fault in usual.faults} == {fault.id for fault in quick.faults}
    recording = Recording(tmp_path / "quick" / "landmarks.jsonl")
    assert recording.header.run.skip_still
    assert not Recording(tmp_path / "usual" / "landmarks.jsonl").header.run.skip_still
    lines = (tmp_path / "quick" / "landmarks.jsonl").read_bytes().splitlines()
    assert len(lines) == len((tmp_path / "usual" / "landmarks.jsonl").read_bytes().splitlines())
    assert session_document(formcheck.replay(tmp_path / "quick" / "landmarks.jsonl")) == session_document(quick)
