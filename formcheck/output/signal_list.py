"""All signals and contexts that rules can use, for the terminal: printed from what they say of themselves."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from formcheck.body.measured_errors import MEASURED_MODEL
from formcheck.body.signal import Signal
from formcheck.body.signals import SIGNALS
from formcheck.body.view import View
from formcheck.exercise import contexts
from formcheck.exercise.describe import describe_condition
from formcheck.exercise.words import Context
from formcheck.language import N_, _, _n
from formcheck.output.seen_in_words import as_view

UNITS = {
    "deg": N_("degrees"),
    "T": N_("torso lengths"),
    "L": N_("leg lengths"),
    "shank": N_("lower leg lengths"),
    "ratio": N_("none, a ratio"),
}


def signal_list() -> RenderableType:
    """Return every signal with its unit, zero, sign and error from each view, and every context with what makes it."""
    return Group(*_parts())


def _parts() -> Iterator[RenderableType]:
    yield Text(_n("{count} signal", "{count} signals", len(SIGNALS)), style="bold")
    yield Text(
        _(
            "from formcheck.body.signals import ...; of those of each side say working(...), other(...), near(...), "
            "each(...)."
        )
    )
    for signal in sorted(SIGNALS, key=lambda item: item.name):
        yield from _entry(signal.name, _facts(signal))
    known = {name: item for name, item in vars(contexts).items() if isinstance(item, Context)}
    yield Text("\n" + _n("{count} context", "{count} contexts", len(known)), style="bold")
    yield Text("from formcheck.exercise.contexts import ...")
    for name, context in sorted(known.items()):
        yield from _entry(
            name, [f"{_(context.name)[0].upper()}{_(context.name)[1:]}.", describe_condition(context.condition)]
        )


def _facts(signal: Signal) -> Iterator[str]:
    yield _(signal.meaning)
    low, high = signal.span
    yield _(
        "Unit: {unit}; {low:g} to {high:g}; {sided}.",
        unit=_(UNITS.get(signal.unit, signal.unit)),
        low=low,
        high=high,
        sided=_("each side by itself") if signal.sided else _("the whole body"),
    )
    errors = describe_errors(signal) or _("none")
    hidden = [as_view(str(view)) for view in View if view not in signal.error]
    if hidden:
        yield _("Error by view: {errors}; not seen: {hidden}.", errors=errors, hidden=", ".join(hidden))
    else:
        yield _("Error by view: {errors}.", errors=errors)


def describe_errors(signal: Signal) -> str:
    """Return the error from each view that shows a signal, as the default model sees it, with what is taken off there."""
    errors = []
    for view in signal.error:
        bias = signal.bias_in(view, model=MEASURED_MODEL)
        error = signal.error_in(view, model=MEASURED_MODEL)
        plain = N_("{view} ±{error:.2g}")
        off, added = (
            N_("{view} ±{error:.2g} once {bias:.2g} is taken off"),
            N_("{view} ±{error:.2g} once {bias:.2g} is added"),
        )
        told = off if bias > 0 else added if bias else plain
        errors.append(_(told, view=as_view(str(view)), error=error, bias=abs(bias)))
    return ", ".join(errors)


def _entry(name: str, facts: Iterator[str] | list[str]) -> Iterator[RenderableType]:
    yield Text(f"\n{name}", style="bold")
    for fact in facts:
        yield Padding(Text(fact), (0, 0, 0, 2))
