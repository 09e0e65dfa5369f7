"""Turns codes with their numbers into sentences for people; the only place that does."""

from collections.abc import Sequence
from contextlib import suppress

from formcheck.exercise.checks import in_words
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import Form, HoldResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.output.amounts import amount

MOSTLY = 0.5
"""Where a smaller share of the minor and major checks was judged, "clean" is said of what could be seen only."""
FROM_HERE = "in what could be seen from here"
MOST_NAMED = 3
"""So many checks that were not seen are named; the table of what was not assessed has them all."""

NEVER_BEGAN = (
    "Nothing was counted, because the session ended during the set-up. The key n goes on without a step of it, and "
    "--no-guide counts from the first picture."
)
_NOT_COUNTED = {
    Code.FIRST_FRAME: "already moving at the first frame",
    Code.CLIP_ENDED: "the clip ended before the return",
    Code.SESSION_ENDED: "the session ended before the return",
    Code.CUT: "the picture cuts to another scene",
    Code.HAND_OVER: "the person changes or jumps to another place",
    Code.PICTURES_MISSING: "pictures are missing in the midst of it",
    Code.PAUSED: "paused before the return",
    Code.RESTARTED: "started again before the return",
    Code.TAKEN_BACK: "taken back",
    Code.OTHER_LEVEL: "it was the way to another level",
    Code.START_UNSEEN: "its start was not seen",
    Code.RETURN_UNSEEN: "its return was not seen",
    Code.HARDLY_SEEN: "what moves was hidden for too much of it",
    Code.LEFT_CONTEXT: "you left the position before the return",
    Code.BOTH_SIDES: "both legs moved together",
    Code.CAME_TO_NOTHING: "it turned out to be no repetition of this exercise",
}
_NOT_ASSESSED = {
    Code.VIEW_UNKNOWN: "the view of the camera is unknown",
    Code.NO_VIEW_SHOWS_IT: "no view shows it",
    Code.REST_UNSEEN: "the rest before the movement was not seen",
    Code.END_POINT_UNSET: "no personal end point is set",
    Code.OTHER_LEG_BUSY: "the other leg was making its own repetition",
    Code.TIMES_UNSEEN: "its start or its end was not seen",
    Code.SEEN_TOO_SHORTLY: "not seen for long enough at a stretch",
}

_NEXT_TIME = {
    Code.TILT_UNKNOWN: "Where knees and feet are over the floor could not be measured, since the tilt of the camera is not known: "
    "begin with 2 s of standing upright, the whole body in the picture.",
    Code.PROPORTIONS_UNKNOWN: "Your proportions are not known: begin with 2 s of standing still, facing the camera.",
}

_OF_NOTHING = (Code.NEVER_BEGAN, Code.ONLY_ATTEMPTS, Code.NEVER_IN_CONTEXT, Code.NOTHING_MOVED)


def why(reason: Reason) -> str:
    """Return any reason of a session in words: why nothing or a movement counts or was not assessed, or what to do better."""
    if reason.code in _OF_NOTHING:
        return why_nothing(reason)
    for words in (why_not, why_not_assessed):
        with suppress(ValueError):
            return words(reason)
    return how_to_film(reason)


def why_not(reason: Reason) -> str:
    """Return why a movement does not count; ValueError for a reason of something else."""
    if reason.code in _NOT_COUNTED:
        return _NOT_COUNTED[reason.code]
    match reason.code:
        case Code.TOO_SHORT_A_WAY:
            unit = reason.words["unit"]
            value, needed = reason.numbers["value"], reason.numbers["needed"]
            came, counts = amount(value, unit, beside=needed), amount(needed, unit, beside=value)
            return f"it came to {came} only; {counts} counts"
        case Code.HELD_TOO_LITTLE:
            return f"held for {reason.numbers['value']:.1f} s; {reason.numbers['needed']:.0f} s counts"
        case Code.NOT_KEPT:
            return f"it only passed through the {_plain(reason.words['position'])}"
        case Code.ONE_DIRECTION:
            return f"only the turn {_plain(reason.words['position'])} was made, without the other one"
        case Code.ENDED_BY_FAULT:
            return f"it ended early: {_plain(reason.words['fault'])}"
        case Code.SOMETHING_ELSE:
            return reason.words["because"]
        case _:
            raise ValueError(f"{reason.code} says nothing of a movement")


def how_done(rep: Rep) -> str:
    """Return how a repetition that counts was done: ``clean``, ``with faults``, or why its form was not judged."""
    match rep.form:
        case Form.CLEAN:
            return f"clean {FROM_HERE}" if rep.form_share < MOSTLY else "clean"
        case Form.NOT_JUDGED:
            return f"form not judged; not seen: {_checks(rep)}"
        case _:
            return "with faults"


def how_held(hold: HoldResult) -> str:
    """Return what a hold came to: ``enough``, ``too short`` or ``not assessed``."""
    return "enough" if hold.passed else "too short" if hold.not_assessed_because is None else "not assessed"


def how_many_clean(reps: Sequence[Rep]) -> str:
    """Return how many of the repetitions that count were clean, and of how many nobody can say: ``2 clean``."""
    clean = [rep for rep in reps if rep.form is Form.CLEAN]
    unjudged = sum(rep.form is Form.NOT_JUDGED for rep in reps)
    text = f"{len(clean) or 'none'} clean"
    if any(rep.form_share < MOSTLY for rep in clean):
        text += f" {FROM_HERE}"
    return f"{text}, {unjudged} with form not judged" if unjudged else text


def _checks(rep: Rep) -> str:
    titles = {check.id: check.title for check in rep.checks}
    named = [titles.get(name, in_words(name)).lower() for name in rep.form_unseen]
    more = len(named) - MOST_NAMED
    return ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def why_not_assessed(reason: Reason) -> str:
    """Return why a check was not assessed; ValueError for a reason of something else."""
    if reason.code in _NOT_ASSESSED:
        return _NOT_ASSESSED[reason.code]
    numbers = reason.numbers
    match reason.code:
        case Code.OTHER_VIEW_NEEDED:
            return f"needs a {' or '.join(reason.names)} view, seen from {_from_where(reason.words['seen'])}"
        case Code.PARTS_UNSEEN:
            parts = " and ".join(f"the {_plain(name)}" for name in reason.names)
            return f"part of {parts} could not be seen for over {numbers['share']:.0%} of the time"
        case Code.MOVING_PART_UNSEEN:
            return f"what moves could not be seen for over {numbers['share']:.0%} of the time"
        case Code.UNMEASURABLE:
            return f"cannot be measured in this position for over {numbers['share']:.0%} of the time"
        case Code.WATCHED_TOO_SHORTLY:
            return f"watched for {numbers['value']:.1f} s only, needs {numbers['needed']:.1f} s"
        case Code.FAR_LEG_TIMES:
            return f"the leg farther from the camera shows its time to ±{numbers['error']:.2g} s only"
        case Code.ERROR_TOO_LARGE:
            unit, error, margin = reason.words["unit"], numbers["error"], numbers["margin"]
            larger, smaller = amount(error, unit, beside=margin), amount(margin, unit, beside=error)
            return f"the error in this view (±{larger}) is larger than the margin ({smaller})"
        case Code.BROKEN_WITHIN_ERROR:
            error_in_words = amount(numbers["error"], reason.words["unit"])
            return f"what broke it off lies within the error in this view (±{error_in_words})"
        case _:
            raise ValueError(f"{reason.code} says nothing of a check")


def _from_where(view: str) -> str:
    return view if view[0].isdigit() else f"the {view}"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def why_nothing(reason: Reason) -> str:
    """Return why nothing was counted, in sentences that a lay person can act on."""
    if reason.code is Code.NEVER_BEGAN:
        return NEVER_BEGAN
    match reason.code:
        case Code.ONLY_ATTEMPTS if reason.because is not None:
            attempts, alike = int(reason.numbers["attempts"]), int(reason.numbers["alike"])
            seen = "One movement was seen" if attempts == 1 else f"{attempts} movements were seen"
            which = "it does not count" if attempts == 1 else "none counts"
            mostly = "" if attempts == alike else f" (so {alike} of them)"
            text = f"{seen}, but {which}: {why_not(reason.because)}{mostly}."
        case Code.NEVER_IN_CONTEXT:
            text = f"This exercise is counted only while you are {reason.words['context']}, and that was not seen."
            if reason.numbers["elsewhere"]:
                text += " Movements like it were seen in another position."
        case Code.NOTHING_MOVED:
            been = f"{reason.words['context']} for {reason.numbers['context_s']:.0f} s"
            share = reason.numbers["share"]
            text = f"You were {been}, but nothing moved far enough to count: at most {share:.0%} of the way."
            if share >= 1.0:
                text = f"You were {been}, but what moved was not this exercise."
        case _:
            raise ValueError(f"{reason.code} says nothing of a session")
    if reason.names:
        hidden = ", ".join(_plain(name.replace("foot_index", "toes")) for name in reason.names)
        text += f" Hidden or outside the picture most of the time: {hidden}. Film the whole body."
    return text


def next_time(session: Session) -> list[str]:
    """Return what is to be said of the recording, and what would make the next one better."""
    return [*session.remarks, *map(how_to_film, session.advice)]


def how_to_film(reason: Reason) -> str:
    """Return what made it hard to judge and what to do about it; ValueError for a reason of something else."""
    if reason.code in _NEXT_TIME:
        return _NEXT_TIME[reason.code]
    numbers, words = reason.numbers, reason.words
    match reason.code:
        case Code.OTHER_VIEW_BETTER:
            return f"Best seen from {_from_where(words['best'])}, this was seen from {_from_where(words['seen'])}. {words['camera']}"
        case Code.CAMERA_ROLLED:
            rolled = f"The camera is rolled by {numbers['value']:.0f}° ±{numbers['error']:.0f}°"
            return f"{rolled}, and so every angle to the vertical is off: level it."
        case Code.OFTEN_UNSEEN:
            return (
                f"Often the {reason.names[0]} could not be seen: place the camera so that all of you is in the picture."
            )
        case Code.OFTEN_LOST:
            return f"Nobody could be followed for {numbers['share']:.0%} of the recording."
        case _:
            raise ValueError(f"{reason.code} says nothing of how to film")
