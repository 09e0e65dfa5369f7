"""Which model looks, by how long its looks take and how many pictures the camera gives."""

import math
from collections.abc import Callable

import pytest

from formcheck.live.pace import MODELS, ROOM_FOR_S, SLOW_FOR_S, Pace

Load = Callable[[float], float]
"""How many times as long everything takes at a time in seconds."""
TAKES_S = {"heavy": 0.027, "full": 0.011, "lite": 0.009}
"""What a look takes where nothing else is going on, as measured on two cores."""


def play(
    load: Load, seconds: float, *, model: str = "heavy", camera_fps: float = 30.0, takes_s: dict[str, float] = TAKES_S
) -> list[tuple[float, str]]:
    """Return when which model took over in a session of so many seconds."""
    pace, now_s, changes = Pace(model), 0.0, list[tuple[float, str]]()
    while now_s < seconds:
        took_s = takes_s[pace.model] * load(now_s)
        now_s += max(took_s, 1.0 / camera_fps)
        changed = pace.step(now_s, took_s, camera_fps)
        if changed is not None:
            changes.append((now_s, changed))
            assert changed == pace.model
    return changes


def models(changes: list[tuple[float, str]]) -> list[str]:
    return [model for _, model in changes]


def busy_between(from_s: float, to_s: float, factor: float) -> Load:
    return lambda now_s: factor if from_s <= now_s < to_s else 1.0


def test_a_model_that_keeps_up_stays() -> None:
    assert play(lambda _: 1.0, 600) == []
    assert play(lambda _: 1.8, 600) == []


def test_a_model_that_is_too_slow_makes_room_for_a_faster_one() -> None:
    changes = play(lambda _: 2.5, 30)
    assert models(changes) == ["full"]
    assert SLOW_FOR_S < changes[0][0] < SLOW_FOR_S + 2.5


def test_where_none_is_fast_enough_the_fastest_looks() -> None:
    assert models(play(lambda _: 20.0, 600)) == ["full", "lite"]


@pytest.mark.parametrize("factor", [3.0, 10.0, 100.0])
def test_a_hiccup_changes_nothing(factor: float) -> None:
    """A picture that took seconds, or a few seconds in which another program wanted all."""
    assert play(lambda now_s: factor if now_s % 10 < 2.5 else 1.0, 300) == []


def test_a_camera_that_gives_few_pictures_leaves_the_model_more_time() -> None:
    assert play(lambda _: 2.5, 60, camera_fps=12.0) == []
    assert models(play(lambda _: 2.5, 60, camera_fps=20.0)) == ["full"]


def test_the_rate_of_a_camera_need_not_be_known() -> None:
    pace = Pace("heavy")
    assert [pace.step(k * 0.03, 0.02, math.nan) for k in range(400)] == [None] * 400
    assert "full" in [pace.step(12 + k * 0.09, 0.09, math.nan) for k in range(100)]


def test_the_better_model_comes_back_once_there_is_room() -> None:
    changes = play(busy_between(5, 40, 2.5), 120)
    assert models(changes) == ["full", "heavy"]
    assert ROOM_FOR_S - 1 <= changes[1][0] - 40 < ROOM_FOR_S + 2
    assert models(play(busy_between(5, 40, 20.0), 120)) == ["full", "lite", "full", "heavy"]


def test_a_slow_start_is_made_good() -> None:
    assert models(play(busy_between(0, 20, 4.0), 120))[-1] == "heavy"


def test_a_better_model_that_would_be_too_slow_is_not_tried() -> None:
    takes_s = {"heavy": 0.060, "full": 0.026, "lite": 0.020}
    assert models(play(lambda _: 1.0, 3600, takes_s=takes_s)) == ["full"]


@pytest.mark.parametrize("period_s", [12.0, 30.0, 50.0, 120.0])
def test_it_never_sees_saws(period_s: float) -> None:
    """Room that is always gone again is waited for longer each time."""
    changes = models(play(lambda now_s: 3.0 if now_s % period_s > period_s / 2 else 1.0, 3600))
    assert changes.count("heavy") <= 4


def test_a_model_that_is_too_slow_only_while_it_looks_is_tried_ever_more_seldom() -> None:
    """The slowness comes from the model itself, as where a computer throttles: what was measured of it misleads."""
    takes_s = {"heavy": 0.027, "full": 0.011, "lite": 0.009}
    pace, now_s, tried = Pace("heavy"), 0.0, 0
    while now_s < 3600:
        took_s = 0.08 if pace.model == "heavy" and now_s > 5 else takes_s[pace.model]
        now_s += max(took_s, 1 / 30)
        tried += pace.step(now_s, took_s, 30.0) == "heavy"
    assert 1 <= tried <= math.log2(3600 / ROOM_FOR_S) + 1


def test_the_models_are_in_order() -> None:
    assert MODELS == ("heavy", "full", "lite")
