"""The guide: what it asks for, and when it goes on."""

import math
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from formcheck.body.follower import Follower
from formcheck.body.view import View, ViewSeen
from formcheck.exercise.events import Progress
from formcheck.exercise.rulebook import load_rules
from formcheck.live.end_point import asked_for
from formcheck.live.framing import framing, turning
from formcheck.live.gesture import HandUp
from formcheck.live.ghost import ghost_of
from formcheck.live.glimpse import Glimpse
from formcheck.live.guide import CALIBRATION_PATIENCE_S, Guide, Step
from formcheck.pose.command import Action
from formcheck.pose.pose import INDEX, Observation, Pose
from samples.figure import View as Camera
from samples.figure import activity, best_view, movement, observe

SIZE = (1280, 720)
ROOM = (2.0, 3.7)
FRONT = Camera(px_per_m=330.0, target_m=(0.0, 0.0, 0.85))
EXERCISE = load_rules([])["lateral_lunge"].exercise


def glimpses(film: list[Observation], at_start: bool = False) -> list[Glimpse]:
    follower = Follower(*SIZE)
    found = []
    for seen in film:
        followed = follower.step(seen)
        found.append(Glimpse(seen, followed.pose, followed.measured, Progress(in_context=True), at_start))
    return found


def standing(seconds: float = 3.0, camera: Camera = FRONT, fps: float = 10.0) -> list[Glimpse]:
    return glimpses(observe(activity("standing", duration_s=seconds), camera, fps))


def guide(**changes) -> Guide:
    return Guide(EXERCISE, None, SIZE, partial(ghost_of, "lateral_lunge"), **changes)


@pytest.mark.parametrize(
    ("camera", "words", "arrow"),
    [
        (FRONT, None, None),
        (replace(FRONT, px_per_m=90.0), "closer", "nearer"),
        (replace(FRONT, px_per_m=700.0), "Step back", "farther"),
        (replace(FRONT, target_m=(0.0, 0.0, 1.4)), "feet are cut off", "farther"),
        (replace(FRONT, target_m=(0.0, 0.0, 0.3)), "head is cut off", "farther"),
        # Who stands too far on the camera's left is on the right of the mirrored screen, and goes left.
        (replace(FRONT, target_m=(0.0, 1.95, 0.85)), "cut off", "left"),
        (replace(FRONT, target_m=(0.0, -1.95, 0.85)), "cut off", "right"),
    ],
)
def test_framing(camera: Camera, words: str | None, arrow: str | None) -> None:
    advice = framing(standing(0.5, camera)[-1], SIZE, ROOM)
    if words is None:
        assert advice is None
    else:
        assert advice is not None
        assert words in advice.say
        assert advice.arrow == arrow


@pytest.mark.parametrize(
    ("camera", "words", "arrow"),
    [
        # Inside the picture, but with no room for an arm: the person's own left is on the camera's right.
        (replace(FRONT, target_m=(0.0, 1.65, 0.85)), "at the edge of the picture. Move to your left.", "left"),
        (replace(FRONT, target_m=(0.0, -1.65, 0.85)), "at the edge of the picture. Move to your right.", "right"),
        (replace(FRONT, target_m=(0.0, 1.2, 0.85)), None, None),
    ],
)
def test_who_stands_at_the_edge_is_sent_to_the_middle(camera: Camera, words: str | None, arrow: str | None) -> None:
    glimpse = standing(0.5, camera)[-1]
    advice = framing(glimpse, SIZE, ROOM, stands=True)
    assert (None if advice is None else advice.arrow) == arrow
    assert words is None or (advice is not None and words in advice.say)


@pytest.mark.parametrize(
    ("target_m", "says"),
    [
        ((0.0, 1.95, 0.85), "right side is cut off. Move to your left."),
        ((0.0, -1.95, 0.85), "left side is cut off. Move to your right."),
        ((0.0, 0.0, 1.9), "legs are cut off. Step back, or tilt the camera down."),
        ((0.0, 0.0, 0.3), "head is cut off. Step back, or tilt the camera up."),
    ],
)
def test_it_says_which_part_is_cut_off_and_which_way_to_move(target_m: tuple[float, float, float], says: str) -> None:
    advice = framing(standing(0.5, replace(FRONT, target_m=target_m))[-1], SIZE, ROOM)
    assert advice is not None
    assert says in advice.say


def test_somebody_who_lies_is_told_to_move_toward_head_or_feet() -> None:
    camera = Camera(azimuth_deg=90.0, px_per_m=330.0)
    said = set()
    for shift_m in (1.3, -1.3):
        film = observe(movement("dead_bug"), replace(camera, target_m=(shift_m, 0.0, 0.5)), 5)
        advice = framing(glimpses(film[:1])[0], SIZE)
        assert advice is not None
        said.add(advice.say.rpartition(". ")[2])
    assert said == {"Move toward your head.", "Move toward your feet."}


@pytest.mark.parametrize(("brightness", "is_dark"), [(20.0, True), (128.0, False), (math.nan, True)])
def test_a_plain_grey_picture_is_not_dark(brightness: float, is_dark: bool) -> None:
    glimpse = replace(standing(0.5)[-1], seen=Observation(1.0, None, unfit=True), brightness=brightness)
    advice = framing(glimpse, SIZE, ROOM)
    assert advice is not None
    assert ("dark" in advice.say) is is_dark


def test_framing_of_nobody_and_of_darkness() -> None:
    glimpse = standing(0.5)[-1]
    nobody = framing(replace(glimpse, seen=Observation(1.0, None)), SIZE, ROOM)
    dark = framing(replace(glimpse, seen=Observation(1.0, None, unfit=True)), SIZE, ROOM)
    assert nobody is not None
    assert "Step into the picture" in nobody.say
    assert dark is not None
    assert "light" in dark.say


def test_it_measures_then_asks_for_the_start_and_goes_after_a_second() -> None:
    leading = guide()
    steps, commands, shares = [], [], []
    for glimpse in standing(6.0):
        ready = replace(glimpse, at_start=glimpse.time_s > 3.0)
        guidance, asked = leading.look(ready)
        steps.append(guidance.step)
        shares.append(guidance.share)
        commands += asked
        if asked:
            break
    assert list(dict.fromkeys(steps)) == [Step.CALIBRATE, Step.START]
    assert [item.action for item in commands] == [Action.GO]
    assert commands[0].time_s == pytest.approx(4.1, abs=0.11)
    assert shares[10] == pytest.approx(0.5, abs=0.1)  # one of two seconds


def test_it_goes_on_without_being_able_to_measure() -> None:
    leading = guide()
    turned = standing(CALIBRATION_PATIENCE_S + 1.0, replace(FRONT, azimuth_deg=90.0), fps=5)
    asked = [leading.look(glimpse)[0] for glimpse in turned]
    assert asked[10].say == "Face the camera."
    assert asked[-1].step is Step.START


def test_who_lies_in_the_start_position_need_not_get_up_to_be_measured() -> None:
    exercise = load_rules([])["dead_bug"].exercise
    leading = Guide(exercise, None, SIZE, partial(ghost_of, "dead_bug"))
    lying = glimpses(observe(movement("dead_bug", lead_s=8.0), best_view("dead_bug"), 5), at_start=True)
    asked = [leading.look(glimpse)[0] for glimpse in lying if glimpse.time_s < 7.9]
    assert asked[0].say == "Stand up and face the camera."
    assert asked[-1].step is Step.START


def test_another_person_is_asked_to_leave() -> None:
    leading = guide()
    guidance, _ = leading.look(replace(standing(0.5)[-1], new_person=True))
    assert "Only one person" in guidance.say


def test_darkness_and_a_tilted_camera_are_remarks() -> None:
    glimpse = standing(0.5)[-1]
    assert "dark" in guide().look(replace(glimpse, brightness=20.0))[0].hint
    assert "tilted by 9°" in guide().look(glimpse, roll_deg=-9.0)[0].hint
    assert guide().look(replace(glimpse, brightness=120.0), roll_deg=2.0)[0].hint == ""


def test_steps_can_be_skipped() -> None:
    leading = guide()
    glimpse = standing(0.5)[-1]
    leading.skip()
    assert leading.look(glimpse)[0].step is Step.START
    leading.skip()
    assert [item.action for item in leading.look(glimpse)[1]] == [Action.GO]


@pytest.mark.parametrize(
    ("seen", "wanted", "words"),
    [
        (ViewSeen.LEFT, View.SIDE, None),
        (ViewSeen.UNKNOWN, View.SIDE, None),
        (ViewSeen.FRONT, View.SIDE, "left or right side"),
        (ViewSeen.OBLIQUE_LEFT, View.SIDE, "your left side"),
        (ViewSeen.FRONT, View.OBLIQUE, "half-way to one side"),
        (ViewSeen.RIGHT, View.OBLIQUE, "half-way to the camera"),
        (ViewSeen.BACK, View.FRONT, "Face the camera"),
    ],
)
def test_turning(seen: ViewSeen, wanted: View, words: str | None) -> None:
    said = turning(seen, wanted)
    assert (said is None) if words is None else (said is not None and words in said)


def test_end_points_are_asked_for_where_a_check_needs_them() -> None:
    rules = load_rules([])
    asked = {name: asked_for(rule.exercise, None) for name, rule in rules.items()}
    assert {name for name, signal in asked.items() if signal is not None} == {"hip_flexion"}
    assert asked["hip_flexion"] == "hip_flexion_deg"


def with_hands(glimpse: Glimpse, time_s: float, left_t: float, right_t: float) -> Glimpse:
    """Return somebody whose wrists are so far above the nose, in torso lengths."""
    assert glimpse.pose is not None
    px = glimpse.pose.image_px.copy()
    for side, above_t in (("left", left_t), ("right", right_t)):
        px[INDEX[f"{side}_wrist"], 1] = px[INDEX["nose"], 1] - above_t * glimpse.torso_px
    pose = Pose(time_s, px, glimpse.pose.world_m, glimpse.pose.visibility)
    return replace(glimpse, seen=Observation(time_s, pose), pose=pose)


@pytest.mark.parametrize(
    ("left_t", "right_t", "seconds", "moving", "times"),
    [
        (0.5, -1.5, 2.0, False, 1),
        (-1.5, 0.5, 2.0, False, 1),
        (0.5, -1.5, 1.3, False, 0),
        (0.2, -1.5, 3.0, False, 0),  # not high enough
        (0.5, 0.5, 3.0, False, 0),  # both hands
        (0.5, -1.5, 3.0, True, 0),  # in a repetition
    ],
)
def test_one_hand_up_for_a_second_and_a_half(
    left_t: float, right_t: float, seconds: float, moving: bool, times: int
) -> None:
    glimpse = replace(standing(0.5)[-1], progress=Progress(moving=moving))
    hand = HandUp()
    told = sum(hand.step(with_hands(glimpse, float(t), left_t, right_t)) for t in np.arange(0.0, seconds, 0.1))
    told += sum(hand.step(with_hands(glimpse, seconds + float(t), -1.5, -1.5)) for t in np.arange(0.0, 1.0, 0.1))
    assert told == times


def test_the_hand_must_come_down_before_it_counts_again() -> None:
    glimpse = standing(0.5)[-1]
    hand = HandUp()
    up = [hand.step(with_hands(glimpse, t / 10, 0.5, -1.5)) for t in range(60)]
    down = [hand.step(with_hands(glimpse, 6 + t / 10, -1.5, -1.5)) for t in range(10)]
    again = [hand.step(with_hands(glimpse, 7 + t / 10, 0.5, -1.5)) for t in range(20)]
    assert (sum(up), sum(down), sum(again)) == (1, 0, 1)


def test_lying_people_give_no_signals() -> None:
    lying = glimpses(observe(movement("dead_bug"), Camera(azimuth_deg=90.0), 5))[0]
    hand = HandUp()
    assert not any(hand.step(with_hands(lying, t / 10, 0.5, -1.5)) for t in range(30))
    assert not math.isnan(lying.torso_px)
