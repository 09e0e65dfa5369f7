"""Finds the person in a picture with MediaPipe; the only import of mediapipe in the project."""

import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import Frame
from formcheck.capture.quiet import quiet_stderr
from formcheck.installation import not_loaded
from formcheck.pose.bundles import find_bundle, not_a_model
from formcheck.pose.looking import Looking
from formcheck.pose.pose import Backend, Pose
from formcheck.pose.rounding import BELIEF_DECIMALS, PX_DECIMALS, WORLD_DECIMALS, rounded

try:
    import mediapipe
    from mediapipe.tasks.python.core.base_options import BaseOptions
    from mediapipe.tasks.python.vision import PoseLandmarker, PoseLandmarkerOptions, RunningMode
except ImportError as problem:
    raise not_loaded(problem) from problem

SMALL_CONFIDENCE = 0.7
"""Parts of a room look like somebody more often than a room does: a second look believes less."""

_NOISE = re.compile(rb"^([IWE]\d{4} |INFO: |ERROR: |WARNING: All log messages before absl)")


class MediaPipeEstimator(Looking):
    """MediaPipe Pose Landmarker in video mode: one person, followed from frame to frame.

    No track crosses a cut: after one a fresh landmarker starts. In a picture that is unfit nobody is looked for.

    Parameters
    ----------
    model
        ``heavy``, ``full``, ``lite``, or the path of a model bundle (``.task``).

    Raises
    ------
    UsageError
        When there is no such model, or its file is not a pose model.
    InstallationError
        When a model that comes with formcheck is missing or damaged, or MediaPipe does not start.
    """

    backend: ClassVar[Backend] = "mediapipe"

    def __init__(self, model: str | Path = "heavy") -> None:
        super().__init__()
        self.model = str(model)
        self._landmarker: PoseLandmarker | None = None
        self._last_ms = -1
        self._following = False
        self._settled = False
        self._start()

    def close(self) -> None:
        """Release the model; harmless when done twice."""
        if self._landmarker is not None:
            with quiet_stderr(_NOISE):
                self._landmarker.close()
            self._landmarker = None

    def forget(self) -> None:
        """Follow nobody any more: a fresh landmarker starts."""
        if self._following:
            self.close()

    def find_person(self, frame: Frame) -> Pose | None:
        """Return the person in a frame that is fit to show one."""
        landmarker = self._landmarker or self._start()
        image = mediapipe.Image(mediapipe.ImageFormat.SRGB, cv2.cvtColor(frame.image_bgr, cv2.COLOR_BGR2RGB))
        self._last_ms = max(round(frame.time_s * 1000), self._last_ms + 1)
        if self._settled:
            found = landmarker.detect_for_video(image, self._last_ms)
        else:  # the first person that a process finds makes it talk
            with quiet_stderr(_NOISE):
                found = landmarker.detect_for_video(image, self._last_ms)
        self._following = bool(found.pose_landmarks)
        if not self._following:
            return None
        self._settled = True
        height, width = frame.image_bgr.shape[:2]
        landmarks, world = found.pose_landmarks[0], found.pose_world_landmarks[0]
        return Pose(
            time_s=frame.time_s,
            image_px=rounded([(mark.x * width, mark.y * height) for mark in landmarks], PX_DECIMALS),
            world_m=rounded([(mark.x, mark.y, mark.z) for mark in world], WORLD_DECIMALS),
            visibility=rounded([mark.visibility for mark in landmarks], BELIEF_DECIMALS),
        )

    def _start(self) -> PoseLandmarker:
        with quiet_stderr(_NOISE):
            self._landmarker = _made(self.model, RunningMode.VIDEO)
        self._following = self._settled = False
        return self._landmarker


def size_of_small_person(model: str | Path, pictures: Sequence[NDArray[np.uint8]]) -> float | None:
    """Look at overlapping parts of pictures in which nobody was found as a whole: the model misses who is small.

    Parameters
    ----------
    model
        As for `MediaPipeEstimator`.
    pictures
        (h, w, 3) uint8 BGR each, from the same place.

    Returns
    -------
    float | None
        Length of the person over the height of the picture (the median); None unless somebody is found in most pictures.
    """
    with (
        quiet_stderr(_NOISE),
        _made(str(model), RunningMode.IMAGE, min_pose_detection_confidence=SMALL_CONFIDENCE) as landmarker,
    ):
        sizes = [size for picture in pictures if (size := _largest(landmarker, picture)) is not None]
    return median(sizes) if len(sizes) > len(pictures) / 2 else None


def _largest(landmarker: PoseLandmarker, picture: NDArray[np.uint8]) -> float | None:
    height, width = picture.shape[:2]
    rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    sizes = []
    for top in range(0, height // 2 + 1, max(1, height // 4)):
        for left in range(0, width // 2 + 1, max(1, width // 4)):
            part = np.ascontiguousarray(rgb[top : top + height // 2, left : left + width // 2])
            found = landmarker.detect(mediapipe.Image(mediapipe.ImageFormat.SRGB, part)).pose_landmarks
            if found:
                marks = np.array([(mark.x * part.shape[1], mark.y * part.shape[0]) for mark in found[0]])
                sizes.append(float(np.ptp(marks, axis=0).max() / height))
    return max(sizes, default=None)


def _made(model: str, mode: RunningMode, **confidences: float) -> PoseLandmarker:
    path = find_bundle(model)
    options = PoseLandmarkerOptions(BaseOptions(model_asset_path=str(path)), running_mode=mode, **confidences)
    try:
        return PoseLandmarker.create_from_options(options)
    except OSError as error:
        raise not_loaded(error) from error
    except (RuntimeError, ValueError) as error:
        raise not_a_model(model, path) from error
