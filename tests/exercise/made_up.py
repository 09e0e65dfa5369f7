"""A made-up exercise and synthetic measures for it: no poses, exact values."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from formcheck.body.calibration import Calibration
from formcheck.body.meter import Measured
from formcheck.body.view import View, ViewSeen
from formcheck.exercise.coach import Coach
from formcheck.exercise.events import Event, FaultSeen, PhaseEntered
from formcheck.exercise.quantities import change, near, working
from formcheck.exercise.reasons import Code
from formcheck.exercise.results import CheckResult, FaultResult, Rep
from formcheck.exercise.words import (
    ARTICLE,
    JUDGEMENT,
    Band,
    Context,
    Dose,
    Exercise,
    Fault,
    Hold,
    Metric,
    Movement,
    Severity,
    Start,
    rises,
)
from formcheck.output.sentences import why_not_assessed
from formcheck.pose.pose import LANDMARKS, Side
from tests.exercise import made_up_signals
from tests.exercise.made_up_signals import as_stated as as_stated

drop, hip_bend, knee_bend = made_up_signals.drop, made_up_signals.hip_bend, made_up_signals.knee_bend
lean, tilt, torso, trunk = made_up_signals.lean, made_up_signals.tilt, made_up_signals.torso, made_up_signals.trunk

FPS = (10.0, 15.0, 30.0, 60.0)
Path = Callable[[float], float]
"""A value over time."""

NAMES = {
    "torso": torso.name,
    "trunk": trunk.name,
    "drop": drop.name,
    "tilt": tilt.name,
    "lean": lean.name,
    **{f"knee_{side}": f"{knee_bend.name}.{side}" for side in ("left", "right")},
    **{f"hip_{side}": f"{hip_bend.name}.{side}" for side in ("left", "right")},
}


def path(*points: tuple[float, float]) -> Path:
    """Return a value that eases from point to point, (seconds, value) each, and stays before and after."""

    def value(time_s: float) -> float:
        if time_s <= points[0][0]:
            return points[0][1]
        for (start, low), (end, high) in pairwise(points):
            if time_s < end:
                return low + (high - low) * (1 - math.cos(math.pi * (time_s - start) / (end - start))) / 2
        return points[-1][1]

    return value


def trips(*tops: float, rest: float = 5.0, lead_s: float = 2.0, move_s: float = 2.0, hold_s: float = 3.0) -> Path:
    """Return a value that goes from rest to each of these tops and back, each held, with 2 s of rest after each."""
    points, now = [(0.0, rest)], lead_s
    for top in tops:
        for seconds, level in ((0.0, rest), (move_s, top), (hold_s, top), (move_s, rest), (2.0, rest)):
            now += seconds
            points.append((now, level))
    return path(*points)


def play(
    seconds: float,
    fps: float = 30.0,
    *,
    view: ViewSeen = ViewSeen.LEFT,
    near: Side | None = "left",
    calibration: Calibration | None = None,
    visibility: float = 1.0,
    gaps: Iterable[tuple[float, float]] = (),
    signals: Mapping[str, Path | float] | None = None,
    **values: Path | float,
) -> list[Measured]:
    """Return what would be measured: each value by its short name, a number or a path; in gaps nobody is seen.

    Signals of real rules go by their full names, with the side.
    """
    known = calibration or Calibration("standing")
    values.setdefault("trunk", 1.0)
    full = {**{NAMES[name]: value for name, value in values.items()}, **(signals or {})}
    samples = []
    for i in range(round(seconds * fps) + 1):
        time_s = i / fps
        measures = {name: of(time_s) if callable(of) else of for name, of in full.items()}
        sample = Measured(time_s, measures, view, near, frozenset(), (visibility,) * len(LANDMARKS), known)
        if any(start <= time_s < end for start, end in gaps):
            sample = replace(sample, measures={}, unseen=frozenset(LANDMARKS), visibility=())
        samples.append(sample)
    return samples


@dataclass(frozen=True)
class Seen:
    """What a coach made of it."""

    reps: tuple[Rep, ...]
    events: tuple[Event, ...]

    @property
    def counted(self) -> list[Rep]:
        return [rep for rep in self.reps if rep.counted]

    @property
    def only(self) -> Rep:
        (rep,) = self.reps
        return rep

    @property
    def why(self) -> Code | None:
        """Why the only movement does not count."""
        because = self.only.not_counted_because
        return None if because is None else because.code

    @property
    def codes(self) -> list[Code | None]:
        return [None if rep.not_counted_because is None else rep.not_counted_because.code for rep in self.reps]

    @property
    def told(self) -> list[FaultSeen]:
        return [event for event in self.events if isinstance(event, FaultSeen)]

    @property
    def positions(self) -> list[str]:
        return [event.phase for event in self.events if isinstance(event, PhaseEntered)]

    def check(self, name: str) -> CheckResult:
        """Return the result of a check of the only repetition."""
        (result,) = [check for check in self.only.checks if check.id == name]
        return result

    def faults(self, name: str) -> list[FaultResult]:
        return [fault for rep in self.reps for fault in rep.faults if fault.id == name]


def coach_through(
    exercise: Exercise,
    samples: Iterable[Measured],
    *,
    level: str | None = None,
    side: Side | None = None,
    settings: Mapping[str, float] | None = None,
    cut_s: float = math.inf,
) -> Seen:
    """Return what a coach makes of the samples; at `cut_s` the scene changes."""
    chosen = next((item for item in exercise.levels if item.id == level), None)
    coach = Coach(exercise, chosen, side, settings)
    events: list[Event] = []
    for sample in samples:
        if sample.time_s >= cut_s:
            events += coach.interrupt(Code.CUT)
            cut_s = math.inf
        events += coach.step(sample)
    events += coach.interrupt(Code.CLIP_ENDED)
    events += coach.flush()
    return Seen(coach.reps, tuple(events))


BOW = trips(90)
"""Leaves rest at 2 s, is down from 4 to 7 s, back at 9 s."""
KNEES = Band(quantity=near(knee_bend), good=(None, 15), acceptable=(None, 25), fault=(None, 40), origin=JUDGEMENT)
ANY = Context("upright or bowed", trunk > 0)
bow = change(torso)
knee = working(knee_bend)
BOWED = Movement(position="bowed", witnesses=(rises(torso, by=60),), hold=Hold(seconds=3.0, origin=ARTICLE))
KNEE_UP = Movement(position="knee_up", witnesses=(rises(knee, by=60),))


def bowing(*checks: Metric, **words: object) -> Exercise:
    """Return the exercise "bow down, hold 3 s, rise"."""
    declared: dict[str, object] = {
        "title": "Bow", "summary": "Bow, hold 3 s, rise.", "views": (View.SIDE,), "camera": "From the side.",
        "context": ANY, "start": Start("upright", torso < 40), "movement": BOWED,
        "dose": Dose(reps=5, per_side=False, advice="5"), "not_visible": (), "checks": checks,
    }  # fmt: skip
    return Exercise(**{**declared, **words})  # type: ignore[arg-type]


def lifting(*checks: Metric, **words: object) -> Exercise:
    """Return the exercise "lift a knee and put it down"."""
    start = Start("leg_down", knee < 40)
    return bowing(*checks, **{"side_is": "the lifted leg", "start": start, "movement": KNEE_UP, **words})


def unjudged(check: CheckResult) -> str:
    """Return why a check was not assessed, as people read it; empty where it was."""
    return "" if check.reason is None else why_not_assessed(check.reason)


def lifts(*starts_s: float, top: float = 90.0, rest: float = 5.0, move_s: float = 2.0, stay_s: float = 1.0) -> Path:
    """Return a knee that is lifted at each of these times: 2 s up, 1 s there, 2 s down."""
    points = [(0.0, rest)]
    for start in starts_s:
        points += [(start, rest), (start + move_s, top), (start + move_s + stay_s, top)]
        points += [(start + 2 * move_s + stay_s, rest)]
    return path(*points)


def fault(name: str = "bad", **words: object) -> Fault:
    """Return a minor fault: by default of bent knees, good to 15°, acceptable to 25°, wrong over 40°."""
    declared: dict[str, object] = {"id": name, "band": KNEES, "severity": Severity.MINOR, "cue": "Don't."}
    return Fault(**{**declared, **words})  # type: ignore[arg-type]
