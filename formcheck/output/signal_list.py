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

UNITS = {
    "deg": "degrees",
    "T": "torso lengths",
    "L": "leg lengths",
    "shank": "lower leg lengths",
    "ratio": "none, a ratio",
}


def signal_list() -> RenderableType:
    """Return every signal with its unit, zero, sign and error from each view, and every context with what makes it."""
    return Group(*_parts())


def _parts() -> Iterator[RenderableType]:
    yield Text(f"{len(SIGNALS)} signals", style="bold")
    yield Text(
        "from formcheck.body.signals import ...; of those of each side say working(...), other(...), near(...), each(...)."
    )
    for signal in sorted(SIGNALS, key=lambda item: item.name):
        yield from _entry(signal.name, _facts(signal))
    known = {name: item for name, item in vars(contexts).items() if isinstance(item, Context)}
    yield Text(f"\n{len(known)} contexts", style="bold")
    yield Text("from formcheck.exercise.contexts import ...")
    for name, context in sorted(known.items()):
        yield from _entry(
            name, [f"{context.name[0].upper()}{context.name[1:]}.", describe_condition(context.condition)]
        )


def _facts(signal: Signal) -> Iterator[str]:
    yield signal.meaning
    low, high = signal.span
    sided = "each side by itself" if signal.sided else "the whole body"
    yield f"Unit: {UNITS.get(signal.unit, signal.unit)}; {low:g} to {high:g}; {sided}."
    errors = describe_errors(signal)
    hidden = [str(view) for view in View if view not in signal.error]
    unseen = f"; not seen: {', '.join(hidden)}" if hidden else ""
    yield f"Error by view: {errors or 'none'}{unseen}."


def describe_errors(signal: Signal) -> str:
    """Return the error from each view that shows a signal, as the default model sees it, with what is taken off there."""
    errors = []
    for view in signal.error:
        bias = signal.bias_in(view, model=MEASURED_MODEL)
        known = f" once {abs(bias):.2g} is {'taken off' if bias > 0 else 'added'}" if bias else ""
        errors.append(f"{view} ±{signal.error_in(view, model=MEASURED_MODEL):.2g}{known}")
    return ", ".join(errors)


def _entry(name: str, facts: Iterator[str] | list[str]) -> Iterator[RenderableType]:
    yield Text(f"\n{name}", style="bold")
    for fact in facts:
        yield Padding(Text(fact), (0, 0, 0, 2))
