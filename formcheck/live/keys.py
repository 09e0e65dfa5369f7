"""What the keys do."""

from dataclasses import dataclass
from enum import StrEnum

from formcheck.pose.command import Action


class Wish(StrEnum):
    """What a key asks of the window rather than of the session."""

    MUTE = "mute"
    FULL_SCREEN = "full_screen"
    SNAPSHOT = "snapshot"
    HELP = "help"
    END = "end"
    SKIP = "skip"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Typed:
    """A letter or digit that answers a question."""

    letter: str


ANSWERS = "0123456789yj"
"""The letters and digits that do; ``n`` does as well, and asks for more elsewhere."""
OF_PLANS = (Wish.SKIP, Wish.AGAIN)
"""What is asked of a plan rather than of the window."""


ESCAPE = 27
KEYS: dict[int, Action | Wish] = {
    ord(" "): Action.PAUSE,
    ord("n"): Action.NEXT_SIDE,
    ord("u"): Action.UNDO,
    ord("r"): Action.RESTART,
    ord("m"): Wish.MUTE,
    ord("f"): Wish.FULL_SCREEN,
    ord("s"): Wish.SNAPSHOT,
    ord("h"): Wish.HELP,
    ord("e"): Wish.SKIP,
    ord("b"): Wish.AGAIN,
    ord("q"): Wish.END,
    ESCAPE: Wish.END,
}

HELP = (
    "space   pause, go on (or one hand up)",
    "n   next side; skip a step of the set-up",
    "u   undo the last repetition",
    "r r   start another set; the one before is kept",
    "m   sound off, on",
    "f   full screen",
    "s   snapshot",
    "h   this help",
    "q   end",
)

PLAN_HELP = (
    "space   pause, go on (or one hand up)",
    "n   begin now; next side",
    "e   on to the next exercise (or both hands up in a rest)",
    "b   back: the set, or the exercise before, once more",
    *HELP[2:],
)
"""The keys while a plan is walked through."""


def meaning(code: int) -> Action | Wish | Typed | None:
    """Return what a key asks for, by its code; capitals mean the same."""
    key = code & 0xFF if code >= 0 else code
    letter = chr(key).lower() if 0 <= key < 128 else ""
    asked = KEYS.get(ord(letter) if letter else key)
    return Typed(letter) if asked is None and letter and letter in ANSWERS else asked
