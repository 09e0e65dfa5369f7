"""Scenes are rooms of random furniture in which a figure swings an arm."""

import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.capture.scene import SceneChanges
from formcheck.capture.video_file import VideoFile
from tests.capture.clips import Picture

Film = Callable[[float], Picture]
RATES = (10, 15, 24, 30, 60)


@cache
def room(number: int, width: int = 320, height: int = 180) -> Picture:
    rng = np.random.default_rng(number)
    picture = np.full((height, width, 3), rng.integers(90, 190, 3), dtype=np.uint8)
    for _ in range(14):
        x, y = rng.integers(0, width), rng.integers(0, height)
        size = rng.integers(width // 12, width // 3, 2)
        colour = [int(value) for value in rng.integers(20, 240, 3)]
        cv2.rectangle(picture, (int(x), int(y)), (int(x + size[0]), int(y + size[1])), colour, -1)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.8), np.uint8)


def person(picture: Picture, time_s: float, *, size: float = 0.8, pace: float = 1.0, colour: int = 30) -> Picture:
    """Add a figure that lunges to the side and swings its arms, `pace` times a second."""
    picture = picture.copy()
    height, width = picture.shape[:2]
    swing = np.sin(2 * np.pi * pace * time_s)
    x, y, h = width * (0.5 + 0.08 * swing), height * (0.95 - size / 2), size * height
    trunk = (np.array([x - 0.1 * h, y - 0.25 * h]), np.array([x + 0.1 * h, y + 0.1 * h]))
    shade = (colour, colour + 10, colour + 5)
    cv2.rectangle(picture, trunk[0].astype(int).tolist(), trunk[1].astype(int).tolist(), shade, -1)
    cv2.circle(picture, (int(x), int(y - 0.35 * h)), int(0.07 * h), (120, 150, 190), -1)
    for side in (-1, 1):
        hand = (int(x + side * h * (0.2 + 0.2 * swing)), int(y - 0.2 * h - side * 0.25 * h * swing))
        cv2.line(picture, (int(x + side * 0.1 * h), int(y - 0.2 * h)), hand, (110, 140, 180), max(1, int(0.06 * h)))
        foot = (int(width * 0.5 + side * 0.2 * h), int(y + 0.5 * h))
        cv2.line(picture, (int(x + side * 0.06 * h), int(y + 0.1 * h)), foot, shade, max(1, int(0.08 * h)))
    return picture


@cache
def noise(number: int) -> Picture:
    return np.random.default_rng(number).integers(0, 8, (180, 320, 3), dtype=np.uint8)


def filmed(film: Film, duration_s: float, rate: float) -> Iterator[tuple[float, Picture]]:
    for index in range(round(duration_s * rate)):
        yield index / rate, np.asarray(cv2.add(film(index / rate), noise(index % 7)), np.uint8)


def seen(film: Film, duration_s: float, rate: float) -> tuple[list[float], list[float]]:
    """Return the times of the cuts, and of the pictures that are unfit."""
    scenes = SceneChanges()
    views = [(time_s, scenes.look(time_s, picture)) for time_s, picture in filmed(film, duration_s, rate)]
    return [t for t, view in views if view.cut], [t for t, view in views if view.unfit]


def mixed(first: Picture, second: Picture, share: float) -> Picture:
    share = min(max(share, 0), 1)
    return np.asarray(cv2.addWeighted(first, 1 - share, second, share, 0), np.uint8)


# Cuts, fades and dissolves


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("rooms", [(1, 2), (3, 4), (5, 6)])
def test_a_hard_cut_is_noticed_at_its_frame(rate, rooms):
    def film(t: float) -> Picture:
        return person(room(rooms[t >= 2 - 1e-9]), t)

    assert seen(film, 4, rate) == ([2], [])


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("lasts", [0.3, 0.5, 1.0])
def test_a_dissolve_is_noticed_while_it_lasts(rate, lasts):
    def film(t: float) -> Picture:
        return mixed(person(room(1), t), person(room(2), t), (t - 2) / lasts)

    cuts, unfit = seen(film, 5, rate)
    assert cuts
    assert not unfit
    assert all(2 <= t <= 2.5 + lasts for t in cuts)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("lasts", [0.5, 1.0])
def test_a_fade_through_black(rate, lasts):
    def film(t: float) -> Picture:
        black = np.zeros_like(room(1))
        if t < 2 + lasts:
            return mixed(person(room(1), t), black, (t - 2) / lasts)
        return mixed(black, person(room(2), t), (t - 2 - lasts) / lasts)

    cuts, unfit = seen(film, 6, rate)
    assert cuts
    assert all(2 <= t <= 2.5 + 2 * lasts for t in cuts)
    assert unfit
    assert all(2 < t < 2 + 2 * lasts for t in unfit)
    assert any(t >= max(unfit) for t in cuts)


def test_a_jump_of_the_person_that_comes_with_a_step_of_the_background():
    """Two takes before the same wall: the light differs by a hair, the person by a posture."""

    def film(t: float) -> Picture:
        wall = np.full((180, 320, 3), 200 if t < 2 else 202, dtype=np.uint8)
        return person(wall, 0.0 if t < 2 else 0.27, pace=1)

    assert seen(film, 4, 30)[0] == [2]


# No false cuts


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("size", [0.5, 0.9, 1.8])
def test_a_person_moving_fast_or_near_is_no_cut(rate, size):
    for pace in (0.5, 1, 2):
        assert seen(partial(person, room(1), size=size, pace=pace), 4, rate) == ([], [])


@pytest.mark.parametrize("rate", RATES)
def test_changing_exposure_is_no_cut(rate):
    def film(t: float) -> Picture:
        gain = 1 + 0.25 * np.sin(2 * t)
        return np.clip(person(room(1), t).astype(np.float32) * gain, 0, 255).astype(np.uint8)

    assert seen(film, 6, rate) == ([], [])


@pytest.mark.parametrize("rate", RATES)
def test_a_counter_in_the_picture_is_no_cut(rate):
    def film(t: float) -> Picture:
        picture = person(room(1), t)
        cv2.rectangle(picture, (230, 130), (310, 175), (60, 60, 60), -1)
        cv2.putText(picture, f"{int(t * 10):03d}", (235, 165), cv2.FONT_HERSHEY_SIMPLEX, 1, (255, 255, 255), 3)
        return picture

    assert seen(film, 5, rate) == ([], [])


@pytest.mark.parametrize("rate", [15, 30, 60])
def test_a_camera_that_pans_is_no_cut(rate):
    wide = room(1, 640, 180)

    def film(t: float) -> Picture:
        x = int(160 + 100 * np.sin(0.6 * t))
        return person(np.ascontiguousarray(wide[:, x : x + 320]), t)

    assert seen(film, 6, rate) == ([], [])


def covered(picture: Picture, part: tuple[float, float, float, float], colour: int) -> Picture:
    """Put something before the camera: left, top, right and bottom as shares of the picture."""
    height, width = picture.shape[:2]
    left, top, right, bottom = (round(share * size) for share, size in zip(part, (width, height) * 2, strict=True))
    picture = picture.copy()
    cv2.rectangle(picture, (left, top), (right, bottom), (colour, colour + 15, colour + 5), -1)
    return picture


@pytest.mark.parametrize("rate", [10, 30])
@pytest.mark.parametrize("colour", [15, 120, 200])
@pytest.mark.parametrize(
    "part",
    [(0.2, 0.5, 0.8, 1.0), (0.0, 0.55, 1.0, 1.0), (0.3, 0.3, 0.75, 1.0), (0.1, 0.2, 0.9, 1.0)],
    ids=["the legs", "the lower half", "a hand", "nearly all"],
)
def test_something_before_the_camera_is_no_cut(part, colour, rate):
    def film(t: float) -> Picture:
        picture = person(room(1), t)
        return covered(picture, part, colour) if 2 <= t < 6 else picture

    assert seen(film, 8, rate)[0] == []


@pytest.mark.parametrize("rate", [10, 30])
def test_a_cut_between_black_bars_is_noticed(rate):
    def film(t: float) -> Picture:
        picture = person(room(1 if t < 2 - 1e-9 else 2), t)
        picture[:, :40] = picture[:, 280:] = 0
        return picture

    assert seen(film, 4, rate)[0] == [2]


def test_a_black_frame_in_between_is_no_cut():
    def film(t: float) -> Picture:
        return np.zeros((180, 320, 3), np.uint8) if abs(t - 2) < 0.01 else person(room(1), t)

    assert seen(film, 4, 30) == ([], [2])


# Fit or unfit


@pytest.mark.parametrize("gain", [1.0, 0.5, 0.35])
def test_a_dim_room_is_fit(gain):
    def film(t: float) -> Picture:
        return (person(room(1), t) * gain).astype(np.uint8)

    assert seen(film, 2, 30) == ([], [])


def test_a_lit_person_in_the_dark_is_fit():
    def film(t: float) -> Picture:
        return person(np.full((180, 320, 3), 6, np.uint8), t, colour=150)

    assert seen(film, 2, 30) == ([], [])


@pytest.mark.parametrize("level", [0, 4, 16, 120, 255])
def test_a_plain_picture_is_unfit(level):
    cuts, unfit = seen(lambda _: np.full((180, 320, 3), level, np.uint8), 1, 30)
    assert cuts == []
    assert len(unfit) == 30


def test_white_text_does_not_light_a_dark_picture():
    def film(t: float) -> Picture:
        picture = (person(room(1), t) * 0.1).astype(np.uint8)
        for line in range(6):
            cv2.putText(picture, "Move your right leg to the side", (20, 30 + 26 * line), 0, 0.5, (255,) * 3, 1)
        return picture

    assert len(seen(film, 1, 30)[1]) == 30


def test_after_darkness_another_scene_begins():
    def film(t: float) -> Picture:
        return np.zeros((180, 320, 3), np.uint8) if t < 1 else person(room(1), t)

    cuts, unfit = seen(film, 2, 10)
    assert cuts == [1]
    assert unfit == [t / 10 for t in range(10)]


# In general


@pytest.mark.parametrize("size", [(160, 120), (1920, 1080), (120, 160), (1080, 1920), (321, 179), (16, 9), (1, 1)])
def test_any_size(size):
    scenes = SceneChanges()
    first, second = (np.asarray(cv2.resize(room(number), size), np.uint8) for number in (1, 2))
    for index in range(20):
        scenes.look(index / 10, first)
    view = scenes.look(2, second)
    assert view.cut or view.unfit


def test_times_must_increase():
    scenes = SceneChanges()
    scenes.look(1, room(1))
    with pytest.raises(ValueError, match="does not come after"):
        scenes.look(1, room(1))


def test_it_is_cheap():
    scenes = SceneChanges()
    pictures = [picture for _, picture in filmed(lambda t: person(room(1), t), 1, 60)]
    took = []
    for index in range(240):
        start = time.perf_counter()
        scenes.look(index / 60, pictures[index % 60])
        took.append(time.perf_counter() - start)
    # 0.4 ms on an idle machine; the limit only tells a blunder from that.
    assert np.median(took) < 0.005


# Real clips


def watched(path: Path, every: int) -> tuple[list[float], list[float]]:
    scenes = SceneChanges()
    cuts, unfit = [], []
    for frame in VideoFile(path):
        if frame.index % every == 0:
            view = scenes.look(frame.time_s, frame.image_bgr)
            cuts += [frame.time_s] if view.cut else []
            unfit += [frame.time_s] if view.unfit else []
    return cuts, unfit


def near(cuts: list[float], time_s: float, within_s: float) -> bool:
    return any(abs(cut - time_s) <= within_s for cut in cuts)


@pytest.mark.parametrize("every", [1, 3])
def test_a_film_with_hard_cuts_and_a_black_end(footage, every):
    cuts, unfit = watched(footage / "knee_to_chest_side.mp4", every)
    frame = 0.034 * every
    assert near(cuts, 14.95, frame)
    assert near(cuts, 20.65, frame)
    assert near(cuts, 6.25, 0.3), "the title card dissolves from 6.0 to 6.5 s"
    assert near(cuts, 37.55, 0.35), "the end fades from 37.2 to 37.9 s"
    assert not [cut for cut in cuts if 6.6 < cut < 37.2 and abs(cut - 14.95) > frame and abs(cut - 20.65) > frame]
    assert all(t in unfit for t in unfit if t > 37.9)
    assert [t for t in unfit if t > 37.95]
    assert not [t for t in unfit if 3.2 < t < 37.8]


def test_a_film_with_jumps_between_takes_and_a_dimmed_end(footage):
    cuts, unfit = watched(footage / "side_lunges_cuts.mp4", 1)
    for cut in (16.32, 27.24, 41.96):
        assert near(cuts, cut, 0.001)
    assert near(cuts, 1.86, 0.3)
    assert near(cuts, 44.08, 0.3), "the end fades from 43.8 to 44.36 s"
    assert not [cut for cut in cuts if 2.3 < cut < 43.8 and cut not in (16.32, 27.24, 41.96)]
    assert not [t for t in unfit if 2 < t < 44.2]
    assert all(b - a < 0.05 for a, b in pairwise(t for t in unfit if t > 44.3))
    assert max(unfit) > 50.5


@pytest.mark.parametrize("every", [1, 2, 3])
@pytest.mark.parametrize("name", ["side_lunge_front.mp4", "split_squat_oblique.mp4"])
def test_films_without_cuts(footage, name, every):
    assert watched(footage / name, every) == ([], [])
