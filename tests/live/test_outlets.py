"""Keys and what they lead to: an answer on the screen, and nothing that counts while the keys are explained."""

import signal
import time
from pathlib import Path

import numpy as np
import pytest

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.exercise.rulebook import load_rules
from formcheck.live.keys import Wish
from formcheck.live.outlets import ANSWER_S, Outlets
from formcheck.live.screen import Screen
from formcheck.live.training import Training
from formcheck.live.window import filling
from formcheck.output.pen import GROUND
from formcheck.output.sound import Sound
from formcheck.performance import State
from formcheck.pipeline import Options
from formcheck.pose.command import Action
from samples.figure import best_view, movement, observe

SIZE_WH = (64, 48)


class FakeWindow:
    """A window whose keys are pressed here."""

    is_open = True

    def __init__(self) -> None:
        self.pressed: list[Action | Wish] = []

    def show(self, image) -> None:
        pass

    def key(self, wait_ms: int) -> Action | Wish | None:
        return self.pressed.pop(0) if self.pressed else None

    def toggle_full_screen(self) -> None:
        pass


class FakeScreen(Screen):
    """A screen that notes what it is to say, and draws nothing."""

    def __init__(self, exercise: str) -> None:
        super().__init__(SIZE_WH, load_rules([])[exercise].exercise, 10)
        self.notes: tuple[str, ...] = ()

    def draw(self, image_bgr, shown, notes=()):
        self.notes = notes
        return np.zeros((1, 1, 3), np.uint8)


class Session:
    """A live session without camera, a frame at a time."""

    def __init__(self, folder: Path, exercise: str = "lateral_lunge", *, guided: bool = False) -> None:
        self.screen, self.window = FakeScreen(exercise), FakeWindow()
        info = SourceInfo("camera", "camera:test", 1280, 720, 10.0, 0, 0.0)
        self.training = Training(load_rules([])[exercise], info, Options(), "lite", guided=guided)
        self.outlets = Outlets(self.screen, self.window, Sound(muted=True), None, folder)  # type: ignore[arg-type]
        self._seen = iter(observe(movement(exercise), best_view(exercise), 10))
        self._index = 0

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            seen = next(self._seen)
            frame = Frame(self._index, seen.time_s, np.zeros((48, 64, 3), np.uint8))
            self._index += 1
            self.outlets.update(frame, self.training.see(seen), is_newest=True)
            for _ in range(3):  # the keys are looked at more often than frames come
                self.answer()

    def answer(self) -> None:
        action = self.outlets.wishes(1)
        if action is not None:
            self.training.press(action)

    def press(self, key: Action | Wish) -> None:
        self.window.pressed.append(key)
        self.answer()


def test_nothing_counts_while_the_keys_are_explained(tmp_path: Path) -> None:
    session = Session(tmp_path)
    session.look(5)
    session.press(Wish.HELP)
    session.look(5)
    assert session.screen.shows_help
    assert session.training.state is State.PAUSED
    session.press(Action.UNDO)  # any key closes the page, and does nothing else
    assert not session.screen.shows_help
    session.look(2)
    assert session.training.state is State.COUNTING


def test_help_leaves_a_pause_a_pause(tmp_path: Path) -> None:
    session = Session(tmp_path)
    session.look(2)
    session.press(Action.PAUSE)
    session.look(2)
    session.press(Wish.HELP)
    session.look(2)
    session.press(Wish.HELP)
    session.look(3)
    assert session.training.state is State.PAUSED


def test_opened_and_closed_between_two_frames_it_changes_nothing(tmp_path: Path) -> None:
    session = Session(tmp_path)
    session.look(5)
    session.press(Wish.HELP)
    session.press(Wish.HELP)
    session.look(3)
    assert session.training.state is State.COUNTING


def test_where_the_guide_ends_behind_the_page_nothing_counts_either(tmp_path: Path) -> None:
    session = Session(tmp_path, guided=True)
    session.look(2)
    session.press(Wish.HELP)
    for _ in range(2):
        session.training.press(Action.NEXT_SIDE)  # as if the person were ready
        session.look(2)
    session.look(20)
    assert session.training.state is not State.COUNTING


def test_the_end_is_the_end_also_while_the_keys_are_explained(tmp_path: Path) -> None:
    session = Session(tmp_path)
    session.look(2)
    session.press(Wish.HELP)
    session.press(Wish.END)
    assert session.outlets.is_over


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (Action.NEXT_SIDE, "Next: right"), (Action.UNDO, "There is no repetition to take back"),
        (Wish.MUTE, "Sound on"),
    ],
)  # fmt: skip
def test_keys_are_answered_on_the_screen(tmp_path: Path, key, answer: str) -> None:
    session = Session(tmp_path)
    session.look(3)
    session.press(key)
    session.look()
    assert answer in session.screen.notes
    session.look(round(10 * ANSWER_S) + 2)
    assert key is Wish.MUTE or answer not in session.screen.notes


def test_a_repetition_taken_back_is_said_to_be(tmp_path: Path) -> None:
    session = Session(tmp_path)
    while not sum(session.training.performance.pipeline.coach.progress().counted.values()):
        session.look()
    session.press(Action.UNDO)
    session.look()
    assert "The last repetition is taken back" in session.screen.notes


def test_a_key_that_means_nothing_here_is_answered_too(tmp_path: Path) -> None:
    session = Session(tmp_path, "childs_pose")
    session.look(2)
    session.press(Action.NEXT_SIDE)
    assert "This exercise has no sides" in session.screen.notes
    guided = Session(tmp_path, guided=True)
    guided.look(2)
    guided.press(Action.UNDO)
    assert any("Nothing counts yet" in note for note in guided.screen.notes)
    guided.press(Action.NEXT_SIDE)
    assert "Skipped" in guided.screen.notes


def test_the_last_page_says_how_long_it_stays_and_then_goes(tmp_path: Path) -> None:
    session, said = Session(tmp_path), []

    def page(left_s: int):
        said.append(left_s)
        return np.zeros((1, 1, 3), np.uint8)

    begun_s = time.monotonic()
    session.outlets.last_screen(page, 1.3)
    assert said == [2, 1]
    assert time.monotonic() - begun_s < 2.0


@pytest.mark.parametrize("how", ["a key", "a signal"])
def test_the_last_page_goes_at_once_when_it_is_asked_to(how: str, tmp_path: Path) -> None:
    session = Session(tmp_path)
    if how == "a key":
        session.window.pressed.append(Action.UNDO)

    def page(left_s: int):
        if how == "a signal":
            signal.raise_signal(signal.SIGTERM)
        return np.zeros((1, 1, 3), np.uint8)

    begun_s = time.monotonic()
    session.outlets.last_screen(page, 30.0)
    assert time.monotonic() - begun_s < 5.0


@pytest.mark.parametrize("window_wh", [(1280, 720), (1920, 1200), (1024, 768), (720, 1280), (2560, 1080), (0, 0)])
def test_the_window_is_filled_with_dark_bands(window_wh: tuple[int, int]) -> None:
    image = np.full((720, 1280, 3), 200, np.uint8)
    filled = filling(image, window_wh)
    height, width = filled.shape[:2]
    if min(window_wh) > 0:
        assert width / height == pytest.approx(window_wh[0] / window_wh[1], rel=0.01)
    assert (filled == 200).all(axis=2).sum() == 720 * 1280
    outside = filled[(filled != 200).any(axis=2)]
    assert (outside == GROUND).all()
