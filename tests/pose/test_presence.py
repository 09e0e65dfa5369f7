"""What is said of a person whom nobody can follow."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.video_file import VideoFile
from formcheck.errors import NoPersonError, NotSureError
from formcheck.pose.estimator import size_of_small_person
from formcheck.pose.pose import Observation
from formcheck.pose.presence import Presence, nobody
from formcheck.samples_folder import sample_clip
from samples.figure import View, activity, observe

SOURCE = SourceInfo("file", "clip.mp4", 1280, 720, 10.0, 20, 2.0)
STANDING = observe(activity("standing", duration_s=2.0), View(0.0), 10.0)
LYING = observe(activity("lying", duration_s=2.0), View(90.0, target_m=(0.0, 0.0, 0.5)), 10.0)
NOTHING = [Observation(0.1 * index, None) for index in range(20)]


def shown(seen: list[Observation], *, scale: float = 1.0, down_px: float = 0.0) -> list[Observation]:
    """Return what is seen with the picture enlarged about its centre and moved."""
    centre = np.array([640.0, 360.0])
    moved = []
    for item in seen:
        assert item.pose is not None
        points = (item.pose.image_px - centre) * scale + centre + (0.0, down_px)
        moved.append(replace(item, pose=replace(item.pose, image_px=points)))
    return moved


def said_of(seen: list[Observation]) -> str:
    presence = Presence(SOURCE)
    assert list(presence.watching(seen)) == seen
    with pytest.raises(NoPersonError) as told, presence.explaining():
        raise nobody()
    assert told.value.exit_code == 4
    return str(told.value)


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (shown(STANDING, scale=2.5, down_px=750.0), "A person is in the recording, but the hips and legs are outside"),
        (shown(STANDING, scale=1.0, down_px=-260.0), "but the head and shoulders are outside the picture."),
        (shown(STANDING, scale=0.25), "but too small to be measured well"),
        (NOTHING, "No person was found in the recording."),
        (NOTHING * 2 + shown(STANDING[:1], scale=0.2), "No person was found"),  # one picture in forty: a chair
    ],
    ids=["from the chest up", "from the hips down", "far away", "nobody", "a chair"],
)
def test_what_is_there_is_said(seen: list[Observation], words: str) -> None:
    said = said_of(seen)
    assert words in said
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize("seen", [STANDING, LYING], ids=["standing", "lying"])
def test_somebody_who_fills_the_picture_gets_no_advice(seen: list[Observation]) -> None:
    presence = Presence(SOURCE)
    list(presence.watching(seen))
    assert presence.advice == ()


def test_where_no_exercise_is_recognised_what_is_outside_is_said_too() -> None:
    presence = Presence(SOURCE)
    list(presence.watching(shown(STANDING, down_px=330.0)))
    with (
        pytest.raises(NotSureError, match=r"Not sure\. A person .* the legs are outside") as told,
        presence.explaining(),
    ):
        raise NotSureError("Not sure.", "Say which it is.")
    assert told.value.remedy == "Say which it is."
    (advice,) = presence.advice
    assert "Film the whole body" in advice


def test_somebody_small_who_is_followed_none_the_less_gets_advice() -> None:
    presence = Presence(SOURCE)
    list(presence.watching(shown(STANDING, scale=0.2)))
    (advice,) = presence.advice
    assert "crop the recording" in advice


def test_where_nobody_is_seen_pictures_are_looked_at_closer() -> None:
    presence = Presence(SOURCE)
    for index, seen in enumerate(NOTHING):
        presence.watch(seen, Frame(index, seen.time_s, np.full((4, 4, 3), index, np.uint8)))
    looked: list[int] = []

    def closer(pictures: Sequence[NDArray[np.uint8]]) -> float:
        looked.extend(int(picture[0, 0, 0]) for picture in pictures)
        return 0.21

    with pytest.raises(NoPersonError, match="about 21% of the picture's height"), presence.explaining(closer):
        raise nobody()
    assert len(looked) == 5
    assert looked[0] < 5 < 12 < looked[-1]


def test_a_small_person_is_found_in_a_part_of_the_picture_and_an_empty_room_shows_nobody() -> None:
    frame = next(iter(VideoFile(sample_clip("lateral_lunge")))).image_bgr
    room = np.ascontiguousarray(np.tile(frame[:, :128], (1, 5, 1)))
    small = room.copy()
    small[240:384, 200:392] = frame[:432:3, :576:3][:144, :192]
    assert size_of_small_person("lite", [room, room]) is None
    size = size_of_small_person("lite", [small, small])
    assert size is not None
    assert 0.1 < size < 0.35
