import cv2
import pytest

from formcheck.capture.image_folder import ImageFolder
from formcheck.capture.opening import open_source
from formcheck.capture.video_file import VideoFile
from formcheck.errors import InputError, UsageError
from tests.capture.clips import grey, ramp, write_clip


def test_a_folder_of_images(tmp_path):
    (tmp_path / "1.png").write_bytes(cv2.imencode(".png", grey(50))[1].tobytes())
    assert isinstance(open_source(tmp_path, 10), ImageFolder)
    with pytest.raises(UsageError, match="--fps N"):
        open_source(str(tmp_path))


def test_a_file(tmp_path):
    clip = write_clip(tmp_path / "clip.mp4", ramp(30), rate=30)
    assert isinstance(open_source(str(clip)), VideoFile)
    assert len(list(open_source(clip))) == 30
    assert len(list(open_source(clip, 10))) == 10


@pytest.mark.parametrize("fps", [0, -1, float("nan")])
def test_fps_that_make_no_sense(tmp_path, fps):
    with pytest.raises(UsageError, match="--fps"):
        open_source(write_clip(tmp_path / "clip.mp4", ramp(3)), fps)


def test_nothing_there(tmp_path):
    with pytest.raises(InputError, match="There is no file"):
        open_source(tmp_path / "none.mp4")
