from pathlib import Path

import pytest

from formcheck.capture.camera import OpenCvCamera, Playback, camera_at
from formcheck.errors import DeviceError, InputError
from formcheck.samples_folder import sample_clip


def test_a_file_is_played_in_real_time() -> None:
    now = [10.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    camera = Playback(sample_clip("lateral_lunge"), clock=lambda: now[0], sleep=sleep)
    camera.open()
    first, second = camera.read(), camera.read()
    assert first is not None
    assert second is not None
    assert first[0] == 0.0
    assert slept == [pytest.approx(second[0])]
    assert (camera.ends, camera.origin_s) == (True, 10.0)
    now[0] += 1.0  # late: no more waiting
    camera.read()
    assert len(slept) == 1
    camera.close()
    assert camera.read() is None


@pytest.mark.parametrize("address", ["0", "7", "rtsp://192.0.2.1/stream"])
def test_addresses_of_cameras(address: str) -> None:
    camera = camera_at(address)
    assert isinstance(camera, OpenCvCamera)
    assert camera.info.path == (f"camera:{address}" if address.isdigit() else address)


def test_addresses_of_files(tmp_path: Path) -> None:
    assert isinstance(camera_at(str(sample_clip("dead_bug"))), Playback)
    with pytest.raises(InputError, match="no file"):
        camera_at(str(tmp_path / "none.mp4"))
    (tmp_path / "text.mp4").write_text("no video")
    with pytest.raises(InputError):
        camera_at(str(tmp_path / "text.mp4"))


@pytest.mark.parametrize(
    "address", ["/dev/video77", "webcam", "/dev/video0.5", "99999999999999999999999", "2147483648"]
)
def test_a_camera_that_is_not_there_is_no_camera_however_it_is_named(address: str) -> None:
    with pytest.raises(DeviceError) as told:
        camera_at(address).open()
    assert (told.value.exit_code, told.value.remedy == "") == (5, False)


def test_a_camera_that_is_not_there_is_told_with_the_remedy(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DeviceError) as told:
        OpenCvCamera(97).open()
    assert "Camera 97" in told.value.cause
    assert "doctor" in told.value.remedy
    assert capfd.readouterr().err == ""
