"""People on the graphics side: their surface, their shadow, and how they keep light from the floor around them."""

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.sparse import csr_matrix

from samples.clip import Outfit
from samples.figure.geometry import Array

Faces = NDArray[np.int32]

CELLS = 112
MARGIN_M = 0.7
LAYERS_M = (0.0, 0.05, 0.15, 0.35, 0.75, 1.6)
"""Heights over the floor that part the body into layers, each of which keeps light from the floor on its own."""


@dataclass(frozen=True, slots=True)
class PersonLook:
    """What a person looks like.

    Attributes
    ----------
    faces
        (triangles, 3) indices of vertices, counterclockwise as seen from outside.
    surface
        (vertices, 8) fields of clothes and face, by which the colours are cut.
    outfit
        Colours.
    """

    faces: Faces
    surface: Array
    outfit: Outfit


class Person:
    """A person whose vertices move from picture to picture."""

    def __init__(self, gl: moderngl.Context, look: PersonLook, shaded: moderngl.Program, cast: moderngl.Program) -> None:
        outfit = look.outfit
        self._faces = look.faces
        count, triangles = len(look.surface), len(look.faces)
        ones = np.ones(3 * triangles, dtype=np.float32)
        owners = look.faces.ravel(), np.repeat(np.arange(triangles), 3)
        self._gather = csr_matrix((ones, owners), shape=(count, triangles), dtype=np.float32)
        self._shaded = shaded
        self._colours = (outfit.skin, outfit.lips, outfit.hair, outfit.shirt, outfit.trousers, outfit.shoes)
        self._vertices = gl.buffer(reserve=count * 24, dynamic=True)
        fields = gl.buffer(look.surface.astype("f4").tobytes())
        indices = gl.buffer(look.faces.astype("i4").tobytes())
        layout = [(self._vertices, "3f 3f", "in_place", "in_normal"), (fields, "4f 4f", "in_garments", "in_face")]
        self._skin = gl.vertex_array(shaded, layout, indices)
        self._cast = gl.vertex_array(cast, [(self._vertices, "3f 12x", "in_place")], indices)

    def pose(self, vertices_m: NDArray[np.float32]) -> None:
        """Take these (vertices, 3) places in the figure's axes."""
        a, b, c = (vertices_m[self._faces[:, i]] for i in range(3))
        normals = self._gather @ _cross(b - a, c - a)
        self._vertices.write(np.hstack([vertices_m, normals]).astype("f4", copy=False))

    def draw(self) -> None:
        """Draw the person."""
        self._shaded["colours"].value = self._colours
        self._skin.render()

    def cast_shadow(self) -> None:
        """Draw the person into a shadow map."""
        self._cast.render()


def kept_from_floor(people_m: Sequence[Array]) -> tuple[NDArray[np.float32], tuple[float, float, float, float]]:
    """Return how much light from above reaches the floor between and around people.

    Returns
    -------
    share
        (`CELLS`, `CELLS`), rows along y: 1 = all of it.
    area
        x and y of its corner, 1 / its width, 1 / its depth.
    """
    places = np.concatenate(people_m)
    corner = places[:, :2].min(axis=0) - MARGIN_M
    size = places[:, :2].max(axis=0) + MARGIN_M - corner
    cells = ((places[:, :2] - corner) * (CELLS / size)).astype(np.intp)
    flat = cells[:, 1] * CELLS + cells[:, 0]
    layer = np.digitize(places[:, 2], LAYERS_M[1:])
    share = np.ones((CELLS, CELLS), dtype=np.float32)
    for i, (low, high) in enumerate(zip(LAYERS_M[:-1], LAYERS_M[1:], strict=True)):
        there = flat[layer == i]
        if len(there) == 0:
            continue
        covered = (np.bincount(there, minlength=CELLS * CELLS) > 0).reshape(CELLS, CELLS).astype(np.float32)
        spread = (0.012 + 0.45 * (low + high)) * CELLS / size[::-1]
        share *= 1.0 - 0.9 * gaussian_filter(covered, spread, truncate=2.5)
    return share, (float(corner[0]), float(corner[1]), float(1.0 / size[0]), float(1.0 / size[1]))


def _cross(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.stack(
        [a[:, 1] * b[:, 2] - a[:, 2] * b[:, 1], a[:, 2] * b[:, 0] - a[:, 0] * b[:, 2], a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]],
        axis=1,
    )
