"""MediaPipe's 33 landmarks on the athlete: each a point that moves with one bone."""

import numpy as np

from formcheck.pose.pose import LANDMARKS, SIDES
from samples.figure.geometry import Array, apply
from samples.figure.skeleton import SIGN

from .rig import JOINTS, Posed, Rig


class Landmarks:
    """Where the landmarks are on a body at rest, and with a posed one.

    Parameters
    ----------
    rig
        Bones at rest.
    skin_m
        (vertices, 3) of the bare body at rest.
    """

    def __init__(self, rig: Rig, skin_m: Array) -> None:
        self._rig = rig
        points = _head_points(rig, skin_m) | _limb_points(rig, skin_m)
        self._bones = [rig.names.index(points[name][0]) for name in LANDMARKS]
        self.rest_m = np.array([points[name][1] for name in LANDMARKS])

    def places(self, posed: Posed) -> Array:
        """Return (n, 33, 3) metres."""
        away = self.rest_m - self._rig.heads_m[self._bones]
        return posed.heads_m[:, self._bones] + apply(posed.turns[:, self._bones], away)


def _head_points(rig: Rig, skin_m: Array) -> dict[str, tuple[str, Array]]:
    """Return the bone and the place at rest of what the face and the ears show."""
    eye = rig.head("eye", "left")
    near = skin_m[np.abs(skin_m[:, 2] - eye[2] + 0.03) < 0.09]
    middle = near[np.abs(near[:, 1]) < 0.012]
    nose = middle[np.argmax(middle[:, 0])]
    ears = near[(near[:, 0] < eye[0] - 0.05) & (np.abs(near[:, 2] - eye[2] + 0.02) < 0.05)]
    ear = ears[np.argmax(ears[:, 1])]
    points = {"nose": ("head", nose * [1.0, 0.0, 1.0])}
    for side in SIDES:
        mirror = np.array([1.0, SIGN[side], 1.0])
        front = eye + np.array([0.012, 0.0, 0.0])
        for part, aside in (("eye_inner", -0.013), ("eye", 0.0), ("eye_outer", 0.014)):
            points[f"{side}_{part}"] = ("head", (front + np.array([0.0, aside, 0.0])) * mirror)
        points[f"{side}_ear"] = ("head", (ear + np.array([0.035, -0.008, 0.0])) * mirror)
        mouth = np.array([nose[0] - 0.022, 0.024, eye[2] - 0.072])
        points[f"mouth_{side}"] = ("head", mouth * mirror)
    return points


def _limb_points(rig: Rig, skin_m: Array) -> dict[str, tuple[str, Array]]:
    points: dict[str, tuple[str, Array]] = {}
    for side in SIDES:
        letter = side[0].upper()
        for joint, bone in JOINTS.items():
            points[f"{side}_{joint}"] = (f"{bone}.{letter}", rig.joint(side, joint))
        for finger, bone in (("pinky", "finger5-1"), ("index", "finger2-1"), ("thumb", "finger1-2")):
            points[f"{side}_{finger}"] = (f"{bone}.{letter}", rig.head(bone, side))
        ankle, toe = rig.joint(side, "ankle"), rig.head("toe1-2", side)
        sole = skin_m[(skin_m[:, 2] < ankle[2] - 0.02) & (skin_m[:, 1] * SIGN[side] > 0.0)]
        heel = sole[np.argmin(sole[:, 0])]
        points[f"{side}_heel"] = (f"foot.{letter}", heel + np.array([0.008, 0.0, 0.0]))
        points[f"{side}_foot_index"] = (f"toe1-2.{letter}", toe)
    return points
