"""One movement to each side of rest, in either order; and movements that are complete with their hold."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from formcheck.body.view import View, ViewSeen
from formcheck.exercise.quantities import change, peak, travel
from formcheck.exercise.reasons import Code
from formcheck.exercise.words import (
    ARTICLE,
    JUDGEMENT,
    REP,
    Band,
    Context,
    Hold,
    Movement,
    Severity,
    at_least,
    falls,
    rises,
)

from .made_up import FPS, Path, as_stated, bowing, coach_through, drop, fault, path, play, tilt, torso, trunk

HOLD = Hold(seconds=2.0, origin=ARTICLE)
TURNING = bowing(
    movement=(
        Movement(position="toward", witnesses=(falls(tilt, by=10),), hold=HOLD, lasts=True),
        Movement(position="away", witnesses=(rises(tilt, by=10),), hold=HOLD, lasts=True),
    ),
)


def turn(*levels: float, rest: float = 0.0) -> tuple[Path, float]:
    """Return a turn to each level, 2 s held and 1 s between, and its length; ends square."""
    points, now = [(0.0, rest)], 2.0
    for level in (*levels, 0.0):
        points += [(now, points[-1][1]), (now + 1, rest + level)]
        now += 3.0
    return path(*points), now + 1


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("rest", [0.0, 7.0])
@pytest.mark.parametrize(
    ("levels", "counted"),
    [
        ((-20, 20), 1), ((20, -20), 1), ((-20, 0, 20), 1), ((20,), 0),
        ((-20, 20, -20, 20), 2), ((-20, 20, 0, 20, -20), 2),
    ],
)  # fmt: skip
def test_both_turns_in_either_order(levels: tuple[float, ...], counted: int, fps: float, rest: float) -> None:
    level, length_s = turn(*levels, rest=rest)
    seen = coach_through(TURNING, play(length_s, fps, tilt=level, view=ViewSeen.FRONT))
    assert len(seen.counted) == counted
    for rep in seen.counted:
        assert {hold.id for hold in rep.holds} == {"toward", "away"}


def test_what_changes_is_compared_with_rest_and_not_with_the_other_side_from_which_one_came() -> None:
    level, length_s = turn(-20, 20, -20, 20)
    farthest = Band(quantity=peak(change(tilt)), good=(None, 24), fault=(None, 30), origin=JUDGEMENT)
    exercise = replace(TURNING, checks=(fault(band=farthest, during=REP, for_s=0.0),))
    seen = coach_through(exercise, play(length_s, tilt=level, view=ViewSeen.FRONT))
    assert [check.value for rep in seen.counted for check in rep.checks] == pytest.approx([20, 20], abs=1)


def test_twice_to_the_same_side_is_an_attempt_and_the_next_turn_makes_a_repetition() -> None:
    level, length_s = turn(-20, 0, -20, 20)
    seen = coach_through(TURNING, play(length_s, tilt=level, view=ViewSeen.FRONT))
    assert seen.codes == [Code.ONE_DIRECTION, None]
    because = seen.reps[0].not_counted_because
    assert because is not None
    assert because.words == {"position": "toward"}


@pytest.mark.parametrize(("level", "words"), [(-20.0, "toward"), (20.0, "away")])
def test_a_turn_to_one_side_only_says_to_which(level: float, words: str) -> None:
    way, length_s = turn(level)
    seen = coach_through(TURNING, play(length_s, tilt=way, view=ViewSeen.FRONT))
    assert seen.why is Code.ONE_DIRECTION
    assert seen.only.not_counted_because is not None
    assert seen.only.not_counted_because.words == {"position": words}


def test_a_turn_that_stops_half_way_says_how_far_it_came() -> None:
    way, length_s = turn(-20, 0, 7)
    seen = coach_through(TURNING, play(length_s, tilt=way, view=ViewSeen.FRONT))
    assert Code.TOO_SHORT_A_WAY in seen.codes
    assert not seen.counted


def test_a_repetition_that_ends_with_its_last_hold_needs_no_return() -> None:
    way, _ = turn(-20, 20)
    seen = coach_through(TURNING, play(7.8, tilt=way, view=ViewSeen.FRONT))
    assert seen.only.counted
    assert seen.only.end_s == pytest.approx(7.8, abs=0.1)


def test_touching_down_ends_it() -> None:
    down = Band(quantity=trunk, good=(0.6, None), fault=(0.4, None), origin=JUDGEMENT)
    touch = fault("touches_down", band=down, during="rep", for_s=0.3, ends_rep=True, severity=Severity.INFO)
    way, length_s = turn(-20, 20)

    def height(until_s: float) -> Callable[[float], float]:
        return lambda t: 0.3 if 6.0 <= t < until_s else 1.0

    exercise = replace(TURNING, checks=(touch,))
    for until_s, because in ((6.2, None), (6.6, Code.ENDED_BY_FAULT)):
        samples = play(length_s, tilt=way, trunk=height(until_s), view=ViewSeen.FRONT)
        assert coach_through(exercise, samples).codes == [because]


@pytest.mark.parametrize("fps", FPS)
def test_rest_does_not_creep_along_with_a_slow_turn(fps: float) -> None:
    """Within any second it turns by less than what is taken for keeping still."""
    slowly = path((11, 0), (23, -20), (26, -20), (27, 0), (28, 0), (29, 20), (32, 20), (33, 0))
    seen = coach_through(TURNING, play(36, fps, tilt=slowly, view=ViewSeen.FRONT))
    assert seen.codes == [None]
    assert {hold.id for hold in seen.only.holds} == {"toward", "away"}


@pytest.mark.parametrize(("up_s", "codes"), [(10.3, [None]), (14.0, [None, Code.ONE_DIRECTION])])
def test_the_way_out_of_the_context_is_no_turn(up_s: float, codes: list[Code | None]) -> None:
    """Who comes up from the hinge rolls the hips on the way; who turned well before has made a turn."""
    hinged = replace(TURNING, context=Context("hinged", trunk < 0.5))
    way = path((1, 0), (2, -20), (4, -20), (5, 0), (5.5, 0), (6, 20), (8, 20), (8.5, 0), (8.6, 0), (11.6, 20))

    def rolls(time_s: float) -> float:
        return way(time_s) if time_s < up_s + 0.2 else math.nan

    seen = coach_through(hinged, play(20, tilt=rolls, trunk=path((up_s, 0), (up_s + 0.3, 1)), view=ViewSeen.FRONT))
    assert seen.codes == codes


TURNED = fault(
    "no_rotation",
    band=at_least(travel(tilt), good=50, acceptable=45, fault=40, origin=JUDGEMENT),
    during=("toward", "away"),
    for_s=4.5,
)


@pytest.mark.parametrize(
    ("levels", "stay_s", "verdict"),
    [((-15, 15), 2.0, "fault"), ((-15, 15), 1.2, "not_assessed"), ((-30, 30), 2.0, "good"), ((-30, 30), 1.2, "good")],
)
def test_how_far_one_turned_is_a_fault_only_where_it_was_held(
    levels: tuple[float, float], stay_s: float, verdict: str
) -> None:
    toward, away = levels
    points, now = [(2.0, 0.0)], 2.0
    for level in (toward, away, 0.0):
        points += [(now + 0.8, level), (now + 0.8 + stay_s, level)]
        now += 0.8 + stay_s
    exercise = replace(TURNING, checks=(TURNED,))
    seen = coach_through(exercise, play(now + 2, tilt=path(*points), view=ViewSeen.FRONT))
    assert seen.only.counted
    assert seen.check("no_rotation").band == verdict


FOLDING = bowing(
    movement=Movement(position="fold", witnesses=(rises(torso, by=60, to=65),), hold=HOLD, lasts=True),
)


def test_a_clip_may_begin_and_end_in_a_position_that_lasts() -> None:
    begins = coach_through(FOLDING, play(10, torso=path((6, 90), (8, 5))))
    assert begins.only.counted
    assert begins.only.holds[0].duration_s == pytest.approx(6, abs=0.3)
    ends = coach_through(FOLDING, play(10, torso=path((2, 5), (4, 90))))
    assert ends.only.counted
    assert ends.only.holds[0].duration_s == pytest.approx(6, abs=0.3)
    whole = coach_through(FOLDING, play(10, torso=90.0))
    assert whole.only.counted


@pytest.mark.parametrize(("error", "assessed", "held_s"), [(0.0, True, 2.0), (0.2, False, 5.0)])
def test_a_hold_that_only_the_error_breaks_off_is_not_called_short(error: float, assessed: bool, held_s: float) -> None:
    """It wobbles by 0.12 T; where the signal reads to within 0.2 T nobody can say that it was not kept all the time."""
    height = replace(as_stated(drop), measured_in="T", error={View.SIDE: error or 0.01})
    exercise = bowing(
        movement=Movement(position="low", witnesses=(rises(height, by=0.3),), hold=Hold(seconds=4.0, origin=ARTICLE))
    )
    wobble = path((2, 0), (3, 0.6), (5, 0.6), (5.8, 0.5), (6.6, 0.6), (8, 0.6), (9, 0))
    samples = [
        replace(item, measures={**item.measures, height.name: wobble(item.time_s)}) for item in play(11, torso=5.0)
    ]
    seen = coach_through(exercise, samples)
    assert [found.id for found in seen.only.faults] == (["short_hold"] if assessed else [])
    assert (seen.only.holds[0].not_assessed_because is None) == assessed
    assert seen.only.holds[0].duration_s == pytest.approx(held_s, abs=0.3)
