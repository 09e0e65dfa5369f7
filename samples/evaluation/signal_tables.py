"""Tables of how far the signals are off."""

import math
from collections.abc import Sequence

from formcheck.body.signals import SIGNALS
from formcheck.body.view import View

from ..figure import DRILLS
from .summary import keys, pooled
from .work import Result
from .writing import Rows, as_number, mae_of


def signal_rows(first: Sequence[Result]) -> Rows:
    """Yield a row for each signal, view and side."""
    stated = {item.name: item for item in SIGNALS}
    groups = sorted({(key.signal, key.view, key.place) for key in keys(first)})
    for name, view, place in groups:
        errors = pooled(first, signal=name, view=view, place=place)
        says = stated[name].error.get(View(view), math.nan)
        yield (
            name, view, place, str(errors.frames), str(errors.clips), as_number(errors.bias), as_number(errors.mae),
            as_number(errors.rms), as_number(errors.change_rms), as_number(says),
        )  # fmt: skip


def angle_rows(results: Sequence[Result], models: Sequence[str]) -> Rows:
    """Yield a row for each flexion angle by exercise, view and side, with a column a model."""
    angles = ("knee_flexion_deg", "hip_flexion_deg")
    groups = sorted({(k.exercise, k.signal, k.view, k.place) for k in keys(results) if k.signal in angles})
    for exercise, name, view, place in groups:
        found = [pooled([item for item in results if item.model == model], exercise=exercise, signal=name, view=view, place=place)
                 for model in models]  # fmt: skip
        yield (
            exercise,
            name,
            view,
            place,
            *(f"{mae_of(item)} ({item.bias:+.1f}°)" if item.frames else "-" for item in found),
        )


def impossible_rows(first: Sequence[Result]) -> Rows:
    """Yield the checks whose margin is smaller than the measured error."""
    from formcheck.exercise.reading import signals_in

    from .staging import rule_of

    for exercise in DRILLS:
        rule = rule_of(exercise)
        for check in rule.checks:
            for band in check.bands:
                signals = [item for item, _ in signals_in(band.quantity)]
                if band.fault is None or len(signals) != 1:
                    continue
                margins = [abs(limit - good) for limit, good in zip(band.fault, band.good, strict=True)
                           if limit is not None and good is not None]  # fmt: skip
                for view in check.views:
                    errors = pooled(first, exercise=exercise, signal=signals[0].name, view=str(view))
                    is_change = any(type(part).__name__ == "Change" for part in band.quantity.parts())
                    measured = (errors.change_rms if is_change else errors.rms) if errors.frames else math.nan
                    says = signals[0].error.get(view, math.nan)
                    if margins and measured > min(margins) and not math.isnan(says):
                        yield (
                            exercise,
                            check.id,
                            str(view),
                            as_number(min(margins)),
                            as_number(measured),
                            as_number(says),
                        )
