"""The pose models themselves, run by LiteRT; only this, `graphics` and `trimming` import ai_edge_litert."""

import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.quiet import quiet_stderr
from formcheck.installation import not_loaded, usable_cores
from formcheck.language import _
from formcheck.pose.pose import Device

try:
    from ai_edge_litert.interpreter import Interpreter

    from formcheck.pose.trimming import without_output
except (ImportError, OSError) as problem:
    raise not_loaded(problem) from problem

if TYPE_CHECKING:
    from formcheck.pose.graphics import GraphicsNetwork

SIDE, DETECTOR_SIDE = 256, 224
"""The models look at pictures of so many px in each direction: that of the landmarks, and the detector."""
MOST_THREADS = 4
"""More do not make it faster."""

_MASK = 256 * 256
"""So many elements has the mask of the person, which nobody asks for."""
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


@dataclass(frozen=True, slots=True)
class Places:
    """Where the detector would see somebody, at each of its anchors.

    Attributes
    ----------
    boxes
        (2254, 12) middle, size and four points, in px from the anchor.
    scores
        (2254,) before the logistic function.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]


class LandmarkModel:
    """Finds the landmarks of the person whom a picture shows whole.

    Parameters
    ----------
    bundle
        A MediaPipe Pose Landmarker bundle (``.task``).
    threads
        So many are used; None = as many as there are cores, at most `MOST_THREADS`.
    device
        Where it runs; on the graphics processor, ``gpu``, threads do nothing.

    Raises
    ------
    ValueError
        The file holds no model of this kind.
    DeviceError
        The graphics processor cannot be used, as `formcheck.pose.graphics` says.
    """

    def __init__(self, bundle: Path, threads: int | None = None, device: Device = "cpu") -> None:
        sizes = {"marks": 39 * 5, "score": 1, "heatmaps": 64 * 64 * 39, "world": 39 * 3}
        self._network = _Network(bundle, "pose_landmarks_detector.tflite", SIDE, sizes, threads, device)

    def close(self) -> None:
        """Let go of the model; harmless when done twice."""
        self._network.close()

    def look(self, picture_bgr: NDArray[np.uint8]) -> Answer:
        """Return what the model says of a (256, 256, 3) picture."""
        said = self._network.run(picture_bgr, 1 / 255, 0.0)
        return Answer(
            said["marks"].reshape(39, 5),
            float(said["score"].reshape(())),
            said["heatmaps"].reshape(64, 64, 39),
            said["world"].reshape(39, 3),
        )


class DetectorModel:
    """Finds people in a whole picture, on the processor; parameters as for `LandmarkModel`."""

    def __init__(self, bundle: Path, threads: int | None = None) -> None:
        sizes = {"boxes": 2254 * 12, "scores": 2254}
        self._network = _Network(bundle, "pose_detector.tflite", DETECTOR_SIDE, sizes, threads)

    def look(self, picture_bgr: NDArray[np.uint8]) -> Places:
        """Return what the model says of a (224, 224, 3) picture."""
        said = self._network.run(picture_bgr, 2 / 255, -1.0)
        return Places(said["boxes"].reshape(2254, 12), said["scores"].reshape(2254))


class _Network:
    """A network of a bundle: one picture in, several arrays out, each known by its size."""

    def __init__(
        self, bundle: Path, name: str, side: int, sizes: dict[str, int], threads: int | None, device: Device = "cpu"
    ) -> None:
        try:
            with zipfile.ZipFile(bundle) as packed:
                content = without_output(packed.read(name), _MASK)
            with quiet_stderr(_NOISE):
                self._interpreter = Interpreter(
                    model_content=content, num_threads=usual_threads() if threads is None else threads
                )
                self._interpreter.allocate_tensors()
        except (zipfile.BadZipFile, LookupError, RuntimeError, OSError, ValueError, TypeError, struct.error) as error:
            raise ValueError(_("{bundle} holds no pose model: {error}", bundle=bundle, error=error)) from error
        (given,) = self._interpreter.get_input_details()
        by_size = {int(np.prod(one["shape"])): int(one["index"]) for one in self._interpreter.get_output_details()}
        if tuple(given["shape"]) != (1, side, side, 3) or not set(sizes.values()) <= by_size.keys():
            raise ValueError(_("{bundle} holds a model of another kind.", bundle=bundle))
        self._input = int(given["index"])
        self._outputs = {what: by_size[size] for what, size in sizes.items()}
        self._picture = np.empty((1, side, side, 3), np.float32)
        self._graphics = None if device == "cpu" else _on_graphics(content, sizes, side, self._on_processor)

    def close(self) -> None:
        """Let go of the graphics processor."""
        if self._graphics is not None:
            self._graphics.close()

    def run(self, picture_bgr: NDArray[np.uint8], scale: float, offset: float) -> dict[str, NDArray[np.float32]]:
        """Return what is put out for a picture whose levels are scaled and shifted."""
        np.multiply(picture_bgr[None, :, :, ::-1], np.float32(scale), out=self._picture)
        if offset:
            self._picture += np.float32(offset)
        return self._on_processor(self._picture) if self._graphics is None else self._graphics.run(self._picture)

    def _on_processor(self, picture: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        self._interpreter.set_tensor(self._input, picture)
        self._interpreter.invoke()
        return {what: self._interpreter.get_tensor(index) for what, index in self._outputs.items()}


def _on_graphics(
    content: bytes,
    sizes: Mapping[str, int],
    side: int,
    on_processor: Callable[[NDArray[np.float32]], dict[str, NDArray[np.float32]]],
) -> "GraphicsNetwork":
    # Here, for nobody else needs it.
    from formcheck.pose.graphics import GraphicsNetwork

    return GraphicsNetwork(content, sizes, side, on_processor)


def usual_threads() -> int:
    """Return as many threads as there are cores to use, at most `MOST_THREADS`."""
    return min(usable_cores(), MOST_THREADS)
