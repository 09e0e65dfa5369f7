"""Why something does not count: codes with their numbers, which `formcheck.output.sentences` turns into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Why a movement does not count, or why nothing did."""

    FIRST_FRAME = "first_frame"
    CLIP_ENDED = "clip_ended"
    SESSION_ENDED = "session_ended"
    CUT = "cut"
    HAND_OVER = "hand_over"
    PICTURES_MISSING = "pictures_missing"
    PAUSED = "paused"
    RESTARTED = "restarted"
    TAKEN_BACK = "taken_back"
    TOO_SHORT_A_WAY = "too_short_a_way"
    START_UNSEEN = "start_unseen"
    RETURN_UNSEEN = "return_unseen"
    HARDLY_SEEN = "hardly_seen"
    LEFT_CONTEXT = "left_context"
    BOTH_SIDES = "both_sides"
    SOMETHING_ELSE = "something_else"
    NOT_KEPT = "not_kept"
    ONE_DIRECTION = "one_direction"
    HELD_TOO_LITTLE = "held_too_little"
    ENDED_BY_FAULT = "ended_by_fault"
    ONLY_ATTEMPTS = "only_attempts"
    NEVER_IN_CONTEXT = "never_in_context"
    NOTHING_MOVED = "nothing_moved"


NOT_SEEN_WHOLE = frozenset(
    {
        Code.FIRST_FRAME,
        Code.CUT,
        Code.HAND_OVER,
        Code.PICTURES_MISSING,
        Code.CLIP_ENDED,
        Code.SESSION_ENDED,
        Code.PAUSED,
    }
)
"""Why a movement does not count of which only a part was filmed: that speaks for no other exercise."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with what it needs to be put into words.

    Attributes
    ----------
    code
        What happened.
    numbers
        By name, e.g. ``value`` and ``needed``.
    words
        By name, e.g. ``signal``, ``unit``, ``because``.
    because
        The reason behind it, if there is one.
    """

    code: Code
    numbers: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    because: "Reason | None" = None
