"""Left and right, both together, and levels: who moved, and what one movement says of the next."""

import math

import pytest

from formcheck.body.view import ViewSeen
from formcheck.exercise.events import LevelRecognised, RepTakenBack
from formcheck.exercise.quantities import change, each, other, working
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.words import (
    ARTICLE,
    JUDGEMENT,
    REP,
    START,
    Attribute,
    Band,
    Context,
    Level,
    Movement,
    Sequel,
    Severity,
    Start,
    rises,
)

from .made_up import (
    FPS,
    Path,
    bowing,
    coach_through,
    drop,
    fault,
    knee_bend,
    lean,
    lifting,
    lifts,
    path,
    play,
    torso,
    trips,
    trunk,
    unjudged,
)

REST = 5.0


@pytest.mark.parametrize("fps", FPS)
def test_sides_alternate(fps: float) -> None:
    seen = coach_through(lifting(), play(28, fps, knee_left=lifts(2, 16), knee_right=lifts(9, 22)))
    assert [rep.side for rep in seen.counted] == ["left", "right", "left", "right"]
    assert len(seen.reps) == 4
    for rep, start in zip(seen.reps, (2, 9, 16, 22), strict=True):
        assert (rep.start_s, rep.end_s) == pytest.approx((start, start + 5), abs=1 / fps + 0.06)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
@pytest.mark.parametrize("step_s", [0.3, 0.6])
def test_quick_legs_in_turn_all_count(fps: float, step_s: float) -> None:
    """As in high knees: one leg rises while the other one sinks."""
    left = lifts(*(2 + 2 * step_s * i for i in range(6)), move_s=step_s, stay_s=0.0)
    right = lifts(*(2 + step_s + 2 * step_s * i for i in range(6)), move_s=step_s, stay_s=0.0)
    seen = coach_through(lifting(), play(6 + 13 * step_s, fps, knee_left=left, knee_right=right))
    assert [rep.side for rep in seen.counted] == ["left", "right"] * 6


def test_only_the_side_asked_for() -> None:
    samples = play(15, knee_left=lifts(2), knee_right=lifts(9))
    assert [rep.side for rep in coach_through(lifting(), samples, side="right").reps] == ["right"]


# -- the other leg ----------------------------------------------------------------------------------------------------

STILL = fault(
    "still",
    band=Band(quantity=change(other(knee_bend)), good=(None, 10), fault=(None, 40), origin=ARTICLE),
    during=REP,
    for_s=0.4,
)


def test_a_fault_of_the_other_leg_is_one() -> None:
    sways = path((3, 5), (4, 55), (5.5, 55), (6.5, 5))
    seen = coach_through(lifting(STILL), play(11, knee_left=lifts(2, top=120, stay_s=3), knee_right=sways))
    assert [(rep.side, [found.id for found in rep.faults]) for rep in seen.counted] == [("left", ["still"])]


@pytest.mark.parametrize("fps", FPS)
def test_what_the_other_leg_does_in_its_own_repetition_is_no_fault_of_this_one(fps: float) -> None:
    samples = play(16, fps, knee_left=lifts(2, 8), knee_right=lifts(5, 11))
    seen = coach_through(lifting(STILL), samples)
    assert [rep.side for rep in seen.counted] == ["left", "right", "left", "right"]
    assert not seen.faults("still")
    assert not seen.told


def test_where_the_other_leg_moved_for_most_of_the_time_nothing_is_said_of_it() -> None:
    """It begins its own repetition before half of this one is over."""
    samples = play(20, knee_left=lifts(3, stay_s=0.2), knee_right=lifts(4.4, move_s=2.0, stay_s=0.2))
    seen = coach_through(lifting(STILL), samples)
    assert [rep.side for rep in seen.counted] == ["left", "right"]
    reasons = [unjudged(check) for rep in seen.counted for check in rep.checks]
    assert "the other leg was making its own repetition" in reasons


@pytest.mark.parametrize(("at_s", "listed"), [(3.0, ["left"]), (9.0, ["left", "right"])])
def test_what_the_other_leg_does_meanwhile_is_no_attempt_of_its_own(at_s: float, listed: list[str]) -> None:
    sways = path((at_s, 5), (at_s + 1, 45), (at_s + 2, 45), (at_s + 3, 5))
    seen = coach_through(lifting(), play(16, knee_left=lifts(2), knee_right=sways))
    assert [rep.side for rep in seen.reps] == listed
    assert [rep.side for rep in seen.counted] == ["left"]


# -- both legs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("apart_s", "counted"), [(0.0, 0), (0.3, 0), (1.25, 0), (2.2, 2)])
def test_both_legs_together_are_no_repetition_of_either_and_said_once(fps: float, apart_s: float, counted: int) -> None:
    seen = coach_through(lifting(), play(12, fps, knee_left=lifts(2), knee_right=lifts(2 + apart_s)))
    assert len(seen.counted) == counted
    if not counted:
        assert (seen.why, seen.only.side, seen.only.checks) == (Code.BOTH_SIDES, None, ())


@pytest.mark.parametrize("apart_s", [1.45, 1.9])
def test_legs_that_are_up_together_for_less_than_half_of_the_time_take_turns(apart_s: float) -> None:
    """Over 60 of 85°, each for 2.5 s: together for 1.0 s or 0.6 s."""
    seen = coach_through(lifting(), play(14, knee_left=lifts(2), knee_right=lifts(2 + apart_s)))
    assert [rep.side for rep in seen.counted] == ["left", "right"]


@pytest.mark.parametrize(("rise", "together"), [(66.0, False), (74.0, True)])
def test_a_far_leg_that_is_dragged_along_is_none_of_both(rise: float, together: bool) -> None:
    """It rises by just under or over six tenths of the other one's 115°, each time far enough to count."""
    seen = coach_through(lifting(), play(12, knee_left=lifts(2, top=120), knee_right=lifts(2, top=5 + rise)))
    assert seen.codes == ([Code.BOTH_SIDES] if together else [None])
    assert [rep.side for rep in seen.counted] == ([] if together else ["left"])


def test_a_leg_that_goes_only_part_of_the_way_beside_a_repetition_is_nothing() -> None:
    dragged = path((2, 5), (3.6, 60), (3.7, 60), (5.2, 5))
    seen = coach_through(lifting(), play(12, knee_left=lifts(2), knee_right=dragged))
    assert [rep.side for rep in seen.reps] == ["left"]


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
@pytest.mark.parametrize(("up_s", "together"), [(0.2, False), (1.2, True)])
def test_a_leg_that_is_up_for_a_moment_did_not_move_together_with_the_other_one(
    fps: float, up_s: float, together: bool
) -> None:
    """The left one has been up for 7 s; the right one seems to be for less than a tenth of that, or for more."""
    glimpsed = path((9.3, 5), (9.6, 100), (9.6 + up_s, 100), (9.9 + up_s, 5))
    seen = coach_through(lifting(), play(16, fps, knee_left=lifts(2, stay_s=7.0), knee_right=glimpsed))
    assert seen.codes == ([Code.BOTH_SIDES] if together else [None])
    assert seen.only.side == (None if together else "left")


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("right", "counted"), [(90.0, True), (40.0, False), (math.nan, True)])
def test_each_wants_both_sides_that_are_seen(fps: float, right: float, counted: bool) -> None:
    exercise = bowing(movement=Movement(position="up", witnesses=(rises(each(knee_bend), by=60),)))
    knee: Path | float = right if math.isnan(right) else trips(right)
    assert len(coach_through(exercise, play(11, fps, knee_left=trips(90), knee_right=knee)).counted) == counted


# -- a movement of the whole body to a side -----------------------------------------------------------------------------

LUNGING = bowing(
    side_is="the bent leg",
    start=Start("standing", drop < 0.3),
    movement=Movement(
        position="bottom", witnesses=(rises(drop, by=0.08),), of_this_side=working(knee_bend) > 40
    ),
    attributes=(Attribute("leaned", lean > 10),),
)  # fmt: skip


def drops(*starts_s: float, depth: float = 0.2) -> Path:
    return lifts(*starts_s, top=depth, rest=0.0)


def test_a_movement_of_the_whole_body_belongs_to_the_side_that_it_went_to() -> None:
    samples = play(17, drop=drops(2, 9), knee_left=lifts(2), knee_right=lifts(9), view=ViewSeen.FRONT)
    seen = coach_through(LUNGING, samples)
    assert [(rep.side, rep.counted) for rep in seen.reps] == [("left", True), ("right", True)]


def test_a_movement_to_neither_side_counts_for_none() -> None:
    samples = play(10, drop=drops(2), knee_left=lifts(2, top=20), knee_right=lifts(2, top=20))
    assert not coach_through(LUNGING, samples).counted


def test_attributes_are_facts_of_a_repetition() -> None:
    leaning = path((9, 0), (10, 20), (11, 0))
    samples = play(17, drop=drops(2, 9), knee_left=lifts(2), knee_right=lifts(9), lean=leaning)
    facts = [dict(rep.attributes) for rep in coach_through(LUNGING, samples).reps]
    assert facts == [{"leaned": False}, {"leaned": True}]


# -- sequels and set-up -------------------------------------------------------------------------------------------------

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


@pytest.mark.parametrize(("right_from_s", "skipped"), [(6.5, True), (9.0, False)])
def test_changing_sides_without_the_start_in_between(right_from_s: float, skipped: bool) -> None:
    exercise = lifting(start=Start("plank", each(knee_bend) < 15), sequels=(SKIPPED,))
    left = path((2, 5), (4, 90), (6, 90), (8, 20 if skipped else 5), (12, 20 if skipped else 5))
    seen = coach_through(exercise, play(16, knee_left=left, knee_right=lifts(right_from_s)))
    assert [(rep.side, rep.counted) for rep in seen.reps] == [("left", True), ("right", True)]
    assert [found.side for found in seen.faults("plank_skipped")] == (["right"] if skipped else [])


def test_a_set_up_fault_of_a_leg_is_told_once_a_set_for_each_leg() -> None:
    bent = Band(quantity=working(knee_bend), good=(None, 15), fault=(None, 30), origin=JUDGEMENT)
    both = Band(quantity=torso, good=(None, 5), fault=(None, 40), origin=JUDGEMENT)
    exercise = lifting(
        fault("legs", band=bent, during=START, for_s=1.0), fault("leaning", band=both, during=START, for_s=1.0)
    )
    samples = play(
        31, knee_left=lifts(2, 16, top=120, rest=36), knee_right=lifts(9, 23, top=120, rest=36), torso=70.0
    )  # fmt: skip
    seen = coach_through(exercise, samples)
    assert [rep.side for rep in seen.counted] == ["left", "right", "left", "right"]
    assert [(found.rep, found.side) for found in seen.faults("legs")] == [(1, "left"), (2, "right")]
    assert [found.rep for found in seen.faults("leaning")] == [1]


def test_a_leg_that_sways_on_the_other_ones_way_up_is_not_listed() -> None:
    """As the far leg does in the landmarks, which is not always at the same time."""
    swaying = path((3.4, REST), (4.0, 50), (4.6, 50), (5.2, REST))
    seen = coach_through(lifting(), play(16, knee_left=lifts(2, move_s=4.0), knee_right=swaying))
    assert [(rep.side, rep.counted) for rep in seen.reps] == [("left", True)]


# -- levels -------------------------------------------------------------------------------------------------------------

LYING = Context("lying", trunk < 0.5)
LEVELS = lifting(
    levels=(
        Level(id="low", title="low", recognised_by=working(knee_bend) < 20),
        Level(id="high", title="high", recognised_by=working(knee_bend) > 25),
        Level(id="lying", title="lying", context=LYING),
    )
)


@pytest.mark.parametrize(("rest", "level"), [(5.0, "low"), (30.0, "high")])
def test_a_level_is_recognised_at_rest(rest: float, level: str) -> None:
    knees = path((2, rest), (4, 100), (5, 100), (7, rest))
    seen = coach_through(LEVELS, play(10, knee_left=knees, knee_right=rest))
    assert [event.level for event in seen.events if isinstance(event, LevelRecognised)] == [level]
    assert len(seen.counted) == 1


def test_a_level_of_its_own_context_is_recognised_by_it() -> None:
    seen = coach_through(LEVELS, play(10, knee_left=lifts(2), knee_right=REST, trunk=-0.5))
    assert [event.level for event in seen.events if isinstance(event, LevelRecognised)] == ["lying"]
    assert len(seen.counted) == 1


@pytest.mark.parametrize("again", [1, 2])
def test_two_of_another_level_make_it_the_level_and_take_back_what_counted_before(again: int) -> None:
    """One may come into position by a movement that is itself a level: of the dead bug, for example."""
    standing = (12, 20)[:again]
    seen = coach_through(
        LEVELS, play(28, knee_left=lifts(2, *standing), knee_right=REST, trunk=path((8, -0.5), (8.5, 0.9)))
    )
    levels = [event.level for event in seen.events if isinstance(event, LevelRecognised)]
    taken_back = [event.rep for event in seen.events if isinstance(event, RepTakenBack)]
    if again == 1:
        assert (levels, taken_back, len(seen.counted)) == (["lying"], [], 1)
    else:
        assert levels == ["lying", "low"]
        assert [rep.not_counted_because for rep in taken_back] == [Reason(Code.OTHER_LEVEL)]
        assert [rep.start_s for rep in seen.counted] == pytest.approx([12, 20], abs=0.5)


def test_an_attempt_before_does_not_keep_a_level_from_being_recognised() -> None:
    knees = path((2, 30.0), (3, 75), (4, 75), (5, 30.0), (7, 30.0), (9, 100), (10, 100), (12, 30.0))
    seen = coach_through(LEVELS, play(15, knee_left=knees, knee_right=30.0))
    assert [rep.counted for rep in seen.reps] == [False, True]
    assert [event.level for event in seen.events if isinstance(event, LevelRecognised)] == ["high"]


@pytest.mark.parametrize(("rest", "severity"), [(5.0, Severity.MINOR), (30.0, Severity.MAJOR)])
def test_the_first_fault_is_as_severe_as_the_level_says_that_the_rest_shows(rest: float, severity: Severity) -> None:
    """While it happens, too: nobody has to wait for the repetition that names the level."""
    rule = lifting(fault(severity_at={"high": Severity.MAJOR}, during=REP, for_s=0.4), levels=LEVELS.levels)
    knees = path((2, rest), (4, 130), (5, 130), (7, rest))
    seen = coach_through(rule, play(10, knee_left=knees, knee_right=rest))
    assert [event.severity for event in seen.told] == [severity]
    assert seen.told[0].time_s < seen.only.end_s
    assert [item.severity for item in seen.faults("bad")] == [severity]
