"""How much light people keep from the floor around them.

The body is cut into layers by height. The higher a layer, the softer its shadow: the lamp is wide, and light from all
around comes past everything that is not close to the floor.
"""

import numpy as np
from numpy.typing import NDArray

from samples.figure.geometry import Array

CELLS = 112
CELL_M = 0.03
SPAN_M = CELLS * CELL_M
LAYERS_M = (0.0, 0.04, 0.11, 0.22, 0.38, 0.62, 0.95, 1.35, 2.2)
SHARPEST_M = 0.018
DEEPEST = 0.92
"""Share of the light from all around that a body lying on the floor keeps away."""

Grid = NDArray[np.float32]


class FloorShade:
    """Shades the floor under one person.

    Parameters
    ----------
    lamp
        (3,) direction towards the lamp, in the figure's axes.
    wide
        Tangent of half the angle under which it is seen.
    faces
        (triangles, 3) indices of the person's vertices.
    """

    def __init__(self, lamp: Array, wide: float, faces: NDArray[np.int32]) -> None:
        self._edges = np.unique(np.sort(np.concatenate([faces[:, :2], faces[:, 1:]]), axis=1), axis=0).T
        self._sifted = False
        self._slope = (lamp[:2] / lamp[2]).astype(np.float32)
        middles = 0.5 * (np.array(LAYERS_M[:-1]) + LAYERS_M[1:])
        self._by_lamp = np.stack([_blur(SHARPEST_M + 0.8 * wide / lamp[2] * z) for z in middles])
        self._around = np.stack([_blur(SHARPEST_M + 0.8 * z) for z in middles])

    def under(self, vertices_m: NDArray[np.float32]) -> tuple[Grid, NDArray[np.float32]]:
        """Return what reaches the floor under a person's (vertices, 3) places.

        Returns
        -------
        left
            (`CELLS`, `CELLS`, 2), rows along y: share of the lamp's light and of the light from all around.
        corner
            (2,) where on the floor it begins, x and y.
        """
        places_m = self._dense(vertices_m)
        height = np.maximum(places_m[:, 2:], 0.0)
        below, fallen = places_m[:, :2], places_m[:, :2] - height * self._slope
        middle = 0.5 * (np.minimum(below, fallen).min(axis=0) + np.maximum(below, fallen).max(axis=0))
        corner = middle - 0.5 * SPAN_M
        layer = np.digitize(height[:, 0], LAYERS_M[1:-1])
        lamp = self._left(fallen - corner, layer, self._by_lamp, 1.0)
        around = self._left(below - corner, layer, self._around, DEEPEST)
        return np.stack([lamp, around], axis=-1), corner

    def _dense(self, vertices_m: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the vertices and what lies between those that are farther apart than cells."""
        start, end = self._edges
        if not self._sifted:
            apart_m = np.linalg.norm(vertices_m[start] - vertices_m[end], axis=1)
            self._edges, self._sifted = self._edges[:, apart_m > 0.6 * CELL_M], True
            start, end = self._edges
        return np.concatenate([vertices_m, 0.5 * (vertices_m[start] + vertices_m[end])])

    def _left(self, places_m: NDArray[np.float32], layer: NDArray[np.intp], blurs: Grid, most: float) -> Grid:
        cells = np.clip((places_m / CELL_M).astype(np.intp), 0, CELLS - 1)
        at = (layer * CELLS + cells[:, 1]) * CELLS + cells[:, 0]
        covered = np.zeros(len(blurs) * CELLS * CELLS, dtype=np.float32)
        covered[at] = most
        layers = blurs @ covered.reshape(len(blurs), CELLS, CELLS) @ blurs
        return np.asarray(np.prod(1.0 - layers, axis=0))


def _blur(deviation_m: float) -> Grid:
    """Return the (`CELLS`, `CELLS`) symmetric matrix that blurs a row of cells."""
    apart = np.arange(CELLS)[:, None] - np.arange(CELLS)
    weights = np.exp(-0.5 * (apart * CELL_M / deviation_m) ** 2)
    return np.asarray(weights / weights[CELLS // 2].sum(), dtype=np.float32)
