"""Angles that the pose model finds in photographs, against joints that were marked by eye before it was run."""

import json
import math
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median

import cv2
import numpy as np

from formcheck.body.geometry import Point, angle_at
from formcheck.capture.frame import Frame
from formcheck.pose.estimator import MediaPipeEstimator
from formcheck.pose.pose import INDEX

MARKS = json.loads((Path(__file__).parent / "data" / "still_marks.json").read_text(encoding="utf-8"))
SHOWN_FRAMES = 5
"""A photograph is shown for a few frames, since video mode settles on a person over some of them."""
JOINTS = {"knee": ("hip", "ankle"), "hip": ("shoulder", "knee"), "elbow": ("shoulder", "wrist")}


def image_angle_deg(name: str, near_side: str, at: Callable[[str], Point]) -> float:
    """Return an angle in the picture: ``left_knee_flexion`` …, or the near side's ``torso_inclination``."""
    if name == "torso_inclination":
        shoulder, hip = at(f"{near_side}_shoulder"), at(f"{near_side}_hip")
        return math.degrees(math.atan2(abs(shoulder[0] - hip[0]), hip[1] - shoulder[1]))
    side, joint, _ = name.split("_", 2)
    first, second = (at(f"{side}_{part}") for part in JOINTS[joint])
    return 180.0 - angle_at(at(f"{side}_{joint}"), first, second)


@cache
def errors_deg(folder: Path) -> dict[str, float]:
    """Return the model's angle minus the marked one for each angle of each photograph."""
    found: dict[str, float] = {}
    for name, still in MARKS["stills"].items():
        image = cv2.imread(str(folder / name))
        assert image is not None
        assert [image.shape[1], image.shape[0]] == still["size"]
        with MediaPipeEstimator("heavy") as estimator:
            for i in range(SHOWN_FRAMES):
                pose = estimator.estimate(Frame(i, i / 30, np.asarray(image, dtype=np.uint8))).pose
        assert pose is not None, name
        points = {key: tuple(pose.image_px[index].tolist()) for key, index in INDEX.items()}
        marks = {key: tuple(value) for key, value in still["marks"].items()}
        for angle in still["angles"]:
            marked = image_angle_deg(angle, still["near_side"], marks.__getitem__)
            found[f"{name} {angle}"] = image_angle_deg(angle, still["near_side"], points.__getitem__) - marked
    return found


def test_every_still_is_marked_or_its_omission_justified(footage: Path) -> None:
    stills = {path.name for path in (footage / "stills").glob("*.jpg")}
    omitted = {key.split(":")[0] for key in MARKS["omitted"]}
    assert stills <= set(MARKS["stills"]) | omitted
    assert all(reason for reason in MARKS["omitted"].values())


def test_angles_agree_with_the_marks(footage: Path) -> None:
    errors = {name: abs(error) for name, error in errors_deg(footage / "stills").items()}
    assert len(errors) >= 50
    assert median(errors.values()) <= 5.0
    assert {name: error for name, error in errors.items() if error > 15.0} == {}
