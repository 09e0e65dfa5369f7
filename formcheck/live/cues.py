"""What to tell the person while they move: one thing at a time, the worst first, and not all the time."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.exercise.events import Event, FaultSeen, RepDropped, RepFinished
from formcheck.exercise.reasons import Code
from formcheck.exercise.results import Rep
from formcheck.exercise.words import Severity
from formcheck.language import N_, _
from formcheck.output.sentences import why_not
from formcheck.pose.pose import Side

EVERY_S = 4.0
"""At most one cue in this time."""
SHOWN_S = 3.5
FRESH_S = 4.0
"""A cue that had to wait longer for its turn is stale."""
SAME_EVERY_S = 12.0
"""The same words are not said again before."""
PRAISE = N_("Well corrected!")


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to tell.

    Attributes
    ----------
    time_s
        From when on.
    text
        In words.
    severity
        Of the fault; None = praise, or a remark.
    """

    time_s: float
    text: str
    severity: Severity | None = None


class Cues:
    """Decides what is told when.

    Parameters
    ----------
    muted
        Ids of faults that are not told.
    """

    def __init__(self, muted: frozenset[str] = frozenset()) -> None:
        self._muted = muted
        self._waiting: dict[str, Cue] = {}
        self._current: Cue | None = None
        self._told: dict[str, Cue] = {}
        self._faults_before: dict[Side | None, frozenset[str]] = {}

    def forget(self) -> None:
        """Begin anew: a pause, another set."""
        self.__init__(self._muted)  # type: ignore[misc]

    def step(self, time_s: float, events: Iterable[Event]) -> Cue | None:
        """Take in what happened at a moment; return a cue when one is to be told from now on."""
        for event in events:
            self._take(time_s, event)
        self._waiting = {text: cue for text, cue in self._waiting.items() if time_s - cue.time_s <= FRESH_S}
        last_s = -math.inf if self._current is None else self._current.time_s
        if time_s - last_s < EVERY_S - 1e-6:
            return None
        ready = [cue for cue in self._waiting.values() if self._is_new(cue, time_s)]
        if not ready:
            return None
        worst = max(ready, key=lambda cue: (_rank(cue), -cue.time_s))
        del self._waiting[worst.text]
        self._current = Cue(time_s, worst.text, worst.severity)
        self._told[worst.text] = self._current
        return self._current

    def shown(self, time_s: float) -> Cue | None:
        """Return what is on the screen at a moment."""
        cue = self._current
        return cue if cue is not None and time_s - cue.time_s <= SHOWN_S else None

    def _take(self, time_s: float, event: Event) -> None:
        if isinstance(event, FaultSeen):
            if event.id not in self._muted:
                self._offer(Cue(time_s, event.cue, event.severity))
        elif isinstance(event, RepDropped) and not _is_own_doing(event.rep):
            # What only its end shows of a movement that does not count would drown why it does not.
            self._waiting = {text: cue for text, cue in self._waiting.items() if cue.time_s < time_s}
            self._offer(Cue(time_s, _not_counted(event.rep), Severity.INFO))
        elif isinstance(event, RepFinished):
            self._finished(time_s, event.rep)

    def _finished(self, time_s: float, rep: Rep) -> None:
        faults = frozenset(fault.id for fault in rep.faults)
        if self._faults_before.get(rep.side, frozenset()) - faults and rep.clean:
            self._offer(Cue(time_s, _(PRAISE)))
        self._faults_before[rep.side] = faults

    def _is_new(self, cue: Cue, time_s: float) -> bool:
        """Return whether these words were not told lately, or were told of something less bad."""
        told = self._told.get(cue.text)
        return told is None or time_s - told.time_s >= SAME_EVERY_S or _rank(cue) > _rank(told)

    def _offer(self, cue: Cue) -> None:
        waiting = self._waiting.get(cue.text)
        if waiting is None or _rank(cue) >= _rank(waiting):
            self._waiting[cue.text] = cue


def _rank(cue: Cue) -> int:
    return -1 if cue.severity is None else cue.severity.rank


def _is_own_doing(rep: Rep) -> bool:
    """Return whether the person broke a movement off by a key or a raised hand, and so knows why it does not count."""
    return rep.not_counted_because is not None and rep.not_counted_because.code in (Code.PAUSED, Code.RESTARTED)


def _not_counted(rep: Rep) -> str:
    assert rep.not_counted_because is not None  # it does not count
    return _("Not counted: {why}", why=why_not(rep.not_counted_because))
