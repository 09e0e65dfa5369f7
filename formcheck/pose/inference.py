"""The pose model itself, run by LiteRT; the only import of ai_edge_litert in the project."""

import os
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.quiet import quiet_stderr
from formcheck.installation import not_loaded

try:
    from ai_edge_litert.interpreter import Interpreter
except (ImportError, OSError) as problem:
    raise not_loaded(problem) from problem

SIDE = 256
"""The model looks at pictures of so many px in each direction."""
MOST_THREADS = 4
"""More do not make it faster."""

_LANDMARKS = "pose_landmarks_detector.tflite"
_SIZES = {"marks": 39 * 5, "score": 1, "heatmaps": 64 * 64 * 39, "world": 39 * 3}
_NOISE = re.compile(rb"^(INFO|WARNING): ")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of a picture: 33 landmarks, and six points that help to follow the person.

    Attributes
    ----------
    marks
        (39, 5) x and y in px of the picture, depth, visibility and presence before the logistic function.
    score
        0..1, whether the picture shows a person.
    heatmaps
        (64, 64, 39) before the logistic function.
    world
        (39, 3) m from mid-hip, upright in the picture.
    """

    marks: NDArray[np.float32]
    score: float
    heatmaps: NDArray[np.float32]
    world: NDArray[np.float32]


class LandmarkModel:
    """Finds the landmarks of the person whom a picture shows whole.

    Parameters
    ----------
    bundle
        A MediaPipe Pose Landmarker bundle (``.task``).
    threads
        So many are used; None = as many as there are cores, at most `MOST_THREADS`.

    Raises
    ------
    ValueError
        The file holds no model of this kind.
    """

    def __init__(self, bundle: Path, threads: int | None = None) -> None:
        self.threads = usual_threads() if threads is None else threads
        try:
            with zipfile.ZipFile(bundle) as packed:
                content = packed.read(_LANDMARKS)
            with quiet_stderr(_NOISE):
                self._interpreter = Interpreter(model_content=content, num_threads=self.threads)
                self._interpreter.allocate_tensors()
        except (zipfile.BadZipFile, KeyError, RuntimeError, OSError) as error:
            raise ValueError(f"{bundle} holds no pose model: {error}") from error
        (given,) = self._interpreter.get_input_details()
        by_size = {int(np.prod(one["shape"])): int(one["index"]) for one in self._interpreter.get_output_details()}
        if tuple(given["shape"]) != (1, SIDE, SIDE, 3) or not set(_SIZES.values()) <= by_size.keys():
            raise ValueError(f"{bundle} holds a model of another kind.")
        self._input = int(given["index"])
        self._outputs = {name: by_size[size] for name, size in _SIZES.items()}
        self._picture = np.empty((1, SIDE, SIDE, 3), np.float32)

    def look(self, picture_bgr: NDArray[np.uint8]) -> Answer:
        """Return what the model says of a (256, 256, 3) picture."""
        np.multiply(picture_bgr[None, :, :, ::-1], np.float32(1 / 255), out=self._picture)
        self._interpreter.set_tensor(self._input, self._picture)
        self._interpreter.invoke()
        marks, score, heatmaps, world = (self._interpreter.get_tensor(self._outputs[name]) for name in _SIZES)
        return Answer(
            marks.reshape(39, 5), float(score.reshape(())), heatmaps.reshape(64, 64, 39), world.reshape(39, 3)
        )


def usual_threads() -> int:
    """Return as many threads as there are cores to use, at most `MOST_THREADS`."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_THREADS)
