"""Repetitions at every frame rate and tempo, and from cameras off their place, on the posed figure with the errors measured on rendered people."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import hypot, radians, tan

import numpy as np

from formcheck.body.measured_errors import MEASURED_MODEL
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Severity
from formcheck.output.sentences import why_not
from formcheck.pose.pose import Side

from ..choreography import choreography
from ..clip import Camera, Clip, Part
from ..figure import DRILLS, Build, Movement, View, best_view, observe
from .catalogue import CLIPS
from .declaring import LEAD_S
from .known import view_of
from .posed import RATES, SIZE_PX, disturbed_by_model, performed
from .staging import level_of, options_for, rule_of, staged
from .watching import watch

TEMPOS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""How many times as long everything takes."""
QUICK_PACES: dict[float, tuple[float, ...]] = {10.0: TEMPOS, 15.0: (1.0, 2.0), 30.0: (1.0,), 60.0: (0.5,)}
"""Tempos by frame rate that the quick check tries: slow ones at few frames a second, as a clip costs its frames."""
REPS, SLOW = 2, 4.0
"""Repetitions of a clip; one from this tempo on, which in some exercises takes more than two minutes."""
MEAN_SIZE, SIZE_RANGE = 1.0, 0.3
"""Size of the figure against the standard one: at a height of 0.5, and how much it changes from 0 to 1."""
LOOKS = 60
"""Moments at which is looked how much room a movement takes."""
OVER_A_MOMENT = 1.1
"""Holds stay so much longer than what would only be an attempt, however quick the tempo."""


@dataclass(frozen=True, slots=True)
class PaceTrial:
    """A correct clip at one frame rate and tempo.

    Attributes
    ----------
    name
        What was tried.
    expected, counted
        The sides of the repetitions, in order; None where they have none.
    alarms
        Minor and major faults that were reported though the form is correct; None where there are faults, or the tempo is one itself.
    why_not
        Why movements were not counted, in words.
    minutes
        Length of the clip.
    """

    name: str
    exercise: str
    level: str | None
    fps: float
    tempo: float
    expected: tuple[Side | None, ...]
    counted: tuple[Side | None, ...]
    alarms: tuple[str, ...] | None
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


def places_to_try() -> list[str]:
    """Return the clips whose cameras are off their place."""
    return [name for name, clip in CLIPS.items() if clip.purpose == "off_place"]


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
    what = f"{part.name} {part.level or ''} at {fps:g} frames a second, {tempo:g} times the time"
    return _tried(what, clip, performed(part), best_view(part.name, part.side), fps, tempo, SIZE_PX, seed)


def try_place(name: str, seed: int) -> PaceTrial:
    """Show what a clip declares from where its camera stands."""
    clip = staged(CLIPS[name])
    build = Build().scaled(MEAN_SIZE + SIZE_RANGE * (clip.body.height - 0.5))
    moving = choreography(clip, build)
    view = seen_by(clip.camera, clip.size_px, moving)
    return _tried(name, clip, moving, view, clip.fps, 1.0, clip.size_px, seed)


def seen_by(camera: Camera, size_px: tuple[int, int], moving: Movement) -> View:
    """Return the view of a clip's camera, which looks at the middle of the movement."""
    points_m = moving.pose_at(np.linspace(0.0, moving.duration_s, LOOKS))
    x_m, y_m, _ = (points_m.min(axis=(0, 1)) + points_m.max(axis=(0, 1))) / 2.0
    distance_m = hypot(camera.distance_m, camera.height_m - camera.aim_height_m)
    return replace(
        view_of(camera),
        px_per_m=size_px[1] / 2.0 / tan(radians(camera.fov_deg) / 2.0) / distance_m,
        target_m=(float(x_m), float(y_m), camera.aim_height_m),
        distance_m=distance_m,
        size_px=size_px,
    )


def _tried(
    name: str, clip: Clip, moving: Movement, view: View, fps: float, tempo: float, size_px: tuple[int, int], seed: int
) -> PaceTrial:
    part = clip.parts[0]
    seen = disturbed_by_model(observe(moving, view, fps), moving, view, seed, part.name)
    found = watch(part.name, size_px, options_for(clip), seen, MEASURED_MODEL).session
    return PaceTrial(
        name, part.name, part.level, fps, tempo,
        expected=tuple(rep.side for rep in moving.truth.reps if rep.counted),
        counted=tuple(rep.side for rep in found.counted),
        alarms=None if tempo < 1.0 or part.faults else tuple(_alarms(found)),
        why_not=tuple(why_not(rep.not_counted_because) for rep in found.reps if rep.not_counted_because is not None),
        minutes=moving.duration_s / 60.0,
    )  # fmt: skip


def _alarms(found: Session) -> Iterator[str]:
    for fault in found.faults:
        if fault.severity is not Severity.INFO:
            yield f"{fault.id} {fault.severity} {fault.confidence}: {fault.measured:.2f} of {fault.limit:.2f} ±{fault.error:.2f}"
