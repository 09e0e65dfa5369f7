"""Why something does not count or is not judged, or could be better: codes with numbers, which `formcheck.output.sentences` puts into words."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Why a movement does not count, why nothing did, why a check is not assessed, or what made it hard to judge."""

    FIRST_FRAME = "first_frame"
    CLIP_ENDED = "clip_ended"
    SESSION_ENDED = "session_ended"
    CUT = "cut"
    HAND_OVER = "hand_over"
    PICTURES_MISSING = "pictures_missing"
    PAUSED = "paused"
    RESTARTED = "restarted"
    TAKEN_BACK = "taken_back"
    OTHER_LEVEL = "other_level"
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
    CAME_TO_NOTHING = "came_to_nothing"
    ENDED_BY_FAULT = "ended_by_fault"
    ONLY_ATTEMPTS = "only_attempts"
    NEVER_BEGAN = "never_began"
    NEVER_IN_CONTEXT = "never_in_context"
    NOTHING_MOVED = "nothing_moved"

    VIEW_UNKNOWN = "view_unknown"
    NO_VIEW_SHOWS_IT = "no_view_shows_it"
    OTHER_VIEW_NEEDED = "other_view_needed"
    REST_UNSEEN = "rest_unseen"
    END_POINT_UNSET = "end_point_unset"
    PARTS_UNSEEN = "parts_unseen"
    MOVING_PART_UNSEEN = "moving_part_unseen"
    UNMEASURABLE = "unmeasurable"
    OTHER_LEG_BUSY = "other_leg_busy"
    TIMES_UNSEEN = "times_unseen"
    SEEN_TOO_SHORTLY = "seen_too_shortly"
    WATCHED_TOO_SHORTLY = "watched_too_shortly"
    FAR_LEG_TIMES = "far_leg_times"
    ERROR_TOO_LARGE = "error_too_large"
    BROKEN_WITHIN_ERROR = "broken_within_error"

    OTHER_VIEW_BETTER = "other_view_better"
    CAMERA_ROLLED = "camera_rolled"
    OFTEN_UNSEEN = "often_unseen"
    OFTEN_LOST = "often_lost"
    TILT_UNKNOWN = "tilt_unknown"
    PROPORTIONS_UNKNOWN = "proportions_unknown"


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


TEXTS_OF_RULES = frozenset({"because", "camera", "context"})
"""The words of a reason that are texts of a rule, in the language of the session; the others are names."""


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
    names
        Those that it speaks of: views, or parts of the body.
    because
        The reason behind it, if there is one.
    """

    code: Code
    numbers: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    because: "Reason | None" = None

    @property
    def cause(self) -> Hashable:
        """What it has in common with others whose numbers differ, as they do from one repetition to the next."""
        behind = None if self.because is None else self.because.cause
        return self.code, tuple(sorted(self.words.items())), self.names, behind
