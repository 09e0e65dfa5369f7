"""Real recordings whose repetitions were counted by eye; they are not part of the project, so these tests may skip."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.capture.altered import Mirrored
from formcheck.capture.frame import Frame, FrameSource, SourceInfo
from formcheck.capture.video_file import VideoFile
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.session_result import Session
from formcheck.pipeline import Options, Pipeline
from formcheck.pose.estimator import MediaPipeEstimator
from formcheck.pose.pose import Observation
from formcheck.recognising import Recogniser

LUNGES, OTHERS = (pytest.mark.xdist_group(name) for name in ("lunges", "other footage"))
"""What looks at the same clips runs in one process: each is looked at once."""

RULES = load_rules()
LUNGE_BOTTOMS_S = (2.0, 5.0, 8.0, 11.2, 14.5, 17.6, 20.8, 24.1, 27.3, 30.5)


class Smaller:
    """A source whose frames are scaled down to 360 lines."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source
        self.info = replace(source.info, width=640, height=360)
        self.damaged: str | None = None
        self.remarks: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Frame]:
        for frame in self._source:
            small = cv2.resize(frame.image_bgr, (640, 360), interpolation=cv2.INTER_AREA)
            yield replace(frame, image_bgr=np.asarray(small, np.uint8))


VARIANTS: dict[str, Callable[[Path], FrameSource]] = {
    "as it is": VideoFile,
    "10 fps": lambda path: VideoFile(path, fps=10),
    "mirrored, 15 fps": lambda path: Mirrored(VideoFile(path, fps=15)),
    "360 lines, 10 fps": lambda path: Smaller(VideoFile(path, fps=10)),
}


@cache
def observed(path: Path, variant: str = "as it is") -> tuple[SourceInfo, list[Observation]]:
    source = VARIANTS[variant](path)
    with MediaPipeEstimator("heavy") as estimator:
        return source.info, [estimator.estimate(frame) for frame in source]


def judged(path: Path, exercise: str, variant: str = "as it is") -> Session:
    info, seen = observed(path, variant)
    pipeline = Pipeline(RULES[exercise], (info.width, info.height), Options())
    for item in seen:
        pipeline.step(item)
    pipeline.finish()
    return pipeline.result(info, "heavy", damaged=None, interrupted=False)


@LUNGES
@pytest.mark.parametrize("variant", VARIANTS)
def test_ten_lateral_lunges_from_the_front(footage: Path, variant: str) -> None:
    session = judged(footage / "side_lunge_front.mp4", "lateral_lunge", variant)
    side = "left" if variant.startswith("mirrored") else "right"
    assert [rep.side for rep in session.counted] == [side] * 10
    for rep, bottom_s in zip(session.counted, LUNGE_BOTTOMS_S, strict=True):
        assert rep.peak_s == pytest.approx(bottom_s, abs=0.3)
        assert "short_hold" in [fault.id for fault in rep.faults]
        assert not {"knee_caves_in", "trailing_leg_bends"} & {fault.id for fault in rep.faults}
        assert rep.attributes == {"stepped": False}


@OTHERS
@pytest.mark.parametrize("exercise", RULES)
def test_a_split_squat_is_none_of_the_nine(footage: Path, exercise: str) -> None:
    assert judged(footage / "split_squat_oblique.mp4", exercise).counted == ()


@OTHERS
def test_no_repetition_spans_a_cut_or_two_people(footage: Path) -> None:
    session = judged(footage / "side_lunges_cuts.mp4", "lateral_lunge")
    cuts_s = (1.9, 16.3, 27.2, 42.0)
    assert session.counted
    assert not [
        rep for rep in session.counted for cut_s in cuts_s if rep.start_s < cut_s - 0.1 < cut_s + 0.1 < rep.end_s
    ]
    # The last lunge begins before the picture dims at 43.8 s, and is seen to its end.
    assert all(rep.start_s < 43.0 and rep.end_s <= 44.1 for rep in session.counted)


@OTHERS
def test_knees_to_the_chest(footage: Path) -> None:
    session = judged(footage / "knee_to_chest_side.mp4", "hip_flexion")
    assert session.level in ("lying", "straight_legs")
    assert all(rep.start_s > 6.5 and rep.end_s < 38.0 for rep in session.reps)
    (left,) = [rep for rep in session.counted if rep.side == "left"]
    assert left.start_s == pytest.approx(22.3, abs=0.5)
    assert left.end_s == pytest.approx(29.0, abs=0.5)
    assert [rep for rep in session.reps if rep.side == "right" and 8 < rep.start_s < 10], "the right knee is listed"
    assert not [rep for rep in session.counted if rep.start_s > 29.3], "both knees together are no repetition"
    serious = [fault for fault in session.faults if fault.severity != "info"]
    assert not [fault for fault in serious if fault.end_s > 14.9 and fault.start_s < 20.7], "a close-up shows no fault"


@pytest.mark.parametrize(
    ("name", "exercises"),
    [
        pytest.param("side_lunge_front", {"lateral_lunge"}, marks=LUNGES),
        # Cuts and turns leave more attempts than repetitions: then it may not be sure.
        pytest.param("side_lunges_cuts", {"lateral_lunge", None}, marks=OTHERS),
        pytest.param("knee_to_chest_side", {"hip_flexion", None}, marks=OTHERS),
        pytest.param("split_squat_oblique", {None}, marks=OTHERS),
    ],
)
def test_the_exercise_is_recognised_or_left_open(footage: Path, name: str, exercises: set[str | None]) -> None:
    info, seen = observed(footage / f"{name}.mp4")
    recogniser = Recogniser(RULES, (info.width, info.height), Options())
    for item in seen:
        recogniser.step(item)
    assert recogniser.finish().exercise in exercises
