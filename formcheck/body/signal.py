"""What a signal is: a documented measurement of the body with its error from each view."""

import inspect
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from formcheck.body.body import Body
from formcheck.body.geometry import sign
from formcheck.body.measured_errors import Place, measured_error
from formcheck.body.quantity import Moment, Quantity
from formcheck.body.view import View
from formcheck.language import _
from formcheck.pose.pose import SIDES, Side

Compute = Callable[..., float]


@dataclass(frozen=True, slots=True, eq=False)
class Signal(Quantity):
    """A measurement of the body.

    Attributes
    ----------
    name
        Key of its values; ends in the unit. Values of a sided signal are ``name.left`` and ``name.right``.
    measured_in
        Unit: ``deg``, ``T`` (torso lengths), ``L`` (leg lengths), ``shank`` or ``ratio``.
    meaning
        What is measured, its zero and its sign.
    landmarks
        The landmarks it needs, without their side.
    span
        Lowest and highest possible value.
    error
        Working uncertainty (about one standard deviation) for each kind of view, where it was not measured. A view
        that is missing here cannot show the signal: a check of it is "not assessed" there.
    sided
        Whether it is measured for each side.
    uses_widths
        Whether it divides by the hip or shoulder width, so that a default calibration caps confidence at low.
    compute
        The measurement: ``compute(body)`` or ``compute(body, side)``; NaN where a landmark is not seen.
    """

    name: str
    measured_in: str
    meaning: str
    landmarks: tuple[str, ...]
    span: tuple[float, float]
    error: Mapping[View, float]
    sided: bool
    uses_widths: bool
    compute: Compute

    @property
    def unit(self) -> str:
        """Unit of the value."""
        return self.measured_in

    def possible(self) -> tuple[float, float]:
        """Return its span."""
        return self.span

    def value(self, moment: Moment) -> float:
        """Return the value of an unsided signal; a sided one needs a role such as ``working(...)``."""
        if self.sided:
            raise TypeError(
                _(
                    "{name} is measured on each side: say working(...), other(...), near(...) or each(...).",
                    name=self.name,
                )
            )
        return moment.measures.get(self.name, math.nan)

    def keys(self) -> tuple[str, ...]:
        """Return the keys of its values among the measures."""
        return tuple(f"{self.name}.{side}" for side in SIDES) if self.sided else (self.name,)

    def error_in(
        self, view: View | None, *, of_change: bool = False, place: Place | None = None, model: str | None = None
    ) -> float:
        """Return the error in this view, measured where it was, NaN if the view cannot show the signal.

        Parameters
        ----------
        view
            From where the body is seen.
        of_change
            The error of the change from rest, where a constant bias cancels.
        place, model
            Whose side it is, and who looked; see `formcheck.body.measured_errors`.
        """
        if view is None or view not in self.error:
            return math.nan
        measured = measured_error(self.name, view, place, model)
        if measured is None:
            return self.error[view]
        return measured.change if of_change else measured.value

    def bias_in(self, view: View | None, *, place: Place | None = None, model: str | None = None) -> float:
        """Return what it is known to read too much in this view: what a judge takes off its values."""
        if view is None or view not in self.error:
            return 0.0
        measured = measured_error(self.name, view, place, model)
        return 0.0 if measured is None else measured.bias


def signal(
    unit: str,
    landmarks: str,
    span: tuple[float, float],
    error: Mapping[View, float],
    *,
    uses_widths: bool = False,
) -> Callable[[Compute], Signal]:
    """Make a signal of a function of the body, or of the body and a side.

    Parameters
    ----------
    unit
        Unit of the value.
    landmarks
        Names without side, separated by spaces.
    span
        Lowest and highest possible value.
    error
        Working uncertainty for each view that can show it.
    uses_widths
        Whether it divides by the hip or shoulder width.

    Returns
    -------
    Callable
        A decorator; the function's name becomes the signal's, its docstring the meaning.
    """

    def wrap(compute: Compute) -> Signal:
        return Signal(
            name=compute.__name__,
            measured_in=unit,
            meaning=" ".join((compute.__doc__ or "").split()),
            landmarks=tuple(landmarks.split()),
            span=span,
            error=error,
            sided="side" in inspect.signature(compute).parameters,
            uses_widths=uses_widths,
            compute=compute,
        )

    return wrap


Keyed = Mapping[str, tuple[Signal, Side | None]]


def keyed(signals: Iterable[Signal]) -> Keyed:
    """Return each signal and side by the key of its values."""
    sides: tuple[Side | None, ...] = SIDES
    return {
        key: (item, side)
        for item in signals
        for key, side in zip(item.keys(), sides if item.sided else (None,), strict=True)
    }


class Readings(Mapping[str, float]):
    """Values of the signals of one body by key, NaN = not seen; each is taken when it is first asked for.

    An exercise asks for a fifth of them.
    """

    __slots__ = ("_body", "_signals", "_taken")

    def __init__(self, signals: Keyed, body: Body) -> None:
        self._signals, self._body = signals, body
        self._taken: dict[str, float] = {}

    def __getitem__(self, key: str) -> float:
        """Return a value; KeyError if there is no such signal."""
        taken = self._taken.get(key)
        if taken is None:
            item, side = self._signals[key]
            taken = self._taken[key] = item.compute(self._body, side) if item.sided else item.compute(self._body)
        return taken

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._signals)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._signals)


def side_sign(body: Body, part: str, side: Side) -> float:
    """Return +1 if this side's part is to the right of the other's in the picture, else -1; NaN if unseen."""
    other: Side = "right" if side == "left" else "left"
    return sign(body.at(part, side)[0] - body.at(part, other)[0])
