"""The athlete: anny's body mesh on our skeleton, dressed, and moved by linear blend skinning.

anny gives the body at rest only: shape, bones and skinning weights. Posing is `skeleton.py`.
"""

from dataclasses import dataclass

import anny
import numpy as np
import torch

from .clothing import Outfit, dress
from .rotation import Array
from .skeleton import Posed, Skeleton


@dataclass(frozen=True, slots=True)
class Body:
    """A body's shape as anny has it, all 0 to 1.

    Attributes
    ----------
    gender
        0 = male, 1 = female.
    age
        Two thirds = young adult, 1 = old.
    """

    gender: float = 1.0
    age: float = 0.67
    muscle: float = 0.6
    weight: float = 0.42
    height: float = 0.5
    proportions: float = 0.7


class Athlete:
    """A person who can be posed.

    Attributes
    ----------
    faces
        (triangles, 3) indices of vertices.
    surface
        (vertices, 8) fields of the clothes, by which the renderer colours (`clothing.FIELDS`).
    """

    def __init__(self, body: Body, outfit: Outfit) -> None:
        model = anny.Anny()
        shape = {name: getattr(body, name) for name in model.phenotype_labels}
        with torch.no_grad():
            rest = model(phenotype_kwargs=shape)
        skin = rest["rest_vertices"][0].double().numpy()
        bones_m = rest["rest_bone_heads"][0].double().numpy()
        names = list(model.bone_labels)
        self._weights = _dense_weights(model, len(names))
        weight_of = {name: self._weights[:, i] for i, name in enumerate(names)}
        places = {name: bones_m[i] for i, name in enumerate(names)}
        dressed = dress(skin, np.asarray(model.faces, dtype=np.int32), weight_of, places, outfit)
        self._rest_m = dressed.vertices_m
        self.faces = dressed.faces
        self.surface = dressed.surface
        floor_m = float(dressed.vertices_m[:, 2].min())
        self.skeleton = Skeleton(names, [int(parent) for parent in model.bone_parents], bones_m, floor_m)

    def skin(self, posed: Posed) -> Array:
        """Return the (vertices, 3) places of the posed body's vertices in metres."""
        moved = posed.heads_m - np.einsum("bij,bj->bi", posed.turns, self.skeleton.heads_m)
        rigid = np.concatenate([posed.turns, moved[:, :, None]], axis=2).reshape(len(moved), 12)
        mixed = (self._weights @ rigid).reshape(-1, 3, 4)
        return np.asarray(np.einsum("vij,vj->vi", mixed[:, :, :3], self._rest_m) + mixed[:, :, 3])


def _dense_weights(model: anny.Anny, bones: int) -> Array:
    indices = model.vertex_bone_indices.numpy()
    weights = model.vertex_bone_weights.double().numpy()
    dense = np.zeros((len(indices), bones))
    np.add.at(dense, (np.arange(len(indices))[:, None], indices), weights)
    return np.asarray(dense / dense.sum(axis=1, keepdims=True))
