"""What moved in a session, and how far: the signal that carried most repetitions, which stands first among their measures."""

import math
from collections import Counter
from collections.abc import Mapping

from formcheck.body.signal import Signal
from formcheck.body.signals import SIGNALS
from formcheck.exercise.results import Rep
from formcheck.exercise.session_result import Session
from formcheck.output.amounts import amount
from formcheck.output.report.tracks import keys_of

_BY_NAME = {item.name: item for item in SIGNALS}


def moved_signal(session: Session) -> Signal | None:
    """Return the signal of the movement, None where none of ours was measured."""
    first = (next(iter(rep.measures), "").partition(".")[0] for rep in session.counted or session.reps)
    carried = Counter(signal for name in first if (signal := signal_named(name)) is not None)
    return carried.most_common(1)[0][0] if carried else None


def signal_named(name: str) -> Signal | None:
    """Return the signal of this name, None if it is none of ours."""
    return _BY_NAME.get(name)


def range_of(rep: Rep, signal: Signal, texts: Mapping[str, str]) -> str:
    """Return from where to where a signal of the working side went, without longer units; a dash where it was not seen."""
    own = [key for key, side in keys_of(signal) if rep.side in (side, None) or side is None]
    ends = [rep.measures[key] for key in own if key in rep.measures and all(map(math.isfinite, rep.measures[key]))]
    if not ends:
        return "–"
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return texts["range_of"].format(low=_short(low, signal), high=_short(high, signal))


def _short(value: float, signal: Signal) -> str:
    return amount(value, signal.unit).partition(" ")[0].replace("-", "−")
