import math
import threading
import time
from collections.abc import Callable

import pytest

from formcheck.capture.frame import Frame
from formcheck.capture.live_source import LiveSource
from formcheck.live.estimator_thread import EstimatorThread, ModelChanged, SeenFrame
from formcheck.pose.pose import Observation
from tests.capture.fake_camera import FakeCamera, noise


class FakeModel:
    def __init__(self, name: str, look: Callable[[Frame], Observation]) -> None:
        self.name, self.estimate = name, look
        self.is_closed = False
        self.before: object = None

    def go_on_from(self, before: object) -> None:
        assert isinstance(before, FakeModel)
        assert not before.is_closed
        self.before = before

    def close(self) -> None:
        self.is_closed = True


class Models:
    """Opens fake models, and takes as long for a look as it is told to."""

    def __init__(self, takes_s: dict[str, float] | None = None, fast_after_s: float = math.inf) -> None:
        self.opened: list[FakeModel] = []
        self._takes_s = takes_s or {}
        self._fast_after_s = fast_after_s
        self.now_s = 0.0

    def __call__(self, name: str) -> FakeModel:
        def look(frame: Frame) -> Observation:
            takes_s = self._takes_s.get(name, 0.001)
            self.now_s += takes_s if self.now_s < self._fast_after_s else takes_s / 4
            return Observation(frame.time_s, None)

        self.opened.append(FakeModel(name, look))
        return self.opened[-1]


def run(models: Models, *, readings: int, may_change: bool) -> list[SeenFrame | ModelChanged]:
    camera = FakeCamera(lambda i: noise(i) if i < readings else "end", ends=True)
    source = LiveSource(camera)
    estimator = EstimatorThread(source, models, "heavy", may_change=may_change, clock=lambda: models.now_s)
    source.start()
    estimator.start()
    found: list[SeenFrame | ModelChanged] = []
    for _ in range(readings + 1):  # a picture at a time, so that none is dropped
        camera.let(1)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            item = estimator.next(0.02)
            if item is not None:
                found.append(item)
            if isinstance(item, SeenFrame) or estimator.is_over:
                break
    estimator.close()
    source.close()
    return found


def test_a_model_that_is_too_slow_makes_room_for_a_faster_one() -> None:
    models = Models({"heavy": 0.1, "full": 0.08, "lite": 0.2})
    found = run(models, readings=160, may_change=True)
    assert [item.model for item in found if isinstance(item, ModelChanged)] == ["full", "lite"]
    assert [model.name for model in models.opened] == ["heavy", "full", "lite"]
    assert [model.before for model in models.opened] == [None, *models.opened[:2]]
    assert all(model.is_closed for model in models.opened)
    times = [item.frame.time_s for item in found if isinstance(item, SeenFrame)]
    assert len(times) == 160
    assert times == sorted(times)


def test_the_better_model_comes_back_once_there_is_room() -> None:
    models = Models({"heavy": 0.16, "full": 0.08, "lite": 0.06}, fast_after_s=14.0)
    found = run(models, readings=1500, may_change=True)
    changes = [(item.model, item.is_better) for item in found if isinstance(item, ModelChanged)]
    assert changes == [("full", False), ("lite", False), ("full", True), ("heavy", True)]
    assert [model.name for model in models.opened] == ["heavy", "full", "lite", "full", "heavy"]


def test_a_model_that_the_user_wants_stays() -> None:
    models = Models({"heavy": 0.1})
    found = run(models, readings=60, may_change=False)
    assert not [item for item in found if isinstance(item, ModelChanged)]


def test_what_goes_wrong_in_the_thread_is_raised_where_it_can_be_handled() -> None:
    def look(_frame: Frame) -> Observation:
        raise RuntimeError("the model is broken")

    camera = FakeCamera(noise)
    source = LiveSource(camera)
    estimator = EstimatorThread(source, lambda name: FakeModel(name, look), "heavy", may_change=True)
    source.start()
    estimator.start()
    camera.let(1)
    with pytest.raises(RuntimeError, match="broken"):
        estimator.next(5.0)
    estimator.close()
    camera.let(2)
    source._stop.set()
    source.close()
    assert not any(thread.name == "estimator" for thread in threading.enumerate())
