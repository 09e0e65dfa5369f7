"""Which model is fast enough: measured alternately, so that what else the computer does slows all alike."""

from collections.abc import Callable

import pytest

from formcheck.findings import Finding
from formcheck.speed import WARM_UP, Choice, Timing, choose, measure


class Computer:
    """Models that take a known time, on a computer that other programs slow down for a while."""

    def __init__(self, takes_s: dict[str, float], slow_from_s: float = 1e9, slow_to_s: float = 1e9) -> None:
        self._takes_s = takes_s
        self._slow = (slow_from_s, slow_to_s)
        self.now_s = 0.0
        self.order: list[str] = []

    def look_of(self, name: str) -> Callable[[int], None]:
        def look(_picture: int) -> None:
            self.order.append(name)
            load = 4.0 if self._slow[0] <= self.now_s < self._slow[1] else 1.0
            self.now_s += load * self._takes_s[name]

        return look

    def timings(self, rounds: int = 16) -> dict[str, Timing]:
        looks = {name: self.look_of(name) for name in self._takes_s}
        return measure(looks, range(rounds), lambda: self.now_s)


TAKES_S = {"heavy": 0.043, "full": 0.018, "lite": 0.012}


def test_models_take_turns() -> None:
    computer = Computer(TAKES_S)
    timings = computer.timings()
    assert all(len(timing.times_s) == 16 - WARM_UP for timing in timings.values())
    assert all(set(computer.order[i : i + 3]) == set(TAKES_S) for i in range(0, len(computer.order), 3))
    assert {computer.order[i] for i in range(0, len(computer.order), 3)} == set(TAKES_S)


@pytest.mark.parametrize("slow_from_s", [0.0, 0.2, 0.4, 0.6, 0.8])
def test_a_busy_moment_makes_no_model_slower_than_a_larger_one(slow_from_s: float) -> None:
    timings = Computer(TAKES_S, slow_from_s, slow_from_s + 0.5).timings()
    assert timings["lite"].typical_s < timings["full"].typical_s < timings["heavy"].typical_s


def times(*values_ms: float) -> Timing:
    return Timing(tuple(value / 1000 for value in values_ms))


@pytest.mark.parametrize(
    ("heavy", "full", "lite", "choice"),
    [
        (times(43, 44, 45, 43), times(18, 18, 19, 18), times(12, 12, 12, 12), Choice("heavy", True)),
        (times(80, 81, 82, 80), times(18, 18, 19, 18), times(12, 12, 12, 12), Choice("full", True)),
        # What is about as fast as is needed is no sure thing.
        (times(40, 45, 70, 44), times(18, 18, 19, 18), times(12, 12, 12, 12), Choice("heavy", False)),
        (times(40, 52, 70, 53), times(18, 18, 19, 18), times(12, 12, 12, 12), Choice("full", False)),
        # None is fast enough: the smallest, if it is the fastest and not only by chance.
        (times(200, 210, 220, 210), times(90, 92, 95, 93), times(70, 71, 75, 72), Choice("lite", True)),
        (times(200, 210, 220, 210), times(90, 92, 95, 93), times(95, 91, 99, 80), Choice("full", True)),
    ],
)
def test_the_choice_and_how_sure_it_is(heavy: Timing, full: Timing, lite: Timing, choice: Choice) -> None:
    assert choose({"heavy": heavy, "full": full, "lite": lite}) == choice


def test_on_a_busy_computer_what_is_too_slow_is_no_sure_thing() -> None:
    timings = {"heavy": times(80, 81, 82, 80), "full": times(18, 18, 19, 18)}
    assert choose(timings, is_busy=True) == Choice("full", False)
    assert choose({"heavy": times(43, 44, 45, 43)}, is_busy=True) == Choice("heavy", True)


def test_what_is_too_slow_is_not_called_ok() -> None:
    slow = times(80, 81, 82, 80)
    text = Finding("Model heavy", True, slow.as_text(), "Do this.", falls_short=not slow.is_smooth).as_text()
    assert "too slow" in text
    assert not text.startswith("ok")
    assert text.endswith("Do this.")


def test_doubt_is_said() -> None:
    assert times(43, 44, 45, 43).as_text() == "44 ms a picture (23 a second): fast enough for a live session"
    assert times(30, 45, 70, 49).as_text() == (
        "47 ms a picture (21 a second), mostly 41 to 54 ms: just fast enough for a live session"
    )
