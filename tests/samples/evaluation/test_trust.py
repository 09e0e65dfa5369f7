"""How far landmarks are to be believed is calibrated on what is known, and constant offsets of a definition are no errors."""

import math

import numpy as np

from formcheck.pose.pose import INDEX, Evidence, Observation, Pose
from formcheck.pose.trust import PROMISE, WITHIN_T
from samples.evaluation.joint_errors import JOINTS, ROWS, definitions, errors, shown
from samples.evaluation.trust import LEGS, Clip, area, fit, limit_of, pooled, report, told, told_of_others
from samples.figure import best_view, movement

EXERCISES = ("lateral_lunge", "spiderman_lunge", "kettlebell_shift")


def a_clip(exercise: str, offsets: dict[str, np.ndarray], wrong: float, seed: int) -> Clip:
    """A clip seen with these constant offsets (torso lengths, in space), and a share of wrong joints with low peaks."""
    rng = np.random.default_rng(seed)
    moving, view = movement(exercise, reps=1), best_view(exercise)
    times_s = np.arange(0.0, 8.0, 0.1)
    points = moving.pose_at(times_s)
    torso_m = np.median(np.linalg.norm((points[:, 11] + points[:, 12] - points[:, 23] - points[:, 24]) / 2, axis=-1))
    meant = points.copy()
    for name, offset in offsets.items():
        meant[:, INDEX[name]] += torso_m * offset
    true_px, seen_px = view.image_px(points), view.image_px(meant)
    torso_px = torso_m * view.px_per_m
    is_wrong = rng.random((len(times_s), 33)) < wrong
    seen_px = seen_px + np.where(is_wrong[..., None], rng.uniform(0.2, 0.5, seen_px.shape), 0.0) * torso_px
    peaks = np.clip(np.where(is_wrong, 0.4, 0.85) + rng.normal(0.0, 0.1, is_wrong.shape), 0.0, 1.0)
    seen = [
        Observation(t, Pose(t, px, world, np.ones(33), Evidence(peak, np.full(33, 5.0), np.ones(33)), is_raw=True))
        for t, px, world, peak in zip(times_s.tolist(), seen_px, view.world_m(points), peaks, strict=True)
    ]
    return Clip(exercise, shown(seen, true_px, points))


def clips_with(wrong: float, offsets: dict[str, np.ndarray] | None = None) -> list[Clip]:
    return [a_clip(name, offsets or {}, wrong, seed) for seed, name in enumerate(EXERCISES)]


def test_what_is_a_matter_of_definition_is_no_error():
    up = np.array([0.0, 0.0, 0.08])
    clips = clips_with(0.0, {"left_shoulder": up, "right_shoulder": up})
    standing = [clip for clip in clips if clip.exercise != "spiderman_lunge"]
    before = errors(standing[0].shown, np.zeros((len(JOINTS), 3)))
    after = errors(standing[0].shown, definitions([clip.shown for clip in standing]))
    shoulders = [JOINTS.index("left_shoulder"), JOINTS.index("right_shoulder")]
    assert np.median(before[:, shoulders]) > 0.06
    assert np.median(after[:, shoulders]) < 0.03
    assert ROWS.size == len(JOINTS)


def test_the_promise_is_kept_for_exercises_that_were_not_calibrated_on():
    clips = clips_with(0.15)
    found = told_of_others(clips, definitions([clip.shown for clip in clips]))
    legs = pooled([found[part] for part in LEGS])
    limit = limit_of(found)
    seen = legs.belief >= limit
    assert legs.right.mean() < PROMISE
    assert legs.right[seen].mean() >= PROMISE
    assert (legs.right & ~seen).sum() < 0.1 * legs.right.sum()
    assert area(legs, WITHIN_T) > 0.9
    assert "| legs |" in report(found, limit)


def test_a_higher_peak_is_believed_more():
    clips = clips_with(0.15)
    definition = definitions([clip.shown for clip in clips])
    lines = fit(clips, definition)
    assert all(slope > 0.0 for _, slope in lines.values())
    assert told(clips, lines, definition).keys() == lines.keys()


def test_no_wrong_joint_no_area():
    clips = clips_with(0.0)
    definition = definitions([clip.shown for clip in clips])
    knee = told(clips, {part: (0.0, 1.0) for part in LEGS}, definition)["knee"]
    assert math.isnan(area(knee, WITHIN_T))
