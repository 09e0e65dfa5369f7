"""The athlete: anny's body mesh, dressed, moved by linear blend skinning.

anny gives the body at rest only: shape, bones and skinning weights. Posing is `retarget.py`.
"""

from functools import cache

import anny
import numpy as np
import torch
from numpy.typing import NDArray

from samples.clip import Body, Outfit
from samples.figure.geometry import Array
from samples.figure.skeleton import Posture

from .clothing import dress
from .landmarks import Landmarks
from .retarget import Retarget, build_of
from .rig import Posed, Rig

_FIGURE_AXES = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
"""From anny's axes (x to the left, y backwards, z up) to the figure's."""


LOWEST_M = 0.006
"""What is lower is pressed flat: flesh and cloth on the floor, or on a mat."""


@cache
def _anny() -> anny.Anny:
    return anny.Anny()


class Athlete:
    """A person who can be posed; all in the axes of `figure.geometry`.

    Attributes
    ----------
    faces
        (triangles, 3) indices of vertices.
    surface
        (vertices, 8) fields of the clothes, by which the renderer colours (`clothing.FIELDS`).
    build
        Sizes of the figure whose postures fit.
    """

    def __init__(self, body: Body, outfit: Outfit) -> None:
        model = _anny()
        with torch.no_grad():
            rest = model(phenotype_kwargs={name: getattr(body, name) for name in model.phenotype_labels})
        skin = rest["rest_vertices"][0].double().numpy()
        heads = rest["rest_bone_heads"][0].double().numpy()
        names = tuple(model.bone_labels)
        weights = _dense_weights(model, len(names))
        weight_of = {name: weights[:, bone] for bone, name in enumerate(names)}
        places = dict(zip(names, heads, strict=True))
        dressed = dress(skin, np.asarray(model.faces, dtype=np.int32), weight_of, places, outfit)
        self.faces = dressed.faces
        self.surface = dressed.surface
        self._rest_m = dressed.vertices_m @ _FIGURE_AXES.T
        self._weights = weights.astype(np.float32)
        rig = Rig(names, tuple(int(parent) for parent in model.bone_parents), heads @ _FIGURE_AXES.T)
        self.rig = rig
        self._landmarks = Landmarks(rig, skin @ _FIGURE_AXES.T)
        floor_m = float(self._rest_m[:, 2].min())
        ears = self._landmarks.rest_m[7]
        ball = rig.head("toe2-1", "left")
        self.build = build_of(rig, floor_m, ball, ears)
        self._retarget = Retarget(rig, self.build)

    def pose(self, posture: Posture, planted: dict[str, Array]) -> Posed:
        """Return the bones in n postures; `planted` as `Retarget.pose` takes it."""
        return self._retarget.pose(posture, planted)

    def landmarks(self, posed: Posed) -> Array:
        """Return the (n, 33, 3) landmarks in metres."""
        return self._landmarks.places(posed)

    def skin(self, posed: Posed, moment: int) -> NDArray[np.float32]:
        """Return the (vertices, 3) places of the vertices at one moment; what would sink into the floor lies on it."""
        turns, heads = posed.turns[moment], posed.heads_m[moment]
        moved = heads - np.einsum("bij,bj->bi", turns, self.rig.heads_m)
        rigid = np.concatenate([turns, moved[:, :, None]], axis=2).reshape(len(moved), 12).astype(np.float32)
        mixed = (self._weights @ rigid).reshape(-1, 3, 4)
        vertices = np.einsum("vij,vj->vi", mixed[:, :, :3], self._rest_m.astype(np.float32)) + mixed[:, :, 3]
        np.maximum(vertices[:, 2], LOWEST_M, out=vertices[:, 2])
        return np.asarray(vertices)


def _dense_weights(model: anny.Anny, bones: int) -> Array:
    indices = model.vertex_bone_indices.numpy()
    weights = model.vertex_bone_weights.double().numpy()
    dense = np.zeros((len(indices), bones))
    np.add.at(dense, (np.arange(len(indices))[:, None], indices), weights)
    return np.asarray(dense / dense.sum(axis=1, keepdims=True))
