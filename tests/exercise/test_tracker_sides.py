"""Left and right, both together, either order, levels: who moved, and what one movement says of the next."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from formcheck.body.quantity import all_of, between
from formcheck.body.signals import (
    hip_drop_l,
    hip_flexion_deg,
    hip_tilt_deg,
    knee_flexion_deg,
    lateral_lean_deg,
    trunk_height_ratio,
)
from formcheck.body.view import ViewSeen
from formcheck.exercise.quantities import change, each, other, working
from formcheck.exercise.results import LevelRecognised
from formcheck.exercise.words import (
    JUDGEMENT,
    SEED,
    Attribute,
    Band,
    BothSides,
    Ending,
    Hold,
    Level,
    Phase,
    Posture,
    Sequel,
    Severity,
    Spoiler,
)

from .made_up import FPS, Path, bowing, coach_through, fault, lifting, path, play, torso, trips

REST = 5.0


def lifts(*starts_s: float, top: float = 90.0) -> Path:
    """Return a knee that is lifted at each of these times: 2 s up, 1 s there, 2 s down."""
    points = [(0.0, REST)]
    for start in starts_s:
        points += [(start, REST), (start + 2, top), (start + 3, top), (start + 5, REST)]
    return path(*points)


@pytest.mark.parametrize("fps", FPS)
def test_sides_alternate(fps: float) -> None:
    samples = play(28, fps, knee_left=lifts(2, 16), knee_right=lifts(9, 22))
    seen = coach_through(lifting(), samples)
    assert [rep.side for rep in seen.counted] == ["left", "right", "left", "right"]
    assert len(seen.reps) == 4
    for rep, start in zip(seen.reps, (2, 9, 16, 22), strict=True):
        assert (rep.start_s, rep.end_s) == pytest.approx((start, start + 5), abs=1 / fps + 0.06)


@pytest.mark.parametrize(("from_s", "reps"), [(3.0, 1), (6.0, 2)])
def test_what_gives_way_under_the_other_side_is_no_attempt(from_s: float, reps: int) -> None:
    gives = path((0.0, REST), (from_s, REST), (from_s + 1.5, 50.0), (from_s + 3.0, REST))
    seen = coach_through(lifting(), play(13, knee_left=lifts(2), knee_right=gives))
    assert [rep.side for rep in seen.counted] == ["left"]
    assert len(seen.reps) == reps


def test_only_the_side_asked_for() -> None:
    samples = play(15, knee_left=lifts(2), knee_right=lifts(9))
    assert [rep.side for rep in coach_through(lifting(), samples, side="right").reps] == ["right"]


def test_other_is_the_leg_that_rests() -> None:
    still = fault("still", band=Band(quantity=other(knee_flexion_deg), good=(None, 10), fault=(None, 40), origin=SEED))
    bent = coach_through(lifting(still), play(9, knee_left=lifts(2, top=100), knee_right=50.0))
    assert [(rep.side, [found.id for found in rep.faults]) for rep in bent.reps] == [("left", ["still"])]
    straight = coach_through(lifting(still), play(9, knee_left=lifts(2, top=100), knee_right=REST))
    assert not straight.faults("still")


# -- sequels ----------------------------------------------------------------------------------------------------------

TWICE = Sequel(id="same_side_twice", severity=Severity.INFO, cue="Change sides.")
SKIPPED = Sequel(id="plank_skipped", severity=Severity.MINOR, cue="Come back first.")


def test_same_side_twice() -> None:
    exercise = lifting(sequels=(TWICE,))
    twice = coach_through(exercise, play(22, knee_left=lifts(2, 9), knee_right=lifts(16)))
    assert [[found.id for found in rep.faults] for rep in twice.counted] == [[], ["same_side_twice"], []]
    assert all(rep.clean for rep in twice.counted)
    after_a_cut = coach_through(exercise, play(15, knee_left=lifts(2, 9), knee_right=REST), cut_s=8.0)
    assert not after_a_cut.faults("same_side_twice")


def test_an_attempt_does_not_count_for_same_side_twice() -> None:
    knees = path((2, 5), (4, 45), (6, 5), (9, 5), (11, 90), (12, 90), (14, 5))
    seen = coach_through(lifting(sequels=(TWICE,)), play(16, knee_left=knees, knee_right=REST))
    assert [rep.counted for rep in seen.reps] == [False, True]
    assert not seen.faults("same_side_twice")


def test_changing_sides_without_the_start_in_between() -> None:
    left = path((2, 5), (4, 90), (7, 90), (9, 5))
    right = path((6.5, 5), (8.5, 90), (11, 90), (13, 5))
    shared = (
        Phase("plank", enter=all_of(each(knee_flexion_deg) < 30)),
        Phase("lunge", enter=all_of(working(knee_flexion_deg) > 60, other(knee_flexion_deg) < 50)),
    )
    seen = coach_through(lifting(phases=shared, sequels=(SKIPPED,)), play(16, knee_left=left, knee_right=right))
    assert [(rep.side, rep.counted) for rep in seen.reps] == [("left", True), ("right", True)]
    assert [found.side for found in seen.faults("plank_skipped")] == ["left"]
    assert seen.reps[0].end_s <= seen.reps[1].start_s + 0.1


# -- both sides -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("apart_s", "counted"), [(0.0, 0), (0.3, 0), (1.5, 2)])
def test_both_sides_together_are_no_repetition_of_either(fps: float, apart_s: float, counted: int) -> None:
    exercise = lifting(spoiler=BothSides(within_s=0.5, because="both legs rose together"))
    seen = coach_through(exercise, play(12, fps, knee_left=lifts(2), knee_right=lifts(2 + apart_s)))
    assert len(seen.counted) == counted
    if not counted:
        assert seen.only.not_counted_because == "both legs rose together"
        assert seen.only.side is None
        assert seen.only.checks == ()


def test_a_far_leg_that_is_dragged_along_for_a_moment_spoils_nothing() -> None:
    exercise = lifting(spoiler=BothSides(within_s=0.5, because="both legs rose together"))
    dragged = path((2, 5), (3.6, 70), (3.7, 70), (4.2, 5))
    assert [rep.side for rep in coach_through(exercise, play(12, knee_left=lifts(2), knee_right=dragged)).counted] == [
        "left"
    ]


def test_both_hips_rising_is_told_by_the_hips_whichever_foot_is_higher() -> None:
    up = Phase("knee_up", enter=all_of(change(working(knee_flexion_deg)) > 60, working(hip_flexion_deg) > 5))
    exercise = lifting(
        phases=(lifting().phases[0], up), spoiler=BothSides(within_s=0.5, because="both legs rose together")
    )
    samples = play(12, knee_left=lifts(2), knee_right=lifts(2.1), hip_left=10.0, hip_right=0.0)
    assert coach_through(exercise, samples).only.not_counted_because == "both legs rose together"


@pytest.mark.parametrize(("at_s", "listed"), [(3.0, ["left"]), (9.0, ["left", "right"])])
def test_what_the_other_leg_does_meanwhile_is_no_attempt_of_its_own(at_s: float, listed: list[str]) -> None:
    sways = path((at_s, 5), (at_s + 1, 45), (at_s + 2, 45), (at_s + 3, 5))
    seen = coach_through(lifting(), play(16, knee_left=lifts(2), knee_right=sways))
    assert [rep.side for rep in seen.reps] == listed
    assert [rep.side for rep in seen.counted] == ["left"]


@pytest.mark.parametrize("turns", [True, False])
def test_turning_round_is_no_attempt(turns: bool) -> None:
    seen = play(12, torso=trips(45))
    after = [replace(item, view=ViewSeen.FRONT) if turns and item.time_s > 5 else item for item in seen]
    assert len(coach_through(bowing(), after).reps) == (0 if turns else 1)


def test_what_spoils_a_movement_is_said_once() -> None:
    spoiler = Spoiler(change(other(knee_flexion_deg)) > 25, within_s=0.5, because="both legs rose together")
    seen = coach_through(lifting(spoiler=spoiler), play(20, knee_left=lifts(2, 12), knee_right=lifts(2.1)))
    assert [(rep.side, rep.not_counted_because) for rep in seen.reps] == [
        (None, "both legs rose together"), ("left", None),
    ]  # fmt: skip


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("right", "counted"), [(90.0, True), (40.0, False), (math.nan, True)])
def test_each_wants_both_sides_that_are_seen(fps: float, right: float, counted: bool) -> None:
    phases = (Phase("down", enter=each(knee_flexion_deg) < 30), Phase("up", enter=each(knee_flexion_deg) > 60))
    exercise = bowing(phases=phases)
    knee: Path | float = right if math.isnan(right) else trips(right)
    seen = coach_through(exercise, play(11, fps, knee_left=trips(90), knee_right=knee))
    assert len(seen.counted) == counted


# -- one signal for both sides ----------------------------------------------------------------------------------------

LUNGING = bowing(
    side_is="the bent leg",
    phases=(
        Phase("standing", enter=hip_drop_l < 0.3, zone=change(hip_drop_l) < 0.05),
        Phase("bottom", enter=all_of(change(hip_drop_l) > 0.08, working(knee_flexion_deg) > 40)),
    ),
    attributes=(Attribute("leaned", lateral_lean_deg > 10),),
)


def drops(*starts_s: float, depth: float = 0.2) -> Path:
    points = [(0.0, 0.0)]
    for start in starts_s:
        points += [(start, 0.0), (start + 2, depth), (start + 3, depth), (start + 5, 0.0)]
    return path(*points)


def test_a_movement_that_both_sides_share_belongs_to_the_one_that_did_it() -> None:
    samples = play(17, drop=drops(2, 9), knee_left=lifts(2), knee_right=lifts(9), view=ViewSeen.FRONT)
    seen = coach_through(LUNGING, samples)
    assert [(rep.side, rep.counted) for rep in seen.reps] == [("left", True), ("right", True)]


def test_a_movement_of_neither_side_is_at_most_an_attempt() -> None:
    samples = play(10, drop=drops(2), knee_left=lifts(2, top=20), knee_right=lifts(2, top=20))
    assert not coach_through(LUNGING, samples).counted


def test_attributes_are_facts_of_a_repetition() -> None:
    leaning = path((9, 0), (10, 20), (11, 0))
    samples = play(17, drop=drops(2, 9), knee_left=lifts(2), knee_right=lifts(9), lean=leaning)
    facts = [dict(rep.attributes) for rep in coach_through(LUNGING, samples).reps]
    assert facts == [{"leaned": False}, {"leaned": True}]


# -- either order, ending with the last hold --------------------------------------------------------------------------

HOLD = Hold(seconds=2.0, origin=SEED)
TURNING = bowing(
    any_order=True,
    ending=Ending.LAST_HOLD,
    phases=(
        Phase("square", enter=each(knee_flexion_deg) < 90, zone=between(change(hip_tilt_deg), -4, 4)),
        Phase("toward", enter=change(hip_tilt_deg) < -10, hold=HOLD),
        Phase("away", enter=change(hip_tilt_deg) > 10, hold=HOLD),
    ),
)


def turn(*levels: float) -> tuple[Path, float]:
    """Return a turn to each level, 2 s held and 1 s between, and its length; ends square."""
    points, now = [(0.0, 0.0)], 2.0
    for level in (*levels, 0.0):
        points += [(now, points[-1][1]), (now + 1, level)]
        now += 3.0
    return path(*points), now + 1


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(
    ("levels", "counted"),
    [
        ((-20, 20), 1), ((20, -20), 1), ((-20, 0, 20), 1), ((20,), 0),
        ((-20, 20, -20, 20), 2), ((-20, 20, 0, 20, -20), 2),
    ],
)  # fmt: skip
def test_both_turns_in_either_order(levels: tuple[float, ...], counted: int, fps: float) -> None:
    tilt, length_s = turn(*levels)
    seen = coach_through(TURNING, play(length_s, fps, tilt=tilt, knee_left=5, knee_right=5, view=ViewSeen.FRONT))
    assert len(seen.counted) == counted
    for rep in seen.counted:
        assert {hold.id for hold in rep.holds} == {"toward", "away"}


def test_a_repetition_that_ends_with_its_last_hold_needs_no_return() -> None:
    tilt, _ = turn(-20, 20)
    seen = coach_through(TURNING, play(7.8, tilt=tilt, knee_left=5, knee_right=5))
    assert seen.only.counted
    assert seen.only.end_s == pytest.approx(7.8, abs=0.1)


def test_touching_down_ends_it() -> None:
    down = Band(quantity=trunk_height_ratio, good=(0.6, None), fault=(0.4, None), origin=JUDGEMENT)
    touch = fault("touches_down", band=down, for_s=0.3, ends_rep=True, severity=Severity.INFO)
    tilt, length_s = turn(-20, 20)

    def trunk(until_s: float) -> Callable[[float], float]:
        return lambda t: 0.3 if 6.0 <= t < until_s else 1.0

    exercise = replace(TURNING, checks=(touch,))
    for until_s, because in ((6.2, None), (6.6, "touches down")):
        samples = play(length_s, tilt=tilt, knee_left=5, knee_right=5, trunk=trunk(until_s))
        assert coach_through(exercise, samples).reps[0].not_counted_because == because


def test_a_clip_may_begin_in_the_end_position() -> None:
    folded = bowing(
        start_optional=True,
        ending=Ending.LAST_HOLD,
        phases=(Phase("up", enter=torso < 40), Phase("fold", enter=torso > 60, hold=HOLD)),
    )
    seen = coach_through(folded, play(10, torso=path((6, 90), (8, 5))))
    assert seen.only.counted
    assert seen.only.holds[0].duration_s == pytest.approx(6, abs=0.3)


# -- levels -----------------------------------------------------------------------------------------------------------

LYING = Posture("lying", trunk_height_ratio < 0.5)
LEVELS = lifting(
    levels=(
        Level(id="low", title="low", recognised_by=working(knee_flexion_deg) < 20),
        Level(id="high", title="high", recognised_by=working(knee_flexion_deg) > 25),
        Level(id="lying", title="lying", posture=LYING),
    )
)


@pytest.mark.parametrize(("rest", "level"), [(5.0, "low"), (30.0, "high")])
def test_a_level_is_recognised_at_rest(rest: float, level: str) -> None:
    knees = path((2, rest), (4, 100), (5, 100), (7, rest))
    seen = coach_through(LEVELS, play(10, knee_left=knees, knee_right=rest))
    assert [event.level for event in seen.events if isinstance(event, LevelRecognised)] == [level]
    assert len(seen.counted) == 1


def test_a_level_that_is_not_recognised_is_the_first_in_whose_posture_one_is() -> None:
    seen = coach_through(LEVELS, play(10, knee_left=lifts(2), knee_right=REST, trunk=0.0))
    assert len(seen.counted) == 1
    assert not [event for event in seen.events if isinstance(event, LevelRecognised)]
