import threading
import time
from collections.abc import Callable

import pytest

from formcheck.capture.frame import Frame
from formcheck.capture.live_source import LiveSource
from formcheck.live.eyes import SLOW_FOR_S, Eyes, Looked, ModelChanged, Pace
from formcheck.pose.pose import Observation
from tests.capture.fake_camera import FakeCamera, noise


class FakeModel:
    def __init__(self, name: str, look: Callable[[Frame], Observation]) -> None:
        self.name, self.estimate = name, look
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


class Models:
    """Opens fake models, and takes as long for a look as it is told to."""

    def __init__(self, takes_s: dict[str, float] | None = None) -> None:
        self.opened: list[FakeModel] = []
        self._takes_s = takes_s or {}
        self.now_s = 0.0

    def __call__(self, name: str) -> FakeModel:
        def look(frame: Frame) -> Observation:
            self.now_s += self._takes_s.get(name, 0.001)
            return Observation(frame.time_s, None)

        self.opened.append(FakeModel(name, look))
        return self.opened[-1]


def pace(fps: float, dropped_a_frame: float, seconds: float) -> bool:
    keeping = Pace()
    return any(keeping.step(i / fps, round(i * dropped_a_frame)) for i in range(round(seconds * fps)))


@pytest.mark.parametrize(
    ("fps", "dropped_a_frame", "seconds", "too_slow"),
    [
        (25.0, 0.2, 30.0, False),
        (15.0, 1.0, 30.0, True),
        (15.0, 1.0, SLOW_FOR_S, False),  # not for long enough
        (15.0, 0.0, 30.0, False),  # the camera gives no more
    ],
)
def test_pace(fps: float, dropped_a_frame: float, seconds: float, too_slow: bool) -> None:
    assert pace(fps, dropped_a_frame, seconds) is too_slow


def run(models: Models, *, readings: int, may_step_down: bool) -> list[Looked | ModelChanged]:
    camera = FakeCamera(lambda i: noise(i) if i < readings else "end", ends=True)
    source = LiveSource(camera)
    eyes = Eyes(source, models, "heavy", may_step_down=may_step_down, clock=lambda: models.now_s)
    source.start()
    eyes.start()
    found: list[Looked | ModelChanged] = []
    for _ in range(readings + 1):  # a picture at a time, so that none is dropped
        camera.let(1)
        source.dropped += 1  # as if one had been
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            item = eyes.next(0.02)
            if item is not None:
                found.append(item)
            if isinstance(item, Looked) or eyes.is_over:
                break
    eyes.close()
    source.close()
    return found


def test_a_model_that_is_too_slow_makes_room_for_a_faster_one() -> None:
    models = Models({"heavy": 0.1, "full": 0.08, "lite": 0.2})
    found = run(models, readings=160, may_step_down=True)
    assert [item.model for item in found if isinstance(item, ModelChanged)] == ["full", "lite"]
    assert [model.name for model in models.opened] == ["heavy", "full", "lite"]
    assert all(model.is_closed for model in models.opened)
    times = [item.frame.time_s for item in found if isinstance(item, Looked)]
    assert len(times) == 160
    assert times == sorted(times)


def test_a_model_that_the_user_wants_stays() -> None:
    models = Models({"heavy": 0.1})
    found = run(models, readings=60, may_step_down=False)
    assert not [item for item in found if isinstance(item, ModelChanged)]


def test_what_goes_wrong_in_the_thread_is_raised_where_it_can_be_handled() -> None:
    def look(_frame: Frame) -> Observation:
        raise RuntimeError("the model is broken")

    camera = FakeCamera(noise)
    source = LiveSource(camera)
    eyes = Eyes(source, lambda name: FakeModel(name, look), "heavy", may_step_down=True)
    source.start()
    eyes.start()
    camera.let(1)
    with pytest.raises(RuntimeError, match="broken"):
        eyes.next(5.0)
    eyes.close()
    camera.let(2)
    source._stop.set()
    source.close()
    assert not any(thread.name == "eyes" for thread in threading.enumerate())
