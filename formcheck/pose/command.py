"""What a person, or the guide on their behalf, asks of a session while it runs."""

from dataclasses import dataclass
from enum import StrEnum

from formcheck.pose.pose import Side


class Action(StrEnum):
    """What is asked.

    A recording without any of these counts from its first frame.
    """

    WAIT = "wait"
    """Only measure the body: nothing counts until `GO`."""
    GO = "go"
    """Count from here."""
    PAUSE = "pause"
    """Nothing counts until `RESUME`; a movement under way is closed."""
    RESUME = "resume"
    UNDO = "undo"
    """The last repetition of this set that counts does not."""
    RESTART = "restart"
    """Begin another set: what was done before it stays in the result, as an earlier set."""
    NEXT_SIDE = "next_side"
    """The other side is next; counts go to the side that moves all the same."""
    END_POINT = "end_point"
    """The person's own end point of a side."""
    MODEL = "model"
    """From here on another pose model looks."""
    ANSWER = "answer"
    """The person answers what is asked after a set."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that is asked at one moment.

    Attributes
    ----------
    time_s
        When, in seconds of the session: that of the frame before it.
    action
        What.
    side, deg
        Of an end point: whose, and at how many degrees. `side` also says which side is next.
    model
        Of a change of model: its name.
    question, value
        Of an answer: the id of what was asked, and what was answered: yes or no, or a number from 0 to 10.
    """

    time_s: float
    action: Action
    side: Side | None = None
    deg: float | None = None
    model: str | None = None
    question: str | None = None
    value: bool | int | None = None


def is_answer(item: object) -> bool:
    """Return whether something is the answer to a question."""
    return isinstance(item, Command) and item.action is Action.ANSWER
