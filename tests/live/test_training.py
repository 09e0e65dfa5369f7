"""Whole live sessions on posed landmarks: guided, paused, undone, and replayed to the same result."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from formcheck.capture.frame import SourceInfo
from formcheck.exercise.events import FaultSeen
from formcheck.exercise.reasons import Code
from formcheck.exercise.results import Rep
from formcheck.exercise.rulebook import load_rules
from formcheck.live.guide import Guidance
from formcheck.live.holds import HoldChanged
from formcheck.live.shown import Happening, LiveShown
from formcheck.live.training import Training
from formcheck.output.records import session_document
from formcheck.output.sentences import why_nothing
from formcheck.performance import State
from formcheck.pipeline import Options
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.replaying import replay
from samples.figure import best_view, movement, observe

SOURCE = SourceInfo("camera", "camera:0", 1280, 720, 30.0, 0, 0.0)
T = TypeVar("T")
Press = Callable[[Training, float], None]


class Lived:
    """A live session that is over."""

    def __init__(self, exercise: str, film: Sequence[Observation], path: Path, *, guided: bool, press: Press) -> None:
        self.happened: list[Happening] = []
        self.shown: list[LiveShown] = []
        with LandmarkWriter(path, SOURCE, "heavy") as writer:
            training = Training(load_rules([])[exercise], SOURCE, Options(), "heavy", guided=guided, writer=writer)
            for seen in film:
                update = training.see(seen)
                self.happened += update.happened
                self.shown.append(update.shown)
                press(training, seen.time_s)
            self.session, last = training.finish()
        self.happened += last

    def of(self, kind: type[T]) -> list[T]:
        return [item for item in self.happened if isinstance(item, kind)]

    @property
    def actions(self) -> list[Action]:
        return [item.action for item in self.of(Command)]


def nothing(_training: Training, _time_s: float) -> None:
    pass


def at(*presses: tuple[float, Action]) -> Press:
    """Press keys at these times."""
    left = list(presses)

    def press(training: Training, time_s: float) -> None:
        while left and time_s >= left[0][0]:
            training.press(left.pop(0)[1])

    return press


def live(
    exercise: str, tmp_path: Path, *, guided: bool = False, press: Press = nothing, fps: float = 10, **moves
) -> Lived:
    view = best_view(exercise)
    if guided:
        moves["calibrate_facing_deg"] = view.azimuth_deg
    film = observe(movement(exercise, **moves), view, fps)
    path = tmp_path / "landmarks.jsonl"
    lived = Lived(exercise, film, path, guided=guided, press=press)
    # Whatever happened, a replay obeys it: the same result to the last digit.
    again = replay(path, exercise)
    assert session_document(again) == session_document(lived.session)
    return lived


def because(rep: Rep) -> Code | None:
    """Return why a repetition does not count, None where it does."""
    assert rep.counted is (rep.not_counted_because is None)
    return None if rep.not_counted_because is None else rep.not_counted_because.code


EXERCISES = ["childs_pose", "dead_bug", "hip_90_90", "hip_airplane", "kettlebell_shift", "lateral_lunge", "plank_hip_flexion", "spiderman_lunge"]  # fmt: skip


@pytest.mark.parametrize(("exercise", "level"), [*((name, None) for name in EXERCISES), ("dead_bug", "harder")])
def test_the_guide_leads_to_the_first_repetition_by_itself(exercise: str, level: str | None, tmp_path: Path) -> None:
    lived = live(exercise, tmp_path, guided=True, reps=2, level=level)
    assert lived.actions == [Action.WAIT, Action.GO]
    assert lived.session.calibration.source == "standing"
    assert len(lived.session.counted) == 2
    steps = [item.step for item in lived.of(Guidance)]
    assert steps == sorted(steps, key=["frame", "calibrate", "start", "end_point", "done"].index)
    # What is said and what the outline shows agree.
    praised = [item for item in lived.shown if item.guidance is not None and item.guidance.say.startswith("Good.")]
    assert praised
    for item in praised:
        assert item.guidance is not None
        assert item.guidance.ghost is not None
        assert item.pose is not None
        assert item.guidance.ghost.differs(item.pose, item.torso_px) is None


def test_hip_flexion_finds_the_end_point_first(tmp_path: Path) -> None:
    lived = live("hip_flexion", tmp_path, guided=True, reps=4, hold_s=2.5)
    ends = [(item.side, item.deg) for item in lived.of(Command) if item.action is Action.END_POINT]
    assert [side for side, _ in ends] == ["right", "left"]
    assert len(lived.session.counted) == 2
    assert lived.session.settings["end_point_deg"] == [ends[1][1], ends[0][1]]


def test_who_does_not_keep_still_at_the_end_point_is_told_so_and_soon_trains(tmp_path: Path) -> None:
    lived = live("hip_flexion", tmp_path, guided=True, reps=6, hold_s=0.1, knobs={"rep_time_s": 2.5})
    asked = [item for item in lived.of(Guidance) if item.step == "end_point"]
    assert [item.say.partition(":")[0] for item in asked[1:4]] == [
        "Keep still right there.", "Not long enough", "Keep still right there.",
    ]  # fmt: skip
    assert all("Key n" in item.hint for item in asked)
    assert any(item.say == "Going on without your end point." for item in lived.of(Guidance))
    assert lived.actions == [Action.WAIT, Action.GO]
    assert len(lived.session.counted) >= 3


def test_who_lifts_nothing_is_not_kept_waiting_for_an_end_point(tmp_path: Path) -> None:
    ready_s = next(
        item.time_s
        for item in live("hip_flexion", tmp_path, guided=True, reps=4, hold_s=2.5).shown
        if item.guidance is not None and item.guidance.step == "end_point"
    )
    view = best_view("hip_flexion")
    film = observe(movement("hip_flexion", reps=4, hold_s=2.5, calibrate_facing_deg=view.azimuth_deg), view, 10)
    still = next(item for item in film if item.time_s >= ready_s)
    assert still.pose is not None
    film = [item for item in film if item.time_s < ready_s]
    film += [
        Observation(t, replace(still.pose, time_s=t)) for t in (round(ready_s + tick / 10, 1) for tick in range(200))
    ]
    lived = Lived("hip_flexion", film, tmp_path / "landmarks.jsonl", guided=True, press=nothing)
    assert lived.actions == [Action.WAIT, Action.GO]


def test_a_session_that_ends_in_the_set_up_says_why_nothing_was_counted(tmp_path: Path) -> None:
    lived = live("hip_flexion", tmp_path, guided=True, reps=1, hold_s=2.5)
    assert lived.session.reps == ()
    assert lived.session.nothing_counted_because is not None
    assert "--no-guide" in why_nothing(lived.session.nothing_counted_because)


def test_without_a_guide_it_counts_from_the_first_frame(tmp_path: Path) -> None:
    lived = live("lateral_lunge", tmp_path, reps=2)
    assert lived.actions == []
    assert len(lived.session.counted) == 2
    assert [item.what for item in lived.of(HoldChanged)] == ["started", "enough", "ended"] * 2


def test_pausing_closes_the_movement_and_counts_nothing(tmp_path: Path) -> None:
    first = live("lateral_lunge", tmp_path, reps=3)
    second = first.session.reps[1]
    press = at((second.start_s + 3.0, Action.PAUSE), (second.end_s + 1.0, Action.PAUSE))
    lived = live("lateral_lunge", tmp_path, reps=3, press=press)
    assert lived.actions == [Action.PAUSE, Action.RESUME]
    assert [because(rep) for rep in lived.session.reps] == [None, Code.PAUSED, None]
    assert {item.state for item in lived.shown} == {State.COUNTING, State.PAUSED}


def test_taking_back_leaves_the_repetition_listed(tmp_path: Path) -> None:
    lived = live("lateral_lunge", tmp_path, reps=2, press=at((1e9, Action.UNDO)))
    end_s = lived.session.reps[0].end_s
    lived = live("lateral_lunge", tmp_path, reps=2, press=at((end_s + 3.0, Action.UNDO)))
    assert [because(rep) for rep in lived.session.reps] == [Code.TAKEN_BACK, None]
    assert lived.shown[-1].counts == {"left": 1, "right": 0}


@pytest.mark.parametrize(("again_after_s", "sets"), [((), [1, 1]), ((1.0,), [1, 2]), ((3.5,), [1, 1])])
def test_starting_again_is_asked_for_twice_and_keeps_the_earlier_set(
    again_after_s: tuple[float, ...], sets: list[int], tmp_path: Path
) -> None:
    asked_s = live("lateral_lunge", tmp_path, reps=2).session.reps[0].end_s + 0.3  # the next begins after 1.5 s
    press = at(*((asked_s + after_s, Action.RESTART) for after_s in (0.0, *again_after_s)))
    lived = live("lateral_lunge", tmp_path, reps=2, press=press)
    assert [lived.session.set_of(rep) for rep in lived.session.reps] == sets
    assert all(rep.counted for rep in lived.session.reps)
    assert lived.actions.count(Action.RESTART) == sets.count(2)
    # The counters are those of the set that is under way.
    assert sum(lived.shown[-1].counts.values()) == sets.count(sets[-1])


def test_what_the_first_press_says() -> None:
    training = Training(load_rules([])["lateral_lunge"], SOURCE, Options(), "heavy", guided=False)
    said = training.press(Action.RESTART)
    assert said is not None
    assert "again" in said
    assert training.press(Action.RESTART) is None


def test_the_next_side_is_announced_and_can_be_changed(tmp_path: Path) -> None:
    lived = live("lateral_lunge", tmp_path, reps=2, press=at((1.0, Action.NEXT_SIDE)))
    shown = [item.next_side for item in lived.shown]
    assert (shown[0], shown[20], shown[-1]) == ("left", "right", "right")
    assert [item.side for item in lived.of(Command)] == ["right"]


def test_before_the_first_repetition_keys_only_skip_steps(tmp_path: Path) -> None:
    press = at((0.5, Action.PAUSE), (0.6, Action.RESTART), (0.7, Action.UNDO), (0.8, Action.NEXT_SIDE))
    lived = live("lateral_lunge", tmp_path, guided=True, reps=1, press=press)
    assert lived.actions == [Action.WAIT, Action.GO]
    asked = [item for item in lived.of(Guidance) if item.step == "start"]
    assert len(asked) > 0


def test_another_model_is_recorded(tmp_path: Path) -> None:
    lived = live(
        "lateral_lunge", tmp_path, reps=1, press=lambda training, t: training.change_model("full") if t == 2.0 else None
    )
    assert lived.session.model == "heavy, full"


@pytest.mark.parametrize("exercise", ["hip_airplane", "dead_bug"])
def test_never_ready_counts_nothing(exercise: str, tmp_path: Path) -> None:
    film = observe(movement(exercise, reps=1), best_view(exercise), 10)
    lived = Lived(exercise, film[:20], tmp_path / "landmarks.jsonl", guided=True, press=nothing)
    assert lived.session.reps == ()
    assert replay(tmp_path / "landmarks.jsonl", exercise).reps == ()


def test_one_picture_a_second_counts_nothing_wrong(tmp_path: Path) -> None:
    lived = live("lateral_lunge", tmp_path, reps=2, fps=1.0)
    assert len(lived.session.counted) <= 2
    assert not [fault for fault in lived.session.faults if fault.severity != "info"]


@pytest.mark.parametrize(
    ("exercise", "knobs", "fault"),
    [
        ("dead_bug", {"head_lift": 0.5}, "head_lifts"),
        ("hip_flexion", {"other_leg_change_deg": 30.0}, "other_leg_moves"),  # both legs move: no repetition
        ("kettlebell_shift", {"torso_lean_deg": 30.0}, "leaning_not_shifting"),
        ("lateral_lunge", {"trunk_height": -1.0}, None),  # head down is no lunge: nothing is listed, nor said
    ],
)
def test_what_was_told_during_a_movement_is_recorded_of_it(
    exercise: str, knobs: dict[str, float], fault: str | None, tmp_path: Path
) -> None:
    lived = live(exercise, tmp_path, reps=2, knobs=knobs)
    told = [item for item in lived.of(FaultSeen) if item.id == fault]
    assert len(told) == (0 if fault is None else 2)
    for item in lived.of(FaultSeen):
        reps = [rep for rep in lived.session.reps if rep.start_s <= item.time_s <= rep.end_s + 0.5]
        assert item.id in {found.id for rep in reps for found in rep.faults}
