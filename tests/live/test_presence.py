"""What is said while training when the person, or a part of them, is outside the picture."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.opening import open_source
from formcheck.exercise.rulebook import load_rules
from formcheck.live.presence import Remark
from formcheck.live.shown import LiveShown
from formcheck.live.training import Training
from formcheck.pipeline import Options
from formcheck.pose.estimator import MediaPipeEstimator
from formcheck.pose.pose import Observation
from formcheck.samples_folder import sample_clip

SIZE = (640, 480)
OUT_S = 1.0
STEP_S = 0.4
"""When the person has stepped aside, and how long that takes."""


def moved(clip: Path, by_px: tuple[float, float], until_s: float) -> Iterator[Frame]:
    """Yield the clip with the person stepping out of the picture until `OUT_S`."""
    for frame in open_source(clip):
        if frame.time_s > until_s:
            return
        image = frame.image_bgr
        share = min(1.0, max(0.0, (frame.time_s - OUT_S + STEP_S) / STEP_S))
        if share:
            shift = np.array([[1, 0, share * by_px[0]], [0, 1, share * by_px[1]]], np.float32)
            image = np.asarray(cv2.warpAffine(image, shift, SIZE, borderMode=cv2.BORDER_REPLICATE), np.uint8)
        yield Frame(frame.index, frame.time_s, image)


def train(seen: Iterator[Observation]) -> tuple[list[Remark], list[LiveShown]]:
    source = SourceInfo("camera", "camera:0", *SIZE, 30.0, 0, 0.0)
    training = Training(load_rules([])["lateral_lunge"], source, Options(), "lite", guided=False)
    remarks, shown = [], []
    for item in seen:
        update = training.see(item)
        remarks += [thing for thing in update.happened if isinstance(thing, Remark)]
        shown.append(update.shown)
    return remarks, shown


@pytest.mark.parametrize(
    ("by_px", "says", "arrow"),
    [
        # The person stands in the middle: half of the picture's width leaves half of them.
        ((-320, 0), "to your left", "left"),
        ((320, 0), "to your right", "right"),
        ((0, 240), "legs are cut off. Step back", "farther"),
    ],
)
def test_half_of_a_person_outside_is_told_within_a_second(by_px: tuple[float, float], says: str, arrow: str) -> None:
    with MediaPipeEstimator("lite") as estimator:
        frames = moved(sample_clip("lateral_lunge"), by_px, until_s=OUT_S + 1.0)
        remarks, shown = train(estimator.estimate(frame) for frame in frames)
    assert says in remarks[0].text
    assert OUT_S < remarks[0].time_s <= OUT_S + 1.0
    assert shown[-1].note == remarks[0].text
    assert shown[-1].arrow == arrow


def test_nobody_at_all_is_told_and_not_all_the_time() -> None:
    remarks, _ = train(Observation(t / 10, None) for t in range(100))
    assert [item.text for item in remarks] == ["I cannot see you."] * 2
    assert remarks[0].time_s == pytest.approx(0.9, abs=0.11)
    assert remarks[1].time_s - remarks[0].time_s >= 8.0


def test_all_of_a_person_inside_is_not_told() -> None:
    with MediaPipeEstimator("lite") as estimator:
        frames = moved(sample_clip("lateral_lunge"), (0, 0), until_s=1.5)
        remarks, shown = train(estimator.estimate(frame) for frame in frames)
    assert remarks == []
    assert shown[-1].arrow is None
