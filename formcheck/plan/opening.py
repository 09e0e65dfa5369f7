"""A plan by what people call it, opened once: its text, what it says, and its exercises with their rules."""

from dataclasses import dataclass

from formcheck.exercise.rulebook import Rulebook
from formcheck.plan.reading import fingerprint, plan_text, read_plan
from formcheck.plan.words import Part, Plan, parts_of


@dataclass(frozen=True, slots=True)
class OpenedPlan:
    """A plan that was read with the rules of its exercises.

    Attributes
    ----------
    name
        What results are called by: the name of its file without the ending, or of the one that comes with formcheck.
    text
        Its file, as it was written.
    plan
        What it says.
    parts
        Its exercises, in order.
    """

    name: str
    text: str
    plan: Plan
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """What its author called it."""
        return self.plan.title

    @property
    def sha256(self) -> str:
        """What tells it from other plans, whatever they are called."""
        return fingerprint(self.text)


def open_plan(given: str, rules: Rulebook) -> OpenedPlan:
    """Open a plan: a file, or one that comes with formcheck.

    Parameters
    ----------
    given
        The path of the file, or the name of the plan.
    rules
        The exercises that there are.

    Raises
    ------
    UsageError
        There is no such plan, or something in it is wrong.
    InputError
        The file cannot be read.
    """
    name, text = plan_text(given)
    plan = read_plan(text, given, rules)
    return OpenedPlan(name, text, plan, parts_of(plan, rules))
