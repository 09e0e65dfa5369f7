"""What only the person knows: what a rule asks after a set, and what it offers on the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from formcheck.errors import UsageError
from formcheck.exercise.checks import check_id
from formcheck.fields import Between, Checked, check_fields, did_you_mean
from formcheck.language import _

if TYPE_CHECKING:
    from formcheck.exercise.words import Exercise

MOST = 10
"""The end of the scale."""

Value = bool | int
"""An answer: yes or no, or a number from 0 to 10."""


class Kind(StrEnum):
    """What can be answered."""

    YES_NO = "yes_no"
    ZERO_TO_TEN = "0_to_10"

    @property
    def values(self) -> tuple[Value, ...]:
        """Every answer."""
        return (False, True) if self is Kind.YES_NO else tuple(range(MOST + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to ask after a set.

    Attributes
    ----------
    id
        What it is called in files and on the command line.
    ask
        The question, in words.
    kind
        What can be answered.
    levels
        The levels at which it is asked; empty = all.
    """

    id: str
    ask: str
    kind: Kind = Kind.YES_NO
    levels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_fields(self)
        check_id(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Checked):
    """A harder level, offered to whoever did all repetitions cleanly and found it easy.

    Attributes
    ----------
    level
        The level that is offered.
    question
        Id of the question whose answer says how hard it was.
    at_most
        The highest answer on which it is offered.
    says
        What is said.
    origin
        Where the number comes from.
    """

    level: str
    question: str
    at_most: Annotated[int, Between(0, MOST)]
    says: str
    origin: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered.

    Attributes
    ----------
    question
        Id of the question.
    value
        The answer.
    of_set
        After which set, from 1; None = of the whole session.
    """

    question: str
    value: Value
    of_set: int | None = None


def questions_at(exercise: "Exercise", level: str | None) -> tuple[Question, ...]:
    """Return what is asked after a set of a level; None = the level is not known."""
    return tuple(item for item in exercise.questions if not item.levels or level is None or level in item.levels)


def check_answers(exercise: "Exercise", answers: Mapping[str, Value]) -> None:
    """Refuse an answer to what nobody asks, or of another kind.

    Raises
    ------
    UsageError
        It is of no use; says what can be answered.
    """
    known = {item.id: item for item in exercise.questions}
    for name, value in answers.items():
        if name not in known:
            asked = _("It asks for: {names}.", names=", ".join(known)) if known else _("It asks for nothing.")
            raise UsageError(
                _("{title} asks for no “{name}”.", title=exercise.title, name=name) + did_you_mean(name, known), asked
            )
        kind = known[name].kind
        if not any(type(value) is type(item) and value == item for item in kind.values):
            expected = _("yes or no") if kind is Kind.YES_NO else _("a whole number from 0 to {most}", most=MOST)
            said = _("The answer to {name} is {value}; expected {expected}.", name=name, value=value, expected=expected)
            raise UsageError(said, known[name].ask)


def value_of(text: str) -> Value | None:
    """Return an answer as it is typed: ``yes``, ``no`` or a number; None where it is none of these."""
    word = text.strip().lower()
    if word in ("yes", "y", "no", "n"):
        return word.startswith("y")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else None


def offered(exercise: "Exercise", level: str | None, answers: Iterable[Answer], *, all_clean: bool) -> Offer | None:
    """Return the level that is offered, None if none is.

    Parameters
    ----------
    exercise, level
        What was done; nobody is offered what they did.
    answers
        What was answered, in order; the last answer to a question counts.
    all_clean
        Whether repetitions count, and all of them were clean.
    """
    said = {item.question: item.value for item in answers}
    for offer in exercise.offers:
        value = said.get(offer.question)
        if all_clean and level != offer.level and value is not None and value <= offer.at_most:
            return offer
    return None
