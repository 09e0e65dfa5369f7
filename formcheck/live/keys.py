"""What the keys do."""

from dataclasses import dataclass
from enum import StrEnum

from formcheck.language import N_
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

HELP: tuple[tuple[str, str], ...] = (
    (N_("space"), N_("pause, go on (or one hand up)")),
    ("n", N_("next side; skip a step of the set-up")),
    ("u", N_("undo the last repetition")),
    ("r r", N_("start another set; the one before is kept")),
    ("m", N_("sound off, on")),
    ("f", N_("full screen")),
    ("s", N_("snapshot")),
    ("h", N_("this help")),
    ("q", N_("end")),
)

PLAN_HELP: tuple[tuple[str, str], ...] = (
    HELP[0],
    ("n", N_("begin now; next side")),
    ("e", N_("on to the next exercise (or both hands up in a rest)")),
    ("b", N_("back: the set, or the exercise before, once more")),
    *HELP[2:],
)
"""The keys while a plan is walked through."""


def meaning(code: int) -> Action | Wish | Typed | None:
    """Return what a key asks for, by its code; capitals mean the same."""
    key = code & 0xFF if code >= 0 else code
    letter = chr(key).lower() if 0 <= key < 128 else ""
    asked = KEYS.get(ord(letter) if letter else key)
    return Typed(letter) if asked is None and letter and letter in ANSWERS else asked
