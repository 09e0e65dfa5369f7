"""Clothes: which part of the body wears what, found on the body at rest, and how far the cloth stands off.

Every garment is a field over the skin in metres: positive inside it, zero at its edge. The renderer cuts the colour
where a field crosses zero, so edges are sharp between vertices.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from samples.clip import Outfit
from samples.figure.geometry import Array, unit

from .mesh import Faces, hull, smoothed, vertex_normals

FAR_M = 1.0
_COLLAR, _HAIRLINE = unit(np.array([0.0, -0.55, 1.0])), unit(np.array([0.0, 0.85, 0.6]))
"""Directions in which collar and hairline are measured, in anny's axes: x to the left, y backwards, z up."""


@dataclass(frozen=True, slots=True)
class Dressed:
    """A body at rest with its clothes on.

    Attributes
    ----------
    vertices_m
        (vertices, 3) with the clothes' thickness.
    faces
        (triangles, 3) indices of vertices.
    surface
        (vertices, 8) fields in the order of `FIELDS`.
    """

    vertices_m: Array
    faces: Faces
    surface: Array


FIELDS = ("shirt", "trousers", "shoes", "hair", "eye_white", "iris", "brows", "lips")


def dress(
    skin_m: Array,
    faces: Faces,
    weight_of: Mapping[str, Array],
    bones_m: Mapping[str, Array],
    outfit: Outfit,
) -> Dressed:
    """Return the dressed body at rest.

    Parameters
    ----------
    skin_m
        (vertices, 3) of the bare body.
    faces
        (triangles, 3) indices of vertices.
    weight_of
        (vertices,) of each bone.
    bones_m
        (3,) where each bone starts.
    """
    fields = _garments(skin_m, weight_of, bones_m, outfit) | _face(skin_m, weight_of, bones_m)
    drape = np.clip(fields["shirt"] / 0.04, 0.0, 1.0)
    if outfit.loose_m:
        drape = np.maximum(drape, np.clip(fields["trousers"] / 0.04, 0.0, 1.0))
    draped_m = smoothed(skin_m, faces, drape, radius_m=0.05)
    thickness = (
        _stand_off(fields["shirt"], 0.013 + outfit.loose_m, 0.05)
        + _stand_off(np.minimum(fields["trousers"], -fields["shirt"] + 0.03), 0.004 + outfit.loose_m, 0.03)
        + _stand_off(fields["shoes"], 0.012, 0.03)
        + _stand_off(fields["hair"], 0.022, 0.05)
    )
    surface = np.stack([fields[name] for name in FIELDS], axis=1)
    cloth_m = draped_m + thickness[:, None] * vertex_normals(draped_m, faces)
    return Dressed(cloth_m, _shod(cloth_m, faces, fields["shoes"], bones_m), surface)


def _shod(cloth_m: Array, faces: Faces, shoes: Array, bones_m: Mapping[str, Array]) -> Faces:
    """Return the faces with each bare foot, toes and all, replaced by the hulls of its back and its front."""
    bare = (shoes[faces] > 0.0).all(axis=1)
    hulls = [faces[~bare]]
    for side in "LR":
        ankle, toes = bones_m[f"foot.{side}"], bones_m[f"toe2-1.{side}"]
        own = (shoes > 0.0) & (cloth_m[:, 0] * ankle[0] > 0.0)
        behind = (cloth_m[:, 1] - ankle[1]) / (toes[1] - ankle[1])
        for part in (behind < 0.65, (behind > 0.25) & (behind < 1.08), behind > 0.85):
            members = np.flatnonzero(own & part)
            hulls.append(members[hull(cloth_m[members])].astype(np.int32))
    return np.concatenate(hulls)


def _stand_off(field: Array, thickness_m: float, over_m: float) -> Array:
    """Return how far the cloth stands off: nothing outside, growing inward from the edge."""
    return np.asarray(thickness_m * np.clip(field / over_m + 0.3, 0.0, 1.0) * (field > 0.0))


def _garments(
    skin_m: Array, weight_of: Mapping[str, Array], bones_m: Mapping[str, Array], outfit: Outfit
) -> dict[str, Array]:
    height = skin_m[:, 2]
    along_arm = np.full(len(skin_m), -FAR_M)
    arms = np.zeros(len(skin_m))
    for side in "LR":
        shoulder, elbow = bones_m[f"upperarm01.{side}"], bones_m[f"lowerarm01.{side}"]
        arm = sum(weight_of[name] for name in weight_of if name.endswith(f".{side}") and _of_arm(name))
        along_arm = np.where(arm > 0.3, (skin_m - shoulder) @ unit(elbow - shoulder), along_arm)
        arms = arms + arm
    off_arm = np.where(arms > 0.5, -FAR_M, FAR_M)
    neck, hip, ankle = bones_m["neck01"], bones_m["upperleg01.L"], bones_m["foot.L"]
    collar = (neck - skin_m) @ _COLLAR
    waist_m = hip[2] + 0.09
    return {
        "shirt": np.minimum.reduce([height - hip[2] + outfit.shirt_below_hip_m, collar, outfit.sleeve_m - along_arm]),
        "trousers": np.minimum.reduce([waist_m - height, height - ankle[2] - outfit.cuff_above_ankle_m, off_arm]),
        "shoes": np.minimum(ankle[2] + 0.015 - height, off_arm),
        "hair": _hair(skin_m, weight_of, bones_m),
    }


def _of_arm(bone: str) -> bool:
    return bone.startswith(("upperarm", "lowerarm", "wrist", "finger", "metacarpal"))


def _hair(skin_m: Array, weight_of: Mapping[str, Array], bones_m: Mapping[str, Array]) -> Array:
    of_head = sum(weight_of[name] for name in ("head", "neck03"))
    eyes = bones_m["eye.L"] * [0.0, 1.0, 1.0]
    forehead = (skin_m - eyes - [0.0, 0.0, 0.062]) @ _HAIRLINE
    nape = skin_m[:, 2] - eyes[2] + 0.055
    past_ears = np.maximum(skin_m[:, 1] - eyes[1] - 0.105, skin_m[:, 2] - eyes[2] - 0.02)
    return np.where(of_head > 0.4, np.minimum.reduce([forehead, nape, past_ears]), -FAR_M)


def _face(skin_m: Array, weight_of: Mapping[str, Array], bones_m: Mapping[str, Array]) -> dict[str, Array]:
    eyeballs = weight_of["eye.L"] + weight_of["eye.R"]
    eye = bones_m["eye.L"]
    from_eye = np.hypot(np.abs(skin_m[:, 0]) - eye[0], skin_m[:, 2] - eye[2])
    front = skin_m[:, 1] < eye[1] + 0.03
    across, above = np.abs(skin_m[:, 0]), skin_m[:, 2] - eye[2]
    brows = 1.0 - np.hypot((across - eye[0] - 0.002) / 0.021, (above - 0.022) / 0.0055)
    lips = 1.0 - np.hypot(across / 0.026, (above + 0.072) / 0.010)
    return {
        "eye_white": np.where(eyeballs > 0.5, FAR_M, -FAR_M),
        "iris": np.where(eyeballs > 0.5, 0.0072 - from_eye, -FAR_M),
        "brows": np.where(front, 0.01 * brows, -FAR_M),
        "lips": np.where(front, 0.01 * lips, -FAR_M),
    }
