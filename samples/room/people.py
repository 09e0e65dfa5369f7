"""People on the graphics side."""

from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from samples.clip import Outfit
from samples.figure.geometry import Array

from .programs import drawing, per_vertex

Faces = NDArray[np.int32]


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


class PersonShaders:
    """How people are drawn: light on their vertices, then their colours; and their shadows."""

    def __init__(self, gl: moderngl.Context) -> None:
        self.gl = gl
        self.light = per_vertex(gl, "lit", ("light", "shadow"), ("lit", "sheen"))
        self.colour = drawing(gl, "person", "person", ("coded",))
        self.shadow = drawing(gl, "shape", "shadow")


class Person:
    """A person whose vertices move from picture to picture."""

    def __init__(self, shaders: PersonShaders, look: PersonLook) -> None:
        outfit, gl = look.outfit, shaders.gl
        self._shaders, self._faces = shaders, look.faces
        count, triangles = len(look.surface), len(look.faces)
        corners = look.faces.ravel(), np.repeat(np.arange(triangles), 3)
        self._sum_of_faces = csr_matrix((np.ones(3 * triangles, np.float32), corners), shape=(count, triangles))
        self._colours = (outfit.skin, outfit.lips, outfit.hair, outfit.shirt, outfit.trousers, outfit.shoes)
        self._moving = gl.buffer(reserve=count * 24, dynamic=True)
        self._lit = gl.buffer(reserve=count * 24)
        fields, indices = gl.buffer(look.surface.astype("f4").tobytes()), gl.buffer(look.faces.astype("i4").tobytes())
        place = (self._moving, "3f 12x", "in_place")
        of_light = [(self._moving, "3f 3f", "in_place", "in_normal"), (fields, "4f 16x", "in_garments")]
        of_colour = [place, (self._lit, "3f 3f", "in_lit", "in_sheen"), (fields, "4f 4f", "in_garments", "in_face")]
        self._points = gl.vertex_array(shaders.light, of_light)
        self._skin = gl.vertex_array(shaders.colour, of_colour, indices)
        self._shadow = gl.vertex_array(shaders.shadow, [place], indices)

    def pose(self, vertices_m: NDArray[np.float32]) -> None:
        """Take these (vertices, 3) places in the figure's axes."""
        a, b, c = (vertices_m[self._faces[:, i]] for i in range(3))
        normals = self._sum_of_faces @ _cross(b - a, c - a)
        self._moving.write(np.hstack([vertices_m, normals]))

    def cast_shadow(self) -> None:
        """Draw the person into a shadow map."""
        self._shadow.render()

    def draw(self) -> None:
        """Draw the person."""
        self._points.transform(self._lit, moderngl.POINTS)
        self._shaders.colour["colours"].value = self._colours
        self._skin.render()


def _cross(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    ax, ay, az = a.T
    bx, by, bz = b.T
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=1)
