"""Turns codes with their numbers into sentences for people; the only place that does."""

from collections.abc import Sequence
from contextlib import suppress

from formcheck.exercise.checks import in_words
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import Form, HoldResult, Rep
from formcheck.exercise.session_result import Session
from formcheck.language import N_, _, _n, all_of, any_of
from formcheck.output.amounts import amount
from formcheck.output.seen_in_words import as_view, from_where, landmark, limb

MOSTLY = 0.5
"""Where a smaller share of the minor and major checks was judged, "clean" is said of what could be seen only."""
MOST_NAMED = 3
"""So many checks that were not seen are named; the table of what was not assessed has them all."""

NEVER_BEGAN = N_(
    "Nothing was counted, because the session ended during the set-up. The key n goes on without "
    "a step of it, and --no-guide counts from the first picture."
)
_NOT_COUNTED = {
    Code.FIRST_FRAME: N_("already moving at the first frame"),
    Code.CLIP_ENDED: N_("the clip ended before the return"),
    Code.SESSION_ENDED: N_("the session ended before the return"),
    Code.CUT: N_("the picture cuts to another scene"),
    Code.HAND_OVER: N_("the person changes or jumps to another place"),
    Code.PICTURES_MISSING: N_("pictures are missing in the midst of it"),
    Code.PAUSED: N_("paused before the return"),
    Code.RESTARTED: N_("started again before the return"),
    Code.TAKEN_BACK: N_("taken back"),
    Code.OTHER_LEVEL: N_("it was the way to another level"),
    Code.START_UNSEEN: N_("its start was not seen"),
    Code.RETURN_UNSEEN: N_("its return was not seen"),
    Code.HARDLY_SEEN: N_("what moves was hidden for too much of it"),
    Code.LEFT_CONTEXT: N_("you left the position before the return"),
    Code.BOTH_SIDES: N_("both legs moved together"),
    Code.CAME_TO_NOTHING: N_("it turned out to be no repetition of this exercise"),
}
_NOT_ASSESSED = {
    Code.VIEW_UNKNOWN: N_("the view of the camera is unknown"),
    Code.NO_VIEW_SHOWS_IT: N_("no view shows it"),
    Code.REST_UNSEEN: N_("the rest before the movement was not seen"),
    Code.END_POINT_UNSET: N_("no personal end point is set"),
    Code.OTHER_LEG_BUSY: N_("the other leg was making its own repetition"),
    Code.TIMES_UNSEEN: N_("its start or its end was not seen"),
    Code.SEEN_TOO_SHORTLY: N_("not seen for long enough at a stretch"),
}

_NEXT_TIME = {
    Code.TILT_UNKNOWN: N_(
        "Where knees and feet are over the floor could not be measured, since the tilt of the camera "
        "is not known: begin with 2 s of standing upright, the whole body in the picture."
    ),
    Code.PROPORTIONS_UNKNOWN: N_(
        "Your proportions are not known: begin with 2 s of standing still, facing the camera."
    ),
}

_OFTEN_UNSEEN = {
    "feet": N_("Often the feet could not be seen: place the camera so that all of you is in the picture."),
    "knees": N_("Often the knees could not be seen: place the camera so that all of you is in the picture."),
    "hands": N_("Often the hands could not be seen: place the camera so that all of you is in the picture."),
    "head": N_("Often the head could not be seen: place the camera so that all of you is in the picture."),
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
        return _(_NOT_COUNTED[reason.code])
    match reason.code:
        case Code.TOO_SHORT_A_WAY:
            unit = reason.words["unit"]
            value, needed = reason.numbers["value"], reason.numbers["needed"]
            came, counts = amount(value, unit, beside=needed), amount(needed, unit, beside=value)
            return _("it came to {came} only; {counts} counts", came=came, counts=counts)
        case Code.HELD_TOO_LITTLE:
            return _(
                "held for {value:.1f} s; {needed:.0f} s counts",
                value=reason.numbers["value"],
                needed=reason.numbers["needed"],
            )
        case Code.NOT_KEPT:
            return _("it only passed through the {position}", position=_plain(reason.words["position"]))
        case Code.ONE_DIRECTION:
            position = _plain(reason.words["position"])
            return _("only the turn {position} was made, without the other one", position=position)
        case Code.ENDED_BY_FAULT:
            return _("it ended early: {fault}", fault=_plain(reason.words["fault"]))
        case Code.SOMETHING_ELSE:
            return reason.words["because"]
        case _:
            raise ValueError(f"{reason.code} says nothing of a movement")


def how_done(rep: Rep) -> str:
    """Return how a repetition that counts was done: ``clean``, ``with faults``, or why its form was not judged."""
    match rep.form:
        case Form.CLEAN:
            return _("clean in what could be seen from here") if rep.form_share < MOSTLY else _("clean")
        case Form.NOT_JUDGED:
            return _("form not judged; not seen: {checks}", checks=_checks(rep))
        case _:
            return _("with faults")


def how_held(hold: HoldResult) -> str:
    """Return what a hold came to: ``enough``, ``too short`` or ``not assessed``."""
    return _("enough") if hold.passed else _("too short") if hold.not_assessed_because is None else _("not assessed")


def how_many_clean(reps: Sequence[Rep]) -> str:
    """Return how many of the repetitions that count were clean, and of how many nobody can say: ``2 clean``."""
    clean = [rep for rep in reps if rep.form is Form.CLEAN]
    unjudged = sum(rep.form is Form.NOT_JUDGED for rep in reps)
    if not clean:
        text = _("none clean")
    elif any(rep.form_share < MOSTLY for rep in clean):
        text = _n(
            "{count} clean in what could be seen from here", "{count} clean in what could be seen from here", len(clean)
        )
    else:
        text = _n("{count} clean", "{count} clean", len(clean))
    return _("{clean}, {unjudged} with form not judged", clean=text, unjudged=unjudged) if unjudged else text


def _checks(rep: Rep) -> str:
    titles = {check.id: check.title for check in rep.checks}
    named = [titles.get(name, in_words(name)).lower() for name in rep.form_unseen]
    more = len(named) - MOST_NAMED
    listed = ", ".join(named[:MOST_NAMED])
    return _("{listed} and {more} more", listed=listed, more=more) if more > 0 else listed


def why_not_assessed(reason: Reason) -> str:
    """Return why a check was not assessed; ValueError for a reason of something else."""
    if reason.code in _NOT_ASSESSED:
        return _(_NOT_ASSESSED[reason.code])
    numbers = reason.numbers
    match reason.code:
        case Code.OTHER_VIEW_NEEDED:
            views = any_of(map(as_view, reason.names))
            return _("needs a {views} view, seen from {seen}", views=views, seen=from_where(reason.words["seen"]))
        case Code.PARTS_UNSEEN:
            parts = all_of(map(limb, reason.names))
            return _(
                "part of {parts} could not be seen for over {share:.0%} of the time",
                parts=parts,
                share=numbers["share"],
            )
        case Code.MOVING_PART_UNSEEN:
            return _("what moves could not be seen for over {share:.0%} of the time", share=numbers["share"])
        case Code.UNMEASURABLE:
            return _("cannot be measured in this position for over {share:.0%} of the time", share=numbers["share"])
        case Code.WATCHED_TOO_SHORTLY:
            return _(
                "watched for {value:.1f} s only, needs {needed:.1f} s", value=numbers["value"], needed=numbers["needed"]
            )
        case Code.FAR_LEG_TIMES:
            return _("the leg farther from the camera shows its time to ±{error:.2g} s only", error=numbers["error"])
        case Code.ERROR_TOO_LARGE:
            unit, error, margin = reason.words["unit"], numbers["error"], numbers["margin"]
            larger, smaller = amount(error, unit, beside=margin), amount(margin, unit, beside=error)
            return _(
                "the error in this view (±{larger}) is larger than the margin ({smaller})",
                larger=larger,
                smaller=smaller,
            )
        case Code.BROKEN_WITHIN_ERROR:
            error_in_words = amount(numbers["error"], reason.words["unit"])
            return _(
                "what broke it off lies within the error in this view (±{error_in_words})",
                error_in_words=error_in_words,
            )
        case _:
            raise ValueError(f"{reason.code} says nothing of a check")


def _plain(name: str) -> str:
    return in_words(name).lower()


def why_nothing(reason: Reason) -> str:
    """Return why nothing was counted, in sentences that a lay person can act on."""
    if reason.code is Code.NEVER_BEGAN:
        return _(NEVER_BEGAN)
    match reason.code:
        case Code.ONLY_ATTEMPTS if reason.because is not None:
            attempts, alike = int(reason.numbers["attempts"]), int(reason.numbers["alike"])
            why = why_not(reason.because)
            if attempts == 1:
                text = _("One movement was seen, but it does not count: {why}.", why=why)
            elif attempts == alike:
                text = _("{attempts} movements were seen, but none counts: {why}.", attempts=attempts, why=why)
            else:
                text = _(
                    "{attempts} movements were seen, but none counts: {why} (so {alike} of them).",
                    attempts=attempts,
                    why=why,
                    alike=alike,
                )
        case Code.NEVER_IN_CONTEXT:
            text = _(
                "This exercise is counted only while you are {context}, and that was not seen.",
                context=reason.words["context"],
            )
            if reason.numbers["elsewhere"]:
                text += " " + _("Movements like it were seen in another position.")
        case Code.NOTHING_MOVED:
            context, context_s, share = reason.words["context"], reason.numbers["context_s"], reason.numbers["share"]
            text = _(
                "You were {context} for {context_s:.0f} s, but nothing moved far enough to count: at most "
                "{share:.0%} of the way.",
                context=context,
                context_s=context_s,
                share=share,
            )
            if share >= 1.0:
                text = _(
                    "You were {context} for {context_s:.0f} s, but what moved was not this exercise.",
                    context=context,
                    context_s=context_s,
                )
        case _:
            raise ValueError(f"{reason.code} says nothing of a session")
    if reason.names:
        hidden = ", ".join(landmark(name) for name in reason.names)
        text += " " + _("Hidden or outside the picture most of the time: {hidden}. Film the whole body.", hidden=hidden)
    return text


def next_time(session: Session) -> list[str]:
    """Return what is to be said of the recording, and what would make the next one better."""
    return [*session.remarks, *map(how_to_film, session.advice)]


def how_to_film(reason: Reason) -> str:
    """Return what made it hard to judge and what to do about it; ValueError for a reason of something else."""
    if reason.code in _NEXT_TIME:
        return _(_NEXT_TIME[reason.code])
    numbers, words = reason.numbers, reason.words
    match reason.code:
        case Code.OTHER_VIEW_BETTER:
            return _(
                "Best seen from {best}, this was seen from {seen}. {camera}",
                best=from_where(words["best"]),
                seen=from_where(words["seen"]),
                camera=words["camera"],
            )
        case Code.CAMERA_ROLLED:
            return _(
                "The camera is rolled by {value:.0f}° ±{error:.0f}°, and so every angle to the vertical is off: level it.",
                value=numbers["value"],
                error=numbers["error"],
            )
        case Code.OFTEN_UNSEEN:
            return _(_OFTEN_UNSEEN[reason.names[0]])
        case Code.OFTEN_LOST:
            return _("Nobody could be followed for {share:.0%} of the recording.", share=numbers["share"])
        case _:
            raise ValueError(f"{reason.code} says nothing of how to film")
