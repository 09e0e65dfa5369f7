"""The follower with its real, smallest model; where to look is told by a finder that counts how often it is asked."""

import math
import subprocess
import sys
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from formcheck.capture.frame import Frame
from formcheck.capture.video_file import VideoFile
from formcheck.errors import InstallationError, UsageError
from formcheck.pose.bundles import find_bundle
from formcheck.pose.estimator import MediaPipeEstimator
from formcheck.pose.pose import INDEX, Observation, Pose
from formcheck.pose.region import Region
from formcheck.samples_folder import sample_clip
from tests.pose.test_estimator import run, run_without_sockets

pytest.importorskip("ai_edge_litert")

from formcheck.pose.detection import LiteRtFinder
from formcheck.pose.following import CHECK_S, LiteRtEstimator  # nothing to test without the package
from formcheck.pose.whereabouts import REMEMBERED_S

LEGS = [INDEX[f"{side}_{part}"] for part in ("hip", "knee", "ankle") for side in ("left", "right")]
EMPTY = np.full((480, 640, 3), 110, np.uint8)


@pytest.fixture(scope="module")
def film() -> list[Frame]:
    """The beginning of the lateral lunge."""
    return [frame for frame, _ in zip(VideoFile(sample_clip("lateral_lunge")), range(30), strict=False)]


@dataclass
class Finder:
    """Says where the person is, or what it is told to say, and keeps count."""

    says: Region | None = None
    asked: int = 0
    real: LiteRtFinder = field(default_factory=lambda: LiteRtFinder(find_bundle("lite")))

    def find(self, picture: np.ndarray) -> Region | None:
        self.asked += 1
        return self.says if self.says is not None else self.real.find(picture)


def at(time_s: float, frame: Frame) -> Frame:
    return replace(frame, time_s=time_s)


def torso_px(pose: Pose) -> float:
    shoulders, hips = pose.image_px[[11, 12]].mean(axis=0), pose.image_px[[23, 24]].mean(axis=0)
    return float(np.linalg.norm(shoulders - hips))


def apart(one: Pose, other: Pose) -> np.ndarray:
    """How far the landmarks are apart, in torso lengths."""
    return np.linalg.norm(one.image_px - other.image_px, axis=1) / torso_px(other)


# What it sees


def test_in_one_picture_it_sees_exactly_what_mediapipe_sees():
    with LiteRtEstimator("lite", is_steady=False) as ours, MediaPipeEstimator("lite") as theirs:
        for frame in (
            next(iter(VideoFile(sample_clip(clip)))) for clip in ("lateral_lunge", "dead_bug", "hip_airplane")
        ):
            ours.forget()
            theirs.forget()
            mine, other = ours.find_person(frame), theirs.find_person(frame)
            assert mine is not None
            assert other is not None
            assert np.quantile(apart(mine, other), 0.9) < 0.001
            assert np.quantile(np.abs(mine.world_m - other.world_m), 0.9) < 0.001
            assert np.abs(mine.visibility - other.visibility).max() < 0.005


def test_followed_they_go_apart_no_further_than_mediapipe_from_itself(film):
    """Landmarks decide where to look next, so that nothing that follows is the same twice unless to the last bit."""
    with LiteRtEstimator("lite", is_steady=False) as ours, MediaPipeEstimator("lite") as theirs:
        pairs = [(ours.find_person(frame), theirs.find_person(at(1e4 * frame.time_s, frame))) for frame in film]
    found = [(mine, other) for mine, other in pairs if mine is not None and other is not None]
    assert len(found) == len(pairs)
    assert np.median([apart(mine, other) for mine, other in found]) < 0.012


def test_in_a_picture_that_stands_still_the_landmarks_do_too(film):
    with LiteRtEstimator("lite") as estimator:
        poses = [estimator.find_person(at(k / 30, film[0])) for k in range(12)]
    seen = [pose.image_px for pose in poses if pose is not None]
    assert len(seen) == 12
    assert np.ptp(seen, axis=0).max() == 0  # the first ones, too: nobody seems to move who stands


def test_landmarks_are_raw_rounded_read_only_and_come_with_evidence(film):
    with LiteRtEstimator("lite") as estimator:
        seen = estimator.estimate(film[0])
    pose = seen.pose
    assert pose is not None
    assert pose.is_raw
    assert pose.evidence is not None
    assert pose.image_px.shape == (33, 2)
    assert pose.world_m.shape == (33, 3)
    for values, low, high in (
        (pose.visibility, 0, 1),
        (pose.evidence.peak, 0, 1),
        (pose.evidence.presence, 0, 1),
        (pose.evidence.spread_px, 0, 100),
    ):
        assert values.shape == (33,)
        assert values.min() >= low
        assert values.max() <= high
    for array in (pose.image_px, pose.world_m, pose.visibility, pose.evidence.peak, pose.evidence.spread_px):
        assert not array.flags.writeable
        assert (array == array.round(4)).all()


def test_a_hidden_joint_has_a_lower_peak(film):
    knee = INDEX["left_knee"]
    with LiteRtEstimator("lite") as estimator:
        before = estimator.estimate(film[0]).pose
        assert before is not None
        assert before.evidence is not None
        x, y = before.image_px[knee].astype(int)
        hidden = film[1].image_bgr.copy()
        hidden[y - 45 : y + 45, x - 45 : x + 45] = 128
        after = estimator.find_person(replace(film[1], image_bgr=hidden))
    assert after is not None
    assert after.evidence is not None
    assert after.evidence.peak[knee] < before.evidence.peak[knee] - 0.2


def test_the_same_clip_gives_the_same_landmarks_with_any_number_of_threads(film):
    seen = []
    for threads in (1, 2, 2):
        with LiteRtEstimator("lite", threads) as estimator:
            poses = [estimator.estimate(frame).pose for frame in film[:10]]
        seen.append(b"".join(pose.image_px.tobytes() + pose.world_m.tobytes() for pose in poses if pose is not None))
    assert seen[1] == seen[2]
    assert seen[0] == seen[1]


# Finding and losing


def test_who_is_followed_is_not_looked_for_again(film):
    finder = Finder()
    with LiteRtEstimator("lite", finder=finder) as estimator:
        for frame in film:
            assert estimator.estimate(frame).pose is not None
    assert finder.asked == 1


def test_nobody_is_seen_in_an_empty_room(film):
    finder = Finder()
    with LiteRtEstimator("lite", finder=finder) as estimator:
        noise = np.random.default_rng(0).integers(0, 255, (480, 640, 3), dtype=np.uint8)
        assert estimator.estimate(Frame(0, 0.0, noise)) == Observation(0.0, None)
    assert finder.asked == 1


def test_a_finder_that_is_wrong_is_not_believed(film):
    with LiteRtEstimator("lite", finder=Finder(says=Region((60.0, 60.0), 100.0, 0.0))) as estimator:
        assert estimator.find_person(film[0]) is None


def test_who_is_gone_is_lost_at_once_and_found_again_at_once(film):
    with LiteRtEstimator("lite") as estimator:
        assert estimator.find_person(film[0]) is not None
        for k in range(1, 4):
            assert estimator.find_person(replace(film[k], image_bgr=EMPTY)) is None
        moved = replace(film[4], image_bgr=np.roll(film[4].image_bgr, 90, axis=1))
        back = estimator.find_person(moved)
        alone = estimator.find_person(film[4])
    assert back is not None
    assert alone is not None
    assert np.median(apart(replace(back, image_px=back.image_px - (90, 0)), alone)) < 0.04


class OnceSeeing(Finder):
    """Finds the person once, and overlooks them from then on."""

    def find(self, picture: np.ndarray) -> Region | None:
        return super().find(picture) if self.asked == 0 else None


@pytest.mark.parametrize(("away_s", "is_found"), [(2.0, True), (2 * REMEMBERED_S, False)])
def test_who_was_lost_is_looked_for_where_they_were(film, away_s, is_found):
    with LiteRtEstimator("lite", finder=OnceSeeing()) as estimator:
        assert all(estimator.find_person(frame) is not None for frame in film[:5])
        last_s = film[4].time_s
        for k in range(1, 4):
            assert estimator.find_person(Frame(4 + k, last_s + k / 15, EMPTY)) is None
        assert (estimator.find_person(at(last_s + away_s, film[9])) is not None) is is_found


def test_another_model_goes_on_with_the_person(film):
    nobody = OnceSeeing(asked=1)
    with LiteRtEstimator("lite") as one, LiteRtEstimator("full", finder=nobody) as other:
        before = one.estimate(film[0]).pose
        other.go_on_from(one)
        after = other.estimate(film[1]).pose
    assert nobody.asked == 1
    assert before is not None
    assert after is not None
    assert np.median(apart(after, before)[LEGS]) < 0.1


def test_where_they_were_nobody_else_is_looked_for_after_a_cut(film):
    with LiteRtEstimator("lite", finder=OnceSeeing()) as estimator:
        assert estimator.find_person(film[0]) is not None
        estimator.forget()
        assert estimator.find_person(film[1]) is None


def test_a_first_look_that_is_only_about_right_is_enough(film):
    with LiteRtEstimator("lite") as estimator:
        right = estimator.find_person(film[0])
    assert right is not None
    for says in (Region((340.0, 230.0), 560.0, 0.2), Region((300.0, 200.0), 380.0, -0.25)):
        with LiteRtEstimator("lite", finder=Finder(says=says)) as estimator:
            estimator.find_person(film[0])
            seen = estimator.find_person(film[0])
        assert seen is not None
        assert np.median(apart(seen, right)[LEGS]) < 0.03


def test_no_track_crosses_a_cut(film):
    finder = Finder()
    with LiteRtEstimator("lite", finder=finder) as estimator:
        for frame in film[:8]:
            estimator.estimate(frame)
        assert finder.asked == 1
        other = [frame for frame, _ in zip(VideoFile(sample_clip("dead_bug")), range(8), strict=False)]
        seen = [estimator.estimate(at(film[8].time_s + frame.time_s, frame)) for frame in other]
    assert seen[0].cut
    assert finder.asked >= 2
    assert seen[-1].pose is not None


# The check against drift


def test_the_whole_picture_is_looked_at_every_few_seconds(film):
    finder = Finder()
    with LiteRtEstimator("lite", finder=finder) as estimator:
        for k in range(20):
            estimator.find_person(at(k * CHECK_S / 4, film[k]))
    assert finder.asked == 5


def test_a_bystander_who_is_seen_as_well_takes_nothing_over(film):
    finder = Finder()
    with LiteRtEstimator("lite", finder=finder) as estimator:
        two = [replace(one, image_bgr=np.hstack([one.image_bgr, one.image_bgr])) for one in film]
        first = estimator.find_person(at(0.0, two[0]))
        assert first is not None
        finder.says = Region((320.0 + 640.0 * (first.image_px[0, 0] < 640), 220.0), 480.0, 0.0)
        for k in range(1, 8):
            seen = estimator.find_person(at(k * CHECK_S / 2, two[k]))
            assert seen is not None
            assert np.linalg.norm(seen.image_px[0] - first.image_px[0]) < 60
    assert finder.asked > 2


def test_a_square_that_is_turned_half_around_is_soon_given_up(film):
    finder = Finder(says=Region((320.0, 220.0), 470.0, math.pi))
    with LiteRtEstimator("lite", finder=finder) as estimator:
        wrong = estimator.find_person(film[0])
        finder.says = None
        for frame in film[1:10]:
            right = estimator.find_person(frame)
    assert wrong is not None
    assert right is not None
    nose, ankle = INDEX["nose"], INDEX["left_ankle"]
    assert right.image_px[nose, 1] < right.image_px[ankle, 1] - 200
    assert right.evidence is not None
    assert wrong.evidence is not None
    assert np.median(right.evidence.peak) > 0.7 > np.median(wrong.evidence.peak)


# Opening


@pytest.mark.parametrize("content", [b"", b"hello\n" * 1000, b"PK\x03\x04" + bytes(5000)])
def test_a_broken_model(tmp_path, content, capfd):
    path = tmp_path / "own.task"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="is not a pose model"):
        LiteRtEstimator(path)
    assert capfd.readouterr() == ("", "")


def test_a_model_of_ours_that_is_damaged(tmp_path, monkeypatch):
    monkeypatch.setattr("formcheck.pose.bundles.MODELS_FOLDER", tmp_path)
    (tmp_path / "pose_landmarker_heavy.task").write_bytes(b"hello" * 100)
    with pytest.raises(InstallationError, match="damaged"):
        LiteRtEstimator("heavy")


# The library underneath

RUN = """
from formcheck.capture.video_file import VideoFile
from formcheck.pose.opening import open_estimator
from formcheck.samples_folder import sample_clip
with open_estimator("lite", "litert") as estimator:
    for frame, _ in zip(VideoFile(sample_clip("lateral_lunge")), range(3)):
        assert estimator.estimate(frame).pose is not None
print("done")
"""


def test_a_run_says_nothing_and_opens_no_connection():
    result: subprocess.CompletedProcess[str] = run_without_sockets(RUN)
    assert (result.returncode, result.stdout, result.stderr) == (0, "done\n", "")


def test_where_the_package_is_missing_that_is_told():
    missing = 'import sys\nsys.modules["ai_edge_litert"] = None\n'
    result = run(missing + RUN)
    assert "InstallationError" in result.stderr
    assert sys.executable
    assert "ai-edge-litert is not installed" in result.stderr
