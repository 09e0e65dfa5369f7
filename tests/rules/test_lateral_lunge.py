"""Lateral lunge: stepping out or in a fixed stance; the hips go to one side and sink, the other leg stays straight."""

from dataclasses import replace

import pytest

from formcheck.body.quantity import Quantity
from formcheck.body.signals import (
    hip_drop_l,
    knee_inward_shank,
    lateral_lean_deg,
    trunk_height_ratio,
)
from formcheck.body.view import ViewSeen
from formcheck.exercise.quantities import change, working
from formcheck.pose.pose import SIDES, Side
from samples.figure import Movement, activity, best_view, bouncing, movement, observe
from samples.figure.sizing import knob_at, knobs_for
from tests.exercise.made_up import Path, coach_through, path, play
from tests.limits import around, watched_around
from tests.rules.textbook import assert_textbook
from tests.runner import Watched, exercise, watch

NAME = "lateral_lunge"
BEST = best_view(NAME)
STANCES = ("step_out", "fixed_stance")


def seen(moving: Movement, fps: float = 10.0, azimuth_deg: float = BEST.azimuth_deg, **errors: float) -> Watched:
    stream = observe(moving, replace(BEST, azimuth_deg=azimuth_deg), fps, **errors)  # type: ignore[arg-type]
    return watch(stream, NAME)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("stance", STANCES)
def test_textbook_counts_and_tells_whether_one_stepped(stance: str, side: Side) -> None:
    moving = movement(NAME, stance, side=side, reps=2)
    found = seen(moving)
    assert_textbook(found, moving)
    assert [rep.attributes for rep in found.reps] == [{"stepped": stance == "step_out"}] * 2


@pytest.mark.parametrize("stance", STANCES)
def test_from_the_side_the_bent_knee_shows_it(stance: str) -> None:
    assert seen(movement(NAME, stance), azimuth_deg=90.0).sides == ["right"]


@pytest.mark.parametrize("stance", STANCES)
def test_frame_rate_does_not_matter(stance: str) -> None:
    moving = movement(NAME, stance)
    # Between the step and the lunge the hips rest for a moment: at 30 pictures a second that may be taken for the start.
    assert_textbook(seen(moving, 30.0), moving, 0.25 if stance == "fixed_stance" else 0.75)


@pytest.mark.parametrize("stance", STANCES)
def test_noise_and_drift_change_no_count(stance: str) -> None:
    assert seen(movement(NAME, stance, reps=2), 15.0, noise=0.01, drift=0.02).sides == ["right", "left"]


def test_a_step_without_going_down_is_an_attempt() -> None:
    found = seen(movement(NAME, "step_out", reps=2, depth=0.45))
    assert [(rep.counted, rep.side) for rep in found.reps] == [(False, "right"), (False, "left")]
    assert all("leg lengths only" in why for why in found.why_not)
    assert found.faults == {"too_shallow": 2}


@pytest.mark.parametrize("stance", STANCES)
def test_bouncing_that_never_comes_back_counts_at_most_once(stance: str) -> None:
    assert len(seen(bouncing(NAME, stance, low=0.8)).counted) <= 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_knee_that_comes_half_way_back_is_no_return(seed: int) -> None:
    """The hips shift back by more than that and rise by more: together they would seem to be back."""
    assert len(seen(bouncing(NAME, "step_out", low=0.7), 30.0, noise=0.01, seed=seed).counted) <= 1


@pytest.mark.parametrize("name", ["squatting", "split_squat", "walking"])
def test_other_ways_down_are_none(name: str) -> None:
    assert not seen(activity(name, duration_s=10.0, reps=3)).counted


@pytest.mark.parametrize("hold_s", [4.2, 4.8])
def test_the_hold_passes_from_4_5_s(hold_s: float) -> None:
    found = seen(movement(NAME, hold_s=hold_s))
    assert found.sides == ["right"]
    assert found.faults["short_hold"] == (hold_s < 4.5)


def test_a_drop_under_0_08_does_not_count_and_is_hinted_at() -> None:
    shallow, enough = (
        seen(movement(NAME, "step_out", knobs={"hip_drop": drop}))
        for drop in (
            knob_at(NAME, "step_out", "hip_drop", (0.22, 0.05), change(hip_drop_l), goal, BEST)
            for goal in around(0.08, -1)
        )
    )
    assert (shallow.sides, shallow.faults) == ([], {"too_shallow": 1})
    assert (enough.sides, enough.faults) == (["right"], {})


def test_in_a_wide_stance_a_shallow_one_counts_and_is_hinted_at() -> None:
    drop = knob_at(NAME, "fixed_stance", "hip_drop", (0.22, 0.05), change(hip_drop_l), 0.078, BEST)
    shallow = seen(movement(NAME, "fixed_stance", knobs={"hip_drop": drop}))
    assert (shallow.sides, shallow.faults) == (["right"], {"too_shallow": 1})


FAULTS = [
    ("knee_caves_in", "knee_in", (-0.02, 0.3), working(knee_inward_shank), 0.15, 1),
    ("trunk_tips_sideways", "lateral_lean_deg", (4.0, 35.0), lateral_lean_deg, -25.0, -1),
    ("chest_collapses", "trunk_height", (0.93, 0.45), trunk_height_ratio, 0.60, -1),
]


@pytest.mark.parametrize("stance", STANCES)
@pytest.mark.parametrize(("fault", "knob", "between", "quantity", "limit", "over"), FAULTS, ids=[f[0] for f in FAULTS])
def test_fault_fires_just_over_its_limit_only(
    stance: str,
    fault: str,
    knob: str,
    between: tuple[float, float],
    quantity: Quantity,
    limit: float,
    over: float,
) -> None:
    beyond, within = watched_around(NAME, knob, between, quantity, limit, over, BEST, stance)
    assert (beyond.sides, beyond.faults) == (["right"], {fault: 1})
    assert (within.sides, within.faults) == (["right"], {})


@pytest.mark.parametrize(("size", "severity"), [(1.05, "minor"), (2.0, "major")])
def test_a_knee_that_caves_in_is_major_once_it_is_sure(size: float, severity: str) -> None:
    found = seen(movement(NAME, "step_out", knobs=knobs_for(NAME, "step_out", "knee_caves_in", size)))
    assert [(fault.id, fault.severity) for fault in found.counted[0].faults] == [("knee_caves_in", severity)]


@pytest.mark.parametrize(("inside_s", "faults"), [((2.0, 4.0), []), ((5.0, 7.0), ["knee_caves_in"])])
def test_a_knee_caves_in_only_once_the_hips_are_over_to_its_side(
    inside_s: tuple[float, float], faults: list[str]
) -> None:
    """In a wide stance the leg slants: at 4 s the hips, down since 3 s, come over to the right foot."""
    from_s, to_s = inside_s
    down = {"drop_toward_foot_l.right": 0.25, "hip_drop_l": 0.25}
    signals: dict[str, Path | float] = {
        "trunk_height_ratio": 0.95,
        **{name: path((2, 0), (3, depth), (8, depth), (9, 0)) for name, depth in down.items()},
        "hip_shift_ratio.right": path((4.1, 0.1), (4.4, 0.6)),
        "knee_inward_shank.right": lambda time_s: 0.3 if from_s <= time_s <= to_s else -0.1,
    }
    found = coach_through(exercise(NAME), play(12, view=ViewSeen.FRONT, near=None, signals=signals)).only
    assert (found.side, found.counted, [fault.id for fault in found.faults]) == ("right", True, faults)


def test_a_trailing_leg_is_not_judged_from_the_front() -> None:
    found = watch(observe(movement(NAME, knobs={"trailing_knee_flexion_deg": 60.0}), best_view(NAME), 10.0), NAME)
    assert "trailing_leg_bends" not in found.faults
    assert [check.band for check in found.reps[0].checks if check.id == "trailing_leg_bends"] == ["not_assessed"]
