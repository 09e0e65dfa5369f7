"""Where in a picture somebody is: the detector of the pose models, run by LiteRT.

Anchors, scales and the merging of what overlaps are those of MediaPipe's graph, so that both find the same square.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.pose.inference import DETECTOR_SIDE, DetectorModel
from formcheck.pose.refinement import logistic
from formcheck.pose.region import Region

SEEN = 0.5
"""What has a lower score is nobody; the same as MediaPipe's."""
SAME = 0.5
"""Boxes that overlap by more than this share of what both cover show the same person; the same as MediaPipe's."""

_GRIDS = ((28, 2), (14, 2), (7, 6))
"""Cells in each direction, and anchors a cell."""
_CENTRE, _RIM = slice(4, 6), slice(6, 8)
"""Two of the four points: the middle of the hips, and the rim of the circle around the person, over the head."""


class LiteRtFinder:
    """Says where in a picture somebody is, without following.

    Parameters
    ----------
    bundle
        A MediaPipe Pose Landmarker bundle (``.task``).
    threads
        So many are used; None = as many as there are cores, at most 4.

    Raises
    ------
    ValueError
        The file holds no detector.
    """

    def __init__(self, bundle: Path, threads: int | None = None) -> None:
        self._detector = DetectorModel(bundle, threads)
        self._anchors = _anchors()

    def find(self, picture_bgr: NDArray[np.uint8]) -> Region | None:
        """Return the square around the person who stands out most, None where there seems to be nobody."""
        height, width = picture_bgr.shape[:2]
        whole = Region((width / 2, height / 2), float(max(width, height)), 0.0)
        places = self._detector.look(whole.cut_out(picture_bgr, DETECTOR_SIDE, cv2.BORDER_CONSTANT))
        scores = logistic(places.scores)
        is_seen = scores >= SEEN
        if not is_seen.any():
            return None
        boxes = places.boxes[is_seen].astype(np.float64)
        anchors = self._anchors[is_seen]
        boxes[:, :2] += anchors
        boxes[:, 4:] += np.tile(anchors, 4)
        best = _merged(boxes, scores[is_seen])
        centre, rim = whole.in_picture(np.array([best[_CENTRE], best[_RIM]]), DETECTOR_SIDE)
        return Region.around(centre, rim)


def _anchors() -> NDArray[np.float64]:
    """Return the (2254, 2) middles of the anchors in px."""
    parts = []
    for cells, count in _GRIDS:
        at = (np.arange(cells) + 0.5) * DETECTOR_SIDE / cells
        grid = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)
        parts.append(np.repeat(grid, count, axis=0))
    return np.concatenate(parts)


def _merged(boxes: NDArray[np.float64], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the box with the highest score, averaged with those that overlap it by their scores."""
    low, high = boxes[:, :2] - boxes[:, 2:4] / 2, boxes[:, :2] + boxes[:, 2:4] / 2
    best = int(scores.argmax())
    common = np.prod(np.maximum(0.0, np.minimum(high, high[best]) - np.maximum(low, low[best])), axis=1)
    area = np.prod(high - low, axis=1)
    is_same = common > SAME * (area + area[best] - common)
    is_same[best] = True
    merged: NDArray[np.float64] = np.average(boxes[is_same], axis=0, weights=scores[is_same])
    return merged
