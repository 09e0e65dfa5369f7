"""What only the person knows, in words: what was asked after a set, what was answered, and what is offered on that."""

from collections.abc import Sequence

from formcheck.exercise.questions import Answer, Kind, Question, Value
from formcheck.exercise.session_result import Session
from formcheck.language import N_, _

NOT_ANSWERED = N_("Not answered")
YES, NO = N_("Yes"), N_("No")


def answer_in_words(value: Value) -> str:
    """Return an answer as people say it."""
    if isinstance(value, bool):
        return _(YES if value else NO)
    return _("{value} of 10", value=value)


def answered(session: Session) -> list[str]:
    """Return what the exercise asks, with what was answered last; how to answer where nothing was."""
    lines = [f"{item.ask} {_said(item, session.answers)}" for item in session.questions]
    if session.questions and not session.answers:
        first = session.questions[0]
        example = f"{first.id}={'no' if first.kind is Kind.YES_NO else '3'}"
        lines.append(
            _(
                "`--answer {example}` answers when a recording is analysed, and `formcheck history answer NUMBER {example}` later.",
                example=example,
            )
        )
    if session.offer is not None:
        lines.append(session.offer.says)
    return lines


def _said(question: Question, answers: Sequence[Answer]) -> str:
    said = [item.value for item in answers if item.question == question.id]
    return f"{answer_in_words(said[-1]) if said else _(NOT_ANSWERED)}."
