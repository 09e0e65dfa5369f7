"""How to film what was not assessed, so that next time it is."""

from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.words import Exercise

_HOW = {
    Code.VIEW_UNKNOWN: "Keep the whole body in the picture, so that it shows from where you are seen.",
    Code.REST_UNSEEN: "Rest for a second before each repetition, the whole body in the picture.",
    Code.END_POINT_UNSET: "Give your own end points with --end-point LEFT,RIGHT.",
    Code.OTHER_LEG_BUSY: "Let one leg rest while the other one works.",
    Code.TIMES_UNSEEN: "Let the recording begin before the first movement and end after the last one.",
    Code.FAR_LEG_TIMES: "Turn round for the other side, so that the working leg is the nearer one.",
    Code.SEEN_TOO_SHORTLY: "Place the camera so that nothing hides the body in between.",
    Code.WATCHED_TOO_SHORTLY: "Stay in the position for longer.",
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
        views = " or ".join(name if name[0].isdigit() else f"the {name}" for name in reason.names)
        return f"Film it from {views}."
    if reason.code in _HIDDEN:
        parts = " and ".join(f"the {name.replace('_', ' ')}" for name in reason.names) or "all of you"
        return f"Place the camera so that {parts} stays in the picture and nothing hides it. {exercise.camera}"
    return _HOW.get(reason.code, exercise.camera)
