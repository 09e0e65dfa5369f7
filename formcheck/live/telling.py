"""What is heard of a live session."""

from collections.abc import Iterable, Mapping

from formcheck.exercise.events import RepFinished, RepTakenBack
from formcheck.exercise.words import Severity
from formcheck.language import N_, _
from formcheck.live.cues import Cue
from formcheck.live.guide import Guidance, Step
from formcheck.live.holds import HoldChanged
from formcheck.live.interlude import Announced
from formcheck.live.presence import Remark
from formcheck.live.shown import Happening
from formcheck.output.answers import answer_in_words
from formcheck.output.sound import Sound, Tone
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Side

_TONES = {
    Action.GO: Tone.READY, Action.PAUSE: Tone.PAUSED, Action.RESUME: Tone.RESUMED, Action.RESTART: Tone.READY,
    Action.END_POINT: Tone.END_POINT_FOUND,
}  # fmt: skip
_STEPS = {
    Step.FRAME: Tone.FRAME, Step.CALIBRATE: Tone.CALIBRATE, Step.START: Tone.START, Step.END_POINT: Tone.END_POINT,
}  # fmt: skip
_ANNOUNCED = {"part": Tone.READY, "rest": Tone.PAUSED}
_HOLDS = {"started": Tone.HOLD_STARTED, "enough": Tone.HOLD_ENOUGH}
NEXT: Mapping[Side | None, str] = {"left": N_("Next: left."), "right": N_("Next: right.")}
_WORDS = {
    Action.GO: N_("Go."),
    Action.PAUSE: N_("Paused."),
    Action.RESUME: N_("Go on."),
    Action.RESTART: N_("Another set."),
}


def tell(sound: Sound, happened: Iterable[Happening], counts: Mapping[str, int], next_side: Side | None) -> None:
    """Let what happened be heard.

    Parameters
    ----------
    sound
        What makes tones and words.
    happened
        What is new, in order.
    counts
        Repetitions so far, by ``left`` and ``right``, or ``reps``.
    next_side
        Whose turn is next.
    """
    for item in happened:
        tone, words = tone_of(item), words_of(item, counts, next_side)
        if tone is not None:
            sound.play(tone)
        if words is not None:
            sound.say(words)


def tone_of(item: Happening) -> Tone | None:
    """Return the tone of what happened, None for silence."""
    if isinstance(item, Command):
        return _TONES.get(item.action)
    if isinstance(item, HoldChanged):
        return _HOLDS.get(item.what)
    if isinstance(item, Cue):
        return Tone.FAULT if item.severity in (Severity.MINOR, Severity.MAJOR) else None
    if isinstance(item, Guidance):
        return Tone.KEEP if item.step is Step.START and item.share is not None else _STEPS.get(item.step)
    if isinstance(item, Remark):
        return Tone.OUTSIDE
    if isinstance(item, Announced):
        return _ANNOUNCED.get(item.event)
    if isinstance(item, RepTakenBack):
        return Tone.PAUSED
    return Tone.REP if isinstance(item, RepFinished) else None


def words_of(item: Happening, counts: Mapping[str, int], next_side: Side | None = None) -> str | None:
    """Return what is said of what happened, None for nothing."""
    if isinstance(item, Command) and item.value is not None:
        return f"{answer_in_words(item.value)}."
    if isinstance(item, Command):
        return (
            _(NEXT[item.side or "left"]) if item.action is Action.NEXT_SIDE else _(_WORDS.get(item.action, "")) or None
        )
    if isinstance(item, RepFinished):
        count = str(counts.get(item.rep.side or "reps", ""))
        return count if next_side in (None, item.rep.side) else f"{count}. {_(NEXT[next_side])}"
    if isinstance(item, Cue | Remark):
        return item.text
    if isinstance(item, HoldChanged) and item.corrects:
        return _(
            "That hold was {held_s:.1f} seconds, not {required_s:.0f}.", held_s=item.held_s, required_s=item.required_s
        )
    return item.say if isinstance(item, Guidance | Announced) else None
