"""What the keys do."""

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


def meaning(code: int) -> Action | Wish | None:
    """Return what a key asks for, by its code; capitals mean the same."""
    key = code & 0xFF if code >= 0 else code
    return KEYS.get(ord(chr(key).lower()) if 0 <= key < 128 else key)
