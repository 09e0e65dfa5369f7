"""What is told of a hold while it lasts, and what it came to: one number with one meaning."""

from collections.abc import Sequence

import pytest

from formcheck.exercise.events import Progress, RepDropped, RepFinished
from formcheck.exercise.results import HoldResult
from formcheck.exercise.rulebook import load_rules
from formcheck.live.holds import HoldChanged, HoldWatch
from formcheck.live.shown import Happening
from formcheck.live.training import Training
from formcheck.output.shown import READ_S, HoldOver
from formcheck.pipeline import Options
from samples.figure import best_view, movement, observe
from tests.live.test_training import SOURCE
from tests.output.sessions import attempt, rep

PHASE = "bottom"


def told(held: Sequence[float | None], event: RepFinished | RepDropped | None = None) -> list[tuple[str, float]]:
    """Return what is told of a movement that is held for these times, ten a second, and then closes."""
    watch, found = HoldWatch(), []
    for tick, held_s in enumerate(held):
        progress = Progress(PHASE, "left", hold_s=held_s, hold_required_s=5.0, moving=True)
        found += list(watch.step(tick / 10, progress))
    if event is not None:
        found += list(watch.close(len(held) / 10, [event]))
    return [(item.what, round(item.held_s, 1)) for item in found]


def lasting(seconds: float) -> list[float | None]:
    return [tick / 10 for tick in range(1, round(10 * seconds) + 1)]


def finished(held_s: float, *, passed: bool) -> RepFinished:
    return RepFinished(rep(holds=(HoldResult(PHASE, 1.0, held_s, 5.0, passed),)))


def test_what_it_came_to_is_what_is_recorded() -> None:
    found = told([*lasting(6.2), None, None], finished(5.2, passed=True))
    assert found == [("started", 0.1), ("enough", 5.3), ("ended", 5.2)]


def test_nothing_is_called_enough_that_has_not_surely_lasted() -> None:
    assert told([*lasting(5.1), None], finished(4.9, passed=True)) == [("started", 0.1), ("ended", 4.9)]
    assert told([*lasting(4.9), None], finished(4.2, passed=False)) == [("started", 0.1), ("ended", 4.2)]


def test_a_hold_that_broke_off_begins_again_and_ends_once() -> None:
    found = told([*lasting(2.0), *[None] * 6, *lasting(3.0)], finished(3.0, passed=False))
    assert found == [("started", 0.1), ("started", 0.1), ("ended", 3.0)]


@pytest.mark.parametrize("after", [[2.5, 2.6], [0.1, 0.2]])
@pytest.mark.parametrize("lost", [0.0, None])
def test_a_hold_that_seemed_to_break_off_for_a_moment_begins_once(after: list[float], lost: float | None) -> None:
    assert told([*lasting(2.0), lost, lost, lost, lost, *after]) == [("started", 0.1)]


def test_a_hold_that_turns_out_to_have_gone_on_begins_once() -> None:
    assert told([*lasting(2.0), *[0.0] * 8, 2.9, 3.0]) == [("started", 0.1)]


def test_the_screen_does_not_jump_to_nothing_where_a_hold_goes_on() -> None:
    watch, shown = HoldWatch(), []
    for tick, held_s in enumerate([*lasting(2.0), 0.0, 0.0, 2.3, *[0.0] * 7]):
        progress = Progress(PHASE, "left", hold_s=held_s, hold_required_s=5.0, moving=True)
        list(watch.step(tick / 10, progress))
        shown.append(watch.shown_s(progress))
    assert shown[19:23] == [2.0, 2.0, 2.0, 2.3]
    assert shown[-1] == 0.0


def test_slowing_down_on_the_way_back_is_no_second_hold() -> None:
    found = told([*lasting(5.5), None, 0.2, 0.3], finished(5.4, passed=True))
    assert [what for what, _ in found] == ["started", "enough", "ended"]


def test_what_was_called_enough_and_is_not_is_put_right() -> None:
    watch = HoldWatch()
    for tick in range(5):
        list(watch.step(tick / 10, Progress(PHASE, "left", hold_s=5.0 + tick / 10, hold_required_s=5.0, moving=True)))
    for held_s, passed, corrects in ((4.2, False, True), (4.2, False, False)):
        (ended,) = watch.close(6.0, [finished(held_s, passed=passed)])
        assert (ended.held_s, ended.passed, ended.corrects) == (held_s, passed, corrects)


def test_the_screen_shows_a_hold_as_done_when_it_is_told_to_be() -> None:
    watch, done = HoldWatch(), []
    for tick, held_s in enumerate(lasting(6.0)):
        progress = Progress(PHASE, "left", hold_s=held_s, hold_required_s=5.0, moving=True)
        is_told = any(item.what == "enough" for item in watch.step(tick / 10, progress))
        shown_s = watch.shown_s(progress)
        assert shown_s is not None
        done.append((is_told, shown_s >= 5.0))
    first = done.index((True, True))
    assert done[first - 1] == (False, False)
    assert all(is_done for _, is_done in done[first:])


def test_the_screen_keeps_the_length_of_a_hold_until_it_says_what_it_came_to() -> None:
    watch = HoldWatch()
    for tick, held_s in enumerate([*lasting(4.6), None, None]):
        progress = Progress(PHASE if held_s else None, "left", hold_s=held_s, hold_required_s=5.0, moving=True)
        list(watch.step(tick / 10, progress))
    assert watch.shown_s(progress) == pytest.approx(4.6)  # on the way back
    event = finished(4.6, passed=True)
    list(watch.close(6.0, [event]))
    list(watch.step(6.0, Progress()))
    over = watch.over(7.0)
    assert over == event.rep.holds[0]
    assert watch.shown_s(Progress()) is None
    assert watch.over(9.0) is None
    list(watch.step(9.0, Progress(PHASE, "left", hold_s=0.1, hold_required_s=5.0, moving=True)))
    assert watch.over(6.5) is None  # another hold runs


def test_attempts_say_what_their_holds_came_to() -> None:
    dropped = RepDropped(attempt(holds=(HoldResult(PHASE, 1.0, 1.4, 5.0, False),)))
    assert told([*lasting(1.5), None], dropped)[-1] == ("ended", 1.4)


@pytest.mark.parametrize(
    "exercise",
    ["childs_pose", "dead_bug", "hip_90_90", "hip_airplane", "kettlebell_shift", "lateral_lunge", "spiderman_lunge"],
)
def test_every_hold_ends_with_the_figure_of_its_repetition(exercise: str) -> None:
    training = Training(load_rules([])[exercise], SOURCE, Options(), "heavy", guided=False)
    happened: list[Happening] = []
    for seen in observe(movement(exercise, reps=2), best_view(exercise), 10):
        happened += training.see(seen).happened
    session, last = training.finish()
    ended = [item for item in (*happened, *last) if isinstance(item, HoldChanged) and item.what == "ended"]
    recorded = [hold for item in session.reps for hold in item.holds if hold.duration_s > 0]
    assert recorded
    assert [(item.held_s, item.passed) for item in ended] == [(hold.duration_s, hold.passed) for hold in recorded]


def test_the_screen_shows_of_a_hold_that_is_over_what_the_table_says() -> None:
    training = Training(load_rules([])["lateral_lunge"], SOURCE, Options(), "heavy", guided=False)
    film = observe(movement("lateral_lunge", reps=2, hold_s=4.7), best_view("lateral_lunge"), 10)
    shown = [training.see(seen).shown.hold_over for seen in film]
    session, _ = training.finish()
    holds = [hold for item in session.reps for hold in item.holds]
    assert [hold.passed for hold in holds] == [True, True]  # from nine tenths on
    told = list(dict.fromkeys(item for item in shown if item is not None))
    assert told == [HoldOver(hold.duration_s, hold.required_s, passed=True, is_short=False) for hold in holds]
    assert sum(item is not None for item in shown) == pytest.approx(2 * 10 * READ_S, abs=2)
