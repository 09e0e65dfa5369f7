"""How to film what was not assessed, so that next time it is."""

from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.words import Exercise
from formcheck.language import N_, _, all_of, any_of
from formcheck.output.seen_in_words import from_where, limb

_HOW = {
    Code.VIEW_UNKNOWN: N_("Keep the whole body in the picture, so that it shows from where you are seen."),
    Code.REST_UNSEEN: N_("Rest for a second before each repetition, the whole body in the picture."),
    Code.END_POINT_UNSET: N_("Give your own end points with --end-point LEFT,RIGHT."),
    Code.OTHER_LEG_BUSY: N_("Let one leg rest while the other one works."),
    Code.TIMES_UNSEEN: N_("Let the recording begin before the first movement and end after the last one."),
    Code.FAR_LEG_TIMES: N_("Turn round for the other side, so that the working leg is the nearer one."),
    Code.SEEN_TOO_SHORTLY: N_("Place the camera so that nothing hides the body in between."),
    Code.WATCHED_TOO_SHORTLY: N_("Stay in the position for longer."),
}
_HIDDEN = frozenset({Code.PARTS_UNSEEN, Code.MOVING_PART_UNSEEN})
_IMPOSSIBLE = frozenset({Code.NO_VIEW_SHOWS_IT})


def how_to_film_it(reason: Reason, exercise: Exercise) -> str | None:
    """Return how to film a check so that it can be judged, None where no camera helps.

    Parameters
    ----------
    reason
        Why it was not assessed.
    exercise
        What was done.
    """
    if reason.code in _IMPOSSIBLE:
        return None
    if reason.code is Code.OTHER_VIEW_NEEDED:
        views = any_of(map(from_where, reason.names))
        return _("Film it from {views}.", views=views)
    if reason.code in _HIDDEN:
        parts = all_of(map(limb, reason.names)) or _("all of you")
        told = _("Place the camera so that {parts} stays in the picture and nothing hides it.", parts=parts)
        return f"{told} {exercise.camera}"
    return _(_HOW[reason.code]) if reason.code in _HOW else exercise.camera
