"""What the checks of every rule promise: some view shows each, and no fault keeps a repetition from counting."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from formcheck.body.measured_errors import MEASURED_MODEL
from formcheck.body.view import View
from formcheck.exercise.judge import judged_in
from formcheck.exercise.quantities import Role
from formcheck.exercise.words import Fault, Severity
from samples.figure import DRILLS, Movement, movement, observe
from samples.figure.drives import DRIVES, Drive
from samples.figure.sizing import knobs_for, shown_from
from tests.runner import exercise, watch


def _is_judged(check: Fault, view: View, model: str = MEASURED_MODEL) -> bool:
    return any(judged_in(check, view, nearer=role, model=model) for role in (None, Role.WORKING, Role.OTHER))


@pytest.mark.parametrize("name", DRILLS)
def test_every_check_of_every_level_is_judged_in_a_view_that_the_exercise_names(name: str) -> None:
    """With the errors that ship; what no view can tell is no check: the exercise says that no camera sees it."""
    rule = exercise(name)
    for level in rule.levels or (None,):
        for check in rule.checks_at(level):
            if isinstance(check, Fault):
                assert any(_is_judged(check, view) for view in rule.views), (level, check.id)


@pytest.mark.parametrize("name", DRILLS)
def test_every_band_of_a_check_is_judged_in_some_view(name: str) -> None:
    """A second way to make a fault that no view can tell would be dead."""
    rule = exercise(name)
    for check in rule.checks:
        if isinstance(check, Fault):
            single = [replace(check, band=band) for band in check.bands if band.fault is not None]
            assert all(any(_is_judged(one, view) for view in rule.views) for one in single), check.id


@pytest.mark.parametrize("name", DRILLS)
def test_the_best_view_shows_most_of_what_is_minor_or_major(name: str) -> None:
    rule = exercise(name)
    for level in rule.levels or (None,):
        serious = [
            check
            for check in rule.checks_at(level)
            if isinstance(check, Fault)
            and check.severity_at.get(level.id if level else "", check.severity) is not Severity.INFO
        ]
        shown = [check.id for check in serious if _is_judged(check, rule.views[0])]
        assert len(shown) > len(serious) / 2, (level, shown)


OF_TWO = {"same_side_twice", "plank_skipped"}
"""Of how repetitions follow each other: sizes mean nothing, and each exercise tests them."""
ATTEMPTS = {
    "weight_barely_moves": "hardly any movement is none",
    "hardly_hinging": "hardly any movement is none",
    "too_shallow": "hardly any movement is none",
    "no_rotation": "a turn within the error is none",
    "foot_touches_down": "it ends the repetition",
    "front_leg_not_turned_out": "the foot, and with it the shift, points at the camera",
    "trailing_leg_bends": "both knees bent alike are a squat",
}
"""Faults that make an attempt of a repetition, and why."""


def _levels(name: str, drive: Drive) -> tuple[str | None, ...]:
    levels = drive.levels or DRILLS[name].levels or (None,)
    # Standing levels differ in how much a fault weighs only.
    return levels[:1] if len(levels) > 3 else levels


SIZES = (3.0, 2.0, 1.5, 1.1)
TOO_LARGE = {
    "other_leg_moves": (2.0, "an other leg that rises by 25° moves too: both legs moved"),
    "trailing_leg_dropped": (1.1, "the foot is on the floor"),
    "foot_short_of_hand": (1.5, "a foot that comes less than 60 % of the way is no step to the hand"),
    "too_fast": (1.5, "at size 2 a repetition takes no time at all"),
}
"""Faults that are something else, or nothing, beyond a size."""


def _drives() -> Iterator[tuple[str, str | None, str, str]]:
    for name, drives in DRIVES.items():
        for drive in drives:
            if drive.fault not in OF_TWO and drive.fault not in ATTEMPTS:
                yield name, _levels(name, drive)[0], drive.fault, drive.knob


def _largest(name: str, level: str | None, fault: str, knob: str) -> Movement:
    """Return a repetition with a fault of size 3, or as large as the figure can make it."""
    at_most = TOO_LARGE.get(fault, (SIZES[0], ""))[0]
    for size in SIZES:
        if size <= at_most:
            try:
                return movement(name, level, knobs=knobs_for(name, level, fault, size, knob=knob), lead_s=3.0)
            except ValueError:  # the figure cannot do it in this size
                continue
    pytest.skip("the figure cannot make it at all")


@pytest.mark.parametrize(("name", "level", "fault", "knob"), list(_drives()))
def test_a_repetition_with_a_fault_counts_however_large_it_is(
    name: str, level: str | None, fault: str, knob: str
) -> None:
    moving = _largest(name, level, fault, knob)
    view = shown_from(name, level, fault, knob=knob)
    found = watch(observe(moving, view, 10.0), name, None if name == "lateral_lunge" else level)
    assert found.sides == [rep.side for rep in moving.truth.reps], found.why_not
