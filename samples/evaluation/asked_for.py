"""Whether what the articles ask for is found from the recommended place: ``python -m samples.evaluation.asked_for``.

People of other proportions, who begin without standing before the camera, do each exercise right and with one fault. The shipped
rules see them through the errors of landmarks that were measured on rendered people.
"""

import sys
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
import typer

from formcheck.body.measured_errors import MEASURED_MODEL
from formcheck.pose.pose import Side

from ..figure import best_view, observe
from ..figure.sizing import knobs_for, shown_from
from .declaring import BARELY, camera_for, clip_of, part_for, rule_level
from .paces import seen_by
from .posed import SIZE_PX, disturbed_by_model, performed
from .postures import build_at_random
from .staging import options_for
from .watching import watch

SIZE = 1.5
BESIDE_DEG = 8.0
"""How far the camera stands beside its place, usually: nobody puts it there by protractor, or stands square to it."""
FPS, FOV_DEG = 15.0, 38.0
PEOPLE = 40
LEAST_FOUND, MOST_FALSE, MOST_SILENT = 0.90, 0.02, 0.10
"""Shares of people: faults that are found, correct form of which they are told, and of either that were not judged."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an article asks for: the fault that breaks it.

    Attributes
    ----------
    exercise, level, fault
        Of the rule.
    knob
        What of the figure makes it; None = the usual one.
    from_deg
        From where it is to be seen, + = the working leg's side is nearer; None = from the exercise's best view.
    size
        0 = edge of the good band, 1 = fault limit.
    """

    exercise: str
    level: str | None
    fault: str
    knob: str | None = None
    from_deg: float | None = None
    size: float = SIZE

    @property
    def name(self) -> str:
        """As it is printed."""
        made_by = "" if self.knob is None else f" by {self.knob}"
        place = "" if self.from_deg is None else f" from {self.from_deg:g}°"
        return f"{self.exercise} {self.fault}{made_by}{place}"


ASKED = (
    Asked("hip_airplane", "free", "torso_not_parallel"),
    Asked("hip_90_90", None, "knees_not_90", "rear_knee_flexion_deg"),
    Asked("hip_90_90", None, "rounded_back", "neck_flexion_deg"),
    Asked("hip_90_90", None, "rounded_back", "trunk_ratio"),
    Asked("hip_90_90", None, "hardly_hinging", size=BARELY),
    Asked("kettlebell_shift", None, "knee_inside_foot", from_deg=40.0),
    Asked("kettlebell_shift", None, "weight_barely_moves", from_deg=40.0, size=BARELY),
    Asked("kettlebell_shift", None, "front_leg_not_turned_out", from_deg=40.0),
    Asked("lateral_lunge", "fixed_stance", "trailing_leg_bends", from_deg=45.0),
    Asked("lateral_lunge", "fixed_stance", "trailing_leg_bends", from_deg=-45.0),
)
"""What the articles ask for and no posture of the whole body shows by itself, each from the place that `exercises NAME` names."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules said of one person's fault: told, judged at all, and whether the repetition counts."""

    found: bool
    assessed: bool
    counted: bool
    others: tuple[str, ...]


def said_of(asked: Asked, person: int, *, is_wrong: bool) -> Said | None:
    """Return what the rules say of a person who does an exercise, with the fault or without; None if the figure cannot."""
    rng = np.random.default_rng([person, 17])
    build, beside_deg = build_at_random(rng), float(rng.normal() * BESIDE_DEG)
    side: Side = "left" if person % 2 else "right"
    part = part_for(asked.exercise, asked.level, side, reps=1)
    if is_wrong:
        view = shown_from(asked.exercise, asked.level, asked.fault, side, asked.knob)
        try:
            knobs = knobs_for(
                asked.exercise, asked.level, asked.fault, asked.size, side, view, knob=asked.knob, build=build
            )
        except ValueError:
            return None
        part = replace(part, knobs={**part.knobs, **knobs})
    place = camera_for(asked.exercise, asked.level, _azimuth_deg(asked, side) + beside_deg)
    place = replace(place, fov_deg=FOV_DEG)
    clip = clip_of("", asked.exercise, rule_level(asked.exercise, asked.level), [part], place, 0)
    moving = performed(part, build)
    view = seen_by(place, SIZE_PX, moving)
    landmarks = disturbed_by_model(observe(moving, view, FPS), moving, view, person, asked.exercise)
    session = watch(asked.exercise, SIZE_PX, options_for(clip, level_given=True), landmarks, MEASURED_MODEL).session
    checks = [check for rep in session.reps for check in rep.checks if check.id == asked.fault]
    found = {fault.id for fault in session.faults}
    return Said(
        found=asked.fault in found,
        assessed=asked.fault in found or any(check.confidence is not None for check in checks),
        counted=bool(session.counted),
        others=tuple(sorted(found - {asked.fault})),
    )


def _azimuth_deg(asked: Asked, side: Side) -> float:
    if asked.from_deg is None:
        return best_view(asked.exercise, side).azimuth_deg
    return asked.from_deg if side == "left" else -asked.from_deg


def main(
    people: Annotated[int, typer.Option(help="How many people.")] = PEOPLE,
    only: Annotated[str, typer.Option(help="Only what has this in its name.")] = "",
) -> None:
    """Print for each criterion the shares of people of whom it was found, told wrongly, and not judged."""
    failed = False
    typer.echo(f"{'asked for':62s} found  false  not judged  counted")
    for asked in ASKED:
        if only not in asked.name:
            continue
        wrong, right = (
            [said for person in range(people) if (said := said_of(asked, person, is_wrong=flag)) is not None]
            for flag in (True, False)
        )
        found, false = (float(np.mean([said.found for said in group])) for group in (wrong, right))
        silent = float(np.mean([not said.assessed for said in (*wrong, *right)]))
        counted = float(np.mean([said.counted for said in right]))
        holds = found >= LEAST_FOUND and false <= MOST_FALSE and silent <= MOST_SILENT
        failed = failed or not holds
        typer.echo(
            f"{asked.name:62s} {found:5.0%}  {false:5.0%}  {silent:10.0%}  {counted:7.0%}  {'' if holds else 'short'}"
        )
    sys.exit(failed)


if __name__ == "__main__":
    typer.run(main)
