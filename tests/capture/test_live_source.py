import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
import pytest

from formcheck.capture.live_source import LOST_AFTER_S, Health, LiveSource
from formcheck.errors import DeviceError
from tests.capture.fake_camera import SIZE_WH, FakeCamera, noise


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@contextmanager
def started(camera: FakeCamera, clock: Callable[[], float] = time.monotonic) -> Iterator[LiveSource]:
    source = LiveSource(camera, clock=clock, retry_s=0.01)
    source.start()
    try:
        yield source
    finally:
        source._stop.set()
        camera.let(3)
        source.close()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_the_newest_picture_wins_and_stale_ones_are_counted() -> None:
    camera = FakeCamera(noise)
    with started(camera) as source:
        camera.let(5)
        until(lambda: source.arrived == 5)
        frame = source.take(1.0)
        assert frame is not None
        assert (frame.index, source.dropped) == (4, 4)
        assert np.array_equal(frame.image_bgr, noise(4))
        assert source.take(0.01) is None
        camera.let(1)
        later = source.take(5.0)
        assert later is not None
        assert later.time_s > frame.time_s


def test_the_end_of_a_file_comes_after_its_last_picture() -> None:
    camera = FakeCamera(lambda i: noise(i) if i < 1 else "end", ends=True)
    with started(camera) as source:
        camera.let(2)
        until(lambda: source._health is Health.ENDED)
        assert source.health is Health.LIVE
        assert source.take(1.0) is not None
        assert source.health is Health.ENDED
        assert source.take(1.0) is None


def test_an_unplugged_camera_is_opened_again() -> None:
    camera = FakeCamera(lambda i: "gone" if i == 2 else noise(i), failures=3)
    with started(camera) as source:
        camera.let(2)
        until(lambda: source.arrived == 2)
        source.take(1.0)
        camera.let(1)
        until(lambda: camera.opened == 5)  # once at the start, three times in vain
        assert source.health is Health.LOST
        camera.let(1)
        until(lambda: source.arrived == 3)
        assert source.health is Health.LIVE


def test_a_camera_that_hangs_is_lost() -> None:
    clock = Clock()
    camera = FakeCamera(noise)
    with started(camera, clock) as source:
        camera.let(1)
        until(lambda: source.arrived == 1)
        source.take(1.0)
        assert source.health is Health.LIVE
        clock.now_s += LOST_AFTER_S + 0.1
        assert source.health is Health.LOST


def test_a_frozen_picture_is_not_passed_on_and_the_camera_is_opened_again() -> None:
    clock = Clock()
    camera = FakeCamera(lambda i: noise(min(i, 2)))
    with started(camera, clock) as source:
        camera.let(6)
        until(lambda: camera.allowed._value == 0)
        until(lambda: source.arrived == 3)
        clock.now_s += LOST_AFTER_S + 0.1
        camera.let(1)
        until(lambda: camera.opened == 2)
        assert source.arrived == 3


def test_black_pictures_are_passed_on() -> None:
    camera = FakeCamera(lambda _i: np.zeros((SIZE_WH[1], SIZE_WH[0], 3), np.uint8))
    with started(camera) as source:
        camera.let(4)
        until(lambda: source.arrived == 4)


def test_another_resolution_is_fitted_into_the_first() -> None:
    camera = FakeCamera(lambda i: noise(i) if i == 0 else np.full((100, 50, 3), 200, np.uint8))
    with started(camera) as source:
        camera.let(2)
        until(lambda: source.arrived == 2)
        frame = source.take(1.0)
        assert frame is not None
        assert frame.image_bgr.shape == (SIZE_WH[1], SIZE_WH[0], 3)
        assert frame.image_bgr[:, 0].max() == 0
        assert frame.image_bgr[24, 32].tolist() == [200, 200, 200]


def test_a_camera_that_cannot_be_opened_says_so() -> None:
    camera = FakeCamera(noise)
    camera.open = lambda: (_ for _ in ()).throw(DeviceError("It gives no picture."))  # type: ignore[method-assign]
    with pytest.raises(DeviceError):
        LiveSource(camera).start()


def test_the_rate_of_pictures() -> None:
    clock = Clock()
    camera = FakeCamera(noise)
    with started(camera, clock) as source:

        def has_arrived(pictures: int) -> bool:
            return source.arrived == pictures

        for i in range(5):
            clock.now_s += 1.0
            camera.let(1)
            until(partial(has_arrived, i + 1))
            assert i >= 3 or not source.fps > 0
        assert source.fps == pytest.approx(1.0)
