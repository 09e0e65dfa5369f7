"""Turns codes with their numbers into sentences for people; the only place that does."""

from formcheck.exercise.reasons import Code, Reason

UNITS = {"deg": "°", "T": " torso lengths", "L": " leg lengths", "shank": " shin lengths", "ratio": "", "s": " s"}
"""How units are written behind a number."""

_FIXED = {
    Code.FIRST_FRAME: "already moving at the first frame",
    Code.CLIP_ENDED: "the clip ended before the return",
    Code.SESSION_ENDED: "the session ended before the return",
    Code.CUT: "the picture cuts to another scene",
    Code.HAND_OVER: "the person changes or jumps to another place",
    Code.PICTURES_MISSING: "pictures are missing in the midst of it",
    Code.PAUSED: "paused before the return",
    Code.RESTARTED: "started again before the return",
    Code.TAKEN_BACK: "taken back",
    Code.START_UNSEEN: "its start was not seen",
    Code.RETURN_UNSEEN: "its return was not seen",
    Code.HARDLY_SEEN: "what moves was hidden for most of it",
    Code.LEFT_CONTEXT: "you left the position before the return",
    Code.BOTH_SIDES: "both legs moved together",
}


def amount(value: float, unit: str) -> str:
    """Return a number with its unit: ``62°``, ``0.45 torso lengths``."""
    return f"{value:.0f}°" if unit == "deg" else f"{value:.2f}{UNITS.get(unit, ' ' + unit)}"


def why_not(reason: Reason) -> str:
    """Return why a movement does not count."""
    fixed = _FIXED.get(reason.code)
    if fixed is not None:
        return fixed
    match reason.code:
        case Code.TOO_SHORT_A_WAY:
            unit = reason.words["unit"]
            value, needed = reason.numbers["value"], reason.numbers["needed"]
            return f"it came to {amount(value, unit)} only; {amount(needed, unit)} counts"
        case Code.HELD_TOO_LITTLE:
            return f"held for {reason.numbers['value']:.1f} s; {reason.numbers['needed']:.0f} s counts"
        case Code.NOT_KEPT:
            return f"it only passed through the {reason.words['position'].replace('_', ' ')}"
        case Code.ONE_DIRECTION:
            return f"only the turn {reason.words['position'].replace('_', ' ')} was made, without the other one"
        case Code.ENDED_BY_FAULT:
            return f"it ended early: {reason.words['fault'].replace('_', ' ')}"
        case _:
            return reason.words["because"]


def why_nothing(reason: Reason) -> str:
    """Return why nothing was counted, in sentences that a lay person can act on."""
    context, seconds = reason.words["context"], reason.numbers["context_s"]
    match reason.code:
        case Code.ONLY_ATTEMPTS if reason.because is not None:
            attempts, alike = int(reason.numbers["attempts"]), int(reason.numbers["alike"])
            seen = "One movement was seen" if attempts == 1 else f"{attempts} movements were seen"
            which = "it does not count" if attempts == 1 else "none counts"
            mostly = "" if attempts == alike else f" (so {alike} of them)"
            text = f"{seen}, but {which}: {why_not(reason.because)}{mostly}."
        case Code.NEVER_IN_CONTEXT:
            text = f"This exercise is counted only while you are {context}, and that was not seen."
            if reason.numbers["elsewhere"]:
                text += " Movements like it were seen in another position."
        case _:
            share = f"{reason.numbers['share']:.0%}"
            text = f"You were {context} for {seconds:.0f} s, but nothing moved far enough to count: at most {share} of the way."
    if hidden := reason.words.get("hidden"):
        text += f" Hidden or outside the picture most of the time: {hidden}. Film the whole body."
    return text
