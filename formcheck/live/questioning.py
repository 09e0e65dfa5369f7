"""Asks after a set what only the person knows: answered by a key, or by a hand that is held up until the answer shows."""

from collections.abc import Sequence

from formcheck.exercise.questions import Kind, Question, Value
from formcheck.language import N_, _
from formcheck.live.hands import Hands
from formcheck.live.interlude import Announced, Interlude
from formcheck.live.keys import Typed, Wish
from formcheck.output.answers import answer_in_words
from formcheck.output.shown import Kind as Sort
from formcheck.output.shown import Notice
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation

STEP_S = 1.0
"""So long each answer shows while a hand is up; the first one after this time."""
LOWERED_S = 0.8
"""A hand that has been down for so long has answered."""
PATIENCE_S = 20.0
"""Who neither presses a key nor raises a hand for so long does not want to answer."""
SECOND_DIGIT_S = 1.2
"""So long after the 1 a 0 makes it 10."""

_YES, _NO = ("y", "j"), ("n",)


class Questioning:
    """One question after the other.

    Parameters
    ----------
    questions
        What is asked.
    size_wh
        Width and height of the picture in px.
    """

    def __init__(self, questions: Sequence[Question], size_wh: tuple[int, int]) -> None:
        self._questions = list(questions)
        self._count = len(self._questions)
        self._hands = Hands(size_wh)
        self._pending: list[Announced | Command] = []
        self._time_s = 0.0
        self._idle_s: float | None = None
        self._up_s: float | None = None
        self._down_s: float | None = None
        self._marked: int | None = None
        self._one_s: float | None = None
        self._ask()

    @property
    def is_over(self) -> bool:
        """Whether everything was answered or passed over."""
        return not self._questions

    def press(self, key: Action | Wish | Typed) -> None:
        """Take a key in: a digit, y or n answer, space or e pass the question over."""
        if self.is_over:
            return
        if key in (Action.PAUSE, Wish.SKIP):
            self._next(None)
        elif self._questions[0].kind is Kind.YES_NO:
            letter = "n" if key is Action.NEXT_SIDE else key.letter if isinstance(key, Typed) else ""
            if letter in (*_YES, *_NO):
                self._next(letter in _YES)
        elif isinstance(key, Typed) and key.letter.isdigit():
            if key.letter == "1" and self._one_s is None:
                self._one_s = self._time_s
            else:
                self._next(10 if self._one_s is not None and key.letter == "0" else int(key.letter))

    def see(self, seen: Observation) -> tuple[Interlude | None, list[Announced | Command]]:
        """Take a moment in; return the page to show, None when all is answered, and what is asked and answered.

        The time of a command is for whoever obeys it to say.
        """
        self._time_s = seen.time_s
        self._hands.step(seen)
        if not self.is_over:
            self._look(seen.time_s, self._hands.is_up)
        told, self._pending = self._pending, []
        return (None if self.is_over else self._page()), told

    def _look(self, time_s: float, is_up: bool) -> None:
        self._idle_s = time_s if self._idle_s is None else self._idle_s
        if self._one_s is not None and time_s - self._one_s > SECOND_DIGIT_S:
            self._next(1)
            return
        values = self._questions[0].kind.values
        if is_up:
            self._idle_s, self._down_s = time_s, None
            self._up_s = time_s if self._up_s is None else self._up_s
            steps = int((time_s - self._up_s) / STEP_S + 1e-6)
            self._marked = (steps - 1) % len(values) if steps > 0 else None
            return
        if self._marked is not None:
            self._down_s = time_s if self._down_s is None else self._down_s
            if time_s - self._down_s >= LOWERED_S:
                self._next(values[self._marked])
            return
        self._up_s = None
        if time_s - self._idle_s > PATIENCE_S:
            self._next(None)

    def _next(self, value: Value | None) -> None:
        question = self._questions.pop(0)
        if value is not None:
            self._pending.append(Command(0.0, Action.ANSWER, question=question.id, value=value))
        self._idle_s = self._up_s = self._down_s = self._one_s = None
        self._marked = None
        self._ask()

    def _ask(self) -> None:
        if self._questions:
            question = self._questions[0]
            self._pending.append(Announced("question", question.ask, {"question": question.id}))

    def _page(self) -> Interlude:
        question = self._questions[0]
        marked = None if self._marked is None else question.kind.values[self._marked]
        is_yes_no = question.kind is Kind.YES_NO
        notices = [Notice(question.ask)]
        if marked is not None:
            notices.insert(0, Notice(_("{answer}: lower your hand", answer=answer_in_words(marked)), Sort.PRAISE))
        notices.append(Notice(_(BY_HAND), Sort.ASIDE))
        return Interlude(
            over=_("Question {number} of {count}", number=self._count - len(self._questions) + 1, count=self._count),
            title=_("What only you know"),
            notices=tuple(notices),
            keys=_(BY_KEY_YES_NO if is_yes_no else BY_KEY_NUMBER),
        )


BY_HAND = N_("Hold one hand up until your answer shows, then lower it.")
BY_KEY_YES_NO = N_("y: yes · n: no · space: no answer")
BY_KEY_NUMBER = N_("0 to 9, or 1 and 0 for 10 · space: no answer")
