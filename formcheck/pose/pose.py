"""The body's landmarks at one moment."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Side = Literal["left", "right"]
"""The person's own left or right."""

Backend = Literal["mediapipe", "litert"]
"""What runs the pose model. MediaPipe smooths the landmarks over time; LiteRT gives those of each frame alone, and what
the heatmaps say of them."""
Device = Literal["cpu", "gpu"]
"""Where the pose model runs: on the processor, or on the graphics processor."""

SIDES: tuple[Side, Side] = ("left", "right")

LANDMARKS: tuple[str, ...] = (
    "nose",
    "left_eye_inner", "left_eye", "left_eye_outer",
    "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear",
    "mouth_left", "mouth_right",
    "left_shoulder", "right_shoulder",
    "left_elbow", "right_elbow",
    "left_wrist", "right_wrist",
    "left_pinky", "right_pinky",
    "left_index", "right_index",
    "left_thumb", "right_thumb",
    "left_hip", "right_hip",
    "left_knee", "right_knee",
    "left_ankle", "right_ankle",
    "left_heel", "right_heel",
    "left_foot_index", "right_foot_index",
)  # fmt: skip
"""The 33 landmarks of MediaPipe Pose, in its order."""

INDEX: dict[str, int] = {name: index for index, name in enumerate(LANDMARKS)}

MIRRORED: tuple[int, ...] = tuple(
    INDEX[name.replace("left", "\0").replace("right", "left").replace("\0", "right")] for name in LANDMARKS
)
"""For each landmark the index of its counterpart on the other side."""


def looker(model: str, backend: Backend) -> str:
    """Return the name under which is kept how well a model sees that is run by a backend, e.g. ``heavy-litert``.

    Under the model's own name stands what MediaPipe makes of it.
    """
    return model if backend == "mediapipe" else f"{model}-{backend}"


def other_side(side: Side) -> Side:
    """Return the opposite side."""
    return "right" if side == "left" else "left"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the model's heatmaps say of each landmark (rounded): how far it is to be believed.

    Attributes
    ----------
    peak
        (33,) 0..1, how sure the model is of the surest place near the landmark; wrong joints have a low one.
    spread_px
        (33,) standard deviation of its belief around the landmark; NaN outside the part that it looked at.
    presence
        (33,) 0..1, the model's own belief that the landmark lies in the picture.
    """

    peak: NDArray[np.float64]
    spread_px: NDArray[np.float64]
    presence: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pose:
    """Landmarks of one person in one frame, as the estimator gave them (rounded).

    Attributes
    ----------
    time_s
        Presentation time of the frame in seconds.
    image_px
        (33, 2) x to the right and y down, in px of the upright frame; NaN = not seen.
    world_m
        (33, 3) metres from mid-hip; x to the right of the picture, y down, z away from the camera; NaN = not seen.
    visibility
        (33,) 0..1, the model's own belief; it lies both ways.
    evidence
        What the heatmaps say of the landmarks; None where that is not known.
    is_raw
        The landmarks are those of this frame alone; else they were smoothed over time, as MediaPipe does.
    doubted
        (33,) of which landmarks the model is not sure enough: they tell about where something is, and nothing is judged by
        them; None = of none. See `formcheck.pose.trust`.
    """

    time_s: float
    image_px: NDArray[np.float64]
    world_m: NDArray[np.float64]
    visibility: NDArray[np.float64]
    evidence: Evidence | None = None
    is_raw: bool = False
    doubted: NDArray[np.bool_] | None = None

    @property
    def backend(self) -> Backend:
        """What ran the model that saw it."""
        return "mediapipe" if self.evidence is None else "litert"

    def rearranged(self, order: NDArray[np.int_]) -> "Pose":
        """Return the same with the landmarks, and all that is said of them, in another order."""
        said = self.evidence
        return replace(
            self,
            image_px=self.image_px[order],
            world_m=self.world_m[order],
            visibility=self.visibility[order],
            evidence=said and Evidence(said.peak[order], said.spread_px[order], said.presence[order]),
            doubted=None if self.doubted is None else self.doubted[order],
        )

    def without(self, gone: NDArray[np.bool_]) -> "Pose":
        """Return the pose without some of its landmarks: they are not seen."""
        if not gone.any():
            return self
        hide = gone[:, None]
        image_px, world_m = np.where(hide, np.nan, self.image_px), np.where(hide, np.nan, self.world_m)
        return replace(self, image_px=image_px, world_m=world_m)


@dataclass(frozen=True, slots=True)
class Observation:
    """What the estimator saw at one moment: everything that the rules build on, and all that is recorded.

    Attributes
    ----------
    time_s
        Presentation time of the frame in seconds.
    pose
        The person, or None where nobody was found.
    cut
        The picture changed abruptly before this frame: it shows another scene.
    unfit
        The picture is too dark or too blank to judge anything in it.
    """

    time_s: float
    pose: Pose | None
    cut: bool = False
    unfit: bool = False


def later(seen: Observation, by_s: float) -> Observation:
    """Return what was seen as if it had been so many seconds later."""
    time_s = seen.time_s + by_s
    return replace(seen, time_s=time_s, pose=None if seen.pose is None else replace(seen.pose, time_s=time_s))
