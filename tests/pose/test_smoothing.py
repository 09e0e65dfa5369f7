"""Raw landmarks come to rest where the person does, and are in time where they move; smoothed ones pass as they are."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.body.follower import Follower
from formcheck.pose.pose import INDEX, Evidence, Observation, Pose
from formcheck.pose.smoothing import GAP_S, Smoothing
from samples.figure import best_view, movement, observe

KNEE = INDEX["left_knee"]
FIGURE = observe(movement("lateral_lunge", reps=1), best_view("lateral_lunge"), 10.0)[5].pose
assert FIGURE is not None
TORSO_PX = float(np.linalg.norm(FIGURE.image_px[[11, 12]].mean(axis=0) - FIGURE.image_px[[23, 24]].mean(axis=0)))


def raw(time_s: float, shift: np.ndarray | float = 0.0, peak: float = 0.95, figure: Pose = FIGURE) -> Pose:
    """The figure, its landmarks shifted by torso lengths."""
    said = Evidence(np.full(33, peak), np.full(33, 5.0), np.ones(33))
    shift = np.broadcast_to(np.asarray(shift, float), (33, 2))
    world = figure.world_m + np.pad(0.5 * shift, ((0, 0), (0, 1)))
    return replace(
        figure, time_s=time_s, image_px=figure.image_px + TORSO_PX * shift, world_m=world, evidence=said, is_raw=True
    )


def smoothed(poses: list[Pose]) -> np.ndarray:
    smoothing = Smoothing()
    return np.array([smoothing.smooth(pose).image_px for pose in poses])


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_who_stands_still_comes_to_rest(fps):
    rng = np.random.default_rng(0)
    poses = [raw(k / fps, rng.normal(0, 0.002, (33, 2))) for k in range(4 * fps)]
    before = np.std([pose.image_px for pose in poses[fps:]], axis=0).mean()
    assert np.std(smoothed(poses)[fps:], axis=0).mean() < 0.6 * before


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_who_moves_is_followed_in_time(fps):
    times = np.arange(4 * fps) / fps
    poses = [raw(t, 0.5 * np.sin(2 * np.pi * t / 2)) for t in times]
    late = [(np.asarray(pose.image_px) - seen) for pose, seen in zip(poses, smoothed(poses), strict=True)]
    fastest = 0.5 * np.pi * TORSO_PX
    assert np.abs(late).max() / fastest < 0.04 + 0.25 / fps  # as a time
    turn = [np.abs(late[k]).max() / TORSO_PX for k, t in enumerate(times) if t > 1 and abs(t % 1 - 0.5) < 0.5 / fps]
    assert max(turn) < 0.03


def test_what_the_heatmap_doubts_moves_less():
    jump = np.zeros((33, 2))
    jump[KNEE] = (0.4, 0.0)
    moved = {}
    for peak in (0.95, 0.3):
        poses = [raw(k / 30, peak=peak) for k in range(30)] + [raw(1.0, jump, peak)]
        seen = smoothed(poses)
        moved[peak] = np.linalg.norm(seen[-1, KNEE] - seen[-2, KNEE])
    assert moved[0.3] < 0.8 * moved[0.95]


def test_what_was_smoothed_passes_as_it_is():
    smoothing = Smoothing()
    poses = [replace(raw(k / 30, 0.1 * k), is_raw=False) for k in range(5)]
    assert all(smoothing.smooth(pose) is pose for pose in poses)


def test_nothing_is_smoothed_across_a_gap():
    before, after = [raw(k / 30) for k in range(30)], raw(1.0 + 2 * GAP_S, 1.0)
    assert np.allclose(smoothed([*before, after])[-1], after.image_px)


def test_what_is_unseen_stays_unseen_and_begins_anew():
    poses = [raw(k / 30) for k in range(40)]
    for k in range(5, 30):
        hidden = poses[k].image_px.copy()
        hidden[KNEE] = np.nan
        poses[k] = replace(poses[k], image_px=hidden)
    poses[30:] = [raw(k / 30, 0.5) for k in range(30, 40)]
    seen = smoothed(poses)
    assert np.isnan(seen[5:30, KNEE]).all()
    assert seen[30, KNEE] == pytest.approx(poses[30].image_px[KNEE])
    others = np.arange(33) != KNEE
    assert np.isfinite(seen[:, others]).all()


def test_a_cut_begins_anew_and_what_comes_out_is_no_longer_raw():
    follower = Follower(1280, 720)
    for k in range(20):
        followed = follower.step(Observation(k / 30, raw(k / 30)))
    assert followed.pose is not None
    assert not followed.pose.is_raw
    other = raw(20 / 30, 0.3)
    followed = follower.step(Observation(20 / 30, other, cut=True))
    assert followed.pose is not None
    assert np.allclose(followed.pose.image_px, other.image_px, equal_nan=True)
