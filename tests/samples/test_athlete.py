"""The rendered body takes the figure's postures; needs the extra ``samples``."""

import numpy as np
import pytest

pytest.importorskip("anny")
pytest.importorskip("scipy")

from samples.clip import Body, Outfit
from samples.clips import CLIPS
from samples.figure import DRILLS, landmark, movement
from samples.figure.skeleton import landmarks, spread
from samples.performance import perform

STREAMS = [(name, level) for name, drill in DRILLS.items() for level in drill.levels or (None,)]
WITHIN_M = 0.003
TRUNK_M = 0.06
"""Shoulder blades rise with arms that reach overhead."""


@pytest.fixture(scope="module")
def athlete():
    from samples.athlete.body import Athlete

    return Athlete(Body(), Outfit())


@pytest.mark.parametrize(("name", "level"), STREAMS, ids=[f"{name}-{level}" for name, level in STREAMS])
def test_limbs_are_where_the_figure_has_them(athlete, name, level):
    moving = movement(name, level, build=athlete.build)
    times_s = np.linspace(0.0, moving.duration_s, 60)
    posture = spread(moving.posture_at(times_s), len(times_s))
    none = np.zeros(len(times_s))
    true = athlete.landmarks(athlete.pose(posture, {"left_wrist": none, "right_wrist": none}))
    meant = landmarks(athlete.build, posture)
    for joint in ("hip", "knee", "ankle"):
        for side in ("left", "right"):
            apart = np.linalg.norm(landmark(true, f"{side}_{joint}") - landmark(meant, f"{side}_{joint}"), axis=-1)
            assert apart.max() < WITHIN_M, (side, joint)
    middle = [(landmark(points, "left_shoulder") + landmark(points, "right_shoulder")) / 2 for points in (true, meant)]
    assert np.linalg.norm(middle[0] - middle[1], axis=-1).max() < TRUNK_M


@pytest.mark.parametrize("name", ["plank_hip_flexion", "spiderman_lunge"])
def test_planted_hands_stay(athlete, name):
    done = perform(CLIPS[name], athlete)
    for side in ("left", "right"):
        places = landmark(done.points_m, f"{side}_wrist")
        assert np.abs(places - places[0]).max() < WITHIN_M


def test_the_middle_of_the_movement_is_over_the_origin(athlete):
    points = perform(CLIPS["lateral_lunge"], athlete).points_m[..., :2]
    assert points.min(axis=(0, 1)) + points.max(axis=(0, 1)) == pytest.approx(0.0, abs=1e-9)
