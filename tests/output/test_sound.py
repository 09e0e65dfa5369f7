import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.output.sound import FADE_S, LOUDNESS, RATE_HZ, Sound, Tone, samples_of
from formcheck.output.voice import Speaker


class Heard:
    """A speaker that remembers, and waits until it may go on."""

    def __init__(self) -> None:
        self.contents: list[object] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def __call__(self, content: object) -> None:
        self.contents.append(content)
        self.may_go_on.wait(5)


def no_device() -> Speaker:
    raise OSError("PortAudio library not found")


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("tone", Tone)
def test_tones_are_short_swell_and_fade(tone: Tone) -> None:
    samples = samples_of(tone)
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(RATE_HZ * sum(length for _, length in tone.value), abs=3)
    assert len(samples) < 0.6 * RATE_HZ
    assert np.abs(samples).max() == pytest.approx(LOUDNESS, rel=0.05)
    assert np.abs(samples[: round(FADE_S * RATE_HZ / 20)]).max() < 0.1 * LOUDNESS
    assert abs(samples[-1]) < 0.01


def test_it_never_keeps_the_picture_waiting() -> None:
    tones = Heard()
    tones.may_go_on.clear()
    sound = Sound(tones=lambda: tones, voice=lambda: Heard())
    start_s = time.monotonic()
    for _ in range(100):
        sound.play(Tone.REP)
        sound.say("One.")
    assert time.monotonic() - start_s < 1.0
    tones.may_go_on.set()
    until(lambda: len(tones.contents) >= 2)
    assert len(tones.contents) < 10  # what would come too late is left out


def test_muted_it_is_silent() -> None:
    tones = Heard()
    sound = Sound(muted=True, tones=lambda: tones, voice=lambda: tones)
    sound.play(Tone.REP)
    sound.say("One.")
    sound.is_muted = False
    sound.play(Tone.FAULT)
    until(lambda: bool(tones.contents))
    assert tones.contents == [Tone.FAULT]


def test_without_a_device_it_says_so_once() -> None:
    sound = Sound(tones=no_device, voice=no_device)
    until(lambda: sound._tones.problem is not None)
    sound.play(Tone.REP)
    assert sound.note() is not None
    assert sound.note() is None
    silent = Sound(muted=True, tones=no_device, voice=no_device)
    until(lambda: silent._tones.problem is not None)
    assert silent.note() is None


def test_a_device_that_goes_away_ends_nothing() -> None:
    def unplugged(content: object) -> None:
        raise RuntimeError(f"{content} finds no device")

    sound = Sound(tones=lambda: unplugged, voice=no_device)
    sound.play(Tone.REP)
    until(lambda: sound._tones.problem is not None)
    sound.play(Tone.REP)
