"""What a session found in words, told again in the language of whoever reads it: its reasons are kept as codes beside its document."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec
from msgspec import Struct
from msgspec.structs import replace as changed

from formcheck.exercise.reasons import TEXTS_OF_RULES, Reason
from formcheck.exercise.session_result import Session
from formcheck.history.documents import Document
from formcheck.language import language, told_in_another
from formcheck.output.sentences import how_to_film, why_not, why_not_assessed, why_nothing

Known = Reason | None
"""A reason; None = there is none, or it is not known as a code."""


class Reasons(Struct, frozen=True):
    """The reasons of a session, as codes with numbers.

    Attributes
    ----------
    nothing_counted
        Why nothing was counted.
    reps
        Of each repetition or attempt: why it does not count.
    not_assessed
        Of each check that was not assessed: why not.
    advice
        What made it hard to judge: the last of the document's advice.
    """

    nothing_counted: Known = None
    reps: tuple[Known, ...] = ()
    not_assessed: tuple[Known, ...] = ()
    advice: tuple[Known, ...] = ()


_DECODER = msgspec.json.Decoder(Reasons)


def reasons_of(session: Session) -> str:
    """Return the reasons of a session as the history keeps them."""
    reasons = Reasons(
        nothing_counted=session.nothing_counted_because,
        reps=tuple(rep.not_counted_because for rep in session.reps),
        not_assessed=tuple(item.reason for item in session.not_assessed),
        advice=tuple(session.advice),
    )
    return json.dumps(msgspec.to_builtins(reasons))


def retold(document: Document, reasons: str | None) -> Document:
    """Return a document with what people read of it in their language; what cannot be told in it stays as it was told.

    Parameters
    ----------
    document
        The session.json.
    reasons
        What `reasons_of` returned; None = the session is older than that.
    """
    if document.offer is not None:  # an answer may have brought it later, in another language than the rest
        document = changed(document, offer=changed(document.offer, says=told_in_another(document.offer.says)))
    if document.language == language():
        return document
    known = _known(document, reasons)
    nothing = document.nothing_counted_because
    reps = zip(document.reps, known.reps, strict=True)
    not_assessed = zip(document.not_assessed, known.not_assessed, strict=True)
    advice = zip(document.advice, known.advice, strict=True)
    return changed(
        document,
        title=told_in_another(document.title),
        nothing_counted_because=nothing and _told(why_nothing, known.nothing_counted, nothing),
        reps=tuple(
            rep
            if rep.not_counted_because is None
            else changed(rep, not_counted_because=_told(why_not, reason, rep.not_counted_because))
            for rep, reason in reps
        ),
        faults=tuple(
            changed(fault, title=told_in_another(fault.title), cue=told_in_another(fault.cue))
            for fault in document.faults
        ),
        not_assessed=tuple(
            changed(item, title=told_in_another(item.title), reason=_told(why_not_assessed, reason, item.reason))
            for item, reason in not_assessed
        ),
        advice=tuple(_told(how_to_film, reason, text) for text, reason in advice),
        questions=tuple(changed(item, ask=told_in_another(item.ask)) for item in document.questions),
    )


def _known(document: Document, reasons: str | None) -> Reasons:
    """Return a reason, or None, for each text of the document that is one."""
    try:
        kept = Reasons() if reasons is None else _DECODER.decode(reasons)
    except msgspec.DecodeError:  # a reason that only a newer formcheck knows
        kept = Reasons()
    return Reasons(
        kept.nothing_counted,
        _in_front(kept.reps, len(document.reps)),
        _in_front(kept.not_assessed, len(document.not_assessed)),
        _in_front(kept.advice, len(document.advice)),
    )


def _in_front(reasons: Sequence[Known], length: int) -> tuple[Known, ...]:
    """Return reasons behind as many unknown ones as are missing."""
    missing = length - len(reasons)
    return (*(None,) * missing, *reasons) if missing >= 0 else (None,) * length


def _told(words_for: Callable[[Reason], str], reason: Known, text: str) -> str:
    """Return a reason in words; the text that was told where it is not known."""
    if reason is None:
        return told_in_another(text)
    try:
        return words_for(_in_this_language(reason))
    except (KeyError, IndexError, ValueError):  # of another formcheck, which needed other numbers for it
        return told_in_another(text)


def _in_this_language(reason: Reason) -> Reason:
    """Return a reason whose texts of the rule are in the language."""
    words = {name: told_in_another(text) if name in TEXTS_OF_RULES else text for name, text in reason.words.items()}
    behind = None if reason.because is None else _in_this_language(reason.because)
    return replace(reason, words=words, because=behind)
