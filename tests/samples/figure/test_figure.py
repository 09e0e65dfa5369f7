"""The figure itself: bones keep their length, contacts stay where they are, streams are what they say."""

import numpy as np
import pytest

from formcheck.pose.pose import INDEX, LANDMARKS, MIRRORED, SIDES
from samples.figure import quantities as q
from samples.figure.camera import View
from samples.figure.geometry import Array
from samples.figure.movements import activities
from samples.figure.movements.exercises import DRILLS, bouncing, movement
from samples.figure.movements.movement import Movement
from samples.figure.movements.others import activity
from samples.figure.skeleton import Build
from samples.figure.stream import best_view
from samples.figure.timeline import Easing
from tests.samples.figure.test_knobs import SWEEPS

LEVELS = [(exercise, level) for exercise, drill in DRILLS.items() for level in drill.levels or (None,)]
ACTIVITIES = [*activities.POSTURES, "getting_down"]
BUILD = Build()
BONES = {
    ("mid_hip", "mid_shoulder"): BUILD.trunk,
    ("left_hip", "right_hip"): BUILD.hip_width,
    ("left_shoulder", "right_shoulder"): BUILD.shoulder_width,
    ("left_ear", "right_ear"): BUILD.ear_width,
    ("mid_ear", "mid_shoulder"): BUILD.neck,
    **{(f"{side}_hip", f"{side}_knee"): BUILD.thigh for side in SIDES},
    **{(f"{side}_knee", f"{side}_ankle"): BUILD.shank for side in SIDES},
    **{(f"{side}_shoulder", f"{side}_elbow"): BUILD.upper_arm for side in SIDES},
    **{(f"{side}_elbow", f"{side}_wrist"): BUILD.forearm for side in SIDES},
    **{(f"{side}_heel", f"{side}_foot_index"): BUILD.heel_back + BUILD.toe_forward for side in SIDES},
    **{(f"{side}_ankle", f"{side}_heel"): float(np.hypot(BUILD.heel_back, BUILD.ankle_height)) for side in SIDES},
}


def _times(moving: Movement, fps: float = 10.0) -> Array:
    return np.arange(0.0, moving.duration_s, 1 / fps)


def _faulty() -> list[tuple[str, str | None, str, float]]:
    return [(exercise, level, knob, values[-1]) for exercise, level, knob, values, *_ in SWEEPS]


def _check_bones(points: Array, loose: tuple[str, ...] = ()) -> None:
    for (first, last), length in BONES.items():
        if f"{first}-{last}" not in loose:
            assert q.distance(points, first, last) == pytest.approx(length, abs=1e-9), (first, last)


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
def test_bones_keep_their_length(exercise: str, level: str | None) -> None:
    moving = movement(exercise, level, reps=2, calibrate_facing_deg=-90.0, approach=True)
    _check_bones(moving.pose_at(_times(moving)))


@pytest.mark.parametrize("name", ACTIVITIES)
def test_bones_keep_their_length_in_activities(name: str) -> None:
    moving = activity(name, duration_s=20.0)
    points = moving.pose_at(_times(moving))
    _check_bones(points)
    assert points[..., 2].min() > -1e-3
    assert moving.truth.reps == ()


@pytest.mark.parametrize(("exercise", "level", "knob", "value"), _faulty())
def test_bones_and_contacts_keep_with_faults(exercise: str, level: str | None, knob: str, value: float) -> None:
    moving = movement(exercise, level, knobs={knob: value})
    points = moving.pose_at(_times(moving))
    _check_bones(points, ("mid_hip-mid_shoulder",) if knob == "trunk_ratio" else ())
    _check_contacts(moving)


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
@pytest.mark.parametrize("depth", [0.45, 1.0])
def test_contacts_neither_slide_nor_sink(exercise: str, level: str | None, depth: float) -> None:
    for side in SIDES:
        _check_contacts(movement(exercise, level, side=side, reps=2, depth=depth))


def _check_contacts(moving: Movement) -> None:
    times = _times(moving)
    points = moving.pose_at(times)
    assert points[..., 2].min() > -1e-3, LANDMARKS[int(np.argmin(points[..., 2].min(axis=0)))]
    contacts = moving.contacts_at(times)
    assert any(np.any(down) for down in contacts.values())
    for name, down in contacts.items():
        place = q.at(points, name)
        resting = np.broadcast_to(down, times.shape)
        edges = np.flatnonzero(np.diff(resting.astype(int))) + 1
        for spell in np.split(np.arange(len(times)), edges):
            if resting[spell[0]]:
                assert np.ptp(place[spell], axis=0).max() < 1e-3, name


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
def test_rest_and_holds_are_still(exercise: str, level: str | None) -> None:
    moving = movement(exercise, level)
    rep = moving.truth.reps[0]
    quiet = [(0.0, rep.start_s), *((hold.start_s, hold.end_s) for hold in rep.holds)]
    quiet.append((moving.duration_s - 2.0, moving.duration_s))
    for start, end in quiet:
        points = moving.pose_at(np.linspace(start, end, 20))
        assert np.ptp(points, axis=0).max() < 1e-9
    assert rep.start_s >= 3.0


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
@pytest.mark.parametrize("easing", ["cosine", "linear"])
def test_nothing_jumps(exercise: str, level: str | None, easing: Easing) -> None:
    moving = movement(exercise, level, reps=2, easing=easing, calibrate_facing_deg=90.0, approach=True)
    points = moving.pose_at(np.arange(0.0, moving.duration_s, 0.01))
    speed = np.linalg.norm(np.diff(points, axis=0), axis=-1).max(axis=0) / 0.01 / BUILD.trunk
    body = [INDEX[f"{side}_{name}"] for side in SIDES for name in ("hip", "knee", "ankle", "shoulder", "elbow")]
    assert speed[body].max() < 8.0


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
def test_reps_sides_and_order(exercise: str, level: str | None) -> None:
    truth = movement(exercise, level, reps=3, side="left").truth
    assert truth.counted == 3
    alternating = exercise in ("spiderman_lunge", "lateral_lunge", "hip_flexion", "plank_hip_flexion")
    if exercise == "childs_pose" or level == "basic":
        assert [rep.side for rep in truth.reps] == [None] * 3
    elif alternating or level == "harder":
        assert [rep.side for rep in truth.reps] == ["left", "right", "left"]
    else:
        assert [rep.side for rep in truth.reps] == ["left"] * 3
    for rep, following in zip(truth.reps, truth.reps[1:], strict=False):
        assert rep.start_s < rep.peak_s <= rep.end_s < following.start_s
    assert movement(exercise, level, depth=0.45).truth.counted == 0
    assert bouncing(exercise, level).truth.counted == 0


def test_calibration_faces_the_camera_and_shifts_the_truth() -> None:
    view = best_view("dead_bug", "left")
    plain, calibrated = movement("dead_bug"), movement("dead_bug", calibrate_facing_deg=view.azimuth_deg)
    later = calibrated.duration_s - plain.duration_s
    assert later == pytest.approx(6.5)
    assert calibrated.truth.reps[0].start_s == pytest.approx(plain.truth.reps[0].start_s + later)
    assert calibrated.pose_at(later + 5.0) == pytest.approx(plain.pose_at(5.0))
    image = view.image_px(calibrated.pose_at(np.array([0.0, 2.4])))
    shoulders = q.at(image, "left_shoulder") - q.at(image, "right_shoulder")
    assert shoulders == pytest.approx(np.array([[0.35 * 330, 0.0]] * 2))


def test_build_can_be_scaled() -> None:
    small, usual = (movement("hip_flexion", "free", build=build) for build in (BUILD.scaled(0.9), BUILD))
    assert small.pose_at(5.0) == pytest.approx(usual.pose_at(5.0) * 0.9, abs=1e-6)


@pytest.mark.parametrize(
    ("azimuth", "right_of_picture", "nearer"),
    [(0, "left", None), (180, "right", None), (90, None, "left"), (-90, None, "right"), (45, "left", "left")],
)
def test_camera_directions(azimuth: float, right_of_picture: str | None, nearer: str | None) -> None:
    points = activity("standing").pose_at(0.0)
    view = View(azimuth)
    px, world = view.image_px(points), view.world_m(points)
    assert q.at(px, "nose")[1] < q.at(px, "left_knee")[1] < q.at(px, "left_heel")[1]
    assert (world[INDEX["left_hip"]] + world[INDEX["right_hip"]]) == pytest.approx(np.zeros(3))
    if right_of_picture:
        other = "left" if right_of_picture == "right" else "right"
        assert q.at(px, f"{right_of_picture}_hip")[0] > q.at(px, f"{other}_hip")[0]
    if nearer:
        other = "left" if nearer == "right" else "right"
        assert q.at(world, f"{nearer}_hip")[2] < q.at(world, f"{other}_hip")[2]
    assert px[:, 1] - px[INDEX["left_hip"], 1] == pytest.approx(330 * (world[:, 1] - world[INDEX["left_hip"], 1]))


def test_facing_the_left_edge_from_its_left_and_mirroring() -> None:
    points = activity("standing").pose_at(0.0)
    px = View(90.0).image_px(points)
    assert q.at(px, "nose")[0] < q.at(px, "left_ear")[0]
    mirrored = View(90.0, mirrored=True).image_px(points)
    assert mirrored[:, 0] == pytest.approx(1280 - px[list(MIRRORED), 0])
    rolled = View(0.0, roll_deg=90.0).image_px(points)
    assert q.at(rolled, "nose")[0] > q.at(rolled, "left_knee")[0] + 200


def test_perspective_enlarges_what_is_near_and_keeps_the_target() -> None:
    points = activity("standing").pose_at(0.0)
    flat, deep = View(90.0), View(90.0, distance_m=2.5)
    near = np.ptp(deep.image_px(points)[[INDEX["left_knee"], INDEX["left_ankle"]], 1])
    far = np.ptp(deep.image_px(points)[[INDEX["right_knee"], INDEX["right_ankle"]], 1])
    even = np.ptp(flat.image_px(points)[[INDEX["left_knee"], INDEX["left_ankle"]], 1])
    assert near > even > far
