from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.video_file import VideoFile
from formcheck.output.raw_video import RawVideo

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
