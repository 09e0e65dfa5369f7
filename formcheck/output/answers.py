"""What only the person knows, in words: what was asked after a set, what was answered, and what is offered on that."""

from collections.abc import Sequence

from formcheck.exercise.questions import Answer, Kind, Question, Value
from formcheck.exercise.session_result import Session

NOT_ANSWERED = "not answered"
HOW = (
    "`--answer {example}` answers when a recording is analysed, and `formcheck history answer NUMBER {example}` later."
)


def answer_in_words(value: Value) -> str:
    """Return an answer as people say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value} of 10"


def answered(session: Session) -> list[str]:
    """Return what the exercise asks, with what was answered last; how to answer where nothing was."""
    lines = [f"{item.ask} {_said(item, session.answers)}" for item in session.questions]
    if session.questions and not session.answers:
        first = session.questions[0]
        lines.append(HOW.format(example=f"{first.id}={'no' if first.kind is Kind.YES_NO else '3'}"))
    if session.offer is not None:
        lines.append(session.offer.says)
    return lines


def _said(question: Question, answers: Sequence[Answer]) -> str:
    said = [item.value for item in answers if item.question == question.id]
    return f"{answer_in_words(said[-1]) if said else NOT_ANSWERED}.".capitalize()
