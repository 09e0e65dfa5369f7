import os
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.video_file import VideoFile
from formcheck.output.raw_video import RawVideo, pictures_at

SOURCE = SourceInfo("camera", "camera:0", 160, 120, 10.0, 0, 0.0)


def frames(count: int) -> list[Frame]:
    rng = np.random.default_rng(0)
    return [Frame(i, i / 10, rng.integers(0, 255, (120, 160, 3), dtype=np.uint8)) for i in range(count)]


def times_of(path: Path) -> list[float]:
    return [frame.time_s for frame in VideoFile(path)]


def write_all(video: RawVideo, film: list[Frame]) -> None:
    for frame in film:
        while video._queue.full() and video.failure is None:
            pass
        video.write(frame)


def test_frames_keep_their_times(tmp_path: Path) -> None:
    film = [frame for frame in frames(30) if frame.index not in (7, 8, 20)]
    with RawVideo(tmp_path / "recording.mp4", SOURCE) as video:
        write_all(video, film)
    assert times_of(tmp_path / "recording.mp4") == pytest.approx([frame.time_s for frame in film], abs=1e-4)
    assert (video.dropped, video.failure) == (0, None)
    video.close()


def test_a_killed_recording_plays_up_to_its_last_piece(tmp_path: Path) -> None:
    path = tmp_path / "recording.mp4"
    with RawVideo(path, SOURCE) as video:
        write_all(video, frames(40))
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(path.read_bytes()[: round(0.8 * path.stat().st_size)])
    assert len(times_of(broken)) >= 20


def test_a_full_disk_ends_the_recording_and_nothing_else(
    tmp_path: Path, disk_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    with disk_limit(60_000), RawVideo(tmp_path / "recording.mp4", SOURCE) as video:
        write_all(video, frames(200))
    assert video.failure is not None
    assert "recording.mp4" in video.failure.cause


def test_without_frames_it_ends_all_the_same(tmp_path: Path) -> None:
    with RawVideo(tmp_path / "recording.mp4", SOURCE):
        pass
    assert not list(tmp_path.iterdir())


def test_all_but_the_last_second_is_on_disk_at_every_moment(tmp_path: Path) -> None:
    path = tmp_path / "recording.mp4"
    with RawVideo(path, SOURCE) as video:
        for count in (20, 40):
            write_all(
                video,
                [replace(frame, index=frame.index + count, time_s=frame.time_s + count / 10) for frame in frames(20)],
            )
            while not video._queue.empty():
                time.sleep(0.01)
            time.sleep(0.1)
            so_far = tmp_path / "killed.mp4"
            so_far.write_bytes(path.read_bytes())
            assert count - len(times_of(so_far)) <= 10


def test_room_for_the_results_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    left = iter([10**12, 10**12, *[1_000_000] * 9])
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=next(left)))
    with RawVideo(tmp_path / "recording.mp4", SOURCE) as video:
        write_all(video, frames(100))
    assert video.failure is not None
    assert "kept for the results" in video.failure.cause
    assert 20 <= len(times_of(tmp_path / "recording.mp4")) <= 40


@pytest.mark.skipif(os.name == "nt", reason="the system knows no such modes")
def test_only_its_owner_may_see_it(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    (tmp_path / "recording.mp4").symlink_to(tmp_path / "thesis.txt")
    with RawVideo(tmp_path / "recording.mp4", SOURCE) as video:
        write_all(video, frames(3))
    assert stat.S_IMODE((tmp_path / "recording.mp4").lstat().st_mode) == 0o600
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def grey(count: int, first: int = 0) -> list[Frame]:
    """Return pictures that are the brighter the later."""
    return [Frame(i, i / 10, np.full((120, 160, 3), 5 * i, np.uint8)) for i in range(first, count)]


def test_pictures_are_found_by_their_times(tmp_path: Path) -> None:
    path = tmp_path / "recording.mp4"
    with RawVideo(path, SOURCE) as video:
        write_all(video, [frame for frame in grey(40, first=8) if frame.index not in range(20, 24)])
    found = pictures_at(path, [3.5, 1.0, 0.95, 2.15, 3.98, 9.0])
    assert sorted(found) == [0.95, 1.0, 3.5, 3.98]
    for time_s, picture in found.items():
        assert picture.shape == (120, 160, 3)
        assert picture.mean() == pytest.approx(50 * time_s, abs=8)


def test_no_pictures_of_what_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "recording.mp4").write_bytes(b"no video")
    assert pictures_at(tmp_path / "recording.mp4", [1.0]) == {}
    assert pictures_at(tmp_path / "none.mp4", [1.0]) == {}
