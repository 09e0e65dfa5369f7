"""Scenes composed of the bundled clips, in which somebody else, a picture or a board gets in the way of the person who is followed.

Where the person's joints are is known from the clips' truth, so that it is known who is followed, and from when on the person
is to be seen again.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import Frame
from formcheck.capture.video_file import VideoFile
from formcheck.pose.pose import INDEX, SIDES, Pose
from formcheck.samples_folder import sample_clip

Picture = NDArray[np.uint8]
Marks = NDArray[np.float64]

HOLDS_S = 2.0
"""So long the person is covered whole."""
BEGINS_S = 2.0
"""Nothing gets in the way before."""
SECONDS = 7.0
"""Length of a scene."""
NEAR_T = 0.5
"""Who is found is the person if the middle of the trunk is less than so many torso lengths off …"""
ALIKE = 1.6
"""… and all landmarks together are less than so many times as large or as small."""

_SLIDE_S = 0.4
_TRUNK = [INDEX[f"{side}_{part}"] for part in ("shoulder", "hip") for side in SIDES]
_LIMBS = (
    ("shoulder", "elbow", 0.26), ("elbow", "wrist", 0.22), ("wrist", "index", 0.2), ("hip", "knee", 0.42), ("knee", "ankle", 0.3),
    ("ankle", "heel", 0.22), ("ankle", "foot_index", 0.22), ("heel", "foot_index", 0.2), ("shoulder", "hip", 0.4),
)  # fmt: skip
"""What to draw of a body, and how thick it is in torso lengths."""


@dataclass(frozen=True, eq=False)
class Film:
    """A bundled clip in memory, with the joints of each picture and the silhouettes, roughly."""

    pictures: tuple[Picture, ...]
    marks_px: Marks
    torso_px: float
    fps: float

    def at(self, index: int) -> tuple[Picture, Marks]:
        """Return a picture and its joints; past its end the clip runs to and fro."""
        last = len(self.pictures) - 1
        place = last - abs(index % (2 * last) - last)
        return self.pictures[place], self.marks_px[place]

    def silhouette(self, marks_px: Marks) -> NDArray[np.float32]:
        """Return (h, w, 1) how far each pixel belongs to the person, 0 to 1."""
        mask = np.zeros(self.pictures[0].shape[:2], np.uint8)
        points = marks_px.round().astype(int)
        for one, other, thick_t in _LIMBS:
            for side in SIDES:
                begin, end = (points[INDEX[f"{side}_{part}"]].tolist() for part in (one, other))
                cv2.line(mask, begin, end, 255, max(1, round(thick_t * self.torso_px)))
        cv2.fillConvexPoly(mask, cv2.convexHull(points[_TRUNK].astype(np.int32)), 255)
        neck, head = (marks_px[of].mean(axis=0).round().astype(int).tolist() for of in (_TRUNK[:2], slice(11)))
        cv2.line(mask, neck, head, 255, round(0.3 * self.torso_px))
        cv2.circle(mask, head, round(0.33 * self.torso_px), 255, -1)
        return (cv2.GaussianBlur(mask, (0, 0), 2.0) / np.float32(255))[..., None].astype(np.float32)

    @property
    def room(self) -> Picture:
        """The place without the person, roughly: what is to the side of them stands in their place, too."""
        return _room(self)


@lru_cache(4)
def _room(shown: Film) -> Picture:
    picture, marks_px = shown.at(0)
    low, high = marks_px[:, 0].min(), marks_px[:, 0].max()
    aside_px = round(high - low + 0.6 * shown.torso_px) * (1 if low > picture.shape[1] - high else -1)
    cover = np.asarray(cv2.dilate(shown.silhouette(marks_px), np.ones((15, 15), np.uint8)))[..., None]
    return np.asarray(np.rint(picture * (1.0 - cover) + np.roll(picture, aside_px, axis=1) * cover), np.uint8)


@lru_cache(4)
def film(name: str, from_s: float = 0.0, seconds: float = SECONDS) -> Film:
    """Return a stretch of a bundled clip."""
    clip = sample_clip(name)
    truth = json.loads(clip.with_suffix(".truth.json").read_text(encoding="utf-8"))
    landmarks = truth["landmarks"]
    known = np.array(landmarks["image_px"], float)
    pictures, marks = [], []
    for frame in VideoFile(clip):
        if not from_s <= frame.time_s < from_s + seconds:
            continue
        place = min(frame.index / landmarks["every"], len(known) - 1.0)
        low = int(place)
        high = min(low + 1, len(known) - 1)
        pictures.append(frame.image_bgr)
        marks.append(known[low] + (place - low) * (known[high] - known[low]))
    marks_px = np.array(marks)
    return Film(tuple(pictures), marks_px, float(_torso_px(marks_px).max()), truth["fps"])


@dataclass(frozen=True)
class Moment:
    """One picture of a scene.

    Attributes
    ----------
    frame
        The picture.
    marks_px
        (33, 2) where the person's landmarks are.
    hidden
        So much of the person is covered by something else, or outside the picture: 0 to 1.
    """

    frame: Frame
    marks_px: Marks
    hidden: float

    def shows(self, pose: Pose) -> bool:
        """Return whether who was found is the person."""
        torso_px = max(float(_torso_px(self.marks_px)), 0.2 * float(np.ptp(self.marks_px, axis=0).max()))
        apart_px = np.linalg.norm(pose.image_px[_TRUNK].mean(axis=0) - self.marks_px[_TRUNK].mean(axis=0))
        sizes = [float(np.linalg.norm(np.ptp(marks, axis=0))) for marks in (pose.image_px, self.marks_px)]
        return bool(apart_px < NEAR_T * torso_px) and max(sizes) < ALIKE * min(sizes)

    def error_t(self, pose: Pose) -> float:
        """Return how far the trunk and legs are off, in the middle, in torso lengths."""
        parts = [INDEX[f"{side}_{part}"] for part in ("shoulder", "hip", "knee", "ankle") for side in SIDES]
        off_px = np.linalg.norm(pose.image_px[parts] - self.marks_px[parts], axis=1)
        return float(np.median(off_px) / _torso_px(self.marks_px))


@dataclass(frozen=True)
class Setting:
    """What a scene is made of.

    Attributes
    ----------
    person, other
        The clip of the person who is followed, and of somebody else.
    from_s
        Where the person's clip begins.
    size
        So large the person's clip is shown, 1 = as it is.
    is_left
        What gets in the way stands or comes from the left.
    """

    person: str
    other: str
    from_s: float = 0.0
    size: float = 1.0
    is_left: bool = True

    def base(self) -> Iterator[tuple[float, int, Picture, Marks]]:
        """Yield time, number, picture and joints of the person alone."""
        shown = film(self.person, self.from_s)
        height, width = shown.pictures[0].shape[:2]
        matrix = np.array([[self.size, 0, (1 - self.size) * width / 2], [0, self.size, 0.7 * (1 - self.size) * height]])
        for index in range(round(SECONDS * shown.fps)):
            picture, marks_px = shown.at(index)
            if self.size != 1.0:
                picture = np.asarray(
                    cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8
                )
                marks_px = marks_px @ matrix[:, :2].T + matrix[:, 2]
            yield index / shown.fps, index, picture, marks_px


def occluded(setting: Setting) -> Iterator[Moment]:
    """A board slides before the person, covers all of them for two seconds, and goes."""
    leaves_s = BEGINS_S + _SLIDE_S + HOLDS_S
    for time_s, index, picture, marks_px in setting.base():
        height, width = picture.shape[:2]
        if time_s < BEGINS_S or time_s >= leaves_s + _SLIDE_S:
            yield Moment(Frame(index, time_s, picture), marks_px, 0.0)
            continue
        shown = picture.copy()
        share = min(1.0, (time_s - BEGINS_S) / _SLIDE_S, 1.0 - (time_s - leaves_s) / _SLIDE_S)
        low, high = _whole(setting)
        edge_x = (
            round(low[0] + share * (high[0] - low[0]))
            if setting.is_left
            else round(high[0] - share * (high[0] - low[0]))
        )
        left, right = (low[0], edge_x) if setting.is_left else (edge_x, high[0])
        board = _board((width, height))
        top, bottom = max(0, low[1]), min(height, high[1])
        left, right = max(0, left), min(width, right)
        shown[top:bottom, left:right] = board[top:bottom, left:right]
        hidden = float(((marks_px[:, 0] >= left) & (marks_px[:, 0] < right)).mean())
        yield Moment(Frame(index, time_s, shown), marks_px, hidden)


def beside(setting: Setting) -> Iterator[Moment]:
    """Somebody larger comes from the side, and moves there."""
    other = film(setting.other)
    for time_s, index, picture, marks_px in setting.base():
        come = min(1.0, max(0.0, (time_s - BEGINS_S) / 1.5))
        width = picture.shape[1]
        scale = 1.2 * _height(marks_px) / _height(other.marks_px[0])
        their_px = other.at(index)[1]
        reach = 0.5 * scale * np.ptp(their_px[:, 0])
        x = -reach + come * (0.16 * width + reach)
        yield _with_other(picture, marks_px, time_s, index, other, scale, x if setting.is_left else width - x)


def passing(setting: Setting) -> Iterator[Moment]:
    """Somebody larger crosses the picture before the person."""
    other = film(setting.other)
    for time_s, index, picture, marks_px in setting.base():
        width = picture.shape[1]
        share = (time_s - BEGINS_S) / 2.0
        if not 0.0 <= share <= 1.0:
            yield Moment(Frame(index, time_s, picture), marks_px, 0.0)
            continue
        scale = 1.25 * _height(marks_px) / _height(other.marks_px[0])
        reach = 0.5 * scale * np.ptp(other.at(index)[1][:, 0])
        x = -reach + share * (width + 2 * reach)
        yield _with_other(picture, marks_px, time_s, index, other, scale, x if setting.is_left else width - x)


def mirror(setting: Setting) -> Iterator[Moment]:
    """A mirror on the wall shows the person, smaller and the other way round."""
    for time_s, index, picture, marks_px in setting.base():
        low, high = np.clip(marks_px.min(axis=0) - 25, 0, None), marks_px.max(axis=0) + 25
        part = picture[int(low[1]) : int(high[1]), int(low[0]) : int(high[0])]
        hung = _hung(picture, np.ascontiguousarray(part[:, ::-1]), 0.55 * _height(marks_px), setting.is_left)
        yield Moment(Frame(index, time_s, hung), marks_px, 0.0)


def poster(setting: Setting) -> Iterator[Moment]:
    """A still picture of somebody hangs on the wall."""
    other = film(setting.other)
    for time_s, index, picture, marks_px in setting.base():
        hung = _hung(picture, _portrait(other, 0), 0.6 * _height(marks_px), setting.is_left)
        yield Moment(Frame(index, time_s, hung), marks_px, 0.0)


def television(setting: Setting) -> Iterator[Moment]:
    """Somebody moves on a screen in the background."""
    other = film(setting.other)
    for time_s, index, picture, marks_px in setting.base():
        hung = _hung(picture, _portrait(other, index), 0.5 * _height(marks_px), setting.is_left)
        yield Moment(Frame(index, time_s, hung), marks_px, 0.0)


def occluded_beside_a_poster(setting: Setting) -> Iterator[Moment]:
    """Only who hangs on the wall is to be seen while the person is covered."""
    other = film(setting.other)
    for moment in occluded(setting):
        hung = _hung(moment.frame.image_bgr, _portrait(other, 0), 0.5 * _height(moment.marks_px), setting.is_left)
        yield Moment(Frame(moment.frame.index, moment.frame.time_s, hung), moment.marks_px, moment.hidden)


def leaving(setting: Setting, away_s: float = 2.5) -> Iterator[Moment]:
    """The person goes out of the picture at one side, and comes back."""
    shown = film(setting.person, setting.from_s)
    for index in range(round(SECONDS * shown.fps)):
        time_s = index / shown.fps
        yield gone(shown, index, time_s, _away(time_s - BEGINS_S, away_s), setting.is_left)


def gone(shown: Film, index: int, time_s: float, share: float, is_left: bool) -> Moment:
    """Return a moment of a clip whose person is so far on the way out: 0 = in place, 1 = out of the picture."""
    picture, marks_px = shown.at(index)
    if share == 0.0:
        return Moment(Frame(index, time_s, picture), marks_px, 0.0)
    width = picture.shape[1]
    way_px = marks_px[:, 0].max() + 40 if is_left else width - marks_px[:, 0].min() + 40
    shift = np.array([way_px * share * (-1 if is_left else 1), 0.0])
    moved_px = marks_px + shift
    out = _pasted(shown.room, picture, shown.silhouette(marks_px), 1.0, shift)
    outside = (moved_px[:, 0] < 0) | (moved_px[:, 0] >= width)
    return Moment(Frame(index, time_s, out), moved_px, float(outside.mean()))


def stepping_aside(setting: Setting) -> Iterator[Moment]:
    """The person goes aside, and somebody else, whom they hid, stands where they were."""
    shown, other = film(setting.person, setting.from_s), film(setting.other)
    scale = 0.9 * _height(shown.marks_px[0]) / _height(other.marks_px[0])
    for index in range(round(SECONDS * shown.fps)):
        time_s = index / shown.fps
        picture, marks_px = shown.at(index)
        middle = float(shown.marks_px[0, :, 0].min() + shown.marks_px[0, :, 0].max()) / 2
        behind = _with_other(shown.room, marks_px, time_s, 0, other, scale, middle).frame.image_bgr
        low, high = shown.marks_px[..., 0].min(), shown.marks_px[..., 0].max()
        room_px = max(0.0, low if setting.is_left else picture.shape[1] - high)
        way_px = min(room_px, 0.6 * _height(marks_px)) * min(1.0, max(0.0, (time_s - BEGINS_S) / 1.2))
        shift = np.array([-way_px if setting.is_left else way_px, 0.0])
        out = _pasted(behind, picture, shown.silhouette(marks_px), 1.0, shift)
        yield Moment(Frame(index, time_s, out), marks_px + shift, 0.0)


KINDS: dict[str, Callable[[Setting], Iterator[Moment]]] = {
    "occluded": occluded, "beside": beside, "passing": passing, "mirror": mirror, "poster": poster, "television": television,
    "occluded, poster": occluded_beside_a_poster, "leaving": leaving,
    "stepping aside": stepping_aside,
}  # fmt: skip

PEOPLE = (
    "lateral_lunge", "hip_airplane", "dead_bug", "kettlebell_shift", "hip_flexion", "plank_hip_flexion", "spiderman_lunge",
    "childs_pose", "hip_90_90", "lateral_lunge_faulty",
)  # fmt: skip
UPRIGHT = ("lateral_lunge", "kettlebell_shift", "lateral_lunge_faulty")
STANDING = ("kettlebell_shift_faulty", "lateral_lunge", "hip_airplane_faulty")


def settings(kind: str, count: int) -> list[Setting]:
    """Return at most so many settings for a kind of scene, each once: other people, moments, sizes and sides."""
    people = UPRIGHT if kind == "stepping aside" else PEOPLE
    every = [
        Setting(
            people[k % len(people)], next(name for name in STANDING[k % 3 :] + STANDING if name != people[k % len(people)]),
            from_s=(0.0, 4.0, 8.0)[k // 2 % 3], size=(1.0, 0.85, 0.7)[k % 3], is_left=k // len(people) % 2 == k % 2,
        )
        for k in range(count)
    ]  # fmt: skip
    return list(dict.fromkeys(every))


def _away(since_s: float, away_s: float, walks_s: float = 1.0) -> float:
    """Return how far out of the picture somebody is who goes and comes back."""
    if since_s <= 0.0 or since_s >= 2 * walks_s + away_s:
        return 0.0
    return min(1.0, since_s / walks_s, (2 * walks_s + away_s - since_s) / walks_s)


def _torso_px(marks_px: Marks) -> NDArray[np.float64]:
    shoulders, hips = marks_px[..., _TRUNK[:2], :].mean(axis=-2), marks_px[..., _TRUNK[2:], :].mean(axis=-2)
    return np.asarray(np.linalg.norm(shoulders - hips, axis=-1))


def _height(marks_px: Marks) -> float:
    """Return the length of somebody in px, standing or lying."""
    return float(np.ptp(marks_px, axis=0).max())


@lru_cache(4)
def _whole(setting: Setting) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the corners of what the person fills in a whole scene, with some room."""
    marks_px = np.array([marks for *_, marks in setting.base()])
    low, high = marks_px.min(axis=(0, 1)), marks_px.max(axis=(0, 1))
    room = 0.12 * _height(marks_px[0])
    return np.floor(low - room).astype(int), np.ceil(high + room).astype(int)


@cache
def _board(size_wh: tuple[int, int]) -> Picture:
    """Return grained wood."""
    grain = np.random.default_rng(1).normal(0.0, 14.0, (size_wh[1], 24))
    levels = cv2.resize(grain, size_wh, interpolation=cv2.INTER_CUBIC)[..., None] + (70.0, 105.0, 140.0)
    return np.clip(levels, 0, 255).astype(np.uint8)


def _portrait(other: Film, index: int) -> Picture:
    """Return the part of a clip's picture that shows its person."""
    picture, _ = other.at(index)
    low = np.clip(other.marks_px.min(axis=(0, 1)) - 30, 0, None).astype(int)
    high = (other.marks_px.max(axis=(0, 1)) + 30).astype(int)
    return picture[low[1] : high[1], low[0] : high[0]]


def _hung(picture: Picture, part: Picture, height_px: float, is_left: bool) -> Picture:
    """Return the picture with another one in a dark frame, high at one side."""
    height = max(24, round(height_px))
    width = round(height * part.shape[1] / part.shape[0])
    width = min(width, picture.shape[1] // 3)
    small = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA)
    small = cv2.copyMakeBorder(small, 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=(25, 25, 25))[: picture.shape[0] - 8]
    out = picture.copy()
    left = 6 if is_left else picture.shape[1] - small.shape[1] - 6
    out[6 : 6 + small.shape[0], left : left + small.shape[1]] = small
    return out


def _with_other(
    picture: Picture, marks_px: Marks, time_s: float, index: int, other: Film, scale: float, middle_x: float
) -> Moment:
    """Return the moment with somebody else before it, with their feet a little below the person's."""
    theirs, their_px = other.at(index)
    silhouette = other.silhouette(their_px)
    feet_y = min(float(marks_px[:, 1].max()) + 0.05 * _height(marks_px), picture.shape[0] - 4.0)
    middle = (their_px[:, 0].min() + their_px[:, 0].max()) / 2
    shift = np.array([middle_x - scale * middle, feet_y - scale * their_px[:, 1].max()])
    out = _pasted(picture, theirs, silhouette, scale, shift)
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    cover = cv2.warpAffine(silhouette, matrix, (picture.shape[1], picture.shape[0]))
    places = np.clip(marks_px.round().astype(int), 0, (picture.shape[1] - 1, picture.shape[0] - 1))
    hidden = float((cover[places[:, 1], places[:, 0]] > 0.5).mean())
    return Moment(Frame(index, time_s, out), marks_px, hidden)


def _pasted(
    picture: Picture, theirs: Picture, silhouette: NDArray[np.float32], scale: float, shift: NDArray[np.float64]
) -> Picture:
    """Return the picture with the person of another one in it, scaled and moved."""
    size_wh = (picture.shape[1], picture.shape[0])
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    moved = cv2.warpAffine(theirs, matrix, size_wh, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpAffine(silhouette, matrix, size_wh)[..., None]
    left, top, width, height = cv2.boundingRect((cover > 0.0).astype(np.uint8))
    part = np.s_[top : top + height, left : left + width]
    out = picture.copy()
    out[part] = np.rint(picture[part] * (1.0 - cover[part]) + moved[part] * cover[part])
    return out
