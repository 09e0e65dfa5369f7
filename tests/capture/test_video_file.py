import os
import re
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.capture.frame import SourceInfo
from formcheck.capture.video_file import VideoFile
from formcheck.errors import InputError
from formcheck.samples_folder import sample_clip
from tests.capture.clips import CODECS, corner, cut_off, grey, ramp, recoded, write_clip

NOISE = list(np.random.default_rng(0).integers(0, 255, (40, 48, 64, 3), dtype=np.uint8))
FAST_START = {"movflags": "faststart"}


def times(path: Path, fps: float | None = None) -> list[float]:
    return [round(frame.time_s, 6) for frame in VideoFile(path, fps)]


def levels(path: Path) -> list[int]:
    return [round(float(frame.image_bgr.mean())) for frame in VideoFile(path)]


# Times


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.mov"])
def test_variable_frame_rate_keeps_the_exact_times(tmp_path, name):
    clip = write_clip(tmp_path / name, ramp(5), times_ms=[0, 40, 200, 210, 900])
    assert times(clip) == [0, 0.04, 0.2, 0.21, 0.9]


def test_the_first_frame_is_at_0_wherever_the_file_starts(tmp_path):
    clip = write_clip(tmp_path / "clip.mkv", ramp(3), times_ms=[5000, 5040, 5200])
    assert times(clip) == [0, 0.04, 0.2]


def test_without_time_stamps_the_frame_rate_gives_the_times(tmp_path):
    clip = write_clip(tmp_path / "clip.h264", ramp(6), container="h264")
    assert times(clip) == pytest.approx([i / 25 for i in range(6)])


def test_frames_without_a_time_of_their_own_are_left_out(tmp_path):
    clip = write_clip(
        tmp_path / "clip.mkv", ramp(6), stamps_ms=[0, 100, 100, 200, 150, 400], codec="mjpeg", pixel_format="yuvj420p"
    )
    assert times(clip) == [0, 0.1, 0.2, 0.4]


def test_times_that_start_anew_go_on(tmp_path):
    once = write_clip(tmp_path / "once.ts", ramp(20))
    twice = tmp_path / "twice.ts"
    twice.write_bytes(once.read_bytes() * 2)
    assert times(twice) == pytest.approx([i / 10 for i in range(40)])


def test_frames_with_later_neighbours_come_in_order(tmp_path):
    clip = write_clip(tmp_path / "clip.mp4", ramp(20), codec_options={"bf": "3"})
    seen = levels(clip)
    assert len(seen) == 20
    assert seen == sorted(seen)


def test_it_can_be_iterated_again(tmp_path):
    source = VideoFile(write_clip(tmp_path / "clip.mp4", ramp(5)))
    assert [f.time_s for f in source] == [f.time_s for f in source]


def test_indices_count_up(tmp_path):
    assert [f.index for f in VideoFile(write_clip(tmp_path / "clip.mp4", ramp(5)))] == [0, 1, 2, 3, 4]


# Fewer frames


def test_fps_takes_frames_evenly(tmp_path):
    clip = write_clip(tmp_path / "clip.mp4", ramp(30), rate=30)
    assert times(clip, 10) == pytest.approx([i / 10 for i in range(10)])
    assert len(times(clip, 20)) == 20


def test_fps_goes_by_time_not_by_count(tmp_path):
    clip = write_clip(tmp_path / "clip.mkv", ramp(7), times_ms=[0, 10, 20, 500, 510, 1000, 1900])
    assert times(clip, 2) == [0, 0.5, 1.0, 1.9]


def test_fps_above_the_rate_takes_all(tmp_path):
    clip = write_clip(tmp_path / "clip.mp4", ramp(10), rate=10)
    assert len(times(clip, 100)) == 10
    assert VideoFile(clip, 100).info.fps == 10


@pytest.mark.parametrize(("rate", "every"), [(24, 1), (30, 1), (33, 1), (50, 2), (60, 2), (90, 3), (120, 4)])
def test_no_more_than_thirty_a_second_are_taken_unless_more_are_asked_for(tmp_path, rate, every):
    clip = write_clip(tmp_path / "clip.mp4", ramp(rate), rate=rate)
    assert times(clip) == pytest.approx([i * every / rate for i in range(len(range(0, rate, every)))], abs=1e-5)
    assert VideoFile(clip).info.fps == rate / every
    assert len(times(clip, 1000)) == rate


def test_every_second_is_taken_though_times_are_rounded(tmp_path):
    clip = write_clip(tmp_path / "clip.mkv", ramp(60), rate=60, times_ms=[round(1000 * i / 60) for i in range(60)])
    assert times(clip) == pytest.approx([i / 30 for i in range(30)], abs=0.001)


def test_info_knows_of_the_fewer_frames(tmp_path):
    info = VideoFile(write_clip(tmp_path / "clip.mp4", ramp(30), rate=30), 10).info
    assert (info.fps, info.frames, info.duration_s) == (10, 10, 1)


# Pictures


def test_info_before_reading(tmp_path):
    clip = write_clip(tmp_path / "clip.mp4", ramp(10))
    assert VideoFile(clip).info == SourceInfo("file", str(clip), 64, 48, 10.0, 10, 1.0)


def test_pictures_are_bgr_and_read_only(tmp_path):
    blue = np.zeros((48, 64, 3), np.uint8)
    blue[..., 0] = 255
    frame = next(iter(VideoFile(write_clip(tmp_path / "clip.mp4", [blue]))))
    assert frame.image_bgr.dtype == np.uint8
    assert frame.image_bgr.flags.c_contiguous
    assert not frame.image_bgr.flags.writeable
    assert frame.image_bgr.mean((0, 1)) == pytest.approx([255, 0, 0], abs=8)


@pytest.mark.parametrize(
    ("rotation", "bright"),
    [
        ((0, False, False), "top left"),
        ((90, False, False), "bottom left"),
        ((180, False, False), "bottom right"),
        ((-90, False, False), "top right"),
        ((0, True, False), "top right"),
        ((0, False, True), "bottom left"),
    ],
)
def test_rotation_and_mirroring_are_applied(tmp_path, rotation, bright):
    if not hasattr(av.VideoStream, "set_display_rotation"):
        pytest.skip("this PyAV cannot write a rotation")
    source = VideoFile(write_clip(tmp_path / "clip.mp4", [corner(64, 32)] * 3, rotation=rotation))
    image = next(iter(source)).image_bgr
    height, width = image.shape[:2]
    assert (source.info.width, source.info.height) == (width, height)
    assert (width, height) == ((32, 64) if abs(rotation[0]) == 90 else (64, 32))
    corners = {
        "top left": image[4, 4],
        "top right": image[4, -5],
        "bottom left": image[-5, 4],
        "bottom right": image[-5, -5],
    }
    assert max(corners, key=lambda name: float(corners[name].mean())) == bright


@pytest.mark.parametrize(("aspect", "size"), [((2, 1), (128, 48)), ((1, 2), (64, 96)), ((1, 100), (64, 48))])
def test_pixels_that_are_not_square_are_made_so(tmp_path, aspect, size):
    source = VideoFile(write_clip(tmp_path / "clip.mkv", ramp(2), aspect=Fraction(*aspect)))
    assert (source.info.width, source.info.height) == size
    assert next(iter(source)).image_bgr.shape == (size[1], size[0], 3)


@pytest.mark.parametrize(
    ("name", "codec", "pixel_format"),
    [
        ("clip.gif", "gif", "rgb8"),
        ("clip.avi", "mjpeg", "yuvj420p"),
        ("clip.mkv", "mpeg4", "yuv420p"),
        ("clip.webm", "libvpx", "yuv420p"),
        ("clip.mkv", "ffv1", "yuv420p10le"),
        ("clip.mp4", "libx264", "yuv444p"),
    ],
)
def test_any_codec(tmp_path, name, codec, pixel_format):
    if codec not in av.codecs_available:
        pytest.skip(f"this FFmpeg cannot write {codec}")
    seen = levels(write_clip(tmp_path / name, ramp(6), codec=codec, pixel_format=pixel_format))
    assert seen == pytest.approx([20, 60, 100, 140, 180, 220], abs=5)


@pytest.mark.parametrize("size", [(63, 47), (2, 2), (17, 401)])
def test_odd_sizes(tmp_path, size):
    clip = write_clip(tmp_path / "clip.mkv", ramp(2, *size), codec="ffv1", pixel_format="bgr0")
    assert next(iter(VideoFile(clip))).image_bgr.shape == (size[1], size[0], 3)


def test_pictures_of_another_size_get_bars_and_are_not_stretched(tmp_path):
    wide = write_clip(tmp_path / "wide.ts", [corner(64, 48)] * 10)
    narrow = write_clip(tmp_path / "narrow.ts", [grey(200, 24, 48)] * 10)
    (tmp_path / "both.ts").write_bytes(wide.read_bytes() + narrow.read_bytes())
    source = VideoFile(tmp_path / "both.ts")
    frames = list(source)
    assert len(frames) == 20
    image = frames[-1].image_bgr
    assert image.shape == (48, 64, 3)
    assert image[:, :18].max() < 30
    assert image[:, -18:].max() < 30
    assert image[24, 22:42].min() > 180
    assert source.remarks == (
        "The size of the picture changes from 64x48 to 24x48 at 1.0 s, so black bars were added. "
        "Keep one format, and do not turn the phone while it records.",
    )
    assert source.damaged is None


# Tempo


@pytest.mark.parametrize(
    ("taken", "rate", "said"),
    [
        ("240.000000", 30, "slow motion: 240 pictures a second were taken and 30 are played, so that every time and hold counts 8.0 times"),
        ("2", 30, "time lapse"),
        ("30.0", 24, None),  # a phone in dim light
        ("240.0", 240, None),
        ("often", 30, None),
        (None, 5, "only 5.0 pictures a second"),
        (None, 30, None),
    ],
)  # fmt: skip
def test_a_recording_whose_tempo_is_odd_says_so(tmp_path, taken, rate, said):
    tags = {} if taken is None else {"com.android.capture.fps": taken}
    clip = write_clip(tmp_path / "clip.mp4", ramp(20), rate=rate, tags=tags)
    remarks = VideoFile(clip).remarks
    assert (said is None and remarks == ()) or (said is not None and said in remarks[0])


# Damage


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.webm"])
def test_a_broken_off_file_gives_what_there_is_and_says_so(tmp_path, name, capfd):
    codec = "libvpx" if name.endswith("webm") else "libx264"
    clip = cut_off(write_clip(tmp_path / name, NOISE, codec=codec, container_options=FAST_START), 0.5)
    source = VideoFile(clip)
    seen = [frame.time_s for frame in source]
    assert 10 <= len(seen) <= 25
    assert seen == pytest.approx([i / 10 for i in range(len(seen))])
    assert source.damaged is not None
    assert source.damaged.startswith(f"{clip} is damaged: nothing after {len(seen) / 10:.1f} s of its 4.0 s")
    assert capfd.readouterr() == ("", "")


def test_junk_in_the_middle_costs_the_frames_up_to_the_next_whole_one(tmp_path, capfd):
    clip = write_clip(tmp_path / "clip.mp4", NOISE, codec_options={"g": "10", "bf": "0"}, container_options=FAST_START)
    data = bytearray(clip.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4000] = bytes(4000)
    clip.write_bytes(data)
    source = VideoFile(clip)
    seen = [round(frame.time_s, 2) for frame in source]
    assert 25 <= len(seen) < 40
    assert {0.0, 1.0, 3.0, 3.9} <= set(seen)
    assert "cannot be decoded" in (source.damaged or "")
    assert capfd.readouterr() == ("", "")


def test_what_the_decoder_mends_in_silence_is_left_out_and_told(tmp_path):
    """One flipped bit, and FFmpeg in its usual threads shows a smeared picture without a word."""
    clip = recoded(sample_clip("lateral_lunge"), tmp_path / "clip", "h264", 3.0)
    whole = {frame.time_s: frame.image_bgr for frame in VideoFile(clip)}
    data = clip.read_bytes()
    told = 0
    for share in (0.75, 0.8, 0.85, 0.9, 0.95):
        flipped = bytearray(data)
        flipped[int(share * len(data))] ^= 0x10
        clip.write_bytes(flipped)
        source = VideoFile(clip)
        seen = {frame.time_s: frame.image_bgr for frame in source}
        if source.damaged is not None:
            told += 1
            assert len(seen) < len(whole)
        for time_s, image in seen.items():
            assert np.abs(image.astype(int) - whole[time_s]).max() < 40
    assert told >= 4


def test_a_beginning_that_is_damaged_is_told(tmp_path):
    clip = write_clip(tmp_path / "clip.mp4", NOISE, codec_options={"g": "10", "bf": "0"}, container_options=FAST_START)
    data = bytearray(clip.read_bytes())
    start = data.index(b"mdat") + 1200
    data[start : start + 2000] = b"\x5a" * 2000
    clip.write_bytes(data)
    source = VideoFile(clip)
    assert 25 <= len(list(source)) < 40
    assert "its pictures at the beginning cannot be decoded" in (source.damaged or "")


@pytest.mark.parametrize("codec", ["hevc", "h264-mkv"])
def test_blocks_that_came_back_as_zeros_are_told_whatever_the_decoder_makes_of_them(tmp_path, codec):
    if CODECS[codec][1] not in av.codecs_available:
        pytest.skip(f"this FFmpeg cannot write {codec}")
    clip = recoded(sample_clip("lateral_lunge"), tmp_path / "clip", codec, 3.0)
    assert len(list(VideoFile(clip))) == 46
    data = clip.read_bytes()
    for share in (0.8, 0.87, 0.94):
        zeroed = bytearray(data)
        start = int(share * len(data))
        zeroed[start : start + 64] = bytes(64)
        clip.write_bytes(zeroed)
        source = VideoFile(clip)
        assert len(list(source)) < 46
        assert source.damaged is not None


def test_the_places_of_damage_are_said(tmp_path):
    clip = write_clip(tmp_path / "clip.mp4", NOISE, codec_options={"g": "10", "bf": "0"}, container_options=FAST_START)
    data = bytearray(clip.read_bytes())
    for share in (0.2, 0.6):
        middle = int(share * len(data))
        data[middle : middle + 1000] = b"\x5a" * 1000
    clip.write_bytes(data)
    source = VideoFile(clip)
    seen = [frame.time_s for frame in source]
    gaps = [(a, b) for a, b in pairwise(seen) if b - a > 0.11]
    assert len(gaps) == 2
    (_, first), (_, second) = gaps
    assert source.damaged is not None
    assert re.search(
        rf"pictures from \d\.\d to {first:.1f} s, from \d\.\d to {second:.1f} s cannot be decoded", source.damaged
    )


def test_a_whole_file_is_not_called_damaged(tmp_path):
    source = VideoFile(write_clip(tmp_path / "clip.mp4", NOISE))
    assert source.damaged is None
    assert len(list(source)) == 40
    assert source.damaged is None


@pytest.mark.parametrize("suffix", [".mp4", ".ts", ".mkv"])
@pytest.mark.parametrize(
    "options",
    [
        "open-gop=1:keyint=10:bframes=4",
        "bframes=16:b-adapt=0:b-pyramid=normal:ref=6",
        "slices=4",
        "interlaced=1",
        "intra-refresh=1:keyint=15",
    ],
)
def test_pictures_that_build_on_others_in_any_way_are_no_damage(tmp_path, options, suffix):
    clip = write_clip(tmp_path / f"clip{suffix}", ramp(60, 128, 96), codec_options={"x264-params": options})
    source = VideoFile(clip)
    assert len(list(source)) == 60
    assert source.damaged is None


def test_a_last_picture_that_stands_long_is_no_damage(tmp_path):
    clip = write_clip(tmp_path / "clip.mkv", ramp(4), times_ms=[0, 100, 200, 5000])
    source = VideoFile(clip)
    assert [frame.time_s for frame in source][-1] == 5
    assert source.damaged is None


# Bad input


def message(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        VideoFile(path)
    assert caught.value.remedy
    assert caught.value.cause.endswith(".")
    return caught.value.cause


def sound_only(path: Path) -> None:
    with av.open(path, "w", format="mp4") as output:
        stream = output.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 44100
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def unknown_codec(path: Path) -> None:
    clip = write_clip(path.with_suffix(".mkv"), ramp(5))
    path.write_bytes(clip.read_bytes().replace(b"V_MPEG4/ISO/AVC", b"V_NOSUCH/ISO/AV"))


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "text": (lambda path: path.write_text("hello world\n" * 500), "is not a video"),
    "zeros": (lambda path: path.write_bytes(bytes(50_000)), "is not a video"),
    "noise": (lambda path: path.write_bytes(np.random.default_rng(0).bytes(50_000)), "is not a video"),
    "unfinished": (lambda path: cut_off(write_clip(path, NOISE), 0.5), "is not a video, or its recording was never"),
    "sound": (sound_only, "holds no video"),
    "unknown codec": (unknown_codec, "holds no video that can be decoded"),
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "nothing": (lambda path: None, "There is no file"),
    "below a file": (lambda path: path.parent.write_text("x"), "There is no file"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_told_plainly(tmp_path, kind, capfd):
    make, cause = BAD[kind]
    path = tmp_path / ("clip/clip.mp4" if kind == "below a file" else "clip.mp4")
    make(path)
    assert cause in message(path)
    assert capfd.readouterr() == ("", "")


def test_a_text_file_is_no_video(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Ten reps on Monday.\n" * 500)
    assert "holds no video" in message(path)


def test_a_playlist_cannot_reach_the_network(tmp_path):
    path = tmp_path / "list.m3u8"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    message(path)


def test_a_name_with_a_null_byte(tmp_path):
    message(tmp_path / "a\0b.mp4")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "clip.mp4")
    assert "is not a file" in message(tmp_path / "clip.mp4")


def test_no_permission(tmp_path, monkeypatch):
    clip = write_clip(tmp_path / "clip.mp4", ramp(3))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(av, "open", refuse)
    assert "may not be read" in message(clip)


def test_a_strange_name(tmp_path):
    clip = write_clip(tmp_path / "a %03d ü:é '\".mp4", ramp(3))
    assert len(times(clip)) == 3


def test_a_title_in_another_alphabet(tmp_path):
    clip = write_clip(tmp_path / "clip.mkv", ramp(3), tags={"title": "naive cafe"})
    data = clip.read_bytes()
    assert b"naive cafe" in data
    clip.write_bytes(data.replace(b"naive cafe", b"na\xefve caf\xe9"))
    assert len(times(clip)) == 3


# Memory


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_does_not_grow_with_length(tmp_path):
    def resident_mb() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    pictures = (grey(i % 256, 640, 480) for i in range(400))
    clip = write_clip(tmp_path / "clip.mp4", pictures, codec="mpeg4")
    at = {frame.index: resident_mb() for frame in VideoFile(clip) if frame.index in (50, 399)}
    assert at[399] - at[50] < 30, "400 such frames would take 369 MB"


# Real clips


@pytest.mark.parametrize(
    ("name", "size", "fps", "frames"),
    [
        ("knee_to_chest_side.mp4", (640, 360), 29.97, 1158),
        ("side_lunge_front.mp4", (1280, 720), 30, 964),
        ("side_lunges_cuts.mp4", (640, 360), 25, 1265),
    ],
)
def test_real_clips(footage, name, size, fps, frames):
    source = VideoFile(footage / name)
    seen = [frame.time_s for frame in source]
    assert (source.info.width, source.info.height) == size
    assert source.info.fps == pytest.approx(fps, abs=0.01)
    assert source.info.frames == len(seen) == frames
    assert source.damaged is None
    assert all(a < b for a, b in pairwise(seen))
