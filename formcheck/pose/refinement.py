"""Landmarks made exact by their heatmaps, which also tell how far each is to be believed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

KERNEL = 7
"""So many cells around a landmark, in each direction, say where it is; the same as MediaPipe's."""
SURE = 0.5
"""Where no cell is surer than this, the landmark stays where it was; the same as MediaPipe's."""

_REACH = KERNEL // 2
_STEPS = np.arange(-_REACH, _REACH + 1)


@dataclass(frozen=True, slots=True)
class Refined:
    """Landmarks and their heatmaps' word on them.

    Attributes
    ----------
    points
        (n, 2) in px of the picture that the model saw.
    peak
        (n,) 0..1, how sure the surest cell near the landmark is; 0 outside the picture.
    spread
        (n,) standard deviation of the cells' belief around the landmark, in px of the picture that the model saw; NaN
        outside it.
    """

    points: NDArray[np.float64]
    peak: NDArray[np.float64]
    spread: NDArray[np.float64]


def refine(points: NDArray[np.floating], heatmaps: NDArray[np.floating], side: int) -> Refined:
    """Return the landmarks at the centre of their heatmaps' belief around them.

    Parameters
    ----------
    points
        (n, 2) in px of the picture that the model saw.
    heatmaps
        (cells, cells, n) before the logistic function.
    side
        Of the picture that the model saw, in px.
    """
    cells, count = heatmaps.shape[0], len(points)
    cell_px = side / cells
    at = np.trunc(np.asarray(points, np.float64) / cell_px).astype(np.int64)
    is_near = (at >= 0).all(axis=1) & (at[:, 0] < cells)
    columns, rows = (np.clip(at[:, axis, None], -KERNEL, cells + KERNEL) + _STEPS for axis in (0, 1))
    windows = heatmaps[
        np.clip(rows, 0, cells - 1)[:, :, None],
        np.clip(columns, 0, cells - 1)[:, None, :],
        np.arange(count)[:, None, None],
    ].astype(np.float64)
    is_cell = ((rows >= 0) & (rows < cells))[:, :, None] & ((columns >= 0) & (columns < cells))[:, None, :]
    belief = np.where(is_cell & is_near[:, None, None], logistic(windows), 0.0)
    peak = belief.max(axis=(1, 2))
    total = np.maximum(belief.sum(axis=(1, 2)), 1e-12)
    by_column, by_row = belief.sum(axis=1) / total[:, None], belief.sum(axis=2) / total[:, None]
    centre = np.stack([(by_column * columns).sum(axis=1), (by_row * rows).sum(axis=1)], axis=1)
    variance = (by_column * (columns - centre[:, :1]) ** 2).sum(axis=1) + (by_row * (rows - centre[:, 1:]) ** 2).sum(
        axis=1
    )
    refined = np.where((peak >= SURE)[:, None], centre * cell_px, points)
    spread = np.where(peak > 0.0, np.sqrt(variance / 2.0) * cell_px, np.nan)
    return Refined(refined, peak, spread)


def logistic(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the logistic function of the values, without overflow."""
    return 1.0 / (1.0 + np.exp(-np.clip(np.asarray(values, np.float64), -60.0, 60.0)))
