"""Tones and a voice, each in a thread of its own: sound never keeps the picture waiting, and its lack harms nothing."""

import queue
import threading
from collections.abc import Callable
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.quiet import EVERYTHING, quiet_stderr
from formcheck.language import _
from formcheck.output.voice import Speaker, open_voice

RATE_HZ = 44100
FADE_S = 0.012
"""Tones swell and fade over this, or they would click."""
LOUDNESS = 0.25
_MOST_WAITING = 4

Samples = NDArray[np.float32]


class Tone(Enum):
    """Short melodies: frequency in Hz (0 = silence) and length in seconds of each note."""

    READY = ((660.0, 0.12), (880.0, 0.25))
    REP = ((784.0, 0.10), (1047.0, 0.18))
    HOLD_STARTED = ((523.0, 0.14),)
    HOLD_ENOUGH = ((1047.0, 0.10), (0.0, 0.05), (1047.0, 0.20))
    FAULT = ((311.0, 0.16), (262.0, 0.24))
    PAUSED = ((523.0, 0.12), (392.0, 0.20))
    RESUMED = ((392.0, 0.12), (523.0, 0.20))
    # What the set-up asks for, for somebody who lies on the floor and cannot read: where to be, to stand still, the
    # start position, to stay like this, and the own end point.
    FRAME = ((440.0, 0.10), (0.0, 0.06), (440.0, 0.10))
    CALIBRATE = ((494.0, 0.30),)
    START = ((587.0, 0.10), (494.0, 0.10), (587.0, 0.16))
    KEEP = ((659.0, 0.30),)
    END_POINT = ((392.0, 0.10), (523.0, 0.10), (659.0, 0.16))
    END_POINT_FOUND = ((659.0, 0.10), (784.0, 0.10), (988.0, 0.20))
    OUTSIDE = ((349.0, 0.10), (0.0, 0.05), (349.0, 0.10), (0.0, 0.05), (349.0, 0.10))


def samples_of(tone: Tone) -> Samples:
    """Return the sound of a tone, (n,) in -1..1 at `RATE_HZ`."""
    notes = []
    for frequency, length_s in tone.value:
        t = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
        swell = np.minimum(1.0, np.minimum(t, length_s - t) / FADE_S)
        notes.append(LOUDNESS * swell * np.sin(2 * np.pi * frequency * t))
    return np.concatenate(notes).astype(np.float32)


class Worker:
    """Feeds a speaker from a queue, in its own thread.

    Parameters
    ----------
    name
        Of the thread.
    opened
        Opens the speaker, in that thread; whatever it raises means that there is none.
    most
        How much may wait; more is left out, as it would come too late.

    Attributes
    ----------
    problem
        Why it is silent, None while it is not.
    """

    def __init__(self, name: str, opened: Callable[[], Speaker], most: int = _MOST_WAITING) -> None:
        self._opened = opened
        self._queue: queue.Queue[object] = queue.Queue(most)
        self.problem: str | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def offer(self, content: object) -> None:
        """Let it be heard, unless too much waits already."""
        if self.problem is None:
            try:
                self._queue.put_nowait(content)
            except queue.Full:
                return

    def _run(self) -> None:
        try:
            speaker = self._opened()
            while True:
                speaker(self._queue.get())
        except Exception as problem:  # no library, no device, unplugged: the session goes on without
            self.problem = str(problem) or type(problem).__name__


class Sound:
    """Tones and spoken words.

    Parameters
    ----------
    muted
        Begin silent.
    tones, voice
        What makes them; replaced in tests.
    """

    def __init__(
        self,
        *,
        muted: bool = False,
        tones: Callable[[], Speaker] | None = None,
        voice: Callable[[], Speaker] | None = None,
    ) -> None:
        self.is_muted = muted
        self._tones = Worker("tones", tones or open_tones)
        # Of two sentences that wait only the first is still true when it is said.
        self._voice = Worker("voice", voice or open_voice, most=1)
        self._told = False

    def play(self, tone: Tone) -> None:
        """Play a tone."""
        if not self.is_muted:
            self._tones.offer(tone)

    def say(self, text: str) -> None:
        """Say something."""
        if not self.is_muted:
            self._voice.offer(text)

    def note(self) -> str | None:
        """Return once that there is no sound, if there is none."""
        if self._told or self.is_muted or self._tones.problem is None:
            return None
        self._told = True
        return _("No sound here: it goes on in silence.")


def open_tones() -> Speaker:
    """Open the sound device.

    Raises
    ------
    Exception
        There is no library or no device for it.
    """
    with quiet_stderr(EVERYTHING):
        import sounddevice

        sounddevice.check_output_settings(samplerate=RATE_HZ, channels=1)

    def play(content: object) -> None:
        if isinstance(content, Tone):
            sounddevice.play(samples_of(content), RATE_HZ)
            sounddevice.wait()

    return play
