"""The words for what moves: witnesses, the end position with its hold, and what makes it something else."""

from dataclasses import dataclass
from typing import Annotated

from formcheck.body.quantity import HYSTERESIS, Condition, Moment, Quantity
from formcheck.body.view import View
from formcheck.exercise.checks import check_id
from formcheck.fields import AtLeast, Between, Checked, check_fields, mistake
from formcheck.language import _

HOLD_PASSES_FROM = 0.9
"""A hold passes from this share of its prescribed minimum (rules/METHOD.md, chapter 2)."""
SLACK_SHARE = 0.4
"""A movement of little travel may fall back by this share of it only, not by the whole hysteresis; judgement."""

HoldSeconds = Annotated[float, Between(0.5, 3600)]
"""How long a hold may be prescribed to last."""
Moments = Annotated[float, Between(0, 60)]
"""How long something lasts within a repetition, in seconds."""
Travel = Annotated[float, Between(0.001, 180)]
"""How far something must move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A position to be kept still.

    Attributes
    ----------
    seconds
        The prescribed minimum; from 90 % of it the hold passes.
    origin
        Where the number comes from.
    attempt_under_s
        Below this it was an attempt, not a repetition.
    """

    seconds: HoldSeconds
    origin: str
    attempt_under_s: Annotated[float, Between(0, 3600)] = 0.0

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.attempt_under_s < self.seconds:
            raise mistake(
                self, ("attempt_under_s",), _("must be less than the {seconds:g} s of the hold.", seconds=self.seconds)
            )

    @property
    def passes_from_s(self) -> float:
        """Shortest hold that passes."""
        return self.seconds * HOLD_PASSES_FROM


@dataclass(frozen=True, slots=True)
class Witness(Checked):
    """A quantity that shows a movement, made by `rises` or `falls`.

    Attributes
    ----------
    quantity
        What moves.
    by
        Least travel from the person's own low point (of what falls: high point).
    to
        What it must reach besides, None = nothing.
    rises
        Whether it rises toward the end position.
    share
        Least travel as a share of what it was before, where that is more than `by`.
    views
        The views in which it is trusted.
    """

    quantity: Quantity
    by: Travel
    to: float | None = None
    rises: bool = True
    share: Annotated[float, Between(0, 1)] = 0.0
    views: Annotated[tuple[View, ...], AtLeast(1)] = tuple(View)

    @property
    def sign(self) -> float:
        """+1 for what rises, -1 for what falls."""
        return 1.0 if self.rises else -1.0

    def height(self, moment: Moment) -> float:
        """Return how high it stands toward the end position; NaN = not seen."""
        return self.quantity.low(moment) if self.rises else -self.quantity.high(moment)

    def least(self, low: float) -> float:
        """Return the least travel from a low point, both as `height` has them."""
        travel = max(self.by, self.share * abs(low))
        return travel if self.to is None else max(travel, self.sign * self.to - low)

    @property
    def slack(self) -> float:
        """How far it may fall back below where the end position begins without leaving it."""
        return min(HYSTERESIS.get(self.quantity.unit, 0.0), SLACK_SHARE * self.by)


def rises(quantity: Quantity, *, by: float, to: float | None = None, views: tuple[View, ...] = tuple(View)) -> Witness:
    """Return the witness that a quantity rises by so much, and to a value if one is given."""
    return Witness(quantity, by, to, views=views)


def falls(
    quantity: Quantity, *, by: float, to: float | None = None, share: float = 0.0, views: tuple[View, ...] = tuple(View)
) -> Witness:
    """Return the witness that a quantity falls by so much, to a value, or by a share of what it was."""
    return Witness(quantity, by, to, rises=False, share=share, views=views)


@dataclass(frozen=True, slots=True)
class NotThis(Checked):
    """What makes a movement another exercise, although it travels far enough.

    Attributes
    ----------
    condition
        True for most of the time around the turning point.
    because
        What to tell the person, e.g. ``"both legs rose together"``.
    """

    condition: Condition
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What a repetition is: out to the end position, and back.

    Attributes
    ----------
    position
        Name of the end position; checks are watched there unless they say otherwise.
    witnesses
        What shows it, the best first: the first one that the view shows and that was seen carries the count.
    hold
        The hold in the end position, if one is prescribed.
    not_this
        What makes it something else.
    dated_by
        What tells when it left rest and was back, where the witness that carries it begins late; None = that witness.
    of_this_side
        Of a movement of the whole body: what shows, around the turning point, that it was to this side.
    stays_s
        It must stay in the end position for so long: a foot that is set down, not one that swaps in the air.
    lasts
        It is complete with its hold: the clip may begin or end in the end position.
    """

    position: str
    witnesses: Annotated[tuple[Witness, ...], AtLeast(1)]
    hold: Hold | None = None
    not_this: tuple[NotThis, ...] = ()
    dated_by: Witness | None = None
    of_this_side: Condition | None = None
    stays_s: Moments = 0.0
    lasts: bool = False

    def __post_init__(self) -> None:
        check_fields(self)
        check_id(self, "position")

    @property
    def watched(self) -> tuple[Witness, ...]:
        """All that is followed over time: the witnesses, and what tells the dates."""
        return self.witnesses if self.dated_by is None else (*self.witnesses, self.dated_by)
