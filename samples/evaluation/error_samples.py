"""Reads from the cache what the error model is fitted to: true and seen landmarks, frame by frame."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from formcheck.body.follower import Follower
from formcheck.pose.pose import Observation
from formcheck.pose.recording import read_landmarks

from ..figure.geometry import Array
from .catalogue import CLIPS
from .error_fit import Sample
from .known import view_of
from .store import Store

FILMED_WELL = ("correct", "fault", "wrong_view")
"""Purposes of the clips that the model is fitted to."""


def samples_of(names: Sequence[str], folder: Path, looker: str) -> Iterator[Sample]:
    """Yield the clips that were filmed well, as true and as seen after repair."""
    store = Store(folder)
    for name in names:
        clip = CLIPS[name]
        if clip.purpose not in FILMED_WELL or not store.is_estimated(name, looker):
            continue
        known, points = store.known(name), store.points(name)
        _, observations = read_landmarks(store.landmarks(name, looker))
        true_m = view_of(clip.camera).world_m(points.points_m)
        sample = _sample(clip.exercise or "", list(observations), known.size_px, points.image_px, true_m)
        if sample is not None:
            yield sample


def _sample(
    exercise: str, seen: list[Observation], size_px: tuple[int, int], true_px: Array, true_m: Array
) -> Sample | None:
    if len(seen) != len(true_px):
        return None
    follower = Follower(*size_px)
    followed = [follower.step(item) for item in seen]
    gone_px, gone_m = np.full((33, 2), np.nan), np.full((33, 3), np.nan)
    return Sample(
        exercise=exercise,
        times_s=np.array([item.time_s for item in seen]),
        views=tuple(item.measured.view.kind for item in followed),
        mirrored=np.array([item.measured.near == "left" for item in followed]),
        true_px=true_px,
        seen_px=np.array([gone_px if item.pose is None else item.pose.image_px for item in followed]),
        true_m=true_m,
        seen_m=np.array([gone_m if item.pose is None else item.pose.world_m for item in followed]),
    )
