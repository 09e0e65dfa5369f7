"""How much of an exercise, and on how many days a week."""

from dataclasses import dataclass
from typing import Annotated

from formcheck.fields import Between, Checked, check_fields, mistake
from formcheck.language import _

Repetitions = Annotated[int, Between(1, 1000)]
"""How many repetitions may be prescribed."""
Days = Annotated[int, Between(1, 7)]
"""On how many days a week."""


@dataclass(frozen=True, slots=True)
class Programme(Checked):
    """Exercises that belong together, and on how many days a week somebody does any of them.

    Attributes
    ----------
    title
        As the user reads it.
    days_a_week
        The fewest and the most days; 7 and 7 = daily.
    origin
        Where the numbers come from.
    """

    title: str
    days_a_week: tuple[Days, Days]
    origin: str

    def __post_init__(self) -> None:
        check_fields(self)
        if self.days_a_week[0] > self.days_a_week[1]:
            raise mistake(self, ("days_a_week",), _("must name the fewest days first."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Checked):
    """How much of it: repetitions, whether on each side, the advice in words, and the programme that it belongs to."""

    reps: Repetitions
    per_side: bool
    advice: str
    programme: Programme | None = None
