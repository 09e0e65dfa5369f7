"""Faults of every size, on the posed figure with the errors measured on rendered people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.body.measured_errors import MEASURED_MODEL
from formcheck.body.view import View as Kind
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Confidence, Severity
from formcheck.pose.pose import Observation

from ..clip import Clip, Fault, Part
from ..figure import Build, Movement, View, best_view, movement, observe
from ..figure.sizing import drive_of, shown_from
from .catalogue import CLIPS
from .declaring import ATTEMPT_ONLY, BARELY, LEAD_S
from .error_model import ANY, disturbed, read
from .known import Known
from .score import declared_severity
from .staging import options_for, staged
from .watching import watch

SIZES = (0.5, 0.9, 1.1, 1.5)
SIZES_AT_FPS = 15.0
RATES = (10.0, 15.0, 30.0, 60.0)
SIZE_PX = (1280, 720)
FRONT_BELOW_DEG, SIDE_ABOVE_DEG = 22.5, 67.5


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault of one size, and whether it was reported.

    Attributes
    ----------
    severity, confidence
        As reported, else the rule's; None = not reported.
    assessed
        Whether the check was judged at all.
    """

    exercise: str
    level: str | None
    fault: str
    size: float
    reported: bool
    assessed: bool
    severity: Severity
    confidence: Confidence | None


def kind_of(azimuth_deg: float) -> Kind:
    """Return the kind of view from an azimuth."""
    off = abs((azimuth_deg + 180.0) % 360.0 - 180.0)
    off_axis = min(off, 180.0 - off)
    if off_axis > SIDE_ABOVE_DEG:
        return Kind.SIDE
    if off_axis >= FRONT_BELOW_DEG:
        return Kind.OBLIQUE
    return Kind.FRONT if off < 90.0 else Kind.BACK


def faults_to_try() -> list[tuple[str, int]]:
    """Return every fault of the rendered set once: its clip, and the number of its part."""
    tried: dict[tuple[str, str | None, str, str | None], tuple[str, int]] = {}
    for clip in CLIPS.values():
        for number, part in enumerate(clip.parts if clip.purpose == "fault" else ()):
            tried.setdefault((part.name, part.level, part.faults[0].id, _open_knob(part)), (clip.name, number))
    return list(tried.values())


def _open_knob(part: Part) -> str | None:
    return next((name for name, value in part.knobs.items() if np.isnan(value)), None)


def try_fault(name: str, number: int, size: float, seeds: int) -> list[Trial]:
    """Show a fault of the catalogue in another size, with other errors each time.

    Nothing where the figure cannot do it in that size, or where the true landmarks show the fault below its limit: the
    same knob may pass the limit of another of the fault's bands first.
    """
    clip = CLIPS[name]
    declared = clip.parts[number]
    fault = Fault(declared.faults[0].id, size)
    if fault.id in ATTEMPT_ONLY and size > BARELY:
        return []
    part = replace(declared, faults=(fault,), lead_s=max(declared.lead_s or 0.0, LEAD_S))
    view = _view(part, fault, _open_knob(part))
    try:
        made = staged(replace(clip, parts=(part,)))
    except ValueError:
        return []
    moving = performed(made.parts[0])
    exact = observe(moving, view, SIZES_AT_FPS)
    options = options_for(made, level_given=True)
    if size < 1.0 and any(item.id == fault.id for item in watch(part.name, SIZE_PX, options, exact).session.faults):
        return []
    seen = [disturbed_by_model(exact, moving, view, seed, part.name) for seed in range(seeds)]
    return [_trial(made, fault, watch(part.name, SIZE_PX, options, item, MEASURED_MODEL).session) for item in seen]


def _trial(made: Clip, fault: Fault, found: Session) -> Trial:
    part = made.parts[0]
    reports = [item for item in found.faults if item.id == fault.id]
    checks = [check for rep in found.reps for check in rep.checks if check.id == fault.id]
    known = Known(part.name, made.level, SIZE_PX, 0.0, ())
    return Trial(
        part.name, part.level, fault.id, fault.size,
        reported=bool(reports),
        assessed=bool(reports) or not checks or any(check.confidence is not None for check in checks),
        severity=reports[0].severity if reports else declared_severity(known, fault.id, found.view_seen.kind),
        confidence=reports[0].confidence if reports else None,
    )  # fmt: skip


def performed(part: Part, build: Build | None = None) -> Movement:
    """Return the movement of one part, of the usual figure or another."""
    return movement(
        part.name, part.level, side=part.side, reps=part.reps, hold_s=part.hold_s, move_s=part.move_s,
        rest_s=part.rest_s, depth=part.depth, knobs=part.knobs, lead_s=part.lead_s, tail_s=part.tail_s, build=build,
    )  # fmt: skip


def _view(part: Part, fault: Fault, knob: str | None) -> View:
    try:
        drive_of(part.name, part.level, fault.id, knob)
    except ValueError:  # made by hold, tempo or setting
        return best_view(part.name, part.side)
    return shown_from(part.name, part.level, fault.id, part.side, knob)


def disturbed_by_model(
    exact: Sequence[Observation], moving: Movement, view: View, seed: int, exercise: str
) -> list[Observation]:
    """Return what a pose model would have seen: exact observations with the errors measured for the exercise and view."""
    model, kind = read(), kind_of(view.azimuth_deg)
    errors = model.get((exercise, kind)) or model.get((ANY, kind))
    if errors is None:
        raise ValueError(f"The error model knows no {kind} view.")
    torso_m = moving.build.trunk
    left_near = 0.0 < view.azimuth_deg < 180.0
    return disturbed(exact, errors, torso_m * view.px_per_m, torso_m, left_near=left_near, seed=seed)
