"""Correct form at every frame rate and tempo, on the posed figure with the errors measured on rendered people."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Severity
from formcheck.output.sentences import why_not
from formcheck.pose.pose import Side

from ..clip import Part
from ..figure import DRILLS, best_view, observe
from .catalogue import CLIPS, LEAD_S
from .posed import RATES, SIZE_PX, disturbed_by_model, performed
from .staging import level_of, options_for, rule_of
from .watching import watch

TEMPOS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""How many times as long everything takes."""
QUICK_PACES: dict[float, tuple[float, ...]] = {10.0: TEMPOS, 15.0: (1.0, 2.0), 30.0: (1.0,), 60.0: (0.5,)}
"""Tempos by frame rate that the quick check tries: slow ones at few frames a second, as a clip costs its frames."""
REPS, SLOW = 2, 4.0
"""Repetitions of a clip; one from this tempo on, which in some exercises takes more than two minutes."""
OVER_A_MOMENT = 1.1
"""Holds stay so much longer than what would only be an attempt, however quick the tempo."""


@dataclass(frozen=True, slots=True)
class PaceTrial:
    """A correct clip at one frame rate and tempo.

    Attributes
    ----------
    expected, counted
        The sides of the repetitions, in order; None where they have none.
    alarms
        Minor and major faults that were reported though the form is correct; none are looked for where the tempo is a
        fault itself.
    why_not
        Why movements were not counted, in words.
    minutes
        Length of the clip.
    """

    exercise: str
    level: str | None
    fps: float
    tempo: float
    expected: tuple[Side | None, ...]
    counted: tuple[Side | None, ...]
    alarms: tuple[str, ...]
    why_not: tuple[str, ...]
    minutes: float

    @property
    def exact(self) -> bool:
        """Whether all repetitions were counted, and no others."""
        return len(self.counted) == len(self.expected)

    @property
    def right_sides(self) -> int:
        """How many sides are right; only to be asked where the count is."""
        return sum(one == other for one, other in zip(self.expected, self.counted, strict=True))


def paces_to_try(quick: bool) -> Iterator[tuple[str, float, float]]:
    """Yield clip, frame rate and tempo of every trial; `quick`, not of all combinations."""
    for name, clip in CLIPS.items():
        if clip.purpose == "correct" and name.endswith("-a"):
            for fps in RATES:
                yield from ((name, fps, tempo) for tempo in (QUICK_PACES[fps] if quick else TEMPOS))


def paced(part: Part, tempo: float) -> Part:
    """Return a part's repetitions in so many times the time."""
    drill = DRILLS[part.name]
    base = performed(replace(part, reps=1))
    move_s = drill.move_s if part.move_s is None else part.move_s
    rest_s = drill.rest_s if part.rest_s is None else part.rest_s
    hold_s = base.truth.reps[0].holds[0].duration_s if base.truth.reps[0].holds else 0.0
    return replace(
        part, reps=REPS if tempo < SLOW else 1, move_s=tempo * move_s, rest_s=tempo * rest_s, lead_s=LEAD_S,
        hold_s=max(tempo * hold_s, OVER_A_MOMENT * _attempt_under_s(part)),
    )  # fmt: skip


def _attempt_under_s(part: Part) -> float:
    movements = rule_of(part.name).movements_at(level_of(part.name, part.level))
    return max((movement.hold.attempt_under_s for movement in movements if movement.hold is not None), default=0.0)


def try_pace(name: str, fps: float, tempo: float, seed: int) -> PaceTrial:
    """Show a correct clip's repetitions at a frame rate, in so many times the time."""
    clip = CLIPS[name]
    part = paced(clip.parts[0], tempo)
    moving = performed(part)
    view = best_view(part.name, part.side)
    seen = disturbed_by_model(observe(moving, view, fps), moving, view, seed, part.name)
    found = watch(part.name, SIZE_PX, options_for(clip), seen).session
    return PaceTrial(
        part.name, part.level, fps, tempo,
        expected=tuple(rep.side for rep in moving.truth.reps if rep.counted),
        counted=tuple(rep.side for rep in found.counted),
        alarms=() if tempo < 1.0 else tuple(_alarms(found)),
        why_not=tuple(why_not(rep.not_counted_because) for rep in found.reps if rep.not_counted_because is not None),
        minutes=moving.duration_s / 60.0,
    )  # fmt: skip


def _alarms(found: Session) -> Iterator[str]:
    for fault in found.faults:
        if fault.severity is not Severity.INFO:
            yield f"{fault.id} {fault.severity} {fault.confidence}: {fault.measured:.2f} of {fault.limit:.2f} ±{fault.error:.2f}"
