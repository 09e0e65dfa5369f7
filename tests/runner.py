"""Runs a stream of observations through repair, body and rules, and compares what comes out with the truth."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from formcheck.body.lens import Lens
from formcheck.body.meter import BodyMeter
from formcheck.exercise.coach import Coach
from formcheck.exercise.events import Event
from formcheck.exercise.reasons import Code
from formcheck.exercise.results import Rep
from formcheck.exercise.rulebook import bundled_folder, load_rule
from formcheck.exercise.words import Exercise, Level
from formcheck.output.sentences import why_not
from formcheck.pose.pose import Observation, Side
from formcheck.pose.repair import LandmarkRepair

BECAUSE = {"cut": Code.CUT, "hand_over": Code.HAND_OVER}


@cache
def exercise(name: str) -> Exercise:
    """Return a bundled exercise."""
    return load_rule(bundled_folder() / f"{name}.py").exercise


@dataclass(frozen=True, slots=True)
class Watched:
    """What the rules made of a stream."""

    reps: tuple[Rep, ...]
    events: tuple[Event, ...]
    level: str | None
    level_source: str

    @property
    def counted(self) -> list[Rep]:
        return [rep for rep in self.reps if rep.counted]

    @property
    def sides(self) -> list[Side | None]:
        return [rep.side for rep in self.counted]

    @property
    def faults(self) -> Counter[str]:
        """How often each fault was found, in repetitions and attempts."""
        return Counter(fault.id for rep in self.reps for fault in rep.faults)

    @property
    def why_not(self) -> list[str]:
        """Why what does not count does not, as people read it."""
        return [why_not(rep.not_counted_because) for rep in self.reps if rep.not_counted_because is not None]

    def check(self, name: str) -> list[str]:
        """Return the verdicts of a check, over all repetitions."""
        return [result.band for rep in self.reps for result in rep.checks if result.id == name]


def watch(
    observations: Iterable[Observation],
    name: str,
    level: str | None = None,
    *,
    side: Side | None = None,
    settings: dict[str, float] | None = None,
    size_px: tuple[int, int] = (1280, 720),
    tilt_deg: float | None = None,
) -> Watched:
    """Return what an exercise's rule makes of the observations."""
    rule = exercise(name)
    chosen: Level | None = next((item for item in rule.levels if item.id == level), None)
    repair, meter, coach = (
        LandmarkRepair(*size_px),
        BodyMeter(lens=Lens(size_px), tilt_deg=tilt_deg),
        Coach(rule, chosen, side, settings),
    )
    events: list[Event] = []
    for seen in observations:
        repaired = repair.repair(seen)
        if repaired.broken is not None and repaired.broken[0] != "lost":
            events += coach.interrupt(BECAUSE[repaired.broken[0]])
            meter.reset()
        events += coach.step(meter.measure(seen.time_s, repaired.pose))
    events += coach.interrupt(Code.CLIP_ENDED)
    events += coach.flush()
    return Watched(coach.reps, tuple(events), None if coach.level is None else coach.level.id, coach.level_source)
