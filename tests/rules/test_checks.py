"""What the checks of every rule promise: some view shows each, and no fault keeps a repetition from counting."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from formcheck.exercise.judge import judged_in
from formcheck.exercise.words import Fault
from samples.figure import DRILLS, Movement, movement, observe
from samples.figure.drives import DRIVES, Drive
from samples.figure.sizing import knobs_for, shown_from
from tests.runner import exercise, watch

UNSEEN = {("kettlebell_shift", "knee_inside_foot"): "front knee"}
"""Checks that no view shows well enough: they are never assessed, and the exercise says so, with these words."""


@pytest.mark.parametrize("name", DRILLS)
def test_every_check_is_judged_in_some_view_or_said_to_be_not_visible(name: str) -> None:
    rule = exercise(name)
    faults = [check for check in rule.checks if isinstance(check, Fault)]
    unseen = {check.id for check in faults if not any(judged_in(check, view) for view in rule.views)}
    assert unseen == {fault for rule_name, fault in UNSEEN if rule_name == name}
    for fault in unseen:
        assert any(UNSEEN[name, fault] in sentence for sentence in rule.not_visible)


@pytest.mark.parametrize("name", DRILLS)
def test_every_band_of_a_check_is_judged_in_some_view(name: str) -> None:
    """A second way to make a fault that no view can tell would be dead."""
    rule = exercise(name)
    for check in rule.checks:
        if isinstance(check, Fault) and (name, check.id) not in UNSEEN:
            single = [replace(check, band=band) for band in check.bands if band.fault is not None]
            assert all(any(judged_in(one, view) for view in rule.views) for one in single), check.id


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
    "foot_short_of_hand": (2.0, "a foot that stops half-way is no step to the hand"),
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
