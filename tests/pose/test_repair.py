"""No rule sees landmarks that no body can have; and real movement, however fast, is left alone."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from formcheck.pose.pose import INDEX, LANDMARKS, MIRRORED, SIDES, Observation, Pose
from formcheck.pose.repair import FASTEST_T_PER_S, LandmarkRepair, Repaired
from samples.figure import Build, Bursts, Movement, View, activity, best_view, movement, observe
from samples.figure.stream import BurstKind

TORSO_PX = 165.0
"""The figure's torso in the picture."""
FPS = (10.0, 15.0, 30.0, 60.0)
STANDING, LYING, SITTING = (activity(name, duration_s=3.0) for name in ("standing", "lying", "sitting"))
WALKING = activity("walking", duration_s=7.0)
"""Its first frame is left out: the figure takes its place in it."""
FLOOR = (0.0, 0.0, 0.5)
STILL = [
    pytest.param(STANDING, View(0), id="standing, front"),
    pytest.param(STANDING, View(90), id="standing, side"),
    pytest.param(LYING, View(-90, target_m=FLOOR), id="lying, side"),
    pytest.param(SITTING, View(0, target_m=FLOOR), id="sitting, front"),
    pytest.param(SITTING, View(45, target_m=FLOOR), id="sitting, 45°"),
]


def repair(stream: Iterable[Observation]) -> list[Repaired]:
    repairer = LandmarkRepair(1280, 720)
    return [repairer.repair(seen) for seen in stream]


def off_t(result: Repaired, truth: Observation) -> np.ndarray:
    """Return how far each landmark is from the truth in torso lengths, NaN where it is not believed."""
    assert truth.pose is not None
    if result.pose is None:
        return np.full(33, math.nan)
    return np.linalg.norm(result.pose.image_px - truth.pose.image_px, axis=1) / TORSO_PX


def shifted(stream: list[Observation], by_s: float) -> list[Observation]:
    return [
        replace(seen, time_s=seen.time_s + by_s, pose=seen.pose and replace(seen.pose, time_s=seen.time_s + by_s))
        for seen in stream
    ]


def changed(stream: list[Observation], from_s: float, to_s: float, change: Callable[[Pose], Pose]) -> list[Observation]:
    """Return the stream with the poses of a while changed."""
    return [
        replace(seen, pose=change(seen.pose)) if seen.pose is not None and from_s <= seen.time_s < to_s else seen
        for seen in stream
    ]


def moved(pose: Pose, name: str, by_t: float) -> Pose:
    image = pose.image_px.copy()
    image[INDEX[name]] += (by_t * TORSO_PX, 0.0)
    return replace(pose, image_px=image)


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("still", "view"), STILL)
def test_bursts_are_repaired_or_dropped(still: Movement, view: View, fps: float) -> None:
    truth = observe(still, view, fps)
    kinds: tuple[BurstKind, ...] = ("leg_swap", "ankle_at_hip", "all_shifted")
    for kind, duration_s in product(kinds, (0.033, 0.1, 0.2)):
        bad = observe(still, view, fps, bursts=Bursts(kind, duration_s, share=duration_s / 1.5), seed=3)
        results = repair(bad)
        assert not any(result.broken for result in results), (kind, duration_s)
        for result, seen in zip(results, truth, strict=True):
            assert not np.nanmax(off_t(result, seen), initial=0.0) > 0.1, (kind, duration_s, seen.time_s)


@pytest.mark.parametrize("fps", FPS)
def test_nothing_is_lost_to_a_leg_swap(fps: float) -> None:
    for result in repair(observe(STANDING, View(0), fps, bursts=Bursts("leg_swap", 0.2, share=0.2))):
        assert result.pose is not None
        assert np.isfinite(result.pose.image_px).all()


def test_hips_that_are_swapped_with_the_legs_are_given_back_too() -> None:
    lower_body = list(range(INDEX["left_hip"], len(LANDMARKS)))
    mirror = np.arange(33)
    mirror[lower_body] = np.array(MIRRORED)[lower_body]

    def swap(pose: Pose) -> Pose:
        return replace(pose, image_px=pose.image_px[mirror], world_m=pose.world_m[mirror])

    truth = observe(STANDING, View(30))
    bad = changed(truth, 1.0, 1.2, swap)
    for result, seen in zip(repair(bad), truth, strict=True):
        assert np.nanmax(off_t(result, seen)) < 0.01


def test_legs_that_were_swapped_from_the_first_frame_are_believed_after_half_a_second() -> None:
    truth = observe(STANDING, View(0))
    bad = observe(STANDING, View(0), bursts=Bursts("leg_swap", 10.0, share=1.0))
    results = repair([*bad[:6], *truth[6:]])
    for result, seen in zip(results[24:], truth[24:], strict=True):
        assert np.nanmax(off_t(result, seen)) < 0.01


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("azimuth", [0, 45, 90])
def test_walking_is_not_dropped(fps: float, azimuth: float) -> None:
    truth = observe(WALKING, View(azimuth, px_per_m=250), fps, noise=0.005)[1:]
    for result, seen in zip(repair(truth), truth, strict=True):
        assert result.broken is None
        assert off_t(result, seen) == pytest.approx(np.zeros(33), abs=1e-9)


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("exercise", ["lateral_lunge", "spiderman_lunge", "dead_bug"])
def test_exercising_fast_is_not_dropped(exercise: str, fps: float) -> None:
    fast = movement(exercise, move_s=0.6, hold_s=0.5, reps=2, lead_s=1.0)
    truth = observe(fast, best_view(exercise), fps)
    dropped = sum(np.isnan(off_t(result, seen)).any() for result, seen in zip(repair(truth), truth, strict=True))
    assert dropped == 0


@pytest.mark.parametrize(("speed", "is_real"), [(0.9 * FASTEST_T_PER_S, True), (2.0 * FASTEST_T_PER_S, False)])
def test_the_fastest_that_a_joint_moves(speed: float, is_real: bool) -> None:
    truth = observe(STANDING, View(0))

    def swing(pose: Pose) -> Pose:
        return moved(pose, "left_knee", speed * (0.1 - abs(pose.time_s - 1.1)))

    (result,) = [item for item in repair(changed(truth, 1.0, 1.2, swing)) if abs(item.time_s - 1.1) < 0.01]
    assert result.pose is not None
    assert np.isfinite(result.pose.image_px[INDEX["left_knee"]]).all() == is_real


@pytest.mark.parametrize("fps", FPS)
def test_a_brisk_knee_stays_seen(fps: float) -> None:
    """A person's knees reach 12 T/s; here one goes to and fro at that, and slows down nowhere but where it turns."""
    truth = changed(
        observe(STANDING, View(0), fps),
        1.0,
        2.6,
        lambda pose: moved(pose, "left_knee", 12.0 * (0.1 - abs((pose.time_s - 1.0) % 0.4 % 0.2 - 0.1))),
    )
    for result, seen in zip(repair(truth), truth, strict=True):
        assert off_t(result, seen) == pytest.approx(np.zeros(33), abs=1e-9), seen.time_s


def mountain_climbers(fps: float, *, change_s: float, pause_s: float) -> list[Observation]:
    """Return a plank in which the legs change places, each with a pause after; knees and ankles cross on the way."""
    time_s = np.arange(round(6 * fps)) / fps
    turn, elapsed = np.divmod(time_s, change_s + pause_s)
    share = np.minimum(elapsed / change_s, 1.0)
    drawn = {"left": np.where(turn % 2 == 0, share, 1.0 - share)}
    drawn["right"] = 1.0 - drawn["left"]
    legs = {}
    for side in SIDES:
        one_leg = movement("plank_hip_flexion", "floor", side=side, reps=1)
        (rep,) = one_leg.truth.reps
        legs[side] = one_leg.pose_at(rep.start_s + drawn[side] * (rep.peak_s - rep.start_s))
    points = legs["left"].copy()
    right_leg = [INDEX[f"right_{part}"] for part in ("knee", "ankle", "heel", "foot_index")]
    points[:, right_leg] = legs["right"][:, right_leg]
    view = View(-90, target_m=FLOOR)
    return [
        Observation(time, Pose(time, view.image_px(body), view.world_m(body), np.ones(33)))
        for time, body in zip(time_s.tolist(), points, strict=True)
    ]


@pytest.mark.parametrize("pause_s", [0.0, 0.3])
@pytest.mark.parametrize(("fps", "change_s"), [*product(FPS, (0.6, 1.2)), (30.0, 0.3), (60.0, 0.3)])
def test_legs_that_cross_keep_their_sides(fps: float, change_s: float, pause_s: float) -> None:
    truth = mountain_climbers(fps, change_s=change_s, pause_s=pause_s)
    for result, seen in zip(repair(truth), truth, strict=True):
        assert result.broken is None
        assert off_t(result, seen) == pytest.approx(np.zeros(33), abs=1e-9), seen.time_s


def test_a_jump_that_stays_is_believed_after_a_while() -> None:
    truth = observe(STANDING, View(0))
    bad = changed(truth, 1.0, 9.0, lambda pose: moved(pose, "left_knee", 0.8))
    unseen = [result.time_s for result in repair(bad) if result.pose and np.isnan(result.pose.image_px).any()]
    assert unseen[0] == pytest.approx(1.0)
    assert unseen[-1] == pytest.approx(1.3, abs=0.05)


def test_a_dropped_ankle_takes_its_foot_along() -> None:
    bad = changed(observe(STANDING, View(0)), 1.0, 1.1, lambda pose: moved(pose, "left_ankle", 1.0))
    (result,) = [item for item in repair(bad) if abs(item.time_s - 1.03) < 0.01]
    assert result.pose is not None
    unseen = {name for name, point in zip(LANDMARKS, result.pose.image_px, strict=True) if np.isnan(point).any()}
    assert unseen == {"left_ankle", "left_heel", "left_foot_index"}


def test_landmarks_outside_the_picture_are_unseen_whatever_the_model_believes() -> None:
    (seen, *_) = observe(STANDING, View(0, target_m=(0.0, 0.0, 1.3)))
    (result,) = repair([seen])
    assert seen.pose is not None
    assert result.pose is not None
    for name in ("left_ankle", "right_foot_index"):
        assert seen.pose.image_px[INDEX[name], 1] > 720
        assert seen.pose.visibility[INDEX[name]] == 1.0
        assert np.isnan(result.pose.image_px[INDEX[name]]).all()
        assert np.isnan(result.pose.world_m[INDEX[name]]).all()
    assert np.isfinite(result.pose.image_px[INDEX["left_knee"]]).all()


def test_low_visibility_alone_hides_nothing() -> None:
    stream = observe(STANDING, View(90), visibility=dict.fromkeys(LANDMARKS, 0.05))
    for result in repair(stream):
        assert result.pose is not None
        assert np.isfinite(result.pose.image_px).all()
        assert result.pose.visibility.max() == 0.05


def test_an_ankle_in_its_hip_is_unseen_even_where_no_jump_was_seen() -> None:
    (seen, *_) = observe(SITTING, View(0), bursts=Bursts("ankle_at_hip", 10.0, share=1.0))
    (result,) = repair([seen])
    assert result.pose is not None
    left, right = (result.pose.image_px[INDEX[f"{side}_ankle"], 0] for side in ("left", "right"))
    assert np.isnan(left) != np.isnan(right)


def longer_shank(pose: Pose) -> Pose:
    """Grow the left shank in space, little by little in the picture, so that nothing jumps there."""
    world = pose.world_m.copy()
    knee, ankle = world[INDEX["left_knee"]], world[INDEX["left_ankle"]]
    world[INDEX["left_ankle"]] = knee + 2.0 * (ankle - knee)
    return replace(pose, world_m=world)


def test_a_limb_of_impossible_length_is_unseen_until_it_proves_to_be_the_persons_own() -> None:
    stream = changed(observe(activity("standing", duration_s=16.0), View(0)), 3.0, 99.0, longer_shank)
    poses = [result.pose for result in repair(stream) if result.pose is not None]
    unseen = [pose.time_s for pose in poses if np.isnan(pose.image_px[INDEX["left_ankle"]]).all()]
    assert unseen[0] == pytest.approx(3.0)
    assert unseen[-1] < 13.5


def test_limbs_as_uneven_as_recordings_show_them_are_believed() -> None:
    def uneven(pose: Pose) -> Pose:
        growth = 1.25 if pose.time_s > 4.0 else 1.0
        world = pose.world_m.copy()
        for near, far in (("left_knee", "left_ankle"), ("left_elbow", "left_wrist")):
            world[INDEX[far]] = world[INDEX[near]] + 1.15 * growth * (world[INDEX[far]] - world[INDEX[near]])
        return replace(pose, world_m=world)

    stream = changed(observe(activity("standing", duration_s=6.0), View(0)), 0.0, 9.0, uneven)
    assert all(result.pose is not None and np.isfinite(result.pose.image_px).all() for result in repair(stream))


def test_another_person_is_a_hand_over() -> None:
    second = shifted(observe(STANDING, View(0, target_m=(0.0, 1.2, 0.8))), 3.1)
    results = repair([*observe(STANDING, View(0)), *second])
    breaks = [result.broken for result in results if result.broken is not None]
    assert [broken[0] for broken in breaks] == ["hand_over"]
    assert breaks[0][1] == pytest.approx(3.0, abs=0.04)
    assert breaks[0][2] == pytest.approx(3.4, abs=0.04)
    assert results[-1].pose is not None


def test_a_smaller_person_in_the_same_place_is_a_hand_over() -> None:
    child = activity("standing", duration_s=3.0, build=Build().scaled(0.6))
    results = repair([*observe(STANDING, View(0)), *shifted(observe(child, View(0)), 3.1)])
    assert [result.broken[0] for result in results if result.broken] == ["hand_over"]


@pytest.mark.parametrize("fps", FPS)
def test_a_person_who_walks_is_no_hand_over(fps: float) -> None:
    assert not any(result.broken for result in repair(observe(WALKING, View(90, px_per_m=200), fps)[1:]))


def test_a_cut_breaks_the_thread_at_once() -> None:
    first = observe(STANDING, View(0))
    second = shifted(observe(SITTING, View(90)), 3.1)
    results = repair([*first, replace(second[0], cut=True), *second[1:]])
    breaks = [result.broken for result in results if result.broken is not None]
    assert breaks == [("cut", pytest.approx(3.0), pytest.approx(3.1))]
    assert all(result.pose is not None for result in results)


@pytest.mark.parametrize(("gap_s", "kinds"), [(0.4, []), (0.7, ["lost"]), (5.0, ["lost"])])
def test_a_gap(gap_s: float, kinds: list[str]) -> None:
    before, after = observe(STANDING, View(0)), shifted(observe(STANDING, View(0)), 3.0 + gap_s)
    hidden = [replace(seen, pose=None) for seen in shifted(before, 3.033) if seen.time_s < 3.0 + gap_s - 0.01]
    results = repair([*before, *hidden, *after])
    assert [result.broken[0] for result in results if result.broken] == kinds
    assert all(result.pose is not None for result in results if result.time_s >= 3.0 + gap_s)


def test_an_unfit_picture_shows_nobody() -> None:
    stream = [replace(seen, unfit=1.0 <= seen.time_s < 2.0) for seen in observe(STANDING, View(0))]
    results = repair(stream)
    assert all((result.pose is None) == seen.unfit for result, seen in zip(results, stream, strict=True))
    assert [result.broken[0] for result in results if result.broken] == ["lost"]


def test_jitter_is_no_jump() -> None:
    noisy = observe(activity("standing", duration_s=5.0), View(45), 60, noise=0.015)
    assert all(result.pose is not None and np.isfinite(result.pose.image_px).all() for result in repair(noisy))
