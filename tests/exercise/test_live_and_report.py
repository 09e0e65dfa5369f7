"""What is told live is what the report says: one judge, with the errors as they ship."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formcheck.body.meter import Measured
from formcheck.body.view import View, ViewSeen
from formcheck.exercise.coach import Coach
from formcheck.exercise.events import Event, FaultSeen, RepDropped, RepFinished
from formcheck.exercise.quantities import change, near, other, working
from formcheck.exercise.reasons import Code
from formcheck.exercise.words import ARTICLE, JUDGEMENT, REP, START, Band, Movement, Severity, falls, rises
from samples.figure import DRILLS, best_view, movement, observe
from tests.runner import watch
from tests.samples.figure.test_knobs import SWEEPS

from .made_up import (
    BOW,
    KNEES,
    Path,
    bowing,
    coach_through,
    fault,
    hip_bend,
    knee_bend,
    lifting,
    path,
    play,
    tilt,
    torso,
    trips,
)

FAULTY = [(name, level, knob, values[-1]) for name, level, knob, values, *_ in SWEEPS if name in DRILLS][::3]
TURNING = bowing(
    fault(for_s=0.3),
    fault("always", during=REP, severity=Severity.MAJOR),
    movement=(
        Movement(position="toward", witnesses=(falls(tilt, by=10),), lasts=True),
        Movement(position="away", witnesses=(rises(tilt, by=10),), lasts=True),
    ),
)


def check_one_judge(events: Sequence[Event], *, one_waits: bool = False) -> None:
    """Check that what was told of each movement is what its result says, each fault as severe as it was told last.

    Parameters
    ----------
    events
        What was told, in order.
    one_waits
        A movement to and fro may wait for the way back, while another one is told of already.
    """
    untold: list[FaultSeen] = []
    of_both_legs: set[tuple[str, Severity]] = set()  # told of each leg, and listed once of the two
    for event in events:
        if isinstance(event, FaultSeen):
            untold.append(event)
        elif isinstance(event, RepFinished | RepDropped):
            rep = event.rep
            ours = [item for item in untold if rep.side in (None, item.side)]
            reported = {item.id: item.severity for item in rep.faults}
            if rep.side is None:
                of_both_legs |= set(reported.items())
            if one_waits or any(item.side != rep.side for item in ours):  # both legs' may leave something to one
                ours = [item for name in reported for item in up_to(ours, name, reported[name])]
            told: dict[str, Severity] = {}
            for item in ours:
                assert item.severity.rank >= told.get(item.id, Severity.INFO).rank, "it never gets better"
                told[item.id] = item.severity
                untold.remove(item)
            assert told == reported, rep
    assert not [item for item in untold if (item.id, item.severity) not in of_both_legs]


def up_to(told: list[FaultSeen], name: str, severity: Severity) -> list[FaultSeen]:
    """Return how often a fault was told until it was as severe as this."""
    ours = [item for item in told if item.id == name]
    last = next((i for i, item in enumerate(ours) if item.severity is severity), len(ours))
    return ours[: last + 1]


@pytest.mark.parametrize(("name", "level", "knob", "value"), FAULTY)
def test_live_and_report_agree_on_faults(name: str, level: str | None, knob: str, value: float) -> None:
    moving = movement(name, level, reps=1, knobs={knob: value})
    check_one_judge(watch(observe(moving, best_view(name), 10.0), name, level).events)


# -- whatever the body does -------------------------------------------------------------------------------------------


Gaps = list[tuple[float, float]]
Turns = list[tuple[float, ViewSeen]]


def way(points: list[tuple[float, float]]) -> Path:
    """Return a value that goes from level to level, each way in so many seconds."""
    times = [sum(step for step, _ in points[: i + 1]) for i in range(len(points))]
    return path((0.0, 5.0), *((time_s, level) for time_s, (_, level) in zip(times, points, strict=True)))


def ways(*levels: float) -> st.SearchStrategy[Path]:
    steps = st.sampled_from([0.2, 0.5, 1.0, 2.5])
    return st.lists(st.tuples(steps, st.sampled_from(levels)), min_size=4, max_size=12).map(way)


KNEE = ways(5, 20, 50, 60, 90, 120)
TRUNK = st.just(way([(1.0, 1.0)])) | ways(1, 1, 1, -1)
BREAKS = st.lists(st.tuples(st.floats(0, 15), st.sampled_from([0.1, 0.4, 1.0, 3.0])), max_size=3)
GAPS = BREAKS.map(lambda breaks: [(start_s, start_s + length_s) for start_s, length_s in breaks])
WHEN = {"fps": st.sampled_from([10.0, 30.0]), "gaps": GAPS, "cut_s": st.just(math.inf) | st.floats(1, 15)}
SOON = fault("soon", for_s=0.2)
ALWAYS = fault("always", during=REP, severity=Severity.MAJOR)
BY_VIEW = fault("by_view", during=REP, for_s=0.2, severity=Severity.MINOR, severity_in={View.FRONT: Severity.MAJOR})
OTHER = fault(
    "other", band=Band(quantity=change(other(knee_bend)), good=(None, 10), fault=(None, 40), origin=ARTICLE), during=REP
)


def seen_from(samples: list[Measured], turns: Turns) -> list[Measured]:
    """Return the same, seen from another view from each of these times on."""
    for time_s, view in turns:
        samples = [replace(item, view=view) if item.time_s >= time_s else item for item in samples]
    return samples


VIEWS = st.lists(st.tuples(st.floats(0, 12), st.sampled_from([ViewSeen.LEFT, ViewSeen.FRONT])), max_size=2)


@given(torso=KNEE, left=KNEE, right=KNEE, trunk=TRUNK, turns=VIEWS, **WHEN)
@settings(max_examples=25, deadline=None)
def test_of_a_movement_of_the_whole_body(
    torso: Path, left: Path, right: Path, trunk: Path, turns: Turns, fps: float, gaps: Gaps, cut_s: float
) -> None:
    rule = bowing(fault(severity=Severity.MAJOR), SOON, ALWAYS, BY_VIEW, fault("ends", during=REP, ends_rep=True))
    samples = play(16, fps, torso=torso, knee_left=left, knee_right=right, trunk=trunk, gaps=gaps)
    check_one_judge(coach_through(rule, seen_from(samples, turns), cut_s=cut_s).events)


@example(
    left=way([*[(0.2, 5.0)] * 8, (1.0, 5.0), (1.0, 50.0), (0.5, 90.0)]),
    right=way([*[(0.2, 5.0)] * 6, (1.0, 5.0), (0.2, 90.0), (2.5, 50.0), (0.2, 90.0)]),
    hip=way([(0.2, 5.0)] * 4),
    trunk=way([(1.0, 1.0)]),
    fps=10.0,
    gaps=[],
    cut_s=math.inf,
)
@given(left=KNEE, right=KNEE, hip=KNEE, trunk=TRUNK, **WHEN)
@settings(max_examples=25, deadline=None)
def test_of_a_movement_of_one_leg(
    left: Path, right: Path, hip: Path, trunk: Path, fps: float, gaps: Gaps, cut_s: float
) -> None:
    bent = Band(quantity=working(hip_bend), good=(None, 15), fault=(None, 40), origin=JUDGEMENT)
    rule = lifting(OTHER, ALWAYS, fault("hip", band=bent, during=REP, for_s=0.3))
    samples = play(16, fps, knee_left=left, knee_right=right, hip_left=hip, hip_right=hip, trunk=trunk, gaps=gaps)
    check_one_judge(coach_through(rule, samples, cut_s=cut_s).events)


@given(tilt=ways(0, 0, 5, 20, -20, 30, -30), knee=KNEE, trunk=TRUNK, **WHEN)
@settings(max_examples=25, deadline=None)
def test_of_a_movement_to_and_fro(tilt: Path, knee: Path, trunk: Path, fps: float, gaps: Gaps, cut_s: float) -> None:
    samples = play(16, fps, view=ViewSeen.FRONT, tilt=tilt, knee_left=knee, knee_right=knee, trunk=trunk, gaps=gaps)
    check_one_judge(coach_through(TURNING, samples, cut_s=cut_s).events, one_waits=True)


def test_a_fault_that_was_told_stays_though_it_lasts_only_for_a_part_of_a_long_hold() -> None:
    """It lasted for 30 % of the hold so far; of the whole hold it is less: told, so it stays."""
    rule = bowing(fault(for_s=0.5))
    seen = coach_through(
        rule, play(20, torso=trips(90, hold_s=9), knee_left=path((4.5, 5), (5, 60), (6, 60), (6.5, 5)))
    )
    assert [event.id for event in seen.told] == ["bad"]
    assert seen.told[0].time_s < 6.5
    assert seen.faults("bad")


def test_what_was_told_is_told_once() -> None:
    seen = coach_through(bowing(fault()), play(20, torso=trips(90, hold_s=9), knee_left=60))
    assert [(event.id, event.severity) for event in seen.told] == [("bad", Severity.MINOR)]


def test_a_fault_stays_found_when_the_later_part_outweighs_it() -> None:
    """The knee is seen only at first: of the whole movement too little, so that only what was told is left."""
    unseen = float("nan")
    rule = bowing(fault())
    samples = play(20, torso=trips(90, hold_s=9), knee_left=lambda t: 60.0 if t < 7 else unseen)
    seen = coach_through(rule, samples)
    assert [event.id for event in seen.told] == ["bad"]
    assert seen.check("bad").band == "fault"
    assert seen.faults("bad")


def test_what_gets_worse_is_told_again() -> None:
    """A knee that is bent by 45° is hardly past 40°; by 80° it surely is."""
    knees = path((4.5, 5), (5, 45), (8, 45), (8.5, 80))
    seen = coach_through(bowing(fault(severity=Severity.MAJOR)), play(20, torso=trips(90, hold_s=9), knee_left=knees))
    assert [event.severity for event in seen.told] == [Severity.MINOR, Severity.MAJOR]
    assert [item.severity for item in seen.faults("bad")] == [Severity.MAJOR]


def test_what_only_the_end_shows_to_be_worse_is_told_again_then() -> None:
    """Under way 1 s is asked for, in the end 30 % of the position: 110° lasted for between the two."""
    knees = path((3.0, 45), (4.15, 45), (4.2, 110), (5.0, 110), (5.05, 5))
    samples = play(12, torso=trips(90, hold_s=1.0), knee_left=knees)
    seen = coach_through(bowing(fault(severity=Severity.MAJOR)), samples)
    told = [event for event in seen.told if event.id == "bad"]
    assert [event.severity for event in told] == [Severity.MINOR, Severity.MAJOR]
    assert told[0].time_s < seen.only.end_s < told[1].time_s
    assert [item.severity for item in seen.faults("bad")] == [Severity.MAJOR]


def test_what_was_told_as_major_stays_so_though_landmarks_are_doubted_later() -> None:
    samples = play(20, torso=trips(90, hold_s=9), knee_left=52)
    doubted = [replace(item, visibility=(0.1,) * 33) if item.time_s > 6 else item for item in samples]
    seen = coach_through(bowing(fault(severity=Severity.MAJOR)), doubted)
    assert [event.severity for event in seen.told] == [Severity.MAJOR]
    assert [item.severity for item in seen.faults("bad")] == [Severity.MAJOR]
    late = [replace(item, visibility=(0.1,) * 33) for item in samples]
    assert [item.severity for item in coach_through(bowing(fault(severity=Severity.MAJOR)), late).faults("bad")] == [
        Severity.MINOR
    ]


def test_the_measure_that_makes_a_fault_worst_is_reported() -> None:
    """The hip is far past its limit, but judged with low confidence only: the knee makes the fault major."""
    unsure = Band(quantity=near(hip_bend), good=(None, 15), fault=(None, 25), origin=JUDGEMENT)
    rule = bowing(fault(band=(unsure, KNEES), severity=Severity.MAJOR))
    seen = coach_through(rule, play(12, torso=trips(90), knee_left=60, hip_left=110))
    assert {result.measure for result in seen.only.checks if result.band == "fault"} == {
        f"near {knee_bend.name}", f"near {hip_bend.name}",
    }  # fmt: skip
    assert [(item.severity, item.limit) for item in seen.faults("bad")] == [(Severity.MAJOR, 40)]
    assert [event.severity for event in seen.told][-1:] == [Severity.MAJOR]


# -- what came to nothing ---------------------------------------------------------------------------------------------


def test_a_movement_that_nothing_came_of_is_listed_with_what_was_told_of_it() -> None:
    """It is given up on the way: for most of it the body is in another position."""
    rule = bowing(SOON)
    away = path((0, 1), (2.2, 1), (2.25, -1), (3.7, -1), (3.8, 1))
    levels = path((1.5, 5), (2.1, 90), (3.0, 90), (3.3, 5), (6, 5), (8, 90), (11, 90), (13, 5))
    seen = coach_through(rule, play(16, torso=levels, knee_left=60, trunk=away))
    assert seen.codes == [Code.CAME_TO_NOTHING, None]
    assert [item.id for item in seen.reps[0].faults] == ["soon"]
    assert seen.reps[0].end_s < 5
    check_one_judge(seen.events)


@pytest.mark.parametrize("cut_s", [2.3, math.inf])
def test_what_was_told_just_before_a_cut_or_the_end_is_listed(cut_s: float) -> None:
    rule = bowing(fault("always", during=REP, for_s=0.1))
    seen = coach_through(rule, play(2.3, 60, torso=path((2, 5), (2.3, 90)), knee_left=60), cut_s=cut_s)
    assert [event.id for event in seen.told] == ["always"]
    assert seen.codes == [Code.CAME_TO_NOTHING]
    check_one_judge(seen.events)


def test_of_two_turns_to_one_side_each_keeps_its_own_faults() -> None:
    turns = path(
        (2, 0), (3, -20), (5, -20), (6, 0), (8, 0), (9, -20), (11, -20), (12, 0), (14, 0), (15, 20), (17, 20), (18, 0)
    )
    knees = path((8.5, 5), (9, 60), (11, 60), (11.5, 5))
    seen = coach_through(TURNING, play(21, view=ViewSeen.FRONT, tilt=turns, knee_left=knees, knee_right=knees))
    assert seen.codes == [Code.ONE_DIRECTION, None]
    assert [[item.id for item in rep.faults] for rep in seen.reps] == [[], ["bad", "always"]]


def test_what_only_the_whole_repetition_shows_is_told_with_it() -> None:
    band = Band(quantity=torso, good=(None, 80), fault=(None, 120), origin=JUDGEMENT)
    rule = bowing(fault("start", band=KNEES, during=START, for_s=0.5), fault("far", band=band))
    seen = coach_through(rule, play(11, torso=BOW, knee_left=60))
    assert [event.id for event in seen.told] == ["start"]
    assert seen.told[0].time_s > seen.only.end_s


@pytest.mark.parametrize("fps", [10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("seed", range(4))
def test_the_hold_that_is_shown_never_runs_ahead_of_the_one_recorded(fps: float, seed: int) -> None:
    """Held with a wobble or two; the longest shown is the length recorded, up to 0.4 s."""
    rng = random.Random(seed)
    points = [(2.0, 5.0), (4.0, 90.0)]
    for _ in range(4):
        points.append((points[-1][0] + rng.uniform(0.8, 3.0), 90.0))
        points.append((points[-1][0] + rng.uniform(0.2, 0.8), rng.uniform(55, 90)))
        points.append((points[-1][0] + rng.uniform(0.2, 0.8), 90.0))
    points += [(points[-1][0] + 1.5, 90.0), (points[-1][0] + 3.5, 5.0)]
    coach = Coach(bowing())
    shown = 0.0
    for sample in play(points[-1][0] + 3, fps, torso=path(*points)):
        coach.step(sample)
        shown = max(shown, coach.progress().hold_s or 0.0)
    (rep,) = coach.reps
    assert shown <= rep.holds[0].duration_s + 0.4
    assert shown >= rep.holds[0].duration_s - 0.6
