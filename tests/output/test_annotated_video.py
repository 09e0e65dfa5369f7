import os
import stat

import av
import numpy as np
import pytest

from formcheck.errors import OutputError
from formcheck.output.annotated_video import AnnotatedVideo, written_size

BLUE = (200, 60, 20)


def picture(width, height, colour=BLUE):
    return np.full((height, width, 3), colour, dtype=np.uint8)


def write(path, size, times, fps=30.0):
    with AnnotatedVideo(path, size, fps) as video:
        for time_s in times:
            video.write(picture(*size), time_s)


def read(path):
    with av.open(path) as container:
        stream = container.streams.video[0]
        return [(frame.time, frame.width, frame.height) for frame in container.decode(stream)]


def test_times_and_number_of_pictures_come_back(tmp_path):
    times = [0.0, 0.033, 0.1, 0.5, 0.51, 2.0, 2.04]
    write(tmp_path / "a.mp4", (64, 48), times)
    assert [time for time, *_ in read(tmp_path / "a.mp4")] == pytest.approx(times, abs=1e-5)
    with av.open(tmp_path / "a.mp4") as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert float(stream.duration * stream.time_base) >= times[-1]


def test_starts_before_the_data(tmp_path):
    write(tmp_path / "a.mp4", (64, 48), [0.0, 0.1])
    data = (tmp_path / "a.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_colours_come_back(tmp_path):
    write(tmp_path / "a.mp4", (64, 48), [0.0, 0.1])
    with av.open(tmp_path / "a.mp4") as container:
        image = next(container.decode(video=0)).to_ndarray(format="bgr24")
    assert np.abs(image.astype(int) - BLUE).max() <= 10


@pytest.mark.parametrize(
    ("size", "written"),
    [
        ((640, 360), (640, 360)),
        ((641, 361), (640, 360)),
        ((1280, 720), (1280, 720)),
        ((1281, 720), (1280, 718)),
        ((3840, 2160), (1280, 720)),
        ((1080, 1920), (720, 1280)),
        ((1, 1), (2, 2)),
    ],
)
def test_sizes_are_even_and_not_too_large(size, written):
    width, height = written_size(size)
    assert (width, height) == pytest.approx(written, abs=2)
    assert width % 2 == height % 2 == 0
    assert max(width, height) <= 1280


@pytest.mark.parametrize("size", [(63, 47), (1300, 40), (1, 1), (160, 120)])
def test_any_size_is_written(tmp_path, size):
    write(tmp_path / "a.mp4", size, [0.0, 0.1])
    assert [shape for _, *shape in read(tmp_path / "a.mp4")] == 2 * [list(written_size(size))]


def test_an_unknown_frame_rate_and_a_late_start_do_no_harm(tmp_path):
    write(tmp_path / "a.mp4", (64, 48), [1.5, 1.75], fps=0.0)
    assert [time for time, *_ in read(tmp_path / "a.mp4")] == pytest.approx([1.5, 1.75])


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_what_was_written_before_an_interruption_plays(tmp_path, error):
    def work():
        with AnnotatedVideo(tmp_path / "a.mp4", (64, 48), 30.0) as video:
            for index in range(5):
                video.write(picture(64, 48), index / 30)
            raise error

    with pytest.raises(error):
        work()
    assert len(read(tmp_path / "a.mp4")) == 5
    assert [item.name for item in tmp_path.iterdir()] == ["a.mp4"]


def test_without_pictures_there_is_no_file(tmp_path):
    with AnnotatedVideo(tmp_path / "a.mp4", (64, 48), 30.0) as video:
        pass
    video.close()
    assert not list(tmp_path.iterdir())


def test_a_name_like_an_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(type(tmp_path)("http:é %d.mp4"), (64, 48), [0.0])
    assert len(read(tmp_path / "http:é %d.mp4")) == 1


def test_time_must_go_on(tmp_path):
    with AnnotatedVideo(tmp_path / "a.mp4", (64, 48), 30.0) as video:
        video.write(picture(64, 48), 0.5)
        with pytest.raises(ValueError, match="order of time"):
            video.write(picture(64, 48), 0.5)


def test_a_missing_folder_is_an_output_error(tmp_path):
    with pytest.raises(OutputError) as caught:
        AnnotatedVideo(tmp_path / "gone" / "a.mp4", (64, 48), 30.0)
    assert caught.value.exit_code == 6


def test_a_full_disk_is_an_output_error_and_leaves_nothing(tmp_path, disk_limit):
    noise = np.random.default_rng(1).integers(0, 255, (240, 320, 3), dtype=np.uint8)

    def work():
        with AnnotatedVideo(tmp_path / "a.mp4", (320, 240), 30.0) as video:
            for index in range(30):
                video.write(noise, index / 30)

    with disk_limit(20_000), pytest.raises(OutputError) as caught:
        work()
    assert "--out DIR" in caught.value.remedy
    assert not list(tmp_path.iterdir())


def test_the_library_says_nothing(tmp_path, capfd):
    write(tmp_path / "a.mp4", (64, 48), [0.0, 0.1, 5.0])
    with pytest.raises(OutputError):
        AnnotatedVideo(tmp_path / "gone" / "a.mp4", (64, 48), 30.0)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="the system knows no such modes")
def test_only_its_owner_may_see_it_and_no_link_is_followed(tmp_path):
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("mine")
    for name in (".a.mp4.part", "a.mp4"):
        (tmp_path / name).symlink_to(thesis)
    write(tmp_path / "a.mp4", (64, 48), [0.0, 0.1])
    assert stat.S_IMODE((tmp_path / "a.mp4").lstat().st_mode) == 0o600
    assert thesis.read_text() == "mine"
