"""Triangle meshes: normals, smoothing, hulls."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, cKDTree

from samples.figure.geometry import Array

Faces = NDArray[np.int32]
"""(triangles, 3) indices of vertices, counterclockwise as seen from outside."""


def vertex_normals(vertices_m: Array, faces: Faces) -> Array:
    """Return the (vertices, 3) outward normals, each face weighing by its area."""
    a, b, c = (vertices_m[faces[:, i]] for i in range(3))
    across = np.cross(b - a, c - a)
    sums = np.stack(
        [sum(np.bincount(faces[:, i], across[:, axis], len(vertices_m)) for i in range(3)) for axis in range(3)],
        axis=1,
    )
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12))


def smoothed(vertices_m: Array, faces: Faces, share: Array, radius_m: float) -> Array:
    """Return the vertices moved by that share towards the mean of the surface within a radius."""
    a, b, c = (vertices_m[faces[:, i]] for i in range(3))
    face_areas = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    areas = np.sum([np.bincount(faces[:, i], face_areas, len(vertices_m)) for i in range(3)], axis=0)
    moved = vertices_m.copy()
    chosen = np.flatnonzero(share > 0.0)
    nearby = cKDTree(vertices_m).query_ball_point(vertices_m[chosen], radius_m)
    for vertex, near in zip(chosen, nearby, strict=True):
        mean = np.average(vertices_m[near], axis=0, weights=areas[near] + 1e-12)
        moved[vertex] += share[vertex] * (mean - moved[vertex])
    return moved


def hull(points_m: Array) -> Faces:
    """Return the triangles of the convex hull, seen from outside counterclockwise."""
    convex = ConvexHull(points_m)
    triangles = convex.simplices
    a, b, c = (points_m[triangles[:, i]] for i in range(3))
    inward = np.einsum("ij,ij->i", np.cross(b - a, c - a), convex.equations[:, :3]) < 0.0
    triangles[inward] = triangles[inward][:, ::-1]
    return np.asarray(triangles, dtype=np.int32)
