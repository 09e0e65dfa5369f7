"""Where a live session goes: a window or lines of text, sound, a recording."""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2

from formcheck.capture.frame import Frame
from formcheck.errors import FormcheckError, OutputError
from formcheck.exercise.events import RepTakenBack
from formcheck.interruption import stoppable
from formcheck.language import N_, _
from formcheck.live.keys import OF_PLANS, Typed, Wish
from formcheck.live.lines import Json, event_of
from formcheck.live.screen import Screen
from formcheck.live.shown import Happening, LiveShown, Update
from formcheck.live.telling import NEXT, tell
from formcheck.live.window import Window
from formcheck.output.lettering import Image
from formcheck.output.sound import Sound, Tone
from formcheck.performance import State
from formcheck.pose.command import Action, Command
from formcheck.writing import write_atomically

Tell = Callable[[Json], None]
NOTE_S = 6.0
"""How long a remark usually stays on the screen."""
ANSWER_S = 2.5
"""How long the answer to a key does."""
_WAIT_MS = 100
"""How long the last page waits for a key before it looks at the time again."""
_NOT_YET = N_("Nothing counts yet: n skips a step")


class Outlets:
    """Shows, sounds and prints.

    Parameters
    ----------
    screen, window
        What draws, and where it is shown; None without a display.
    sound
        What is heard.
    print_event
        Where events go as lines, if anywhere.
    folder
        Where snapshots go.

    Attributes
    ----------
    is_over
        The user, or whoever reads the lines, has seen enough.
    failure
        Why no more lines are printed, None while they are.
    """

    def __init__(
        self, screen: Screen | None, window: Window | None, sound: Sound, print_event: Tell | None, folder: Path
    ) -> None:
        self._screen, self._window, self._sound = screen, window, sound
        self._print = print_event
        self._folder = folder
        self._notes: dict[str, float] = {}
        self._standing: str | None = None
        self._now_s = 0.0
        self._last: tuple[Frame, LiveShown] | None = None
        self._snapshots = 0
        self._held_for_help = False
        self._asked_s = -math.inf
        self.is_over = False
        self.failure: FormcheckError | None = None

    def update(self, frame: Frame, update: Update, *, is_newest: bool) -> None:
        """Take a moment in, and show it if there is none newer."""
        self._now_s = frame.time_s
        self.tell(update.happened, update.shown)
        if (note := self._sound.note()) is not None:
            self.note(note)
        self._last = (frame, update.shown)
        if is_newest:
            self._draw()

    def tell(self, happened: Sequence[Happening], shown: LiveShown | None = None) -> None:
        """Let what happened be heard and read."""
        counts, next_side = ({}, None) if shown is None else (shown.counts, shown.next_side)
        tell(self._sound, happened, counts, next_side)
        for item in happened:
            self.event(event_of(item, self._now_s))
            if isinstance(item, Command) and item.action in (Action.NEXT_SIDE, Action.UNDO):
                self._answer(_answer_to(item, happened))

    def event(self, event: Json) -> None:
        """Print an event; where nobody can read it any more, the session is over."""
        if self._print is None:
            return
        try:
            self._print(event)
        except FormcheckError as error:
            self.failure, self._print, self.is_over = error, None, True

    def note(self, text: str, for_s: float = NOTE_S) -> None:
        """Show a remark for a while, and print it."""
        self._notes[text] = self._now_s + for_s
        self.event({"event": "note", "t": round(self._now_s, 3), "text": text})

    def stand_by(self, text: str | None) -> None:
        """Show a remark until it is taken back with None; the picture stands still meanwhile."""
        if text != self._standing:
            if text is not None:
                self._sound.play(Tone.PAUSED)
                self._sound.say(text)
            self._standing = text
            self._draw()

    def wishes(self, wait_ms: int) -> Action | Wish | Typed | None:
        """Do what a key asks of the window; return what it asks of the session."""
        if self._window is None:
            return None
        wish = self._window.key(wait_ms)
        if wish is Wish.END:
            self.is_over = True
        elif wish is not None and self._screen is not None and self._screen.shows_help:
            wish = None
            self._show_help(False)
        elif wish is Wish.HELP:
            self._show_help(True)
        elif wish is Wish.MUTE:
            self._sound.is_muted = not self._sound.is_muted
            self.note(_("Sound off") if self._sound.is_muted else _("Sound on"))
        elif wish is Wish.FULL_SCREEN:
            self._window.toggle_full_screen()
        elif wish is Wish.SNAPSHOT:
            self._snapshot()
        if not isinstance(wish, Action):
            return wish if isinstance(wish, Typed) or wish in OF_PLANS else self._for_help()
        if (
            self._last is not None
            and self._last[1].interlude is None
            and (answer := _answer_at_once(wish, self._last[1])) is not None
        ):
            self._answer(answer)
        return wish

    def _answer(self, text: str) -> None:
        """Show what a key did."""
        self._notes[text] = self._now_s + ANSWER_S
        self._draw()

    def _show_help(self, is_shown: bool) -> None:
        if self._screen is not None:
            self._screen.shows_help = is_shown
            self._draw()

    def _for_help(self) -> Action | None:
        """Return what lets nothing count while the keys are explained, and go on after that."""
        # What was asked shows with the next frame only.
        if self._screen is None or self._last is None or self._now_s <= self._asked_s:
            return None
        is_shown, state = self._screen.shows_help, self._last[1].state
        asks = state is State.COUNTING if is_shown else self._held_for_help and state is State.PAUSED
        self._held_for_help = is_shown and (asks or self._held_for_help)
        if not asks:
            return None
        self._asked_s = self._now_s
        return Action.PAUSE

    def go_on(self) -> bool:
        """Go on although the user has seen enough of the exercise; return whether there is still somebody to show it to."""
        self.is_over = self.is_closed or self.failure is not None
        return not self.is_over

    def last_screen(self, page: Callable[[int], Image], seconds: float) -> None:
        """Show a page until a key or Ctrl-C is pressed, the window is closed, or the time is over.

        Parameters
        ----------
        page
            Draws it, and says in it for how many seconds it still stays.
        seconds
            How long it stays.
        """
        if self._window is None or self.is_closed:
            return
        until_s, shown = time.monotonic() + seconds, None
        with stoppable() as stop:
            while (left_s := math.ceil(until_s - time.monotonic())) > 0 and not stop.is_set():
                if left_s != shown:
                    shown = left_s
                    self._window.show(page(left_s))
                if self._window.key(_WAIT_MS) is not None:
                    return

    @property
    def is_closed(self) -> bool:
        """Whether the window was closed."""
        return self._window is not None and not self._window.is_open

    def _image(self) -> Image | None:
        if self._screen is None or self._last is None:
            return None
        self._notes = {text: until_s for text, until_s in self._notes.items() if until_s >= self._now_s}
        notes = (*self._notes, *([] if self._standing is None else [self._standing]))
        frame, shown = self._last
        return self._screen.draw(frame.image_bgr, shown, notes)

    def _draw(self) -> None:
        image = self._image()
        if image is not None and self._window is not None:
            self._window.show(image)

    def _snapshot(self) -> None:
        image = self._image()
        if image is None:
            return
        self._snapshots += 1
        path = self._folder / f"snapshot-{self._snapshots}.png"
        try:
            write_atomically(path, cv2.imencode(".png", image)[1].tobytes())
        except OutputError as error:
            self.note(_("No snapshot. {cause}", cause=error.cause))
        else:
            self.note(_("Snapshot: {name}", name=path.name))


def _answer_to(command: Command, happened: Sequence[Happening]) -> str:
    """Return what to say of a command that was obeyed."""
    if command.action is Action.NEXT_SIDE:
        return _(NEXT[command.side]).rstrip(".")
    taken_back = any(isinstance(item, RepTakenBack) for item in happened)
    return _("The last repetition is taken back") if taken_back else _("There is no repetition to take back")


def _answer_at_once(action: Action, shown: LiveShown) -> str | None:
    """Return what to say of a key that leads to no command now, None if it does."""
    if shown.state is State.WAITING:
        return _("Skipped") if action is Action.NEXT_SIDE else _(_NOT_YET)
    return _("This exercise has no sides") if action is Action.NEXT_SIDE and shown.next_side is None else None
