import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.capture.frame import SourceInfo
from formcheck.capture.image_folder import ImageFolder
from formcheck.errors import InputError, UsageError
from tests.capture.clips import Picture, corner, grey


def put(path: Path, picture: Picture) -> None:
    # imwrite cannot cope with every name.
    path.write_bytes(cv2.imencode(path.suffix, picture)[1].tobytes())


def test_natural_number_order_and_times(tmp_path):
    for number in (1, 2, 9, 10, 11, 100):
        put(tmp_path / f"img{number}.png", grey(2 * number))
    frames = list(ImageFolder(tmp_path, 10))
    assert [int(frame.image_bgr[0, 0, 0]) for frame in frames] == [2, 4, 18, 20, 22, 200]
    assert [frame.time_s for frame in frames] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4, 5]


def test_numbers_anywhere_in_the_name(tmp_path):
    for index, name in enumerate(["a 2 x.png", "a 10 x.png", "b1.png", "B 02.png"]):
        put(tmp_path / name, grey(10 * index))
    seen = [int(frame.image_bgr[0, 0, 0]) for frame in ImageFolder(tmp_path, 1)]
    assert seen.index(0) < seen.index(10)


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".PNG"])
def test_kinds_of_images(tmp_path, suffix):
    put(tmp_path / f"1{suffix}", corner())
    image = next(iter(ImageFolder(tmp_path, 30))).image_bgr
    assert image.shape == (32, 64, 3)
    assert image[4, 4].mean() > 240
    assert image[-4, -4].mean() < 15
    assert not image.flags.writeable


@pytest.mark.parametrize("channels", [1, 4])
def test_grey_and_transparent_images(tmp_path, channels):
    put(tmp_path / "1.png", np.full((8, 6, channels), 90, np.uint8))
    assert next(iter(ImageFolder(tmp_path, 1))).image_bgr[0, 0].tolist() == [90, 90, 90]


def test_info(tmp_path):
    for number in range(30):
        put(tmp_path / f"{number}.png", grey(50))
    source = ImageFolder(tmp_path, 15)
    assert source.info == SourceInfo("images", str(tmp_path), 64, 48, 15.0, 30, 2.0)
    assert source.damaged is None


def test_other_and_hidden_files_are_passed_over(tmp_path):
    put(tmp_path / "1.png", grey(50))
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "._1.png").write_text("x")
    (tmp_path / ".DS_Store").write_text("x")
    assert len(list(ImageFolder(tmp_path, 1))) == 1


@pytest.mark.parametrize("fps", [None, 0, -5, float("nan")])
def test_missing_fps_asks_for_it(tmp_path, fps):
    put(tmp_path / "1.png", grey(50))
    with pytest.raises(UsageError, match="--fps N"):
        ImageFolder(tmp_path, fps)


@pytest.mark.parametrize("fps", [None, 10])
def test_no_images(tmp_path, fps):
    with pytest.raises(InputError, match="holds no images"):
        ImageFolder(tmp_path, fps)


def test_no_folder(tmp_path):
    with pytest.raises(InputError, match="no folder"):
        ImageFolder(tmp_path / "none", 10)


def test_another_size_names_the_file(tmp_path):
    put(tmp_path / "1.png", grey(50))
    put(tmp_path / "2.png", grey(50, 32, 48))
    with pytest.raises(InputError, match=r"2\.png is 32x48, but 1\.png is 64x48"):
        list(ImageFolder(tmp_path, 10))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp", ".tif"])
@pytest.mark.parametrize("content", ["nothing", "text", "half"])
def test_an_unreadable_image_is_named_and_libraries_keep_quiet(tmp_path, suffix, content, capfd):
    put(tmp_path / f"1{suffix}", np.random.default_rng(0).integers(0, 255, (48, 64, 3), dtype=np.uint8))
    whole = (tmp_path / f"1{suffix}").read_bytes()
    data = {"nothing": b"", "text": b"hello world\n" * 99, "half": whole[: len(whole) // 2]}[content]
    (tmp_path / f"2{suffix}").write_bytes(data)
    with pytest.raises(InputError, match=rf"2\{suffix} cannot be read as an image"):
        list(ImageFolder(tmp_path, 10))
    assert capfd.readouterr() == ("", "")


def test_a_folder_named_like_an_image(tmp_path):
    (tmp_path / "1.png").mkdir()
    with pytest.raises(InputError, match=r"1\.png cannot be read as an image"):
        ImageFolder(tmp_path, 10)


def test_numbers_that_are_only_signs_are_part_of_the_name(tmp_path):
    for index, name in enumerate(["1²2.png", "2.png", "²", "².png", "٣.png"]):
        put(tmp_path / f"{name}.png", grey(10 * index))
    assert len(list(ImageFolder(tmp_path, 10))) == 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_among_the_images_is_passed_over(tmp_path):
    put(tmp_path / "1.png", grey(50))
    os.mkfifo(tmp_path / "2.png")
    assert len(list(ImageFolder(tmp_path, 10))) == 1
